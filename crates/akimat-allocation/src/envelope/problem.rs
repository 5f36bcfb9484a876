//! What is asked: years, the envelope of each year, and the candidates.

use crate::envelope::score::Assessment;
use akimat_core::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The most candidates one problem can hold.
pub const CANDIDATES_MAX: usize = 10_000;
/// The most years one problem can hold.
pub const YEARS_MAX: usize = 30;
/// The most points one candidate can have; ten thousand of them still sum exactly, also in the
/// solver's arithmetic.
pub const BENEFIT_MAX: u64 = 10_000_000_000;

/// One project that could be funded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Its name in this problem, unique.
    pub key: String,
    /// Its points, or why it has none.
    pub assessment: Assessment,
    /// What it costs in each year of the problem, in the same order; never negative.
    pub cost: Vec<Money>,
    /// A running contract or a duty by law: it is in, whatever its points.
    pub mandatory: bool,
    /// A responsible person has ruled it out.
    pub barred: bool,
    /// At most one candidate of a group can be in (two designs of one school).
    pub exclusive_group: Option<String>,
}

/// A checked problem.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    years: Vec<i16>,
    envelope: Vec<Money>,
    candidates: Vec<Candidate>,
}

/// Why given data are not a problem that can be solved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum ProblemFault {
    /// There is no year.
    #[error("there is no year")]
    NoYears,
    /// More than [`YEARS_MAX`] years.
    #[error("{count} years are too many")]
    TooManyYears {
        /// How many were given.
        count: usize,
    },
    /// The years do not rise.
    #[error("the year {year} does not come after the one before it")]
    YearsNotRising {
        /// The year out of order.
        year: i16,
    },
    /// The envelope has another number of years.
    #[error("{years} years but {amounts} amounts in the envelope")]
    EnvelopeLength {
        /// Years.
        years: usize,
        /// Amounts.
        amounts: usize,
    },
    /// The envelope of a year is negative.
    #[error("the envelope of {year} is negative")]
    EnvelopeNegative {
        /// The year.
        year: i16,
    },
    /// More than [`CANDIDATES_MAX`] candidates.
    #[error("{count} candidates are too many")]
    TooManyCandidates {
        /// How many were given.
        count: usize,
    },
    /// A candidate has no key.
    #[error("candidate {position} has no key")]
    KeyMissing {
        /// Its place in the list, from 1.
        position: usize,
    },
    /// Two candidates share a key.
    #[error("the key {key:?} is used twice")]
    KeyTwice {
        /// The key.
        key: String,
    },
    /// A candidate's costs have another number of years.
    #[error("{key:?} has costs for {amounts} years, not {years}")]
    CostLength {
        /// The candidate.
        key: String,
        /// Years of the problem.
        years: usize,
        /// Amounts given.
        amounts: usize,
    },
    /// A cost is negative.
    #[error("the cost of {key:?} in {year} is negative")]
    CostNegative {
        /// The candidate.
        key: String,
        /// The year.
        year: i16,
    },
    /// A candidate has more than [`BENEFIT_MAX`] points.
    #[error("{key:?} has too many points")]
    BenefitTooLarge {
        /// The candidate.
        key: String,
    },
    /// A candidate is mandatory and barred at once.
    #[error("{key:?} is mandatory and barred at once")]
    MandatoryAndBarred {
        /// The candidate.
        key: String,
    },
    /// A group has an empty name.
    #[error("the exclusive group of {key:?} has no name")]
    GroupMissing {
        /// The candidate.
        key: String,
    },
    /// All costs, or all envelopes, together pass 92 quadrillion tenge.
    #[error("the amounts together are too large")]
    SumTooLarge,
}

impl Problem {
    /// Checks lengths, signs, names, sizes and sums.
    ///
    /// # Errors
    /// Every [`ProblemFault`] found, in the order of the data.
    pub fn new(
        years: Vec<i16>,
        envelope: Vec<Money>,
        candidates: Vec<Candidate>,
    ) -> Result<Self, Vec<ProblemFault>> {
        if candidates.len() > CANDIDATES_MAX {
            return Err(vec![ProblemFault::TooManyCandidates { count: candidates.len() }]);
        }
        let mut faults = year_faults(&years, &envelope);
        let mut keys = BTreeSet::new();
        for (index, candidate) in candidates.iter().enumerate() {
            if candidate.key.trim().is_empty() {
                faults.push(ProblemFault::KeyMissing { position: index + 1 });
            } else if !keys.insert(candidate.key.as_str()) {
                faults.push(ProblemFault::KeyTwice { key: candidate.key.clone() });
            }
            faults.extend(candidate_faults(candidate, &years));
        }
        let costs = candidates.iter().flat_map(|candidate| candidate.cost.iter().copied());
        if Money::checked_sum(costs).is_none() || Money::checked_sum(envelope.iter().copied()).is_none() {
            faults.push(ProblemFault::SumTooLarge);
        }
        if faults.is_empty() { Ok(Self { years, envelope, candidates }) } else { Err(faults) }
    }

