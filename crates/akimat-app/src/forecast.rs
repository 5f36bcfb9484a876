//! Forecasts of the lines of budgets: of whole years from the register of budgets, of months and quarters from
//! the execution reports of the cube.

mod assume;
pub mod laboratory;
pub mod next_year;
mod past;
mod prepare;

pub use assume::{Assumptions, Inflation, Share};
pub use past::{Past, weights};
pub(crate) use prepare::prepare_values;
pub use prepare::{Cleaning, Noted, Preparation, prepare};

use crate::{App, AppError, Result};
use akimat_budget::{Item, Stage};
use akimat_core::{BudgetId, Frequency, KatoCode, Money, Period};
use akimat_forecast::{Forecast, POINTS_MIN, Refusal, SeriesError};
use akimat_storage::fact::{FactMonth, FactNode, LineKey};
use akimat_storage::published_forecast::{ForecastBasis, ForecastFilter, ForecastLine, PublishedForecast};
use akimat_storage::{PageRequest, SeriesPoint};
use std::collections::BTreeMap;

/// Steps ahead when nobody asks for another number.
pub const HORIZON_DEFAULT: usize = 3;
/// Steps ahead at most for a yearly series.
pub const HORIZON_MAX: usize = 10;
/// Intervals that a forecast carries, in per cent.
pub const LEVELS: [u8; 3] = [50, 80, 95];

/// Published forecasts that are looked through at most.
const PUBLISHED_READ: u16 = 50;

/// In which prices a series is continued.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Prices {
    /// Those of each year, as printed.
    #[default]
    Current,
    /// Those of the last year whose prices are known.
    Constant,
}

impl Prices {
    /// Word in addresses: `current`, `constant`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Constant => "constant",
        }
    }

    /// The prices with this word.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Current, Self::Constant].into_iter().find(|own| own.code() == text)
    }
}

/// Which series is continued, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineQuestion {
    /// Territory.
    pub place: KatoCode,
    /// What the line states.
    pub item: Item,
    /// Classification code; empty for summary items.
    pub code: String,
    /// State of the figures; `None` for the one that makes the best series.
    pub stage: Option<Stage>,
    /// Years from the register of budgets, months and quarters from execution reports.
    pub frequency: Frequency,
    /// Steps ahead.
    pub horizon: usize,
    /// In which prices.
    pub prices: Prices,
    /// What is done to the history.
    pub cleaning: Cleaning,
    /// What is assumed of the future.
    pub assumptions: Assumptions,
}

impl LineQuestion {
    /// The yearly series of a line in the prices of each year.
    pub fn yearly(place: KatoCode, item: Item, code: &str) -> Self {
        Self {
            place,
            item,
            code: code.to_owned(),
            stage: None,
            frequency: Frequency::Yearly,
            horizon: HORIZON_DEFAULT,
            prices: Prices::Current,
            cleaning: Cleaning::default(),
            assumptions: Assumptions::default(),
        }
    }

    /// Steps ahead at most: ten years, three years of quarters, two years of months.
    pub const fn horizon_max(frequency: Frequency) -> usize {
        match frequency {
            Frequency::Yearly => HORIZON_MAX,
            Frequency::Quarterly => 12,
            Frequency::Monthly => 24,
        }
    }
}

/// One observed period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Year, quarter or month.
    pub period: Period,
    /// Amount.
    pub amount: Money,
    /// The budget that states it; `None` when it comes from execution reports.
    pub budget: Option<BudgetId>,
}

/// What a plan states for a year that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// Year.
    pub year: i16,
    /// Approved or amended.
    pub stage: Stage,
    /// Amount.
    pub amount: Money,
    /// The budget that states it.
    pub budget: BudgetId,
}

/// Prices in which a series stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceBase {
    /// The year whose prices are the measure.
    pub year: i16,
    /// Where the series of prices comes from.
    pub source: String,
    /// Periods that were left out because the series of prices does not reach them.
    pub beyond: Vec<Period>,
    /// The forecast was brought back to the prices of each year along this path.
    pub assumed: Option<Inflation>,
}

/// Why there is no forecast.
#[derive(Clone, Debug, PartialEq)]
pub enum NoForecast {
    /// The values are not a series.
    Series(SeriesError),
    /// The series does not allow an honest forecast.
    Refused(Refusal),
    /// Constant prices were asked for and there is no series of prices.
    NoPrices,
    /// More than half of the periods are missing.
    Gaps {
        /// Missing periods.
        missing: usize,
        /// Periods between the first and the last known one.
        of: usize,
    },
    /// An assumption makes no sense, such as a share of zero.
    Assumption,
}

