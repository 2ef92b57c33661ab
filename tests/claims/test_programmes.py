"""Programmes of a sentence: the most specific concept, local ones by their quoted names, and what counts for none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.claims.lexicon import load
from kg.claims.programmes import programmes, programmes_of_each
from kg.claims.scan import scan
from kg.model import EntityType, Role, Sentence
from kg.text.read import report_of
from tests.claims.reading import names, read, report


def _ids(sentence: str, place: str = "江山市") -> set[str]:
    """What the sentence names."""
    lexicon = load()
    read_as = scan(report_of(report(place, sentence), "a.txt"), lexicon)
    return {p.id for p in programmes(read_as.sentences[-1], read_as, lexicon)}


def _concepts(sentence: str) -> set[str]:
    return {i.removeprefix("program/") for i in _ids(sentence) if i.startswith("program/")}


WORDINGS = [
    ("推进家庭医生签约服务。", {"family-doctor"}),
    ("组建家庭医生团队92个。", {"family-doctor"}),
    ("建成基层版胸痛中心。", {"chest-pain-center"}),
    ("开展远程会诊600例。", {"telemedicine"}),
    ("落实双向转诊制度。", {"two-way-referral"}),
    ("开展无偿献血宣传。", {"blood-donation"}),
    ("新增普惠托育服务机构3家。", {"childcare"}),
    ("推进医养结合。", {"medical-elderly-care"}),
    ("建设安宁疗护病区。", {"hospice"}),
    ("开展适龄女性HPV疫苗接种。", {"hpv-vaccination"}),
    ("完成婚前医学检查4100对。", {"premarital-exam"}),
    ("开展“两癌”免费筛查。", {"cancer-screening"}),
    ("完成查螺灭螺任务。", {"schistosomiasis"}),
    ("因地制宜学习三明医改。", {"sanming-reform"}),
    ("推行药品集采。", {"centralized-procurement"}),
    ("做实严重精神障碍患者管理。", {"severe-mental-disorder"}),
    ("启用长效针剂项目。", {"long-acting-injection"}),
    ("开展除四害活动。", {"vector-control"}),
    ("开展住院医师规范化培训。", {"residency-training"}),
    ("中医馆实现全覆盖。", {"tcm-clinic"}),
    ("电子病历系统应用水平通过四级评审。", {"emr-rating"}),
    ("推进县医院能力提升。", {"county-hospital-capacity"}),
    ("引进博士2名、硕士12名。", {"talent"}),
    ("选派骨干18名赴上海进修。", {"staff-rotation-training"}),
    ("改造村卫生室46所。", {"village-clinic"}),
    ("乡村医生定向培养18名。", {"rural-doctor-training"}),
    ("开展“双随机”抽查230户。", {"health-supervision"}),
    ("65岁以上老年人健康管理率为75%。", {"elderly-health"}),
    ("国家卫生城市通过复审。", {"sanitary-city"}),
    ("创建全国基层中医药工作示范县。", {"tcm-demonstration-county"}),
    ("推行“先诊疗后付费”。", {"patient-experience"}),
    ("启动“万名医师支援农村卫生工程”。", {"rural-doctors-support"}),
    ("村卫生室纳入卫生院一体化管理。", {"county-integration-reform"}),
    ("县乡村三级联动一体化。", {"county-integration-reform"}),
    ("重点人群签约率达86%。", {"family-doctor"}),
    ("9家卫生院达到服务能力推荐标准。", {"quality-primary-service"}),
    ("中心卫生院建成特色科室5个。", {"specialty-clinic-primary"}),
    ("市人民医院做强特色专科。", {"key-clinical-specialty"}),
    ("提升县级人民医院综合服务能力。", {"county-hospital-capacity"}),
    ("送医下乡38次。", {"mobile-clinic"}),
    ("开设午间门诊。", {"patient-experience"}),
    ("检查结果区域内互认。", {"result-mutual-recognition"}),
    ("深化院地共建。", {"province-city-cooperation"}),
    ("建成治未病科。", {"tcm-development"}),
    ("整治城乡人居环境，开展环境卫生大扫除。", {"patriotic-health"}),
    ("国卫复审顺利通过。", {"sanitary-city"}),
    ("开展戒烟宣传。", {"smoke-free"}),
    ("“两病”患者用药有保障。", {"chronic-disease"}),
    ("接种流感疫苗3200剂次。", {"immunization"}),
    ("开展失智老人筛查。", {"dementia"}),
    ("上线AI辅诊软件。", {"ai-diagnosis"}),
    ("市医院信息系统上线。", {"digital-health"}),
    ("统一招聘护理人员46名。", {"talent"}),
    ("严查红包、回扣。", {"anti-corruption"}),
    ("强化医疗机构监管。", {"health-supervision"}),
    ("发表论文18篇。", {"clinical-research"}),
    ("住院楼破土动工。", {"facility-construction"}),
    ("市中医院城北院区开诊。", {"facility-construction"}),
    ("献血6200人次。", {"blood-donation"}),
    ("县医院感染楼投用。", {"facility-construction"}),
    ("城乡环境卫生集中整治，清理卫生死角。", {"patriotic-health"}),
    ("“四害”密度监测12次。", {"vector-control"}),
    ("新增新生儿重症监护床位6张。", {"newborn-critical-center"}),
    ("推行党委领导下的院长负责制。", {"hospital-development"}),
    ("建成卒中、创伤、危重孕产妇、危重新生儿救治中心。",
     {"stroke-center", "trauma-center", "maternal-critical-center", "newborn-critical-center"}),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "concepts"), WORDINGS)
def test_a_concept_by_its_wordings(sentence: str, concepts: set[str]) -> None:
    assert _concepts(sentence) == concepts


SPECIFIC = [
    ("建设紧密型县域医共体。", "county-medical-community", {"medical-alliance"}),
    ("建成胸痛、卒中等五大中心。", "chest-pain-center", set()),
    ("打造紧密型城市医疗集团。", "city-medical-group", {"medical-alliance"}),
    ("组建儿科专科联盟。", "specialty-alliance", {"medical-alliance"}),
    ("通过胸痛中心验收。", "chest-pain-center", {"emergency-five-centers", "hospital-development"}),
    ("实施基层版胸痛中心建设。", "chest-pain-center", {"emergency-five-centers"}),
    ("开展互联网+护理服务。", "internet-nursing", {"digital-health"}),
    ("加强艾滋病防治。", "hiv", {"infectious-disease"}),
    ("推进中医馆建设。", "tcm-clinic", {"tcm-development"}),
]


@pytest.mark.parametrize(("sentence", "fine", "broad"), SPECIFIC)
def test_the_most_specific_concept_alone(sentence: str, fine: str, broad: set[str]) -> None:
    found = _concepts(sentence)
    assert fine in found
    assert not found & broad


SILENT = [
    ("卒中患者增多。", "the disease alone"),
    ("县医改办召开会议。", "an office"),
    ("各科室加强学习。", "no programme at all"),
    ("三级医院门诊量上升。", "a level, no review"),
    ("信访总量下降。", "administration"),
    ("开展“不忘初心、牢记使命”学习活动。", "party work"),
    ("落实“党建引领”行动。", "party work in quotation marks"),
    ("建立“问题清单”。", "an internal list"),
    ("印发“安全生产月”方案。", "safety at work"),
    ("落实“两不愁三保障”。", "a slogan"),
    ("创新“网格加健康”模式。", "a way of working"),
    ("宣传计划生育政策。", "birth control is no support of births"),
    ("推进城乡一体化。", "no unity of clinics"),
    ("健康镇江建设提速。", "a city elsewhere, no healthy town"),
    ("学校卫生室补充药品。", "a room, no supervision of schools"),
    ("提升消防应急处置能力。", "fire drills"),
    ("他是这一学科的奠基人。", "no building begins"),
    ("成立养蜂合作社。", "no cooperation of places"),
    ("组织公开招聘工作座谈。", "administration"),
    ("药店开业。", "no building"),
    ("流行病监测对象登记。", "no poor households"),
    ("献策“一码通”。", "one code for whatever"),
    ("做好优生优育工作。", "a slogan"),
]


@pytest.mark.parametrize(("sentence", "reason"), SILENT, ids=[s[1] for s in SILENT])
def test_what_counts_for_no_programme(sentence: str, reason: str) -> None:
    assert _ids(sentence) == set(), reason


INSIDE_NAMES = [
    ("“同心同行”健康行动座谈会召开。", "healthy-china"),
    ("市急救中心召开会议。", "pre-hospital-emergency"),
    ("丰城市妇幼保健院召开会议。", "maternal-child-health"),
    ("妇女儿童保健和计划生育服务中心召开会议。", "family-planning-support"),
    ("与卫生监督所召开会议。", "health-supervision"),
    ("江山市血站召开会议。", "blood-donation"),
    ("江山市妇幼保健院召开会议。", "maternal-child-health"),
    ("江山市卫生监督所召开会议。", "health-supervision"),
    ("江山市中医院召开会议。", "tcm-development"),
]


@pytest.mark.parametrize(("sentence", "concept"), INSIDE_NAMES)
def test_a_concept_inside_an_organisations_name_is_its_name(sentence: str, concept: str) -> None:
    assert concept not in _concepts(sentence)


LOCAL = [
    ("推出“康乐银龄”居家照护项目。", "康乐银龄"),
    ("实施“杏林晨光”行动。", "杏林晨光"),
    ("打造“安心小屋”品牌。", "安心小屋"),
    ("推进“出院一次办”改革。", "出院一次办"),
    ("推行“一码就医计划”。", "一码就医计划"),
    ("开展“健康大篷车”义诊。", "健康大篷车"),
    ("“健康直通车”惠民项目落地。", "健康直通车"),
    ("实施“名医下乡”工程。", "名医下乡"),
    ("打造“十五分钟康养服务圈”。", "十五分钟康养服务圈"),
]


@pytest.mark.parametrize(("sentence", "name"), LOCAL)
def test_a_programme_with_a_name_of_its_own(sentence: str, name: str) -> None:
    assert f"local-program/330881-{name}" in _ids(sentence)


def test_a_local_programme_is_an_entity_of_its_place() -> None:
    found = read(report("江山市", "推出“康乐银龄”居家照护项目，启用“康乐银龄”项目平台。"))
    (local,) = [e for e in found.entities if e.type is EntityType.LOCAL_PROGRAM]
    assert (local.label, local.parent, local.source) == ("康乐银龄", "region/330881", "name")
    assert len(local.mentions) == 2


NOT_LOCAL = [
    ("强调“关键少数”。", "quoted, but called nothing"),
    ("提出“看病难”。", "a saying"),
    ("推进“家庭医生签约”项目。", "a concept in quotation marks"),
    ("实施“互联网+护理”服务项目。", "another"),
    ("开展“政治理论学习”行动。", "party work"),
    ("打击“两非”专项行动启动。", "what is fought"),
]


@pytest.mark.parametrize(("sentence", "reason"), NOT_LOCAL, ids=[n[1] for n in NOT_LOCAL])
def test_quotation_marks_alone_make_no_programme(sentence: str, reason: str) -> None:
    assert names(read(report("江山市", sentence)), EntityType.LOCAL_PROGRAM) == set(), reason


def test_a_healthy_city_by_its_own_name() -> None:
    assert "healthy-china" in _concepts("推进健康江山建设，提升群众获得感。")
    assert "healthy-china" in {i.removeprefix("program/") for i in _ids("推进健康浙江建设。")}
    assert "healthy-china" not in _concepts("推进健康洛阳建设。"), "a city elsewhere"
    assert "healthy-china" in {i.removeprefix("program/") for i in _ids("推进健康XX建设。", "XX区")}


def test_programmes_come_in_text_order_with_their_places() -> None:
    lexicon = load()
    read_as = scan(report_of(report("江山市", "推进家庭医生签约、远程会诊和中医馆建设。"), "a.txt"), lexicon)
    found = programmes(read_as.sentences[-1], read_as, lexicon)
    assert [p.id for p in found] == ["program/family-doctor", "program/telemedicine", "program/tcm-clinic"]
    assert [read_as.report.text[p.start : p.end] for p in found] == ["家庭医生签约", "远程会诊", "中医馆建设"]


@pytest.mark.parametrize("cut", range(1, 14))
def test_wherever_a_text_is_cut_each_sentence_is_read_by_itself(cut: int) -> None:
    """Wordings are looked up in the whole text at once; one that runs over a sentence's edge counts for neither."""
    lexicon, text = load(), "做实家庭医生签约服务和远程会诊"
    read_as = scan(report_of(report("江山市", "推进工作。"), "a.txt"), lexicon)
    sentences = [
        read_as.sentences[-1]._replace(sentence=Sentence(a, b, text[a:b], Role.REVIEW), folded=text[a:b])
        for a, b in ((0, cut), (cut, len(text)))
    ]
    both = replace(read_as, sentences=tuple(sentences), wordings=tuple(lexicon.programmes.find(text)))
    alone = [(s, found) for s in sentences if (found := programmes(s, both, lexicon))]
    assert list(programmes_of_each(sentences, both, lexicon)) == alone
