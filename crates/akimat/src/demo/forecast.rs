//! Forecasts of the demonstration: what the methods of today would have said in past years, marked as computed
//! later, and the forecasts of today. Both are background work, so that the pages answer at once.

use super::district;
use akimat_app::App;
use akimat_app::published_forecast::BatchParams;
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
