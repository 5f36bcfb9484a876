//! Folding of names for search: Kazakh and Russian spelling, missing diacritics, Latin letters and a
//! wrong keyboard layout all lead to the same key.

/// Folds a name to a search key: lower case, Kazakh letters to their nearest Russian ones, `ё` to
/// `е`, everything that is not a letter or digit to one blank.
///
/// # Example
/// ```
/// use akimat_core::fold::fold;
/// assert_eq!(fold("Түркістан облысы"), "туркистан облысы");
/// assert_eq!(fold("г.Алматы"), "г алматы");
/// ```
pub fn fold(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ә' => key.push('а'),
            'ғ' => key.push('г'),
            'қ' => key.push('к'),
            'ң' => key.push('н'),
            'ө' => key.push('о'),
            'ұ' | 'ү' => key.push('у'),
            'һ' => key.push('х'),
            'і' => key.push('и'),
            'ё' => key.push('е'),
            'й' => key.push('и'),
            'ъ' | 'ь' | '\'' | '’' => {}
            c if c.is_alphanumeric() => key.push(c),
            _ if key.ends_with(' ') || key.is_empty() => {}
            _ => key.push(' '),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

/// The keys under which a typed query may be found: as typed, typed in Latin letters, typed with
/// the Latin layout in place of the Russian one, and the other way round. First the most likely;
/// no duplicates, no empty key.
pub fn search_keys(query: &str) -> Vec<String> {
    keys(query, fold)
}

/// What holds the parts of a word of a search key together: `R-2` is one word, `r` and `2` side by side, and not every
/// text with an `r` and a `2` in it. [`fold`] never writes it.
pub const JOINT: char = '_';

/// As [`search_keys`], for a search by words in any order: what was typed without a blank (or a comma) stays together,
/// its parts held by [`JOINT`].
pub fn search_words(query: &str) -> Vec<String> {
    keys(query, |text| {
        let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';'));
        let words = words.map(|word| fold(word).replace(' ', JOINT.encode_utf8(&mut [0; 4])));
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    })
}

fn keys(query: &str, fold: impl Fn(&str) -> String) -> Vec<String> {
    let mut keys: Vec<String> = Vec::new();
    for candidate in [
        fold(query),
        fold(&transliterate(query)),
        fold(&relayout(query, LATIN_KEYS, RUSSIAN_KEYS)),
        fold(&relayout(query, LATIN_KEYS, KAZAKH_KEYS)),
        fold(&relayout(query, RUSSIAN_KEYS, LATIN_KEYS)),
    ] {
        if !candidate.is_empty() && !keys.contains(&candidate) {
            keys.push(candidate);
        }
    }
    keys
}

const LATIN_KEYS: &str = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.1234567890-=";
const RUSSIAN_KEYS: &str = "ёйцукенгшщзхъфывапролджэячсмитьбю1234567890-=";
const KAZAKH_KEYS: &str = "(йцукенгшщзхъфывапролджэячсмитьбю\"әіңғ,.үұқөһ";

fn relayout(text: &str, from: &str, to: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| from.chars().position(|key| key == c).and_then(|at| to.chars().nth(at)).unwrap_or(c))
        .collect()
}

/// Latin letters as they are usually typed for Kazakh and Russian names, to Cyrillic.
fn transliterate(text: &str) -> String {
    const PAIRS: [(&str, &str); 36] = [
        ("shch", "щ"),
        ("kh", "х"),
        ("zh", "ж"),
        ("ch", "ч"),
        ("sh", "ш"),
        ("ts", "ц"),
        ("yu", "ю"),
        ("ya", "я"),
        ("gh", "г"),
        ("ng", "нг"),
        ("a", "а"),
        ("b", "б"),
        ("c", "к"),
        ("d", "д"),
        ("e", "е"),
        ("f", "ф"),
        ("g", "г"),
        ("h", "х"),
        ("i", "и"),
        ("j", "ж"),
        ("k", "к"),
        ("l", "л"),
        ("m", "м"),
        ("n", "н"),
        ("o", "о"),
        ("p", "п"),
        ("q", "к"),
        ("r", "р"),
        ("s", "с"),
        ("t", "т"),
        ("u", "у"),
        ("v", "в"),
        ("w", "у"),
        ("x", "кс"),
        ("y", "ы"),
        ("z", "з"),
    ];
    let lower = text.to_lowercase();
    let mut rest = lower.as_str();
    let mut out = String::new();
    'text: while let Some(c) = rest.chars().next() {
        for (latin, cyrillic) in PAIRS {
            if let Some(tail) = rest.strip_prefix(latin) {
                out.push_str(cyrillic);
                rest = tail;
                continue 'text;
            }
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, name: &str) {
        let name = fold(name);
        assert!(
            search_keys(query).iter().any(|key| name.contains(key.as_str())),
            "{query:?} does not find {name:?}"
        );
    }

    #[test]
    fn a_name_is_found_however_it_is_typed() {
        check("Түркістан", "Түркістан облысы");
        check("туркистан", "Түркістан облысы");
        check("turkistan", "Түркістан облысы");
        check("nehrbcnfy", "Түркістан облысы");
        check("Кокшетау", "Көкшетау");
        check("шымкент", "г.Шымкент");
        check("isvrtyn", "г.Шымкент");
        check("Ұлытау", "область Ұлытау");
        check("ulytau", "область Ұлытау");
        check("ФДЬФЕН", "almaty");
        assert!(search_keys("  \t ").is_empty());
    }

    #[test]
    fn what_is_typed_without_a_blank_stays_together() {
        let check = |query: &str, first: &str| {
            assert_eq!(search_words(query).first().map_or("", String::as_str), first, "{query}");
        };
        check("R-2 жол", "r_2 жол");
        check("№ 12/4,мост", "12_4 мост");
        check(" — ", "");
        check("a_b", "a_b");
    }
}
