//! An exercise in dividing a budget: residents divide the money of a plan anew among its functional groups. It is
//! consultative and binds nobody; what it says is medians, means and their spread, and nothing below a least number.

use akimat_core::{KatoCode, Money, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Fewest participants of which anything is told.
pub const TOLD_MIN: u64 = 5;
/// Groups of an exercise at most.
pub const GROUPS_MAX: usize = 40;
/// Longest word of an address.
pub const CODE_CHARS_MAX: usize = 60;

/// Where an exercise stands, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExerciseState {
    /// Being prepared; only the office sees it.
    Draft,
    /// Residents take part.
    Open,
    /// Over; its result is published.
    Closed,
}

impl ExerciseState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Open, Self::Closed];

    /// The name in tables and catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// A functional group with what the plan gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Code of the classification.
    pub code: String,
    /// Name.
    pub title: Text,
    /// The plan today.
    pub planned: Money,
}

/// An exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exercise {
    /// Identifier.
    pub id: Uuid,
    /// Territory.
    pub place: KatoCode,
    /// The word in its address.
    pub code: String,
    /// Year of the budget.
    pub year: i16,
    /// Name.
    pub title: Text,
    /// What it asks.
    pub summary: Text,
    /// Made of invented data.
    pub invented: bool,
    /// Where it stands.
    pub state: ExerciseState,
    /// The budget from which the groups are.
    pub budget: Uuid,
    /// What residents write their amounts in: a whole number of these. Every planned amount is one.
    pub unit: Money,
    /// The groups in the order of the classification.
    pub groups: Vec<Group>,
    /// Until when it is planned to be open.
    pub until: Timestamp,
    /// What came out, once it is closed.
    #[serde(default)]
    pub result: Option<Outcome>,
    /// Raised by one with every change.
    pub edit: u32,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// How the participants divided the money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Participants.
    pub n: u64,
    /// One line a group, in their order; empty where fewer than [`TOLD_MIN`] took part.
    pub lines: Vec<OutcomeLine>,
    /// SHA-256 of the published file of divisions; empty where there is none.
    pub file_sha256: String,
    /// When it was closed.
    pub at: Timestamp,
}

/// What participants gave a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeLine {
    /// Half gave no more, half no less. Medians of groups need not make the total together.
    pub median: Money,
    /// The mean; means make the total exactly.
    pub mean: Money,
    /// A quarter gave no more.
    pub low: Money,
    /// A quarter gave no less.
    pub high: Money,
}

/// Why a division is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DivisionFault {
    /// Another number of groups.
    #[error("{have} amounts for {need} groups")]
    Groups {
        /// Amounts given.
        have: usize,
        /// Groups.
        need: usize,
    },
    /// More or less than there is, in units.
    #[error("the amounts differ from the total by {by} units")]
    Balance {
        /// What was given beyond the total; negative: what is left to give.
        by: i64,
    },
}

impl Exercise {
    /// All the money in units.
    pub fn total_units(&self) -> i64 {
        self.groups.iter().map(|group| self.units(group.planned)).sum()
    }

    /// An amount in units.
    pub fn units(&self, amount: Money) -> i64 {
        amount.tiyn().checked_div(self.unit.tiyn()).unwrap_or(0)
    }

    /// Units as money.
    pub fn money(&self, units: i64) -> Money {
        Money::from_tiyn(units.saturating_mul(self.unit.tiyn()))
    }

    /// Whether residents take part now: it was opened, and its term runs.
    pub fn open(&self, now: Timestamp) -> bool {
        self.state == ExerciseState::Open && now < self.until
    }

    /// Checks a division: it gives out all the money, no more and no less.
    ///
    /// # Errors
    /// [`DivisionFault`].
    pub fn check(&self, units: &[u32]) -> Result<(), DivisionFault> {
        if units.len() != self.groups.len() {
            return Err(DivisionFault::Groups { have: units.len(), need: self.groups.len() });
        }
        let given: i64 = units.iter().map(|one| i64::from(*one)).sum();
        let by = given - self.total_units();
        if by == 0 { Ok(()) } else { Err(DivisionFault::Balance { by }) }
    }

    /// What the divisions say together, group by group; nothing where fewer than [`TOLD_MIN`] took part.
    ///
    /// # Source
    /// Median and quartiles by the nearest rank from both sides, the two middle values halved; means rounded to a tiyn by
    /// largest remainders, so that they make the total: docs/method/allocation-exercise.md.
    pub fn outcome_lines(&self, divisions: &[Vec<u32>]) -> Vec<OutcomeLine> {
        let n = divisions.len();
        if (n as u64) < TOLD_MIN {
            return Vec::new();
        }
        let column = |at: usize| -> Vec<i64> {
            let mut all: Vec<i64> =
                divisions.iter().map(|one| one.get(at).copied().map_or(0, i64::from)).collect();
            all.sort_unstable();
            all
        };
        let columns: Vec<Vec<i64>> = (0..self.groups.len()).map(column).collect();
        let means = self.means(&columns, n);
        let line = |(column, mean): (&Vec<i64>, Money)| OutcomeLine {
            median: self.between(column, 2),
            mean,
            low: self.between(column, 4),
            high: self.between_above(column),
        };
        columns.iter().zip(means).map(line).collect()
    }