/// A line over the years, and its continuation or the reason why there is none.
#[derive(Clone, Debug)]
pub struct LineForecast {
    /// The state of all figures.
    pub stage: Stage,
    /// What is observed, oldest first, one a period.
    pub observed: Vec<Observed>,
    /// Years for which several budgets contradict each other; they are left out of the series.
    pub contradicted: Vec<i16>,
    /// Plans of years after the last observed one, oldest first; none where the series itself is made of plans.
    pub plans: Vec<Planned>,
    /// In which prices the figures stand; `None` for those of each year.
    pub prices: Option<PriceBase>,
    /// What was done to the observations before the fit, and what was noticed.
    pub preparation: Preparation,
    /// The share of a tax that the forecast assumes.
    pub share: Option<Share>,
    /// The observations are invented for the demonstration.
    pub invented: bool,
    /// The forecast in tenge, with the intervals of [`LEVELS`].
    pub forecast: std::result::Result<Forecast, NoForecast>,
    /// What the same method says one step ahead when the series is cut earlier, oldest first.
    pub past: Vec<Past>,
    /// The newest published forecast of this line that facts have come after.
    pub published: Option<PublishedForecast>,
}

impl App {
    /// Forecasts a yearly line of the budgets of a territory; see [`App::forecast_line`].
    ///
    /// # Errors
    /// When the database fails. A refusal of the forecast is not an error but an answer.
    pub async fn forecast_budget_line(
        &self,
        place: KatoCode,
        item: Item,
        code: &str,
        stage: Option<Stage>,
        horizon: usize,
    ) -> Result<LineForecast> {
        self.forecast_line(&LineQuestion { stage, horizon, ..LineQuestion::yearly(place, item, code) }).await
    }

    /// Forecasts a line of the budgets of a territory. All periods count in one state of the figures, because
    /// a plan is no fact: the one that `stage` asks for, or else the executed figures where there are enough
    /// of them, or else the state with the most years. Quarters and months are what execution reports add.
    ///
    /// # Errors
    /// When the database fails. A refusal of the forecast is not an error but an answer.
    pub async fn forecast_line(&self, question: &LineQuestion) -> Result<LineForecast> {
        let mut line = self.observed_line(question).await?;
        let current = (line.observed.clone(), line.plans.clone());
        let priced = self.reprice(&mut line, question.prices).await?;
        let prepared = prepare(&line.observed, question.cleaning);
        let horizon = question.horizon.clamp(1, LineQuestion::horizon_max(question.frequency));
        let work = move || match prepared {
            _ if !priced => (Err(NoForecast::NoPrices), Vec::new(), Preparation::default()),
            Ok((series, note)) => {
                let (forecast, past) = past::with_past(&series, horizon);
                (forecast, past, note)
            }
            Err(no) => (Err(no), Vec::new(), Preparation::default()),
        };
        let answer = tokio::task::spawn_blocking(work).await;
        (line.forecast, line.past, line.preparation) =
            answer.map_err(|error| AppError::Internal(error.to_string()))?;
        assume(&mut line, question, current);
        line.published = self.published_before(question, &line).await?;
        Ok(line)
    }

    /// The newest published forecast of the same line in the same state and prices that facts have come after;
    /// one that was published before the facts goes before one that was computed later.
    async fn published_before(
        &self,
        question: &LineQuestion,
        line: &LineForecast,
    ) -> Result<Option<PublishedForecast>> {
        let Some(last) = line.observed.last().filter(|_| line.prices.is_none()) else { return Ok(None) };
        let wanted = ForecastFilter {
            place: Some(question.place),
            line: Some(ForecastLine::Budget(question.item, question.code.clone())),
            basis: Some(ForecastBasis::Period),
            hindcast: None,
        };
        let page = PageRequest::first(PUBLISHED_READ);
        let found = self.read().list_published_forecasts(&wanted, &page).await?.items;
        let fits = |own: &PublishedForecast| {
            own.frequency == question.frequency && own.stage == Some(line.stage) && own.origin < last.period
        };
        Ok(found.into_iter().filter(fits).max_by_key(|own| (!own.hindcast, own.origin)))
    }

