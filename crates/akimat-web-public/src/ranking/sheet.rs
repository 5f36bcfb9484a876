//! A table as the pages of ranking show it.

use akimat_i18n::Locale;

/// A table: the first cell of a row is its heading.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// What stands in it.
    pub(crate) caption: String,
    /// Names of the columns; whether they hold numbers.
    pub(crate) heads: Vec<(String, bool)>,
    /// Rows.
    pub(crate) rows: Vec<Vec<String>>,
}

impl Sheet {
    /// An empty table with these columns.
    pub(crate) fn new(caption: impl Into<String>, heads: Vec<(String, bool)>) -> Self {
        Self { caption: caption.into(), heads, rows: Vec::new() }
    }
}

/// A name of a column that holds words, or numbers.
pub(crate) fn head(locale: &Locale, key: &str, number: bool) -> (String, bool) {
    (locale.t(key).into_owned(), number)
}

/// Hundredths of whole ten-thousandths: 6,735 is 67.35.
pub(crate) fn points(locale: &Locale, e4: i64) -> String {
    decimal(locale, akimat_app::criteria_set::from_e4(e4) * 100.0, 2)
}

/// A number with so many decimals; `-0` is zero.
pub(crate) fn decimal(locale: &Locale, value: f64, decimals: usize) -> String {
    let plain = format!("{value:.decimals$}");
    let zero = plain.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.'));
    locale.decimal(if zero { plain.trim_start_matches('-') } else { &plain })
}

/// A number without more decimals than it has, at most four.
pub(crate) fn plain(locale: &Locale, value: f64) -> String {
    let text = format!("{value:.4}");
    locale.decimal(text.trim_end_matches('0').trim_end_matches('.'))
}

/// A share in per cent with one decimal.
pub(crate) fn percent(locale: &Locale, share: f64) -> String {
    locale.percent(&format!("{:.1}", share * 100.0))
}
