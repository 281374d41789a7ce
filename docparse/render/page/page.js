// What the page does: filters, search, the language, the texts of the reports on demand.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const make = (tag, name = "", ...parts) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...parts);
    return element;
  };
  const ROWS = 200; // rows of the table of documents that are shown at once
  const MENTIONS = 8; // places of a document that are shown at once

  // --- Words ---

  const say = (code, values = {}, lang = root.lang) =>
    data.words[lang][code].replace(/\{(\w+)\}/g, (_, name) => {
      const value = values[name] ?? "";
      return typeof value === "number" ? value.toLocaleString(lang) : value;
    });
  // In both languages, of which the style shows one.
  const both = (code, values) => {
    const spans = ["vi", "en"].map((lang) => make("span", lang, say(code, values, lang)));
    spans.forEach((span) => (span.lang = span.className));
    return spans;
  };

  // Marks, capitals and đ do not matter to a search, unless the words searched for have them.
  const fold = (words) =>
    words.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d");
  const plain = (words) => words.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
  // Whether what stands in a field is found in one thing, of which it is asked for the words.
  const finder = (input, wordsOf) => {
    const sought = plain(input.value);
    if (!sought) return () => true;
    const kind = sought === fold(sought) ? "folded" : "words";
    return (one) => wordsOf(one, kind).includes(sought);
  };

  function speak(lang) {
    root.lang = lang;
    root.className = `lang-${lang}`;
    document.title = document.querySelector(`h1 .${lang}`).textContent;
    for (const button of document.querySelectorAll(".language"))
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    for (const option of document.querySelectorAll("option[data-vi]"))
      option.textContent = option.dataset[lang];
    count();
    byId("shown-documents").textContent = listed();
  }

  // --- Findings: some stand in the page, the others are made when they are shown ---

  const list = byId("list");
  const form = document.querySelector("#findings .filters");
  const turns = document.querySelector("#findings .pages");
  const findings = data.index.map(([severity, family, status, reports], at) => ({
    at, severity, family, status, reports, element: list.children[at] ?? null,
  }));
  let matching = findings;
  let first = 0; // of those that match, the one that is shown first

  const blocks = data.blocks.map(([articles, words, folded]) => ({ articles, words, folded }));
  function fromBlock(at, kind) {
    const [block, place] = [Math.floor((at - data.atOnce) / data.block), (at - data.atOnce) % data.block];
    const packed = blocks[block];
    if (typeof packed[kind] === "string") packed[kind] = JSON.parse(unpack(packed[kind]));
    return packed[kind][place];
  }
  function elementOf(one) {
    if (!one.element) {
      const template = make("template");
      template.innerHTML = fromBlock(one.at, "articles");
      one.element = template.content.firstElementChild;
    }
    return one.element;
  }
  function wordsOf(one, kind) {
    if (one.at >= data.atOnce) return fromBlock(one.at, kind);
    one.words ??= plain(spaced(one.element));
    if (kind === "folded") one.folded ??= fold(one.words);
    return one[kind];
  }
  // Pieces that stand apart are no one word.
  function spaced(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const pieces = [];
    while (walker.nextNode()) pieces.push(walker.currentNode.data);
    return pieces.join(" ");
  }

  function filter() {
    const severities = new Set([...form.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
    const [family, report, status] = ["family", "report", "status"].map((name) => form.elements[name]?.value);
    const found = finder(byId("search"), wordsOf);
    matching = findings.filter(
      (one) =>
        severities.has(one.severity) &&
        (!family || one.family === family) &&
        (!report || one.reports.includes(Number(report))) &&
        (!status || one.status === status) &&
        found(one),
    );
    show(0);
  }
  function show(from) {
    first = from;
    lay(matching.slice(first, first + data.atOnce));
    count();
  }
  function lay(chosen) {
    const elements = chosen.map(elementOf);
    const same = elements.length === list.childElementCount;
    if (!same || elements.some((element, at) => element !== list.children[at])) list.replaceChildren(...elements);
  }
  function count() {
    if (!form) return;
    const last = Math.min(first + data.atOnce, matching.length);
    const values = { shown: matching.length, all: findings.length, first: first + 1, last };
    const parted = matching.length > data.atOnce;
    byId("shown").textContent = say(parted ? "page-part" : "page-shown", values);
    turns.hidden = !parted;
    turns.querySelector("[data-turn=back]").disabled = first === 0;
    turns.querySelector("[data-turn=on]").disabled = last === matching.length;
  }
  function turn(way) {
    show(way === "on" ? first + data.atOnce : first - data.atOnce);
    byId("findings").scrollIntoView();
  }

  function aim(element, how) {
    for (const old of document.querySelectorAll(".aimed")) old.classList.remove("aimed");
    element.classList.add("aimed");
    element.scrollIntoView(how);
  }
  function openFinding(at) {
    if (!matching.includes(findings[at])) {
      form.reset();
      filter();
    }
    const place = matching.indexOf(findings[at]);
    if (place < first || place >= first + data.atOnce) show(place - (place % data.atOnce));
    aim(findings[at].element, { block: "start" });
    findings[at].element.querySelector("h3 a").focus({ preventScroll: true });
  }
  function step(way) {
    const current = findings.findIndex(({ element }) => element?.contains(document.activeElement));
    let place = current < 0 ? first : matching.indexOf(findings[current]) + way;
    place = Math.max(0, Math.min(matching.length - 1, place));
    if (matching.length) openFinding(matching[place].at);
  }

  // --- Texts ---

  const UNSEEN = new RegExp(`[${data.unseen}]`, "gu");
  const reports = data.reports.map(([name, packed]) => ({ name, packed }));
  let cameFrom = null; // what was followed to a text

  function spelt(parent, words) {
    let last = 0;
    for (const sign of words.matchAll(UNSEEN)) {
      const code = sign[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      parent.append(words.slice(last, sign.index), make("span", "unseen", `[U+${code}]`));
      last = sign.index + sign[0].length;
    }
    parent.append(words.slice(last));
    return parent;
  }

  // Marks that cross are cut at the edges of each other; the pieces stand side by side.
  function write(parent, text, marks) {
    const edges = new Set([0, text.length]);
    for (const [start, end] of marks) edges.add(start).add(end);
    const places = [...edges].sort((a, b) => a - b);
    let next = 0;
    let over = [];
    for (let at = 0; at + 1 < places.length; at += 1) {
      const [start, end] = [places[at], places[at + 1]];
      over = over.filter((mark) => mark[1] > start);
      for (; next < marks.length && marks[next][0] === start; next += 1) over.push(marks[next]);
      const words = text.slice(start, end);
      if (over.length) parent.append(spelt(marked(over), words));
      else spelt(parent, words);
    }
  }
  function marked(over) {
    const finding = over.find((mark) => mark[2] === 3);
    const inner = over[over.length - 1];
    const [start, , kind, tip, target] = finding ?? inner;
    const element = make(target === null ? "mark" : "a", `m${kind}`);
    element.dataset.start = String(start);
    element.title = finding ? over.map((mark) => mark[3]).find(Boolean) ?? "" : tip;
    if (target !== null) element.href = kind === 3 ? `#finding-${target}` : `#document-${target}`;
    return element;
  }

  function openText(index, place) {
    const report = reports[index];
    const [text, marks] = JSON.parse(unpack(report.packed));
    const box = byId("text");
    const bar = make("div", "bar", spelt(make("h3"), report.name));
    ["citations", "figures", "tables", "findings"].forEach((kind, number) => {
      const check = make("input");
      check.type = "checkbox";
      check.checked = !box.classList.contains(`no-${number}`);
      check.addEventListener("change", () => box.classList.toggle(`no-${number}`, !check.checked));
      bar.append(make("label", "", check, " ", make("span", `m${number}`, ...both(`page-mark-${kind}`))));
    });
    const close = make("button", "", ...both("page-close"));
    close.type = "button";
    close.addEventListener("click", closeText);
    const tip = make("output", "tip");
    bar.append(close, tip);
    const shown = make("pre");
    shown.lang = "vi";
    write(shown, text, marks);
    shown.addEventListener("click", (event) => (tip.textContent = event.target.closest("mark")?.title ?? ""));
    box.replaceChildren(bar, shown);
    box.hidden = false;
    const all = [...shown.querySelectorAll("[data-start]")];
    const here = place === null ? null : all.find((mark) => Number(mark.dataset.start) >= place);
    if (here) {
      here.classList.add("here");
      here.scrollIntoView({ block: "center" });
    } else box.scrollIntoView();
    box.focus({ preventScroll: true });
  }
  function closeText() {
    byId("text").hidden = true;
    byId("text").replaceChildren();
    if (/^#finding-/.test(cameFrom ?? "")) openFinding(Number(cameFrom.slice(9)) - 1);
    else byId("reports").scrollIntoView();
    history.replaceState(null, "", cameFrom ?? "#reports");
    cameFrom = null;
  }

  // --- Cited papers ---

  const table = byId("document-table").tBodies[0];
  let documents = null; // unpacked when the page stands
  let listing = [];
  let rows = ROWS;

  const listed = () => (documents ? say("page-shown", { shown: listing.length, all: documents.length }) : "");
  function listDocuments() {
    documents ??= JSON.parse(unpack(data.documents)).map((row, at) => ({ row, at }));
    const found = finder(byId("search-documents"), (one, kind) => {
      one.words ??= plain(one.row.slice(0, 5).flat().join(" "));
      if (kind === "folded") one.folded ??= fold(one.words);
      return one[kind];
    });
    listing = documents.filter(found);
    table.replaceChildren(...listing.slice(0, rows).map(documentRow));
    if (listing.length > rows) {
      const more = make("button", "", ...both("page-more", { count: listing.length - rows }));
      more.type = "button";
      more.addEventListener("click", () => {
        rows += ROWS;
        listDocuments();
      });
      const cell = table.insertRow().insertCell();
      cell.colSpan = 6;
      cell.append(more);
    }
    byId("shown-documents").textContent = listed();
  }
  function documentRow({ row, at }) {
    const line = make("tr");
    line.id = `document-${at}`;
    for (const values of row.slice(0, 5)) {
      const cell = line.insertCell();
      for (const value of values) cell.append(spelt(make("div"), value));
    }
    mentions(line.insertCell(), row[5], MENTIONS);
    return line;
  }
  // The places of a document, by report; after the first ones a button shows the others.
  function mentions(cell, places, most) {
    let line = null;
    let before = null;
    for (const [report, start, word, number] of places.slice(0, most)) {
      if (report !== before) cell.append((line = spelt(make("div"), `${reports[report].name}: `)));
      else line.append(", ");
      before = report;
      const link = make("a", "", ...both(["page-line", "findings-page"][word]), ` ${number}`);
      link.href = `#report-${report}@${start}`;
      line.append(link);
    }
    if (places.length <= most) return;
    const more = make("button", "", ...both("page-more-mentions", { count: places.length - most }));
    more.type = "button";
    more.addEventListener("click", () => {
      cell.replaceChildren();
      mentions(cell, places, places.length);
    });
    cell.append(more);
  }
  function openDocument(at) {
    if (documents && !listing.includes(documents[at])) byId("search-documents").value = "";
    rows = Math.max(rows, Math.ceil((at + 1) / ROWS) * ROWS);
    listDocuments();
    if (documents[at]) aim(byId(`document-${at}`), { block: "center" });
  }

  // --- Start ---

  function follow(event) {
    const asked = /^#(report|finding|document)-(\d+)(?:@(\d+))?$/.exec(location.hash);
    const number = Number(asked?.[2]);
    if (asked?.[1] === "report" && reports[number]) {
      cameFrom = event ? new URL(event.oldURL).hash : null;
      const inside = document.activeElement?.closest("#findings article");
      if (inside) cameFrom = `#${inside.id}`;
      openText(number, asked[3] === undefined ? null : Number(asked[3]));
    }
    if (asked?.[1] === "finding" && findings[number - 1]) openFinding(number - 1);
    if (asked?.[1] === "document") openDocument(number);
  }
  function onKey(event) {
    const writing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !byId("text").hidden) closeText();
    if (!form) return;
    if (event.key === "/") {
      event.preventDefault();
      byId("search").focus();
    }
    if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  }
  // Searching is prepared bit by bit while nobody waits.
  function prepare(at) {
    findings.slice(at, at + data.block).forEach((one) => wordsOf(one, "folded"));
    if (at + data.block < findings.length) setTimeout(prepare, 0, at + data.block);
  }

  for (const button of document.querySelectorAll(".language"))
    button.addEventListener("click", () => speak(button.dataset.lang));
  for (const each of document.querySelectorAll(".filters"))
    each.addEventListener("submit", (event) => event.preventDefault());
  if (form) {
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    turns.addEventListener("click", (event) => turn(event.target.closest("button").dataset.turn));
    filterWhenRestored();
  }
  // A browser that comes back to the page may have kept what was typed.
  function filterWhenRestored() {
    const untouched = [...form.elements].every((one) =>
      one.type === "checkbox" ? one.checked : !one.matches("input, select") || !one.value);
    if (untouched) count();
    else filter();
  }
  byId("search-documents").addEventListener("input", () => {
    rows = ROWS;
    listDocuments();
  });
  document.addEventListener("keydown", onKey);
  window.addEventListener("hashchange", follow);
  // On paper everything that matches is there, and nothing is folded.
  window.addEventListener("beforeprint", () => {
    lay(matching);
    for (const folded of list.querySelectorAll("details")) folded.open = true;
  });
  window.addEventListener("afterprint", () => show(first));
  follow();
  setTimeout(listDocuments);
  setTimeout(prepare, 300, 0);
})();
