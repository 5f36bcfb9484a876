//! Columns of a project, and what is derived from it for searching, sorting and summing.

use super::{Arg, Columns, participation, to_json};
use crate::project::{PortfolioCell, ProjectTotals};
use crate::{Cursor, ProjectCard, ProjectSort, Result, args};
use akimat_core::{AccountId, KatoCode, Lang, Money, ProjectId, UpdateId};
use akimat_participation::RatingSummary;
use akimat_project::{
    Basis, Kind, Level, Modality, MoneyLine, MoneySource, Point, Project, ProjectUpdate, Sector, Status,
    StatusChange,
};

/// What [`read`] reads first; then comes the money as JSON.
pub const COLUMNS: &str = "id, number, place, title_kk, title_ru, title_en, summary_kk, summary_ru, \
     summary_en, sector, kind, modality, level, status, progress_pct, contractor, starts_on, ends_on, \
     lat_e6, lon_e6, scores, exclusive_group, manager, invented, version, created_at, updated_at, \
     milestones, results, stage, news_at, beneficiaries, partners, international";

/// What [`args`] writes.
pub const STORED: &str = "id, number, place, title_kk, title_ru, title_en, summary_kk, summary_ru, \
     summary_en, sector, kind, modality, level, status, progress_pct, contractor, starts_on, ends_on, \
     lat_e6, lon_e6, scores, exclusive_group, manager, invented, version, created_at, updated_at, \
     milestones, results, stage, news_at, beneficiaries, partners, international, planned, contracted, paid, \
     cost_key, ends_key, years, amended, invoiced";

/// What [`read_card`] reads; then come the five counts of votes.
pub const CARD_COLUMNS: &str = "id, number, place, title_kk, title_ru, title_en, sector, kind, modality, \
     status, progress_pct, planned, paid, ends_on, lat_e6, lon_e6, invented, updated_at, stage, news_at, \
     n_comments";

/// Codes of the statuses in which nothing more is to be finished, for SQL.
pub const OVER: &str = "'completed', 'operating', 'terminated'";

/// Codes of the statuses in which residents expect news, for SQL.
pub const IN_WORK: &str = "'tender', 'contract', 'implementing'";

/// What [`money_args`] writes.
pub const MONEY_STORED: &str = "project_id, position, place, year, source, programme, planned, amended, \
     contracted, invoiced, paid";

/// What [`status_change_args`] writes.
pub const STATUS_STORED: &str = "project_id, from_status, to_status, at, moved_by, reason, stage, \
     basis_kind, basis_number, basis_on";

/// What [`read_status_change`] reads.
pub const STATUS_COLUMNS: &str =
    "from_status, to_status, at, moved_by, reason, stage, basis_kind, basis_number, basis_on";

/// What [`read_update`] reads and [`update_args`] writes.
pub const UPDATE_COLUMNS: &str = "id, project_id, at, posted_by, lang, body, progress_pct";

/// The bit that many years share; which of them it is only the money itself tells.
pub const YEAR_BIT_OTHER: i64 = 1 << 62;

/// The territory that stands for partners from abroad in the table of ties.
pub const ABROAD: i64 = 0;

/// The sort key of a project without an end.
pub const ENDS_NEVER: &str = "9999-12-31";

/// Values of [`STORED`].
pub fn args(project: &Project) -> Vec<Arg<'_>> {
    let (planned, contracted, paid) = project.totals();
    let (amended, invoiced) = project.later_totals();
    args![
        project.id.0,
        project.number.as_str(),
        project.place,
        project.title.kk.as_str(),
        project.title.ru.as_str(),
        project.title.en.as_str(),
        project.summary.kk.as_str(),
        project.summary.ru.as_str(),
        project.summary.en.as_str(),
        project.sector.code(),
        project.kind.code(),
        project.modality.code(),
        project.level.code(),
        project.status.code(),
        project.progress_pct,
        project.contractor.as_str(),
        project.starts_on,
        project.ends_on,
        project.location.map(|point| i64::from(point.lat_e6)),
        project.location.map(|point| i64::from(point.lon_e6)),
        to_json(&project.scores),
        project.exclusive_group.as_str(),
        project.manager.map(|account| account.0),
        project.invented,
        project.version,
        project.created_at,
        project.updated_at,
        to_json(&project.milestones),
        to_json(&project.results),
        project.stage.as_str(),
        project.news_at,
        to_json(&project.beneficiaries),
        to_json(&project.partners),
        project.international,
        planned,
        contracted,
        paid,
        planned.map_or(-1, Money::tiyn),
        project.ends_on.map_or_else(|| ENDS_NEVER.to_owned(), |date| date.to_string()),
        project.money.iter().fold(0, |years, line| years | year_bit(line.year)),
        amended,
        invoiced,
    ]
    .into()
}

