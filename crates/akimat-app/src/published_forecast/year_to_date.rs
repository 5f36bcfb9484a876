//! Forecasts of the fiscal year that runs: what is executed since January at the end of each month to December,
//! line by line, as published, and the reports by which they are judged.
//!
//! Nothing is published of a year that is over: its reports tell more than a forecast.

use super::known::{Known, KnownPoint, TENGE};
use super::{known_scale, model_mark};
use crate::forecast_year::{FiscalFacts, FiscalLineYear, FiscalPicture, LEVELS, NoFiscalYear, RunningYear};
use crate::permission::{self, Permission};
use crate::project::spokesman;
use crate::{App, AppError, Result};
use akimat_budget::Stage;
use akimat_core::{Frequency, KatoCode, Money, Period};
use akimat_forecast::fiscal::{CODE, FiscalBook, FiscalLine, FiscalYear, MONTHS, Origin, Rule};
use akimat_storage::published_forecast::{
    ForecastBasis, ForecastBody, ForecastLine, Milli, PublishedForecast, PublishedInterval, PublishedPast,
    PublishedStep,
};
use akimat_storage::{Account, Change};
use jiff::civil::Date;
use serde_json::json;
use std::sync::OnceLock;

/// Months of the history that are kept with a forecast: three years.
const HISTORY_MAX: usize = 36;
/// Months of a year: the season of what is counted since January.
const SEASON: usize = MONTHS;

/// What became of a wish to publish how the running year goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublishedYear {
    /// Lines that are stored now, and lines that were published before and say the same.
    Stored {
        /// The year.
        year: i16,
        /// Stored now.
        n_new: usize,
        /// Published before.
        n_same: usize,
    },
    /// The year is over.
    Over,
    /// There is no honest forecast.
    Refused(NoFiscalYear),
}

/// The version of the method: that of the program and a fingerprint of what it answers for invented reference
/// lines. It changes by itself when the method answers differently.
pub fn fiscal_version() -> &'static str {
    static VERSION: OnceLock<String> = OnceLock::new();
    VERSION.get_or_init(|| {
        let line = |n: u8| {
            let year = |year: i16| {
                let mut own = FiscalYear::new(year);
                let level = f64::from(year - 2000) * (4.0 + f64::from(n % 4)) + f64::from((n * 7) % 5);
                for (month, (plan, done)) in (1_u8..).zip(own.plan.iter_mut().zip(&mut own.executed)) {
                    *plan = Some(level * 14.0);
                    *done = Some(level * (f64::from(month) + f64::from(month * n % 5) / 4.0));
                }
                own
            };
            let years = (2020..=2024).map(year).collect();
            FiscalLine { id: n.to_string(), group: (n % 3).to_string(), years }
        };
        let lines: Vec<FiscalLine> = (1..=12).map(line).collect();
        let mut said = String::new();
        for month in [3, 8] {
            let book = FiscalBook::new(&lines, Origin { year: 2024, month });
            let answers = book.and_then(|book| book.forecasts(&LEVELS)).unwrap_or_default();
            for answer in answers.into_iter().flatten() {
                for ahead in &answer.months {
                    said.push_str(&format!("{:.3e};", ahead.cumulative));
                    for interval in &ahead.intervals {
                        said.push_str(&format!("{:.2e}:{:.2e};", interval.low, interval.high));
                    }
                }
            }
        }
        model_mark(said.as_bytes())
    })
}

impl App {
    /// An analyst publishes how the running year of a budget goes on, every line of it at once. What says the
    /// same as before is no new record.
    ///
    /// # Errors
    /// [`AppError::Forbidden`] outside the analyst's territory, [`AppError::NotFound`] when there is no such
    /// territory.
    pub async fn publish_running_year(
        &self,
        actor: Option<&Account>,
        place: KatoCode,
    ) -> Result<PublishedYear> {
        permission::check(actor, Permission::PublishForecasts, Some(place))?;
        let found = self.read().find_place(place, self.today()).await?;
        found.ok_or(AppError::NotFound("place"))?;
        let made = self.make_running_year(actor, place, None).await?;
        self.store_running_year(actor, place, made).await
    }

