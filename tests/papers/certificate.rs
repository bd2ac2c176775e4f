//! 附件3: the annex's words with the ledger's facts, one sheet a person, nothing issued.

use crate::read::{Read, keep};
use crate::sample::*;
use xueshi::documents::{certificates_pdf, register_pdf};
use xueshi::ledger::{ApplicantResult, Issued, Verdict, Vouched};

fn pdf(rows: &[ApplicantResult], draft: bool) -> xueshi::failure::Result<Vec<u8>> {
    let (notice, unit) = (notice(), unit());
    let mut context = context(&notice, &unit);
    context.draft = draft;
    certificates_pdf(&context, &rows.iter().collect::<Vec<_>>())
}

#[test]
fn the_sentence_is_the_annexs_and_one_sheet_is_one_person() {
    let mut rows = seniors(6);
    rows[1].person.workplace =
        "湘西土家族苗族自治州龙山县里耶镇中心卫生院（龙山县第二人民医院医疗共同体里耶分院）".into();
    rows.push(applicant("田甜", 7, "中级", MIDDLE));
    rows[6].person.handbook_number.clear();
    rows[6].person.education.clear();
    rows[0].applicant.speciality = "临床医学专业".into();
    let bytes = pdf(&rows, false).expect("a paper");
    keep("certificates.pdf", &bytes);
    let read = Read::new(&bytes);
    assert_eq!(read.pages, 7);
    let names: Vec<String> = read.outline();
    for ((row, page), outline) in rows.iter().zip(1..).zip(&names) {
        let text = read.page(page);
        assert!(text.matches(&row.person.name).count() >= 2, "{text}");
        assert!(outline.ends_with(&row.person.name));
        for expected in [
            "存根（　　　　）",
            "现有职称主治医师",
            "证书编号",
            "经办人彭丽",
            "联系电话0743-8222222",
            "骑缝盖章处",
            "二〇　　年　　月　　日",
            "待人社部门核验，未签发",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
    }
    let spaceless = |page| read.page(page).replace(' ', "");
    assert!(spaceless(2).contains(
        "根据《专业技术人员继续教育规定》（人社部令第25号）精神，王䶮同志，本科学历，\
         申报内科护理专业高级或以上职称自2015年至2019年（近5年）参加继续教育培训，\
         培训学时达到《专业技术人员继续教育规定》学时。"
    ));
    assert!(spaceless(1).contains("申报临床医学专业高级或以上职称"));
    assert!(spaceless(7).contains("专业中级职称自2016年至2019年（近4年）"));
    assert!(spaceless(2).contains("继续教育登记证书编号：湘J000002"));
    for line in &read.lines {
        assert!(line.size >= 9.0 && line.y > 20.0 && line.x > 20.0, "{line:?}");
    }
}

#[test]
fn the_register_names_the_number_that_the_bureau_gave() {
    let mut rows = seniors(2);
    let by = Vouched { by: "彭丽".into(), at: day(2020, 9, 10), reason: String::new() };
    rows[0].applicant.issued = Some(Issued { number: "湘职继 20200017".into(), vouched: by });
    let (notice, unit) = (notice(), unit());
    let all: Vec<&ApplicantResult> = rows.iter().collect();
    let register = register_pdf(&context(&notice, &unit), &all).expect("a paper");
    assert!(Read::new(&register).text().replace(' ', "").contains("湘职继20200017"));
}

#[test]
fn the_unmet_are_refused_by_name() {
    let mut rows = seniors(3);
    rows[2].verdict = Verdict::Blocked;
    let failure = pdf(&rows, false).expect_err("one is unmet");
    assert!(failure.to_string().contains("李𬭎") && failure.exit_code() == 1);
    assert!(pdf(&[], false).is_err());
}

#[test]
fn the_longest_words_never_run_into_each_other() {
    let mut rows = vec![applicant(HARD_NAMES[5], 1, "副高", SENIOR)];
    let person = &mut rows[0].person;
    person.workplace = "湘西土家族苗族自治州龙山县里耶镇".repeat(4);
    person.title = "副主任医师（内科学、老年医学）、副教授".into();
    rows[0].applicant.speciality = "中西医结合老年心血管病与神经内科学".repeat(4);
    let bytes = pdf(&rows, false).expect("a paper");
    keep("certificate-long.pdf", &bytes);
    let read = Read::new(&bytes);
    let (text, person) = (read.text(), &rows[0].person);
    for part in [&person.name, &person.workplace, &person.title, &rows[0].applicant.speciality] {
        assert!(text.contains(part.as_str()), "{part} in {text}");
    }
    for (at, one) in read.lines.iter().enumerate() {
        for other in &read.lines[at + 1..] {
            let apart = (one.y - other.y).abs() + 0.1 >= one.size.min(other.size);
            let beside = (one.x - other.x).abs() > 40.0;
            assert!(apart || beside, "{one:?} over {other:?}");
        }
    }
}

#[test]
fn a_draft_says_so() {
    let bytes = pdf(&seniors(1), true).expect("a paper");
    assert!(Read::new(&bytes).text().contains("草稿"));
}

#[test]
fn a_draft_says_so_on_an_even_line_too() {
    let (plain, draft) = (pdf(&seniors(1), false), pdf(&seniors(1), true));
    let says = |bytes: &[u8]| Read::new(bytes).text().contains("草稿，不作报送用");
    assert!(says(&draft.expect("a paper")) && !says(&plain.expect("a paper")));
}

#[test]
fn an_issued_certificate_bears_its_number_and_no_mark_of_a_draft() {
    let mut rows = seniors(2);
    let vouched = Vouched { by: "彭丽".into(), at: day(2020, 9, 8), reason: String::new() };
    rows[0].applicant.issued = Some(Issued { number: "湘继证2020第0017号".into(), vouched });
    let bytes = pdf(&rows, true).expect("a paper");
    let read = Read::new(&bytes);
    let (issued, prepared) = (read.page(1), read.page(2));
    assert!(issued.contains("湘继证2020第0017号"), "{issued}");
    assert!(!issued.contains("未签发") && !issued.contains("草稿"), "{issued}");
    assert_eq!(prepared.matches("待人社部门核验，未签发").count(), 2);
    assert!(prepared.contains("草稿") && !prepared.contains("湘继证"));
}

#[test]
fn a_serial_of_our_own_is_plainly_called_so() {
    let (mut notice, unit) = (notice(), unit());
    notice.draft_serial = true;
    let rows = seniors(2);
    let rows: Vec<&ApplicantResult> = rows.iter().collect();
    let bytes = certificates_pdf(&context(&notice, &unit), &rows).expect("a paper");
    let read = Read::new(&bytes);
    assert!(read.page(1).contains("草拟号2020-0001") && read.page(2).contains("草拟号2020-0002"));
}
