/* What figures share: axes, the legend of the marks, and a frame with a name. */
(function () {
  "use strict";
  /* What the marks mean; "hidden by the filter" only where there is a filter. */
  KG.legend = function () {
    const marks = KG.MARKS.filter((m) => m !== "filtered" || KG.isFiltered());
    return KG.el("ul", { class: "legend", "aria-label": KG.t("legend") },
      marks.map((m) => KG.el("li", {}, m === "unread" ? KG.el("span", { class: "sample unread" }) : KG.sign(m, true), " ", KG.t("mark." + m))));
  };

  /* Round numbers that enclose the values, about `wanted` of them. */
  KG.ticks = function (low, high, wanted) {
    const span = high - low || Math.abs(high) || 1, rough = span / wanted, power = Math.pow(10, Math.floor(Math.log10(rough)));
    const step = [1, 2, 5, 10].map((k) => k * power).find((s) => s >= rough);
    const first = Math.floor(low / step), last = Math.ceil((low === high ? high + span / 2 : high) / step);
    return Array.from({ length: last - first + 1 }, (_, k) => Number(((first + k) * step).toPrecision(12)));
  };
  /* A drawing in the page. What it says is said again by the table beside it, which `name` points to. */
  KG.figure = (width, height, name, ...children) => KG.svg("svg", {
    class: "figure", role: "img", "aria-label": name, width, height, viewBox: "0 0 " + width + " " + height,
  }, ...children);
  KG.clip = function (text, size, room) {
    if (KG.textWidth(text, size) <= room) return text;
    const signs = Array.from(text);
    while (signs.length > 1 && KG.textWidth(signs.join("") + "…", size) > room) signs.pop();
    return signs.join("") + "…";
  };
}());
