"""Every example of every rule file, read by the code that reads reports; and files that are refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.claims import rules, stated
from kg.claims.alliance import alliances
from kg.claims.frame import Frame
from kg.claims.literals import Sieve
from kg.claims.partner import partnerships
from kg.claims.places import Gazetteer, Place
from kg.claims.programmes import Pattern, patterns
from kg.claims.register import Linked, Register
from kg.claims.rules import Rule, load_rules
from kg.claims.scan import Scan, Scanned
from kg.claims.slots import encode
from kg.errors import DataError
from kg.model import Entity, EntityType, Predicate, Report, Role, Sentence
from kg.text.clean import fold

HOME, AWAY = "990000", "980000"
GAZETTEER = Gazetteer(
    {HOME: Place(HOME, "本地市", (), "prefecture", ""), AWAY: Place(AWAY, "外地市", (), "prefecture", "")}
)
MARKUP = re.compile(r"\[([^|\]]+)\|(\w+)\]")
STRANGERS = tuple("甲乙丙子丑省某")  # in examples that expect nothing, names of these beginnings lie elsewhere
SIGNS = {Predicate.PARTNERS_WITH: "-", Predicate.LEADS: ">", Predicate.MEMBER_OF: "<"}


def _pairs(expected: str) -> set[tuple[str, str, str]]:
    """``a-b, c>d`` taken apart."""
    return {tuple(re.split("([-><])", pair.strip())) for pair in expected.split(",") if pair.strip()}  # type: ignore[misc]


def _read(example: str) -> tuple[Scan, set[tuple[str, str, str]]]:
    """The scan of a marked sentence, and the relations it is said to state."""
    marked, _, expected = example.partition(" => ")
    pairs = _pairs(expected)
    away = {right for _, sign, right in pairs if sign == "-"}
    register, mentions, plain, at = Register(), [], "", 0
    for m in MARKUP.finditer(marked):
        plain += marked[at : m.start()]
        words, kind = m[1], EntityType(m[2])
        outside = words in away if pairs else words.startswith(STRANGERS)
        above = AWAY if outside else HOME
        id_ = f"region/{above}-{words}" if kind is EntityType.REGION else f"org/{above}-{words}"
        register.add(Entity(id_, kind, words, parent=f"region/{above}"))
        mentions.append(Linked(len(plain), len(plain) + len(words), id_, kind))
        plain, at = plain + words, m.end()
    plain += marked[at:]
    return _scan(plain, mentions, register), pairs


def _scan(text: str, mentions: list[Linked], register: Register) -> Scan:
    """A report of one sentence; every organisation elsewhere is its own plate's owner."""
    register.add(Entity(f"region/{HOME}", EntityType.REGION, "~"))
    prose = Sentence(0, len(text), text, Role.REVIEW)
    sentence = Scanned(prose, fold(text), tuple(mentions), Frame(HOME), part=Role.REVIEW)
    owners = {m.id: m.id for m in mentions if m.id.startswith(f"org/{AWAY}-")}
    report = Report("a-000000", "a.txt", text, "", year=2024)
    return Scan(report, HOME, "", (sentence,), register, (), GAZETTEER, owners, (), {}, ())


def _stated(relation: str, scan: Scan) -> set[tuple[str, str, str]]:
    found = partnerships(scan) if relation == "partnersWith" else alliances(scan)
    return {(_label(scan, s.subject), SIGNS[s.predicate], _label(scan, s.object)) for s in found}


def _label(scan: Scan, id_: str) -> str:
    entity = scan.register.get(id_)
    assert entity, id_
    return entity.label


EXAMPLES = [
    pytest.param(relation, rule, example, id=f"{rule.id}-{i}")
    for relation in ("partnersWith", "alliances")
    for rule in load_rules(relation)
    for i, example in enumerate((*rule.fires, *rule.silent))
]


@pytest.mark.parametrize(("relation", "rule", "example"), EXAMPLES)
def test_a_rule_alone_states_what_its_example_says(
    relation: str, rule: Rule, example: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stated, "_sieve", lambda: ([(relation, rule)], Sieve([rule.pattern.pattern])))
    scan, expected = _read(example)
    assert bool(expected) == (example in rule.fires), "an example that fires says what it states, a silent one nothing"
    assert _stated(relation, scan) == expected


CONCEPT_EXAMPLES = [
    pytest.param(pattern, example, id=f"{pattern.id}-{i}")
    for pattern in patterns()
    for i, example in enumerate((*pattern.fires, *pattern.silent))
]


