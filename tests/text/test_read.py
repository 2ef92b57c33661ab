"""Files to reports: keys, titles, years, kinds, dates; and which files of a folder are taken."""

from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.model import ReportKind
from kg.text.read import find_reports, read_report, report_of

PROSE = "\n一、主要工作\n全县新建卫生院3家。\n"


def test_key_is_the_clean_stem_and_the_text() -> None:
    one = report_of("绿原县2024年工作总结", "绿原县 2024（终稿）.txt")
    other = report_of("绿原县2024年工作总结。", "绿原县 2024（终稿）.txt")
    assert one.key.startswith("绿原县-2024-终稿-")
    assert one.key[-6:] == one.sha256[:6]
    assert one.key != other.key, "a changed text is another revision"
    assert report_of("甲", "???.txt").key.startswith("report-")


HEADS = [
    ("绿原县卫生健康局2024年工作总结及2025年工作计划", 2024, None, "Summary Plan"),
    ("南屏区卫健局2025年上半年工作总结和下半年工作打算", 2025, 1, "Summary Plan"),
    ("2025年全市卫生健康工作要点", 2025, None, "KeyPoints"),
    ("云岭州卫生健康委员会关于二〇二三年工作情况的报告", 2023, None, "Summary"),
    ("河湾市深化医改三年行动方案（2024—2026年）", 2024, None, "Scheme"),
    ("卫生健康工作简报", None, None, "Bulletin"),
    ("关于开展义诊活动的通知", None, None, ""),
]


@pytest.mark.parametrize(("title", "year", "half", "kinds"), HEADS)
def test_title_tells_year_and_kind(title: str, year: int | None, half: int | None, kinds: str) -> None:
    report = report_of(title + PROSE, "a.txt")
    assert (report.title, report.year, report.half) == (title, year, half)
    assert report.kinds == tuple(ReportKind(k) for k in kinds.split())


def test_plan_of_family_planning_is_no_plan() -> None:
    assert report_of("河湾市计划生育协会2024年工作总结" + PROSE, "a.txt").kinds == (ReportKind.SUMMARY,)


DATES = [
    ("发布时间：2024-01-05 09:30  来源：卫健局", "2024-01-05"),
    ("发布日期: 2024年1月5日", "2024-01-05"),
    ("索引号：1  成文日期：2024/1/5", "2024-01-05"),
    ("来源：卫健局", ""),
    ("发布时间：2024-13-45", ""),
]


@pytest.mark.parametrize(("line", "date"), DATES)
def test_publication_date_from_the_metadata(line: str, date: str) -> None:
    assert report_of(f"绿原县2023年工作总结\n{line}{PROSE}", "a.txt").published == date


def test_publication_date_from_the_signature() -> None:
    signed = f"绿原县2023年工作总结{PROSE}绿原县卫生健康局\n二〇二四年一月十五日\n"
    assert report_of(signed, "a.txt").published == "2024-01-15"


def test_a_summary_of_january_without_a_year_tells_of_last_year() -> None:
    assert report_of(f"县卫健局工作总结\n发布时间：2025-01-09{PROSE}", "a.txt").year == 2024
    assert report_of(f"县卫健局工作总结\n发布时间：2025-07-09{PROSE}", "a.txt").year == 2025
    assert report_of(f"县卫健局工作总结{PROSE}", "a.txt").year is None, "nothing is guessed"


TITLES = [
    ("首页 > 政务公开 > 总结\n绿原县2024年工作总结\n来源：县局", "绿原县2024年工作总结"),
    ("绿原县卫生健康局\n政府信息公开\n\n索引号：1\n\n绿原县2024年工作总结", "绿原县2024年工作总结"),
    (
        "绿卫发〔2024〕15号\n\n绿原县卫生健康局\n关于2024年工作\n情况的报告",
        "绿原县卫生健康局 关于2024年工作 情况的报告",
    ),
    ("医联体简报\n（江南片区专刊）", "医联体简报 （江南片区专刊）"),
    ("一、主要工作\n甲。", ""),
    ("全县卫生工作取得成绩。", ""),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_title_among_furniture(text: str, title: str) -> None:
    assert report_of(text + PROSE, "a.txt").title == title


def test_text_is_kept_exactly(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff甲县2024年总结\r\n\r\n　　新建3家。\t\r\n".encode())
    assert read_report(path).text == "甲县2024年总结\r\n\r\n　　新建3家。\t\r\n"


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.txt: .*; check"):
        read_report(tmp_path / "gone.txt")
    with pytest.raises(ReadError, match="gone: no such"):
        find_reports([tmp_path / "gone"])


def test_folders_are_walked_sorted_and_hidden_names_skipped(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.TXT", "a/.draft.txt", ".git/3.txt", "a/~$4.docx", "5.html", "6.csv", "b/7.pdf"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("甲")
    (tmp_path / "c").symlink_to(tmp_path / "a", target_is_directory=True)  # would lead round in circles
    (tmp_path / "8.txt").symlink_to(tmp_path / "5.html")
    found = find_reports([tmp_path, tmp_path / "6.csv", tmp_path / "5.html"])
    assert [Path(p).relative_to(tmp_path).as_posix() for p in found] == [
        "5.html", "6.csv", "8.txt", "a/1.TXT", "b/2.txt", "b/7.pdf",
    ]  # fmt: skip
