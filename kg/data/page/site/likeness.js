/* Places alike in their programmes: all others for one place, or for each place the one most like it. */
(function () {
  "use strict";
  const NAMED = 6;

  function few(programmes) {
    const left = programmes.length - NAMED, names = programmes.slice(0, NAMED).map(KG.name).join(KG.comma());
    return left > 0 ? KG.t("compare.few", { names, left }) : names;
  }
  function rowsOf(place, portfolios) {
    if (place >= 0) return KG.nearest(place, portfolios);
    const best = Array.from(portfolios.keys()).map((n) => KG.nearest(n, portfolios)[0]).filter(Boolean);
    return best.sort((x, y) => y.jaccard - x.jaccard || y.cosine - x.cosine || x.place - y.place);
  }
  const column = (key, title, value, more) => Object.assign({ key, title: KG.t(title), value }, more);
  const place = (key, title, of) => column(key, title, (row) => KG.name(of(row)), { cell: (row) => KG.link(of(row)) });
  const share = (key, title, value) => column(key, title, value, { cell: (row) => KG.ofShare(value(row)), number: true, down: true });
  const province = (row) => KG.valueName("province", KG.provinceKey(row.n));
  function open(row) {
    const names = { a: KG.name(row.place), b: KG.name(row.n) }, href = KG.href({ a: KG.id(row.place), b: KG.id(row.n), sel: "" });
    return KG.el("a", { href, class: "nowrap", title: KG.t("compare.these", names) },
      KG.t("compare.open"), KG.el("span", { class: "hidden", text: " " + names.a + " – " + names.b }));
  }
  function table(asked) {
    const portfolios = KG.portfolios(), none = (text) => KG.el("p", { class: "empty", text });
    if (asked >= 0 && !portfolios.has(asked)) return none(KG.t("compare.unread", { place: KG.name(asked) }));
    const rows = rowsOf(asked, portfolios);
    if (!rows.length) return none(KG.t("compare.alone"));
    return KG.table([].concat(
      asked >= 0 ? [] : place("place", "region", (row) => row.place),
      place("other", asked >= 0 ? "region" : "compare.nearest", (row) => row.n),
      column("open", "compare.open", (row) => row.n, { cell: open }),
      column("province", "filter.province", province, { cell: (row) => KG.el("span", { class: "nowrap", text: province(row) }) }),
      column("shared", "compare.shared", (row) => row.shared.length, { number: true, down: true }),
      share("jaccard", "compare.jaccard", (row) => row.jaccard), share("cosine", "compare.cosine", (row) => row.cosine),
      column("names", "compare.what", (row) => row.shared.length, { cell: (row) => KG.el("span", { class: "soft roomy", text: few(row.shared) }) }),
    ), rows, { key: "alikeOrder", caption: KG.t("compare.alike"), step: 50 });
  }

  const HEAD = ["region", "compare.nearest", "compare.shared", "compare.only.a", "compare.only.b", "compare.jaccard", "compare.cosine", "compare.what"];
  /* Each pair that shares a programme, once; for one place its pairs. */
  function csv(asked) {
    const portfolios = KG.portfolios(), from = asked >= 0 ? [asked] : Array.from(portfolios.keys());
    const pairs = from.filter((n) => portfolios.has(n)).map((n) => KG.nearest(n, portfolios).filter((row) => asked >= 0 || n < row.n));
    return [HEAD.map((key) => KG.t(key))].concat([].concat(...pairs).map((row) => [
      KG.name(row.place), KG.name(row.n), row.shared.length, row.onlyA, row.onlyB,
      Number(row.jaccard.toFixed(4)), Number(row.cosine.toFixed(4)), row.shared.map(KG.name).join("; "),
    ]));
  }
  KG.likeness = { draw: table, csv };
}());
