//! Numbers as each language prints them.
//!
//! # Source
//! CLDR: Kazakh and Russian group by a no-break space and mark decimals by a comma, English by comma
//! and point. The minus is the sign U+2212, so that a column of figures lines up and a screen reader
//! does not take it for a hyphen.

use akimat_core::Lang;

/// The no-break space.
pub const NBSP: char = '\u{a0}';
/// The minus sign.
pub const MINUS: char = '\u{2212}';

/// The marks of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// Between groups of three digits.
    pub group: char,
    /// Before the decimals.
    pub point: char,
    /// Before the per cent sign.
    pub percent: &'static str,
}

impl Marks {
    /// Of one language.
    pub const fn of(lang: Lang) -> Self {
        match lang {
            Lang::Kk | Lang::Ru => Self { group: NBSP, point: ',', percent: "\u{a0}%" },
            Lang::En => Self { group: ',', point: '.', percent: "%" },
        }
    }

    /// A whole number.
    pub fn integer(self, n: i64) -> String {
        self.decimal(&n.to_string())
    }

    /// A plain decimal such as `-1234.50`, with all its decimals. A text that is no plain decimal
    /// comes back as it is.
    pub fn decimal(self, plain: &str) -> String {
        let (negative, digits) = match plain.strip_prefix(['-', MINUS]) {
            Some(rest) => (true, rest),
            None => (false, plain),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
            return plain.to_owned();
        }
        let mut out = String::with_capacity(plain.len() * 2);
        if negative {
            out.push(MINUS);
        }
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push(self.group);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(self.point);
            out.push_str(fraction);
        }
        out
    }

    /// A percentage given as a plain decimal.
    pub fn percent(self, plain: &str) -> String {
        let mut out = self.decimal(plain);
        out.push_str(self.percent);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected: CLDR patterns `#,##0.###` and `#,##0 %` (kk, ru), `#,##0%` (en).
    fn check(plain: &str, kk_ru: &str, en: &str) {
        assert_eq!(Marks::of(Lang::Kk).decimal(plain), kk_ru);
        assert_eq!(Marks::of(Lang::Ru).decimal(plain), kk_ru);
        assert_eq!(Marks::of(Lang::En).decimal(plain), en);
    }

    #[test]
    fn decimals_are_grouped_and_marked() {
        check("0", "0", "0");
        check("999", "999", "999");
        check("1000", "1\u{a0}000", "1,000");
        check("-1234.50", "−1\u{a0}234,50", "−1,234.50");
        check("172102158.8", "172\u{a0}102\u{a0}158,8", "172,102,158.8");
        check("0.05", "0,05", "0.05");
        check("-0.1", "−0,1", "−0.1");
    }

    #[test]
    fn what_is_no_decimal_stays() {
        for odd in ["", "-", "n/a", "1e5", ".5", "1.2.3", "१२"] {
            check(odd, odd, odd);
        }
    }

    #[test]
    fn whole_numbers_reach_both_ends() {
        assert_eq!(Marks::of(Lang::En).integer(i64::MIN), "−9,223,372,036,854,775,808");
        assert_eq!(Marks::of(Lang::En).integer(i64::MAX), "9,223,372,036,854,775,807");
    }

    #[test]
    fn percentages_keep_their_sign_together() {
        assert_eq!(Marks::of(Lang::Kk).percent("6.91"), "6,91\u{a0}%");
        assert_eq!(Marks::of(Lang::Ru).percent("-6.9"), "−6,9\u{a0}%");
        assert_eq!(Marks::of(Lang::En).percent("6.91"), "6.91%");
    }
}
