//! A coming year of a territory on one page: revenue by source, expenditure by functional group, the plan beside.
//!
//! The lines of a total are forecast one by one and add up to it exactly. A line that allows no forecast repeats
//! its last figure and says why, so that the sum is whole; a line that the last year does not state any more is
//! left out and named.

use super::{LineForecast, LineQuestion, NoForecast, Observed, Planned, in_tenge, to_money};
use crate::{App, AppError, Result};
use akimat_budget::{Item, Stage, classification};
use akimat_core::{KatoCode, Money};
use akimat_forecast::{Refusal, Series, Step, forecast};

/// Years after the last observed one that can be asked for.
pub const YEARS_AHEAD_MAX: i16 = 3;
/// Level of the ranges, in per cent.
pub const LEVEL: u8 = 80;

/// What stands behind the figure of a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    /// A forecast of the line.
    Forecast,
    /// The lines below it, added up.
    Sum,
    /// Its last figure, because it allows no forecast.
    Repeated(NoForecast),
}

/// A line of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct YearLine {
    /// 0 for a total, 1 and 2 for what it is made of.
    pub depth: u8,
    /// What it states; `None` for own revenue, which is revenue less transfers.
    pub item: Option<Item>,
    /// Classification code; empty for summary items.
    pub code: String,
    /// Past years, oldest first.
    pub observed: Vec<Observed>,
    /// The newest plan that is not later than the year asked for.
    pub plan: Option<Planned>,
    /// What is expected; the lines below a total add up to it.
    pub point: Money,
    /// The range of [`LEVEL`]; `None` for a repeated figure.
    pub range: Option<(Money, Money)>,
    /// Where the figure comes from.
    pub basis: Basis,
}

/// Where a plan lies beside a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Below its lower end.
    Below,
    /// Inside.
    Within,
    /// Above its upper end.
    Above,
}

impl YearLine {
    /// Where the plan of the very year lies; `None` without a plan of that year or without a range.
    pub fn beside(&self, year: i16) -> Option<Beside> {
        let plan = self.plan.filter(|plan| plan.year == year)?.amount;
        let (low, high) = self.range?;
        Some(if plan < low {
            Beside::Below
        } else if plan > high {
            Beside::Above
        } else {
            Beside::Within
        })
    }
}

/// A line that was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    /// What it stated.
    pub item: Item,
    /// Classification code.
    pub code: String,
    /// The last year that states it.
    pub last: i16,
}

/// A coming year.
#[derive(Clone, Debug, PartialEq)]
pub struct NextYear {
    /// The year.
    pub year: i16,
    /// The last observed year.
    pub last: i16,
    /// State of the past figures.
    pub stage: Stage,
    /// Revenue: the total, own revenue with its categories, transfers.
    pub revenue: Vec<YearLine>,
    /// Expenditure: the total and its functional groups.
    pub expenditure: Vec<YearLine>,
    /// Lines that ended before the last year.
    pub ended: Vec<Ended>,
    /// The figures are invented for the demonstration.
    pub invented: bool,
}

/// A line before the sum.
struct Leaf {
    depth: u8,
    item: Option<Item>,
    code: String,
    line: LineForecast,
    step: std::result::Result<Step, NoForecast>,
}

/// Which year, in which state of the figures.
#[derive(Clone, Copy)]
struct Frame {
    place: KatoCode,
    year: i16,
    last: i16,
    stage: Stage,
}

