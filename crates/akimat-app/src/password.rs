//! Which passwords are refused: short ones, those that everybody tries first, and those made of what others know of the
//! person. There are no rules about kinds of characters: they make passwords worse (ASVS 5.0, V6.2).

use crate::FieldFault;

/// Shortest password in characters that a person may choose.
pub const PASSWORD_CHARS_MIN: usize = 12;
/// Shortest password in characters that the operator may give on the command line: the operator answers for it.
pub const OPERATOR_CHARS_MIN: usize = 10;
/// Longest password in characters.
pub const PASSWORD_CHARS_MAX: usize = 200;

/// Words that passwords are made of by everybody who guesses. The list is our own.
const WORDS: &str = include_str!("password/words.txt");

/// Words of the place: the country, its regions and cities, offices, money, in both alphabets. Whoever guesses passwords of
/// this platform begins with them.
const LOCAL: &str = include_str!("password/local.txt");

/// Neighbouring keys, in both layouts, and the alphabets.
const ROWS: [&str; 10] = [
    "1234567890",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "йцукенгшщзхъ",
    "фывапролджэ",
    "ячсмитьбю",
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюя",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// Why the length of a password is refused. Nothing else is asked of what the operator gives on the command line, to a
/// demonstration or to a measurement: the operator answers for it.
pub fn length_fault(password: &str, chars_min: usize) -> Option<FieldFault> {
    let chars = password.chars().count();
    if chars < chars_min {
        return Some(FieldFault::new("password", "field-password-short").with("min", chars_min));
    }
    (chars > PASSWORD_CHARS_MAX)
        .then(|| FieldFault::new("password", "field-too-long").with("max", PASSWORD_CHARS_MAX))
}

/// Why a password that a person chose is refused; `known` is what others know of the person: login, name, addresses.
pub fn fault(password: &str, known: &[&str]) -> Option<FieldFault> {
    if let Some(fault) = length_fault(password, PASSWORD_CHARS_MIN) {
        return Some(fault);
    }
    let folded = password.to_lowercase();
    (is_about(&folded, known) || is_guessed_first(&folded))
        .then(|| FieldFault::new("password", "field-password-common"))
}

/// Nothing but what others know, digits and signs.
fn is_about(folded: &str, known: &[&str]) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
    let said = letters(folded);
    known.iter().flat_map(|one| [*one, one.split('@').next().unwrap_or(one)]).any(|one| {
        let one = one.to_lowercase();
        let of_letters = letters(&one);
        folded == one || (of_letters.chars().count() >= 3 && repeats(&said, &of_letters))
    })
}

/// A text that is nothing but another, once or several times.
fn repeats(text: &str, part: &str) -> bool {
    !text.is_empty() && !part.is_empty() && text.len().is_multiple_of(part.len()) && {
        part.repeat(text.len() / part.len()) == text
    }
}

/// What a program that guesses tries in its first million.
fn is_guessed_first(folded: &str) -> bool {
    let chars: Vec<char> = folded.chars().collect();
    is_periodic(&chars) || of_runs(folded) || of_words(folded)
}

/// The same few characters again and again: `aaaaaaaaaaaa`, `abcabcabcabc`.
fn is_periodic(chars: &[char]) -> bool {
    (1..=4).any(|period| {
        chars.len() >= period * 3 && chars.iter().zip(chars.iter().skip(period)).all(|(a, b)| a == b)
    })
}

/// Walks along the keys or the alphabet, of four and more characters each, with next to nothing between them.
fn of_runs(folded: &str) -> bool {
    /// Characters beside the walks that make them no better.
    const BESIDE_MAX: usize = 3;
    let (mut rest, mut n_beside) = (folded, 0);
    while !rest.is_empty() {
        let run = ROWS.iter().map(|row| run_length(rest, row)).max().unwrap_or(0);
        if run < 4 {
            n_beside += 1;
        }
        let step = if run < 4 { 1 } else { run };
        let end = rest.char_indices().nth(step).map_or(rest.len(), |(at, _)| at);
        rest = &rest[end..];
    }
    n_beside <= BESIDE_MAX
}

/// How many characters of the beginning follow a row, forward or back.
fn run_length(text: &str, row: &str) -> usize {
    let row: Vec<char> = row.chars().collect();
    let back: Vec<char> = row.iter().rev().copied().collect();
    let along = |row: &[char]| {
        let first = text.chars().next();
        let Some(from) = row.iter().position(|c| Some(*c) == first) else { return 0 };
        row[from..].iter().zip(text.chars()).take_while(|(a, b)| **a == *b).count()
    };
    along(&row).max(along(&back))
}

/// One or two words of the list, with digits and signs around them, also when letters are written as digits.
fn of_words(folded: &str) -> bool {
    let middle = folded.trim_matches(|c: char| !c.is_alphabetic());
    let plain: String = middle.chars().map(as_letter).collect();
    [folded, plain.as_str()].into_iter().any(|text| {
        let core: String = text.chars().filter(|c| c.is_alphabetic()).collect();
        let words = || WORDS.lines().chain(LOCAL.lines()).map(str::trim).filter(|word| !word.is_empty());
        words().any(|first| {
            core == first || core.strip_prefix(first).is_some_and(|rest| words().any(|second| rest == second))
        })
    })
}

const fn as_letter(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(password: &str) -> Option<&'static str> {
        let known = ["aliya.n", "Айгүл Серік", "aliya.n@example.kz"];
        fault(password, &known).map(|fault| fault.key)
    }

    #[test]
    fn weak_passwords_are_named() {
        assert_eq!(key("короткий"), Some("field-password-short"));
        assert_eq!(key(&"ұ".repeat(201)), Some("field-too-long"));
        for common in [
            "123456789012",
            "qwertyuiop12345",
            "Password2026!",
            "P@ssw0rd20261",
            "парольпароль",
            "құпиясөз12345",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "йцукенгшщзхъ",
            "qwertyqwerty",
            "kazakhstan2026",
            "АлматыАстана1",
            "akimat-aqtobe-1",
            "Қызылорда-әкімдік7",
            "2026Маңғыстау!",
            "aliya.n@example.kz",
            "AliyaN-1998-2026",
            "айгүлсерік2026",
            "1q2w3e4r5t6y",
            "zyxwvutsrqpo",
        ] {
            assert_eq!(key(common), Some("field-password-common"), "{common}");
        }
    }

    #[test]
    fn a_few_words_of_one_s_own_are_a_password() {
        for good in [
            "алма бағында таң",
            "three plain words",
            "tau bulaq samal 7",
            "9Q-vd2-kkP-81x",
            "correct horse battery",
        ] {
            assert_eq!(key(good), None, "{good}");
        }
    }
}
