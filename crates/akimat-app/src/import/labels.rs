//! Headers and words of registers out of the catalogue: what a template shows is what a register may say.

use akimat_core::Lang;
use akimat_i18n::{Locale, catalogue};
use akimat_interop::project_register::mapping::{Labels, columns, value_columns};
use akimat_interop::project_register::template::TemplateWords;
use std::sync::OnceLock;

/// Where the word of a code of a column stands in the catalogue.
const WORDS: [(&str, &str); 6] = [
    ("sector", "sector"),
    ("kind", "kind"),
    ("modality", "modality"),
    ("level", "project-level"),
    ("status", "status"),
    ("source", "money-source"),
];
/// The example row: a column and its value; codes are written as words. The titles stand in the catalogue.
const EXAMPLE: [(&str, &str); 15] = [
    ("number", "AQ-2027-001"),
    ("sector", "water"),
    ("kind", "infrastructure"),
    ("modality", "budget"),
    ("level", "district"),
    ("status", "planned"),
    ("starts_on", "2027-04-01"),
    ("ends_on", "2027-10-31"),
    ("progress_pct", "0"),
    ("year", "2027"),
    ("source", "own"),
    ("programme", "458/028"),
    ("planned", "25000"),
    ("unit", "thousand KZT"),
    ("lat", "43.297"),
];

/// Headers and words in one language.
fn labels(locale: &Locale) -> Labels {
    let headers = columns().map(|(column, _)| (column, locale.name("register-column", column).into_owned()));
    let mut values = Vec::new();
    for (column, codes) in value_columns() {
        for code in codes {
            let word = WORDS
                .iter()
                .find(|(name, _)| *name == column)
                .map_or_else(|| unit(locale, code), |(_, prefix)| locale.name(prefix, code).into_owned());
            values.push((column, code, word));
        }
    }
    Labels { headers: headers.collect(), values }
}

fn unit(locale: &Locale, code: &str) -> String {
    let key = match code {
        "KZT" => "unit-tenge",
        "thousand KZT" => "unit-thousand-tenge",
        _ => "unit-million-tenge",
    };
    locale.t(key).into_owned()
}

/// Headers and words in all languages: how a register may be headed.
pub fn register_labels() -> &'static Labels {
    static LABELS: OnceLock<Labels> = OnceLock::new();
    LABELS.get_or_init(|| {
        let mut all = Labels::default();
        for lang in Lang::ALL {
            let one = labels(catalogue().locale(lang));
            all.headers.extend(one.headers);
            all.values.extend(one.values);
        }
        all
    })
}

/// What the template in one language shows.
pub fn template_labels(lang: Lang) -> (Labels, TemplateWords) {
    let locale = catalogue().locale(lang);
    let t = |key: &str| locale.t(key).into_owned();
    let help = columns()
        .map(|(column, _)| (column, locale.name("register-help", column).into_owned()))
        .filter(|(_, help)| !help.is_empty());
    let title = match lang {
        Lang::Kk => "title_kk",
        Lang::Ru => "title_ru",
        Lang::En => "title_en",
    };
    let mut example: Vec<(&'static str, String)> =
        EXAMPLE.into_iter().map(|(column, value)| (column, value.to_owned())).collect();
    example.push((title, t("register-example-title")));
    example.push(("lon", "68.252".to_owned()));
    let words = TemplateWords {
        title: t("register-template-sheet"),
        lists: t("register-template-lists"),
        not_listed: (t("register-not-listed-title"), t("register-not-listed")),
        impossible: (t("register-impossible-title"), t("register-impossible")),
        help: help.collect(),
        example,
    };
    (labels(locale), words)
}
