/* Corrections: what the reader holds wrong, kept in this browser and handed over as curation.tsv. */
(function () {
  "use strict";
  const KEY = "kg corrections"; /* one list for all pages: identifiers of claims are the same in each */
  const CHOICES = ["", "reject", "accept", "realised", "planned", "stopped"];
  let flags = new Map(load());

  function load() {
    try {
      const rows = JSON.parse(localStorage.getItem(KEY) || "[]");
      return Array.isArray(rows) ? rows.filter((r) => Array.isArray(r) && typeof r[0] === "string" && CHOICES.includes(r[1])) : [];
    } catch (fault) {
      return []; /* storage may be switched off: corrections then last as long as the page */
    }
  }
  function known(id) {
    const at = id.split("/");
    return at[0] === "claim" ? KG.claimOf(at[1]) >= 0 : at[0] === "observation" && KG.rateOf(at[1]) >= 0;
  }
  function set(id, choice) {
    if (choice) flags.set(id, choice); else flags.delete(id);
    try {
      localStorage.setItem(KEY, JSON.stringify(Array.from(flags)));
    } catch (fault) { /* as above */ }
    KG.say(KG.t("flag.count", { count: KG.flags().length }));
  }

  KG.flags = () => Array.from(flags).filter((flag) => known(flag[0])).sort();
  KG.unflag = () => KG.flags().forEach((flag) => set(flag[0], ""));
  /* A choice beside a claim: right, wrong, or of another status. A rate is right or wrong. */
  KG.flagButton = function (id) {
    const choices = id.startsWith("claim/") ? CHOICES : CHOICES.slice(0, 3);
    const select = KG.el("select", { on: { change: () => set(id, select.value) } },
      choices.map((c) => KG.el("option", { value: c, text: KG.t("flag." + (c || "none")) })));
    select.value = flags.get(id) || "";
    return KG.el("label", { class: "flag" }, KG.t("flag"), " ", select);
  };
  /* The rows of curation.tsv; a status is an "accept" with that value. */
  KG.curation = function () {
    const rows = KG.flags().map(([id, choice]) => (choice === "reject" || choice === "accept"
      ? [choice, id, "", "", ""] : ["accept", id, choice, "", ""]));
    return [["action", "target", "value", "reason", "who"]].concat(rows).map((r) => r.join("\t") + "\n").join("");
  };
}());
