//! The form of a mapping: a choice for each column of the file, a value for each column it lacks, a code for each
//! strange word.

use akimat_i18n::Locale;
use akimat_interop::project_register::mapping::{Look, Mapping, columns, is_score, value_columns};
use akimat_web_kit::form::Form;
use akimat_web_kit::kit;
use std::collections::BTreeMap;

/// Says that a column is left out; nothing chosen means that it is taken as it stands.
const LEFT_OUT: &str = "-";

/// A line of the form.
pub(super) struct Line {
    /// Name of the field.
    pub(super) field: String,
    /// What stands in the file, or the column that it lacks.
    pub(super) label: String,
    /// Values from the file.
    pub(super) samples: String,
    /// What can be chosen; empty: it is typed.
    pub(super) options: Vec<(String, String)>,
}

/// The whole form.
pub(super) struct MappingForm {
    pub(super) form: kit::Form,
    pub(super) columns: Vec<Line>,
    pub(super) missing: Vec<Line>,
    pub(super) strange: Vec<Line>,
    /// Something has to be said before the file can be read.
    pub(super) needed: bool,
}

fn column_name(locale: &Locale, column: &str) -> String {
    locale.name("register-column", column).into_owned()
}

/// Codes of a column with their words.
fn codes(locale: &Locale, column: &str) -> Vec<(String, String)> {
    let (labels, _) = akimat_app::import::template_labels(locale.lang());
    let of_column = labels.values.into_iter().filter(|(name, _, _)| *name == column);
    of_column.map(|(_, code, word)| (code.to_owned(), word)).collect()
}

/// The form as the mapping and the file make it.
pub(super) fn build(locale: &Locale, look: &Look, mapping: &Mapping) -> MappingForm {
    let mut form = kit::Form::new()
        .with("header_row", mapping.header_row.map_or_else(String::new, |row| row.to_string()));
    let mut names: Vec<(String, String)> =
        columns().map(|(column, _)| (column.to_owned(), column_name(locale, column))).collect();
    names.insert(0, (LEFT_OUT.to_owned(), locale.t("import-left-out").into_owned()));
    let told = look.columns.iter().enumerate().filter(|(_, column)| !is_score(&column.header));
    let lines = told.map(|(at, column)| {
        let field = format!("column_{at}");
        form = std::mem::take(&mut form).with(&field, column.column.unwrap_or(LEFT_OUT));
        Line {
            field,
            label: column.header.clone(),
            samples: column.samples.join(" · "),
            options: names.clone(),
        }
    });
    let lines: Vec<Line> = lines.collect();
    let lacking = columns().map(|(column, _)| column).filter(|column| {
        let held = mapping.constants.get(*column).is_some_and(|value| !value.is_empty());
        look.missing.contains(column) && *column != "number" || held
    });
    let missing: Vec<Line> = lacking
        .map(|column| {
            let field = format!("constant_{column}");
            let held = mapping.constants.get(column).cloned().unwrap_or_default();
            form = std::mem::take(&mut form).with(&field, held);
            Line {
                field,
                label: column_name(locale, column),
                samples: String::new(),
                options: codes(locale, column),
            }
        })
        .collect();
    let strange: Vec<Line> = look
        .strange
        .iter()
        .enumerate()
        .map(|(at, (column, word, n))| Line {
            field: format!("word_{at}"),
            label: format!("{}: {word}", column_name(locale, column)),
            samples: locale.f("import-rows", &[("n", (*n).into())]),
            options: codes(locale, column),
        })
        .collect();
    let needed = !look.missing.is_empty() || !strange.is_empty();
    MappingForm { form, columns: lines, missing, strange, needed }
}

/// The mapping that a form asks for; words that were explained before stay explained.
pub(super) fn read(form: &Form, before: &Mapping) -> Mapping {
    let known = |name: &str| columns().any(|(column, _)| column == name);
    let mut mapping = Mapping {
        header_row: form.get("header_row").parse().ok().filter(|row| *row > 0),
        columns: BTreeMap::new(),
        values: before.values.clone(),
        constants: BTreeMap::new(),
    };
    for (at, header) in form.with_prefix("header_") {
        if at == "row" || header.is_empty() {
            continue;
        }
        let chosen = form.get(&format!("column_{at}"));
        let column = if known(chosen) { chosen } else { "" };
        mapping.columns.insert(header.to_owned(), column.to_owned());
    }
    for (column, value) in form.with_prefix("constant_") {
        if known(column) && !value.trim().is_empty() {
            mapping.constants.insert(column.to_owned(), value.trim().chars().take(300).collect());
        }
    }
    let codes = value_columns();
    for (at, code) in form.with_prefix("word_").filter(|(_, code)| !code.is_empty()) {
        let (column, word) = (form.get(&format!("strange_column_{at}")), form.raw(&format!("strange_{at}")));
        let allowed = codes.iter().any(|(name, codes)| *name == column && codes.contains(&code));
        if allowed && !word.is_empty() {
            mapping.values.entry(column.to_owned()).or_default().insert(word.to_owned(), code.to_owned());
        }
    }
    mapping
}