    /// What is observed of a line, without a forecast yet.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn observed_line(&self, question: &LineQuestion) -> Result<LineForecast> {
        if question.frequency == Frequency::Yearly {
            let points = self.read().budget_series(question.place, question.item, &question.code).await?;
            return Ok(of_years(&points, question.stage));
        }
        let key = LineKey { item: question.item, code: question.code.clone() };
        let months = self.read().fact_months(FactNode::Unit(question.place), &key, 1991..=2100).await?;
        let place = self.read().find_place(question.place, self.today()).await?;
        let mut line = empty(Stage::Executed);
        line.observed = flows(&months, question.frequency);
        line.invented = place.is_some_and(|place| place.invented);
        Ok(line)
    }

    /// Puts the observations into constant prices when they are asked for; `false` when there are no prices.
    async fn reprice(&self, line: &mut LineForecast, prices: Prices) -> Result<bool> {
        let Some(last) = line.observed.last().filter(|_| prices == Prices::Constant) else { return Ok(true) };
        let Some(deflator) = self.prices(Some(last.period.year())).await? else { return Ok(false) };
        let mut base = PriceBase {
            year: deflator.base_year,
            source: deflator.source.clone(),
            beyond: Vec::new(),
            assumed: None,
        };
        for own in std::mem::take(&mut line.observed) {
            match deflator.real_money(own.amount, own.period.year()) {
                Ok(amount) => line.observed.push(Observed { amount, ..own }),
                Err(_) => base.beyond.push(own.period),
            }
        }
        // A plan stands in the prices of its own year: beside constant prices it would mislead.
        line.plans.clear();
        line.prices = Some(base);
        Ok(true)
    }
}

/// Carries what the person assumes through the forecast.
fn assume(line: &mut LineForecast, question: &LineQuestion, current: (Vec<Observed>, Vec<Planned>)) {
    // Prices matter only where the history stands in constant ones.
    let inflation = question.assumptions.inflation.filter(|_| line.prices.is_some());
    let assumed = Assumptions { inflation, ..question.assumptions };
    let Ok(forecast) = &mut line.forecast else { return };
    match assume::factors(assumed, question.frequency, forecast.steps.len()) {
        Some(factors) => assume::apply(forecast, &factors),
        None => {
            line.forecast = Err(NoForecast::Assumption);
            return;
        }
    }
    line.share = assumed.share;
    if let Some(prices) = line.prices.as_mut().filter(|_| inflation.is_some()) {
        prices.assumed = inflation;
        let constant = std::mem::replace(&mut line.observed, current.0);
        line.plans = current.1;
        line.observed.retain(|own| !prices.beyond.contains(&own.period));
        assume::past_in_current_prices(&mut line.past, &constant, &line.observed);
    }
}

fn empty(stage: Stage) -> LineForecast {
    LineForecast {
        stage,
        observed: Vec::new(),
        contradicted: Vec::new(),
        plans: Vec::new(),
        prices: None,
        preparation: Preparation::default(),
        share: None,
        invented: false,
        forecast: Err(NoForecast::Series(SeriesError::Empty)),
        past: Vec::new(),
        published: None,
    }
}

/// The years of a line as the register of budgets states them.
fn of_years(points: &[SeriesPoint], stage: Option<Stage>) -> LineForecast {
    let stage = stage.unwrap_or_else(|| fullest(points));
    let mut years: BTreeMap<i16, Vec<Observed>> = BTreeMap::new();
    for point in points {
        if let Some(amount) = point.amounts.at(stage) {
            let period = Period::year_of(point.year);
            let observed = Observed { period, amount, budget: Some(point.budget) };
            years.entry(point.year).or_default().push(observed);
        }
    }
    let mut line = empty(stage);
    (line.observed, line.contradicted) = settle(years);
    line.invented = points.iter().any(|point| point.invented);
    if let Some(last) = line.observed.last().filter(|_| stage == Stage::Executed) {
        line.plans = plans(points, last.period.year());
    }
    line
}

