//! Tables that come with the platform: facts of published studies with their source, and invented ones.

use akimat_core::Text;
use akimat_interop::data_table::decode_data_table;
use akimat_statistics::Table;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A table with its source.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bundled {
    /// Its name in the address.
    pub(super) id: String,
    file: String,
    /// Title.
    pub(super) title: Text,
    /// Where it is from.
    pub(super) source: String,
    /// What a reader must know.
    pub(super) note: Text,
    /// No person or place in it is real.
    #[serde(default)]
    pub(super) invented: bool,
    /// Columns of codes without an order.
    #[serde(default)]
    pub(super) nominal: Vec<String>,
    /// Columns of ordered answers.
    #[serde(default)]
    pub(super) orders: BTreeMap<String, Vec<String>>,
    /// What can be computed.
    pub(super) examples: Vec<Example>,
    /// What cannot.
    pub(super) cannot: Vec<Cannot>,
}

/// A computation by its query.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Example {
    pub(super) text: Text,
    pub(super) query: String,
}

/// A printed figure that cannot be recomputed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cannot {
    pub(super) what: Text,
    pub(super) why: Text,
    /// Codes in the collection of checked statements.
    pub(super) problem: String,
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        const FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../../../data/statistics/", $name)))),+];
    };
}

files!(
    "budget_turkistan.csv",
    "citizen_reviews.csv",
    "civil_servants.csv",
    "correlations_table6.csv",
    "entrepreneurs.csv",
    "example_coding.csv",
    "example_panel.csv",
    "example_quota.csv",
    "example_survey.csv",
    "project_status.csv",
    "projects_by_region.csv",
    "resident_survey.csv",
    "savings_investment.csv",
);

/// Every table in the order of the hub.
pub(super) fn all() -> &'static [Bundled] {
    static ALL: LazyLock<Vec<Bundled>> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../../../data/statistics/tables.json"))
            .expect("the list of tables is read by a test")
    });
    &ALL
}

/// The table of this name.
pub(super) fn find(id: &str) -> Option<&'static Bundled> {
    all().iter().find(|table| table.id == id)
}

impl Bundled {
    /// Its cells.
    pub(super) fn table(&self) -> Option<Table> {
        let (_, text) = FILES.iter().find(|(name, _)| *name == self.file)?;
        decode_data_table(text.as_bytes()).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::ask::Ask;
    use akimat_core::Lang;
    use akimat_web_kit::form::Form;

    #[test]
    fn every_table_is_read_and_every_example_computes() {
        assert!(all().len() > 10);
        for bundled in all() {
            let table = bundled.table().expect("the file is there");
            for lang in Lang::ALL {
                assert!(!bundled.title.exact(lang).is_empty(), "{}", bundled.id);
            }
            for example in &bundled.examples {
                let locale = akimat_i18n::catalogue().locale(Lang::En);
                let mut ask = Ask::read(locale, &Form::parse(example.query.as_bytes()));
                ask.declare(&bundled.nominal, &bundled.orders);
                assert!(ask.form.is_clean(), "{}: {:?}", bundled.id, ask.form.errors());
                let report = ask.run(table.clone()).expect("a method is chosen").unwrap_or_else(|refusal| {
                    panic!("{}: {refusal}", bundled.id);
                });
                assert!(report.n > 0);
            }
        }
    }
}
