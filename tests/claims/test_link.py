"""Names inside a report: what short names, relative words and shared names mean there; what is never merged."""

from __future__ import annotations

import pytest

from kg.model import EntityType
from tests.claims.reading import means, names, read, report

RESOLVED = [
    ("江山市", "市二院通过复评。", "市二院", "江山市第二人民医院"),
    ("江山市", "市第三人民医院通过复评。", "市第三人民医院", "江山市第三人民医院"),
    ("阜康市", "市人民医院通过复评。", "市人民医院", "阜康市人民医院"),
    ("凤阳县", "县医院通过复评。", "县医院", "凤阳县人民医院"),
    ("凤阳县", "县中医院通过复评。", "县中医院", "凤阳县中医院"),
    ("凤阳县", "县中医医院通过复评。", "县中医医院", "凤阳县中医院"),
    ("凤阳县", "县妇幼保健院通过复评。", "县妇幼保健院", "凤阳县妇幼保健院"),
    ("凤阳县", "县疾控中心完成监测。", "县疾控中心", "凤阳县疾病预防控制中心"),
    ("凤阳县", "县卫健委印发方案。", "县卫健委", "凤阳县卫生健康委员会"),
    ("凤阳县", "县医保局印发方案。", "县医保局", "凤阳县医疗保障局"),
    ("凤阳县", "县政府办印发方案。", "县政府办", "凤阳县人民政府办公室"),
    ("重庆市大渡口区", "区妇幼开展筛查。", "区妇幼", "大渡口区妇幼保健院"),
    ("重庆市大渡口区", "区妇幼保健院开展筛查。", "区妇幼保健院", "大渡口区妇幼保健院"),
    ("重庆市大渡口区", "区红十字会开展培训。", "区红十字会", "大渡口区红十字会"),
    ("文山壮族苗族自治州", "州医院开展筛查。", "州医院", "文山壮族苗族自治州人民医院"),
    ("文山壮族苗族自治州", "州人民医院开展筛查。", "州人民医院", "文山壮族苗族自治州人民医院"),
    ("文山壮族苗族自治州", "州疾控中心开展监测。", "州疾控中心", "文山壮族苗族自治州疾病预防控制中心"),
    ("鄂伦春自治旗", "旗人民医院开展筛查。", "旗人民医院", "鄂伦春自治旗人民医院"),
    ("鄂伦春自治旗", "旗蒙医医院开展筛查。", "旗蒙医医院", "鄂伦春自治旗蒙医医院"),
    ("锡林郭勒盟", "盟中心医院开展筛查。", "盟中心医院", "锡林郭勒盟中心医院"),
    ("和田地区", "地区人民医院开展筛查。", "地区人民医院", "和田地区人民医院"),
    ("神农架林区", "林区人民医院开展筛查。", "林区人民医院", "神农架林区人民医院"),
    ("凤阳县", "凤阳县总医院开展筛查。", "凤阳县总医院", "凤阳县总医院"),
    ("浙江省江山市", "江山市第二人民医院通过复评。", "江山市第二人民医院", "江山市第二人民医院"),
    ("滁州市", "凤阳县医院通过复评。", "凤阳县医院", "凤阳县人民医院"),
    ("滁州市", "凤阳人民医院通过复评。", "凤阳人民医院", "凤阳县人民医院"),
    ("滁州市", "天长市中医院通过复评。", "天长市中医院", "天长市中医院"),
    ("大庆市", "市六院通过复评。", "市六院", "大庆市第六人民医院"),
    ("大庆市", "大庆市六院通过复评。", "大庆市六院", "大庆市第六人民医院"),
    ("宁夏回族自治区", "区人民医院通过复评。", "区人民医院", "宁夏回族自治区人民医院"),
    ("吴忠市利通区", "区医院通过复评。", "区医院", "利通区人民医院"),
    ("吴忠市利通区", "自治区人民医院派出专家。", "自治区人民医院", "宁夏回族自治区人民医院"),
    ("临夏县", "州医院派出专家。", "州医院", "临夏回族自治州人民医院"),
    ("临夏县", "县医院派出专家。", "县医院", "临夏县人民医院"),
    ("海南藏族自治州", "海南州人民医院扩建。", "海南州人民医院", "海南藏族自治州人民医院"),
    ("延边朝鲜族自治州", "敦化市医院扩建。", "敦化市医院", "敦化市医院"),
    ("吉林市", "吉林市中心医院扩建。", "吉林市中心医院", "吉林市中心医院"),
    ("吉林市", "吉大一院派出专家。", "吉大一院", "吉林大学白求恩第一医院"),
    ("呼伦贝尔市", "鄂温克旗人民医院扩建。", "鄂温克旗人民医院", "鄂温克族自治旗人民医院"),
    ("伊犁哈萨克自治州", "州中医医院挂牌。", "州中医医院", "伊犁哈萨克自治州中医院"),
    ("伊犁哈萨克自治州", "伊宁市人民医院扩建。", "伊宁市人民医院", "伊宁市人民医院"),
    ("伊犁哈萨克自治州", "伊宁县人民医院扩建。", "伊宁县人民医院", "伊宁县人民医院"),
    ("湘潭市", "湘潭县人民医院扩建。", "湘潭县人民医院", "湘潭县人民医院"),
    ("湘潭市", "市中心医院扩建。", "市中心医院", "湘潭市中心医院"),
    ("昌都市", "左贡县卫生服务中心改建。", "左贡县卫生服务中心", "左贡县卫生服务中心"),
    ("江山市", "虎山街道社区卫生服务中心扩建。", "虎山街道社区卫生服务中心", "虎山街道社区卫生服务中心"),
    ("江山市", "贺村镇人民政府开展义诊。", "贺村镇人民政府", "贺村镇人民政府"),
]


