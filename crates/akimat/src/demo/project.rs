//! The projects of the invented district.

use akimat_app::App;
use akimat_core::{AccountId, KatoCode, Lang, Money, MoneyUnit, ProjectId, Text};
use akimat_project::{
    Basis, Beneficiary, ExpectedResult, Kind, Level, Milestone, Modality, MoneyLine, MoneySource, Point,
    Project, ProjectUpdate, Sector, Status, StatusChange,
};
use akimat_storage::Change;
use anyhow::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

const PROJECTS: &str = include_str!("../../../../data/demo/projects.json");
/// Projects that ended in former years: predictions about running ones lean on them.
const FINISHED: &str = include_str!("../../../../data/demo/finished.json");

/// A project with all that happened to it.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) project: Project,
    history: Vec<StatusChange>,
    updates: Vec<ProjectUpdate>,
}

impl Loaded {
    /// As changes, in the order in which they must happen.
    pub(crate) fn into_changes(self) -> Vec<Change> {
        let id = self.project.id;
        let mut changes = vec![Change::AddProject(Box::new(self.project))];
        changes.extend(self.history.into_iter().map(|change| Change::AddStatusChange(id, change)));
        changes.extend(self.updates.into_iter().map(Change::AddProjectUpdate));
        changes
    }
}

#[derive(Debug, Deserialize)]
struct Record {
    number: String,
    place: KatoCode,
    title: Text,
    summary: Text,
    sector: Sector,
    kind: Kind,
    modality: Modality,
    level: Level,
    status: Status,
    progress_pct: u8,
    contractor: String,
    starts_on: Option<Date>,
    ends_on: Option<Date>,
    lat: serde_json::Number,
    lon: serde_json::Number,
    money: Vec<MoneyRecord>,
    milestones: Vec<Milestone>,
    results: Vec<ExpectedResult>,
    scores: BTreeMap<String, u8>,
    exclusive_group: String,
    history: Vec<Move>,
    updates: Vec<News>,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    beneficiaries: Vec<Beneficiary>,
    #[serde(default)]
    partners: Vec<KatoCode>,
    #[serde(default)]
    international: bool,
}

#[derive(Debug, Deserialize)]
struct MoneyRecord {
    year: i16,
    source: MoneySource,
    #[serde(default)]
    programme: String,
    planned: Option<String>,
    #[serde(default)]
    amended: Option<String>,
    contracted: Option<String>,
    #[serde(default)]
    invoiced: Option<String>,
    paid: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Move {
    to: Status,
    on: Date,
    by: String,
    reason: String,
    #[serde(default)]
    stage: String,
    #[serde(default)]
    basis: Basis,
}

#[derive(Debug, Deserialize)]
struct News {
    on: Date,
    lang: Lang,
    body: String,
    progress_pct: u8,
}

/// Every project of the demonstration.
///
/// # Errors
/// When the embedded file is damaged, which a test excludes.
pub(crate) fn all(app: &App, manager: Option<AccountId>) -> anyhow::Result<Vec<Loaded>> {
    let mut records: Vec<Record> = serde_json::from_str(PROJECTS).context("projects.json")?;
    records.extend(serde_json::from_str::<Vec<Record>>(FINISHED).context("finished.json")?);
    records
        .into_iter()
        .map(|record| {
            let number = record.number.clone();
            one(app, record, manager).with_context(|| number)
        })
        .collect()
}

fn one(app: &App, record: Record, manager: Option<AccountId>) -> anyhow::Result<Loaded> {
    let id = app.new_project_id();
    let history = history(app, &record.history)?;
    let updates = updates(app, id, &record)?;
    let created_at = history.first().map_or(app.now(), |change| change.at);
    let happened: Option<Timestamp> =
        history.iter().map(|change| change.at).chain(updates.iter().map(|update| update.at)).max();
    let project = Project {
        id,
        number: record.number,
        place: record.place,
        title: record.title,
        summary: record.summary,
        sector: record.sector,
        kind: record.kind,
        modality: record.modality,
        level: record.level,
        status: record.status,
        progress_pct: record.progress_pct,
        contractor: record.contractor,
        starts_on: record.starts_on,
        ends_on: record.ends_on,
        location: Some(Point { lat_e6: millionths(&record.lat)?, lon_e6: millionths(&record.lon)? }),
        scores: record.scores.into_iter().collect(),
        exclusive_group: record.exclusive_group,
        manager,
        invented: true,
        version: 1,
        created_at,
        updated_at: happened.unwrap_or(created_at),
        money: record.money.iter().map(money).collect::<anyhow::Result<_>>()?,
        milestones: record.milestones,
        results: record.results,
        stage: record.stage,
        news_at: happened.unwrap_or(created_at),
        beneficiaries: record.beneficiaries,
        partners: record.partners,
        international: record.international,
    };
    Ok(Loaded { project, history, updates })
}

fn history(app: &App, moves: &[Move]) -> anyhow::Result<Vec<StatusChange>> {
    let mut from = None;
    let mut history = Vec::with_capacity(moves.len());
    for record in moves {
        history.push(StatusChange {
            from,
            to: record.to,
            at: at_hour(app, record.on, 9)?,
            by: record.by.clone(),
            reason: record.reason.clone(),
            stage: record.stage.clone(),
            basis: record.basis.clone(),
        });
        from = Some(record.to);
    }
    Ok(history)
}

/// News come from whoever moved the project last before them.
fn updates(app: &App, id: ProjectId, record: &Record) -> anyhow::Result<Vec<ProjectUpdate>> {
    let author = |on: Date| {
        let before = record.history.iter().rev().find(|step| step.on <= on);
        before.or(record.history.last()).map(|step| step.by.clone()).unwrap_or_default()
    };
    let update = |news: &News| {
        Ok(ProjectUpdate {
            id: app.new_update_id(),
            project: id,
            at: at_hour(app, news.on, 15)?,
            by: author(news.on),
            lang: news.lang,
            body: news.body.clone(),
            progress_pct: news.progress_pct,
        })
    };
    record.updates.iter().map(update).collect()
}

/// An hour of a day in the territory's zone; never later than now.
fn at_hour(app: &App, day: Date, hour: i8) -> anyhow::Result<Timestamp> {
    let at = day.at(hour, 0, 0, 0).to_zoned(app.zone().clone())?.timestamp();
    Ok(at.min(app.now()))
}

fn money(record: &MoneyRecord) -> anyhow::Result<MoneyLine> {
    let amount = |text: &Option<String>| {
        text.as_deref().map(|text| Money::parse(text, MoneyUnit::ThousandTenge)).transpose()
    };
    Ok(MoneyLine {
        year: record.year,
        source: record.source,
        programme: record.programme.clone(),
        planned: amount(&record.planned)?,
        amended: amount(&record.amended)?,
        contracted: amount(&record.contracted)?,
        invoiced: amount(&record.invoiced)?,
        paid: amount(&record.paid)?,
    })
}

/// A printed decimal of degrees, with at most six decimals, as whole millionths.
fn millionths(degrees: &serde_json::Number) -> anyhow::Result<i32> {
    let text = degrees.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    Ok(format!("{whole}{fraction:0<6}").parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_become_whole_millionths() {
        let check = |json: &str, want: i32| {
            let number: serde_json::Number = serde_json::from_str(json).unwrap();
            assert_eq!(millionths(&number).unwrap(), want);
        };
        check("44.824085", 44_824_085);
        check("69.5", 69_500_000);
        check("-0.25", -250_000);
    }
}
