//! Why each candidate is in or out, as data. Every statement is literally true of the plan beside it
//! and is tested so; the sentences live in the catalogues.

use crate::envelope::problem::Candidate;
use crate::envelope::program::{Plan, Program, fits};
use crate::envelope::rank::{Rate, rate};
use crate::envelope::score::Assessment;
use akimat_core::Money;
use serde::{Deserialize, Serialize};

/// What is said about one candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The candidate.
    pub key: String,
    /// Whether it is in the plan.
    pub chosen: bool,
    /// Why.
    pub reason: Reason,
    /// For a candidate that is out but could be in: what taking it in would cost. `None` where that is
    /// impossible or was not computed.
    pub price: Option<Price>,
}

/// Points lost when a rejected candidate is forced in and the rest is chosen anew as well as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "price", rename_all = "snake_case")]
pub enum Price {
    /// Exactly this. Zero: an equally good plan contains it.
    Exact {
        /// Points.
        points: u64,
    },
    /// Somewhere between; a plan that loses `at_most` is known.
    Between {
        /// Points.
        at_least: u64,
        /// Points.
        at_most: u64,
    },
}

/// Another candidate, for comparison.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competitor {
    /// The candidate.
    pub key: String,
    /// Its benefit per tenge.
    pub rate: Rate,
}

/// Why a candidate is in or out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// In: it is part of the plan with the most points.
    Funded {
        /// Its benefit per tenge.
        rate: Rate,
        /// Its place by benefit per tenge, from 1.
        rank: usize,
        /// How many candidates are ranked.
        of: usize,
    },
    /// In: a running contract or a duty by law.
    Mandatory,
    /// Out: a responsible person ruled it out.
    BarredByPerson,
    /// Out: scores are missing.
    OutNotAssessable {
        /// Criteria without a score.
        missing: Vec<String>,
    },
    /// Out: it has no points, so money spent on it would add nothing.
    OutNoBenefit,
    /// Out: it alone costs more than a year's whole envelope.
    OutLargerThanEnvelope {
        /// The year.
        year: i16,
        /// What it costs in that year.
        needs: Money,
        /// The year's envelope.
        envelope: Money,
    },
    /// Out: the mandatory projects leave less of a year's envelope than it costs.
    OutMandatoryLeaveTooLittle {
        /// The year.
        year: i16,
        /// What it costs in that year.
        needs: Money,
        /// Envelope minus mandatory projects.
        left: Money,
    },
    /// Out: only one project of its group can be in, and another one is.
    OutExclusion {
        /// The group.
        group: String,
        /// The one that is in.
        by: String,
    },
    /// Out: the plan leaves less of a year's envelope than it costs, and every optional project funded
    /// in that year has at least its benefit per tenge.
    OutEnvelopeSpent {
        /// The year; where several years are too short, the one that lacks most.
        year: i16,
        /// What it costs in that year.
        needs: Money,
        /// What the plan leaves of that year.
        left: Money,
        /// Its benefit per tenge.
        rate: Rate,
        /// The lowest ranked optional project funded in that year.
        weakest: Competitor,
        /// Whether that one has exactly the same benefit per tenge, not more.
        equal: bool,
    },
    /// Out, although its benefit per tenge is higher than that of a funded project: it does not fit
    /// beside the others, and no exchange is known to bring more points. The verdict's price says what
    /// taking it in costs, where that was computed.
    OutDoesNotFit {
        /// The year; where several years are too short, the one that lacks most.
        year: i16,
        /// What it costs in that year.
        needs: Money,
        /// What the plan leaves of that year.
        left: Money,
        /// Its benefit per tenge.
        rate: Rate,
        /// The lowest ranked optional project funded in that year.
        weakest: Competitor,
    },
    /// Out: an equally good plan contains it; the tie rule prefers this plan. It does not fit beside
    /// the chosen ones.
    OutEqualPlan {
        /// The year; where several years are too short, the one that lacks most.
        year: i16,
        /// What it costs in that year.
        needs: Money,
        /// What the plan leaves of that year.
        left: Money,
        /// Its benefit per tenge.
        rate: Rate,
    },
}

impl Price {
    pub(crate) fn between(at_least: i64, at_most: i64) -> Self {
        let points = |value: i64| u64::try_from(value).unwrap_or(0);
        if at_least >= at_most {
            Self::Exact { points: points(at_most) }
        } else {
            Self::Between { at_least: points(at_least), at_most: points(at_most) }
        }
    }

    /// Whether the price is known exactly.
    pub const fn is_exact(self) -> bool {
        matches!(self, Self::Exact { .. })
    }

