/* One rate across places and years: a dot plot, and the same as a table. */
(function () {
  "use strict";
  const O = KG.O;
  const byYear = (a, b) => O.year[a] - O.year[b] || (O.status[a] === "planned") - (O.status[b] === "planned") || a - b;

  /* All metrics that pass the filter: rates by unit, the most places first. */
  function metrics() {
    const found = new Map();
    KG.observations().forEach(function (i) {
      const key = O.metric[i] + "|" + O.unit[i];
      if (!found.has(key)) found.set(key, { key, metric: O.metric[i], unit: O.unit[i], rates: [], places: new Set(), subjects: new Set() });
      const row = found.get(key);
      row.rates.push(i);
      row.subjects.add(O.s[i]);
      if (KG.covered.has(O.s[i])) row.places.add(O.s[i]);
    });
    return Array.from(found.values()).sort((a, b) => b.places.size - a.places.size || b.subjects.size - a.subjects.size || b.rates.length - a.rates.length
      || a.metric.localeCompare(b.metric, "zh") || (a.key < b.key ? -1 : 1));
  }
  /* Each subject of a metric with its rates by year; "latest" is the last result, or the last target where there is none. */
  KG.rateRows = function (rates) {
    const rows = new Map();
    rates.slice().sort(byYear).forEach(function (i) {
      if (!rows.has(O.s[i])) rows.set(O.s[i], { n: O.s[i], own: KG.covered.has(O.s[i]), rates: [] });
      rows.get(O.s[i]).rates.push(i);
    });
    rows.forEach(function (row) {
      const results = row.rates.filter((i) => O.status[i] === "realised");
      row.latest = (results.length ? results : row.rates)[(results.length ? results : row.rates).length - 1];
    });
    return Array.from(rows.values()).sort((a, b) => b.own - a.own || O.value[b.latest] - O.value[a.latest] || a.n - b.n);
  };
  const read = () => KG.shownRegions().filter((n) => KG.covered.has(n)).length;
  const years = (row) => Array.from(new Set(row.rates.map((i) => O.year[i]).filter(Boolean))).sort();
  const span = (list) => (!list.length ? "–" : list.length === 1 ? String(list[0]) : list[0] + "–" + list[list.length - 1]);

  const optionText = (row) => KG.t("rates.option", { metric: row.metric, places: row.subjects.size, values: row.rates.length });
  function chooser(all, chosen) {
    const units = new Map();
    all.forEach((row) => units.set(row.unit, (units.get(row.unit) || []).concat(row)));
    const select = KG.el("select", { dataset: { focus: "metric" }, on: { change: () => KG.go({ metric: select.value, sel: "" }) } },
      Array.from(units).map(([unit, rows]) => KG.el("optgroup", { label: KG.t("rates.unit", { unit: unit || KG.t("none") }) },
        rows.map((row) => KG.el("option", { value: row.metric, text: optionText(row) })))));
    select.value = chosen;
    return KG.el("div", { class: "controls" }, KG.el("label", {}, KG.t("metric"), " ", select));
  }
  function legend() {
    const arrow = KG.svg("svg", { class: "sign", width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
      KG.svg("path", { d: "M1 8H11M8 4L12 8L8 12", fill: "none", stroke: "var(--soft)", "stroke-width": 1.5 }));
    return KG.el("ul", { class: "legend", "aria-label": KG.t("legend") }, [["realised", "rates.result"], ["planned", "rates.target"], ["stopped", "mark.stopped"]]
      .map(([mark, word]) => KG.el("li", {}, KG.sign(mark, true), " ", KG.t(word))), KG.el("li", {}, arrow, " ", KG.t("rates.bound")));
  }

  const report = (i) => KG.reportOf(O.sentence[i]);
  const value = (i) => KG.choose("rate|" + O.id[i], [KG.bounded(i).text], { class: "plain strong nowrap" });
  const status = (i) => KG.el("span", { class: "status" }, KG.sign(O.status[i], true), KG.t(meaning(i)));
  function valuesTable(row, key) {
    const rates = [].concat(...KG.rateRows(row.rates).map((r) => r.rates)), place = (i) => KG.name(O.s[i]);
    return KG.table([
      { key: "subject", title: KG.t("rates.subject"), value: place, cell: (i) => KG.link(O.s[i]) },
      { key: "whose", title: KG.t("rates.whose"), value: (i) => KG.t(whose(O.s[i])) },
      { key: "year", title: KG.t("filter.year"), value: (i) => O.year[i], cell: (i) => O.year[i] || KG.t("year.none"), number: true, down: true },
      { key: "value", title: KG.t("rates.value"), value: (i) => O.value[i], cell: value, number: true, down: true },
      { key: "status", title: KG.t("filter.status"), value: (i) => KG.t(meaning(i)), cell: status },
      { key: "report", title: KG.t("report"), value: (i) => KG.reportName(report(i)), cell: (i) => KG.el("span", { class: "roomy" }, KG.reportLink(report(i))) },
    ], rates, { key, caption: KG.t("rates.values", { metric: row.metric }) });
  }
  const meaning = (i) => ({ realised: "rates.result", planned: "rates.target" }[O.status[i]] || "mark.stopped");
  const whose = (n) => (KG.covered.has(n) ? "rates.own" : KG.isRegion(n) ? "rates.other" : "rates.organisation");

  const spreadOf = (row) => KG.t("rates.spread", {
    n: row.places.size, all: read(), values: row.rates.length, others: row.subjects.size - row.places.size,
  });
  function figure(row, root, k) {
    const picture = KG.el("div", { class: "plot" }), section = KG.el("section", { class: "rate" },
      KG.el("h2", {}, row.metric, " ", KG.el("span", { class: "soft", text: row.unit })), KG.el("p", { class: "soft", text: spreadOf(row) }), picture);
    root.append(section);
    const plot = KG.ratePlot(row, Math.max(320, Math.min(860, section.clientWidth || 860)));
    picture.append(plot.svg);
    if (plot.left) section.append(KG.el("p", { class: "note", text: KG.t("rates.cut", { shown: plot.shown, all: plot.shown + plot.left }) }));
    section.append(valuesTable(row, k ? "ratesOrder2" : "ratesOrder"));
  }
  function index(all) {
    const head = (key, title, value, more) => Object.assign({ key, title: KG.t(title), value }, more), number = { number: true, down: true }, total = read();
    return KG.el("section", {}, KG.el("h2", { text: KG.t("rates.all") }), KG.table([
      head("metric", "metric", (row) => row.metric, { cell: (row) => KG.el("a", { href: KG.href({ metric: row.metric, sel: "" }) }, row.metric) }),
      head("unit", "unit", (row) => row.unit),
      head("places", "rates.places", (row) => row.places.size, Object.assign({ cell: (row) => row.places.size + "/" + total }, number)),
      head("others", "rates.others", (row) => row.subjects.size - row.places.size, number), head("values", "rates.count", (row) => row.rates.length, number),
      head("years", "rates.years", (row) => span(years(row))),
    ], all, { key: "metricOrder", caption: KG.t("rates.all"), step: 50 }));
  }

  /* The chosen metric, or the one most places report; one drawing for each of its units. */
  function chosen(all) {
    const metric = all.some((row) => row.metric === KG.state.metric) ? KG.state.metric : all.length ? all[0].metric : "";
    return all.filter((row) => row.metric === metric);
  }
  function draw(root) {
    const all = metrics(), rows = chosen(all);
    if (!all.length) return void root.append(KG.el("p", { class: "empty", text: KG.t(O.count ? "empty" : "rates.empty") }));
    root.append(chooser(all, rows[0].metric));
    if (KG.state.metric && KG.state.metric !== rows[0].metric) root.append(KG.el("p", { class: "note", text: KG.t("rates.hidden", { metric: KG.state.metric }) }));
    root.append(legend());
    if (rows.length > 1) root.append(KG.el("p", { class: "note", text: KG.t("rates.units") }));
    rows.forEach((row, k) => figure(row, root, k));
    root.append(index(all));
    select();
  }
  function select() {
    document.querySelectorAll("#view .point").forEach((point) => point.classList.toggle("chosen", KG.state.sel === "rate|" + point.dataset.rate));
  }
  const HEAD = ["metric", "unit", "rates.subject", "rates.whose", "filter.year", "rates.value", "rates.number", "filter.status",
    "sentence", "report", "identifier"];
  /* The rates of the chosen metric; all rates where none was chosen. */
  function csv() {
    const all = metrics(), rows = KG.state.metric ? chosen(all) : all;
    const rates = [].concat(...rows.map((row) => [].concat(...KG.rateRows(row.rates).map((r) => r.rates))));
    return [HEAD.map((key) => KG.t(key))].concat(rates.map((i) => [
      O.metric[i], O.unit[i], KG.name(O.s[i]), KG.t(whose(O.s[i])), O.year[i] || "", KG.bounded(i).text, O.value[i], KG.t(meaning(i)),
      KG.quote(O.sentence[i]), KG.reportName(report(i)), "observation/" + O.id[i],
    ]));
  }
  /* The drawings of all units, one below the other, with title and legend. */
  function svg() {
    const ink = KG.inks(true), rows = chosen(metrics()), parts = [];
    let y = 12;
    rows.forEach(function (row) {
      const plot = KG.ratePlot(row, 860, true);
      parts.push(KG.text(16, y + 14, row.metric + "  " + row.unit, { "font-weight": "bold", "font-size": 15 }),
        KG.text(16, y + 34, spreadOf(row), { fill: ink.soft, "font-size": 12 }),
        KG.svg("g", { transform: "translate(0 " + (y + 42) + ")" }, plot.parts));
      y += plot.height + 60;
    });
    let x = 16;
    [["realised", "rates.result"], ["planned", "rates.target"], ["stopped", "mark.stopped"]].forEach(function ([mark, word]) {
      parts.push(KG.svg("g", { transform: "translate(" + x + " " + y + ")" }, KG.shapes(mark, ink[mark])), KG.text(x + 20, y + 13, KG.t(word)));
      x += 40 + KG.textWidth(KG.t(word), 13);
    });
    return KG.picture(860, y + 30, parts);
  }
  KG.view("rates", { order: 7, keys: { metric: "", ratesOrder: "", ratesOrder2: "", metricOrder: "" }, draw, select, csv, svg });
}());
