//! What stands in a cell: nothing, a number, or words. Nothing is guessed: `NaN`, infinity and a comma that
//! may be either a decimal or a thousands sign are faults of the cell.

use serde::Serialize;

/// Words that mean "no answer", besides the empty cell; case does not matter.
pub const MISSING: [&str; 9] = ["NA", "N/A", "-", "–", "—", ".", "...", "нет данных", "дерек жоқ"];

/// A cell that is no number where numbers are needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellFault {
    /// Row as a spreadsheet shows it, from 1.
    pub row: u32,
    /// Name of the column.
    pub column: String,
    /// What stands there, at most 40 characters.
    pub value: String,
    /// Why it is no number.
    pub fault: Fault,
}

/// Why a cell is no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Words among numbers.
    Text,
    /// The sign of other programs for "not a number": was it missing, or did a computation fail?
    NotANumber,
    /// Infinity, or beyond 1.8e308; often a division by zero elsewhere.
    Infinite,
    /// `1,234`: one and a bit, or more than a thousand; no other cell of the column tells which.
    AmbiguousComma,
    /// An error of the spreadsheet, as `#DIV/0!`.
    SheetError,
}

impl Fault {
    /// Its name in JSON and in the catalogue.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::NotANumber => "not_a_number",
            Self::Infinite => "infinite",
            Self::AmbiguousComma => "ambiguous_comma",
            Self::SheetError => "sheet_error",
        }
    }
}

/// Whether the text means that there is no value.
pub fn is_missing(text: &str) -> bool {
    let text = text.trim();
    text.is_empty() || MISSING.iter().any(|word| text.to_lowercase() == word.to_lowercase())
}

/// Reads a number: blanks between groups of digits, a decimal comma and the typographic minus are understood.
///
/// # Errors
/// Why the text is no finite number; [`Fault::AmbiguousComma`] is for the column to decide.
pub fn number(text: &str) -> Result<f64, Fault> {
    let clean: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let clean = clean.replace(['−', '–'], "-");
    match clean.to_lowercase().trim_start_matches(['+', '-']) {
        "nan" => return Err(Fault::NotANumber),
        "inf" | "infinity" | "∞" => return Err(Fault::Infinite),
        _ => {}
    }
    if clean.starts_with('#') {
        return Err(Fault::SheetError);
    }
    let blanks_between_digits = text
        .trim()
        .split(char::is_whitespace)
        .all(|part| part.starts_with(|c: char| c.is_ascii_digit() || "+-−–.,".contains(c)));
    let commas = clean.matches(',').count();
    let plain = clean.bytes().all(|b| b.is_ascii_digit() || b"+-.,eE".contains(&b));
    if !plain || !blanks_between_digits || commas > 1 || (commas == 1 && clean.contains('.')) {
        return Err(Fault::Text);
    }
    let value: f64 = clean.replace(',', ".").parse().map_err(|_| Fault::Text)?;
    if value.is_finite() { Ok(value) } else { Err(Fault::Infinite) }
}

/// What the comma of a cell says about the column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Comma {
    /// There is none.
    None,
    /// It can only be a decimal sign.
    Decimal,
    /// One to three digits, then exactly three.
    Ambiguous,
}

pub(crate) fn comma(text: &str) -> Comma {
    let clean = text.trim().trim_start_matches(['+', '-', '−', '–']);
    let Some((whole, part)) = clean.split_once(',') else { return Comma::None };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let grouped = (1..=3).contains(&whole.len()) && !whole.starts_with('0') && digits(whole);
    if grouped && part.len() == 3 && digits(part) { Comma::Ambiguous } else { Comma::Decimal }
}

/// Cut for a message, without control characters.
pub(crate) fn short(text: &str) -> String {
    text.trim().chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, want: Result<f64, Fault>) {
        assert_eq!(number(text), want, "{text:?}");
    }

    #[test]
    fn numbers_are_read_and_faults_are_named() {
        check("1 234,5", Ok(1234.5));
        check("1\u{a0}234.5", Ok(1234.5));
        check("−3e2", Ok(-300.0));
        check("NaN", Err(Fault::NotANumber));
        check("-inf", Err(Fault::Infinite));
        check("1e999", Err(Fault::Infinite));
        check("#DIV/0!", Err(Fault::SheetError));
        check("12 тыс.", Err(Fault::Text));
        check("1,234,567", Err(Fault::Text));
        check("1,234.5", Err(Fault::Text));
        check("e", Err(Fault::Text));
        check("2024-01-01", Err(Fault::Text));
    }

    #[test]
    fn commas_before_three_digits_are_ambiguous() {
        assert_eq!(comma("1,234"), Comma::Ambiguous);
        assert_eq!(comma("0,234"), Comma::Decimal);
        assert_eq!(comma("1,23"), Comma::Decimal);
        assert_eq!(comma("1234"), Comma::None);
    }

    #[test]
    fn signs_of_no_answer_are_missing() {
        assert!(is_missing(" ") && is_missing("na") && is_missing("НЕТ ДАННЫХ") && !is_missing("0"));
    }
}
