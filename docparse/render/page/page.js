// What the page does: filters, search, the language, the texts of the reports on demand.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc]/g;
  const PAGE = 200; // rows of the table of documents that are shown at once

  // --- Words ---

  const say = (code, values = {}) =>
    data.words[root.lang][code].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

  // Marks, capitals and đ do not matter to a search, unless the words searched for have them.
  const fold = (words) =>
    words.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const finds = (words, folded, sought) =>
    sought === fold(sought) ? folded.includes(sought) : words.includes(sought);
  const asked = (input) => input.value.normalize("NFC").trim().toLowerCase();

  function speak(lang) {
    root.lang = lang;
    root.className = `lang-${lang}`;
    for (const button of document.querySelectorAll(".language"))
      button.setAttribute("aria-pressed", String(button.dataset.lang === lang));
    filter();
    listDocuments();
    if (opened !== null) openText(opened, null);
  }

  // --- Findings ---

  const articles = [...document.querySelectorAll("#findings article")].map((element) => {
    const words = element.textContent.normalize("NFC").toLowerCase();
    return { element, words, folded: fold(words) };
  });
  const form = document.querySelector("#findings .filters");

  function filter() {
    const severities = new Set([...form.querySelectorAll("[name=severity]:checked")].map((box) => box.value));
    const [family, report, status] = ["family", "report", "status"].map((name) => form.elements[name].value);
    const sought = asked(byId("search"));
    let count = 0;
    for (const { element, words, folded } of articles) {
      const shown =
        severities.has(element.dataset.severity) &&
        (!family || element.dataset.family === family) &&
        (!report || element.dataset.report.split(" ").includes(report)) &&
        (!status || element.dataset.status === status) &&
        (!sought || finds(words, folded, sought));
      element.hidden = !shown;
      count += shown;
    }
    byId("shown").textContent = say("page-shown", { shown: count, all: articles.length });
  }

  // --- Texts ---

  let opened = null;

  function spelt(parent, words) {
    let last = 0;
    for (const sign of words.matchAll(UNSEEN)) {
      parent.append(words.slice(last, sign.index));
      const code = document.createElement("span");
      code.className = "unseen";
      code.textContent = `[U+${sign[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`;
      parent.append(code);
      last = sign.index + sign[0].length;
    }
    parent.append(words.slice(last));
  }

  // Marks that cross are cut at the edges of each other; the pieces stand side by side.
  function write(parent, report) {
    const edges = new Set([0, report.text.length]);
    for (const [start, end] of report.marks) edges.add(start).add(end);
    const places = [...edges].sort((a, b) => a - b);
    const waiting = [...report.marks];
    let over = [];
    for (let at = 0; at + 1 < places.length; at += 1) {
      const [start, end] = [places[at], places[at + 1]];
      over = over.filter((mark) => mark[1] > start);
      while (waiting.length && waiting[0][0] === start) over.push(waiting.shift());
      const words = report.text.slice(start, end);
      if (!over.length) {
        spelt(parent, words);
        continue;
      }
      const finding = over.find((mark) => mark[2] === 3);
      const shown = finding ?? over[over.length - 1];
      const element = document.createElement(finding ? "a" : "mark");
      element.className = `m${shown[2]}`;
      element.dataset.start = String(shown[0]);
      if (finding) element.href = `#finding-${finding[3]}`;
      else element.title = shown[3];
      spelt(element, words);
      parent.append(element);
    }
  }

  function openText(index, place) {
    const report = data.reports[index];
    const box = byId("text");
    const kept = box.className;
    opened = index;
    box.replaceChildren();
    const bar = document.createElement("div");
    bar.className = "bar";
    const name = document.createElement("h3");
    spelt(name, report.path);
    bar.append(name);
    ["citations", "figures", "tables", "findings"].forEach((kind, number) => {
      const label = document.createElement("label");
      const check = document.createElement("input");
      check.type = "checkbox";
      check.checked = !kept.includes(`no-${number}`);
      check.addEventListener("change", () => box.classList.toggle(`no-${number}`, !check.checked));
      label.append(check, ` ${say(`page-mark-${kind}`)}`);
      bar.append(label);
    });
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = say("page-close");
    close.addEventListener("click", () => {
      box.hidden = true;
      opened = null;
      byId("reports").scrollIntoView();
    });
    bar.append(close);
    const text = document.createElement("pre");
    text.lang = "vi";
    write(text, report);
    box.append(bar, text);
    box.hidden = false;
    if (place === null) return;
    const marks = [...text.querySelectorAll("[data-start]")];
    const here = marks.find((mark) => Number(mark.dataset.start) >= place) ?? marks[marks.length - 1];
    if (here) {
      here.classList.add("here");
      here.scrollIntoView({ block: "center" });
    } else box.scrollIntoView();
    box.focus({ preventScroll: true });
  }

  function follow() {
    const asks = /^#report-(\d+)(?:@(\d+))?$/.exec(location.hash);
    if (asks && data.reports[Number(asks[1])]) {
      openText(Number(asks[1]), Number(asks[2] ?? 0));
      return;
    }
    const article = /^#finding-\d+$/.test(location.hash) && byId(location.hash.slice(1));
    if (article) {
      if (article.hidden) {
        form.reset();
        filter();
      }
      article.scrollIntoView();
    }
  }

  // --- Cited papers ---

  const documents = data.documents.map((row) => {
    const words = row.slice(0, 5).flat().join(" ").normalize("NFC").toLowerCase();
    return { row, words, folded: fold(words) };
  });
  let rows = PAGE;

  function listDocuments() {
    const sought = asked(byId("search-documents"));
    const found = documents.filter(({ words, folded }) => !sought || finds(words, folded, sought));
    const body = byId("document-table").tBodies[0];
    body.replaceChildren();
    for (const { row } of found.slice(0, rows)) {
      const line = body.insertRow();
      for (const values of row.slice(0, 5)) {
        const cell = line.insertCell();
        values.forEach((value, at) => {
          if (at) cell.append(document.createElement("br"));
          spelt(cell, value);
        });
      }
      const cell = line.insertCell();
      row[5].slice(0, 12).forEach(([index, start], at) => {
        const link = document.createElement("a");
        link.href = `#report-${index}@${start}`;
        link.textContent = String(at + 1);
        link.title = data.reports[index].path;
        cell.append(link, " ");
      });
      if (row[5].length > 12) cell.append(`… ${row[5].length}`);
    }
    if (found.length > rows) {
      const more = document.createElement("button");
      more.type = "button";
      more.textContent = say("page-more", { count: found.length - rows });
      more.addEventListener("click", () => {
        rows += PAGE;
        listDocuments();
      });
      const cell = body.insertRow().insertCell();
      cell.colSpan = 6;
      cell.append(more);
    }
    byId("shown-documents").textContent = say("page-shown", { shown: found.length, all: documents.length });
  }

  // --- Start ---

  for (const button of document.querySelectorAll(".language"))
    button.addEventListener("click", () => speak(button.dataset.lang));
  for (const each of document.querySelectorAll(".filters"))
    each.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  byId("search-documents").addEventListener("input", () => {
    rows = PAGE;
    listDocuments();
  });
  document.addEventListener("keydown", (event) => {
    const writing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      event.preventDefault();
      byId("search").focus();
    }
    if (event.key !== "j" && event.key !== "k") return;
    const shown = articles.map(({ element }) => element).filter((element) => !element.hidden);
    const current = shown.findIndex((element) => element.contains(document.activeElement));
    const next = shown[Math.min(shown.length - 1, Math.max(0, current + (event.key === "j" ? 1 : -1)))];
    if (next) {
      next.querySelector("h3 a").focus({ preventScroll: true });
      next.scrollIntoView({ block: "start" });
    }
  });
  window.addEventListener("hashchange", follow);
  filter();
  listDocuments();
  follow();
})();