@pytest.mark.parametrize(("pattern", "example"), CONCEPT_EXAMPLES)
def test_a_pattern_names_its_concept_where_its_example_says(pattern: Pattern, example: str) -> None:
    text = fold(example)
    vetoed = bool(pattern.unless and pattern.unless.search(text))
    assert (bool(pattern.pattern.search(text)) and not vetoed) == (example in pattern.fires)


@pytest.mark.parametrize("relation", ["partnersWith", "alliances"])
def test_rules_are_told_apart_by_their_ids(relation: str) -> None:
    ids = [rule.id for rule in load_rules(relation)]
    assert sorted(set(ids)) == sorted(ids)


def test_patterns_are_told_apart_by_their_ids_and_each_has_examples() -> None:
    ids = [pattern.id for pattern in patterns()]
    assert sorted(set(ids)) == sorted(ids)
    assert [p.id for p in patterns() if not (p.fires and p.silent)] == []


GOOD = "  - id: good\n    pattern: '{A=org}与{B=orgs}{sign}'\n    fires: [x]\n    silent: [y]\n"
REFUSED = [
    ("  - id: bad\n    pattern: a\n    silent: [y]\n", "has no fires"),
    ("  - id: bad\n    pattern: a\n    fires: [x]\n", "has no silent"),
    ("  - id: bad\n    pattern: a\n    fires: []\n    silent: [y]\n", "has no fires"),
    ("  - id: bad\n    fires: [x]\n    silent: [y]\n", "has no pattern"),
    ("  - id: bad\n    pattern: '{A=nobody}来'\n    fires: [x]\n    silent: [y]\n", "nobody"),
    ("  - id: bad\n    pattern: '(签约'\n    fires: [x]\n    silent: [y]\n", "mend its pattern"),
    ("  - id: bad\n    pattern: '{A=org}和{A=org}'\n    fires: [x]\n    silent: [y]\n", "mend its pattern"),
]


def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, rows: str) -> Path:
    path = tmp_path / "rules" / f"{name}.yaml"
    path.parent.mkdir()
    path.write_text(f"words:\n  sign: 签约|签订\nrules:\n{rows}", encoding="utf-8")
    monkeypatch.setattr(rules, "package_path", lambda _: tmp_path)
    return path


@pytest.mark.parametrize(("rows", "said"), REFUSED)
def test_a_faulty_rule_is_refused_by_file_and_name(
    rows: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _folder(tmp_path, monkeypatch, "refused", GOOD + rows)
    with pytest.raises(DataError) as fault:
        [rule.pattern for rule in load_rules.__wrapped__("refused")]  # compiled when it is first tried
    message = str(fault.value)
    assert str(path) in message
    assert "'bad'" in message
    assert said in message


def test_slots_lists_and_words_become_one_expression(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _folder(tmp_path, monkeypatch, "accepted", GOOD)
    (rule,) = load_rules("accepted")
    assert set(rule.pattern.groupindex) == {"A", "B"}
    assert (rule.id, rule.kind, rule.only, rule.fires, rule.silent) == ("good", "", "", ("x",), ("y",))
    hospital, school = (
        chr(0xE000 + list(EntityType).index(EntityType(t))) for t in ("Hospital", "AcademicInstitution")
    )
    found = rule.pattern.fullmatch(f"{hospital}与{school}、{hospital}签订")
    assert found
    assert found["B"] == f"{school}、{hospital}"
    assert not rule.pattern.search(f"{hospital}与{school}协商")


def _pieces() -> list[str]:
    """The clauses of all examples as rules see them, mentions as signs."""
    scans = [_read(e)[0].sentences[0] for r in ("partnersWith", "alliances") for x in load_rules(r) for e in _all(x)]
    texts = [encode(s.folded, 0, s.mentions).text for s in scans] + [fold(e) for p in patterns() for e in _all(p)]
    return sorted({clause for text in texts for clause in re.split("(?<=[，。；])", text) if clause})


def _all(rule: Rule | Pattern) -> tuple[str, ...]:
    return (*rule.fires, *rule.silent)


EXPRESSIONS = [r.pattern for relation in ("partnersWith", "alliances") for r in load_rules(relation)]
EXPRESSIONS += [p.pattern for p in patterns()]
SIEVE = Sieve([e.pattern for e in EXPRESSIONS])


@settings(deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(_pieces()), min_size=1, max_size=3).map("".join))
def test_no_rule_that_would_fire_is_passed_over(text: str) -> None:
    firing = {i for i, e in enumerate(EXPRESSIONS) if e.search(text)}
    assert firing <= set(SIEVE.candidates(text))
