"""The wording lists: folded, without doubles, complete; and what the loader says of a broken one."""

import re
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.files import package_path, read_yaml
from kg.text.clean import fold
from kg.text.lexicon import any_of, words

FILES = ("residue", "kinds", "headings", "metrics")
LISTS = [
    (name, key)
    for name in FILES
    for key in read_yaml(package_path("data") / "lexicon" / f"{name}.yaml")
]  # fmt: skip


@pytest.mark.parametrize(("name", "key"), LISTS)
def test_lists_are_folded_and_without_doubles(name: str, key: str) -> None:
    terms = words(name, key)
    assert len(terms) == len(set(terms)), f"twice: {sorted({t for t in terms if terms.count(t) > 1})}"
    if key != "short_leads":  # these are patterns
        assert [t for t in terms if fold(t) != t] == [], "matching is done on folded text"


@pytest.mark.parametrize("pattern", words("metrics", "short_leads"))
def test_short_leads_are_patterns_that_read_one_opening(pattern: str) -> None:
    assert re.fullmatch(pattern, pattern.split("(", maxsplit=1)[0])


def test_the_longest_alternative_wins() -> None:
    found = re.match(any_of(["计划", "计划生育"]), "计划生育")
    assert found is not None
    assert found[0] == "计划生育"


def test_a_missing_list_is_named() -> None:
    with pytest.raises(DataError, match=r"kinds\.yaml:1: the list 'Nonsense' is missing"):
        words("kinds", "Nonsense")


def test_every_file_says_what_it_is_for() -> None:
    folder: Path = package_path("data") / "lexicon"
    assert all((folder / f"{name}.yaml").read_text(encoding="utf-8").startswith("# ") for name in FILES)
