/* What was read and what was not, what needs a look, and the corrections made. */
(function () {
  "use strict";
  const PARTS = ["read", "reports", "problems", "corrections"];
  const part = () => (PARTS.includes(KG.state.part) ? KG.state.part : "read");

  /* Reports that pass the filter by province, level and year; a report without a place has none to fail by. */
  function reports() {
    const years = KG.listed("year"), local = KG.state.province || KG.state.level;
    return KG.R.map((_, r) => r).filter(function (r) {
      const { place, year } = KG.R[r];
      return (place < 0 ? !local : KG.inPlace(place)) && (!years.length || years.includes(String(year || "none")));
    });
  }
  const provinceOf = (r) => (KG.R[r].place < 0 ? "none" : KG.provinceKey(KG.R[r].place));
  const levelOf = (r) => (KG.R[r].place < 0 ? "none" : KG.level(KG.R[r].place) || "none");
  function grouped(list, key) {
    const found = new Map();
    list.forEach((r) => found.set(key(r), (found.get(key(r)) || []).concat(r)));
    return found;
  }
  const span = function (list) {
    const years = Array.from(new Set(list.map((r) => KG.R[r].year).filter(Boolean))).sort();
    return years.length > 1 ? years[0] + "–" + years[years.length - 1] : String(years[0] || KG.t("year.none"));
  };
  const placesOf = (list) => new Set(list.map((r) => KG.R[r].place).filter((n) => n >= 0)).size;

  function tally(list) {
    if (!list || !list.length) return KG.el("td", { class: "none" }, "–");
    const places = placesOf(list), told = (places ? KG.t("coverage.cell", { places }) + " · " : "") + span(list);
    return KG.el("td", {}, KG.t("coverage.tile", { count: list.length }), KG.el("br"), KG.el("span", { class: "soft", text: told }));
  }
  const LEVELS = ["province", "prefecture", "county", "zone", "township", "none"];
  function levels(list) {
    const found = grouped(list, levelOf);
    return LEVELS.filter((l) => found.has(l)).concat(Array.from(found.keys()).filter((l) => !LEVELS.includes(l)).sort());
  }
  function readTable(list) {
    const columns = levels(list), rows = Array.from(grouped(list, provinceOf)).sort((x, y) => (x[0] === "none") - (y[0] === "none") || (x[0] < y[0] ? -1 : 1));
    const line = (name, own) => KG.el("tr", {}, KG.el("th", { scope: "row" }, name), tally(own), columns.map((l) => tally(grouped(own, levelOf).get(l))));
    const named = (key) => (KG.find(key) < 0 ? KG.valueName("province", key) : KG.link(KG.find(key)));
    const heads = [KG.t("filter.province"), KG.t("coverage.all")].concat(columns.map((l) => KG.valueName("level", l)));
    const frame = { class: "scroll", tabindex: "0", role: "region", "aria-label": KG.t("coverage.table") };
    return KG.el("div", frame, KG.el("table", { class: "rows plain-heads levels" },
      KG.el("caption", { text: KG.t("coverage.table") }),
      KG.el("thead", {}, KG.el("tr", {}, heads.map((text) => KG.el("th", { scope: "col", text })))),
      KG.el("tbody", {}, rows.map(([key, own]) => line(named(key), own)), rows.length > 1 ? line(KG.t("coverage.all"), list) : null)));
  }
  /* Reports by province with the province filter lifted: the tiles are how it is set. */
  function ofProvinces() {
    const years = KG.listed("year"), levelsAsked = KG.listed("level"), counts = new Map();
    KG.R.forEach(function (report, r) {
      const fits = (!years.length || years.includes(String(report.year || "none"))) && (!levelsAsked.length || levelsAsked.includes(levelOf(r)));
      if (fits) counts.set(provinceOf(r), (counts.get(provinceOf(r)) || 0) + 1);
    });
    return counts;
  }
  function readPart() {
    const counts = ofProvinces(), list = reports(), unknown = counts.get("none") || 0;
    return KG.el("div", { class: "read-part" },
      KG.el("section", {}, KG.el("h2", { text: KG.t("coverage.tiles") }), KG.el("p", { class: "soft", text: KG.t("coverage.tiles.note") }), KG.tiles(counts),
        unknown ? KG.el("p", { class: "soft", text: KG.t("coverage.unknown", { count: unknown }) }) : null),
      KG.el("section", {}, KG.el("h2", { text: KG.t("coverage.table") }), list.length ? readTable(list) : empty()));
  }
  const empty = (key) => KG.el("p", { class: "empty", text: KG.t(key || "empty") });

  /* How many statements and rates that pass the filter each report has. */
  function statements(rows, passing) {
    const counts = new Map();
    passing.forEach(function (i) {
      const r = KG.reportOf(rows.sentence[i]);
      counts.set(r, (counts.get(r) || 0) + 1);
    });
    return counts;
  }
  function reportColumns() {
    const claims = statements(KG.C, KG.claims()), rates = statements(KG.O, KG.observations());
    const place = (r) => (KG.R[r].place < 0 ? KG.t("none") : KG.name(KG.R[r].place));
    return [
      { key: "title", title: KG.t("report"), value: KG.reportName, cell: (r) => KG.el("span", { class: "roomy" }, KG.reportLink(r)) },
      { key: "place", title: KG.t("region"), value: place, cell: (r) => (KG.R[r].place < 0 ? KG.t("none") : KG.link(KG.R[r].place)) },
      { key: "province", title: KG.t("filter.province"), value: (r) => KG.valueName("province", provinceOf(r)) },
      { key: "kinds", title: KG.t("type"), value: (r) => KG.R[r].kinds.map((k) => KG.word("report", k)).join(KG.comma()) },
      { key: "year", title: KG.t("filter.year"), value: (r) => KG.R[r].year || 0, cell: (r) => KG.R[r].year || "–", number: true, down: true },
      { key: "claims", title: KG.t("coverage.claims"), value: (r) => claims.get(r) || 0, number: true, down: true },
      { key: "rates", title: KG.t("view.rates"), value: (r) => rates.get(r) || 0, number: true, down: true },
    ];
  }
  function reportsPart() {
    const list = reports();
    return list.length ? KG.table(reportColumns(), list, { key: "reportOrder", caption: KG.t("reports.read"), step: 100 }) : empty();
  }

  const kindName = (kind) => KG.word("problem", kind);
  function problemsPart() {
    const all = KG.data.problems, counts = new Map();
    if (!all.length) return empty("problems.none");
    all.forEach((row) => counts.set(row[1], (counts.get(row[1]) || 0) + 1));
    const choice = (kind, text, count) => KG.el("button", {
      type: "button", "aria-pressed": String(KG.state.problem === kind), dataset: { focus: "problem" + kind },
      on: { click: () => KG.go({ problem: KG.state.problem === kind ? "" : kind }) },
    }, text + " ", KG.el("span", { class: "soft", text: count }));
    const kinds = Array.from(counts).sort((x, y) => y[1] - x[1] || (x[0] < y[0] ? -1 : 1));
    const chips = KG.el("div", { class: "controls", role: "group", "aria-label": KG.t("problems.kind") },
      choice("", KG.t("coverage.all"), all.length), kinds.map(([kind, n]) => choice(kind, kindName(kind), n)));
    const columns = PROBLEM.map(([key, value, cell]) => ({ key, title: KG.t("problems." + key), value, cell }));
    return KG.el("div", {}, kinds.length > 1 ? chips : null,
      KG.table(columns, problems(), { key: "problemOrder", caption: KG.t("coverage.problems"), step: 100 }));
  }
  const PROBLEM = [["where", (p) => p[0], place], ["kind", (p) => kindName(p[1])], ["what", (p) => p[2]], ["todo", (p) => p[3]]];
  const problems = () => KG.data.problems.filter((row) => !KG.state.problem || row[1] === KG.state.problem);
  /* The place of a problem, linked where its report is on the page. */
  function place(row) {
    const r = KG.R.findIndex((report) => report.file === row[0].split("#")[0]);
    return r < 0 ? KG.el("code", { text: row[0] }) : KG.el("span", {}, KG.reportLink(r), KG.el("br"), KG.el("code", { text: row[0] }));
  }

  const INSIDE = { read: readPart, reports: reportsPart, problems: problemsPart, corrections: () => KG.corrections.draw() };
  const COUNT = { read: () => "", reports: () => reports().length, problems: () => KG.data.problems.length, corrections: () => KG.flags().length };
  function draw(root) {
    root.append(KG.el("nav", { class: "parts", "aria-label": KG.t("view.coverage") }, PARTS.map((key) => KG.el("a", {
      href: KG.href({ part: key === "read" ? "" : key, sel: "" }), "aria-current": key === part() ? "true" : null, dataset: { focus: "part" + key },
    }, KG.t("coverage." + key) + " ", KG.el("span", { class: "soft", text: COUNT[key]() })))), INSIDE[part()]());
  }
  function csv() {
    const columns = reportColumns();
    if (part() === "problems") return [PROBLEM.map(([key]) => KG.t("problems." + key))].concat(problems().map((p) => PROBLEM.map((c) => c[1](p))));
    if (part() === "corrections") return KG.corrections.csv();
    return [columns.map((c) => c.title).concat(KG.t("file"))].concat(reports().map((r) => columns.map((c) => c.value(r) || "").concat(KG.R[r].file)));
  }
  const tilesSvg = () => KG.picture(9 * 44 + 28, 8 * 44 + 54, KG.tilesSvg(ofProvinces()), KG.text(16, 8 * 44 + 38, KG.t("coverage.legend"), { "font-size": 12 }));
  KG.view("coverage", {
    order: 9, keys: { part: "", reportOrder: "", problemOrder: "", problem: "" }, draw, csv,
    get svg() { return part() === "read" ? tilesSvg : null; },
  });
}());
