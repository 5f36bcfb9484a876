//! The business identification number (БСН, БИН): twelve digits, the last of which checks the others.

/// Weights of the first pass.
const FIRST: [u32; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
/// Weights of the second pass, when the first gives ten.
const SECOND: [u32; 11] = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

/// Whether twelve digits check. The same arithmetic serves the number of a person (IIN).
///
/// # Example
/// ```
/// use akimat_procurement::bin::is_valid;
/// assert!(is_valid("991231500016"));
/// assert!(!is_valid("991231500017"));
/// ```
pub fn is_valid(number: &str) -> bool {
    let digits: Vec<u32> = number.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 12 || number.chars().count() != 12 {
        return false;
    }
    check_digit(&digits[..11]) == Some(digits[11])
}

/// The twelfth digit; `None` for the few numbers that have none and are not given out.
pub fn check_digit(digits: &[u32]) -> Option<u32> {
    let pass = |weights: &[u32; 11]| digits.iter().zip(weights).map(|(d, w)| d * w).sum::<u32>() % 11;
    [&FIRST, &SECOND].into_iter().map(pass).find(|digit| *digit < 10)
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn the_published_vectors_check() {
        for (number, valid) in [
            ("991231500016", true),
            ("991231500707", true),
            ("991231500708", false),
            ("99123150001", false),
            ("9912315000160", false),
            ("99123150001a", false),
            ("", false),
        ] {
            assert_eq!(is_valid(number), valid, "{number}");
        }
        assert!((0..10).all(|digit| !is_valid(&format!("99123150077{digit}"))), "a prefix without a digit");
    }
}