impl App {
    /// The budget of a coming year as the past continues it; `None` when the register has no total of revenue
    /// and no total of expenditure. Without `year` it is the year after the present one, or else the first
    /// after the last observed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forecast_year(&self, place: KatoCode, year: Option<i16>) -> Result<Option<NextYear>> {
        let revenue = self.observed_line(&LineQuestion::yearly(place, Item::RevenueTotal, "")).await?;
        let spent = self.observed_line(&LineQuestion::yearly(place, Item::ExpenditureTotal, "")).await?;
        let Some((top, last)) = [&revenue, &spent]
            .into_iter()
            .filter_map(|line| Some((line, line.observed.last()?.period.year())))
            .max_by_key(|(line, last)| (line.stage == Stage::Executed, *last))
        else {
            return Ok(None);
        };
        let ahead = |year: &i16| (last + 1..=last + YEARS_AHEAD_MAX).contains(year);
        let next = Some(self.today().year().saturating_add(1));
        let year = year.filter(ahead).or_else(|| next.filter(ahead)).unwrap_or(last + 1);
        let frame = Frame { place, year, last, stage: top.stage };
        let invented = revenue.invented || spent.invented;
        let mut ended = Vec::new();
        let revenue = self.revenue(frame, &mut ended).await?;
        let expenditure = self.expenditure(frame, &mut ended).await?;
        Ok(Some(NextYear { year, last, stage: frame.stage, revenue, expenditure, ended, invented }))
    }

    async fn revenue(&self, frame: Frame, ended: &mut Vec<Ended>) -> Result<Vec<YearLine>> {
        let total = self.leaf(frame, (0, Item::RevenueTotal, "")).await?;
        let transfers = self.leaf(frame, (1, Item::Transfers, "")).await?;
        let mut categories = Vec::new();
        for item in [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Special] {
            categories.push(self.leaf(frame, (2, item, "")).await?);
        }
        let (Some(total), categories) = (total, categories.into_iter().flatten().collect::<Vec<_>>()) else {
            return Ok(Vec::new());
        };
        let own = match &transfers {
            Some(transfers) => less(&total.line, &transfers.line),
            None => total.line.clone(),
        };
        let step = self.continued(frame, &own).await?;
        let own = Leaf { depth: 1, item: None, code: String::new(), line: own, step };
        let categories = present(categories, frame.last, ended);
        let transfers = present(transfers.into_iter().collect(), frame.last, ended);
        let mut lines = Vec::new();
        let own = sum(frame, own, categories.iter().map(|leaf| figure(frame, leaf)).collect(), &mut lines);
        let transfers: Vec<YearLine> = transfers.iter().map(|leaf| figure(frame, leaf)).collect();
        let parts = [own].into_iter().chain(transfers.clone()).collect();
        let top = sum(frame, total, parts, &mut Vec::new());
        // The order of the page: total, own revenue, its categories, transfers.
        let own = lines.remove(0);
        Ok([top, own].into_iter().chain(lines).chain(transfers).collect())
    }

    async fn expenditure(&self, frame: Frame, ended: &mut Vec<Ended>) -> Result<Vec<YearLine>> {
        let Some(total) = self.leaf(frame, (0, Item::ExpenditureTotal, "")).await? else {
            return Ok(Vec::new());
        };
        let mut groups = Vec::new();
        for group in &classification::FUNCTIONAL_GROUPS {
            if group.code != classification::REPAYMENT_GROUP {
                groups.extend(self.leaf(frame, (1, Item::FunctionalGroup, group.code)).await?);
            }
        }
        let groups = present(groups, frame.last, ended);
        let mut lines = Vec::new();
        sum(frame, total, groups.iter().map(|leaf| figure(frame, leaf)).collect(), &mut lines);
        Ok(lines)
    }

    /// A line with its continuation; `None` when no year states it.
    async fn leaf(&self, frame: Frame, (depth, item, code): (u8, Item, &str)) -> Result<Option<Leaf>> {
        let question =
            LineQuestion { stage: Some(frame.stage), ..LineQuestion::yearly(frame.place, item, code) };
        let line = self.observed_line(&question).await?;
        if line.observed.is_empty() {
            return Ok(None);
        }
        let step = self.continued(frame, &line).await?;
        Ok(Some(Leaf { depth, item: Some(item), code: code.to_owned(), line, step }))
    }

    /// The step of the year asked for.
    async fn continued(
        &self,
        frame: Frame,
        line: &LineForecast,
    ) -> Result<std::result::Result<Step, NoForecast>> {
        let values = line.observed.iter().map(|own| (own.period, in_tenge(own.amount))).collect();
        let series = Series::from_dated("line", values);
        let steps = usize::try_from(frame.year - frame.last).unwrap_or(1);
        let work = move || {
            let series = series.map_err(NoForecast::Series)?;
            let mut found = forecast(&series, steps, &[LEVEL]).map_err(NoForecast::Refused)?;
            found.steps.pop().ok_or(NoForecast::Refused(Refusal::HorizonEmpty))
        };
        tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))
    }
}

