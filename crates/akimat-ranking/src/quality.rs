//! How good the data of a project are, from 0 to 100, and whether a machine may recommend it.
//!
//! Completeness, plausibility, freshness, evidence and consistency, each with its share of the points. The shares and
//! the two borders are dated parameters, not part of this code.

use serde::{Deserialize, Serialize};

/// The parameters of the score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// From which day they hold, ISO 8601.
    pub valid_from: String,
    /// Where they are stated.
    pub source: String,
    /// Points for complete fields.
    pub completeness: f64,
    /// Points for figures that are plausible.
    pub plausibility: f64,
    /// Points for fresh figures.
    pub freshness: f64,
    /// Points for evidence.
    pub evidence: f64,
    /// Points for agreement across systems.
    pub consistency: f64,
    /// Days after which freshness has fallen to `1/e`.
    pub half_life_days: f64,
    /// Below this score a project is not eligible for an automatic recommendation.
    pub eligible_from: f64,
    /// From this score on its range is not widened.
    pub sure_from: f64,
    /// Fields that a complete record has, with their weights.
    pub fields: Vec<(String, f64)>,
}

/// One thing that was looked at: a field, a rule, a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Look {
    /// Its code.
    pub code: String,
    /// What was found; `None` when it could not be looked at.
    pub passed: Option<bool>,
}

/// What is known of a record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Fields, by the codes of the rules.
    pub fields: Vec<Look>,
    /// Rules of plausibility.
    pub plausibility: Vec<Look>,
    /// Days since the last verified change; `None` when unknown.
    pub age_days: Option<f64>,
    /// A document is attached; another body has reviewed it.
    pub evidence: Vec<Look>,
    /// Figures that stand in two systems and agree.
    pub consistency: Vec<Look>,
}

/// Whether a machine may recommend a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Eligibility {
    /// No: people must look at the data first.
    No,
    /// Yes, with its range widened by the spread of its class.
    Widened,
    /// Yes.
    Yes,
}

impl Eligibility {
    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Widened => "widened",
            Self::Yes => "yes",
        }
    }
}

/// One part of the score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Part {
    /// `completeness`, `plausibility`, `freshness`, `evidence` or `consistency`.
    pub code: &'static str,
    /// Points.
    pub points: f64,
    /// Points that can be had.
    pub most: f64,
    /// What is wanting or failed, by code.
    pub failed: Vec<String>,
    /// What could not be looked at, by code.
    pub unknown: Vec<String>,
}

/// The score with its parts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Quality {
    /// The parts; their points sum to the score.
    pub parts: Vec<Part>,
    /// From 0 to 100.
    pub score: f64,
    /// What follows from it.
    pub eligibility: Eligibility,
}

/// Scores a record.
pub fn quality(rules: &Rules, record: &Record) -> Quality {
    let weight = |code: &str| rules.fields.iter().find(|(field, _)| field == code).map_or(0.0, |(_, w)| *w);
    let fields: Vec<(f64, &Look)> = record.fields.iter().map(|look| (weight(&look.code), look)).collect();
    let alike = |looks: &'static str, list: &[Look], most: f64| {
        part(looks, most, &list.iter().map(|look| (1.0, look)).collect::<Vec<_>>())
    };
    let fresh = record.age_days.map_or(0.0, |age| (-age.max(0.0) / rules.half_life_days).exp());
    let unknown = if record.age_days.is_none() { vec!["age".to_owned()] } else { Vec::new() };
    let parts = vec![
        part("completeness", rules.completeness, &fields),
        alike("plausibility", &record.plausibility, rules.plausibility),
        Part {
            code: "freshness",
            points: rules.freshness * fresh,
            most: rules.freshness,
            failed: Vec::new(),
            unknown,
        },
        alike("evidence", &record.evidence, rules.evidence),
        alike("consistency", &record.consistency, rules.consistency),
    ];
    let score = parts.iter().map(|part| part.points).sum();
    let eligibility = if score < rules.eligible_from {
        Eligibility::No
    } else if score < rules.sure_from {
        Eligibility::Widened
    } else {
        Eligibility::Yes
    };
    Quality { parts, score, eligibility }
}

/// The share of what passed among what could be looked at; nothing that could be looked at gives no points.
fn part(code: &'static str, most: f64, looks: &[(f64, &Look)]) -> Part {
    let sum = |wanted: fn(&Look) -> bool| -> f64 {
        looks.iter().filter(|(_, look)| wanted(look)).map(|(weight, _)| weight).sum()
    };
    let seen = sum(|look| look.passed.is_some());
    let passed = sum(|look| look.passed == Some(true));
    let codes = |state: Option<bool>| {
        looks.iter().filter(|(_, look)| look.passed == state).map(|(_, look)| look.code.clone()).collect()
    };
    let points = if seen > 0.0 { most * passed / seen } else { 0.0 };
    Part { code, points, most, failed: codes(Some(false)), unknown: codes(None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules {
            valid_from: "2026-01-01".to_owned(),
            source: String::new(),
            completeness: 35.0,
            plausibility: 25.0,
            freshness: 15.0,
            evidence: 15.0,
            consistency: 10.0,
            half_life_days: 180.0,
            eligible_from: 50.0,
            sure_from: 70.0,
            fields: vec![("cost".to_owned(), 3.0), ("place".to_owned(), 1.0)],
        }
    }

    fn look(code: &str, passed: Option<bool>) -> Look {
        Look { code: code.to_owned(), passed }
    }

    #[test]
    fn parts_sum_to_the_score_and_borders_decide() {
        let mut record = Record {
            fields: vec![look("cost", Some(true)), look("place", Some(false))],
            plausibility: vec![look("sum", Some(true)), look("dates", None)],
            age_days: Some(0.0),
            evidence: vec![look("document", Some(true)), look("review", Some(false))],
            consistency: vec![look("budget", Some(true))],
        };
        let found = quality(&rules(), &record);
        // 35 * 3/4 + 25 + 15 + 7.5 + 10
        assert!((found.score - 83.75).abs() < 1e-12);
        assert_eq!(found.eligibility, Eligibility::Yes);
        assert_eq!(found.parts[1].unknown, ["dates"]);
        record.age_days = None;
        record.consistency = vec![look("budget", None)];
        assert_eq!(quality(&rules(), &record).eligibility, Eligibility::Widened);
        record.plausibility.clear();
        assert_eq!(quality(&rules(), &record).eligibility, Eligibility::No);
    }
}