/// Plans of the years after `last`: the approved one, or else the amended; contradicting ones are left out.
fn plans(points: &[SeriesPoint], last: i16) -> Vec<Planned> {
    let mut years: BTreeMap<i16, Vec<Planned>> = BTreeMap::new();
    for point in points.iter().filter(|point| point.year > last) {
        let stage = if point.amounts.approved.is_some() { Stage::Approved } else { Stage::Amended };
        if let Some(amount) = point.amounts.at(stage) {
            let planned = Planned { year: point.year, stage, amount, budget: point.budget };
            years.entry(point.year).or_default().push(planned);
        }
    }
    let agreed = |plans: &Vec<Planned>| plans.iter().all(|plan| plan.amount == plans[0].amount);
    years.into_values().filter(agreed).filter_map(|plans| plans.first().copied()).collect()
}

/// What each quarter or month added: the report of its end less the one of its beginning. A period without one
/// of the two is missing.
fn flows(months: &[FactMonth], frequency: Frequency) -> Vec<Observed> {
    let known: BTreeMap<(i16, u8), Money> =
        months.iter().filter_map(|own| Some(((own.year, own.month), own.amounts.executed?))).collect();
    let step = 12 / frequency.per_year();
    let flow = |(&(year, month), end): (&(i16, u8), &Money)| {
        let part = month / step;
        let period = Period::new(year, part, frequency).filter(|_| month.is_multiple_of(step))?;
        let before = if part == 1 { Money::ZERO } else { *known.get(&(year, month - step))? };
        Some(Observed { period, amount: end.checked_sub(before)?, budget: None })
    };
    known.iter().filter_map(flow).collect()
}

/// The state of the figures that makes the best series.
fn fullest(points: &[SeriesPoint]) -> Stage {
    let count = |stage: Stage| points.iter().filter(|point| point.amounts.at(stage).is_some()).count();
    if count(Stage::Executed) >= POINTS_MIN {
        return Stage::Executed;
    }
    // The last of equals wins: executed before amended before approved.
    Stage::ALL.into_iter().max_by_key(|stage| count(*stage)).unwrap_or(Stage::Approved)
}

/// One figure a year. Budgets that state different amounts for one year contradict each other: nobody here
/// decides which is right, so that year is left out and named.
fn settle(years: BTreeMap<i16, Vec<Observed>>) -> (Vec<Observed>, Vec<i16>) {
    let mut settled = Vec::new();
    let mut contradicted = Vec::new();
    for (year, figures) in years {
        match figures.as_slice() {
            [first, rest @ ..] if rest.iter().all(|other| other.amount == first.amount) => {
                settled.push(*first);
            }
            _ => contradicted.push(year),
        }
    }
    (settled, contradicted)
}

/// Tenge as a float: models need no more than 53 bits, and what they say is an estimate.
#[expect(clippy::cast_precision_loss, reason = "a forecast needs no more than 53 bits")]
pub fn in_tenge(money: Money) -> f64 {
    money.tiyn() as f64 / 100.0
}

/// An estimate in tenge as money, rounded to whole tenge; `None` beyond 92 quadrillion.
pub fn to_money(tenge: f64) -> Option<Money> {
    let whole = tenge.round();
    // Beyond 2^53 a float no longer names a single tenge, and no budget is that large.
    if !whole.is_finite() || whole.abs() > 9e15 {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "checked to be within ±9e15 just above")]
    Money::from_tenge(whole as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_budget::Amounts;
    use akimat_storage::fact::StageCounts;

    fn month(year: i16, month: u8, tenge: i64) -> FactMonth {
        let amounts = Amounts { executed: Money::from_tenge(tenge), ..Amounts::default() };
        FactMonth { year, month, amounts, n_units: StageCounts::default() }
    }

    #[test]
    fn reports_since_january_become_months_and_quarters() {
        let reports = [
            month(2024, 1, 10),
            month(2024, 2, 30),
            month(2024, 3, 25),
            month(2024, 6, 60),
            month(2025, 1, 5),
        ];
        let check = |frequency, want: &[(&str, i64)]| {
            let got: Vec<(String, i64)> = flows(&reports, frequency)
                .into_iter()
                .map(|own| (own.period.to_string(), own.amount.tiyn() / 100))
                .collect();
            let want: Vec<(String, i64)> =
                want.iter().map(|(period, n)| ((*period).to_owned(), *n)).collect();
            assert_eq!(got, want);
        };
        // June has no May before it; a month that takes back is negative.
        check(Frequency::Monthly, &[("2024-01", 10), ("2024-02", 20), ("2024-03", -5), ("2025-01", 5)]);
        check(Frequency::Quarterly, &[("2024-Q1", 25), ("2024-Q2", 35)]);
    }
}