    /// The price is not below this.
    pub const fn at_least(self) -> u64 {
        match self {
            Self::Exact { points } => points,
            Self::Between { at_least, .. } => at_least,
        }
    }
}

/// One verdict per candidate, in the problem's order.
pub(crate) fn verdicts(program: &Program<'_>, plan: &Plan, prices: &[Option<Price>]) -> Vec<Verdict> {
    let candidates = program.problem.candidates();
    let mandatory: Vec<bool> = candidates.iter().map(|candidate| candidate.mandatory).collect();
    let case = Case { program, plan, left: program.left(&plan.chosen), free: program.left(&mandatory) };
    let verdict = |index: usize| Verdict {
        key: candidates[index].key.clone(),
        chosen: plan.chosen[index],
        reason: case.reason(index, prices[index]),
        price: prices[index],
    };
    (0..candidates.len()).map(verdict).collect()
}

struct Case<'a> {
    program: &'a Program<'a>,
    plan: &'a Plan,
    /// Envelope minus the plan, by year.
    left: Vec<Money>,
    /// Envelope minus the mandatory candidates, by year.
    free: Vec<Money>,
}

impl Case<'_> {
    fn reason(&self, index: usize, price: Option<Price>) -> Reason {
        let problem = self.program.problem;
        let candidate = &problem.candidates()[index];
        if candidate.mandatory {
            return Reason::Mandatory;
        }
        if candidate.barred {
            return Reason::BarredByPerson;
        }
        if let Assessment::Missing { missing } = &candidate.assessment {
            return Reason::OutNotAssessable { missing: missing.clone() };
        }
        let (Some(rate), Some(rank)) = (rate(candidate), self.program.ranking.place[index]) else {
            return Reason::OutNoBenefit;
        };
        if self.plan.chosen[index] {
            return Reason::Funded { rate, rank, of: self.program.ranking.order.len() };
        }
        self.out(candidate, rate, price)
    }

    /// Why a candidate with points is out.
    fn out(&self, candidate: &Candidate, rate: Rate, price: Option<Price>) -> Reason {
        if let Some((year, needs, envelope)) = self.shortage(candidate, self.program.problem.envelope()) {
            return Reason::OutLargerThanEnvelope { year: self.year(year), needs, envelope };
        }
        if let Some((year, needs, left)) = self.shortage(candidate, &self.free) {
            return Reason::OutMandatoryLeaveTooLittle { year: self.year(year), needs, left };
        }
        if let Some(group) = &candidate.exclusive_group {
            let mut members = self.program.members(&self.plan.chosen);
            if let Some(by) = members.find(|other| other.exclusive_group.as_ref() == Some(group)) {
                return Reason::OutExclusion { group: group.clone(), by: by.key.clone() };
            }
        }
        let (index, needs, left) =
            self.shortage(candidate, &self.left).expect("a plan is filled up with whatever fits");
        let year = self.year(index);
        if price == Some(Price::Exact { points: 0 }) {
            return Reason::OutEqualPlan { year, needs, left, rate };
        }
        let weakest = self.weakest(index).expect("without optional projects in that year it would fit");
        if weakest.rate < rate {
            return Reason::OutDoesNotFit { year, needs, left, rate, weakest };
        }
        let equal = weakest.rate == rate;
        Reason::OutEnvelopeSpent { year, needs, left, rate, weakest, equal }
    }

    /// The year (by index) in which the candidate lacks most, with its cost and the amount there.
    fn shortage(&self, candidate: &Candidate, amounts: &[Money]) -> Option<(usize, Money, Money)> {
        if fits(candidate, amounts) {
            return None;
        }
        let lacks = |index: &usize| {
            let lack = i128::from(candidate.cost[*index].tiyn()) - i128::from(amounts[*index].tiyn());
            (lack, std::cmp::Reverse(*index))
        };
        let index = (0..amounts.len()).max_by_key(lacks)?;
        Some((index, candidate.cost[index], amounts[index]))
    }

    /// The lowest ranked optional candidate that the plan pays for in a year.
    fn weakest(&self, year: usize) -> Option<Competitor> {
        let candidates = self.program.problem.candidates();
        let pays = |index: &&usize| {
            let candidate = &candidates[**index];
            self.plan.chosen[**index] && !candidate.mandatory && candidate.cost[year] > Money::ZERO
        };
        let index = *self.program.ranking.order.iter().rev().find(pays)?;
        Some(Competitor { key: candidates[index].key.clone(), rate: rate(&candidates[index])? })
    }

    fn year(&self, index: usize) -> i16 {
        self.program.problem.years()[index]
    }
}