    /// The operator stores what the method of today says when today's reports are cut off at a past date: a
    /// month counts as known from the day after its end. The records are marked as computed later.
    ///
    /// # Errors
    /// [`AppError::Invalid`] when the date is not past (`as_of`).
    pub async fn publish_running_year_as_of(&self, place: KatoCode, as_of: Date) -> Result<PublishedYear> {
        if as_of >= self.today() {
            return Err(AppError::field("as_of", "field-date-not-past"));
        }
        let made = self.make_running_year(None, place, Some(as_of)).await?;
        self.store_running_year(None, place, made).await
    }

    async fn store_running_year(
        &self,
        actor: Option<&Account>,
        place: KatoCode,
        made: std::result::Result<Vec<PublishedForecast>, PublishedYear>,
    ) -> Result<PublishedYear> {
        let made = match made {
            Ok(made) => made,
            Err(no) => return Ok(no),
        };
        let (mut changes, mut n_same) = (Vec::new(), 0);
        let origin = made.first().map_or(Period::year_of(self.today().year()), |own| own.origin);
        for forecast in made {
            match self.same_forecast(&forecast).await? {
                Some(_) => n_same += 1,
                None => changes.push(Change::PublishForecast(Box::new(forecast))),
            }
        }
        let n_new = changes.len();
        if n_new > 0 {
            let detail =
                json!({ "forecasts": n_new, "origin": origin.to_string(), "version": fiscal_version() });
            changes.push(self.audit(actor, "publish_running_year", place, Some(place), &detail));
            self.store().apply(changes).await?;
        }
        Ok(PublishedYear::Stored { year: origin.year(), n_new, n_same })
    }

    /// Computes the forecasts of the running year without storing them.
    pub(crate) async fn make_running_year(
        &self,
        actor: Option<&Account>,
        place: KatoCode,
        as_of: Option<Date>,
    ) -> Result<std::result::Result<Vec<PublishedForecast>, PublishedYear>> {
        let picture = match self.running_year(place, as_of).await? {
            RunningYear::Runs(picture) => *picture,
            RunningYear::Over => return Ok(Err(PublishedYear::Over)),
            RunningYear::Refused(no) => return Ok(Err(PublishedYear::Refused(no))),
        };
        let forecast = |line: &FiscalLineYear| {
            Some(PublishedForecast {
                id: self.new_forecast_id(),
                place,
                line: line.node.line()?,
                basis: ForecastBasis::YearToDate,
                frequency: Frequency::Monthly,
                stage: Some(Stage::Executed),
                origin: month_of(picture.origin)?,
                known_at: as_of.unwrap_or_else(|| self.today()),
                hindcast: as_of.is_some(),
                published_at: self.now(),
                publisher: actor.map(|account| account.id),
                publisher_name: spokesman(actor),
                model: CODE.to_owned(),
                model_version: fiscal_version().to_owned(),
                invented: picture.invented,
                body: body(&picture, line)?,
            })
        };
        Ok(Ok(picture.lines.iter().filter_map(forecast).collect()))
    }

    /// What reports state of a line since January, as facts: known here from today on, like every report.
    pub(super) fn known_since_january(&self, line: &ForecastLine, facts: &FiscalFacts) -> Known {
        let point = |(period, amount, file): (Period, Money, String)| KnownPoint {
            period,
            value: milli(amount),
            source: file,
            since: self.today(),
        };
        Known {
            stage: Some(Stage::Executed),
            points: facts.executed(line).into_iter().map(point).collect(),
            unit: TENGE.to_owned(),
            invented: facts.invented(),
        }
    }
}

fn month_of(origin: Origin) -> Option<Period> {
    Period::new(origin.year, origin.month, Frequency::Monthly)
}

