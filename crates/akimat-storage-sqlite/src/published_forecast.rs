//! Forecasts as published, facts held against them, adjustments.

use crate::SqliteStore;
use crate::db::{Db, overfull};
use akimat_core::{ForecastId, KatoCode};
use akimat_storage::published_forecast::{
    Adjustment, ForecastFilter, Judgement, PublishedForecast, PublishedForecastRead, TrackQuery, TrackRow,
};
use akimat_storage::row::{Arg, after_date, marks, published_forecast as row};
use akimat_storage::{Conflict, Cursor, Page, PageRequest, Result, args};
use async_trait::async_trait;
use std::fmt::Write as _;
use std::sync::LazyLock;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!("insert into published_forecasts ({}) values ({})", row::COLUMNS, marks('?', row::COLUMNS))
});
static FIND: LazyLock<String> =
    LazyLock::new(|| format!("select {} from published_forecasts where id = ?1", row::COLUMNS));
static SUBJECT: LazyLock<String> =
    LazyLock::new(|| format!("select {} from published_forecasts where id = ?1", row::SUBJECT));
static JUDGE: LazyLock<String> = LazyLock::new(|| {
    format!("insert into judgements ({}) values ({})", row::JUDGEMENT_ALL, marks('?', row::JUDGEMENT_ALL))
});
static ADJUST: LazyLock<String> = LazyLock::new(|| {
    format!("insert into adjustments ({}) values ({})", row::ADJUSTMENT, marks('?', row::ADJUSTMENT))
});
const PLACES: &str = "select distinct place from published_forecasts order by place";

#[async_trait]
impl PublishedForecastRead for SqliteStore {
    async fn list_published_forecasts(
        &self,
        filter: &ForecastFilter,
        page: &PageRequest,
    ) -> Result<Page<PublishedForecast>> {
        let (sql, args) = list(filter, page);
        let page = page.clone();
        self.read(move |db| db.page((&sql, &args), &page, row::read, cursor)).await
    }

    async fn find_published_forecast(&self, id: ForecastId) -> Result<Option<PublishedForecast>> {
        self.read(move |db| db.row(&FIND, &args![id.0], row::read)).await
    }

    async fn list_judgements(&self, forecasts: &[ForecastId]) -> Result<Vec<Judgement>> {
        let order = "order by forecast, period, revision";
        let (sql, args) = of_forecasts((row::JUDGEMENT, "judgements"), forecasts, order);
        self.read(move |db| db.rows(&sql, &args, row::read_judgement)).await
    }

    async fn list_adjustments(&self, forecasts: &[ForecastId]) -> Result<Vec<Adjustment>> {
        let (sql, args) = of_forecasts((row::ADJUSTMENT, "adjustments"), forecasts, "order by at, id");
        self.read(move |db| db.rows(&sql, &args, row::read_adjustment)).await
    }

    async fn track_record(&self, query: &TrackQuery) -> Result<Vec<TrackRow>> {
        let (sql, args) = row::track_record(query, '?');
        self.read(move |db| Ok(row::tidy(db.rows(&sql, &args, row::read_track)?))).await
    }

    async fn list_forecast_places(&self) -> Result<Vec<KatoCode>> {
        self.read(|db| db.rows(PLACES, &[], row::read_place)).await
    }
}

fn cursor(forecast: &PublishedForecast) -> Cursor {
    Cursor { key: forecast.known_at.to_string(), id: forecast.id.0 }
}

fn list(filter: &ForecastFilter, page: &PageRequest) -> (String, Vec<Arg<'static>>) {
    let mut sql = format!("select {} from published_forecasts where true", row::COLUMNS);
    let mut args = vec![overfull(page)];
    // Writing to a string cannot fail.
    if let Some(place) = filter.place {
        args.push(place.into());
        let _ = write!(sql, " and place = ?{}", args.len());
    }
    if let Some(line) = &filter.line {
        args.extend(args![line.item_code(), line.code().to_owned()]);
        let _ = write!(sql, " and item = ?{} and code = ?{}", args.len() - 1, args.len());
    }
    if let Some(basis) = filter.basis {
        args.push(basis.code().into());
        let _ = write!(sql, " and basis = ?{}", args.len());
    }
    if let Some(hindcast) = filter.hindcast {
        args.push(hindcast.into());
        let _ = write!(sql, " and hindcast = ?{}", args.len());
    }
    if let Some((date, id)) = after_date(page) {
        args.extend(args![date, id]);
        let _ = write!(sql, " and (known_at, id) < (?{}, ?{})", args.len() - 1, args.len());
    }
    sql.push_str(" order by known_at desc, id desc limit ?1");
    (sql, args)
}

/// The rows of a table that belong to one of the forecasts.
fn of_forecasts(
    (columns, table): (&str, &str),
    forecasts: &[ForecastId],
    order: &str,
) -> (String, Vec<Arg<'static>>) {
    let wanted: Vec<String> = (1..=forecasts.len()).map(|at| format!("?{at}")).collect();
    let which =
        if wanted.is_empty() { "false".to_owned() } else { format!("forecast in ({})", wanted.join(", ")) };
    let sql = format!("select {columns} from {table} where {which} {order}");
    (sql, forecasts.iter().map(|id| Arg::from(id.0)).collect())
}

/// [`akimat_storage::Change::PublishForecast`].
pub(crate) fn publish(db: &Db, forecast: &PublishedForecast) -> Result<()> {
    db.execute(&INSERT, &row::args(forecast)).map(|_| ())
}

fn subject(db: &Db, forecast: ForecastId) -> Result<row::Subject> {
    let found = db.row(&SUBJECT, &args![forecast.0], row::read_subject)?;
    found.ok_or_else(|| Conflict::Missing("published forecast").into())
}

/// [`akimat_storage::Change::AddJudgements`].
pub(crate) fn judge(db: &Db, judgements: &[Judgement]) -> Result<()> {
    let mut last: Option<(ForecastId, row::Subject)> = None;
    for judgement in judgements {
        let known = match last.take() {
            Some((of, known)) if of == judgement.forecast => known,
            _ => subject(db, judgement.forecast)?,
        };
        db.execute(&JUDGE, &row::judgement_args(judgement, &known))?;
        last = Some((judgement.forecast, known));
    }
    Ok(())
}

/// [`akimat_storage::Change::AddAdjustment`].
pub(crate) fn adjust(db: &Db, adjustment: &Adjustment) -> Result<()> {
    subject(db, adjustment.forecast)?;
    db.execute(&ADJUST, &row::adjustment_args(adjustment)).map(|_| ())
}
