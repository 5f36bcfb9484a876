//! One language: its sentences, numbers, dates and order.

use crate::arg::Arg;
use crate::catalogue::Source;
use crate::date::DateWords;
use crate::money::{MoneyWords, amount};
use crate::number::Marks;
use crate::sort::Sorter;
use crate::syntax::needs;
use akimat_core::{Lang, Money, MoneyUnit, Period, Text};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::Entry;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use unic_langid::LanguageIdentifier;

/// One language of the platform.
pub struct Locale {
    lang: Lang,
    marks: Marks,
    /// Messages without arguments, formatted at load.
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
    dates: DateWords,
    money: MoneyWords,
    sorter: Sorter,
}

impl Locale {
    /// Reads the files of a language; what cannot be read is added to `problems` and left out.
    pub(crate) fn new(lang: Lang, sources: &[Source], problems: &mut Vec<String>) -> Self {
        let mut locale = Self {
            lang,
            marks: Marks::of(lang),
            plain: HashMap::new(),
            bundle: FluentBundle::new_concurrent(vec![tag(lang)]),
            dates: DateWords::default(),
            money: MoneyWords::default(),
            sorter: Sorter::of(lang),
        };
        locale.bundle.set_use_isolating(false);
        locale.bundle.set_formatter(Some(match lang {
            Lang::Kk | Lang::Ru => |value, _| group(Lang::Ru, value),
            Lang::En => |value, _| group(Lang::En, value),
        }));
        let mut without_arguments = Vec::new();
        for source in sources {
            locale.add(source, &mut without_arguments, problems);
        }
        locale.preformat(&without_arguments, problems);
        locale.dates = DateWords::of(&locale);
        locale.money = MoneyWords::of(&locale);
        if !locale.sorter.is_loaded() {
            problems.push(format!("{}: no collation data", lang.code()));
        }
        locale
    }

