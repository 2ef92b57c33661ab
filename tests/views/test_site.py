"""The explorer as one file: it asks for nothing, runs only its own script, and its words are complete."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import UsageError
from kg.files import package_path
from kg.model import EntityType, Predicate, ReportKind, Status
from kg.records import block
from kg.views import site as module
from kg.views.facts import Facts, gather
from kg.views.site import STATEMENTS, fits, scripts, site, words
from tests.views import synth

ROOT = Path(__file__).parent.parent.parent
SIZE = synth.Size(jurisdictions=6, programmes=8, partners=5, orgs=2, sentences=10)
FOLDER = package_path("data") / "page" / "site"
CODE = {name: (FOLDER / f"{name}.js").read_text("utf-8") for name in scripts()}
ALL_CODE = "\n".join(CODE.values())
WORDS = words()
HTML = (FOLDER / "site.html").read_text("utf-8")
HOSTILE = [
    "<script>alert(1)</script>",
    "</script></title><script>alert(1)</script>",
    '" onmouseover="alert(1)" x="',
    '<a href="javascript:alert(1)">href</a>',
    "a\u2028b\u2029c",
    "\u202egnp.exe\u200f",
    "\ud800 \udfff",
    "a\x00b",
    "长" * 100_000,
]


@pytest.fixture(scope="module")
def facts() -> Facts:
    return synth.facts(SIZE)


@pytest.fixture(scope="module")
def made(facts: Facts) -> str:
    return site(facts)


def skeleton(page: str) -> str:
    """The page without its data."""
    head, _, rest = page.partition('id="data">')
    return head + rest.partition("</script>")[2]


def data(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.partition('id="data">')[2].partition("</script>")[0])
    return found


def test_the_policy_names_exactly_the_script_and_style_of_the_page(made: str) -> None:
    policy = html.unescape(re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', made)[0])
    style = re.findall(r"<style>(.*?)</style>", made, re.S)
    script = re.findall(r"<script>(.*?)</script>", made, re.S)
    assert (len(style), len(script)) == (1, 1)
    hashes = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (*style, *script)}
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == hashes
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy


def test_the_page_names_no_address_outside(made: str) -> None:
    rest = skeleton(made)
    addresses = set(re.findall(r"""(?:https?:|["'(=])//[\w.-]+""", rest))
    assert addresses <= {"http://www.w3.org"}, "only the name of the SVG namespace, which nothing loads"
    assert not re.search(r"<link|@import|url\(", rest)
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|importScripts|sendBeacon|Worker)\b", ALL_CODE)


def test_the_same_facts_give_the_same_bytes(facts: Facts, made: str) -> None:
    assert site(facts) == made == site(synth.facts(SIZE))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_changes_nothing(made: str, seed: str) -> None:
    code = "import sys, tests.views.test_site as t; sys.stdout.buffer.write(t.site(t.synth.facts(t.SIZE)).encode())"
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment, check=True, cwd=ROOT)
    assert done.stdout == made.encode()


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_the_page_is_utf8_whatever_the_locale(tmp_path: Path, encoding: str) -> None:
    """As on Chinese Windows, where files are written in GBK unless one says otherwise."""
    lines = "".join(map(block, synth.extractions(SIZE)))
    (tmp_path / "claims.jsonl").write_text(lines, encoding="utf-8")
    command = [sys.executable, "-m", "kg", "site", "--store", "claims.jsonl", "--title", "𠮷县 © 项目"]
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
        "LC_ALL": "zh_CN.GBK", "LANG": "zh_CN.GBK", "PYTHONIOENCODING": encoding,
    }  # fmt: skip
    title = base64.b64encode("𠮷县 © 项目".encode()).decode()
    run = f"import base64, sys; sys.argv[-1] = base64.b64decode('{title}').decode(); from kg.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", run, *command[3:-1], "title"],
        capture_output=True,
        env=environment,
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "index.html").read_bytes()
    assert b"\r\n" not in page
    assert data(page.decode("utf-8"))["title"] == "𠮷县 © 项目"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_markup(facts: Facts, made: str, text: str) -> None:
    entities = {k: replace(e, label=text) if n < 9 else e for n, (k, e) in enumerate(facts.entities.items())}
    reports = tuple(replace(r, title=text, file_name=text) for r in facts.reports)
    spoilt = tuple(replace(c, evidence=replace(c.evidence, quote=text)) for c in facts.claims[:3])
    shown = replace(facts, entities=entities, reports=reports, claims=(*spoilt, *facts.claims[3:]))
    page = site(shown, title=text)
    tags = re.compile(r"<(?!!doctype)/?\w+")
    assert tags.findall(skeleton(page)) == tags.findall(skeleton(made))
    told = text.encode("utf-8", "replace").decode()
    assert html.unescape(re.findall(r"<title>(.*?)</title>", page, re.S)[0]) == told
    found = data(page)
    assert {r["title"] for r in found["reports"]} == {told}
    assert told in found["sentences"]["quote"]


