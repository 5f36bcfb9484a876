//! Programmes of the invented district: one that is decided and published, a tighter one, one that nothing
//! satisfies. The server solves them in the background; the invented akim decides when the first is solved.

use super::district;
use akimat_app::programme::{
    Decide, Deviation, NewProgramme, ProgrammeEdit, ProgrammeRequest, SourceAsk, Voice, WaitAsk, factors,
};
use akimat_app::talk::About;
use akimat_app::{App, AppError};
use akimat_core::{KatoCode, Lang, Money, ProjectId};
use akimat_project::{MoneySource, Sector};
use akimat_storage::{Account, ProgrammeState, ProjectFilter};
use anyhow::Context;
use jiff::ToSpan;
use std::collections::BTreeMap;
use std::time::Duration;
use uuid::Uuid;

const FIRST_YEAR: i16 = 2027;
const YEARS: u16 = 3;
/// Money by source and year in thousand tenge, then what may be promised for later years (all invented).
const OWN: ([i64; 3], i64) = ([700_000, 550_000, 450_000], 80_000);
const TRANSFER: ([i64; 3], i64) = ([2_900_000, 2_000_000, 1_200_000], 200_000);
/// New projects a year that the procurement office can carry out (invented).
const STARTS: [u32; 3] = [8, 8, 6];
/// Yearly rate at which a later start counts less, in units of 1e-4: an assumption of the demonstration.
const RATE_E4: u32 = 500;
/// The least for rural okrugs over the years, thousand tenge (invented).
const OKRUG_FLOORS: [(u32, i64); 2] = [(990_107_000, 250_000), (990_113_000, 150_000)];
/// More than all projects of the okrug together.
const IMPOSSIBLE_FLOOR: i64 = 9_000_000;
const TITLES: [&str; 3] = [
    "2027–2029 бағдарламасы: негізгі сценарий (үлгі)",
    "2027–2029 бағдарламасы: қаражат 15 % аз (үлгі)",
    "2027–2029 бағдарламасы: орындалмайтын талап (үлгі)",
];
/// The reason of the invented akim.
const REASON: &str = "Тұрғындармен кездесуде бұл жобаны кейінге қалдыру келісілді (ойдан шығарылған мысал).";
const COMMENTS: [(Voice, &str); 2] = [
    (Voice::Commission, "Жергілікті бюджеттің 2028 жылғы үлесін тексеру қажет (ойдан шығарылған мысал)."),
    (Voice::Council, "Ауылдардағы ауызсу жобаларын қолдаймыз (ойдан шығарылған мысал)."),
];
/// What the invented akim asks, what an invented resident says, and the answer.
const DISCUSSION: &str = "Қаражат азайса, қай жобаны кейінге қалдырған дұрыс? (ойдан шығарылған мысал)";
const OPINION: &str = "Ауылдағы ауызсу жобасы кейінге қалмасын (ойдан шығарылған мысал).";
const ANSWER: &str = "Рақмет, ауызсу жобалары жоспарда қалады (ойдан шығарылған мысал).";
/// How long the draft of the demonstration is open.
const DISCUSSED_DAYS: i64 = 30;
/// How often the server looks whether the first programme is solved, and how long at most.
const LOOK: Duration = Duration::from_secs(1);
const LOOKS: u32 = 900;

fn thousand(amount: i64) -> anyhow::Result<Money> {
    amount.checked_mul(1_000).and_then(Money::from_tenge).context("an amount of the demonstration")
}

/// Begins the scenarios and asks for their plans, unless the district has scenarios already.
///
/// # Errors
/// When the database fails.
pub(crate) async fn begin(app: &App) -> anyhow::Result<()> {
    if !app.read().list_programmes(Some(district()), 1).await?.is_empty() {
        return Ok(());
    }
    let (analyst, manager) = (account(app, "analyst").await?, account(app, "manager").await?);
    let (analyst, manager) = (analyst.as_ref(), manager.as_ref());
    let main = main_request(app).await?;
    let first = create(app, analyst, (TITLES[0], main.clone())).await?;
    for (voice, body) in COMMENTS {
        app.comment_programme(manager, first, voice, body).await?;
    }
    app.solve_programme(analyst, (first, 1)).await?;
    let tight = app.copy_programme(analyst, first, TITLES[1]).await?;
    let mut less = main.clone();
    for amount in less.sources.iter_mut().flat_map(|source| source.budget.iter_mut()) {
        *amount = Money::from_tiyn(amount.tiyn() / 100 * 85);
    }
    let form = |request| ProgrammeEdit {
        title: TITLES[1].to_owned(),
        first_year: FIRST_YEAR,
        years: YEARS,
        request,
    };
    app.edit_programme(analyst, (tight, 1), form(less)).await?;
    app.solve_programme(analyst, (tight, 2)).await?;
    let mut impossible = main;
    if let Some((okrug, _)) = OKRUG_FLOORS.first() {
        let okrug = KatoCode::from_number(*okrug).context("an okrug of the demonstration")?;
        impossible.district_floors.insert(okrug, thousand(IMPOSSIBLE_FLOOR)?);
    }
    let last = create(app, analyst, (TITLES[2], impossible)).await?;
    app.solve_programme(analyst, (last, 1)).await?;
    Ok(())
}

async fn account(app: &App, login: &str) -> anyhow::Result<Option<Account>> {
    let found = app.read().find_credentials(login).await?;
    Ok(found.map(|credentials| credentials.account))
}