/// The bit of a year in the set of years with money: 2000 is the lowest. Years before 2000 and after 2061
/// share the highest, [`YEAR_BIT_OTHER`].
pub fn year_bit(year: i16) -> i64 {
    match year {
        2000..=2061 => 1 << (year - 2000),
        _ => YEAR_BIT_OTHER,
    }
}

/// A whole project out of [`COLUMNS`] and a JSON list of its lines in the order of their parts.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read(row: &mut Columns<'_>) -> Result<Project> {
    let mut project = Project {
        id: ProjectId(row.uuid()?),
        number: row.string()?,
        place: row.kato()?,
        title: row.words()?,
        summary: row.words()?,
        sector: row.code(Sector::parse)?,
        kind: row.code(Kind::parse)?,
        modality: row.code(Modality::parse)?,
        level: row.code(Level::parse)?,
        status: row.code(Status::parse)?,
        progress_pct: row.int()?,
        contractor: row.string()?,
        starts_on: row.date_opt()?,
        ends_on: row.date_opt()?,
        location: location(row)?,
        scores: row.json()?,
        exclusive_group: row.string()?,
        manager: row.uuid_opt()?.map(AccountId),
        invented: row.flag()?,
        version: row.int()?,
        created_at: row.instant()?,
        updated_at: row.instant()?,
        milestones: row.json()?,
        results: row.json()?,
        stage: row.string()?,
        news_at: row.instant()?,
        beneficiaries: row.json()?,
        partners: row.json()?,
        international: row.flag()?,
        money: Vec::new(),
    };
    let money: Vec<MoneyRow> = row.json()?;
    project.money = money
        .into_iter()
        .map(|(year, source, programme, planned, amended, contracted, invoiced, paid)| MoneyLine {
            year,
            source,
            programme,
            planned,
            amended,
            contracted,
            invoiced,
            paid,
        })
        .collect();
    Ok(project)
}

/// Year, source, programme, planned, amended, contracted, invoiced, paid.
type MoneyRow =
    (i16, MoneySource, String, Option<Money>, Option<Money>, Option<Money>, Option<Money>, Option<Money>);

/// The territory of a project out of its only column.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when the column holds something else.
pub fn read_place(row: &mut Columns<'_>) -> Result<KatoCode> {
    row.kato()
}

/// A project with its votes and number of comments: [`read`], then the number, then five counts.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_with_votes(row: &mut Columns<'_>) -> Result<(Project, RatingSummary, u64)> {
    let project = read(row)?;
    let n_comments = row.int()?;
    Ok((project, participation::read_counts(row)?, n_comments))
}

/// A card out of [`CARD_COLUMNS`] and five counts.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_card(row: &mut Columns<'_>) -> Result<ProjectCard> {
    let mut card = ProjectCard {
        id: ProjectId(row.uuid()?),
        number: row.string()?,
        place: row.kato()?,
        title: row.words()?,
        sector: row.code(Sector::parse)?,
        kind: row.code(Kind::parse)?,
        modality: row.code(Modality::parse)?,
        status: row.code(Status::parse)?,
        progress_pct: row.int()?,
        planned: row.money_opt()?,
        paid: row.money_opt()?,
        ends_on: row.date_opt()?,
        location: location(row)?,
        invented: row.flag()?,
        updated_at: row.instant()?,
        stage: row.string()?,
        news_at: row.instant()?,
        n_comments: row.int()?,
        rating: RatingSummary::default(),
    };
    card.rating = participation::read_counts(row)?;
    Ok(card)
}

/// What a portfolio is divided by, before the sums that each database makes in its own way.
pub const PORTFOLIO_COLUMNS: &str = "place, status, stage, sector, modality";

