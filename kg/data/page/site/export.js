/* The view as a file: CSV for spreadsheets, SVG and PNG as pictures. */
(function () {
  "use strict";
  const MARGIN = 16, LINE = 22, LIMIT = 300;

  function save(blob, name) {
    const link = KG.el("a", { href: URL.createObjectURL(blob), download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    KG.say(KG.t("saved", { name }));
  }
  KG.save = (text, name, type) => save(new Blob([text], { type }), name);

  /* A cell that a spreadsheet would take for a formula gets an apostrophe. */
  function cell(value) {
    let text = value === null || value === undefined ? "" : String(value);
    if (typeof value !== "number" && /^[\s]*[=+\-@\t\r]/.test(text)) text = "'" + text;
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }
  KG.csvText = (rows) => "\ufeff" + rows.map((row) => row.map(cell).join(",") + "\r\n").join("");

  function fileName(ending) {
    const filters = KG.FACETS.concat("q").filter((f) => KG.state[f]).map((f) => KG.state[f]).join(" ");
    const of = KG.state.v === "page" ? KG.state.id : filters;
    const name = [KG.data.title, KG.t("view." + KG.state.v), of].filter(Boolean).join("-");
    return name.replace(/[\\/:*?"<>|\u0000-\u001f]+/g, "_").slice(0, 80) + ending;
  }
  const current = () => KG.views.get(KG.state.v);

  KG.exportCsv = () => KG.save(KG.csvText(current().csv()), fileName(".csv"), "text/csv;charset=utf-8");

  /* Width of a text in pixels; a Chinese character is as wide as it is high. */
  KG.textWidth = (text, size) => Array.from(String(text)).reduce((sum, c) => sum + (c > "\u2e80" ? size : size * 0.58), 0);
  KG.text = (x, y, text, props) => KG.svg("text", Object.assign({ x, y, "font-size": 13, fill: KG.inks(true).ink }, props), String(text));

  /* Rows as a drawn table, for views that are lists. */
  function tableSvg(rows) {
    const shown = rows.slice(0, LIMIT + 1).map((r) => r.map((c) => clipped(c === null || c === undefined ? "" : String(c))));
    const widths = shown[0].map((_, k) => Math.max(...shown.map((r) => KG.textWidth(r[k] || "", 13))) + 18);
    const left = widths.map((_, k) => MARGIN + widths.slice(0, k).reduce((a, b) => a + b, 0));
    const width = left[left.length - 1] + widths[widths.length - 1] + MARGIN, height = (shown.length + 1) * LINE + 2 * MARGIN;
    const lines = shown.map((r, n) => r.map((c, k) => KG.text(left[k], MARGIN + (n + 1) * LINE, c, n ? {} : { "font-weight": "bold" })));
    const note = rows.length > LIMIT + 1 ? KG.text(MARGIN, height - MARGIN / 2, KG.t("more", { shown: LIMIT, all: rows.length - 1 })) : null;
    return KG.picture(width, height, [].concat(...lines), note);
  }
  const clipped = (text) => (Array.from(text).length > 40 ? Array.from(text).slice(0, 39).join("") + "…" : text);

  /* A standalone picture on white paper. */
  KG.picture = (width, height, ...children) => KG.svg("svg", {
    xmlns: "http://www.w3.org/2000/svg", width: Math.ceil(width), height: Math.ceil(height), viewBox: "0 0 " + Math.ceil(width) + " " + Math.ceil(height),
    "font-family": "'Microsoft YaHei','PingFang SC','Noto Sans CJK SC',sans-serif",
  }, KG.svg("rect", { width: "100%", height: "100%", fill: KG.inks(true).paper }), ...children);

  /* Signs that XML 1.0 does not allow are left out. */
  function svgText() {
    const view = current(), made = view.svg ? view.svg() : tableSvg(view.csv());
    return new XMLSerializer().serializeToString(made).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "");
  }
  KG.svgText = svgText;
  KG.exportSvg = () => KG.save('<?xml version="1.0" encoding="UTF-8"?>\n' + svgText(), fileName(".svg"), "image/svg+xml");

  /* The picture at twice its size, or less where a canvas would be too large. */
  KG.exportPng = function () {
    const image = new Image(), name = fileName(".png");
    image.addEventListener("load", function () {
      const scale = Math.min(2, 8000 / image.width, 8000 / image.height);
      const canvas = KG.el("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => (blob ? save(blob, name) : KG.say(KG.t("png.failed"))));
    });
    image.addEventListener("error", () => KG.say(KG.t("png.failed")));
    image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText());
  };
}());
