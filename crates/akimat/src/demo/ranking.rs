//! An approved set of criteria for the invented district, with scores of two members of the commission.
//!
//! The first member says what the register says; the second differs by a few points that follow from the number of
//! the project, always the same, and is unsure here and there.

use super::district;
use crate::say;
use akimat_app::App;
use akimat_app::criteria_set::{CriteriaDocument, SetCriterion, ValueSource};
use akimat_app::score::ScoreDraft;
use akimat_core::{Lang, Text};
use akimat_project::{Project, Status};
use akimat_ranking::ipf::Side;
use akimat_storage::{Account, ProjectFilter};
use std::collections::BTreeMap;

/// The year of the programme.
const YEAR: i16 = 2027;

/// Drafts, approves and scores.
///
/// # Errors
/// When the database fails.
pub(super) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let (Some(analyst), Some(head)) = (accounts.get("analyst"), accounts.get("akim")) else { return Ok(()) };
    let told = |error| say::app_error(Lang::En, &error);
    let set = app.draft_criteria(Some(analyst), district(), YEAR, document()?).await.map_err(told)?;
    app.approve_criteria(Some(head), (set, 1)).await.map_err(told)?;
    let filter = ProjectFilter {
        place: Some(district()),
        status: vec![Status::Appraisal],
        ..ProjectFilter::default()
    };
    for project in app.read().list_whole_projects(&filter, 500).await? {
        for (at, account) in [analyst, head].into_iter().enumerate() {
            let drafts = drafts(&project, at);
            app.score_project(Some(account), (set, project.id), &drafts).await.map_err(told)?;
        }
    }
    Ok(())
}

fn drafts(project: &Project, member: usize) -> Vec<ScoreDraft> {
    let scores = project.scores.iter().filter(|(code, _)| code != "support");
    let draft = |(code, score): &(String, u8)| {
        // Eleven steps from -5 to 5, by the letters of the number and the code.
        let letters: u32 = project.number.bytes().chain(code.bytes()).map(u32::from).sum();
        let apart = i64::from(letters % 11) - 5;
        let point = (i64::from(*score) + if member == 0 { 0 } else { apart }).clamp(0, 100);
        let unsure = letters.is_multiple_of(4);
        let end = |by: i64| if unsure { (point + by).clamp(0, 100).to_string() } else { String::new() };
        ScoreDraft {
            criterion: code.clone(),
            point: point.to_string(),
            low: end(-8),
            high: end(6),
            note: String::new(),
        }
    };
    scores.map(draft).collect()
}

fn document() -> anyhow::Result<CriteriaDocument> {
    let published = super::criteria::embedded()?;
    let criterion = |published: akimat_app::published::PublishedCriterion| {
        let rated = published.code == "support";
        let side = if matches!(published.code.as_str(), "readiness" | "operating") {
            Side::Financial
        } else {
            Side::Social
        };
        let points = match published.code.as_str() {
            "support" => vec![(10_000, 0), (50_000, 10_000)],
            // The first half of the way out of danger is worth more than the second.
            "safety_health" => vec![(0, 0), (500_000, 6_000), (1_000_000, 10_000)],
            _ => vec![(0, 0), (1_000_000, 10_000)],
        };
        SetCriterion {
            weight_e4: published.weight * 100,
            title: published.title,
            help: published.help,
            unit: if rated {
                Text::new("1-ден 5-ке дейінгі баға", "оценка от 1 до 5", "rating from 1 to 5")
            } else {
                Text::new("балл, 0–100", "балл, 0–100", "points, 0–100")
            },
            source: if rated { ValueSource::Ratings } else { ValueSource::Commission },
            side,
            points,
            basis: "Ойдан шығарылған · Вымышлено · Invented".to_owned(),
            code: published.code,
        }
    };
    Ok(CriteriaDocument {
        format: 1,
        title: Text::new(
            "2027 жылғы жобаларды бағалау критерийлері (үлгі)",
            "Критерии оценки проектов на 2027 год (пример)",
            "Criteria for the projects of 2027 (sample)",
        ),
        source: "Ойдан шығарылған · Вымышлено · Invented".to_owned(),
        criteria: published.criteria.into_iter().map(criterion).collect(),
    })
}
