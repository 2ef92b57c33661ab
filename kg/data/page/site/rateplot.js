/* The dot plot of one rate: a line for each place, a sign for each value, years beside the signs. */
(function () {
  "use strict";
  const O = KG.O, LIMIT = 40, NARROW = 600, LABEL = 11, LONG = 500;

  function scale(row, left, right, wanted) {
    const values = row.rates.map((i) => O.value[i]), high = Math.max(...values);
    let low = Math.min(...values);
    if (low > 0 && low < high * 0.4) low = 0;
    const ticks = KG.ticks(low, high, wanted), first = ticks[0], last = ticks[ticks.length - 1];
    return { ticks, x: (value) => left + ((value - first) / (last - first)) * (right - left) };
  }
  const arrow = (way) => (way === "up" ? "M8 0H19M15.5 -3.5L19.5 0L15.5 3.5" : "M-8 0H-19M-15.5 -3.5L-19.5 0L-15.5 3.5");
  const yearOf = (i) => (O.year[i] ? String(O.year[i]) : "?");

  /* Years above the signs; below where the one before is too near, and left out (the table has it) where both are taken. */
  function lanes(rates, x) {
    const taken = [-Infinity, -Infinity];
    return rates.slice().sort((a, b) => O.value[a] - O.value[b]).map(function (i) {
      const text = yearOf(i), half = KG.textWidth(text, LABEL) / 2, at = x(O.value[i]), lane = taken.findIndex((edge) => at - half > edge + 3);
      if (lane >= 0) taken[lane] = at + half;
      return { text, at, lane };
    }).filter((year) => year.lane >= 0);
  }
  /* On paper a sign is only a shape; in the page it can be pointed at. */
  function point(i, x, y, ink) {
    const way = KG.bounded(i).way, status = O.status[i];
    const paper = ink === KG.inks(true), place = { transform: "translate(" + x(O.value[i]) + " " + y + ")" };
    return KG.svg("g", paper ? place : Object.assign({ class: "point", "data-rate": O.id[i] }, place),
      KG.svg("title", {}, KG.name(O.s[i]) + ": " + KG.bounded(i).text + " · " + (O.year[i] || KG.t("year.none")) + " · " + KG.t("mark." + status)),
      paper ? null : KG.svg("circle", { class: "halo", r: 9.5, fill: "transparent" }),
      status === "planned" ? KG.svg("circle", { r: 5, fill: ink.paper }) : null,
      KG.svg("g", { transform: "translate(-8 -8)" }, KG.shapes(status, ink[status])),
      way ? KG.svg("path", { d: arrow(way), fill: "none", stroke: ink[status], "stroke-width": 1.5 }) : null);
  }
  function latest(row) {
    return KG.bounded(row.latest).text + (O.year[row.latest] ? " (" + O.year[row.latest] + ")" : "");
  }

  /* Where things stand: beside the line where there is room, above it on a narrow screen. */
  function frame(rows, width) {
    const narrow = width < NARROW, widest = (text) => Math.max(...rows.map((row) => KG.textWidth(text(row), 13)));
    const names = narrow ? 0 : Math.min(220, widest((row) => KG.name(row.n)) + 16), told = narrow ? 0 : Math.min(190, widest(latest) + 14);
    return { narrow, left: names + 24, right: width - told - 24, height: narrow ? 60 : 36 };
  }
  function line(row, years, y, { at, width, x, ink }) {
    const results = row.rates.filter((i) => O.status[i] === "realised").map((i) => x(O.value[i])), label = at.narrow ? y - 26 : y + 4;
    const told = KG.clip(latest(row), 13, 180), room = at.narrow ? width - KG.textWidth(told, 13) - 16 : at.left - 36;
    return [
      KG.svg("line", { x1: at.left - 8, x2: at.right + 8, y1: y, y2: y, stroke: ink.line }),
      results.length > 1 ? KG.svg("line", { x1: Math.min(...results), x2: Math.max(...results), y1: y, y2: y, stroke: ink.realised, "stroke-width": 2 }) : null,
      KG.text(8, label, KG.clip(KG.name(row.n), 13, room), { fill: ink.ink }),
      KG.text(width - 8, label, told, { fill: ink.ink, "text-anchor": "end", "font-weight": "bold" }),
      years.map((year) => KG.text(year.at, y + (year.lane ? 19 : -10), year.text, { "font-size": LABEL, fill: ink.soft, "text-anchor": "middle" })),
      row.rates.map((i) => point(i, x, y, ink)),
    ];
  }
  /* Numbers above, and below again where the drawing is long. */
  function axis(ticks, x, y, bottom, unit, ink) {
    const sign = unit === "%" || unit === "‰" ? unit : "", look = { "font-size": 12, fill: ink.soft, "text-anchor": "middle" };
    return ticks.map((tick) => [
      KG.svg("line", { x1: x(tick), x2: x(tick), y1: y, y2: bottom, stroke: ink.line, "stroke-dasharray": "2 3" }),
      [y - 6].concat(bottom > LONG ? bottom + 14 : []).map((at) => KG.text(x(tick), at, tick + sign, look)),
    ]);
  }

  /* {svg, parts, height, shown, left}: the drawing of a metric's rates in one unit; `paper`: in the inks of white paper. */
  KG.ratePlot = function (metric, width, paper) {
    const ink = KG.inks(paper), all = KG.rateRows(metric.rates), rows = all.slice(0, LIMIT), at = frame(rows, width);
    const { ticks, x } = scale(metric, at.left, at.right, at.narrow ? 4 : 7), parts = [], lines = [];
    let y = 26;
    rows.forEach(function (row, k) {
      if (k === 0 ? !row.own || rows.some((r) => !r.own) : row.own !== rows[k - 1].own) {
        lines.push(KG.text(8, y + 20, KG.t(row.own ? "rates.group.own" : "rates.group.other"), { "font-size": 12, fill: ink.soft, "font-weight": "bold" }));
        y += 28;
      }
      const years = lanes(row.rates, x);
      lines.push(line(row, years, y + at.height - 16, { at, width, x, ink }));
      y += at.height + (years.some((year) => year.lane) ? 10 : 0);
    });
    const bottom = y + 8, height = bottom + (bottom > LONG ? 22 : 2);
    parts.push(axis(ticks, x, 20, bottom, metric.unit, ink), lines);
    const flat = parts.flat(9).filter(Boolean);
    return { parts: flat, height, shown: rows.length, left: all.length - rows.length, svg: paper ? null : live(width, height, metric, flat) };
  };
  /* The signs open their sentence for those who point at them; the table does it for everybody. */
  function live(width, height, metric, parts) {
    const svg = KG.figure(width, height, KG.t("rates.figure", { metric: metric.metric, values: metric.rates.length }), parts);
    svg.addEventListener("click", function (event) {
      const found = event.target.closest(".point");
      if (found) KG.select("rate|" + found.dataset.rate);
    });
    return svg;
  }
}());
