"""The command line: what it prints where, its exit codes, and its start-up."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bench import corpus
from kg.cli import COMMANDS, kg, main
from tests.graph import servers

ROOT = Path(__file__).parent.parent
TEXT = (
    "海宁市卫生健康局2024年工作总结\n\n一、主要工作\n"
    "市二院与浙江大学医学院附属第一医院签订合作协议。家庭医生签约率达到75.3%。\n"
)


def call(*words: str, given: str | None = None) -> Result:
    """A command in this process; errors of ours are left to ``main``."""
    return CliRunner().invoke(kg, words, input=given)


def shell(*words: str, cwd: Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A command as a process of its own."""
    command = [sys.executable, "-m", "kg", *words]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run(command, input=given, capture_output=True, cwd=cwd, env=env, check=False)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports/ and the output/ built from them."""
    place = tmp_path_factory.mktemp("place")
    (place / "reports").mkdir()
    (place / "reports" / "haining.txt").write_text(TEXT, encoding="utf-8")
    done = shell("build", "reports", cwd=place)
    assert done.returncode == 0, done.stderr.decode()
    return place


def test_help_names_every_command_in_both_languages() -> None:
    text = call("--help").output
    assert all(name in text for name in COMMANDS)
    assert "图谱" in text


def test_help_imports_nothing_heavy() -> None:
    """What each of these costs is in bench/; none of them may be paid for a help text."""
    heavy = {"rdflib", "pyoxigraph", "networkx", "jieba", "pyvis", "pyshacl", "distributed", "lxml", "numpy", "yaml"}
    code = (
        "import sys\nfrom kg.cli import kg\nkg(['--help'], standalone_mode=False)\nprint(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not heavy & set(done.stderr.split())


def test_an_unknown_command_is_wrong_use(tmp_path: Path) -> None:
    done = shell("bild", cwd=tmp_path)
    assert done.returncode == 2
    assert b"bild" in done.stderr


def test_build_says_what_it_made_and_where_to_open_it(place: Path) -> None:
    done = shell("build", "reports", cwd=place)
    told = done.stdout.decode()
    assert "1 reports" in told
    assert (place / "output" / "index.html").as_uri() in told


def test_a_fault_of_use_is_one_line_and_code_2(tmp_path: Path) -> None:
    done = shell("build", "missing", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode().splitlines() == ["kg: missing: no such file or folder; check the path"]


def test_a_bad_report_is_code_1_and_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 4)
    done = shell("build", ".", "-o", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "bad.txt\tunreadable" in (tmp_path / "out" / "problems.tsv").read_text("utf-8")
    assert "good.txt" in (tmp_path / "out" / "claims.jsonl").read_text("utf-8")


def test_extract_streams_claims_out_and_problems_aside(place: Path) -> None:
    done = shell("extract", "-", cwd=place, given=TEXT.encode())
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert rows[0]["fileName"] == "stdin.txt"
    assert {"claim", "entity", "observation"} <= {row["record"] for row in rows}
    assert done.stderr.decode().startswith("where\tkind\twhat\ttodo\n")


def test_extract_then_load_is_a_build(place: Path) -> None:
    claims = shell("extract", "reports", cwd=place).stdout
    assert claims == (place / "output" / "claims.jsonl").read_bytes()
    done = shell("load", "-", "-o", "loaded", cwd=place, given=claims)
    assert done.returncode == 0, done.stderr.decode()
    assert (place / "loaded" / "graph.nq").read_bytes() == (place / "output" / "graph.nq").read_bytes()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["query", "SELECT (COUNT(*) AS ?n) { ?c a hg:Observation }", "--format", "csv"], "n\r\n1\r\n"),
        (["query", "--list"], "partners-of"),
        (["explain", "海宁市第二人民医院"], "市二院"),
        (["resolve", "市二院", "--in", "海宁市"], "海宁市第二人民医院"),
        (["rule", "try", "家庭医生签约率达到75.3%。", "--in", "海宁市"], "75.3%"),
        (["split", "reports/haining.txt"], "家庭医生签约率达到75.3%。"),
        (["split", "reports/haining.txt", "--why"], "heading"),
        (["recur", "coverage", "--format", "csv"], "jurisdictions"),
        (["review"], "action\ttarget\tvalue"),
        (["dump"], '"haining.txt"'),
    ],
)
def test_results_go_to_standard_output(place: Path, words: list[str], shown: str) -> None:
    done = shell(*words, cwd=place)
    assert done.returncode == 0, done.stderr.decode()
    assert shown in done.stdout.decode()


def test_check_and_verify_find_nothing_wrong(place: Path) -> None:
    assert shell("check", cwd=place).returncode == 0
    assert shell("verify", "reports", cwd=place).returncode == 0


def test_verify_tells_a_changed_report(place: Path, tmp_path: Path) -> None:
    (tmp_path / "haining.txt").write_text(TEXT.replace("75.3", "75.4"), encoding="utf-8")
    done = shell("verify", str(tmp_path), cwd=place)
    assert done.returncode == 1
    assert "changed" in done.stdout.decode()


def test_dump_and_restore_return_the_same_bytes(place: Path) -> None:
    assert shell("dump", "-o", "dump.nq", cwd=place).returncode == 0
    assert shell("restore", "dump.nq", "-o", "again", cwd=place).returncode == 0
    assert shell("dump", "--store", "again", cwd=place).stdout == (place / "dump.nq").read_bytes()


@pytest.mark.server
@pytest.mark.skipif(not servers.OXIGRAPH, reason="the extra [serve] is not installed")
def test_a_server_is_filled_asked_and_dumped(place: Path, tmp_path: Path) -> None:
    assert shell("dump", "-o", str(tmp_path / "dump.nq"), cwd=place).returncode == 0
    with servers.oxigraph(tmp_path) as url:
        assert shell("restore", "dump.nq", "--server", url, cwd=tmp_path).returncode == 0
        question = ["query", "region-implements", "region=海宁市", "--format", "csv", "--store"]
        assert shell(*question, url, cwd=tmp_path).stdout == shell(*question, "output", cwd=place).stdout
        assert shell("dump", "--store", url, cwd=tmp_path).stdout == (tmp_path / "dump.nq").read_bytes()


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (["draw", "-o", "net.html"], "net.html"),
        (["site", "-o", "all.html"], "all.html"),
        (["site", "--within", "海宁市", "--years", "2024"], "output/part.html"),
        (["export", "--format", "graphml", "-o", "graph.graphml"], "graph.graphml"),
    ],
)
def test_pages_and_exports_are_written(place: Path, words: list[str], file: str) -> None:
    done = shell(*words, cwd=place)
    assert done.returncode == 0, done.stderr.decode()
    assert "海宁市" in (place / file).read_text("utf-8")


def test_the_page_of_a_build_is_that_of_kg_site(place: Path, tmp_path: Path) -> None:
    """With the reports both hold full texts; without them those of the page before, or sentences only."""
    with_texts = shell("site", "reports", "-o", "again.html", cwd=place)
    assert with_texts.returncode == 0, with_texts.stderr.decode()
    assert with_texts.stderr.decode().split() == [(place / "again.html").as_uri()]
    made = (place / "output" / "index.html").read_text("utf-8")
    assert (place / "again.html").read_text("utf-8") == made
    assert shell("site", "-o", "-", cwd=place).stdout.decode() == made
    shutil.copy(place / "output" / "claims.jsonl", tmp_path)
    without = shell("site", "--store", "claims.jsonl", "-o", "-", cwd=tmp_path).stdout.decode()
    assert "一、主要工作" in made
    assert "一、主要工作" not in without
    assert "家庭医生签约率达到75.3%。" in without


def test_files_no_claim_was_extracted_from_are_told_in_one_line(place: Path, tmp_path: Path) -> None:
    (tmp_path / "haining.txt").write_text(TEXT.replace("75.3", "75.4"), encoding="utf-8")
    done = shell("site", str(tmp_path), "-o", "other.html", cwd=place)
    told = done.stderr.decode().splitlines()
    assert (done.returncode, len(told)) == (0, 2)
    assert "1 files are not shown" in told[0]
    assert "haining.txt" in told[0]


def test_a_part_that_is_not_there_is_wrong_use(place: Path) -> None:
    done = shell("site", "--within", "region/110101", cwd=place)
    assert done.returncode == 2
    assert done.stderr.decode().startswith("kg: region/110101: no region")


def test_a_build_too_large_for_one_page_says_how_to_make_one_of_a_part(tmp_path: Path) -> None:
    corpus.write(tmp_path / "reports", 3)
    code = "import kg.views.site as s, kg.cli; s.STATEMENTS = 20; kg.cli.main(['build', 'reports', '--workers', '1'])"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert "kg site --store output --within REGION" in done.stdout.decode()
    assert not (tmp_path / "output" / "index.html").exists()


def test_a_decision_filled_in_is_replayed_by_the_next_build(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "haining.txt").write_text(TEXT, encoding="utf-8")
    shell("build", "reports", cwd=tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "output" / "claims.jsonl").read_text("utf-8").splitlines()]
    wrong = next(row["id"] for row in rows if row.get("predicate") == "partnersWith")
    table = f"action,target,value,reason,who\r\nreject,{wrong},,not a partnership,me\r\n"
    (tmp_path / "filled.csv").write_text(table, encoding="utf-8-sig")
    assert shell("review", "--read", "filled.csv", cwd=tmp_path).returncode == 0
    assert shell("build", "reports", cwd=tmp_path).returncode == 0
    assert wrong not in (tmp_path / "output" / "claims.jsonl").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="sends the signal of Ctrl-C as Unix does")
def test_ctrl_c_leaves_a_state_from_which_the_next_build_goes_on(tmp_path: Path) -> None:
    corpus.write(tmp_path / "reports", 40)
    command = [sys.executable, "-m", "kg", "build", "reports", "--workers", "2"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=env, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    while not list((tmp_path / "output" / ".work").glob("??.json")) and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    told = errors.decode().strip()
    assert told == "kg: interrupted; the same command goes on where it stopped / 已中断，再次运行即可继续"
    done = {f.name: f.stat().st_mtime_ns for f in (tmp_path / "output" / ".work").glob("??.json")}
    assert len(done) > 0
    assert shell("build", "reports", cwd=tmp_path).returncode in {0, 1}
    taken_up = {f.name: f.stat().st_mtime_ns for f in (tmp_path / "output" / "parts").glob("??.json")}
    assert done.items() <= taken_up.items()
    assert shell("build", "reports", "-o", "new", cwd=tmp_path).returncode in {0, 1}
    for name in ("claims.jsonl", "graph.nq", "problems.tsv"):
        assert (tmp_path / "output" / name).read_bytes() == (tmp_path / "new" / name).read_bytes()


def test_a_console_that_knows_no_chinese_does_not_stop_a_command(place: Path) -> None:
    """As on Windows with a code page that lacks some characters."""
    done = shell("query", "programmes-by-reach", cwd=place, PYTHONIOENCODING="ascii")
    assert done.returncode == 0, done.stderr.decode()


def test_a_reader_that_goes_away_is_no_fault(place: Path) -> None:
    command = f"{sys.executable} -m kg dump --store output | head -1"
    done = subprocess.run(
        command, shell=True, capture_output=True, cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False
    )
    assert b"Traceback" not in done.stderr


def test_errors_of_ours_end_main_with_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["build", "/no/such/folder"])
    assert end.value.code == 2
    assert "no such file" in capsys.readouterr().err
