//! Appraisals of the demonstration: invented quantities on the invented projects, drafted by the analyst and signed by
//! the manager.

use akimat_app::App;
use akimat_app::appraisal::tables;
use akimat_appraisal::Document;
use akimat_appraisal::document::{Claim, FORMAT, GroupLine, Line, LineKind, Payer, RiskLine};
use akimat_appraisal::rate::Timing;
use akimat_core::{Money, MoneyUnit};
use akimat_project::{MoneySource, Project};
use akimat_storage::{Account, ProjectFilter};
use anyhow::Context;
use serde::Deserialize;
use std::collections::BTreeMap;

const APPRAISALS: &str = include_str!("../../../../data/demo/appraisals.json");
/// Projects of the demonstration at most.
const PROJECTS_MAX: u16 = 1_000;

/// One appraisal of `appraisals.json`; amounts are million tenge.
#[derive(Debug, Deserialize)]
struct Invented {
    number: String,
    last_year: i16,
    /// A version without it is a draft.
    signed: bool,
    /// Running it, a year, from the year after the last payment.
    operating: String,
    /// Revenue from users, a year.
    #[serde(default)]
    revenue: Option<String>,
    /// Impacts with units a year.
    claims: Vec<(String, f64)>,
    /// Settlement or group, name, residents, hundredths of a per cent of the benefits.
    groups: Vec<(bool, String, u32, u32)>,
    /// More lines: what, who pays, first and last year, a year.
    #[serde(default)]
    lines: Vec<(LineKind, Payer, i16, i16, String)>,
    /// Risks: name, chance in hundredths of a per cent, cost, year, handed over in hundredths of a per cent.
    #[serde(default)]
    risks: Vec<(String, u32, String, i16, u32)>,
    /// Loan and its rate in hundredths of a per cent.
    #[serde(default)]
    debt: Option<(String, u32)>,
    note: String,
}

/// Drafts and signs them all.
///
/// # Errors
/// When the file does not fit the projects, or the database fails.
pub(super) async fn add(app: &App, accounts: &BTreeMap<String, Account>) -> anyhow::Result<()> {
    let all: Vec<Invented> = serde_json::from_str(APPRAISALS).context("data/demo/appraisals.json")?;
    let projects = app.read().list_whole_projects(&ProjectFilter::default(), PROJECTS_MAX).await?;
    for one in &all {
        let found = projects.iter().find(|project| project.number == one.number && project.invented);
        let project = found.with_context(|| format!("{} is no project of the demonstration", one.number))?;
        let document = document(project, one)?;
        let id = app.draft_appraisal(accounts.get("analyst"), project.id, &document).await?;
        if one.signed {
            app.sign_appraisal(accounts.get("manager"), id).await?;
        }
    }
    Ok(())
}

fn million(text: &str) -> anyhow::Result<Money> {
    Money::parse(text, MoneyUnit::MillionTenge).with_context(|| format!("{text:?} is no amount"))
}

fn document(project: &Project, one: &Invented) -> anyhow::Result<Document> {
    let years: Vec<i16> = project.money.iter().map(|line| line.year).collect();
    let base_year = years.iter().copied().min().context("a project without money")?;
    let open = years.iter().copied().max().unwrap_or(base_year) + 1;
    let rates = &tables().rates;
    let rate = rates.version(&rates.default, "2020-01-01").context("the rate of the demonstration")?;
    let claim = |(code, quantity): &(String, f64)| Claim {
        code: code.clone(),
        version: tables().impacts.version.clone(),
        from: open,
        to: one.last_year,
        quantity: *quantity,
    };
    let group = |(settlement, name, population, share_bp): &(bool, String, u32, u32)| GroupLine {
        settlement: *settlement,
        name: name.clone(),
        population: *population,
        share_bp: *share_bp,
    };
    let risk = |(name, chance_bp, cost, year, transferred_bp): &(String, u32, String, i16, u32)| {
        anyhow::Ok(RiskLine {
            name: name.clone(),
            chance_bp: *chance_bp,
            cost: million(cost)?,
            year: *year,
            transferred_bp: *transferred_bp,
        })
    };
    Ok(Document {
        format: FORMAT,
        base_year,
        timing: Timing::Mid,
        rate: rate.code.clone(),
        rate_version: rate.valid_from.clone(),
        lines: lines(project, one, open)?,
        claims: one.claims.iter().map(claim).collect(),
        class: tables().uplifts.by_sector.get(project.sector.code()).cloned(),
        groups: one.groups.iter().map(group).collect(),
        risks: one.risks.iter().map(risk).collect::<anyhow::Result<_>>()?,
        debt: one.debt.as_ref().map(|(debt, rate)| anyhow::Ok((million(debt)?, *rate))).transpose()?,
        effect: None,
        note: one.note.clone(),
        invented: true,
    })
}

/// The planned money of the project, then running it.
fn lines(project: &Project, one: &Invented, open: i16) -> anyhow::Result<Vec<Line>> {
    let mut lines = Vec::new();
    for own in &project.money {
        let payer = match own.source {
            MoneySource::Own => Payer::Local,
            MoneySource::Transfer => Payer::Regional,
            MoneySource::Private | MoneySource::Grant => Payer::Private,
        };
        if let Some(amount) = own.planned {
            lines.push(Line { kind: LineKind::Capital, payer, from: own.year, to: own.year, amount });
        }
    }
    let mut yearly = |kind, payer, (from, to): (i16, i16), amount: &str| {
        lines.push(Line { kind, payer, from, to, amount: million(amount)? });
        anyhow::Ok(())
    };
    yearly(LineKind::Operating, Payer::Local, (open, one.last_year), &one.operating)?;
    if let Some(revenue) = &one.revenue {
        yearly(LineKind::Revenue, Payer::Private, (open, one.last_year), revenue)?;
    }
    for (kind, payer, from, to, amount) in &one.lines {
        yearly(*kind, *payer, (*from, *to), amount)?;
    }
    Ok(lines)
}
