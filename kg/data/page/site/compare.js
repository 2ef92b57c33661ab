/* Two jurisdictions side by side: what only the one does, what both do, what only the other does. */
(function () {
  "use strict";
  const LISTED = 12, CLAIMS = 50;
  const side = function (key) {
    const n = KG.find(KG.state[key]);
    return n >= 0 && KG.isRegion(n) ? n : -1;
  };
  const covered = (n) => KG.covered.has(n);

  /* All places with a claim or a report, those with a report first, under names that tell them apart. */
  function places() {
    const found = new Set(KG.covered);
    KG.allCells().forEach((row) => row.forEach((_, n) => found.add(n)));
    const sorted = Array.from(found).sort((a, b) => covered(b) - covered(a) || a - b), names = new Map();
    sorted.forEach(function (n) {
      const province = KG.province(n), short = KG.name(n) + (province >= 0 && province !== n ? " · " + KG.name(province) : "");
      names.set(names.has(short) ? short + " (" + KG.id(n) + ")" : short, n);
    });
    return names;
  }
  const written = (names, n) => (Array.from(names).find((entry) => entry[1] === n) || [n < 0 ? "" : KG.name(n)])[0];

  function picker(key, names) {
    const said = KG.el("div", { class: "candidates", role: "status" }), id = "compare-" + key;
    const input = KG.el("input", {
      type: "search", list: id + "-list", id, autocomplete: "off", placeholder: KG.t("compare.hint"), dataset: { focus: id },
      on: { input: () => names.has(input.value) && pick(names.get(input.value)), change: () => resolve(input.value.trim()) },
    });
    const pick = (n) => KG.go({ [key]: n < 0 ? "" : KG.id(n) });
    function resolve(text) {
      KG.clear(said);
      if (!text || names.has(text)) return void pick(text ? names.get(text) : -1);
      const found = Array.from(names).filter((entry) => KG.named(entry[1], text));
      if (found.length === 1) return void pick(found[0][1]);
      said.append(KG.t(found.length ? "compare.several" : "compare.nobody", { text, count: found.length }), " ");
      found.slice(0, 8).forEach(([name, n]) => said.append(KG.el("button", { type: "button", on: { click: () => pick(n) } }, name), " "));
    }
    input.value = written(names, side(key));
    return KG.el("div", { class: "picker" }, KG.el("label", { for: id }, KG.el("b", { text: key.toUpperCase() }), " ", KG.t("region")), input, said);
  }
  function controls() {
    const names = places(), swap = () => KG.go({ a: KG.state.b, b: KG.state.a });
    const list = (key) => KG.el("datalist", { id: "compare-" + key + "-list" },
      Array.from(names).map(([value, n]) => KG.el("option", { value, label: covered(n) ? null : value + " – " + KG.t("mark.unread") })));
    return KG.el("div", { class: "controls compare-controls" }, picker("a", names), list("a"),
      KG.el("button", { type: "button", dataset: { focus: "swap" }, "aria-label": KG.t("compare.swap"), title: KG.t("compare.swap"), on: { click: swap } }, "⇄"),
      picker("b", names), list("b"));
  }

  /* What is to be known of a place before its silence is read as absence. */
  function about(key, n) {
    const own = KG.reportsOf(n), notes = [];
    if (!own.length) notes.push(KG.t("compare.unread", { place: KG.name(n) }));
    if (!KG.inPlace(n)) notes.push(KG.t("compare.outside", { place: KG.name(n) }));
    const years = Array.from(new Set(own.map((r) => KG.R[r].year).filter(Boolean))).sort();
    return KG.el("div", { class: "card" },
      KG.el("p", { class: "name" }, KG.el("b", { class: "letter", text: key.toUpperCase() }), " ", KG.link(n)),
      KG.el("p", { class: "soft", text: KG.t("compare.read", { count: own.length, years: years.join(", ") || "–" }) }),
      notes.map((text) => KG.el("p", { class: "warning", text })));
  }
  /* How much of what either has, both have; as lengths and in words. */
  function overlap(a, b, like) {
    if (![a, b].every((n) => covered(n) && KG.inPlace(n))) return KG.el("p", { class: "soft", text: KG.t("compare.unlike") });
    const parts = [["onlyA", like.onlyA, KG.t("compare.only", { letter: "A" })], ["shared", like.shared.length, KG.t("compare.both")],
      ["onlyB", like.onlyB, KG.t("compare.only", { letter: "B" })]];
    const bar = KG.el("div", { class: "overlap" }, parts.map(function ([name, count, label]) {
      const part = KG.el("span", { class: name }, label + " ", KG.el("b", { text: count }));
      part.style.flexGrow = count;
      return part;
    }));
    const told = KG.t("compare.like", { jaccard: KG.ofShare(like.jaccard), cosine: KG.ofShare(like.cosine), shared: like.shared.length, all: like.all });
    return KG.el("div", { class: "like" }, bar, KG.el("p", { class: "soft", text: told }));
  }

  /* Three columns, a row for each group: [group title, [entries only A, both, only B]]. */
  function columns(caption, rows, make, a, b) {
    const only = (place, other) => KG.t(covered(other) ? "compare.only.of" : "compare.known.of", { place: KG.name(place), other: KG.name(other) });
    const heads = [only(a, b), KG.t("compare.both"), only(b, a)];
    const counts = heads.map((_, k) => rows.reduce((sum, row) => sum + row[1][k].length, 0));
    const cell = function (entries, k) {
      const list = KG.el("ul", {}), more = KG.more(list, entries, make, LISTED);
      return KG.el("td", { dataset: { head: heads[k] }, class: entries.length ? null : "none" }, entries.length ? [list, more] : "–");
    };
    return KG.el("table", { class: "sides" }, KG.el("caption", { class: "hidden", text: caption }),
      KG.el("thead", {}, KG.el("tr", {}, KG.el("th", { scope: "col", text: caption }),
        heads.map((text, k) => KG.el("th", { scope: "col" }, text + " ", KG.el("span", { class: "soft", text: counts[k] }))))),
      KG.el("tbody", {}, rows.map(([title, entries]) => KG.el("tr", {}, KG.el("th", { scope: "row", text: title }), entries.map(cell)))));
  }
  function split(a, b, all, has, groupOf, groupName) {
    const groups = new Map();
    all.forEach(function (n) {
      const [one, two] = [has(n, a), has(n, b)];
      if (!one && !two) return;
      if (!groups.has(groupOf(n))) groups.set(groupOf(n), [[], [], []]);
      groups.get(groupOf(n))[one && two ? 1 : one ? 0 : 2].push(n);
    });
    return Array.from(groups).map(([group, entries]) => [groupName(group), entries])
      .sort((x, y) => y[1][1].length - x[1][1].length || x[0].localeCompare(y[0], "zh"));
  }
  const byName = (x, y) => KG.name(x).localeCompare(KG.name(y), "zh") || x - y;
  function proof(letter, place, what, sel, mark, count) {
    const names = KG.name(place) + ", " + KG.name(what);
    const inside = [KG.el("span", { class: "letter", text: letter }), KG.sign(mark), count || null, KG.el("span", { class: "hidden", text: names })];
    return KG.choose(sel, inside, { class: "plain proof", title: names + ": " + KG.t("mark." + mark) });
  }

  const has = (p, place) => KG.alive(KG.cell(p, place));
  const programmeRows = (a, b) => split(a, b, Array.from(KG.cells().keys()).sort(byName), has, KG.familyKey, (f) => KG.valueName("family", f));
  function programme(a, b) {
    const one = (letter, place, p) => proof(letter, place, p, "cell|" + KG.ref(p, place), KG.mark(p, place), (KG.cell(p, place) || { claims: [] }).claims.length);
    return (p) => KG.el("li", {}, KG.link(p), KG.el("span", { class: "proofs-of" }, one("A", a, p), one("B", b, p)));
  }
  function programmes(a, b) {
    const rows = programmeRows(a, b), ended = Array.from(KG.cells().keys()).filter((p) => !has(p, a) && !has(p, b) && (KG.cell(p, a) || KG.cell(p, b))).sort(byName);
    return section("programmes", KG.legend(), rows.length ? columns(KG.t("filter.family"), rows, programme(a, b), a, b) : none(),
      ended.length ? [KG.el("h3", { text: KG.t("compare.ended") }), KG.el("ul", { class: "ended" }, ended.map(programme(a, b)))] : null);
  }

  /* Institutions of elsewhere that a place's reports name in a partnership -> those claims. */
  function partnersOf(place) {
    const found = new Map();
    KG.claims().forEach(function (i) {
      if (KG.C.p[i] !== "partnersWith" || KG.C.status[i] === "stopped" || !KG.placesShown(i).includes(place)) return;
      new Set([KG.C.s[i], KG.C.o[i]]).forEach(function (n) {
        if (!KG.isOrg(n) || KG.within(n, place)) return;
        if (!found.has(n)) found.set(n, []);
        found.get(n).push(i);
      });
    });
    return found;
  }
  const some = (claims, status) => claims.some((i) => KG.C.status[i] === status);
  const markOfClaims = (claims) => KG.markOf({ realised: some(claims, "realised"), planned: some(claims, "planned") }, -1);
  function partnerRows(a, b, [ofA, ofB]) {
    const all = Array.from(new Set(Array.from(ofA.keys()).concat(Array.from(ofB.keys())))).sort(byName);
    return split(a, b, all, (n, place) => (place === a ? ofA : ofB).has(n), KG.type, (type) => KG.word("type", type));
  }
  function partners(a, b) {
    const sides = [partnersOf(a), partnersOf(b)], rows = partnerRows(a, b, sides);
    const one = function (letter, place, n, claims) {
      const sel = "claims|" + claims.slice(0, CLAIMS).map((i) => KG.C.id[i]).join(",");
      return proof(letter, place, n, sel, markOfClaims(claims), claims.length);
    };
    const make = (n) => KG.el("li", {}, KG.link(n), KG.el("span", { class: "proofs-of" }, [["A", a], ["B", b]].map(
      ([letter, place], k) => (sides[k].has(n) ? one(letter, place, n, sides[k].get(n)) : null))));
    return section("partners", KG.el("p", { class: "soft", text: KG.t("compare.partners") }), rows.length ? columns(KG.t("type"), rows, make, a, b) : none());
  }

  /* Rates both report of the same metric, unit and year; an unknown year equals no other. */
  function ratePairs(a, b) {
    const groups = new Map();
    KG.observations().filter((i) => KG.O.s[i] === a || KG.O.s[i] === b).forEach(function (i) {
      const key = [KG.O.metric[i], KG.O.unit[i], KG.O.year[i] || "? " + i].join("|");
      if (!groups.has(key)) groups.set(key, { key, first: i, a: [], b: [] });
      groups.get(key)[KG.O.s[i] === a ? "a" : "b"].push(i);
    });
    const all = Array.from(groups.values()), pairs = all.filter((row) => row.a.length && row.b.length);
    const alone = (key) => all.filter((row) => !(row.a.length && row.b.length)).reduce((sum, row) => sum + row[key].length, 0);
    return { pairs, alone: { a: alone("a"), b: alone("b") } };
  }
  const value = (i) => KG.choose("rate|" + KG.O.id[i], [KG.sign(KG.O.status[i]), " ", KG.bounded(i).text], { class: "plain strong" });
  function rates(a, b) {
    const { pairs, alone } = ratePairs(a, b), O = KG.O;
    const values = (rates) => KG.el("span", {}, rates.map((i) => [value(i), " "]).flat());
    const of = (key, place) => ({ key, title: KG.name(place), number: true, value: (row) => O.value[row[key][0]], cell: (row) => values(row[key]) });
    const table = () => KG.table([
      { key: "metric", title: KG.t("metric"), value: (row) => O.metric[row.first], cell: (row) => metricLink(O.metric[row.first]) },
      { key: "unit", title: KG.t("unit"), value: (row) => O.unit[row.first] },
      { key: "year", title: KG.t("filter.year"), value: (row) => O.year[row.first], number: true }, of("a", a), of("b", b),
    ], pairs, { key: "ratePairs", caption: KG.t("compare.rates") });
    return section("view.rates", pairs.length ? table() : none(KG.t("compare.rates.none")),
      KG.el("p", { class: "soft", text: KG.t("compare.rates.alone", { a: alone.a, b: alone.b }) }));
  }
  const metricLink = (metric) => KG.el("a", { href: KG.href({ v: "rates", metric, sel: "" }) }, metric);
  const section = (title, ...inside) => KG.el("section", {}, KG.el("h2", { text: KG.t(title) }), inside.flat());
  const none = (text) => KG.el("p", { class: "empty", text: text || KG.t("empty") });

  function alone(root, a) {
    if (a >= 0) root.append(KG.el("div", { class: "cards" }, about(a === side("a") ? "a" : "b", a)));
    root.append(KG.el("section", {}, KG.el("h2", { text: a < 0 ? KG.t("compare.pairs") : KG.t("compare.alike.of", { place: KG.name(a) }) }),
      KG.el("p", { class: "soft", text: KG.t("compare.alike.note", { all: KG.portfolios().size }) }), KG.likeness.draw(a)));
  }

  function draw(root) {
    const [a, b] = [side("a"), side("b")];
    root.append(controls());
    if (a >= 0 && a === b) root.append(none(KG.t("compare.same")));
    if (a < 0 || b < 0 || a === b) return alone(root, a >= 0 ? a : b);
    const mine = (n) => new Set(Array.from(KG.cells().keys()).filter((p) => has(p, n)));
    root.append(KG.el("div", { class: "cards" }, about("a", a), about("b", b)), overlap(a, b, KG.alike(mine(a), mine(b))),
      programmes(a, b), partners(a, b), rates(a, b));
  }
  const title = () => (side("a") >= 0 && side("b") >= 0 ? KG.name(side("a")) + " – " + KG.name(side("b")) : KG.t("view.compare"));

  function csv() {
    const [a, b] = [side("a"), side("b")];
    if (a < 0 || b < 0 || a === b) return KG.likeness.csv(a >= 0 ? a : b);
    const head = [KG.t("type"), KG.t("compare.group"), KG.t("name"), KG.t("filter.year"), KG.name(a), KG.t("coverage.claims"), KG.name(b), KG.t("coverage.claims")];
    const mark = (p, n) => [KG.t("mark." + KG.mark(p, n)), (KG.cell(p, n) || { claims: [] }).claims.length];
    const sides = [partnersOf(a), partnersOf(b)], { pairs } = ratePairs(a, b);
    const ofPartner = (claims) => [claims ? KG.t("mark." + markOfClaims(claims)) : "", claims ? claims.length : 0];
    const flat = (rows, kind, cells) => [].concat(...rows.map(([group, entries]) => [].concat(...entries).map(
      (n) => [kind, group, KG.name(n), ""].concat(cells(n)))));
    const texts = (list) => list.map((i) => KG.bounded(i).text + " (" + KG.t("mark." + KG.O.status[i]) + ")").join("; ");
    return [head].concat(flat(programmeRows(a, b), KG.t("programme"), (p) => mark(p, a).concat(mark(p, b))),
      flat(partnerRows(a, b, sides), KG.t("partners"), (n) => ofPartner(sides[0].get(n)).concat(ofPartner(sides[1].get(n)))),
      pairs.map((row) => [KG.t("view.rates"), KG.O.unit[row.first], KG.O.metric[row.first], KG.O.year[row.first],
        texts(row.a), row.a.length, texts(row.b), row.b.length]));
  }
  KG.view("compare", { order: 5, keys: { a: "", b: "", alikeOrder: "", ratePairs: "" }, draw, csv, title });
}());
