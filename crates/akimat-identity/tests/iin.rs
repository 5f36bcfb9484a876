//! What always holds for national identifiers.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing")]

use akimat_identity::{Iin, IinError};
use proptest::prelude::*;

/// A valid number made by the rule written a second time, the plain way.
fn number(year: u32, century: u32, serial: u32) -> Option<String> {
    let eleven = format!("{year:02}0115{century}{serial:04}");
    let weighed = |weights: [u32; 11]| {
        let digits = eleven.bytes().map(|digit| u32::from(digit - b'0'));
        digits.zip(weights).map(|(digit, weight)| digit * weight).sum::<u32>() % 11
    };
    let mut k = weighed([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    if k == 10 {
        k = weighed([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]);
    }
    (k < 10).then(|| format!("{eleven}{k}"))
}

proptest! {
    #[test]
    fn numbers_made_by_the_rule_are_read(year in 0u32..100, century in 1u32..7, serial in 0u32..10_000) {
        if let Some(number) = number(year, century, serial) {
            prop_assert!(Iin::parse(&number).is_ok(), "{}", number);
        }
    }

    /// Every weight is prime to eleven, so that one wrong digit always shows when the first round decides.
    #[test]
    fn a_wrong_digit_of_the_serial_is_noticed(year in 0u32..100, serial in 0u32..10_000, at in 7usize..11, by in 1u8..10) {
        if let Some(number) = number(year, 5, serial) {
            let mut bytes = number.into_bytes();
            bytes[at] = (bytes[at] - b'0' + by) % 10 + b'0';
            let wrong = String::from_utf8(bytes).unwrap();
            // The second round may by chance give the same digit: then the number is one that the rule makes.
            let made = number_again(&wrong);
            prop_assert_eq!(Iin::parse(&wrong).is_ok(), made);
        }
    }

    #[test]
    fn no_text_makes_it_fail(text in "\\PC{0,40}") {
        let _ = Iin::parse(&text);
    }

    #[test]
    fn a_wrong_last_digit_is_noticed(year in 0u32..100, serial in 0u32..10_000, by in 1u8..10) {
        if let Some(number) = number(year, 5, serial) {
            let mut bytes = number.into_bytes();
            bytes[11] = (bytes[11] - b'0' + by) % 10 + b'0';
            prop_assert_eq!(Iin::parse(std::str::from_utf8(&bytes).unwrap()), Err(IinError::Check));
        }
    }
}

fn number_again(text: &str) -> bool {
    let part = |range: std::ops::Range<usize>| text[range].parse::<u32>().unwrap();
    number(part(0..2), part(6..7), part(7..11)).as_deref() == Some(text)
}
