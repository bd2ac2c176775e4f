//! ID numbers: what people type, the check character, birth date and sex.

use proptest::prelude::*;
use xueshi::ledger::IdNumber;

#[test]
fn what_people_type_is_normalised() {
    let plain = IdNumber::parse("11010519491231002X").unwrap();
    for typed in [
        " 110105 19491231 002x ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "'11010519491231002X",
        "110105-19491231-002×",
    ] {
        assert_eq!(IdNumber::parse(typed), Some(plain.clone()), "{typed}");
    }
    for wrong in [
        "",
        "1101051949123100",
        "110105194912310020X",
        "1101051949123100X2",
        "11010519491231002Y",
        "身份证",
    ] {
        assert_eq!(IdNumber::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn check_digit_sex_and_birth_are_read() {
    let id = IdNumber::parse("11010519491231002X").unwrap();
    assert!(id.check_digit_ok());
    assert_eq!(id.sex(), "女");
    assert_eq!(id.birth_date(), chrono::NaiveDate::from_ymd_opt(1949, 12, 31));
    let wrong = IdNumber::parse("110105194912310021").unwrap();
    assert!(!wrong.check_digit_ok());
    assert_eq!(wrong.expected_check(), 'X');
    assert_eq!(IdNumber::parse("110105194902310021").unwrap().birth_date(), None);
}

#[test]
fn debug_output_never_shows_the_whole_number() {
    let id = IdNumber::parse("11010519491231002X").unwrap();
    assert_eq!(format!("{id:?}"), "1101••••••••••002X");
}

#[test]
fn a_malformed_number_in_a_file_is_refused() {
    assert!(serde_json::from_str::<IdNumber>("\"123\"").is_err());
    let id: IdNumber = serde_json::from_str("\"11010519491231002x\"").unwrap();
    assert_eq!(serde_json::to_string(&id).unwrap(), "\"11010519491231002X\"");
}

proptest! {
    #[test]
    fn changing_one_digit_is_always_noticed(digits in "[0-9]{17}", place in 0usize..17, by in 1u8..10) {
        let id = IdNumber::parse(&format!("{digits}0")).unwrap();
        let right = format!("{digits}{}", id.expected_check());
        prop_assert!(IdNumber::parse(&right).unwrap().check_digit_ok());
        let mut bytes = right.into_bytes();
        bytes[place] = b'0' + (bytes[place] - b'0' + by) % 10;
        prop_assert!(!IdNumber::parse(std::str::from_utf8(&bytes).unwrap()).unwrap().check_digit_ok());
    }

    #[test]
    fn nothing_typed_panics(text in "\\PC*") {
        let _ = IdNumber::parse(&text);
    }
}
