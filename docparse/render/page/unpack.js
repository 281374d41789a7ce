// Unpacks the texts of this page (deflate, RFC 1951). Browsers can do so themselves only since
// 2023, and make one wait for it: a page that is being printed cannot wait.
"use strict";
const unpack = (() => {
  const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  const MOST = 15; // bits of a code

  // From where a code counts, and how many bits follow it, which say how far it goes on.
  function steps(count, first, bitsOf) {
    let from = first;
    return Array.from({ length: count }, (_, at) => {
      const step = [from, bitsOf(at)];
      from += 1 << step[1];
      return step;
    });
  }
  const LENGTHS = steps(28, 3, (at) => Math.max(0, (at >> 2) - 1)).concat([[258, 0]]);
  const DISTANCES = steps(30, 1, (at) => Math.max(0, (at >> 1) - 1));

  // Every number of so many bits, with the sign whose code it begins with and that code's length.
  function codes(lengths) {
    const counts = new Array(MOST + 1).fill(0);
    for (const length of lengths) counts[length] += 1;
    counts[0] = 0;
    const next = [0];
    for (let bits = 1; bits <= MOST; bits += 1) next[bits] = (next[bits - 1] + counts[bits - 1]) << 1;
    const most = Math.max(1, ...lengths);
    const table = new Uint16Array(1 << most);
    lengths.forEach((length, sign) => {
      if (!length) return;
      let code = next[length];
      next[length] += 1;
      let turned = 0;
      for (let bit = 0; bit < length; bit += 1) {
        turned = (turned << 1) | (code & 1);
        code >>= 1;
      }
      for (let at = turned; at < table.length; at += 1 << length) table[at] = (sign << 4) | length;
    });
    return { table, most };
  }
  const fixed = () => [
    codes([144, 112, 24, 8].flatMap((count, at) => new Array(count).fill([8, 9, 7, 8][at]))),
    codes(new Array(30).fill(5)),
  ];

  return (letters) => {
    const held = atob(letters);
    const from = new Uint8Array(held.length);
    for (let at = 0; at < held.length; at += 1) from[at] = held.charCodeAt(at);
    let made = new Uint8Array(held.length * 8 + 1024);
    let size = 0;
    let at = 0;
    let bits = 0;
    let ready = 0; // how many bits are ready

    function take(count) {
      while (ready < count) {
        bits |= from[at] << ready;
        at += 1;
        ready += 8;
      }
      const value = bits & ((1 << count) - 1);
      bits >>>= count;
      ready -= count;
      return value;
    }
    function sign({ table, most }) {
      while (ready < most) {
        bits |= from[at] << ready;
        at += 1;
        ready += 8;
      }
      const found = table[bits & ((1 << most) - 1)];
      bits >>>= found & 15;
      ready -= found & 15;
      return found >> 4;
    }
    function room(more) {
      if (size + more <= made.length) return;
      const larger = new Uint8Array((size + more) * 2);
      larger.set(made);
      made = larger;
    }
    function plain() {
      at -= ready >> 3; // whole bytes that were looked at too early
      bits = ready = 0;
      const length = from[at] | (from[at + 1] << 8);
      room(length);
      made.set(from.subarray(at + 4, at + 4 + length), size);
      at += 4 + length;
      size += length;
    }
    function described() {
      const [signs, distances, kinds] = [take(5) + 257, take(5) + 1, take(4) + 4];
      const short = new Array(19).fill(0);
      for (let one = 0; one < kinds; one += 1) short[ORDER[one]] = take(3);
      const table = codes(short);
      const lengths = [];
      while (lengths.length < signs + distances) {
        const one = sign(table);
        if (one < 16) lengths.push(one);
        else {
          const again = one === 16 ? 3 + take(2) : one === 17 ? 3 + take(3) : 11 + take(7);
          const value = one === 16 ? lengths[lengths.length - 1] : 0;
          for (let count = 0; count < again; count += 1) lengths.push(value);
        }
      }
      return [codes(lengths.slice(0, signs)), codes(lengths.slice(signs))];
    }
    function block([signs, distances]) {
      for (;;) {
        const one = sign(signs);
        if (one === 256) return;
        room(258);
        if (one < 256) {
          made[size] = one;
          size += 1;
          continue;
        }
        const length = LENGTHS[one - 257][0] + take(LENGTHS[one - 257][1]);
        const back = DISTANCES[sign(distances)];
        let copied = size - back[0] - take(back[1]);
        for (const end = size + length; size < end; size += 1, copied += 1) made[size] = made[copied];
      }
    }

    for (let last = 0; !last; ) {
      last = take(1);
      const kind = take(2);
      if (kind === 0) plain();
      else block(kind === 1 ? fixed() : described());
    }
    return new TextDecoder().decode(made.subarray(0, size));
  };
})();
