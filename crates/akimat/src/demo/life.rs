//! The life of the invented projects: who works on them, with whom they are shared, what meetings asked for, and what
//! changed on the way.

use akimat_app::App;
use akimat_app::project::EditNote;
use akimat_app::project::people::PeopleNote;
use akimat_core::{Money, MoneyUnit, Text};
use akimat_project::partner::{Grant, Partner, PartnerKind, Partnership};
use akimat_project::task::Task;
use akimat_project::team::{Member, Team, TeamRole};
use akimat_project::{Basis, Beneficiary, MoneySource, Project};
use akimat_storage::{Account, ProjectFilter};
use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

const LIFE: &str = include_str!("../../../../data/demo/life.json");
/// Projects of the demonstration at most.
const PROJECTS_MAX: u16 = 1_000;

/// The file; days count from the day on which the demonstration is loaded.
/// Name, office, role, duty, first and last day.
type InventedMember = (String, String, TeamRole, String, Option<i32>, Option<i32>);

#[derive(Debug, Deserialize)]
struct Life {
    teams: Vec<TeamRecord>,
    partnerships: Vec<PartnershipRecord>,
    tasks: Vec<TaskRecord>,
    edits: Vec<EditRecord>,
}

#[derive(Debug, Deserialize)]
struct TeamRecord {
    number: String,
    purpose: String,
    days: (i32, i32),
    basis: String,
    /// Name, office, role, duty, first and last day.
    members: Vec<InventedMember>,
}

#[derive(Debug, Deserialize)]
struct PartnershipRecord {
    number: String,
    /// Hundredths of a per cent.
    own: u32,
    /// Kind, code of a territory, name, duty, share.
    partners: Vec<(PartnerKind, String, String, String, u32)>,
    /// Donor, agreement, signed, until, currency, amount, thousand tenge.
    grants: Vec<(String, String, i32, i32, String, String, String)>,
    reason: String,
    basis: String,
}

#[derive(Debug, Deserialize)]
struct TaskRecord {
    number: String,
    text: String,
    owner: String,
    given: i32,
    due: i32,
    done: Option<i32>,
    result: String,
}

#[derive(Debug, Deserialize)]
struct EditRecord {
    number: String,
    /// Year, source, per cent by which the plan grows.
    amend: Vec<(i16, MoneySource, String)>,
    ends_on: Option<Date>,
    reason: String,
    /// Kind, number, day.
    basis: Option<(String, String, i32)>,
    /// Group in three languages (ru, kk, en) and its number.
    beneficiaries: Vec<(String, String, String, Option<u32>)>,
}

/// Puts it all into the register, by the manager and the head.
///
/// # Errors
/// When the file does not fit the projects, or the database fails.
pub(super) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let life: Life = serde_json::from_str(LIFE).context("data/demo/life.json")?;
    let projects = app.read().list_whole_projects(&ProjectFilter::default(), PROJECTS_MAX).await?;
    let find = |number: &str| {
        let found = projects.iter().find(|project| project.number == number && project.invented);
        found.with_context(|| format!("{number} is no project of the demonstration"))
    };
    let (manager, head) = (accounts.get("manager"), accounts.get("akim"));
    for one in &life.edits {
        let id = find(&one.number)?.id;
        let (stored, _, _) = app.read().find_project(id).await?.context("it was there a moment ago")?;
        let (project, note) = edited(app, &stored, one)?;
        app.edit_project(manager, project, note).await.map_err(|error| super::say_en(&error))?;
    }
    for one in &life.teams {
        let note = PeopleNote { basis: one.basis.clone(), ..PeopleNote::default() };
        let id = find(&one.number)?.id;
        app.put_team(manager, id, (team(app, one)?, note)).await.map_err(|error| super::say_en(&error))?;
    }
    for one in &life.partnerships {
        let note = PeopleNote { base_version: 0, reason: one.reason.clone(), basis: one.basis.clone() };
        let id = find(&one.number)?.id;
        let put = app.put_partnership(manager, id, (partnership(app, one)?, note)).await;
        put.map_err(|error| super::say_en(&error))?;
    }
    for one in &life.tasks {
        let task = Task {
            text: one.text.clone(),
            owner: one.owner.clone(),
            given_on: day(app, one.given)?,
            due_on: day(app, one.due)?,
            done_on: one.done.map(|days| day(app, days)).transpose()?,
            result: one.result.clone(),
        };
        let id = find(&one.number)?.id;
        app.give_task(head, id, task).await.map_err(|error| super::say_en(&error))?;
    }
    Ok(())
}

