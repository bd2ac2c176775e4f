//! What a notice says of applicants and units: spans, recipients, regions, platforms, and
//! the words people type.

use crate::notice_data::xiangxi;
use xueshi::notice::{Platform, RegionFit, SlotId, Span};

#[test]
fn spans_take_the_most_specific_rule() {
    let notice = xiangxi();
    for (level, degree, series, first, clause) in [
        ("正高", "", "", 2015, "B3-04"),
        ("正高", "博士", "卫生", 2015, "B3-04"),
        ("副高", "", "", 2015, "B3-04"),
        ("副高", "本科", "卫生系列", 2015, "B3-04"),
        ("副高", "博士", "", 2018, "B3-05"),
        ("副高", "博士", "卫生系列", 2018, "B3-05"),
        ("副高", "博士研究生", "工程", 2018, "B3-05"),
        ("副高", "硕士", "工程", 2015, "B3-04"),
        ("中级", "博士", "卫生", 2016, "B3-07"),
        ("中级", "", "", 2016, "B3-07"),
    ] {
        let (span, rule) = notice.span_for(level, degree, series, 2020).unwrap();
        assert_eq!(span, Span { first, last: 2019 }, "{level} {degree} {series}");
        assert_eq!(rule.clause.id, clause, "{level} {degree} {series}");
    }
    for series in ["卫生", "卫生系列", "卫生技术", "医学", "医学类", "医药卫生", " 卫 生 "]
    {
        let (span, rule) = notice.span_for("副高", "硕士", series, 2020).unwrap();
        assert_eq!((span.first, rule.clause.id.as_str()), (2016, "B3-06"), "{series}");
    }
    assert!(notice.span_for("初级", "", "", 2020).is_none());
}

#[test]
fn certificates_count_the_years_of_the_span() {
    let (span, _) = xiangxi().span_for("正高", "", "", 2020).map(|(s, r)| (s, r.clone())).unwrap();
    assert_eq!((span.first, span.last, span.len()), (2015, 2019, 5));
}

#[test]
fn packages_go_to_whom_the_notice_names() {
    let notice = xiangxi();
    for (kind, county, department, unit, recipient) in [
        ("州直", "", "州卫健委", "州人民医院", "州卫健委"),
        ("州直", "", "州卫健委", "州卫健委", "州人社局专技科"),
        ("州直", "", "", "州档案馆", "州人社局专技科"),
        ("县市区", "吉首", "吉首市卫健局", "吉首市人民医院", "吉首市人力资源和社会保障局"),
        ("县市区", "", "", "某校", "所在县（市区）人力资源和社会保障局"),
        ("经开区", "", "", "某校", "湘西经济开发区社会事务局"),
        ("非公", "凤凰县", "", "某公司", "凤凰县人力资源和社会保障局"),
        ("人事代理", "龙山县", "", "某公司", "龙山县人力资源和社会保障局"),
        ("别的", "", "", "", ""),
    ] {
        assert_eq!(notice.recipient(kind, county, department, unit), recipient, "{kind} {unit}");
    }
}

#[test]
fn registration_regions_fit_or_not() {
    let notice = xiangxi();
    assert_eq!(notice.expected_region("州直", "").as_deref(), Some("湘西自治州州直"));
    assert_eq!(notice.expected_region("县市区", "吉首").as_deref(), Some("湘西自治州吉首市"));
    assert_eq!(notice.expected_region("经开区", "").as_deref(), Some("湘西自治州湘西经开区"));
    assert_eq!(notice.expected_region("县市区", ""), None);
    for (kind, county, text, fit) in [
        ("州直", "", "湘西自治州州直", RegionFit::Fits),
        ("州直", "", "湘西土家族苗族自治州 州直", RegionFit::Fits),
        ("州直", "", "湘西自治州吉首市", RegionFit::WithinRegion),
        ("州直", "", "吉首市", RegionFit::WithinRegion),
        ("州直", "", "长沙市", RegionFit::Elsewhere),
        ("县市区", "吉首市", "湘西自治州吉首市", RegionFit::Fits),
        ("县市区", "吉首市", "湘西州吉首", RegionFit::Fits),
        ("县市区", "吉首市", "湘西自治州州直", RegionFit::WithinRegion),
        ("县市区", "吉首市", "湖南省长沙市", RegionFit::Elsewhere),
        ("经开区", "", "湘西自治州湘西经开区", RegionFit::Fits),
    ] {
        assert_eq!(notice.region_fit(kind, county, text), fit, "{kind} {text}");
    }
}

