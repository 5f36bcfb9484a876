//! Forecasts of the demonstration: what the methods of today would have said in past years, marked as computed
//! later, and the forecasts of today. Both are background work, so that the pages answer at once.

use super::district;
use akimat_app::App;
use akimat_app::published_forecast::{AdjustmentDraft, BatchParams, ForecastRequest, Published};
use akimat_budget::Item;
use akimat_storage::Account;
use akimat_storage::published_forecast::ForecastLine;
use jiff::civil::Date;

/// Past years whose first of July is a date of knowledge: the year before is over and reported by then.
const YEARS: i16 = 8;

/// Asks for both.
///
/// # Errors
/// When the database fails.
pub(super) async fn ask(app: &App) -> anyhow::Result<()> {
    let this_year = app.today().year();
    let past = |back: i16| Date::new(this_year - back, 7, 1).ok();
    let as_of = (1..=YEARS).rev().filter_map(past).collect();
    let region = Some(district().region());
    app.ask_to_hindcast_as_operator(&BatchParams { under: region, as_of, ..BatchParams::default() }).await?;
    app.ask_to_publish_as_operator(&BatchParams { under: region, ..BatchParams::default() }).await?;
    Ok(())
}

/// What the invented analyst knows and the figures do not yet tell.
const REASON: &str =
    "Жаңа кірпіш зауыты жыл ортасында іске қосылады: жеке табыс салығы өседі (ойдан шығарылған мысал).";

/// The analyst publishes the forecast of tax revenue and raises its first year, so that an adjustment is seen.
///
/// # Errors
/// When the database fails.
pub(super) async fn adjust(app: &App, analyst: Option<&Account>) -> anyhow::Result<()> {
    let line = ForecastLine::Budget(Item::Tax, String::new());
    let request = ForecastRequest::yearly(district(), line);
    let Published::New(id) = app.publish_forecast(analyst, &request).await? else { return Ok(()) };
    let forecast = app.read().find_published_forecast(id).await?;
    if let Some(step) = forecast.as_ref().and_then(|forecast| forecast.body.steps.first()) {
        let draft = AdjustmentDraft {
            period: step.period.to_string(),
            percent: "3".to_owned(),
            reason: REASON.to_owned(),
            ..AdjustmentDraft::default()
        };
        app.adjust_forecast(analyst, id, &draft).await?;
    }
    Ok(())
}
