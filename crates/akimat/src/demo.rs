//! The demonstration: real budgets with their sources, and an invented district that says so.
//!
//! Loading is safe to repeat and to break off: accounts are opened one by one and found again, everything
//! else is one batch, which happens or does not.

mod appraisal;
mod ballot;
mod boundary;
mod budget;
mod budgeting;
mod built;
mod contract;
pub(crate) mod criteria;
mod exercise;
mod fact;
mod forecast;
mod life;
mod notice;
mod observation;
mod people;
mod person;
mod photo;
mod place;
pub(crate) mod programme;
mod project;
mod ranking;
mod risk;
mod schedule;

pub(crate) use people::{DemoPerson, people};
pub(crate) use place::{district, top_level};

use crate::compose::Platform;
use crate::say;
use akimat_app::fact::Entering;
use akimat_core::Lang;
use akimat_storage::{AuditRecord, Batch, Change};
use anyhow::{Context, bail};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Loads the demonstration unless it is there. Answers whether something was loaded. Programmes are begun only where
/// a server follows that solves them.
///
/// # Errors
/// When the database holds something else under the same names, or fails.
pub(crate) async fn load(platform: &Platform, served: bool) -> anyhow::Result<bool> {
    let app = &platform.app;
    if app.read().find_place(district(), app.today()).await?.is_some() {
        return Ok(false);
    }
    let people = people()?;
    let accounts = open_accounts(platform, &people.accounts).await?;
    let mut batch = Batch::new();
    let (places, budgets) = (place::all(app)?, budget::all(app)?);
    let reports = fact::all(&places, &budgets)?;
    let mut cube = Entering::default();
    for budget in budgets {
        if let Some(place) = places.iter().find(|place| budget.place == Some(place.code)) {
            cube.add(&budget, place);
        }
        let figures = akimat_app::budget::head_figures(&budget);
        batch.push(Change::AddBudget(Box::new(budget), figures));
    }
    batch.push(Change::PutPlaces(places));
    batch.extend(cube.into_changes());
    // The monthly reports tell more of a year than its budget.
    batch.extend(reports);
    batch.push(Change::PutObservations(observation::all(app)?));
    let projects = project::all(app, accounts.get("manager").map(|account| account.id))?;
    let known: BTreeMap<String, _> =
        projects.iter().map(|loaded| (loaded.project.number.clone(), loaded.project.id)).collect();
    let place_of: BTreeMap<_, _> =
        projects.iter().map(|loaded| (loaded.project.id, loaded.project.place)).collect();
    batch.extend(projects.into_iter().flat_map(project::Loaded::into_changes));
    batch.extend(people::voices(app, &people, &accounts, &known, &place_of)?);
    batch.push(Change::AddAudit(AuditRecord {
        id: Uuid::now_v7(),
        at: app.now(),
        actor: None,
        verb: "load_demonstration".to_owned(),
        subject: district().to_string(),
        place: Some(district()),
        detail: "{}".to_owned(),
    }));
    let batch = akimat_app::log::recorded(batch, app.now());
    platform.store.apply(batch).await.context("the demonstration does not fit into this database")?;
    notice::follow(app, &accounts, &known).await?;
    lead(app, &accounts).await?;
    // After plans and contracts: the watch computes alerts out of them.
    risk::add(app, &accounts).await?;
    person::add(app, &accounts).await?;
    budgeting::add(app, &accounts).await?;
    ballot::add(app, &accounts).await?;
    exercise::add(app, &accounts).await?;
    notice::tell(app).await?;
    if served {
        // After the criteria, from which the points come; before the forecasts, which take longer.
        programme::begin(app).await?;
    }
    forecast::ask(app).await?;
    forecast::adjust(app, accounts.get("analyst")).await?;
    Ok(true)
}

/// The lives of the projects, up to the points they got.
async fn lead(
    app: &akimat_app::App,
    accounts: &BTreeMap<String, akimat_storage::Account>,
) -> anyhow::Result<()> {
    boundary::add(app).await?;
    appraisal::add(app, accounts).await?;
    contract::add(app, accounts).await?;
    schedule::add(app, accounts).await?;
    life::add(app, accounts).await?;
    photo::add(app, accounts).await?;
    ranking::add(app, accounts).await
}

/// What a use case refused, for the operator's log.
fn say_en(error: &akimat_app::AppError) -> anyhow::Error {
    say::app_error(Lang::En, error)
}

/// Opens the accounts that are not there. One that is there must be the demonstration's own.
async fn open_accounts(
    platform: &Platform,
    people: &[DemoPerson],
) -> anyhow::Result<BTreeMap<String, akimat_storage::Account>> {
    let mut accounts = BTreeMap::new();
    for person in people {
        let found = platform.app.read().find_credentials(&person.login).await?;
        let account = match found.map(|credentials| credentials.account) {
            Some(account) if account.display_name == person.display_name && account.role == person.role => {
                account
            }
            Some(_) => bail!("this database has another account {:?}: choose another --data", person.login),
            None => platform
                .app
                .open_account_as_operator(person.new_account())
                .await
                .map_err(|error| say::app_error(Lang::En, &error))?,
        };
        accounts.insert(person.login.clone(), account);
    }
    Ok(accounts)
}

/// Puts the top-level units into a database that has no territory yet: the home page is built on them.
///
/// # Errors
/// When the database fails.
pub(crate) async fn ensure_top_level(platform: &Platform) -> anyhow::Result<()> {
    let app = &platform.app;
    if app.read().list_child_places(None, app.today()).await?.is_empty() {
        let places = top_level(app)?;
        app.import_places_as_operator(places, "top_level.json").await?;
    }
    Ok(())
}