@pytest.mark.parametrize(("place", "sentence", "written", "full"), RESOLVED, ids=[f"{r[0]}-{r[2]}" for r in RESOLVED])
def test_short_names_are_completed_in_the_reports_frame(place: str, sentence: str, written: str, full: str) -> None:
    assert means(read(report(place, sentence)), written) == {full}


PLACES = [
    ("大庆市", "肇州、肇源两县推进医养结合。", "肇源", "肇源县"),
    ("保定市", "涞源、阜平、唐县推进医养结合。", "涞源", "涞源县"),
    ("石嘴山市", "赴上海、天津学习。", "上海", "上海市"),
    ("石嘴山市", "赴上海、天津学习。", "天津", "天津市"),
    ("昌吉回族自治州", "赴福建学习。", "福建", "福建省"),
    ("兰州市", "皋兰县、榆中县推进医养结合。", "榆中县", "榆中县"),
    ("兰州市", "与吉林共建。", "吉林", "吉林省"),
    ("南充市", "顺庆区、高坪区、嘉陵区开展义诊。", "高坪区", "高坪区"),
]


@pytest.mark.parametrize(("place", "sentence", "written", "full"), PLACES)
def test_names_of_places(place: str, sentence: str, written: str, full: str) -> None:
    assert means(read(report(place, sentence)), written) == {full}


def test_a_district_elsewhere_is_the_one_inside_the_city_before_it() -> None:
    found = read(report("定西市", "与福建省福州市鼓楼区、江苏省徐州市鼓楼区签订协议。"))
    ids = {e.id for e in found.entities if e.label == "鼓楼区"}
    assert ids == {"region/350102", "region/320302"}


def test_a_shared_name_that_nothing_settles_is_a_problem_with_its_candidates() -> None:
    found = read(report("定西市", "与鼓楼区签订协议。"))
    assert "鼓楼区" not in names(found)
    (problem,) = [p for p in found.problems if p.kind == "ambiguous"]
    at = found.report.text.index("鼓楼区")
    assert problem.where.endswith(f"#char={at},{at + 3}")
    assert all(code in problem.todo for code in ("350102", "320302", "410204", "320106"))


def test_a_relative_word_without_its_region_is_a_problem() -> None:
    found = read("2024年工作总结\n\n一、主要工作\n县人民医院建成胸痛中心。\n")
    assert names(found, EntityType.HOSPITAL) == set()
    assert "unlinked" in {p.kind for p in found.problems}


