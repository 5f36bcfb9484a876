//! Cases as rows of numbers for the linear model and the network.

use crate::base::Lesson;
use crate::table::{Case, FeatureKind};
use std::collections::BTreeMap;

/// A category needs so many finished projects to have a column of its own.
const CATEGORY_MIN: usize = 3;
/// A measure counts at most so many standard deviations.
const CLIP: f64 = 3.0;

/// How one feature becomes columns.
#[derive(Clone, Debug)]
pub(crate) enum Columns {
    /// Standardised, clipped; a missing value is the mean. With a second column of the square.
    Number { mean: f64, deviation: f64 },
    /// A column a name.
    Names(BTreeMap<String, usize>),
    /// No column.
    Nothing,
}

/// How cases become rows.
#[derive(Clone, Debug)]
pub(crate) struct Encoding {
    pub(crate) columns: Vec<Columns>,
    pub(crate) width: usize,
}

impl Encoding {
    pub(crate) fn learn(lesson: &Lesson<'_>) -> Self {
        let mut width = 0;
        let columns = lesson.schema.features.iter().enumerate().map(|(at, feature)| match feature.kind {
            _ if feature.trees_only => Columns::Nothing,
            FeatureKind::Number => {
                width += 1;
                number_column(lesson, at)
            }
            FeatureKind::Category => Columns::Names(names(lesson, at, &mut width)),
        });
        let columns = columns.collect();
        Self { columns, width }
    }

    /// The row of a case.
    pub(crate) fn row(&self, case: &Case) -> Vec<f64> {
        let mut row = vec![0.0; self.width];
        let mut at = 0;
        for (columns, value) in self.columns.iter().zip(&case.values) {
            match columns {
                Columns::Number { mean, deviation } => {
                    let z = value.number().map_or(0.0, |value| (value - mean) / deviation);
                    row[at] = z.clamp(-CLIP, CLIP);
                    at += 1;
                }
                Columns::Nothing => {}
                Columns::Names(names) => {
                    if let Some(column) = value.category().and_then(|name| names.get(name)) {
                        row[*column] = 1.0;
                    }
                    at += names.len();
                }
            }
        }
        row
    }
}

fn number_column(lesson: &Lesson<'_>, at: usize) -> Columns {
    let known: Vec<f64> = lesson.cases.iter().filter_map(|case| case.values[at].number()).collect();
    let mean = crate::algebra::mean(&known);
    let spread = known.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / known.len().max(1) as f64;
    Columns::Number { mean, deviation: spread.sqrt().max(1e-9) }
}

fn names(lesson: &Lesson<'_>, at: usize, width: &mut usize) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::<&str, usize>::new();
    for name in lesson.cases.iter().filter_map(|case| case.values[at].category()) {
        *counts.entry(name).or_default() += 1;
    }
    let mut names = BTreeMap::new();
    for (name, _) in counts.into_iter().filter(|(_, count)| *count >= CATEGORY_MIN) {
        names.insert(name.to_owned(), *width);
        *width += 1;
    }
    names
}
