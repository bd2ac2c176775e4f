//! Entries that may be one person: what is alike enough to be asked about, and what is not.

use xueshi::ledger::twins::{Known, Likeness, twins};
use xueshi::ledger::{IdNumber, PersonId};

fn number(text: &str) -> IdNumber {
    IdNumber::parse(text).unwrap()
}

/// The pairs among people of these names and numbers, by their places.
fn found(people: &[(&str, &str)]) -> Vec<(i64, i64, Likeness)> {
    let numbers: Vec<IdNumber> = people.iter().map(|(_, text)| number(text)).collect();
    let known: Vec<Known<'_>> = people
        .iter()
        .zip(&numbers)
        .zip(0..)
        .map(|(((name, _), id_number), at)| Known {
            id: PersonId(at),
            name,
            id_number,
            birth_date: None,
        })
        .collect();
    twins(&known).into_iter().map(|it| (it.one.0, it.other.0, it.likeness)).collect()
}

/// 433101198503120022 and its check character, right.
const RIGHT: &str = "433101198503120022";

#[test]
fn the_check_character_of_the_example_is_right() {
    assert!(number(RIGHT).check_digit_ok(), "{}", number(RIGHT).expected_check());
}

#[test]
fn one_digit_or_two_neighbours_are_one_slip() {
    let wrong_check = "433101198503120021";
    let one_digit = "433101198503110022";
    let swapped = "433101198503210022";
    for slip in [wrong_check, one_digit, swapped] {
        let pairs = found(&[("向小红", RIGHT), ("向小红", slip)]);
        assert_eq!(pairs, [(0, 1, Likeness::NameAndNumber)], "{slip}");
        let pairs = found(&[("向小红", RIGHT), ("龙大海", slip)]);
        assert_eq!(pairs, [(0, 1, Likeness::Number)], "{slip}");
    }
}

#[test]
fn the_same_name_and_birth_date_are_asked_about_however_the_name_is_typed() {
    let other = "433123198503120044";
    let pairs = found(&[("阿依古丽·买买提", RIGHT), ("阿依古丽 ．买买提", other)]);
    assert_eq!(pairs, [(0, 1, Likeness::NameAndBirth)]);
}

#[test]
fn different_people_are_left_alone() {
    // The next in the same register: two digits apart, both check characters right.
    let next = "43310119850312001X";
    let checked = number(next).expected_check();
    let next = format!("{}{checked}", &next[..17]);
    assert!(number(&next).check_digit_ok());
    assert_eq!(found(&[("向小红", RIGHT), ("龙大海", &next)]), []);
    // Namesakes of another day.
    assert_eq!(found(&[("向小红", RIGHT), ("向小红", "433101199011200025")]), []);
}

#[test]
fn the_surest_stand_first() {
    let pairs = found(&[
        ("甲", "433101198503120021"),
        ("乙", RIGHT),
        ("丙", "433101197001010013"),
        ("丙", "433130197001010026"),
    ]);
    assert_eq!(pairs, [(2, 3, Likeness::NameAndBirth), (0, 1, Likeness::Number)]);
}
