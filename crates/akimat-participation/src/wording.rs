//! Texts of people made plain: signs without width, turned directions of writing, letters of another script in place of
//! one's own. After Unicode Technical Standard 39 in spirit; the tables hold what Kazakh, Russian and English need.

use akimat_core::fold::fold;

/// Accents that may stand on one letter.
const MARKS_MAX: usize = 3;

/// Latin letters and signs beside the Cyrillic ones that they look like.
const LOOKALIKES: [(char, char); 39] = [
    ('a', 'а'),
    ('b', 'в'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'н'),
    ('i', 'і'),
    ('k', 'к'),
    ('m', 'м'),
    ('n', 'п'),
    ('o', 'о'),
    ('p', 'р'),
    ('r', 'г'),
    ('t', 'т'),
    ('u', 'и'),
    ('x', 'х'),
    ('y', 'у'),
    ('0', 'о'),
    ('3', 'з'),
    ('4', 'ч'),
    ('6', 'б'),
    ('@', 'а'),
    ('$', 'с'),
    ('α', 'а'),
    ('β', 'в'),
    ('ε', 'е'),
    ('κ', 'к'),
    ('ο', 'о'),
    ('ρ', 'р'),
    ('τ', 'т'),
    ('υ', 'у'),
    ('χ', 'х'),
    ('ı', 'і'),
    ('ɑ', 'а'),
    ('ʙ', 'в'),
    ('ᴋ', 'к'),
    ('ᴛ', 'т'),
    ('ə', 'ә'),
    ('ɵ', 'ө'),
    ('ӏ', 'і'),
];

/// A sign that nobody sees and that changes what is read: without width, or turning the direction of writing.
pub const fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{0483}'..='\u{0489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// A text as it is kept: line ends are `\n`, nothing unseen is in it, no letter carries a tower of accents. The joiner of
/// pictures stays between pictures.
pub fn plain(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let (mut before, mut marks) = (' ', 0);
    for c in text.replace("\r\n", "\n").chars() {
        let c = if matches!(c, '\r' | '\u{2028}' | '\u{2029}') { '\n' } else { c };
        marks = if is_mark(c) { marks + 1 } else { 0 };
        let joiner = c == '\u{200d}' && before < '\u{2190}';
        if (c.is_control() && c != '\n') || is_unseen(c) || joiner || marks > MARKS_MAX {
            continue;
        }
        clean.push(c);
        before = c;
    }
    clean.trim().to_owned()
}

/// A name as it is shown beside a text: [`plain`], on one line, with single blanks.
pub fn plain_name(name: &str) -> String {
    plain(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many unseen signs a text was sent with.
pub fn n_unseen(text: &str) -> usize {
    text.chars().filter(|c| is_unseen(*c)).count()
}

const fn is_cyrillic(c: char) -> bool {
    matches!(c, '\u{0400}'..='\u{052f}')
}

const fn is_other_script(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{00c0}'..='\u{024f}' | '\u{0250}'..='\u{02af}' | '\u{0370}'..='\u{03ff}' | '\u{1d00}'..='\u{1d7f}')
}

/// Words in which letters of two scripts stand beside each other, as in `пpодам` with a Latin `p`.
pub fn mixed_words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().any(is_cyrillic) && word.chars().any(is_other_script))
        .collect()
}

/// A word with look-alikes put back into Cyrillic when it has Cyrillic letters, and folded for comparison.
pub fn unmask(word: &str) -> String {
    if !word.chars().any(is_cyrillic) {
        return fold(word);
    }
    let cyrillic: String = word
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| LOOKALIKES.iter().find(|(other, _)| *other == c).map_or(c, |(_, own)| *own))
        .collect();
    fold(&cyrillic)
}

/// The words of a text, unmasked. Letters that somebody set apart (`к р е д и т`) are put together.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut spelled = String::new();
    let parts = plain(text);
    let parts = parts.split(|c: char| !(c.is_alphanumeric() || matches!(c, '@' | '$')));
    for word in parts.filter(|word| !word.is_empty()) {
        let word = unmask(word);
        if word.chars().count() == 1 {
            spelled.push_str(&word);
            continue;
        }
        if spelled.chars().count() > 2 {
            words.push(std::mem::take(&mut spelled));
        }
        spelled.clear();
        words.push(word);
    }
    if spelled.chars().count() > 2 {
        words.push(spelled);
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The fingerprint of a text: the same for texts that differ only in masks, capitals, blanks, signs and digits.
/// FNV-1a in 64 bits over the unmasked letters.
pub fn fingerprint(text: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for word in words(text) {
        for byte in word.chars().filter(|c| c.is_alphabetic()).collect::<String>().bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// A name that pretends: it mixes scripts inside a word, or is that of an office without being one.
pub fn is_pretence(name: &str, office_words: &[String]) -> bool {
    let words = words(name);
    let office = words.iter().any(|word| office_words.iter().any(|stem| listed(word, stem)));
    office || !mixed_words(name).is_empty() || n_unseen(name) > 0
}

/// Whether a word is on a list: entries with `*` at their end stand for every ending.
pub fn listed(word: &str, entry: &str) -> bool {
    match entry.strip_suffix('*') {
        Some(stem) => word.starts_with(stem),
        None => word == entry,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unseen_signs_go_and_pictures_stay() {
        assert_eq!(plain("a\u{202e}b\u{200b}c\u{2066}d\u{2069}\u{feff}"), "abcd");
        assert_eq!(plain("👨\u{200d}👩\u{200d}👧 бір"), "👨\u{200d}👩\u{200d}👧 бір");
        assert_eq!(plain("а\u{200d}б"), "аб");
        assert_eq!(plain("x\r\ny\rz\u{2028}w"), "x\ny\nz\nw");
        assert_eq!(plain(&format!("о{}", "\u{0301}".repeat(40))).chars().count(), 1 + MARKS_MAX);
        assert_eq!(plain_name(" Ай\u{202e}гүл \n  Ә. "), "Айгүл Ә.");
    }

    #[test]
    fn masked_words_are_read() {
        assert_eq!(mixed_words("пpодам гараж, USB-порт, Kaspi"), ["пpодам"]);
        assert_eq!(unmask("пpодaм"), "продам");
        assert_eq!(unmask("кр3дит"), "крздит");
        assert_eq!(unmask("credit"), "credit");
        assert_eq!(words("К р е д и т сразу"), ["кредит", "сразу"]);
        assert_eq!(fingerprint("Продам  гараж! 100"), fingerprint("пpодам\u{200b} ГАРАЖ 200"));
        assert_ne!(fingerprint("Продам гараж"), fingerprint("Продам дом"));
    }

    #[test]
    fn names_that_pretend_are_told() {
        let offices = ["аким*".to_owned()];
        assert!(is_pretence("Әкімдік жауабы", &offices));
        assert!(is_pretence("Aкимат района", &offices), "a Latin A");
        assert!(is_pretence("Ер\u{202e}лан", &offices));
        assert!(!is_pretence("Ерлан Б.", &offices));
    }
}