fn day(app: &App, days: i32) -> anyhow::Result<Date> {
    Ok(app.today().checked_add(days.days())?)
}

fn edited(app: &App, project: &Project, one: &EditRecord) -> anyhow::Result<(Project, EditNote)> {
    let mut project = project.clone();
    for (year, source, percent) in &one.amend {
        let percent: i128 = percent.trim_start_matches('+').replace('.', "").parse()?;
        let line = project.money.iter_mut().find(|line| line.year == *year && line.source == *source);
        let line = line.with_context(|| format!("{} has no money of {year}", one.number))?;
        let planned = line.planned.context("an amended line has its plan")?;
        let grown = i128::from(planned.tiyn()) * (1_000 + percent) / 1_000;
        line.amended = i64::try_from(grown).ok().map(Money::from_tiyn);
    }
    project.ends_on = one.ends_on.or(project.ends_on);
    project.beneficiaries = one
        .beneficiaries
        .iter()
        .map(|(ru, kk, en, number)| Beneficiary {
            group: Text::new(kk.as_str(), ru.as_str(), en.as_str()),
            number: *number,
        })
        .collect();
    let basis = match &one.basis {
        Some((kind, number, on)) => {
            Basis { kind: kind.clone(), number: number.clone(), on: Some(day(app, *on)?) }
        }
        None => Basis::default(),
    };
    Ok((project, EditNote { reason: one.reason.clone(), basis }))
}

fn team(app: &App, one: &TeamRecord) -> anyhow::Result<Team> {
    let some = |days: &Option<i32>| days.map(|days| day(app, days)).transpose();
    let members = one.members.iter().map(|(name, office, role, duty, from, to)| {
        Ok(Member {
            id: String::new(),
            name: name.clone(),
            office: office.clone(),
            role: *role,
            duty: duty.clone(),
            from: some(from)?,
            to: some(to)?,
        })
    });
    Ok(Team {
        purpose: one.purpose.clone(),
        from: Some(day(app, one.days.0)?),
        to: Some(day(app, one.days.1)?),
        members: members.collect::<anyhow::Result<_>>()?,
    })
}

fn partnership(app: &App, one: &PartnershipRecord) -> anyhow::Result<Partnership> {
    let partners = one.partners.iter().map(|(kind, place, name, duty, share)| {
        let place = if place.is_empty() { None } else { Some(place.parse()?) };
        Ok(Partner {
            id: String::new(),
            kind: *kind,
            place,
            name: name.clone(),
            duty: duty.clone(),
            share_bp: Some(*share),
        })
    });
    let grants = one.grants.iter().map(|(donor, agreement, signed, until, currency, amount, tenge)| {
        Ok(Grant {
            id: String::new(),
            donor: donor.clone(),
            agreement: agreement.clone(),
            signed_on: Some(day(app, *signed)?),
            until: Some(day(app, *until)?),
            currency: currency.clone(),
            amount: Some(amount.clone()),
            tenge: Some(Money::parse(tenge, MoneyUnit::ThousandTenge)?),
        })
    });
    Ok(Partnership {
        own_share_bp: Some(one.own),
        partners: partners.collect::<anyhow::Result<_>>()?,
        grants: grants.collect::<anyhow::Result<_>>()?,
    })
}
