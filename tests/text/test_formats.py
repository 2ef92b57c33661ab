"""HTML, DOCX and PDF: what a reader sees, and nothing else."""

import io

import docx
import pytest

from kg.errors import ReadError
from kg.text.formats import docx_text, html_text, pdf_text

PAGE = """<?xml version="1.0" encoding="gb2312"?><html><head><title>站点</title><style>p{}</style></head><body>
<nav>首页 | 机构</nav><div class="top-menu">菜单</div><ul id="breadcrumb"><li>当前</li></ul>
<h1>绿原县2024年<b>工作</b>总结</h1><div style="display:none">暗</div><div aria-hidden="true">藏</div>
<script>alert("x")</script><p>一、医改<br>全县组建
  医共体2个。</p><!-- 注 --><p>新建&lt;3家&gt;。</p>
<table><tr><th>指标</th><th>完成</th></tr><tr><td><p>签约率</p></td><td>71%</td></tr></table>
<div class="content hide-on-print">正文</div><footer>版权</footer></body></html>"""


def test_html_shows_what_a_browser_shows() -> None:
    assert html_text(PAGE.encode(), "a.html").split("\n") == [
        "绿原县2024年工作总结",
        "一、医改",
        "全县组建 医共体2个。",
        "新建<3家>。",
        "指标 | 完成",
        "签约率 | 71%",
    ]


def test_a_wrapper_named_after_its_sidebar_is_no_menu() -> None:
    page = '<body class="has-sidebar"><div class="sidebar"><p>全县新建3家。</p></div><div class="menu">甲</div></body>'
    assert html_text(page.encode(), "a.html") == "全县新建3家。"


def test_html_in_gbk() -> None:
    page = "<html><body><p>全县卫生健康工作总结，稳步推进。</p></body></html>"
    assert html_text(page.encode("gbk"), "a.html") == "全县卫生健康工作总结，稳步推进。"


def test_docx_keeps_paragraphs_and_tables_in_order() -> None:
    document = docx.Document()
    document.add_paragraph("绿原县2024年工作总结")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("指标", "完成", "签约率", "71%"), strict=True):
        cell.text = text
    document.add_paragraph("一、医改")
    out = io.BytesIO()
    document.save(out)
    assert docx_text(out.getvalue(), "a.docx") == "绿原县2024年工作总结\n指标 | 完成\n签约率 | 71%\n一、医改"


def _pdf(lines: list[str]) -> bytes:
    """A one-page PDF with a line of Latin text each 20 points."""
    content = "BT /F1 12 Tf 50 700 Td " + " ".join(f"({line}) Tj 0 -20 Td" for line in lines) + " ET"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj{text}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer<</Size 6/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    return f"{body}xref\n0 6\n0000000000 65535 f \n{table}{trailer}".encode()


def test_pdf_joins_lines_broken_by_the_width() -> None:
    raw = _pdf(["1. Short head", "a line that is as wide as the page and runs on", "into the next.", "12", "2. Next"])
    assert pdf_text(raw, "a.pdf").split("\n") == [
        "1. Short head",
        "a line that is as wide as the page and runs oninto the next.",
        "2. Next",
    ]


@pytest.mark.parametrize(("extract", "name"), [(docx_text, "a.docx"), (pdf_text, "a.pdf"), (html_text, "a.html")])
def test_broken_files_are_refused_by_name(extract: object, name: str) -> None:
    with pytest.raises(ReadError, match=rf"^{name}: "):
        extract(b"\x00\x01 nothing of the kind", name)  # type: ignore[operator]