APART = [
    ("江山市", "市第一人民医院与市第二人民医院扩建。", {"江山市第一人民医院", "江山市第二人民医院"}),
    ("江山市", "市人民医院、市第二人民医院扩建。", {"江山市人民医院", "江山市第二人民医院"}),
    ("江山市", "市中医院和市中心医院扩建。", {"江山市中医院", "江山市中心医院"}),
    ("江山市", "市中医院和市中西医结合医院扩建。", {"江山市中医院", "江山市中西医结合医院"}),
    ("江山市", "市妇幼保健院和市妇产医院扩建。", {"江山市妇幼保健院", "江山市妇产医院"}),
    ("江山市", "市人民医院和江山市中医院扩建。", {"江山市人民医院", "江山市中医院"}),
    ("临夏回族自治州", "州人民医院和临夏县人民医院扩建。", {"临夏回族自治州人民医院", "临夏县人民医院"}),
    ("临夏回族自治州", "临夏市人民医院和临夏县人民医院扩建。", {"临夏市人民医院", "临夏县人民医院"}),
    ("青海省", "海南藏族自治州人民医院和海南省人民医院扩建。", {"海南藏族自治州人民医院", "海南省人民医院"}),
    ("伊春市", "市中心医院和铁力市人民医院扩建。", {"伊春市中心医院", "铁力市人民医院"}),
    ("邢台市", "邢台市中医院和邢台市中心医院扩建。", {"邢台市中医院", "邢台市中心医院"}),
]


@pytest.mark.parametrize(("place", "sentence", "hospitals"), APART)
def test_ordinals_kinds_and_places_are_never_merged(place: str, sentence: str, hospitals: set[str]) -> None:
    assert names(read(report(place, sentence)), EntityType.HOSPITAL) == hospitals


def test_a_city_a_university_and_its_hospital_of_one_name_are_three() -> None:
    found = read(report("江门市", "与中山市、中山大学、中山大学附属第一医院分别签订合作协议。"))
    assert {"中山市", "中山大学", "中山大学附属第一医院"} <= names(found)
    assert names(found, EntityType.REGION) == {"江门市", "中山市"}


def test_zhongshan_hospital_of_shanghai_is_no_hospital_of_zhongshan_city() -> None:
    found = read(report("嘉兴市", "与复旦大学附属中山医院签订合作协议。"))
    assert names(found, EntityType.HOSPITAL) == {"复旦大学附属中山医院"}
    assert "中山市" not in names(found)


def test_hainan_prefecture_is_not_hainan_province() -> None:
    found = read(report("海南藏族自治州", "与海南省签订协议，全州推进医养结合。"))
    regions = {e.id for e in found.entities if e.type is EntityType.REGION}
    assert {"region/632500", "region/460000"} <= regions


NONE = [
    ("江山市", "全部三级医院开设老年医学科。"),
    ("江山市", "二级以上公立医院门诊量上升。"),
    ("江山市", "各乡镇卫生院完成任务。"),
    ("江山市", "全市医院门诊量上升。"),
    ("凤阳县", "全县医院开展义诊。"),
    ("江山市", "成为加盟医院。"),
    ("江山市", "招收大学生村医12名。"),
    ("江山市", "组织集中学习。"),
    ("凤阳县", "建成县域医共体。"),
    ("凤阳县", "城市医院专家下沉。"),
    ("凤阳县", "民营医院健康发展。"),
    ("凤阳县", "县级公立医院改革深入。"),
    ("凤阳县", "基层医疗机构能力提升。"),
    ("凤阳县", "上级医院专家坐诊。"),
    ("凤阳县", "定点医院储备药品。"),
    ("凤阳县", "两家医院通过评审。"),
    ("凤阳县", "综合医院门诊量上升。"),
    ("凤阳县", "互联网医院上线。"),
    ("凤阳县", "牵头医院统一管理。"),
    ("凤阳县", "平安医院创建深入。"),
    ("凤阳县", "其他医院开展自查。"),
]


@pytest.mark.parametrize(("place", "sentence"), NONE)
def test_kinds_and_plurals_name_nothing(place: str, sentence: str) -> None:
    found = read(report(place, sentence))
    issuer = f"{place}卫生健康局"
    assert names(found) <= {place, issuer}


