//! Amounts as written and as exact whole numbers of the smallest unit that an election uses.

/// Decimals that an amount may have at most.
pub(crate) const DECIMALS_MAX: u8 = 6;
/// Digits before the decimal mark at most: below a thousand billion.
const WHOLE_DIGITS_MAX: usize = 12;

/// An amount as it is written: `digits` divided by ten to the power of `decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) digits: i64,
    pub(crate) decimals: u8,
}

/// Reads an amount such as `100000`, `-5`, `446829.4` or `446829,4`; trailing zeros of decimals do not count.
pub(crate) fn read(text: &str) -> Option<Written> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let part = part.trim_end_matches('0');
    let decimals = u8::try_from(part.len()).ok().filter(|&decimals| decimals <= DECIMALS_MAX)?;
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = whole.trim_start_matches('0');
    let empty = text.bytes().all(|byte| !byte.is_ascii_digit());
    if empty || whole.len() > WHOLE_DIGITS_MAX || !is_digits(whole) || !is_digits(part) {
        return None;
    }
    let digits = whole.bytes().chain(part.bytes()).fold(0i64, |sum, byte| sum * 10 + i64::from(byte - b'0'));
    Some(Written { digits: if negative { -digits } else { digits }, decimals })
}

impl Written {
    /// Whole units of ten to the power of minus `decimals`, which is not less than its own.
    pub(crate) fn in_units(self, decimals: u8) -> i64 {
        self.digits.saturating_mul(power_of_ten(decimals.saturating_sub(self.decimals)))
    }
}

/// Ten to a power up to 18.
pub(crate) fn power_of_ten(power: u8) -> i64 {
    10i64.checked_pow(u32::from(power)).unwrap_or(i64::MAX)
}

/// An exact decimal: `446829.4`, without trailing zeros.
#[must_use]
pub fn decimal(units: i128, decimals: u8) -> String {
    let scale = i128::from(power_of_ten(decimals));
    let (whole, part) =
        (units.unsigned_abs() / scale.unsigned_abs(), units.unsigned_abs() % scale.unsigned_abs());
    let sign = if units < 0 { "-" } else { "" };
    if part == 0 {
        return format!("{sign}{whole}");
    }
    let part = format!("{part:0width$}", width = usize::from(decimals));
    format!("{sign}{whole}.{}", part.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_cities_write_them() {
        let amount = |text| read(text).map(|written| (written.digits, written.decimals));
        assert_eq!(amount("100000.0"), Some((100_000, 0)));
        assert_eq!(amount("446829,40"), Some((4_468_294, 1)));
        assert_eq!(amount("-3"), Some((-3, 0)));
        assert_eq!(amount("007"), Some((7, 0)));
        assert_eq!(amount("0"), Some((0, 0)));
        for wrong in ["", "-", ".", "1e5", "1 000", "0x1", "1.2345678", "9999999999999", "nan", "1.2.3", "١"]
        {
            assert_eq!(amount(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn amounts_are_written_exactly() {
        assert_eq!(decimal(44_682_940, 2), "446829.4");
        assert_eq!(decimal(-5, 2), "-0.05");
        assert_eq!(decimal(700, 2), "7");
    }
}
