/* Every statement with its sentence: a list to read, sort and take along. */
(function () {
  "use strict";
  const ROWS = {
    year: (i) => KG.C.year[i] || 0, subject: (i) => KG.name(KG.C.s[i]), object: (i) => KG.name(KG.C.o[i]),
    report: (i) => KG.reportName(KG.reportOf(KG.C.sentence[i])), status: (i) => KG.t("mark." + KG.C.status[i]),
    predicate: (i) => KG.word("predicate", KG.C.p[i]), quote: (i) => KG.quote(KG.C.sentence[i]),
  };
  function columns() {
    const link = (n) => KG.link(n);
    return [
      { key: "subject", title: KG.t("subject"), value: ROWS.subject, cell: (i) => link(KG.C.s[i]) },
      { key: "predicate", title: KG.t("relation"), value: ROWS.predicate },
      { key: "object", title: KG.t("object"), value: ROWS.object, cell: (i) => link(KG.C.o[i]) },
      { key: "status", title: KG.t("filter.status"), value: ROWS.status, cell: (i) => KG.status(KG.C.status[i]) },
      { key: "year", title: KG.t("filter.year"), value: ROWS.year, cell: (i) => KG.C.year[i] || "", number: true, down: true },
      { key: "quote", title: KG.t("sentence"), value: ROWS.quote, cell: sentence },
      { key: "report", title: KG.t("report"), value: ROWS.report, cell: (i) => KG.reportLink(KG.reportOf(KG.C.sentence[i])) },
    ];
  }
  const sentence = (i) => KG.choose("claims|" + KG.C.id[i], KG.pieces(KG.C.sentence[i], KG.C.marks[i]).map(
    (p) => (p[1] ? KG.el("mark", { text: p[0] }) : p[0])), { class: "plain quote" });

  function draw(root) {
    const claims = KG.claims();
    if (!claims.length) return void root.append(KG.el("p", { class: "empty", text: KG.t("empty") }));
    root.append(KG.table(columns(), claims, { key: "order", caption: KG.t("view.evidence"), step: 100 }));
  }
  function csv() {
    const head = ["identifier", "subject", "relation", "object", "kind", "filter.status", "filter.year", "sentence", "report", "file", "start", "end", "rule", "source"];
    return [head.map((key) => KG.t(key))].concat(KG.claims().map(function (i) {
      const r = KG.reportOf(KG.C.sentence[i]);
      return ["claim/" + KG.C.id[i], ROWS.subject(i), ROWS.predicate(i), ROWS.object(i), KG.C.kind[i] ? KG.word("kind", KG.C.kind[i]) : "",
        ROWS.status(i), KG.C.year[i] || "", ROWS.quote(i), ROWS.report(i), KG.R[r].file].concat(KG.span(KG.C.sentence[i]), KG.C.rule[i], KG.R[r].source);
    }));
  }
  KG.view("evidence", { order: 4, keys: { order: "" }, draw, csv });
}());