def test_nothing_to_show_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="no claims"):
        site(gather([], regions={}, concepts={}))


def test_too_much_for_one_page_says_how_to_narrow(facts: Facts, monkeypatch: pytest.MonkeyPatch) -> None:
    assert fits(STATEMENTS)
    assert not fits(STATEMENTS + 1)
    monkeypatch.setattr(module, "STATEMENTS", 10)
    with pytest.raises(UsageError, match=r"--within .*--programme .*--years "):
        site(facts)


def test_ten_thousand_nodes_and_thirty_thousand_sentences_stay_below_8_mb() -> None:
    """With full texts, which fill what is left of 8 MB and no more; sentences are as long as in the samples."""
    page = site(synth.facts(synth.of_nodes(10_000)))
    found = data(page)
    assert len(found["nodes"]["id"]) > 9500
    assert len(found["sentences"]["start"]) > 30_000
    assert len(page.encode()) <= 8_000_000


def test_style_and_script_are_small() -> None:
    assert len(ALL_CODE.encode()) + len((FOLDER / "site.css").read_bytes()) <= 250_000


# What follows reads the page's own files.


@pytest.mark.parametrize("name", CODE)
def test_scripts_run_in_browsers_of_2019(name: str) -> None:
    """ES2019: old Chromium derivatives on office computers; strings, comments and patterns are not looked at."""
    code = bare(CODE[name])
    newer = re.compile(
        r"\?\.(?!\d)|\?\?|\|\|=|&&=|\*\*=|\b\d+n\b|\bimport\b|\bexport\b|\bglobalThis\b|(?<!KG)\.at\(|\.replaceAll\(|\.matchAll\("
        r"|\.flatMap\(.*=>.*\bawait\b|Promise\.(?:allSettled|any)|Object\.(?:hasOwn|groupBy)|structuredClone|\.toSorted\("
        r"|\.toReversed\(|\.findLast|\bstatic\s*\{|#\w+\s*[=(;]|\d_\d"
    )
    assert newer.findall(code) == []


@pytest.mark.parametrize("name", CODE)
def test_scripts_set_text_only_as_text(name: str) -> None:
    banned = r"(?:inner|outer|insertAdjacent)HTML|document\.write|\beval\(|new Function|DOMParser|Fragment\(|srcdoc"
    assert not re.findall(banned, CODE[name])
    assert not re.findall(r"""setAttribute\(\s*["'](?:style|on\w+)["']|["'](?:style|on\w+)["']\s*:""", CODE[name])
    assert not re.findall(r"""[{,]\s*style\s*:""", CODE[name]), "the policy blocks style attributes"


def test_markup_has_no_inline_style_or_handler() -> None:
    assert not re.search(r"""\s(?:style|on\w+)\s*=""", HTML)


@pytest.mark.parametrize("name", CODE)
def test_scripts_say_what_they_are_and_keep_to_themselves(name: str) -> None:
    lines = CODE[name].splitlines()
    assert lines[0].startswith("/* ")
    assert '"use strict";' in CODE[name]
    names = set(re.findall(r"^(?:const|let|var|function|class)\s+(\w+)", CODE[name], re.M))
    assert names <= {"KG"}


