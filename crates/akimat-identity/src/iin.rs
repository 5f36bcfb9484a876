//! The individual identification number (ИИН, ЖСН): twelve digits with the date of birth and a check digit.

use jiff::civil::Date;

/// Weights of the first round. Government resolution No. 565 of 11 June 2003.
const FIRST: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/// Weights of the second round, when the first one leaves ten.
const SECOND: [u32; 11] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/// Sex as the seventh digit states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sex {
    /// An odd digit.
    Male,
    /// An even digit.
    Female,
}

/// A number that is well formed. It shows itself to nobody: neither `Debug` nor `Display` tells the digits.
#[derive(Clone, PartialEq, Eq)]
pub struct Iin {
    digits: [u8; 12],
    born_on: Date,
}

impl std::fmt::Debug for Iin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Iin(hidden)")
    }
}

/// Why a text is not such a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IinError {
    /// Not twelve digits, spaces and hyphens aside.
    #[error("the number has twelve digits")]
    Form,
    /// The seventh digit is none of 1 to 6: it tells no century.
    #[error("the seventh digit tells no century")]
    Century,
    /// The first six digits are no date.
    #[error("the first six digits are no date")]
    Date,
    /// The last digit does not follow from the others.
    #[error("the check digit does not fit")]
    Check,
}

impl IinError {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Century => "century",
            Self::Date => "date",
            Self::Check => "check",
        }
    }
}

impl Iin {
    /// Reads a number as it was typed: spaces and hyphens between digits do no harm.
    ///
    /// # Errors
    /// [`IinError`] names the first thing that is wrong.
    ///
    /// # Example
    /// ```
    /// use akimat_identity::{Iin, IinError};
    /// // Born in 2099: nobody's number. Vectors of docs/domain/person.md.
    /// assert!(Iin::parse("991231 500016").is_ok());
    /// assert_eq!(Iin::parse("991231500017"), Err(IinError::Check));
    /// ```
    pub fn parse(text: &str) -> Result<Self, IinError> {
        let mut digits = [0u8; 12];
        let mut n = 0;
        for byte in text.trim().bytes() {
            match byte {
                b' ' | b'-' => {}
                b'0'..=b'9' if n < digits.len() => {
                    digits[n] = byte - b'0';
                    n += 1;
                }
                _ => return Err(IinError::Form),
            }
        }
        if n != digits.len() {
            return Err(IinError::Form);
        }
        let born_on = birth(&digits)?;
        if check_digit(&digits) != Some(digits[11]) {
            return Err(IinError::Check);
        }
        Ok(Self { digits, born_on })
    }

    /// Date of birth.
    pub const fn born_on(&self) -> Date {
        self.born_on
    }

    /// Sex.
    pub const fn sex(&self) -> Sex {
        if self.digits[6] % 2 == 1 { Sex::Male } else { Sex::Female }
    }

    /// The twelve digits as ASCII, for the keyed hash alone.
    pub(crate) fn ascii(&self) -> [u8; 12] {
        self.digits.map(|digit| digit + b'0')
    }
}

fn birth(digits: &[u8; 12]) -> Result<Date, IinError> {
    let century: i16 = match digits[6] {
        1 | 2 => 1800,
        3 | 4 => 1900,
        5 | 6 => 2000,
        _ => return Err(IinError::Century),
    };
    let two = |at: usize| i16::from(digits[at]) * 10 + i16::from(digits[at + 1]);
    let small = |at: usize| i8::try_from(two(at)).map_err(|_| IinError::Date);
    Date::new(century + two(0), small(2)?, small(4)?).map_err(|_| IinError::Date)
}

/// The digit that must stand last; `None` when both rounds leave ten, for such numbers are not given out.
fn check_digit(digits: &[u8; 12]) -> Option<u8> {
    let round = |weights: &[u32; 11]| {
        let sum: u32 = digits.iter().zip(weights).map(|(digit, weight)| u32::from(*digit) * weight).sum();
        u8::try_from(sum % 11).ok().filter(|rest| *rest < 10)
    };
    round(&FIRST).or_else(|| round(&SECOND))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_published_vectors_hold() {
        let first = Iin::parse("991231500016").unwrap();
        assert_eq!((first.born_on(), first.sex()), (date(2099, 12, 31), Sex::Male));
        assert!(Iin::parse("991231500707").is_ok(), "the second round decides");
        for last in 0..10 {
            assert_eq!(Iin::parse(&format!("99123150077{last}")), Err(IinError::Check));
        }
    }

    #[test]
    fn each_fault_is_named() {
        for (text, fault) in [
            ("", IinError::Form),
            ("99123150001", IinError::Form),
            ("9912315000166", IinError::Form),
            ("99123150001a", IinError::Form),
            ("٩٩١٢٣١٥٠٠٠١٦", IinError::Form),
            ("991231000016", IinError::Century),
            ("991231700016", IinError::Century),
            ("990231500016", IinError::Date),
            ("991331500016", IinError::Date),
            ("991231500010", IinError::Check),
        ] {
            assert_eq!(Iin::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_number_shows_itself_to_nobody() {
        assert_eq!(format!("{:?}", Iin::parse("9912-3150-0016").unwrap()), "Iin(hidden)");
    }
}
