/* The reader's corrections: what was marked in the panel, and the table that the next build takes. */
(function () {
  "use strict";
  const COMMAND = "kg build REPORTS --curation curation.tsv";

  function about(id) {
    const [kind, hex] = id.split("/"), isClaim = kind === "claim", i = isClaim ? KG.claimOf(hex) : KG.rateOf(hex);
    const rows = isClaim ? KG.C : KG.O, sel = (isClaim ? "claims|" : "rate|") + hex;
    const what = isClaim ? [KG.name(rows.s[i]), KG.word("predicate", rows.p[i]), KG.name(rows.o[i])] : [KG.name(rows.s[i]), rows.metric[i], rows.text[i]];
    return { sentence: rows.sentence[i], what: what.join(" "), sel };
  }
  function entry([id]) {
    const told = about(id), choice = KG.flagButton(id).querySelector("select");
    choice.setAttribute("aria-label", KG.t("flag") + " " + told.what); /* the heading of the column says it to the eye */
    return KG.el("tr", {},
      KG.el("th", { scope: "row" }, KG.choose(told.sel, [told.what], { class: "plain strong" })), KG.el("td", { class: "flags" }, choice),
      KG.el("td", {}, KG.quote(told.sentence)), KG.el("td", {}, KG.reportLink(KG.reportOf(told.sentence))));
  }
  const save = () => KG.save(KG.curation(), "curation.tsv", "text/tab-separated-values;charset=utf-8");
  function inside() {
    const flags = KG.flags();
    if (!flags.length) return [KG.el("p", { class: "empty", text: KG.t("corrections.none") })];
    const clear = () => {
      KG.unflag();
      redraw();
    };
    const heads = ["corrections.what", "flag", "sentence", "report"].map((key) => KG.el("th", { scope: "col", text: KG.t(key) }));
    return [
      KG.el("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": KG.t("corrections") }, KG.el("table", { class: "rows plain-heads" },
        KG.el("caption", { text: KG.t("corrections") }), KG.el("thead", {}, KG.el("tr", {}, heads)), KG.el("tbody", {}, flags.map(entry)))),
      KG.el("p", { class: "buttons" },
        KG.el("button", { type: "button", on: { click: save } }, KG.t("corrections.download")), " ",
        KG.el("button", { type: "button", on: { click: clear } }, KG.t("corrections.clear.all"))),
      KG.el("p", {}, KG.t("corrections.apply"), " ", KG.el("code", { text: COMMAND })), KG.el("p", { class: "soft", text: KG.t("corrections.kept") }),
    ];
  }
  let root = null;
  function redraw() {
    if (!root || !root.isConnected) return;
    KG.clear(root).append(...inside());
    KG.markPressed(root);
    document.querySelector('[data-focus="partcorrections"] span').textContent = KG.flags().length;
  }
  /* A choice made in the panel shows in the list, and one made in the list in the panel. */
  document.addEventListener("change", function (event) {
    if (event.target.closest(".flag, .flags")) redraw();
    if (event.target.closest(".flags")) KG.drawPanel();
  });

  KG.corrections = {
    draw: function () {
      root = KG.el("div", {}, inside());
      return root;
    },
    csv: () => [["corrections.what", "flag", "identifier", "sentence", "report"].map((key) => KG.t(key))].concat(KG.flags().map(function ([id, choice]) {
      const told = about(id);
      return [told.what, KG.t("flag." + choice), id, KG.quote(told.sentence), KG.reportName(KG.reportOf(told.sentence))];
    })),
  };
}());
