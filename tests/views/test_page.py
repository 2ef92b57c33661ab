"""One file that asks for nothing, runs nothing but its own script, and holds any text as text."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError
from kg.views import page

HOSTILE = ["</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\u2028", "a&b", "人民医院", "\ud800"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_json_block_holds_no_sign_that_could_end_it(text: str) -> None:
    block = page.json_block([text])
    assert not set("<>&\u2028\u2029") & set(block)
    assert json.loads(block) == [text.replace("\ud800", "?")]


@given(st.text())
def test_any_text_comes_back_from_a_json_block(text: str) -> None:
    assert json.loads(page.json_block(text)) == text.encode("utf-8", "replace").decode("utf-8")


def test_chinese_stays_readable_in_a_json_block() -> None:
    assert page.json_block("医联体") == '"医联体"'


def rendered(**changes: str) -> str:
    given = {"title": "题", "style": "p{}", "script": "1;", **changes}
    return page.render("net.html", data={"nodes": []}, **given)


def test_the_policy_names_exactly_the_script_and_style_of_the_page() -> None:
    made = rendered()
    script = made.rpartition("<script>")[2].partition("</script>")[0]
    style = made.partition("<style>")[2].partition("</style>")[0]
    for text in (script, style):
        assert base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() in made.partition("<meta charset")[0]
    assert "default-src &#39;none&#39;" in made or "default-src 'none'" in made


@pytest.mark.parametrize("name", ["script", "style"])
def test_a_script_or_style_that_would_end_itself_is_refused(name: str) -> None:
    with pytest.raises(DataError, match=f"</{name}"):
        rendered(**{name: f"x='</{name.upper()}>'"})


def test_a_title_is_text() -> None:
    made = rendered(title='<b onclick="x">&')
    assert "<b " not in made
    assert "&lt;b onclick=&#34;x&#34;&gt;&amp;" in made


def test_our_scripts_set_text_only_as_text() -> None:
    banned = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
    for file in (Path(page.__file__).parent.parent / "data" / "page").glob("*.js"):
        assert not banned.search(file.read_text("utf-8")), file.name


def test_a_page_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    code = "import sys, pathlib, kg.views.page as p; p.write(pathlib.Path(sys.argv[1]), chr(0x533b) + chr(10))"
    root = str(Path(page.__file__).parent.parent.parent)
    settings = {"PYTHONPATH": root, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "LANG": "zh_CN.GBK"}
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path / "p.html")], env=settings, check=False)
    assert done.returncode == 0
    assert (tmp_path / "p.html").read_bytes() == "医\n".encode()