#[test]
fn what_people_type_is_understood() {
    let notice = xiangxi();
    let form = |text: &str| notice.form_by_text(text).map(|form| form.id.0);
    for (text, id) in [
        ("3", Some(3)),
        (" １２ ", Some(12)),
        ("3 网络课程", Some(3)),
        ("3、网络课程", Some(3)),
        ("网络平台专业课程等远程教育", Some(3)),
        ("培训班", Some(1)),
        ("培训班、研修班、进修班", Some(1)),
        ("论文", Some(6)),
        ("专利", Some(7)),
        ("13", None),
        ("4 网络课程", None),
        ("", None),
        ("看书", None),
    ] {
        assert_eq!(form(text), id, "{text}");
    }
    let slot = |text: &str| notice.slot_by_text(text).map(|slot| slot.name.as_str());
    for (text, name) in [
        ("通知", Some("培训通知")),
        ("日程", Some("日程安排")),
        ("回执", Some("参会回执")),
        ("刊号", Some("刊号页")),
        ("学时认定单", Some("认定单")),
        ("派遣通知", Some("派遣通知")),
        ("照片", None),
        ("", None),
    ] {
        assert_eq!(slot(text), name, "{text}");
    }
    let practice = notice.slot_of_form(xueshi::notice::FormId(2), "通知").unwrap();
    assert_eq!(practice.id, SlotId("practice-notice".into()));
    assert_eq!(notice.subject_by_text("公需科目").unwrap().id.id(), "public");
    assert_eq!(notice.level_by_text("副高级").unwrap().name, "副高");
    let words = |form: u16| notice.form(xueshi::notice::FormId(form)).unwrap();
    assert_eq!(notice.word("省级", &words(8).levels), Some("省部级"));
    assert_eq!(notice.word("省部级", &words(10).levels), Some("省级"));
    assert_eq!(notice.word("校级", &words(8).levels), None);
    assert_eq!(notice.deem_rule("疫情防控一线").unwrap().year, Some(2020));
    assert_eq!(notice.deem_rule("另有规定").unwrap().clause.id, "C7-c");
}

#[test]
fn every_name_finds_itself() {
    let notice = xiangxi();
    for form in &notice.forms {
        for text in std::iter::once(&form.name).chain(&form.synonyms) {
            assert_eq!(notice.form_by_text(text).map(|found| found.id), Some(form.id), "{text}");
        }
    }
    for slot in &notice.slots {
        assert_eq!(notice.slot_by_text(&slot.name), Some(slot));
    }
}

#[test]
fn applicants_are_deemed_with_an_obligation() {
    let notice = xiangxi();
    let rules: Vec<_> = notice.applicant_deeming(2020).collect();
    assert_eq!(rules.len(), 1);
    assert_eq!(rules[0].obligation.as_deref(), Some("补交 2020 年度继续教育合格证明"));
    assert_eq!(rules[0].subjects.len(), 1);
    assert_eq!(notice.applicant_deeming(2021).count(), 0);
}

#[test]
fn a_user_adds_platforms_as_data() {
    let notice = xiangxi();
    assert!(notice.platform("某某培训网").is_none());
    let mut added = notice.platform("www.hnpxw.org").unwrap().clone();
    assert_eq!(added.name, "湖南人才市场有限公司");
    assert_eq!(notice.platform("https://www.hnpxw.org/").unwrap().name, added.name);
    added.key_b = Some(false);
    let other =
        Platform { name: "某某培训网".into(), website: String::new(), ..added.clone() };
    let notice = notice.with_platforms(vec![added, other]);
    assert_eq!(notice.platforms.len(), 3);
    assert_eq!(notice.platform("湖南人才市场").unwrap().key_b, Some(false));
    assert!(notice.platform("某某培训网").is_some());
}