/// The sums of a cell: how many, planned, paid as `amount` reads them, late, silent.
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_portfolio_cell(
    row: &mut Columns<'_>,
    amount: fn(&mut Columns<'_>) -> Result<Money>,
) -> Result<PortfolioCell> {
    Ok(PortfolioCell {
        place: row.kato()?,
        status: row.code(Status::parse)?,
        stage: row.string()?,
        sector: row.code(Sector::parse)?,
        modality: row.code(Modality::parse)?,
        totals: ProjectTotals { n_projects: row.int()?, planned: amount(row)?, paid: amount(row)? },
        n_late: row.int()?,
        n_silent: row.int()?,
    })
}

/// Where the list continues after this card.
pub fn cursor(card: &ProjectCard, sort: ProjectSort) -> Cursor {
    let key = match sort {
        ProjectSort::Quiet => card.news_at.as_microsecond().to_string(),
        ProjectSort::Updated => card.updated_at.as_microsecond().to_string(),
        ProjectSort::Cost => card.planned.map_or(-1, Money::tiyn).to_string(),
        ProjectSort::Ends => card.ends_on.map_or_else(|| ENDS_NEVER.to_owned(), |date| date.to_string()),
    };
    Cursor { key, id: card.id.0 }
}

/// Values of [`MONEY_STORED`]; `position` counts from 0.
pub fn money_args<'a>(project: &Project, position: usize, line: &MoneyLine) -> Vec<Arg<'a>> {
    args![
        project.id.0,
        i64::try_from(position).unwrap_or(i64::MAX),
        project.place,
        line.year,
        line.source.code(),
        line.programme.clone(),
        line.planned,
        line.amended,
        line.contracted,
        line.invoiced,
        line.paid,
    ]
    .into()
}

/// Values of [`STATUS_STORED`].
pub fn status_change_args<'a>(project: ProjectId, change: &'a StatusChange) -> Vec<Arg<'a>> {
    args![
        project.0,
        change.from.map(Status::code),
        change.to.code(),
        change.at,
        change.by.as_str(),
        change.reason.as_str(),
        change.stage.as_str(),
        change.basis.kind.as_str(),
        change.basis.number.as_str(),
        change.basis.on,
    ]
    .into()
}

/// A move out of [`STATUS_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_status_change(row: &mut Columns<'_>) -> Result<StatusChange> {
    let from = match row.string_opt()? {
        None => None,
        Some(code) => {
            Some(Status::parse(&code).ok_or_else(|| super::odd(format!("{code:?} is not a status")))?)
        }
    };
    Ok(StatusChange {
        from,
        to: row.code(Status::parse)?,
        at: row.instant()?,
        by: row.string()?,
        reason: row.string()?,
        stage: row.string()?,
        basis: Basis { kind: row.string()?, number: row.string()?, on: row.date_opt()? },
    })
}

/// A move of one of several projects: the project, then [`STATUS_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_move(row: &mut Columns<'_>) -> Result<(ProjectId, StatusChange)> {
    Ok((ProjectId(row.uuid()?), read_status_change(row)?))
}

/// Values of [`UPDATE_COLUMNS`].
pub fn update_args(update: &ProjectUpdate) -> Vec<Arg<'_>> {
    args![
        update.id.0,
        update.project.0,
        update.at,
        update.by.as_str(),
        update.lang.code(),
        update.body.as_str(),
        update.progress_pct,
    ]
    .into()
}

/// News out of [`UPDATE_COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else.
pub fn read_update(row: &mut Columns<'_>) -> Result<ProjectUpdate> {
    Ok(ProjectUpdate {
        id: UpdateId(row.uuid()?),
        project: ProjectId(row.uuid()?),
        at: row.instant()?,
        by: row.string()?,
        lang: row.code(Lang::parse)?,
        body: row.string()?,
        progress_pct: row.int()?,
    })
}

fn location(row: &mut Columns<'_>) -> Result<Option<Point>> {
    let (lat, lon) = (row.int_opt()?, row.int_opt()?);
    let (Some(lat), Some(lon)) = (lat, lon) else { return Ok(None) };
    let e6 = |value: i64| i32::try_from(value).map_err(|_| super::odd(format!("{value} is off the Earth")));
    Ok(Some(Point { lat_e6: e6(lat)?, lon_e6: e6(lon)? }))
}
