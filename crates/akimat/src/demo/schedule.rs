//! Work plans of the invented projects: approved first, then as they stand, with measured progress and results.

use super::say_en;
use akimat_app::App;
use akimat_app::dossier::Kept;
use akimat_app::schedule::Why;
use akimat_core::{Money, MoneyUnit, Text};
use akimat_delivery::progress::result::{ResultMeasure, Results};
use akimat_delivery::schedule::paste::{set_waits, waits};
use akimat_delivery::schedule::plan::{Item, ItemKind, Measure, Measured, Plan, Span, Week};
use akimat_project::Project;
use akimat_storage::{Account, ProjectFilter};
use anyhow::{Context, bail};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

const PLANS: &str = include_str!("../../../../data/demo/plans.json");
/// Projects of the demonstration at most.
const PROJECTS_MAX: u16 = 1_000;

/// One plan of `plans.json`.
#[derive(Debug, Deserialize)]
struct Invented {
    number: String,
    week: Week,
    approved_on: Date,
    document: String,
    /// Why its dates moved since; empty when they did not move far.
    reason: String,
    items: Vec<Line>,
    /// Position of the result in the register, day, value, source.
    results: Vec<(usize, Date, String, String)>,
}

/// One item; a single date is a milestone, amounts are thousand tenge.
#[derive(Debug, Deserialize)]
struct Line {
    code: String,
    title: Text,
    /// Approved.
    #[serde(default)]
    plan: Vec<Date>,
    /// Expected now, where that moved.
    #[serde(default)]
    now: Vec<Date>,
    /// Began, and ended if it did.
    #[serde(default)]
    actual: Vec<Date>,
    #[serde(default)]
    budget: Option<String>,
    #[serde(default)]
    weight: Option<u32>,
    #[serde(default)]
    waits: String,
    #[serde(default)]
    responsible: String,
    /// Day, per cent, way, note.
    #[serde(default)]
    measures: Vec<(Date, u16, Measured, String)>,
}

/// Puts all plans.
///
/// # Errors
/// When the file does not fit the projects, or the database fails.
pub(super) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let all: Vec<Invented> = serde_json::from_str(PLANS).context("data/demo/plans.json")?;
    let projects = app.read().list_whole_projects(&ProjectFilter::default(), PROJECTS_MAX).await?;
    for one in &all {
        let found = projects.iter().find(|project| project.number == one.number && project.invented);
        let project = found.with_context(|| format!("{} is no project of the demonstration", one.number))?;
        put(app, accounts.get("manager"), project, one)
            .await
            .with_context(|| format!("the plan of {}", one.number))?;
    }
    Ok(())
}

/// The approved state becomes the first version, what came of it the second.
async fn put(app: &App, manager: Option<&Account>, project: &Project, one: &Invented) -> anyhow::Result<()> {
    let mut plan = approved(one)?;
    let why = Why { reason: String::new(), basis: one.document.clone() };
    kept(app.put_plan(manager, project.id, (None, &plan), &why).await)?;
    let base = app.find_plan(project.id).await?;
    now(&mut plan, one, app.today());
    let why = Why { reason: one.reason.clone(), basis: String::new() };
    kept(app.put_plan(manager, project.id, (base.as_ref(), &plan), &why).await)?;
    let results = results(project, one, app.today())?;
    if !results.measures.is_empty() {
        kept(app.put_results(manager, project.id, (None, &results), &Why::default()).await)?;
    }
    Ok(())
}

fn kept(answer: akimat_app::Result<Kept>) -> anyhow::Result<()> {
    match answer.map_err(|error| say_en(&error))? {
        Kept::Stored { .. } => Ok(()),
        Kept::Clash { .. } => bail!("somebody else is changing the plan"),
    }
}

fn span(days: &[Date]) -> Span {
    Span { start: days.first().copied(), finish: days.last().copied() }
}

fn approved(one: &Invented) -> anyhow::Result<Plan> {
    let mut plan = Plan { week: one.week, invented: true, ..Plan::default() };
    for line in &one.items {
        let amount = |text: &String| Money::parse(text, MoneyUnit::ThousandTenge).context("an amount");
        plan.items.push(Item {
            id: format!("r{}", line.code.replace('.', "-")),
            code: line.code.clone(),
            title: line.title.clone(),
            kind: if line.plan.len() == 1 { ItemKind::Milestone } else { ItemKind::Work },
            expected: span(&line.plan),
            responsible: line.responsible.clone(),
            weight: line.weight,
            budget: line.budget.as_ref().map(amount).transpose()?,
            ..Item::default()
        });
    }
    for line in &one.items {
        let waits = waits(&line.waits).map_err(|part| anyhow::anyhow!("{part:?} is no dependency"))?;
        set_waits(&mut plan, &format!("r{}", line.code.replace('.', "-")), &waits);
    }
    plan.approve("b1".to_owned(), one.approved_on, one.document.clone(), String::new());
    Ok(plan)
}

/// What has happened by today, and what is expected now.
fn now(plan: &mut Plan, one: &Invented, today: Date) {
    for (item, line) in plan.items.iter_mut().zip(&one.items) {
        if !line.now.is_empty() {
            item.expected = span(&line.now);
        }
        let known = |day: &Date| *day <= today;
        // A milestone begins when it is reached; work that has one day began and goes on.
        let start = line.actual.first().copied().filter(known);
        let ended = item.kind == ItemKind::Milestone || line.actual.len() == 2;
        let finish = line.actual.last().copied().filter(|day| ended && known(day));
        item.actual = Span { start, finish };
        let measures = line.measures.iter().filter(|own| known(&own.0));
        item.measures = measures
            .map(|(on, percent, how, note)| Measure {
                id: on.to_string(),
                on: *on,
                done_bp: percent.saturating_mul(100),
                how: *how,
                note: note.clone(),
            })
            .collect();
    }
}

fn results(project: &Project, one: &Invented, today: Date) -> anyhow::Result<Results> {
    let mut results = Results { invented: true, ..Results::default() };
    for (at, on, value, source) in one.results.iter().filter(|own| own.1 <= today) {
        let expected = project.results.get(*at).context("a result that the register does not name")?;
        results.put(ResultMeasure {
            id: format!("{at}-{on}"),
            title: expected.title.clone(),
            on: *on,
            value: value.clone(),
            source: source.clone(),
        });
    }
    Ok(results)
}