    /// The value below which one part of `parts` lies: the middle of the two ranks around it.
    fn between(&self, sorted: &[i64], parts: usize) -> Money {
        let n = sorted.len();
        let (low, high) = ((n - 1) / parts, n / parts);
        self.half(sorted[low.min(n - 1)], sorted[high.min(n - 1)])
    }

    fn between_above(&self, sorted: &[i64]) -> Money {
        let n = sorted.len();
        let (low, high) = (n - 1 - n / 4, n - 1 - (n - 1) / 4);
        self.half(sorted[low.min(n - 1)], sorted[high.min(n - 1)])
    }

    fn half(&self, a: i64, b: i64) -> Money {
        Money::from_tiyn((a + b).saturating_mul(self.unit.tiyn()) / 2)
    }

    fn means(&self, columns: &[Vec<i64>], n: usize) -> Vec<Money> {
        let n = i128::try_from(n).unwrap_or(1).max(1);
        let sums: Vec<i128> = columns
            .iter()
            .map(|column| {
                column.iter().map(|one| i128::from(*one)).sum::<i128>() * i128::from(self.unit.tiyn())
            })
            .collect();
        let mut given: Vec<i128> = sums.iter().map(|sum| sum / n).collect();
        let total: i128 = sums.iter().sum::<i128>() / n;
        let mut order: Vec<usize> = (0..sums.len()).collect();
        order.sort_by_key(|at| (std::cmp::Reverse(sums[*at] % n), *at));
        let left = usize::try_from(total - given.iter().sum::<i128>()).unwrap_or(0);
        for at in order.into_iter().take(left) {
            given[at] += 1;
        }
        given.into_iter().map(|one| Money::from_tiyn(i64::try_from(one).unwrap_or(i64::MAX))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exercise(planned: &[i64]) -> Exercise {
        let group = |(at, units): (usize, &i64)| Group {
            code: format!("{at:02}"),
            title: Text::same("x"),
            planned: Money::from_tiyn(units * 100),
        };
        Exercise {
            id: Uuid::nil(),
            place: KatoCode::from_number(990_100_000).unwrap(),
            code: "x".to_owned(),
            year: 2027,
            title: Text::same("x"),
            summary: Text::same("x"),
            invented: true,
            state: ExerciseState::Open,
            budget: Uuid::nil(),
            unit: Money::from_tiyn(100),
            groups: planned.iter().enumerate().map(group).collect(),
            until: Timestamp::from_second(100).unwrap(),
            result: None,
            edit: 1,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_division_gives_out_exactly_what_there_is() {
        let exercise = exercise(&[10, 20, 30]);
        let cases: [(&[u32], Result<(), DivisionFault>); 6] = [
            (&[10, 20, 30], Ok(())),
            (&[0, 0, 60], Ok(())),
            (&[10, 20, 31], Err(DivisionFault::Balance { by: 1 })),
            (&[0, 0, 0], Err(DivisionFault::Balance { by: -60 })),
            (&[u32::MAX, u32::MAX, 0], Err(DivisionFault::Balance { by: 2 * i64::from(u32::MAX) - 60 })),
            (&[60], Err(DivisionFault::Groups { have: 1, need: 3 })),
        ];
        for (units, due) in cases {
            assert_eq!(exercise.check(units), due, "{units:?}");
        }
    }

    #[test]
    fn four_participants_are_not_told_and_five_are() {
        let exercise = exercise(&[10, 20]);
        let divisions: Vec<Vec<u32>> = (0..4).map(|n| vec![10 + n, 20 - n]).collect();
        assert!(exercise.outcome_lines(&divisions).is_empty());
        let five: Vec<Vec<u32>> = [5, 10, 10, 20, 30].map(|n| vec![n, 30 - n]).into();
        let lines = exercise.outcome_lines(&five);
        let tiyn =
            |pick: fn(&OutcomeLine) -> Money| lines.iter().map(|one| pick(one).tiyn()).collect::<Vec<_>>();
        assert_eq!(tiyn(|one| one.median), [1_000, 2_000]);
        assert_eq!(tiyn(|one| one.mean), [1_500, 1_500]);
        assert_eq!(tiyn(|one| one.low), [1_000, 1_000]);
        assert_eq!(tiyn(|one| one.high), [2_000, 2_000]);
    }

    #[test]
    fn means_make_the_total_whatever_is_given() {
        let exercise = exercise(&[7, 7, 7]);
        for seed in 1..60_u32 {
            let divisions: Vec<Vec<u32>> = (0..7)
                .map(|n| {
                    let a = (seed * 5 + n * 3) % 22;
                    let b = (seed + n * 7) % (22 - a);
                    vec![a, b, 21 - a - b]
                })
                .collect();
            assert!(divisions.iter().all(|one| exercise.check(one).is_ok()));
            let lines = exercise.outcome_lines(&divisions);
            let sum: i64 = lines.iter().map(|line| line.mean.tiyn()).sum();
            assert_eq!(sum, 2_100, "{divisions:?}");
            assert!(lines.iter().all(|line| line.low <= line.median && line.median <= line.high));
        }
    }
}