def bare(code: str) -> str:
    """Code without strings, patterns and comments; template strings are not used."""
    pattern = (
        r"/\*.*?\*/|//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'"
        r"|(?<=[(=,:!&|?{};\s])/(?![*/ ])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[gimsuy]*"
    )
    return re.sub(pattern, '""', code, flags=re.S)


def used_words() -> set[str]:
    """Keys that stand in the page's files as a whole: in scripts quoted, in markup as data-t or data-label."""
    quoted = set(re.findall(r"""["']([\w.]+)["']""", ALL_CODE))
    return quoted | set(re.findall(r'data-(?:t|label)="([^"]+)"', HTML))


def areas() -> set[str]:
    """Areas whose keys are put together: ``t("view." + name)``, ``word("level", code)``."""
    found = set(re.findall(r"""["']([\w.]+)\.["']\s*\+""", ALL_CODE)) | set(re.findall(r"""word\("(\w+)",""", ALL_CODE))
    return found | {
        value for value in re.findall(r"""\w+: "(\w+)\"""", ALL_CODE) if f"{value}." in "".join(WORDS["zh"])
    }


ONTOLOGY = (package_path("ontology") / "health-governance.ttl").read_text("utf-8")
VIEWS = set(re.findall(r"""KG\.view\("(\w+)\"""", ALL_CODE))
MARKS = {"realised", "planned", "both", "stopped", "silent", "filtered", "unread"}
ENUMERATED = {
    "view": VIEWS,
    "help": VIEWS,
    "type": {t.value for t in EntityType},
    "predicate": {p.value for p in Predicate},
    "report": {k.value for k in ReportKind},
    "mark": MARKS,
    "level": {"province", "prefecture", "county", "township", "zone"},
    "problem": {
        "ambiguous",
        "curation",
        "duplicate",
        "fault",
        "invalid",
        "no-jurisdiction",
        "quarantined",
        "unlinked",
        "unreadable",
    },
    "kind": set(re.findall(r"^hg:(\w+)\n    a hg:PartnershipKind ;", ONTOLOGY, re.M)),
}


def test_every_word_is_there_in_both_languages() -> None:
    table = WORDS
    assert set(table["zh"]) == set(table["en"])
    assert [key for language in table.values() for key, text in language.items() if not text.strip()] == []
    holes = {
        key: {language: set(re.findall(r"\{(\w+)[|}]", text[key])) for language, text in table.items()}
        for key in table["zh"]
    }
    assert [key for key, found in holes.items() if found["zh"] != found["en"]] == []
    assert [
        key for key, text in table["zh"].items() if not re.search(r"[\u4e00-\u9fff]", text) and key not in {"language"}
    ] == []
    assert [
        key for key, text in table["en"].items() if re.search(r"[\u4e00-\u9fff]", text) and key not in {"language"}
    ] == []


def test_every_key_the_scripts_name_is_a_word() -> None:
    asked = set(re.findall(r"""\bt\(["']([^"']+)["']\s*[,)]""", ALL_CODE)) | set(
        re.findall(r'data-(?:t|label)="([^"]+)"', HTML)
    )
    assert asked - set(WORDS["zh"]) == set()


@pytest.mark.parametrize("area", ENUMERATED)
def test_everything_that_can_be_named_has_a_word(area: str) -> None:
    found = {key.partition(".")[2] for key in WORDS["zh"] if key.startswith(f"{area}.")}
    assert {key for key in ENUMERATED[area] if key not in found} == set()


def test_every_word_is_used() -> None:
    used, put_together = used_words(), areas()
    idle = []
    for key in WORDS["zh"]:
        area, _, rest = key.rpartition(".")
        known = ENUMERATED.get(area)
        dynamic = area in put_together and (rest in known if known else rest in used)
        if key not in used and not dynamic:
            idle.append(key)
    assert idle == []


def test_statuses_have_a_sign_each() -> None:
    assert {s.value for s in Status} <= MARKS
