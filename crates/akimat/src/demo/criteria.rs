//! Published criteria and the envelopes that the form offers first.

use akimat_app::published::{Published, PublishedCriterion};
use akimat_core::{Money, MoneyUnit};
use anyhow::Context;
use serde::Deserialize;
use std::collections::BTreeMap;

const CRITERIA: &str = include_str!("../../../../data/demo/criteria.json");

#[derive(Debug, Deserialize)]
struct File {
    unit: String,
    criteria: Vec<PublishedCriterion>,
    envelopes: BTreeMap<i16, String>,
}

/// The criteria of the demonstration.
///
/// # Errors
/// When the embedded file is damaged, which a test excludes.
pub(crate) fn embedded() -> anyhow::Result<Published> {
    read(CRITERIA).context("criteria.json")
}

/// Reads criteria in the format of `data/demo/criteria.json`.
///
/// # Errors
/// When the text is not in this format.
pub(crate) fn read(json: &str) -> anyhow::Result<Published> {
    let file: File = serde_json::from_str(json)?;
    let unit = MoneyUnit::parse(&file.unit).with_context(|| format!("unit {:?}", file.unit))?;
    let envelopes = file.envelopes.iter().map(|(year, amount)| Ok((*year, Money::parse(amount, unit)?)));
    let envelopes = envelopes.collect::<anyhow::Result<Vec<_>>>()?;
    Ok(Published { criteria: file.criteria, envelopes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_criteria_add_up_to_a_hundred() {
        let set = embedded().unwrap();
        assert_eq!(set.criteria.iter().map(|criterion| criterion.weight).sum::<u32>(), 100);
        assert_eq!(set.envelopes.first(), Some(&(2027, Money::from_tiyn(150_000_000_000))));
    }
}
