//! A spam score that anybody can add up: features of the text, each with its weight from a published list. It only
//! says what a moderator should look at; it decides nothing. See `docs/method/spam-score.md`.

use crate::wording::{self, listed, mixed_words, n_unseen, words};
use serde::{Deserialize, Serialize};

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeatureKind {
    /// Addresses of sites.
    Link,
    /// Telephone numbers.
    Phone,
    /// Channels and messengers to write to.
    Contact,
    /// Most letters are capitals.
    Capitals,
    /// Signs, letters or words again and again.
    Repeat,
    /// Words of two scripts at once.
    Mixed,
    /// Signs that nobody sees.
    Unseen,
    /// Words of advertising.
    Advertising,
    /// Foul words.
    Foul,
    /// Sums of money that are promised.
    Money,
}

impl FeatureKind {
    /// Every kind in the order in which reasons are told.
    pub const ALL: [Self; 10] = [
        Self::Link,
        Self::Phone,
        Self::Contact,
        Self::Capitals,
        Self::Repeat,
        Self::Mixed,
        Self::Unseen,
        Self::Advertising,
        Self::Foul,
        Self::Money,
    ];

    /// As in the data file.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Phone => "phone",
            Self::Contact => "contact",
            Self::Capitals => "capitals",
            Self::Repeat => "repeat",
            Self::Mixed => "mixed",
            Self::Unseen => "unseen",
            Self::Advertising => "advertising",
            Self::Foul => "foul",
            Self::Money => "money",
        }
    }
}

/// What one find counts, and all finds of a kind together at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weight {
    /// The kind.
    pub kind: FeatureKind,
    /// Points for each.
    pub each: u8,
    /// Points at most.
    pub most: u8,
}

/// Words of one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordList {
    /// Advertising, folded; `*` at the end stands for every ending.
    pub advertising: Vec<String>,
    /// Foul words, likewise.
    pub foul: Vec<String>,
    /// Words of the names of offices, likewise.
    pub office: Vec<String>,
}

/// Weights and lists of a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpamRules {
    /// Name of the version, kept with nothing but the documentation.
    pub version: String,
    /// Points by kind.
    pub weights: Vec<Weight>,
    /// Lists of all languages; every text is held against all of them, because people mix languages.
    pub words: std::collections::BTreeMap<String, WordList>,
}

/// A find of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feature {
    /// The kind.
    pub kind: FeatureKind,
    /// How often.
    pub n: u32,
    /// Points.
    pub points: u8,
    /// The first find, shortened.
    pub sample: String,
}

/// Letters that a sample shows.
const SAMPLE_CHARS: usize = 40;
/// Letters from which capitals are judged.
const CAPITALS_FROM: usize = 12;
/// Share of capitals in per cent.
const CAPITALS_PCT: usize = 60;
/// The same sign so often in a row is a repeat.
const RUN: usize = 4;

/// The score of a text, 0 to 100, and what it is made of.
pub fn score(text: &str, rules: &SpamRules) -> (u8, Vec<Feature>) {
    let mut features: Vec<Feature> = Vec::new();
    for kind in FeatureKind::ALL {
        let finds = find(kind, text, rules);
        let Some(weight) = rules.weights.iter().find(|weight| weight.kind == kind) else { continue };
        let Some(first) = finds.first() else { continue };
        let n = u32::try_from(finds.len()).unwrap_or(u32::MAX);
        let points = u32::from(weight.each).saturating_mul(n).min(u32::from(weight.most));
        let points = u8::try_from(points).unwrap_or(weight.most);
        let sample = first.chars().take(SAMPLE_CHARS).collect();
        features.push(Feature { kind, n, points, sample });
    }
    let sum: u32 = features.iter().map(|feature| u32::from(feature.points)).sum();
    (u8::try_from(sum.min(100)).unwrap_or(100), features)
}

fn find(kind: FeatureKind, text: &str, rules: &SpamRules) -> Vec<String> {
    match kind {
        FeatureKind::Link => links(text).map(str::to_owned).collect(),
        FeatureKind::Phone => phones(text),
        FeatureKind::Contact => contacts(text),
        FeatureKind::Capitals => capitals(text),
        FeatureKind::Repeat => repeats(text),
        FeatureKind::Mixed => mixed_words(text).into_iter().map(str::to_owned).collect(),
        FeatureKind::Unseen => vec![String::new(); n_unseen(text)],
        FeatureKind::Advertising => of_lists(text, rules, |list| &list.advertising),
        FeatureKind::Foul => of_lists(text, rules, |list| &list.foul),
        FeatureKind::Money => money(text),
    }
}

