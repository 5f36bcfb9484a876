//! Words by which a project is found.

use akimat_core::fold::{JOINT, fold};
use akimat_project::Project;
use std::collections::BTreeSet;

/// Up to so many hits a list is made by sorting them; where there are more, the list is walked in its
/// order, and a page is soon full.
pub const FEW_MAX: usize = 500;

/// Characters of a key that an index is asked for. A longer key is compared with what that finds.
pub const KEY_CHARS_MAX: usize = 40;

/// Words of a key that are looked for; what follows is not.
pub const WORDS_MAX: usize = 12;

/// The words of a key, each once. A text has the key when it has every word, wherever it stands; a word that is part of
/// another one says nothing more and is left out. Parts held by [`JOINT`] are one word, as a text has them: side by side.
/// None for a key without words, which every text has.
pub fn words_of_key(key: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for word in key.split_whitespace() {
        let parts = word.split(JOINT).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        // Joints alone are no word of any text, and not the same as nothing.
        let word = if parts.is_empty() { word.to_owned() } else { parts };
        if all.len() < WORDS_MAX && !all.contains(&word) {
            all.push(word);
        }
    }
    let within = |word: &String| all.iter().any(|other| other != word && other.contains(word.as_str()));
    all.iter().filter(|word| !within(word)).cloned().collect()
}

/// The folded number, titles and contractor, each after a bar.
pub fn search_key(project: &Project) -> String {
    let title = &project.title;
    [&project.number, &title.kk, &title.ru, &title.en, &project.contractor]
        .into_iter()
        .map(|text| format!("|{}", fold(text)))
        .collect()
}

/// Every one, two or three characters that follow one another in a text, each packed into a number (21
/// bits a character, the last in the lowest), in ascending order.
pub fn grams(text: &str) -> Vec<i64> {
    let chars: Vec<i64> = text.chars().map(packed).collect();
    let of = |n: usize| chars.windows(n).map(pack);
    let grams: BTreeSet<i64> = of(1).chain(of(2)).chain(of(3)).collect();
    grams.into_iter().collect()
}

/// Grams that a text must have in order to contain this key: the key itself when it is that short,
/// otherwise at most eight of its triples, spread over its beginning. None for an empty key, which every
/// text contains.
pub fn grams_of_key(key: &str) -> Vec<i64> {
    const GRAMS_MAX: usize = 8;
    let chars: Vec<i64> = key.chars().take(KEY_CHARS_MAX).map(packed).collect();
    if chars.len() < 3 {
        return if chars.is_empty() { Vec::new() } else { vec![pack(&chars)] };
    }
    let triples: Vec<i64> = chars.windows(3).map(pack).collect();
    let step = triples.len().div_ceil(GRAMS_MAX);
    triples.into_iter().step_by(step).collect()
}

/// Numbers as PostgreSQL writes a list of them.
pub fn array<T: ToString>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(T::to_string).collect();
    format!("{{{}}}", items.join(","))
}

fn packed(c: char) -> i64 {
    i64::from(u32::from(c))
}

fn pack(chars: &[i64]) -> i64 {
    chars.iter().fold(0, |packed, c| packed << 21 | c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grams_are_packed() {
        let (a, b, c) = (97, 98, 99);
        let due = [a, b, c, a << 21 | b, b << 21 | c, (a << 21 | b) << 21 | c];
        assert_eq!(grams("abc"), due);
        assert!(grams("").is_empty());
        assert_eq!(
            grams("\u{10ffff}\u{10ffff}\u{10ffff}").last(),
            Some(&((0x10_ffff << 42) | (0x10_ffff << 21) | 0x10_ffff))
        );
    }

    #[test]
    fn words_stand_in_any_order_each_once() {
        assert_eq!(words_of_key("копир  жондеу копир"), ["копир", "жондеу"]);
        assert_eq!(words_of_key("су суы жол"), ["суы", "жол"]);
        assert_eq!(words_of_key("r_2 жол 2"), ["r 2", "жол"]);
        assert_eq!(words_of_key("_a__b_ _"), ["a b", "_"]);
        assert!(words_of_key(" ").is_empty());
        let many: Vec<String> = (10..40).map(|n| n.to_string()).collect();
        assert_eq!(words_of_key(&many.join(" ")).len(), WORDS_MAX);
    }

    #[test]
    fn a_text_has_the_grams_of_what_it_contains() {
        let text = "|aq 2026 00007|көпір салу|строительство моста|a bridge|";
        let chars: Vec<char> = text.chars().collect();
        let all = grams(text);
        for from in 0..chars.len() {
            for to in from..=chars.len() {
                let key: String = chars[from..to].iter().collect();
                let asked = grams_of_key(&key);
                assert!(asked.iter().all(|gram| all.contains(gram)), "{key}");
                assert_eq!(asked.is_empty(), key.is_empty());
                assert!(asked.len() <= 8);
            }
        }
    }
}
