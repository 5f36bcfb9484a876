//! What processes are made from: templates, the monthly calculation index, codes of faults and reasons. All of it is
//! dated data of `data/participation`.

use akimat_core::{Money, Text};
use akimat_participation::process::{BallotRules, Category, CountRule, Formula, Needs, Phase, ProposalRules};
use jiff::civil::Date;
use serde::Deserialize;
use std::sync::LazyLock;

/// Where the rules of a template come from.
#[derive(Clone, Debug, Deserialize)]
pub struct Source {
    /// Name of the document.
    pub title: Text,
    /// Its address.
    pub href: String,
    /// Its day.
    pub dated: Date,
    /// Somebody compared the template with its text.
    pub verified: bool,
}

/// A process to begin from.
#[derive(Clone, Debug, Deserialize)]
pub struct Template {
    /// Its code.
    pub code: String,
    /// Name.
    pub title: Text,
    /// What is particular about it.
    pub summary: Text,
    /// Where it comes from.
    pub sources: Vec<Source>,
    /// What to beware of, and what of the original it leaves out.
    pub limits: Text,
    /// Phases and their days, one after another.
    pub calendar: Vec<(Phase, u16)>,
    /// How the money is divided.
    pub formula: Formula,
    /// Who may vote.
    pub voters: Needs,
    /// Who may propose.
    pub proposers: Needs,
    /// The ballot.
    pub ballot: BallotRules,
    /// The count.
    pub rule: CountRule,
    /// Limit of a project in monthly calculation indices.
    pub cap_indices: Option<u32>,
    /// What proposals may be about.
    pub categories: Vec<Category>,
    /// Terms and limits of proposals.
    pub proposals: ProposalRules,
}

/// The monthly calculation index of a year.
#[derive(Clone, Debug, Deserialize)]
pub struct Index {
    /// Year.
    pub year: i16,
    /// Tenge.
    pub tenge: i64,
    /// Law.
    pub basis: String,
}

/// A code with its name.
#[derive(Clone, Debug, Deserialize)]
pub struct Reason {
    /// The code.
    pub code: String,
    /// Its name.
    pub title: Text,
    /// Law or rule that it rests on; empty for faults of form.
    #[serde(default)]
    pub basis: String,
}

#[derive(Deserialize)]
struct Indices {
    indices: Vec<Index>,
}

#[derive(Deserialize)]
struct Grounds {
    faults: Vec<Reason>,
    grounds: Vec<Reason>,
}

macro_rules! file {
    ($name:literal) => {
        include_str!(concat!("../../../../data/participation/", $name))
    };
}

static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    [
        file!("templates/national.json"),
        file!("templates/equal-shares.json"),
        file!("templates/warsaw.json"),
        file!("templates/paris.json"),
        file!("templates/porto-alegre.json"),
    ]
    .into_iter()
    .map(|text| serde_json::from_str(text).expect("a test reads the file"))
    .collect()
});
static INDICES: LazyLock<Indices> =
    LazyLock::new(|| serde_json::from_str(file!("indices.json")).expect("a test reads the file"));
static GROUNDS: LazyLock<Grounds> =
    LazyLock::new(|| serde_json::from_str(file!("grounds.json")).expect("a test reads the file"));

/// Every template.
pub fn templates() -> &'static [Template] {
    &TEMPLATES
}

/// A template by its code.
pub fn template(code: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|one| one.code == code)
}

/// Faults of form.
pub fn faults() -> &'static [Reason] {
    &GROUNDS.faults
}

/// Reasons why a proposal cannot be built.
pub fn grounds() -> &'static [Reason] {
    &GROUNDS.grounds
}

/// The index of a year, or the last one known before.
pub fn index_of(year: i16) -> Option<&'static Index> {
    INDICES.indices.iter().filter(|index| index.year <= year).max_by_key(|index| index.year)
}

/// So many indices of a year in money.
pub fn indices_in_money(indices: u32, year: i16) -> Option<Money> {
    Money::from_tenge(index_of(year)?.tenge.checked_mul(i64::from(indices))?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn templates_are_whole() {
        let codes: BTreeSet<&str> = templates().iter().map(|one| one.code.as_str()).collect();
        assert_eq!(codes.len(), 5);
        for one in templates() {
            let phases: Vec<Phase> = one.calendar.iter().map(|(phase, _)| *phase).collect();
            let mut sorted = phases.clone();
            sorted.sort();
            sorted.dedup();
            assert_eq!(phases, sorted, "{}", one.code);
            assert!(!one.sources.is_empty() && !one.limits.kk.is_empty() && !one.limits.ru.is_empty());
            assert!(one.voters.level <= 3 && one.proposers.level <= 3);
        }
    }

    #[test]
    fn the_index_of_a_year_is_that_of_its_law() {
        assert_eq!(indices_in_money(20_000, 2020), Money::from_tenge(55_560_000));
        assert_eq!(indices_in_money(25_000, 2023), Money::from_tenge(86_250_000));
        assert_eq!(index_of(2031).map(|index| index.year), Some(2026));
        assert!(index_of(1999).is_none());
        assert!(faults().len() > 4 && grounds().iter().all(|one| !one.basis.is_empty()));
    }
}