OWN_NAMES = [
    ("江山市", "何田纪念医院完成扩建。", "何田纪念医院", EntityType.HOSPITAL),
    ("江山市", "与浙江大学签订协议。", "浙江大学", EntityType.ACADEMIC),
    ("江山市", "江山市红十字会开展培训。", "江山市红十字会", EntityType.GOVERNMENT_BODY),
    ("江山市", "市消防救援大队参加演练。", "江山市消防救援大队", EntityType.GOVERNMENT_BODY),
    ("江山市", "市中心血站开展宣传。", "江山市中心血站", EntityType.PUBLIC_HEALTH),
    ("江山市", "虎山街道社区卫生服务中心完成改造。", "虎山街道社区卫生服务中心", EntityType.PRIMARY_CARE),
    ("江山市", "江山市社会福利中心完成改造。", "江山市社会福利中心", EntityType.ORGANIZATION),
]


@pytest.mark.parametrize(("place", "sentence", "label", "kind"), OWN_NAMES)
def test_each_ending_tells_the_type(place: str, sentence: str, label: str, kind: EntityType) -> None:
    found = read(report(place, sentence))
    assert any(e.type is kind and e.label.endswith(label) for e in found.entities), names(found)


AFFILIATED = [
    ("南通市", "南通大学附属医院建成。", "南通大学附属医院"),
    ("南昌市", "与南昌大学第一附属医院签订协议。", "南昌大学第一附属医院"),
    ("昆明市", "与昆明医科大学第一附属医院签订协议。", "昆明医科大学第一附属医院"),
    ("延安市", "与延安大学附属医院签订协议。", "延安大学附属医院"),
]


@pytest.mark.parametrize(("place", "sentence", "label"), AFFILIATED)
def test_hospitals_of_universities(place: str, sentence: str, label: str) -> None:
    assert label in names(read(report(place, sentence)), EntityType.HOSPITAL)


def test_two_known_names_in_a_row_are_a_hospital_and_its_branch_there() -> None:
    found = read(report("呼和浩特市", "首都医科大学宣武医院内蒙古医院启用。"))
    assert names(found, EntityType.HOSPITAL) == {"首都医科大学宣武医院", "首都医科大学宣武医院内蒙古医院"}
    assert {e.parent for e in found.entities if e.label.endswith("内蒙古医院")} == {"region/150000"}


def test_a_masked_regions_hospital_keeps_the_mask() -> None:
    found = read("X县卫生健康局2024年工作总结\n\n一、主要工作\n县人民医院建成胸痛中心，县中医院扩建。\n")
    assert names(found, EntityType.HOSPITAL) == {"X县人民医院", "X县中医院"}
    assert all(e.parent == found.report.jurisdiction for e in found.entities if e.type is EntityType.HOSPITAL)


def test_how_a_name_was_understood_is_told() -> None:
    found = read(report("江山市", "市二院通过复评。"))
    (hospital,) = [e for e in found.entities if e.type is EntityType.HOSPITAL]
    (mention,) = hospital.mentions
    assert mention.how.split(" → ") == ["市二院", "市 = 江山市", "江山市第二人民医院"]
    assert hospital.parent == "region/330881"
    assert hospital.aliases == ("市二院",)


ALIASES = [
    ("江山市第六人民医院（又称枫岭医院）扩建。", "枫岭医院启用新楼。", "江山市第六人民医院"),
    ("何田纪念医院（简称何田医院）扩建。", "何田医院启用。", "何田纪念医院"),
]


@pytest.mark.parametrize(("declared", "used", "hospital"), ALIASES, ids=[a[1] for a in ALIASES])
def test_a_declared_alias_that_is_a_name_too_makes_no_second_hospital(declared: str, used: str, hospital: str) -> None:
    assert names(read(report("江山市", declared, used)), EntityType.HOSPITAL) == {hospital}


def test_a_branch_may_be_called_by_a_word_of_its_own() -> None:
    found = read(report("江山市", "江山市人民医院城南院区开工建设。"))
    assert "江山市人民医院城南院区" in names(found, EntityType.HOSPITAL)


def test_a_branch_of_a_group_is_a_hospital() -> None:
    found = read(report("南京市高淳区", "南京鼓楼医院集团高淳分院启用。"))
    assert "南京鼓楼医院集团高淳分院" in names(found, EntityType.HOSPITAL)