/// The lines that the last year states; the others are named.
fn present(leaves: Vec<Leaf>, last: i16, ended: &mut Vec<Ended>) -> Vec<Leaf> {
    let mut kept = Vec::new();
    for leaf in leaves {
        let until = leaf.line.observed.last().map_or(last, |own| own.period.year());
        match leaf.item {
            Some(item) if until < last => ended.push(Ended { item, code: leaf.code, last: until }),
            _ => kept.push(leaf),
        }
    }
    kept
}

/// A line of its own: its forecast, or its last figure.
fn figure(frame: Frame, leaf: &Leaf) -> YearLine {
    let last = leaf.line.observed.last().map_or(Money::ZERO, |own| own.amount);
    let drawn = leaf.step.as_ref().ok().and_then(|step| {
        let interval = step.intervals.first()?;
        Some((to_money(step.point)?, (to_money(interval.low)?, to_money(interval.high)?)))
    });
    let (point, range, basis) = match (drawn, &leaf.step) {
        (Some((point, range)), _) => (point, Some(range), Basis::Forecast),
        (None, Err(why)) => (last, None, Basis::Repeated(why.clone())),
        (None, Ok(_)) => (last, None, Basis::Repeated(NoForecast::Refused(Refusal::Overflow))),
    };
    YearLine {
        depth: leaf.depth,
        item: leaf.item,
        code: leaf.code.clone(),
        observed: leaf.line.observed.clone(),
        plan: leaf.line.plans.iter().rev().find(|plan| plan.year <= frame.year).copied(),
        point,
        range,
        basis,
    }
}

/// A total over its parts, which are appended to `lines` behind it. Its figure is their sum; its range is that of
/// its own forecast, moved to the sum, because errors of parts offset each other in a way that only the history
/// of the total shows.
fn sum(frame: Frame, total: Leaf, parts: Vec<YearLine>, lines: &mut Vec<YearLine>) -> YearLine {
    let mut line = figure(frame, &total);
    let added = Money::checked_sum(parts.iter().map(|part| part.point));
    if let Some(added) = added.filter(|_| !parts.is_empty()) {
        let moved = added.checked_sub(line.point);
        let non_negative = line.observed.iter().all(|own| own.amount >= Money::ZERO);
        line.range = line.range.zip(moved).and_then(|((low, high), by)| {
            let low = low.checked_add(by)?;
            let low = if non_negative { low.max(Money::ZERO) } else { low };
            Some((low, high.checked_add(by)?))
        });
        line.point = added;
        line.basis = Basis::Sum;
    }
    lines.push(line.clone());
    lines.extend(parts);
    line
}

/// One line less another, year by year where both are known, and plan by plan.
fn less(whole: &LineForecast, part: &LineForecast) -> LineForecast {
    let observed = whole.observed.iter().filter_map(|own| {
        let other = part.observed.iter().find(|other| other.period == own.period)?;
        Some(Observed { amount: own.amount.checked_sub(other.amount)?, ..*own })
    });
    let plans = whole.plans.iter().filter_map(|own| {
        let other = part.plans.iter().find(|other| other.year == own.year && other.stage == own.stage)?;
        Some(Planned { amount: own.amount.checked_sub(other.amount)?, ..*own })
    });
    LineForecast { observed: observed.collect(), plans: plans.collect(), ..whole.clone() }
}
