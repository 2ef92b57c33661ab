/* Years: how programmes spread from jurisdiction to jurisdiction, beside what was read of each year; as kg/views/recur.py counts. */
(function () {
  "use strict";
  const DEFAULT = 6, LISTED = 50, WIDE = 300, HIGH = 150, PAD = { left: 34, right: 12, top: 22, bottom: 46 };
  const C = KG.C;
  let choosing = false; /* whether the list of programmes is open */

  /* programme -> year -> places with a report of their own that realise it, and the claims. */
  function gathered() {
    const found = new Map();
    KG.claims().forEach(function (i) {
      if (C.p[i] !== "implements" || C.status[i] !== "realised" || !C.year[i]) return;
      if (!found.has(C.o[i])) found.set(C.o[i], new Map());
      const years = found.get(C.o[i]);
      if (!years.has(C.year[i])) years.set(C.year[i], { places: new Set(), claims: [] });
      years.get(C.year[i]).claims.push(i);
      KG.placesShown(i).filter((r) => KG.covered.has(r)).forEach((r) => years.get(C.year[i]).places.add(r));
    });
    return found;
  }
  /* What was read of each year: the denominators. */
  function readings() {
    const found = new Map();
    KG.R.forEach(function (r) {
      if (r.year === null || (r.place >= 0 && !KG.inPlace(r.place))) return;
      if (!found.has(r.year)) found.set(r.year, { reports: 0, places: new Set() });
      found.get(r.year).reports += 1;
      if (r.place >= 0) found.get(r.year).places.add(r.place);
    });
    return found;
  }
  /* The way of one programme, year by year: jurisdictions, new ones, so far; with denominators. */
  function steps(years, read) {
    const sofar = new Set();
    return Array.from(years).sort((a, b) => a[0] - b[0]).map(function ([year, { places, claims }]) {
      const fresh = Array.from(places).filter((r) => !sofar.has(r));
      fresh.forEach((r) => sofar.add(r));
      const whole = read.get(year) || { reports: 0, places: new Set() };
      return { year, places: places.size, fresh: fresh.length, sofar: sofar.size, ofPlaces: whole.places.size, ofReports: whole.reports, claims };
    });
  }
  function rows() {
    const read = readings();
    const made = Array.from(gathered()).map(([n, years]) => ({ n, steps: steps(years, read) }));
    return made.sort((a, b) => last(b) - last(a) || a.n - b.n);
  }
  const last = (row) => row.steps[row.steps.length - 1].sofar;
  function chosen(all) {
    const asked = KG.listed("paths").map(KG.find);
    return asked.length ? all.filter((row) => asked.includes(row.n)) : all.slice(0, DEFAULT);
  }
  const listed = (claims) => "claims|" + claims.slice(0, LISTED).map((i) => C.id[i]).join(",");

  function chooser(all, shown) {
    const on = new Set(shown.map((row) => row.n));
    function toggle(n) {
      if (on.has(n)) on.delete(n); else on.add(n);
      KG.go({ paths: all.filter((row) => on.has(row.n)).map((row) => KG.id(row.n)).join(",") });
    }
    const boxes = all.map((row) => KG.el("label", {}, KG.el("input", { type: "checkbox", checked: on.has(row.n), dataset: { focus: "path" + KG.id(row.n) }, on: { change: () => toggle(row.n) } }),
      " ", KG.name(row.n), " ", KG.el("span", { class: "soft", text: last(row) })));
    const made = KG.el("details", { class: "chooser" }, KG.el("summary", { dataset: { focus: "paths" } }, KG.t("years.choose", { shown: shown.length, all: all.length })), KG.el("div", { class: "boxes" }, boxes));
    made.open = choosing;
    made.addEventListener("toggle", () => { choosing = made.open; });
    return made;
  }

  /* One small picture: columns for the places of a year (new ones dark), a line for the places so far, below it what was read. */
  function small(row, span, top, paper) {
    const ink = KG.inks(paper), step = (WIDE - PAD.left - PAD.right) / span.length, base = HIGH - PAD.bottom, tall = base - PAD.top;
    const x = (year) => PAD.left + step * (span.indexOf(year) + 0.5), y = (n) => base - (tall * n) / top, parts = [], bar = Math.min(26, step * 0.6);
    KG.ticks(0, top, 3).filter((n) => n <= top && n === Math.round(n)).forEach((n) => parts.push(
      KG.svg("path", { d: "M" + PAD.left + " " + y(n) + "H" + (WIDE - PAD.right), stroke: ink.line, fill: "none" }),
      KG.text(PAD.left - 6, y(n) + 4, n, { "font-size": 11, "text-anchor": "end", fill: ink.soft })));
    row.steps.forEach(function (s) {
      parts.push(
        KG.svg("rect", { x: x(s.year) - bar / 2, y: y(s.places), width: bar, height: base - y(s.places), fill: ink.chosen, stroke: ink.realised }),
        KG.svg("rect", { x: x(s.year) - bar / 2, y: y(s.fresh), width: bar, height: base - y(s.fresh), fill: ink.realised }));
    });
    parts.push(KG.svg("path", { d: row.steps.map((s, k) => (k ? "L" : "M") + x(s.year) + " " + y(s.sofar)).join(""), stroke: ink.planned, "stroke-width": 2, fill: "none" }));
    row.steps.forEach((s) => parts.push(KG.svg("circle", { cx: x(s.year), cy: y(s.sofar), r: 3.5, fill: ink.paper, stroke: ink.planned, "stroke-width": 2 })));
    span.forEach(function (year, k) {
      const at = row.steps.find((s) => s.year === year), read = readings().get(year), every = Math.ceil(34 / step);
      if (k % every && !at) return;
      if (k % every === 0) parts.push(KG.text(x(year), base + 15, year, { "font-size": 11, "text-anchor": "middle", fill: ink.ink }));
      if (k % every === 0) parts.push(KG.text(x(year), base + 30, read ? read.places.size : 0, { "font-size": 11, "text-anchor": "middle", fill: ink.soft }));
    });
    return parts;
  }
  function span(shown) {
    const years = [].concat(...shown.map((row) => row.steps.map((s) => s.year))), first = Math.min(...years), end = Math.max(...years);
    const all = Array.from({ length: end - first + 1 }, (_, k) => first + k);
    return all.length <= 15 ? all : Array.from(new Set(years)).sort(); /* far years apart: only those with something to show */
  }
  function card(row, years, top) {
    const said = row.steps.map((s) => s.year + ": " + s.sofar).join(", ");
    return KG.el("figure", { class: "card" }, KG.el("figcaption", {}, KG.link(row.n)),
      KG.figure(WIDE, HIGH, KG.t("years.figure", { name: KG.name(row.n), said }), small(row, years, top, false)));
  }
  function legend() {
    const box = (props) => KG.svg("svg", { class: "sign", width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" }, props);
    return KG.el("ul", { class: "legend", "aria-label": KG.t("legend") },
      KG.el("li", {}, box(KG.svg("rect", { x: 2, y: 2, width: 12, height: 12, fill: "var(--chosen)", stroke: "var(--realised)" })), " ", KG.t("years.places")),
      KG.el("li", {}, box(KG.svg("rect", { x: 2, y: 2, width: 12, height: 12, fill: "var(--realised)" })), " ", KG.t("years.fresh")),
      KG.el("li", {}, box([KG.svg("path", { d: "M1 8H15", stroke: "var(--planned)", "stroke-width": 2 }), KG.svg("circle", { cx: 8, cy: 8, r: 3.5, fill: "var(--paper)", stroke: "var(--planned)", "stroke-width": 2 })]), " ", KG.t("years.sofar")),
      KG.el("li", { class: "soft", text: KG.t("years.below") }));
  }

  function columns() {
    return [
      { key: "name", title: KG.t("programme"), value: (r) => KG.name(r.n), cell: (r) => KG.link(r.n) },
      { key: "year", title: KG.t("filter.year"), value: (r) => r.year, number: true, down: true },
      { key: "places", title: KG.t("years.places"), value: (r) => r.places, cell: (r) => r.places + "/" + r.ofPlaces, number: true, down: true },
      { key: "fresh", title: KG.t("years.fresh"), value: (r) => r.fresh, number: true, down: true },
      { key: "sofar", title: KG.t("years.sofar"), value: (r) => r.sofar, number: true, down: true },
      { key: "read", title: KG.t("years.reports"), value: (r) => r.ofReports, number: true, down: true },
      { key: "proofs", title: KG.t("panel.title"), value: (r) => r.claims.length, cell: (r) => KG.choose(listed(r.claims), KG.t("proofs", { count: r.claims.length }), { class: "plain count" }), down: true },
    ];
  }
  const flat = (shown) => [].concat(...shown.map((row) => row.steps.map((s) => Object.assign({ n: row.n }, s))));

  function draw(root) {
    const all = rows(), shown = chosen(all);
    if (!shown.length) return void root.append(KG.el("p", { class: "empty", text: KG.t(all.length ? "years.none" : "empty") }), all.length ? chooser(all, shown) : "");
    const years = span(shown), top = Math.max(1, ...shown.map(last));
    root.append(chooser(all, shown), legend(), KG.el("div", { class: "cards" }, shown.map((row) => card(row, years, top))),
      KG.table(columns(), flat(shown), { key: "yearOrder", caption: KG.t("view.years"), step: 100 }));
  }
  /* Every programme, not the chosen ones alone. */
  function csv() {
    const head = ["identifier", "programme", "filter.year", "years.places", "years.of", "years.fresh", "years.sofar", "years.reports"].map((key) => KG.t(key));
    return [head].concat(flat(rows()).map((r) => [KG.id(r.n), KG.name(r.n), r.year, r.places, r.ofPlaces, r.fresh, r.sofar, r.ofReports]));
  }
  function svg() {
    const shown = chosen(rows());
    if (!shown.length) return KG.picture(300, 60, KG.text(16, 36, KG.t("empty")));
    const years = span(shown), top = Math.max(1, ...shown.map(last)), across = Math.min(3, shown.length), note = KG.t("years.key");
    const parts = shown.map((row, k) => KG.svg("g", { transform: "translate(" + (10 + (k % across) * (WIDE + 10)) + " " + (30 + Math.floor(k / across) * (HIGH + 30)) + ")" },
      KG.text(4, 10, KG.clip(KG.name(row.n), 13, WIDE), { "font-weight": "bold" }), small(row, years, top, true)));
    const height = 40 + Math.ceil(shown.length / across) * (HIGH + 30);
    return KG.picture(Math.max(20 + across * (WIDE + 10), KG.textWidth(note, 12) + 24), height + 20, parts, KG.text(12, height + 4, note, { "font-size": 12, fill: KG.inks(true).soft }));
  }
  KG.view("years", { order: 6, keys: { paths: "", yearOrder: "" }, draw, csv, svg });
}());
