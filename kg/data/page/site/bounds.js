/* A value with the words beside it that make it a bound or a part of a range: 95%以上, 不低于80%, 70%-75%. */
(function () {
  "use strict";
  const UP = "≥|＞|>|不低于|不少于|不小于|至少|超过|超|高于|大于|逾|突破", ABOUT = "约|近|接近";
  const DOWN = "≤|＜|<|不超过|不高于|不大于|低于|小于|少于|不足|不到|控制在";
  const BEFORE = new RegExp("(不超过|不高于|不大于|不低于|不少于|不小于|" + UP + "|" + DOWN + "|" + ABOUT + ")(?:达到?|到|在|为)?\\s*$");
  const AFTER = /^\s*(?:及|或)?(以上|以下|以内|左右|上下)/;
  const TO = "\\s*(?:-|–|—+|~|～|至|到)\\s*", NUMBER = "[0-9]+(?:\\.[0-9]+)?\\s*(?:%|％|‰|/10万|元|岁|张|人|个|名)?";
  const RANGE_AFTER = new RegExp("^(?:左右)?" + TO + NUMBER), RANGE_BEFORE = new RegExp("(?:^|[^0-9.])(" + NUMBER + TO + ")$");
  const CHANGE = /[从由自](?:[0-9]{4}年的?)?\s*$/; /* 从40元到50元 are two values, no range */
  const WAY = new Map([["以上", "up"], ["以下", "down"], ["以内", "down"]]);
  UP.split("|").forEach((word) => WAY.set(word, "up"));
  DOWN.split("|").forEach((word) => WAY.set(word, "down"));

  /* {text, way}: the value as the sentence bounds it; way is "up" (at least), "down" (at most) or "". */
  function bounded(quote, from, to) {
    const before = quote.slice(Math.max(0, from - 16), from), value = quote.slice(from, to), after = quote.slice(to, to + 16);
    const up = RANGE_AFTER.exec(after), down = RANGE_BEFORE.exec(before);
    if (up && !CHANGE.test(before)) return { text: value + up[0], way: "up" };
    if (down && !CHANGE.test(before.slice(0, before.length - down[1].length))) return { text: down[1] + value, way: "down" };
    const ahead = BEFORE.exec(before), behind = AFTER.exec(after);
    const text = (ahead ? ahead[0].trim() : "") + value + (behind ? behind[1] : "");
    return { text, way: WAY.get(behind ? behind[1] : ahead ? ahead[1] : "") || "" };
  }
  const known = new Map();
  KG.bounded = function (i) {
    if (!known.has(i)) known.set(i, ofRate(i));
    return known.get(i);
  };
  function ofRate(i) {
    const marks = KG.O.marks[i], signs = Array.from(KG.quote(KG.O.sentence[i])), at = marks.slice(-2);
    const value = signs.slice(at[0], at[1]).join("");
    if (value.replace(/\s/g, "") !== KG.O.text[i].replace(/\s/g, "")) return { text: KG.O.text[i], way: "" };
    const before = signs.slice(0, at[0]).join("");
    return bounded(signs.join(""), before.length, before.length + value.length);
  }
}());