/// A tiyn is ten thousandths of a tenge.
const fn milli(amount: Money) -> Milli {
    Milli(amount.tiyn().saturating_mul(10))
}

/// What a line's forecast says, in thousandths of a tenge; `None` when a value is beyond them.
fn body(picture: &FiscalPicture, line: &FiscalLineYear) -> Option<ForecastBody> {
    let naive = Naive::of(line, picture.origin)?;
    let year = picture.origin.year;
    let step = |ahead: &akimat_forecast::fiscal::MonthAhead| {
        let interval = |own: &akimat_forecast::Interval| {
            Some(PublishedInterval { level: own.level, low: Milli::of(own.low)?, high: Milli::of(own.high)? })
        };
        let mut intervals: Vec<PublishedInterval> =
            ahead.intervals.iter().map(interval).collect::<Option<_>>()?;
        let mut point = Milli::of(ahead.cumulative)?;
        if usize::from(ahead.month) == MONTHS {
            // December is the total of the page, whose sums equal their parts to the tiyn.
            point = milli(line.total);
            intervals.clear();
            intervals.extend(line.ranges.iter().map(|&(level, low, high)| PublishedInterval {
                level,
                low: milli(low),
                high: milli(high),
            }));
        }
        let naive = milli(naive.at(ahead.month)?);
        Some(PublishedStep {
            period: month_of(Origin { year, month: ahead.month })?,
            point,
            naive,
            intervals,
        })
    };
    let plan = |(month, plan): (u8, &Option<Money>)| {
        Some(PublishedPast { period: month_of(Origin { year, month })?, value: milli((*plan)?) })
    };
    let known: Vec<(Period, f64)> =
        line.reported.iter().map(|own| (own.0, crate::forecast::in_tenge(own.1))).collect();
    let skipped = line.reported.len().saturating_sub(HISTORY_MAX);
    let past = line.reported.iter().skip(skipped);
    let weight = |&(rule, weight): &(Rule, f64)| Some((rule.code().to_owned(), Milli::of(weight)?));
    Some(ForecastBody {
        unit: TENGE.to_owned(),
        history: past.map(|own| PublishedPast { period: own.0, value: milli(own.1) }).collect(),
        steps: line.months.iter().map(step).collect::<Option<_>>()?,
        weights: line.weights.iter().filter(|own| own.1 >= 0.0005).map(weight).collect::<Option<_>>()?,
        plans: (1_u8..).zip(&line.plans).filter_map(plan).collect(),
        naive_method: naive.rule.code().to_owned(),
        assumptions: vec!["nominal".to_owned()],
        scale: Milli::of(known_scale(&known, SEASON))?,
    })
}

/// What anybody would say without this program: last year's remaining months, or the pace to date where last
/// year is not known. The rule is chosen by what is known, not by which would have been nearer.
struct Naive<'l> {
    rule: Rule,
    line: &'l FiscalLineYear,
    origin: Origin,
    executed: Money,
}

impl<'l> Naive<'l> {
    fn of(line: &'l FiscalLineYear, origin: Origin) -> Option<Self> {
        let executed = line.executed()?;
        let last = |month: u8| line.reported_at(origin.year - 1, month);
        let rule = if (origin.month..=12).all(|month| last(month).is_some()) {
            Rule::SeasonalNaive
        } else {
            Rule::Linear
        };
        Some(Self { rule, line, origin, executed })
    }

    fn at(&self, month: u8) -> Option<Money> {
        if self.rule == Rule::Linear {
            let tiyn = i128::from(self.executed.tiyn()) * i128::from(month) / i128::from(self.origin.month);
            return i64::try_from(tiyn).ok().map(Money::from_tiyn);
        }
        let last = |month: u8| self.line.reported_at(self.origin.year - 1, month);
        self.executed.checked_add(last(month)?.checked_sub(last(self.origin.month)?)?)
    }
}