/// Addresses in a text, with a scheme, with `www.`, or by a common ending of names.
pub fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '<' | '>' | '"' | '«' | '»'))
        .map(|word| word.trim_end_matches(['.', '!', '?', ';', ':']))
        .filter(|word| is_link(word))
}

/// Endings of names by which an address without a scheme is known.
const ENDINGS: [&str; 14] = [
    ".kz", ".ru", ".com", ".org", ".net", ".info", ".biz", ".top", ".xyz", ".online", ".site", ".shop",
    ".me", ".ly",
];

fn is_link(word: &str) -> bool {
    let word = word.to_lowercase();
    if word.starts_with("http://") || word.starts_with("https://") || word.starts_with("www.") {
        return word.len() > 8;
    }
    let host = word.split(['/', '?']).next().unwrap_or_default();
    let named = ENDINGS.iter().any(|ending| host.len() > ending.len() + 1 && host.ends_with(ending));
    named && !host.contains('@') && host.is_ascii()
}

/// Numbers of 10 to 12 digits as telephones are written.
fn phones(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut run = String::new();
    for c in text.chars().chain([' ', 'x']) {
        if c.is_ascii_digit()
            || (matches!(c, ' ' | '-' | '(' | ')') && !run.is_empty())
            || (c == '+' && run.is_empty())
        {
            run.push(c);
            continue;
        }
        let digits = run.chars().filter(char::is_ascii_digit).count();
        let begins = run.starts_with('+') || run.starts_with('8') || run.starts_with('7');
        if begins && (10..=12).contains(&digits) {
            found.push(run.trim().to_owned());
        }
        run.clear();
    }
    found
}

/// Messengers and channels.
fn contacts(text: &str) -> Vec<String> {
    const SIGNS: [&str; 7] = ["t.me/", "wa.me/", "whatsapp", "telegram", "ватсап", "телеграм", "вацап"];
    let lower = text.to_lowercase();
    SIGNS.iter().filter(|sign| lower.contains(*sign)).map(|sign| (*sign).to_owned()).collect()
}

fn capitals(text: &str) -> Vec<String> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    if letters >= CAPITALS_FROM && upper * 100 >= letters * CAPITALS_PCT {
        vec![text.to_owned()]
    } else {
        Vec::new()
    }
}

fn repeats(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let (mut before, mut n) = (' ', 0_usize);
    for c in text.chars() {
        n = if c == before && !c.is_whitespace() && c != '.' { n + 1 } else { 1 };
        before = c;
        if n == RUN {
            found.push(c.to_string().repeat(RUN));
        }
    }
    let words = words(text);
    for (at, word) in words.iter().enumerate().skip(2) {
        if *word == words[at - 1] && *word == words[at - 2] {
            found.push(word.clone());
        }
    }
    found
}

fn of_lists(text: &str, rules: &SpamRules, list: impl Fn(&WordList) -> &Vec<String>) -> Vec<String> {
    let entries: Vec<&String> = rules.words.values().flat_map(list).collect();
    words(text).into_iter().filter(|word| entries.iter().any(|entry| listed(word, entry))).collect()
}

/// Money that is promised: a number of three digits or more beside a sign or word of money.
fn money(text: &str) -> Vec<String> {
    const UNITS: [&str; 10] = ["$", "€", "₸", "тг", "тенге", "теңге", "usd", "usdt", "доллар", "руб"];
    const TIMES: [&str; 8] =
        ["в день", "в час", "в неделю", "за день", "күніне", "сағатына", "аптасына", "per day"];
    let lower = wording::plain(text).to_lowercase();
    let often = TIMES.iter().find(|time| lower.contains(*time));
    let number = lower.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 3);
    let unit = UNITS.iter().any(|unit| lower.contains(unit));
    often.filter(|_| number && unit).map(|time| vec![(*time).to_owned()]).unwrap_or_default()
}

/// Words of office names of all languages.
pub fn office_words(rules: &SpamRules) -> Vec<String> {
    rules.words.values().flat_map(|list| list.office.iter().cloned()).collect()
}
