//! Pseudo projects in appraisal with scores, and a scenario of five years that can pay for about half of them: a
//! programme of the size of a region, to measure what an answer to "what if" takes on its page.

use super::roster::NUMBER_PREFIX;
use super::seed::{Dice, begin, project};
use crate::compose::Platform;
use crate::demo::district;
use crate::{progress, say};
use akimat_app::programme::{NewProgramme, SourceAsk};
use akimat_app::score::ScoreDraft;
use akimat_core::{KatoCode, Lang, Money, Text};
use akimat_project::{ExpectedResult, Milestone, MoneyLine, MoneySource, Project, Status};
use akimat_storage::Account;
use anyhow::Context;
use jiff::civil::Date;

/// First year of the scenario; the criteria of the demonstration are approved for it.
const YEAR: i16 = 2027;
const YEARS: u16 = 5;
/// Who pays for the candidates.
const SOURCES: [MoneySource; 2] = [MoneySource::Own, MoneySource::Transfer];
/// Share of the cost of all candidates that the sources can pay over the years, in per cent.
const PAID_PERCENT: i64 = 50;
/// Candidates are numbered from here, so that they meet no other pseudo project.
const FIRST: usize = 900_000;

/// Adds the candidates with scores of two members of the commission, and the scenario.
///
/// # Errors
/// When the database fails, or the demonstration has no approved criteria.
pub(super) async fn add(
    platform: &Platform,
    dice: &mut Dice,
    (places, count): (&[KatoCode], usize),
) -> anyhow::Result<()> {
    let app = &platform.app;
    let told = |error| say::app_error(Lang::En, &error);
    let (analyst, head) = (account(platform, "analyst").await?, account(platform, "akim").await?);
    let approved = app.find_approved_criteria(district(), YEAR).await.map_err(told)?;
    let (set, document) = approved.context("an approved set of criteria")?;
    let mut whole = [Money::ZERO; 2];
    let bar = progress::bar(u64::try_from(count).unwrap_or(u64::MAX), "candidates");
    for n in 0..count {
        let place = dice.pick(places);
        let project = candidate(dice, n, place, platform)?;
        for (source, sum) in SOURCES.into_iter().zip(&mut whole) {
            let of_source = project.money.iter().filter(|line| line.source == source);
            let planned = Money::checked_sum(of_source.filter_map(|line| line.planned)).context("a sum")?;
            *sum = sum.checked_add(planned).context("a sum")?;
        }
        let id = project.id;
        platform.store.apply(begin(project).into()).await?;
        for account in [&analyst, &head] {
            let drafts: Vec<ScoreDraft> = document
                .criteria
                .iter()
                .filter(|criterion| criterion.code != "support")
                .map(|criterion| ScoreDraft {
                    criterion: criterion.code.clone(),
                    point: (20 + dice.below(80)).to_string(),
                    low: String::new(),
                    high: String::new(),
                    note: String::new(),
                })
                .collect();
            app.score_project(Some(account), (set.id, id), &drafts).await.map_err(told)?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    scenario(platform, &analyst, whole).await
}

async fn account(platform: &Platform, login: &str) -> anyhow::Result<Account> {
    let found = platform.app.read().find_credentials(login).await?;
    Ok(found.with_context(|| format!("the account {login} of the demonstration"))?.account)
}

/// A project in appraisal with money of one to three years from two sources, an aim and dates.
fn candidate(dice: &mut Dice, n: usize, place: KatoCode, platform: &Platform) -> anyhow::Result<Project> {
    let now = platform.app.now();
    let made = project(dice, FIRST + n, place, now)?;
    let years = 1 + i16::try_from(dice.below(3))?;
    let mut money = Vec::new();
    for year in 0..years {
        for source in SOURCES {
            let planned = Money::from_tiyn(i64::try_from(5_000 + dice.below(200_000))? * 100_000);
            money.push(MoneyLine { planned: Some(planned), ..MoneyLine::new(YEAR + year, source) });
        }
    }
    let ends_on = Date::constant(YEAR + years - 1, 11, 1);
    Ok(Project {
        number: format!("{NUMBER_PREFIX}C{n:04}"),
        status: Status::Appraisal,
        progress_pct: 0,
        starts_on: Some(Date::constant(YEAR, 4, 1)),
        ends_on: Some(ends_on),
        milestones: vec![Milestone {
            title: Text::same("Completion"),
            planned_on: ends_on,
            forecast_on: None,
            actual_on: None,
        }],
        results: vec![ExpectedResult {
            title: Text::same("People served"),
            unit: Text::same("people"),
            baseline: None,
            target: (100 + dice.below(5_000)).to_string(),
            measured: None,
            measured_on: None,
            owner: String::new(),
        }],
        money,
        updated_at: now,
        ..made
    })
}

async fn scenario(platform: &Platform, analyst: &Account, whole: [Money; 2]) -> anyhow::Result<()> {
    let app = &platform.app;
    let source = |(source, sum): (MoneySource, Money)| {
        let yearly = sum.tiyn() / 100 * PAID_PERCENT / i64::from(YEARS);
        let budget = vec![Money::from_tiyn(yearly); usize::from(YEARS)];
        SourceAsk { source, budget, tail: Some(Money::from_tiyn(yearly / 4)) }
    };
    let mut request = app.first_request(YEARS);
    request.running = false;
    // A plan to ask from, not a proof.
    (request.gap_millionths, request.seconds) = (20_000, Some(20));
    request.sources = SOURCES.into_iter().zip(whole).map(source).collect();
    let new = NewProgramme {
        place: district(),
        title: "Bench".to_owned(),
        first_year: YEAR,
        years: YEARS,
        request: Some(request),
    };
    let made = app.create_programme_from(Some(analyst), None, new).await;
    let id = made.map_err(|error| say::app_error(Lang::En, &error))?;
    say::out(&format!("scenario {id}"));
    Ok(())
}