    /// The years, rising.
    pub fn years(&self) -> &[i16] {
        &self.years
    }

    /// The envelope of each year.
    pub fn envelope(&self) -> &[Money] {
        &self.envelope
    }

    /// The candidates in the order given.
    pub fn candidates(&self) -> &[Candidate] {
        &self.candidates
    }

    /// What a candidate costs over all years.
    pub fn total_cost(candidate: &Candidate) -> Money {
        Money::checked_sum(candidate.cost.iter().copied())
            .expect("the constructor checked the sum of all costs")
    }
}

fn year_faults(years: &[i16], envelope: &[Money]) -> Vec<ProblemFault> {
    let mut faults = Vec::new();
    if years.is_empty() {
        faults.push(ProblemFault::NoYears);
    }
    if years.len() > YEARS_MAX {
        faults.push(ProblemFault::TooManyYears { count: years.len() });
    }
    for pair in years.windows(2) {
        if pair[1] <= pair[0] {
            faults.push(ProblemFault::YearsNotRising { year: pair[1] });
        }
    }
    if years.len() != envelope.len() {
        faults.push(ProblemFault::EnvelopeLength { years: years.len(), amounts: envelope.len() });
    }
    for (year, amount) in years.iter().zip(envelope) {
        if amount.tiyn() < 0 {
            faults.push(ProblemFault::EnvelopeNegative { year: *year });
        }
    }
    faults
}

fn candidate_faults(candidate: &Candidate, years: &[i16]) -> Vec<ProblemFault> {
    let mut faults = Vec::new();
    let key = || candidate.key.clone();
    if candidate.cost.len() != years.len() {
        faults.push(ProblemFault::CostLength {
            key: key(),
            years: years.len(),
            amounts: candidate.cost.len(),
        });
    }
    for (year, amount) in years.iter().zip(&candidate.cost) {
        if amount.tiyn() < 0 {
            faults.push(ProblemFault::CostNegative { key: key(), year: *year });
        }
    }
    if candidate.assessment.benefit().is_some_and(|benefit| benefit > BENEFIT_MAX) {
        faults.push(ProblemFault::BenefitTooLarge { key: key() });
    }
    if candidate.mandatory && candidate.barred {
        faults.push(ProblemFault::MandatoryAndBarred { key: key() });
    }
    if candidate.exclusive_group.as_ref().is_some_and(|group| group.trim().is_empty()) {
        faults.push(ProblemFault::GroupMissing { key: key() });
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(key: &str, cost: &[i64]) -> Candidate {
        Candidate {
            key: key.to_owned(),
            assessment: Assessment::Scored { benefit: 1 },
            cost: cost.iter().map(|tiyn| Money::from_tiyn(*tiyn)).collect(),
            mandatory: false,
            barred: false,
            exclusive_group: None,
        }
    }

    fn check(years: &[i16], envelope: &[i64], candidates: Vec<Candidate>, expect: &[&str]) {
        let envelope = envelope.iter().map(|tiyn| Money::from_tiyn(*tiyn)).collect();
        let got = Problem::new(years.to_vec(), envelope, candidates);
        let got: Vec<String> = got.err().unwrap_or_default().iter().map(ToString::to_string).collect();
        assert_eq!(got, expect);
    }

    #[test]
    fn faults_are_data() {
        check(&[2027, 2028], &[1, 1], vec![candidate("a", &[1, 0])], &[]);
        check(&[], &[], vec![], &["there is no year"]);
        check(&[2028, 2027], &[1, 1], vec![], &["the year 2027 does not come after the one before it"]);
        check(&[2027], &[1, 2], vec![], &["1 years but 2 amounts in the envelope"]);
        check(&[2027], &[-1], vec![], &["the envelope of 2027 is negative"]);
        check(&[2027], &[1], vec![candidate("a", &[])], &["\"a\" has costs for 0 years, not 1"]);
        check(&[2027], &[1], vec![candidate("a", &[-1])], &["the cost of \"a\" in 2027 is negative"]);
        check(
            &[2027],
            &[1],
            vec![candidate("a", &[1]), candidate("a", &[1])],
            &["the key \"a\" is used twice"],
        );
        check(&[2027], &[1], vec![candidate("", &[1])], &["candidate 1 has no key"]);
        let huge = vec![candidate("a", &[i64::MAX]), candidate("b", &[1])];
        check(&[2027], &[1], huge, &["the amounts together are too large"]);
        check(&[2027], &[1], vec![candidate("a", &[1]); 10_001], &["10001 candidates are too many"]);
        let mut both = candidate("a", &[1]);
        both.mandatory = true;
        both.barred = true;
        both.assessment = Assessment::Scored { benefit: u64::MAX };
        both.exclusive_group = Some(String::new());
        check(
            &[2027],
            &[1],
            vec![both],
            &[
                "\"a\" has too many points",
                "\"a\" is mandatory and barred at once",
                "the exclusive group of \"a\" has no name",
            ],
        );
    }
}
