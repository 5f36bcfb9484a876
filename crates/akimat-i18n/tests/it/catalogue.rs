//! The three languages say the same things.

use akimat_core::Lang;
use akimat_i18n::catalogue::sources;
use akimat_i18n::syntax::{Needs, needs};
use akimat_i18n::{Catalogue, catalogue};
use fluent_syntax::ast::Entry;
use std::collections::BTreeMap;

/// Arguments that a language may leave out: a date is ordered and abbreviated in its own way.
const FREE_ARGUMENTS: [&str; 1] = ["date-short"];

/// Every message of a language with its file and what it needs.
fn messages(lang: Lang) -> BTreeMap<String, (String, Needs)> {
    let mut messages = BTreeMap::new();
    for source in sources(lang) {
        let tree = fluent_syntax::parser::parse(source.text.as_str()).expect("load() reads every file");
        for entry in &tree.body {
            if let Entry::Message(message) = entry {
                let key = message.id.name.to_owned();
                assert!(message.attributes.is_empty(), "{key} has attributes, which nothing reads");
                let needs = needs(message.value.as_ref().expect("load() demands a value"));
                let before = messages.insert(key.clone(), (source.name.clone(), needs));
                assert!(before.is_none(), "{}: {key} is written twice", lang.code());
            }
        }
    }
    messages
}

#[test]
fn every_file_can_be_read() {
    let loaded = Catalogue::load();
    assert!(loaded.is_ok(), "{}", loaded.unwrap_err());
}

#[test]
fn the_languages_have_the_same_sentences_in_the_same_files() {
    let place = |lang| -> BTreeMap<String, String> {
        messages(lang).into_iter().map(|(key, (file, _))| (key, file)).collect()
    };
    let russian = place(Lang::Ru);
    for lang in [Lang::Kk, Lang::En] {
        let other = place(lang);
        let lacks: Vec<_> = russian.iter().filter(|(key, _)| !other.contains_key(*key)).collect();
        let more: Vec<_> = other.iter().filter(|(key, _)| !russian.contains_key(*key)).collect();
        assert!(lacks.is_empty() && more.is_empty(), "{}: lacks {lacks:?}, ru lacks {more:?}", lang.code());
        assert_eq!(russian, other, "{}: a sentence is in another file than in ru", lang.code());
    }
}

#[test]
fn the_languages_take_the_same_arguments() {
    let [kazakh, russian, english] = Lang::ALL.map(messages);
    for (key, (_, needs)) in &russian {
        if FREE_ARGUMENTS.contains(&key.as_str()) {
            continue;
        }
        for other in [&kazakh, &english] {
            let Some((_, theirs)) = other.get(key) else { continue };
            assert_eq!(needs.arguments, theirs.arguments, "arguments of {key}");
        }
    }
}

#[test]
fn every_choice_has_all_forms_of_its_language() {
    for lang in Lang::ALL {
        let forms: &[&str] =
            if lang == Lang::Ru { &["one", "few", "many", "other"] } else { &["one", "other"] };
        for (key, (_, needs)) in messages(lang) {
            for selector in &needs.selectors {
                assert!(!selector.argument.is_empty(), "{key} chooses by something not given");
                let plural = selector.keys.iter().any(|k| {
                    ["zero", "one", "two", "few", "many"].contains(&k.as_str()) || k.parse::<f64>().is_ok()
                });
                if !plural {
                    continue;
                }
                for form in forms {
                    assert!(
                        selector.keys.iter().any(|k| k == form),
                        "{}: {key} lacks the form {form}",
                        lang.code()
                    );
                }
                for k in &selector.keys {
                    assert!(
                        forms.contains(&k.as_str()) || k.parse::<f64>().is_ok(),
                        "{}: {key} has the form {k}, which the language does not know",
                        lang.code()
                    );
                }
            }
        }
    }
}

#[test]
fn sentences_are_polite_and_whole() {
    for lang in Lang::ALL {
        let words = catalogue().locale(lang);
        for (key, (_, needs)) in messages(lang) {
            if !needs.arguments.is_empty() {
                continue;
            }
            let text = words.t(&key);
            assert!(!text.contains("⟦") && !text.trim().is_empty(), "{}: {key}", lang.code());
            assert!(!text.contains('!'), "{}: {key} shouts", lang.code());
            assert!(!text.contains("  "), "{}: {key} has a double blank", lang.code());
        }
    }
}

/// Letters of a neighbouring alphabet look alike and break search and speech.
#[test]
fn words_keep_to_one_alphabet() {
    let latin = |c: char| c.is_ascii_alphabetic();
    let cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    for lang in Lang::ALL {
        for source in sources(lang) {
            for word in source.text.split(|c: char| !c.is_alphanumeric()) {
                let mixed = word.chars().any(latin) && word.chars().any(cyrillic);
                assert!(!mixed, "{}/{}: {word:?} mixes alphabets", lang.code(), source.name);
            }
        }
    }
}
