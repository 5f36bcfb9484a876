//! What is known of a line: its values, which record states each, and since when it is known here.

use crate::forecast::{LineForecast, LineQuestion, Observed};
use crate::{App, Result};
use akimat_budget::{Item, Stage};
use akimat_core::{BudgetId, Decimal, Frequency, KatoCode, Period};
use akimat_storage::observation::{ObservationQuery, ObservationScope};
use akimat_storage::published_forecast::{ForecastLine, Milli};
use akimat_storage::{BudgetFilter, PageRequest};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Unit of everything that is money.
pub(super) const TENGE: &str = "tenge";

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownPoint {
    pub(super) period: Period,
    pub(super) value: Milli,
    /// Name of the file that states it.
    pub(super) source: String,
    /// The day on which it was imported.
    pub(super) since: Date,
}

/// A line without a forecast.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// State of the figures of a budget.
    pub(super) stage: Option<Stage>,
    /// Oldest first.
    pub(super) points: Vec<KnownPoint>,
    pub(super) unit: String,
    pub(super) invented: bool,
}

/// Budgets of a territory: the file that each came from, and the day of its import.
pub(super) type Sources = BTreeMap<BudgetId, (String, Date)>;

impl Known {
    /// Leaves what was over before a date: a year is known from the day after its end.
    pub(super) fn cut(&mut self, as_of: Date) {
        self.points.retain(|point| ended_before(point.period, as_of));
    }
}

/// The period ended before this day.
fn ended_before(period: Period, day: Date) -> bool {
    let next = period.next();
    let months = 12 / i16::from(next.frequency().per_year());
    let first_month = (i16::from(next.part()) - 1) * months + 1;
    (next.year(), first_month) <= (day.year(), i16::from(day.month()))
}

impl App {
    /// Values of a line in one state of the figures.
    pub(super) async fn known_line(
        &self,
        place: KatoCode,
        (line, frequency): (&ForecastLine, Frequency),
        stage: Option<Stage>,
    ) -> Result<Known> {
        let sources = self.sources(place).await?;
        self.known_line_of(place, (line, frequency), stage, &sources).await
    }

    /// As [`App::known_line`], with the budgets of the territory read already.
    pub(super) async fn known_line_of(
        &self,
        place: KatoCode,
        (line, frequency): (&ForecastLine, Frequency),
        stage: Option<Stage>,
        sources: &Sources,
    ) -> Result<Known> {
        let ask = async |item: Item, code: &str, stage: Option<Stage>| {
            let question = LineQuestion { stage, frequency, ..LineQuestion::yearly(place, item, code) };
            self.observed_line(&question).await
        };
        match line {
            ForecastLine::Budget(item, code) => Ok(self.of_money(&ask(*item, code, stage).await?, sources)),
            ForecastLine::OwnRevenue => {
                let total = ask(Item::RevenueTotal, "", stage).await?;
                let received = ask(Item::Transfers, "", Some(total.stage)).await?;
                Ok(self.of_money(&less(total, &received), sources))
            }
            ForecastLine::Series(code) => self.known_series(place, code).await,
        }
    }

    fn of_money(&self, line: &LineForecast, sources: &Sources) -> Known {
        let point = |own: &Observed| {
            // Execution reports are not budgets: what they state is known today.
            let source = own.budget.and_then(|budget| sources.get(&budget)).cloned();
            let (source, since) = source.unwrap_or_else(|| (String::new(), self.today()));
            // A tiyn is ten thousandths of a tenge.
            let value = Milli(own.amount.tiyn().saturating_mul(10));
            KnownPoint { period: own.period, value, source, since }
        };
        Known {
            stage: Some(line.stage),
            points: line.observed.iter().map(point).collect(),
            unit: TENGE.to_owned(),
            invented: line.invented,
        }
    }

    /// The yearly figures of a series of observations.
    async fn known_series(&self, place: KatoCode, code: &str) -> Result<Known> {
        let query = ObservationQuery {
            series: vec![code.to_owned()],
            scope: ObservationScope::Place(place),
            years: i16::MIN..=i16::MAX,
        };
        let mut known = Known::default();
        for own in self.read().list_observations(&query).await? {
            let Some(value) = thousandths(own.value) else { continue };
            let since = own.imported_at.to_zoned(self.zone().clone()).date();
            known.points.push(KnownPoint {
                period: Period::year_of(own.year),
                value,
                source: own.file_name,
                since,
            });
            known.invented |= own.invented;
            known.unit = own.unit;
        }
        Ok(known)
    }

    /// Every budget of a territory with its file.
    pub(super) async fn sources(&self, place: KatoCode) -> Result<Sources> {
        let mut sources = Sources::new();
        let filter = BudgetFilter { place: Some(place), year: None };
        let mut page = PageRequest::first(PageRequest::LIMIT_MAX);
        loop {
            let part = self.read().list_budgets(&filter, &page).await?;
            for head in part.items {
                let day = head.budget.provenance.imported_at.to_zoned(self.zone().clone()).date();
                sources.insert(head.budget.id, (head.budget.provenance.file_name, day));
            }
            match part.next {
                None => return Ok(sources),
                after => page.after = after,
            }
        }
    }
}

/// Revenue less transfers, for the periods that state both.
fn less(mut total: LineForecast, received: &LineForecast) -> LineForecast {
    let of: BTreeMap<Period, _> = received.observed.iter().map(|own| (own.period, own.amount)).collect();
    let own = |revenue: &Observed| {
        let amount = revenue.amount.checked_sub(*of.get(&revenue.period)?)?;
        Some(Observed { amount, ..*revenue })
    };
    total.observed = total.observed.iter().filter_map(own).collect();
    total
}

/// A printed number in thousandths, rounded half away from zero; `None` beyond 9.2 quadrillion.
pub(super) fn thousandths(value: Decimal) -> Option<Milli> {
    let (mantissa, scale) = (i128::from(value.mantissa()) * 1000, 10_i128.pow(value.decimals().into()));
    let half = if mantissa < 0 { -scale / 2 } else { scale / 2 };
    i64::try_from((mantissa + half) / scale).ok().map(Milli)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_known_once_it_is_over() {
        let check = |period: &str, day: &str, want: bool| {
            assert_eq!(
                ended_before(period.parse().unwrap(), day.parse().unwrap()),
                want,
                "{period} on {day}"
            );
        };
        check("2023", "2023-12-31", false);
        check("2023", "2024-01-01", true);
        check("2023-Q2", "2023-06-30", false);
        check("2023-Q2", "2023-07-01", true);
        check("2023-12", "2024-01-01", true);
        check("2023-12", "2023-12-31", false);
    }

    #[test]
    fn printed_numbers_are_rounded_to_thousandths() {
        for (text, want) in [("12.3456", 12_346), ("-12.3456", -12_346), ("7", 7_000), ("0.0004", 0)] {
            assert_eq!(thousandths(text.parse().unwrap()), Some(Milli(want)), "{text}");
        }
    }
}
