//! Columns of published forecasts, their judgements and adjustments.

use super::{Arg, Columns, odd, to_json};
use crate::published_forecast::{
    Adjustment, ForecastBasis, ForecastLine, Judgement, Milli, PublishedForecast, TrackBy, TrackQuery,
    TrackRow,
};
use crate::{Result, args};
use akimat_budget::Stage;
use akimat_core::{AccountId, ForecastId, Frequency, KatoCode, Period};
use std::fmt::Write as _;

/// What [`read`] reads and [`args`] writes.
pub const COLUMNS: &str = "id, place, item, code, basis, frequency, stage, origin, known_at, hindcast, published_at, \
     publisher, publisher_name, model, model_version, invented, body";

/// What [`read_judgement`] reads, of the table `judgements`.
pub const JUDGEMENT: &str = "forecast, period, revision, horizon, counted, fact, source, known_on, judged_at, \
     error, naive_error, scaled, naive_scaled, relative, inside50, inside80, inside90, inside95, adjusted_error";

/// What [`judgement_args`] writes: [`JUDGEMENT`], and what the track record is grouped by.
pub const JUDGEMENT_ALL: &str = "forecast, period, revision, horizon, counted, fact, source, known_on, judged_at, \
     error, naive_error, scaled, naive_scaled, relative, inside50, inside80, inside90, inside95, adjusted_error, \
     year, place, item, code, basis, hindcast, model_version";

/// What [`read_subject`] reads, of the table `published_forecasts`.
pub const SUBJECT: &str = "place, item, code, basis, hindcast, model_version";

/// What [`read_adjustment`] reads and [`adjustment_args`] writes.
pub const ADJUSTMENT: &str = "id, forecast, period, value, percent, reason, account, account_name, at";

/// What a judgement repeats of its forecast, so that counting needs one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    place: i64,
    item: String,
    code: String,
    basis: String,
    hindcast: bool,
    model_version: String,
}

/// Values of [`COLUMNS`].
pub fn args(forecast: &PublishedForecast) -> Vec<Arg<'_>> {
    args![
        forecast.id.0,
        forecast.place,
        forecast.line.item_code(),
        forecast.line.code(),
        forecast.basis.code(),
        forecast.frequency.code(),
        forecast.stage.map(Stage::code),
        forecast.origin.to_string(),
        forecast.known_at,
        forecast.hindcast,
        forecast.published_at,
        forecast.publisher.map(|account| account.0),
        forecast.publisher_name.as_str(),
        forecast.model.as_str(),
        forecast.model_version.as_str(),
        forecast.invented,
        to_json(&forecast.body),
    ]
    .into()
}

/// A forecast out of [`COLUMNS`].
///
/// # Errors
/// [`crate::StoreError::Unexpected`] when a column holds something else, as in every function here.
pub fn read(row: &mut Columns<'_>) -> Result<PublishedForecast> {
    let (id, place) = (ForecastId(row.uuid()?), row.kato()?);
    let (item, code) = (row.string()?, row.string()?);
    let line = ForecastLine::parse(&item, &code).ok_or_else(|| odd(format!("{item:?} is no line")))?;
    let basis = row.string()?;
    let basis = ForecastBasis::parse(&basis).ok_or_else(|| odd(format!("{basis:?} is no basis")))?;
    let frequency: Frequency = row.string()?.parse().map_err(|_| odd("no frequency"))?;
    let stage = match row.string_opt()? {
        None => None,
        Some(code) => Some(Stage::parse(&code).ok_or_else(|| odd(format!("{code:?} is no stage")))?),
    };
    Ok(PublishedForecast {
        id,
        place,
        line,
        basis,
        frequency,
        stage,
        origin: period(row)?,
        known_at: row.date()?,
        hindcast: row.flag()?,
        published_at: row.instant()?,
        publisher: row.uuid_opt()?.map(AccountId),
        publisher_name: row.string()?,
        model: row.string()?,
        model_version: row.string()?,
        invented: row.flag()?,
        body: row.json()?,
    })
}

fn period(row: &mut Columns<'_>) -> Result<Period> {
    let text = row.string()?;
    text.parse().map_err(|_| odd(format!("{text:?} is no period")))
}

/// A territory out of the only column.
///
/// # Errors
/// See [`read`].
pub fn read_place(row: &mut Columns<'_>) -> Result<KatoCode> {
    row.kato()
}

/// A subject out of [`SUBJECT`].
///
/// # Errors
/// See [`read`].
pub fn read_subject(row: &mut Columns<'_>) -> Result<Subject> {
    Ok(Subject {
        place: row.int()?,
        item: row.string()?,
        code: row.string()?,
        basis: row.string()?,
        hindcast: row.flag()?,
        model_version: row.string()?,
    })
}

/// Values of [`JUDGEMENT_ALL`].
pub fn judgement_args<'a>(judgement: &'a Judgement, subject: &'a Subject) -> Vec<Arg<'a>> {
    let inside = |at: usize| judgement.inside[at].map(i64::from);
    args![
        judgement.forecast.0,
        judgement.period.to_string(),
        judgement.revision,
        judgement.horizon,
        judgement.counted,
        judgement.fact.0,
        judgement.source.as_str(),
        judgement.known_on,
        judgement.judged_at,
        judgement.error.0,
        judgement.naive_error.0,
        judgement.scaled,
        judgement.naive_scaled,
        judgement.relative,
        inside(0),
        inside(1),
        inside(2),
        inside(3),
        judgement.adjusted_error.map(|error| error.0),
        judgement.period.year(),
        subject.place,
        subject.item.as_str(),
        subject.code.as_str(),
        subject.basis.as_str(),
        subject.hindcast,
        subject.model_version.as_str(),
    ]
    .into()
}

