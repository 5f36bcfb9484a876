//! Assemblies of residents: how many delegates a meeting elects, and how need is weighed when money is divided among
//! districts. Both rules are data with their source; nothing of them is written here.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Longest words about where a meeting was, and longest address of its minutes.
pub const WORDS_CHARS_MAX: usize = 300;

/// So many participants elect one delegate, up to a number of participants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bracket {
    /// Up to so many participants; `None`: all the others.
    pub upto: Option<u32>,
    /// One delegate for each so many.
    pub each: u32,
}

/// Delegates of a meeting: each bracket counts the participants that lie in it, and whole delegates only.
pub fn delegates(brackets: &[Bracket], participants: u32) -> u32 {
    let (mut total, mut below) = (0, 0);
    for bracket in brackets {
        let upto = bracket.upto.unwrap_or(u32::MAX).max(below);
        let inside = participants.min(upto).saturating_sub(below);
        total += inside.checked_div(bracket.each).unwrap_or(0);
        below = upto;
    }
    total
}

/// From this value on so many points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// The least value.
    pub from: u64,
    /// Points.
    pub points: u32,
}

/// A criterion: its weight and its grades, ascending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// By what the points are multiplied.
    pub weight: u32,
    /// The grades.
    pub grades: Vec<Grade>,
}

impl Criterion {
    /// Points of a value, before they are weighed.
    pub fn points(&self, value: u64) -> u32 {
        self.grades.iter().rev().find(|grade| value >= grade.from).map_or(0, |grade| grade.points)
    }
}

/// How need is weighed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedRule {
    /// By the share of people who lack the service, per cent.
    pub lack: Criterion,
    /// By people.
    pub population: Criterion,
    /// By the priority that the assembly gave: 4 for the first, 1 for the fourth, 0 for none.
    pub priority: Criterion,
}

/// What is known about a district.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeedFacts {
    /// Code of the envelope.
    pub envelope: String,
    /// Share of people who lack the service, per cent.
    pub lack_pct: u8,
    /// People.
    pub population: u64,
    /// Rank that the assembly gave, 1 to 4; 0 for none.
    pub rank: u8,
}

impl NeedRule {
    /// Points of a district: each criterion and the sum, weighed.
    pub fn points(&self, facts: &NeedFacts) -> ([u32; 3], u32) {
        let priority = if (1..=4).contains(&facts.rank) { u64::from(5 - facts.rank) } else { 0 };
        let each = [
            self.lack.points(u64::from(facts.lack_pct)),
            self.population.points(facts.population),
            self.priority.points(priority),
        ];
        let weights = [self.lack.weight, self.population.weight, self.priority.weight];
        (each, each.iter().zip(weights).map(|(points, weight)| points * weight).sum())
    }
}

/// A meeting that was held, as the office registered it. Who took part and who was elected stands in its minutes, not here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assembly {
    /// Its number in the process.
    pub number: u32,
    /// Code of the envelope whose residents met; empty: all.
    pub envelope: String,
    /// The day.
    pub held_on: Date,
    /// Where, in words.
    pub site: String,
    /// Participants by the list of those present.
    pub participants: u32,
    /// Delegates that were elected.
    pub delegates: u32,
    /// Where the minutes are published.
    pub minutes: String,
    /// The office that registered it.
    pub by: String,
    /// When it was registered.
    pub at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRACKETS: [Bracket; 4] = [
        Bracket { upto: Some(100), each: 10 },
        Bracket { upto: Some(250), each: 20 },
        Bracket { upto: Some(400), each: 30 },
        Bracket { upto: None, each: 40 },
    ];

    #[test]
    fn delegates_follow_from_participants() {
        for (participants, due) in [
            (0, 0),
            (9, 0),
            (10, 1),
            (99, 9),
            (100, 10),
            (119, 10),
            (120, 11),
            (250, 17),
            (400, 22),
            (440, 23),
        ] {
            assert_eq!(delegates(&BRACKETS, participants), due, "{participants}");
        }
        assert_eq!(delegates(&[], 500), 0);
        assert_eq!(delegates(&[Bracket { upto: None, each: 0 }], 500), 0);
        let mut last = 0;
        for participants in 0..2_000 {
            let now = delegates(&BRACKETS, participants);
            assert!(now >= last && now <= last + 1, "more people never elect fewer");
            last = now;
        }
    }

    #[test]
    fn need_is_points_times_weights() {
        let grades = |from: [u64; 4]| (1..).zip(from).map(|(points, from)| Grade { from, points }).collect();
        let rule = NeedRule {
            lack: Criterion { weight: 4, grades: grades([0, 15, 51, 76]) },
            population: Criterion { weight: 2, grades: grades([0, 25_000, 45_000, 90_000]) },
            priority: Criterion { weight: 5, grades: grades([1, 2, 3, 4]) },
        };
        let facts =
            |lack_pct, population, rank| NeedFacts { envelope: "a".to_owned(), lack_pct, population, rank };
        for (facts, due) in [
            (facts(80, 100_000, 1), ([4, 4, 4], 44)),
            (facts(15, 24_999, 4), ([2, 1, 1], 15)),
            (facts(0, 0, 0), ([1, 1, 0], 6)),
            (facts(50, 45_000, 9), ([2, 3, 0], 14)),
        ] {
            assert_eq!(rule.points(&facts), due, "{facts:?}");
        }
    }
}
