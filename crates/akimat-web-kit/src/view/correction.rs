//! Requests for correction in words.

use akimat_i18n::Locale;
use akimat_storage::Correction;

/// The field, and what should stand there.
pub fn wanted(locale: &Locale, one: &Correction) -> String {
    let field = locale.name("correction-field", one.field.code()).into_owned();
    if one.wanted.is_empty() { field } else { format!("{field}: {}", one.wanted) }
}
