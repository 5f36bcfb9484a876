//! Candidates of a territory by its approved criteria, with every check beside.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, Kind, Parameter, YEAR};
use crate::reply::{Links, Reply, links, resource};
use akimat_app::evaluation::{Checks, Evaluated, EvaluatedProject};
use akimat_core::{KatoCode, ProjectId, Text};
use akimat_ranking::ipf::Weighting;
use akimat_web_kit::state::WebState;
use axum::extract::State;
use serde::Serialize;

/// `/api/v1/places/{code}/ranking`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/places/{code}/ranking",
    id: "getRanking",
    tag: "projects",
    summary: "Candidates of a territory by its approved criteria: worth with range and contributions in \
              ten-thousandths, quality of the data, places by other methods, acceptability under any weights, indices \
              from 0 to 100",
    parameters: &[
        Parameter::new("code", Kind::Place, "Code of the territory.").required(),
        Parameter::new("year", YEAR, "Year of the programme.").required(),
    ],
    body: Body::Resource("Ranking", include_str!("example/ranking.json")),
    problems: &[],
};

#[derive(Serialize)]
struct RankingBody {
    place: KatoCode,
    year: i16,
    criteria_year: i16,
    criteria_version: u32,
    approved_by: Option<String>,
    invented: bool,
    criteria: Vec<CriterionItem>,
    projects: Vec<ProjectItem>,
    draws: Option<u32>,
    seed: u64,
    links: Links,
}

#[derive(Serialize)]
struct CriterionItem {
    code: String,
    title: Text,
    unit: Text,
    source: &'static str,
    side: &'static str,
    weight_e4: u32,
    points_e4: Vec<(i64, i64)>,
}

#[derive(Serialize)]
struct ProjectItem {
    id: ProjectId,
    number: String,
    title: Text,
    rank: Option<usize>,
    value_e4: Option<i64>,
    low_e4: Option<i64>,
    high_e4: Option<i64>,
    contributions_e4: Vec<i64>,
    missing: Vec<String>,
    quality: f64,
    eligible: bool,
    ranks: Vec<RankItem>,
    first_share: Option<f64>,
    in_kernel: Option<bool>,
    sei: Option<f64>,
    fei: Option<f64>,
}

#[derive(Serialize)]
struct RankItem {
    method: &'static str,
    rank: usize,
}

/// The ranking.
///
/// # Errors
/// 404 when no criteria are approved for the territory.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let code: KatoCode = asked.required("code")?;
    let year: i16 = asked.required("year")?;
    let evaluated =
        state.app.evaluate_candidates(code, year).await.map_err(akimat_web_kit::failure::Failure::from)?;
    let checks = evaluated.checks(Weighting::Expert, None).ok();
    let set = &evaluated.set;
    let body = RankingBody {
        place: code,
        year,
        criteria_year: set.year,
        criteria_version: set.version,
        approved_by: set.approved_by.clone(),
        invented: set.invented,
        criteria: criteria(&evaluated),
        projects: evaluated
            .projects
            .iter()
            .enumerate()
            .map(|(at, project)| item(at, project, checks.as_ref()))
            .collect(),
        draws: checks.as_ref().map(|checks| checks.smaa.draws),
        seed: akimat_app::evaluation::SEED,
        links: links(
            format!("/api/v1/places/{code}/ranking?year={year}"),
            &format!("/ranking/{code}?year={year}"),
        ),
    };
    resource(&asked.headers, &body)
}

fn criteria(evaluated: &Evaluated) -> Vec<CriterionItem> {
    let item = |criterion: &akimat_app::criteria_set::SetCriterion| CriterionItem {
        code: criterion.code.clone(),
        title: criterion.title.clone(),
        unit: criterion.unit.clone(),
        source: criterion.source.code(),
        side: criterion.side.code(),
        weight_e4: criterion.weight_e4,
        points_e4: criterion.points.clone(),
    };
    evaluated.document.criteria.iter().map(item).collect()
}

/// Ranked candidates stand first, in the order of the checks.
fn item(at: usize, project: &EvaluatedProject, checks: Option<&Checks>) -> ProjectItem {
    let value = project.value.as_ref();
    let checks = checks.filter(|_| value.is_some());
    let ranks = checks.map_or_else(Vec::new, |checks| {
        let ranked =
            checks.methods.iter().filter_map(|method| Some((method.code, method.ranking.as_ref().ok()?)));
        ranked.map(|(method, ranking)| RankItem { method, rank: ranking.rank[at] }).collect()
    });
    let plane = checks.and_then(|checks| checks.ipf.as_ref().ok());
    ProjectItem {
        id: project.project.id,
        number: project.project.number.clone(),
        title: project.project.title.clone(),
        rank: value.map(|value| value.rank),
        value_e4: value.map(|value| value.value_e4),
        low_e4: value.map(|value| value.low_e4),
        high_e4: value.map(|value| value.high_e4),
        contributions_e4: value.map_or_else(Vec::new, |value| value.contributions_e4.clone()),
        missing: project.missing.clone(),
        quality: project.quality.score,
        eligible: project.is_eligible(),
        ranks,
        first_share: checks.map(|checks| f64::from(checks.smaa.first[at]) / f64::from(checks.smaa.draws)),
        in_kernel: checks.and_then(|checks| Some(checks.electre.as_ref().ok()?.kernel.contains(&at))),
        sei: plane.map(|(ipf, _)| ipf.sei[at]),
        fei: plane.map(|(ipf, _)| ipf.fei[at]),
    }
}