async fn create(
    app: &App,
    analyst: Option<&Account>,
    (title, request): (&str, ProgrammeRequest),
) -> anyhow::Result<Uuid> {
    let new = NewProgramme {
        place: district(),
        title: title.to_owned(),
        first_year: FIRST_YEAR,
        years: YEARS,
        request: Some(request),
    };
    match app.create_programme(analyst, new).await {
        Err(AppError::Invalid(faults)) => anyhow::bail!("the programme of the demonstration: {faults:?}"),
        other => Ok(other?),
    }
}

/// What the main scenario asks.
async fn main_request(app: &App) -> anyhow::Result<ProgrammeRequest> {
    let source = |source, (budget, tail): ([i64; 3], i64)| -> anyhow::Result<SourceAsk> {
        let budget = budget.iter().map(|amount| thousand(*amount)).collect::<anyhow::Result<_>>()?;
        Ok(SourceAsk { source, budget, tail: Some(thousand(tail)?) })
    };
    let mut request = ProgrammeRequest {
        sources: vec![source(MoneySource::Own, OWN)?, source(MoneySource::Transfer, TRANSFER)?],
        discount: factors(RATE_E4, YEARS),
        starts_cap: STARTS.to_vec(),
        ..ProgrammeRequest::default()
    };
    request.sector_floors.insert(Sector::Water, thousand(300_000)?);
    for (okrug, floor) in OKRUG_FLOORS {
        let okrug = KatoCode::from_number(okrug).context("an okrug of the demonstration")?;
        request.district_floors.insert(okrug, thousand(floor)?);
    }
    let numbers = numbers(app).await?;
    // The town's network is laid before the streets above it are lit anew.
    if let (Some(before), Some(after)) = (numbers.get("ZHB-2026-035"), numbers.get("ZHB-2026-039")) {
        request.precedence.push(WaitAsk { before: *before, after: *after, lag: 1 });
    }
    Ok(request)
}

async fn numbers(app: &App) -> anyhow::Result<BTreeMap<String, ProjectId>> {
    let filter = ProjectFilter { place: Some(district()), ..ProjectFilter::default() };
    let projects = app.read().list_whole_projects(&filter, 2_000).await?;
    Ok(projects.into_iter().map(|project| (project.number, project.id)).collect())
}

/// The invented akim decides on the first programme, with one deviation, and publishes it. Answers whether there
/// is nothing left to do.
///
/// # Errors
/// When the database fails.
async fn decide(app: &App) -> anyhow::Result<bool> {
    let heads = app.read().list_programmes(Some(district()), 50).await?;
    let Some(head) = heads.iter().find(|head| head.title == TITLES[0]) else { return Ok(true) };
    let Some(akim) = account(app, "akim").await? else { return Ok(true) };
    match head.state {
        ProgrammeState::Solving => return Ok(false),
        ProgrammeState::Solved => {
            let decision = deviation(app, &akim, head.id).await?;
            app.decide_programme(Some(&akim), (head.id, head.edit), &decision).await?;
            app.publish_programme(Some(&akim), (head.id, head.edit + 1)).await?;
        }
        ProgrammeState::Decided => {
            app.publish_programme(Some(&akim), (head.id, head.edit)).await?;
        }
        _ => {}
    }
    Ok(true)
}

/// The invented akim puts the tighter programme out to discussion, and a resident speaks about it. Answers whether there
/// is nothing left to do.
async fn discuss(app: &App) -> anyhow::Result<bool> {
    let heads = app.read().list_programmes(Some(district()), 50).await?;
    let Some(head) = heads.iter().find(|head| head.title == TITLES[1]) else { return Ok(true) };
    if head.state == ProgrammeState::Solving {
        return Ok(false);
    }
    let known = app.read().list_drafts_of_programme(head.id).await?;
    let (akim, resident) = (account(app, "akim").await?, account(app, "resident").await?);
    if head.state != ProgrammeState::Solved || !known.is_empty() || akim.is_none() {
        return Ok(true);
    }
    let closes_on = app.today().checked_add(DISCUSSED_DAYS.days())?.to_string();
    let term = (closes_on.as_str(), DISCUSSION);
    let draft = app.open_discussion(akim.as_ref(), (head.id, head.edit), term).await?;
    let said = app.say(resident.as_ref(), About::Draft(draft), Lang::Kk, OPINION).await?;
    app.say(akim.as_ref(), About::Comment(said.id()), Lang::Kk, ANSWER).await?;
    Ok(true)
}

/// Leaves out the project of the least worth without which the plan still keeps every rule.
async fn deviation(app: &App, akim: &Account, id: Uuid) -> anyhow::Result<Decide> {
    let view = app.programme(Some(akim), id).await?;
    let Some((solution, plan)) = view.solution.as_ref().zip(view.plan()) else {
        return Ok(Decide::default());
    };
    let candidates = &solution.input.candidates;
    let mut started: Vec<usize> = plan.allocation.plan.started().map(|(at, _)| at).collect();
    started.retain(|at| candidates[*at].duty.is_none());
    started.sort_by_key(|at| (candidates[*at].benefit, *at));
    for at in started {
        let out = Deviation { project: candidates[at].project, start: None, reason: REASON.to_owned() };
        let decide = Decide { deviations: vec![out], reason: String::new() };
        if app.preview_decision(Some(akim), id, &decide).await.is_ok() {
            return Ok(decide);
        }
    }
    Ok(Decide::default())
}

/// Waits beside the server until the first programme is solved, and decides.
pub(crate) async fn decide_when_solved(app: App) {
    for _ in 0..LOOKS {
        let (decided, discussed) = (decide(&app).await, discuss(&app).await);
        match decided.and_then(|decided| Ok(decided && discussed?)) {
            Ok(true) => return,
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the demonstration's programme is not decided yet"),
        }
        tokio::time::sleep(LOOK).await;
    }
}
