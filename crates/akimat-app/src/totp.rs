//! One-time codes by time: RFC 6238 over RFC 4226, with HMAC-SHA-1, steps of 30 seconds and six digits, because that is
//! what every authenticator understands.

use jiff::Timestamp;
use ring::hmac;

/// Seconds of one step.
pub const STEP_SECONDS: i64 = 30;
/// Digits of a code.
pub const DIGITS: u32 = 6;
/// Steps before and after the present one whose codes are taken: clocks of telephones differ.
const TOLERANCE: i64 = 1;

/// The step of time at an instant.
pub fn step_at(at: Timestamp) -> i64 {
    at.as_second().div_euclid(STEP_SECONDS)
}

/// The code of a step (RFC 4226, 5.3).
pub fn code(secret: &[u8], step: i64, digits: u32) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret);
    let tag = hmac::sign(&key, &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[tag.len() - 1] & 0xf);
    let word = u32::from_be_bytes([tag[at] & 0x7f, tag[at + 1], tag[at + 2], tag[at + 3]]);
    let width = usize::try_from(digits).unwrap_or(6);
    format!("{:0width$}", u64::from(word) % 10_u64.pow(digits))
}

/// The step whose code this is, among those around an instant; `None` when it is of none of them.
pub fn step_of(secret: &[u8], typed: &str, now: Timestamp) -> Option<i64> {
    let present = step_at(now);
    let mut found = None;
    for step in present - TOLERANCE..=present + TOLERANCE {
        if crate::secret::same(code(secret, step, DIGITS).as_bytes(), typed.as_bytes()) {
            found = Some(step);
        }
    }
    found
}

/// Base32 of RFC 4648 without filling, as authenticators read a secret.
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut text, mut held, mut n_bits) = (String::new(), 0_u32, 0_u32);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        n_bits += 8;
        while n_bits >= 5 {
            n_bits -= 5;
            text.push(char::from(LETTERS[usize::try_from((held >> n_bits) & 31).unwrap_or(0)]));
        }
        held &= (1 << n_bits) - 1;
    }
    if n_bits > 0 {
        text.push(char::from(LETTERS[usize::try_from((held << (5 - n_bits)) & 31).unwrap_or(0)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the rows of SHA-1: eight digits.
    #[test]
    fn the_vectors_of_the_rfc_come_out() {
        let secret = b"12345678901234567890";
        for (second, due) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let at = Timestamp::from_second(second).unwrap();
            assert_eq!(code(secret, step_at(at), 8), due, "{second}");
            let six = code(secret, step_at(at), DIGITS);
            assert_eq!(six, due[2..]);
            assert_eq!(step_of(secret, &six, at), Some(step_at(at)));
        }
    }

    /// RFC 4226, appendix D.
    #[test]
    fn the_counters_of_the_older_rfc_come_out() {
        let due = ["755224", "287082", "359152", "969429", "338314", "254676"];
        for (counter, due) in (0..).zip(due) {
            assert_eq!(code(b"12345678901234567890", counter, 6), due);
        }
    }

    #[test]
    fn clocks_may_differ_by_one_step() {
        let at = |second| Timestamp::from_second(second).unwrap();
        let typed = code(b"secret", step_at(at(3_000)), DIGITS);
        for (second, found) in [(2_940, false), (2_970, true), (3_000, true), (3_059, true), (3_060, false)] {
            assert_eq!(step_of(b"secret", &typed, at(second)).is_some(), found, "{second}");
        }
        assert_eq!(step_of(b"secret", "", at(3_000)), None);
    }

    /// RFC 4648, section 10, without the filling.
    #[test]
    fn secrets_are_written_for_authenticators() {
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }
}