    fn add(&mut self, source: &Source, without_arguments: &mut Vec<String>, problems: &mut Vec<String>) {
        let place = format!("{}/{}", self.lang.code(), source.name);
        let resource = match FluentResource::try_new(source.text.clone()) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                problems.extend(errors.iter().map(|error| format!("{place}: {error}")));
                resource
            }
        };
        for entry in resource.entries() {
            if let Entry::Message(message) = entry {
                let takes = message.value.as_ref().map(|value| needs(value).arguments);
                match takes {
                    Some(arguments) if arguments.is_empty() => {
                        without_arguments.push(message.id.name.to_owned());
                    }
                    Some(_) => {}
                    None => problems.push(format!("{place}: {} says nothing", message.id.name)),
                }
            }
        }
        if let Err(errors) = self.bundle.add_resource(resource) {
            problems.extend(errors.iter().map(|error| format!("{place}: {error}")));
        }
    }

    fn preformat(&mut self, keys: &[String], problems: &mut Vec<String>) {
        for key in keys {
            let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let text = self.bundle.format_pattern(pattern, None, &mut errors).into_owned();
            problems.extend(errors.iter().map(|error| format!("{}: {key}: {error}", self.lang.code())));
            self.plain.insert(key.clone(), text);
        }
    }

    /// The language.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// `kk`, `ru`, `en`: for addresses and the `lang` attribute.
    pub const fn code(&self) -> &'static str {
        self.lang.code()
    }

    /// A sentence without arguments. A missing one shows its key as `⟦key⟧`.
    pub fn t(&self, key: &str) -> Cow<'_, str> {
        match self.plain.get(key) {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(format!("⟦{key}⟧")),
        }
    }

    /// The name of a code: the sentence `prefix-code`, such as `status-idea`.
    pub fn name(&self, prefix: &str, code: &str) -> Cow<'_, str> {
        self.t(&format!("{prefix}-{code}"))
    }

    /// A sentence with arguments. A missing one shows its key as `⟦key⟧`, a missing argument its name
    /// in braces.
    pub fn f<'a>(&self, key: &str, args: &[(&'a str, Arg<'a>)]) -> String {
        if let Some(text) = self.plain.get(key) {
            return text.clone();
        }
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return format!("⟦{key}⟧");
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, arg) in args {
            values.set(*name, arg.value());
        }
        one_point(self.bundle.format_pattern(pattern, Some(&values), &mut Vec::new()).into_owned())
    }

    /// The catalogue has this sentence.
    pub fn has(&self, key: &str) -> bool {
        self.plain.contains_key(key) || self.bundle.has_message(key)
    }

    /// A whole number: `16 264`, `16,264`.
    pub fn number(&self, n: i64) -> String {
        self.marks.integer(n)
    }

    /// A count: `16 264`, `16,264`.
    pub fn count(&self, n: u64) -> String {
        self.marks.decimal(&n.to_string())
    }

    /// A plain decimal such as `-1234.50`, grouped and marked.
    pub fn decimal(&self, plain: &str) -> String {
        self.marks.decimal(plain)
    }

    /// A percentage given as a plain decimal: `6,91 %`, `6.91%`.
    pub fn percent(&self, plain: &str) -> String {
        self.marks.percent(plain)
    }

    /// An amount with its unit: `172 102 158,8 мың теңге`. Exactly `decimals` decimals, halves away
    /// from zero.
    pub fn money(&self, money: Money, unit: MoneyUnit, decimals: usize) -> String {
        self.money.full(self.lang, money, unit, decimals)
    }

    /// The number of [`Locale::money`] alone, for a table whose heading names the unit.
    pub fn amount(&self, money: Money, unit: MoneyUnit, decimals: usize) -> String {
        amount(self.lang, money, unit, decimals)
    }

    /// An amount for people, to three leading digits: `1,3 млрд теңге`, `KZT 1.3 billion`.
    pub fn money_short(&self, money: Money) -> String {
        self.money.short(self.lang, money)
    }

    /// A day in full: `2026 жылғы 3 наурыз`, `3 марта 2026 г.`, `3 March 2026`.
    pub fn date(&self, date: Date) -> String {
        self.dates.long(date)
    }

    /// A day for tables: `03.03.2026`, `3 Mar 2026`.
    pub fn date_short(&self, date: Date) -> String {
        self.dates.short(date)
    }

    /// A moment in the zone of a territory: `3 марта 2026 г., 14:05`.
    pub fn date_time(&self, at: Timestamp, tz: &TimeZone) -> String {
        self.dates.date_time(at, tz)
    }

    /// A year, quarter or month: `2026`, `I квартал 2026 г.`, `март 2026 г.`.
    pub fn period(&self, period: Period) -> String {
        self.dates.period(period)
    }

    /// The order of two names in the alphabet of the language.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.sorter.compare(a, b)
    }

    /// Content in this language or, when it is not written, in the next one that is; then with that
    /// language, for the `lang` attribute and the remark that it is not translated yet.
    pub fn text<'t>(&self, text: &'t Text) -> (&'t str, Option<Lang>) {
        let (words, lang) = text.in_lang(self.lang);
        (words, (lang != self.lang).then_some(lang))
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Locale")
            .field("lang", &self.lang)
            .field("plain", &self.plain.len())
            .finish_non_exhaustive()
    }
}

/// A sentence that ends with a Russian date has one point, not two: `до 3 марта 2026 г.`
fn one_point(text: String) -> String {
    const TWO: &str = "г..";
    let doubled = |at: usize| {
        let abbreviated = text[..at].ends_with(char::is_whitespace);
        abbreviated && !text[at + TWO.len()..].starts_with('.')
    };
    let found: Vec<usize> = text.match_indices(TWO).map(|(at, _)| at).filter(|at| doubled(*at)).collect();
    let mut text = text;
    for at in found.into_iter().rev() {
        text.remove(at + TWO.len() - 1);
    }
    text
}

fn tag(lang: Lang) -> LanguageIdentifier {
    lang.code().parse().unwrap_or_default()
}

/// Groups whole numbers inside sentences; other values are left to the default. Kazakh and Russian
/// have the same marks.
#[expect(clippy::cast_possible_truncation, reason = "whole numbers up to 2^53 are exact both ways")]
fn group(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(Marks::of(lang).integer(number.value as i64))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::one_point;

    #[test]
    fn a_sentence_that_ends_with_a_date_has_one_point() {
        for (text, want) in [
            ("Данные по 3 марта 2026 г.. Дальше.", "Данные по 3 марта 2026 г. Дальше."),
            ("март 2026\u{a0}г.. Дальше до 2027 г..", "март 2026\u{a0}г. Дальше до 2027 г."),
            ("Шаг..", "Шаг.."),
            ("2026 г...", "2026 г..."),
            ("", ""),
        ] {
            assert_eq!(one_point(text.to_owned()), want, "{text:?}");
        }
    }
}
