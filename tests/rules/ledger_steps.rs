//! The steps of yearly reviews, applicants and publicity runs, and the JSON of results.

use crate::support::*;
use xueshi::ledger::*;
use xueshi::notice::*;

fn because(reason: &str) -> Vouched {
    Vouched { reason: reason.into(), ..vouched() }
}

#[test]
fn a_year_is_reviewed_then_confirmed_then_locked() {
    let draft = YearReview::draft(PersonId(1), 2019);
    assert!(!draft.locked());
    let early = draft.confirmed(vouched()).unwrap_err();
    assert!(early.to_string().contains("请先由单位审核"), "{early}");
    let reviewed = draft.unit_reviewed(vouched()).unwrap();
    assert_eq!((reviewed.state, reviewed.locked()), (ReviewState::UnitReviewed, false));
    assert!(reviewed.unit_reviewed(vouched()).is_err());
    let confirmed = reviewed.confirmed(vouched()).unwrap();
    assert!(confirmed.locked());
    assert!(confirmed.unit.is_some() && confirmed.department.is_some());
    assert!(confirmed.confirmed(vouched()).is_err());
}

#[test]
fn a_locked_year_opens_again_only_with_a_reason_and_a_name() {
    let draft = YearReview::draft(PersonId(1), 2019);
    let locked = draft.unit_reviewed(vouched()).unwrap().confirmed(vouched()).unwrap();
    let refusal = locked.reopened(because("  ")).unwrap_err();
    assert!(refusal.to_string().contains("没有写理由"), "{refusal}");
    let nobody = Vouched { by: " ".into(), ..vouched() };
    assert!(locked.reopened(nobody).is_err());
    let open = locked.reopened(because("漏登一条")).unwrap();
    assert_eq!((open.state, open.locked()), (ReviewState::Draft, false));
    assert_eq!(open.reopened.as_ref().unwrap().reason, "漏登一条");
    assert!(open.unit.is_none() && open.department.is_none());
    assert!(open.reopened(because("再来")).is_err());
    assert_eq!(open.unit_reviewed(vouched()).unwrap().state, ReviewState::UnitReviewed);
}

#[test]
fn only_who_is_met_passes_the_review() {
    let book = handbook([]).applies("副高");
    let applicant = &book.applications[0];
    let refused = applicant.reviewed(ReviewResult::Passed, vouched(), Verdict::Short).unwrap_err();
    assert!(refused.to_string().contains("学时不够"), "{refused}");
    assert!(applicant.reviewed(ReviewResult::Returned, because(""), Verdict::Short).is_err());
    assert!(applicant.reviewed(ReviewResult::Returned, vouched(), Verdict::Short).is_ok());
    let passed = applicant.reviewed(ReviewResult::Passed, vouched(), Verdict::Met).unwrap();
    assert_eq!(passed.stage(&[], &NOTICE), Stage::Reviewed);

    assert!(passed.withdrawn(because("")).is_err());
    let gone = passed.withdrawn(because("调离")).unwrap();
    assert_eq!(gone.stage(&[publicity(&[&book], true)], &NOTICE), Stage::Withdrawn);
    assert!(gone.withdrawn(because("调离")).is_err());
    assert!(gone.reviewed(ReviewResult::Passed, vouched(), Verdict::Met).is_err());
}

#[test]
fn a_run_ends_after_its_last_working_day_and_not_before() {
    let run = publicity(&[], false);
    let end = |run: &Publicity, day: &str, today: &str| {
        run.ended(date(day), date(today), &NOTICE.publicity)
    };
    let early = end(&run, "2020-08-07", "2020-08-20").unwrap_err();
    assert!(early.to_string().contains("2020-08-10"), "{early}");
    assert!(end(&run, "2020-08-11", "2020-08-10").is_err());
    let over = end(&run, "2020-08-10", "2020-08-10").unwrap();
    assert_eq!(over.closed, Some(date("2020-08-10")));
    assert!(end(&over, "2020-08-11", "2020-08-11").is_err());
    let inclusive = PublicityRule { count_posting_day: true, ..NOTICE.publicity.clone() };
    assert!(run.ended(date("2020-08-07"), date("2020-08-07"), &inclusive).is_ok());
}

#[test]
fn hours_as_the_contract_writes_them() {
    let mut book =
        handbook([training("骨干班", "2019-06-03 全天"), online_public(2019, 30).with_papers()]);
    book.records[1].activity.certified = Some(Hours::halves(61));
    let book = book.slip(2018, 2018, true);
    let years = years(&NOTICE, &book);
    let value = report::hours(&NOTICE, [(&book.person, years.as_slice())]);
    let person = &value["people"][0];
    assert_eq!(person["id_number"], book.person.id_number.as_str());
    assert_eq!(person["years"][0]["recognised"]["slips"][0], "州认定2018");
    assert_eq!(person["years"][0]["recognised"]["specialty"], 60);
    let year = &person["years"][1];
    assert_eq!(year["year"], 2019);
    assert_eq!((&year["public"], &year["specialty"]), (&30.5.into(), &10.into()));
    assert_eq!((&year["total"], &year["met"]), (&40.5.into(), &false.into()));
    assert_eq!(year["deemed"]["public"], 0);
    assert_eq!(year["evidenced"]["total"], 30.5);
    let record = &year["records"][1];
    assert_eq!(record["title"], "骨干班");
    assert_eq!((&record["hours"], &record["counted"]), (&10.into(), &true.into()));
    assert_eq!(
        (&record["clause"], &record["why"]),
        (&"附件1·二·1".into(), &"6月3日 全天 10".into())
    );
}

#[test]
fn a_check_as_the_contract_writes_it() {
    let good = handbook(full_years(2015..=2019)).applies("副高");
    let mut gone = handbook([]).applies("副高");
    gone.applications[0].withdrawn = Some(vouched());
    let value = report::check(&NOTICE, &check_all(&[good, gone], &[]));
    assert_eq!(value["campaign"], 2020);
    assert_eq!(value["deadline"], "2020-08-30");
    assert_eq!(value["last_working_day"], "2020-08-28");
    assert_eq!(value["ready"], false);
    assert_eq!(value["applicants"].as_array().unwrap().len(), 1);
    assert_eq!(value["withdrawn"].as_array().unwrap().len(), 1);
    let applicant = &value["applicants"][0];
    assert_eq!(applicant["span"], serde_json::json!([2015, 2019]));
    assert_eq!(applicant["verdict"], "met");
    assert_eq!(applicant["years"].as_array().unwrap().len(), 6);
    assert!(applicant["years"][0].get("records").is_none());
    let finding = &applicant["findings"][0];
    assert_eq!(finding["severity"], "block");
    assert_eq!(finding["code"], "review-missing");
    assert!(finding["clause"].as_str().unwrap().contains("三"), "{finding}");
}
