"""The ontology's page is current, whole, bilingual, and needs no network."""

from __future__ import annotations

import re
import subprocess
import sys
from html.parser import HTMLParser

import pytest

from kg.files import package_path, read_tsv
from kg.graph.check import must_be_empty
from kg.graph.vocab import TERMS

ROOT = package_path("ontology").parent
PAGE = ROOT / "docs" / "ontology.html"


class Read(HTMLParser):
    """Tags with their attributes, checked to nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def page() -> Read:
    read = Read()
    read.feed(PAGE.read_text("utf-8"))
    assert read.open == []
    return read


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_page_is_current(seed: str) -> None:
    """In two processes with different hash orders: the page is a function of the ontology alone."""
    tool = [sys.executable, str(ROOT / "tools" / "make_docs.py"), "--check"]
    env = {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    told = subprocess.run(tool, capture_output=True, text=True, cwd=ROOT, env=env, check=False)
    assert told.returncode == 0, told.stderr


def test_the_page_fetches_nothing_and_runs_nothing(page: Read) -> None:
    assert not {tag for tag, _ in page.seen} & {"script", "link", "img", "iframe", "object", "form"}
    targets = [value for _, attrs in page.seen for name, value in attrs.items() if name in {"href", "src"}]
    assert all(target and target.startswith("#") for target in targets)
    assert "@import" not in PAGE.read_text("utf-8")
    assert "url(" not in PAGE.read_text("utf-8")


def test_every_link_leads_somewhere_and_every_name_is_one(page: Read) -> None:
    names = [attrs["id"] for _, attrs in page.seen if "id" in attrs]
    assert len(names) == len(set(names))
    assert {attrs["href"] for tag, attrs in page.seen if tag == "a"} <= {f"#{name}" for name in names}


def test_every_term_programme_and_rule_is_there(page: Read) -> None:
    names = {attrs["id"] for _, attrs in page.seen if "id" in attrs}
    assert {"hg:" + term.split("#")[1] for term in TERMS} <= names
    assert {"program:" + row["id"] for row in read_tsv(package_path("seeds") / "programs.tsv")} <= names
    text = PAGE.read_text("utf-8")
    assert all(f"<code>{rule.name}</code>" in text for rule in must_be_empty())


def test_both_languages_are_marked(page: Read) -> None:
    spoken = [attrs.get("lang") for tag, attrs in page.seen if tag == "span"]
    assert set(spoken) == {"en", "zh"}
    for article in re.findall(r'<article id="hg:.*?</article>', PAGE.read_text("utf-8"), flags=re.DOTALL):
        assert article.count('lang="en"') == article.count('lang="zh"')