/// A judgement out of [`JUDGEMENT`].
///
/// # Errors
/// See [`read`].
pub fn read_judgement(row: &mut Columns<'_>) -> Result<Judgement> {
    let yes_no = |row: &mut Columns<'_>| Ok::<_, crate::StoreError>(row.int_opt()?.map(|inside| inside != 0));
    Ok(Judgement {
        forecast: ForecastId(row.uuid()?),
        period: period(row)?,
        revision: row.int()?,
        horizon: row.int()?,
        counted: row.flag()?,
        fact: Milli(row.int()?),
        source: row.string()?,
        known_on: row.date()?,
        judged_at: row.instant()?,
        error: Milli(row.int()?),
        naive_error: Milli(row.int()?),
        scaled: row.int_opt()?,
        naive_scaled: row.int_opt()?,
        relative: row.int_opt()?,
        inside: [yes_no(row)?, yes_no(row)?, yes_no(row)?, yes_no(row)?],
        adjusted_error: row.int_opt()?.map(Milli),
    })
}

/// Values of [`ADJUSTMENT`].
pub fn adjustment_args(adjustment: &Adjustment) -> Vec<Arg<'_>> {
    args![
        adjustment.id,
        adjustment.forecast.0,
        adjustment.period.to_string(),
        adjustment.value.0,
        adjustment.percent.map(|percent| percent.0),
        adjustment.reason.as_str(),
        adjustment.account.0,
        adjustment.account_name.as_str(),
        adjustment.at,
    ]
    .into()
}

/// An adjustment out of [`ADJUSTMENT`].
///
/// # Errors
/// See [`read`].
pub fn read_adjustment(row: &mut Columns<'_>) -> Result<Adjustment> {
    Ok(Adjustment {
        id: row.uuid()?,
        forecast: ForecastId(row.uuid()?),
        period: period(row)?,
        value: Milli(row.int()?),
        percent: row.int_opt()?.map(Milli),
        reason: row.string()?,
        account: AccountId(row.uuid()?),
        account_name: row.string()?,
        at: row.instant()?,
    })
}

/// The question for a track record, in the dialect whose marks begin with `mark`. It is portable apart from
/// that.
pub fn track_record(query: &TrackQuery, mark: char) -> (String, Vec<Arg<'static>>) {
    let key = match query.by {
        TrackBy::All => "''",
        TrackBy::Line => "item || '|' || code",
        TrackBy::Horizon => "cast(horizon as text)",
        TrackBy::Version => "model_version",
        TrackBy::Place => "cast(place as text)",
        TrackBy::Year => "cast(year as text)",
    };
    let sum = |what: &str| format!("cast(coalesce(sum({what}), 0) as bigint)");
    let mut columns = vec![key.to_owned(), "count(*)".to_owned()];
    for level in crate::published_forecast::LEVELS {
        columns.push(format!("count(inside{level})"));
        columns.push(sum(&format!("inside{level}")));
    }
    columns.push("count(scaled)".to_owned());
    columns.push(sum("scaled"));
    columns.push(sum("naive_scaled"));
    columns.push(sum("case when abs(naive_error) < abs(error) then 1 else 0 end"));
    columns.push(sum("abs(error) / 1000"));
    columns.push("count(relative)".to_owned());
    columns.push(sum("relative"));
    columns.push("count(adjusted_error)".to_owned());
    columns.push(sum("case when abs(adjusted_error) < abs(error) then 1 else 0 end"));
    columns.push(sum("abs(adjusted_error) / 1000"));
    columns.push(sum("case when adjusted_error is not null then abs(error) / 1000 end"));
    let mut sql = format!(
        "select {} from judgements where counted and hindcast = {mark}1 and basis = {mark}2",
        columns.join(", ")
    );
    let mut args = vec![Arg::from(query.hindcast), Arg::from(query.basis.code())];
    let mut narrow = |name: &str, arg: Arg<'static>| {
        args.push(arg);
        // Writing to a string cannot fail.
        let _ = write!(sql, " and {name} {mark}{}", args.len());
    };
    if let Some(place) = query.place {
        narrow("place =", place.into());
    }
    if let Some(line) = &query.line {
        narrow("item =", line.item_code().to_owned().into());
        narrow("code =", line.code().to_owned().into());
    }
    if let Some(horizon) = query.horizon {
        narrow("horizon =", horizon.into());
    }
    if let Some(version) = &query.version {
        narrow("model_version =", version.clone().into());
    }
    for year in &query.without_years {
        narrow("year <>", (*year).into());
    }
    if query.by != TrackBy::All {
        sql.push_str(" group by 1");
    }
    (sql, args)
}

/// A row of [`track_record`].
///
/// # Errors
/// See [`read`].
pub fn read_track(row: &mut Columns<'_>) -> Result<TrackRow> {
    let (key, n) = (row.string()?, row.int()?);
    let mut inside = [(0, 0); 4];
    for level in &mut inside {
        *level = (row.int()?, row.int()?);
    }
    Ok(TrackRow {
        key,
        n,
        inside,
        n_scaled: row.int()?,
        scaled: row.int()?,
        naive_scaled: row.int()?,
        n_naive_better: row.int()?,
        abs_error: row.int()?,
        n_relative: row.int()?,
        relative: row.int()?,
        n_adjusted: row.int()?,
        n_adjusted_better: row.int()?,
        adjusted_error: row.int()?,
        unadjusted_error: row.int()?,
    })
}

/// Rows as [`crate::PublishedForecastRead::track_record`] promises them: no empty group, by key.
pub fn tidy(mut rows: Vec<TrackRow>) -> Vec<TrackRow> {
    rows.retain(|row| row.n > 0);
    rows.sort_by(|a, b| a.key.cmp(&b.key));
    rows
}
