//! A coming year of a territory on one page: revenue by source, expenditure by functional group, the plan beside.
//!
//! Totals and their lines are forecast one by one and then made coherent, so that lines add up to their totals to
//! the tiyn. A line that allows no forecast repeats its last figure and says why, so that the sum is whole; a line
//! that the last year does not state any more is left out and named.

mod cohere;

use super::{Cleaning, LineForecast, LineQuestion, NoForecast, Observed, Past, Planned, past, prepare};
use crate::{App, AppError, Result};
use akimat_budget::{Item, Stage, classification};
use akimat_core::{KatoCode, Money};
use akimat_forecast::reconcile::Method;
use akimat_forecast::{Refusal, Step};

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
    /// How revenue and expenditure were made coherent.
    pub methods: [Method; 2],
    /// The figures are invented for the demonstration.
    pub invented: bool,
}

/// A line before it is made coherent with the others.
struct Node {
    depth: u8,
    item: Option<Item>,
    code: String,
    line: LineForecast,
    step: std::result::Result<Step, NoForecast>,
    past: Vec<Past>,
    /// The total that it is a part of.
    parent: Option<usize>,
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
        let (mut ended, mut more) = (Vec::new(), Vec::new());
        let (revenue, spent) =
            tokio::join!(self.revenue(frame, &mut ended), self.expenditure(frame, &mut more));
        ended.append(&mut more);
        let (revenue, by_source) = cohere::lines(frame, revenue?);
        let (expenditure, by_function) = cohere::lines(frame, spent?);
        let methods = [by_source, by_function];
        Ok(Some(NextYear { year, last, stage: frame.stage, revenue, expenditure, ended, methods, invented }))
    }

    /// The total, own revenue, its categories, transfers.
    async fn revenue(&self, frame: Frame, ended: &mut Vec<Ended>) -> Result<Vec<Node>> {
        let Some(total) = self.node(frame, (0, Item::RevenueTotal, "")).await? else { return Ok(Vec::new()) };
        let transfers = self.node(frame, (1, Item::Transfers, "")).await?;
        let own = match &transfers {
            Some(transfers) => less(&total.line, &transfers.line),
            None => total.line.clone(),
        };
        let (step, past) = self.continued(frame, &own).await?;
        let own = Node { depth: 1, item: None, code: String::new(), line: own, step, past, parent: Some(0) };
        let mut nodes = vec![total, own];
        for item in [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Special] {
            let category = self.node(frame, (2, item, "")).await?;
            nodes.extend(present(category, frame.last, ended).map(|node| Node { parent: Some(1), ..node }));
        }
        nodes.extend(present(transfers, frame.last, ended).map(|node| Node { parent: Some(0), ..node }));
        Ok(nodes)
    }

    /// The total and its functional groups.
    async fn expenditure(&self, frame: Frame, ended: &mut Vec<Ended>) -> Result<Vec<Node>> {
        let Some(total) = self.node(frame, (0, Item::ExpenditureTotal, "")).await? else {
            return Ok(Vec::new());
        };
        let mut nodes = vec![total];
        for group in &classification::FUNCTIONAL_GROUPS {
            if group.code != classification::REPAYMENT_GROUP {
                let group = self.node(frame, (1, Item::FunctionalGroup, group.code)).await?;
                nodes.extend(present(group, frame.last, ended).map(|node| Node { parent: Some(0), ..node }));
            }
        }
        Ok(nodes)
    }

    /// A line with its continuation; `None` when no year states it.
    async fn node(&self, frame: Frame, (depth, item, code): (u8, Item, &str)) -> Result<Option<Node>> {
        let question =
            LineQuestion { stage: Some(frame.stage), ..LineQuestion::yearly(frame.place, item, code) };
        let line = self.observed_line(&question).await?;
        if line.observed.is_empty() {
            return Ok(None);
        }
        let (step, past) = self.continued(frame, &line).await?;
        Ok(Some(Node { depth, item: Some(item), code: code.to_owned(), line, step, past, parent: None }))
    }

    /// The step of the year asked for, and what was said of past years.
    async fn continued(
        &self,
        frame: Frame,
        line: &LineForecast,
    ) -> Result<(std::result::Result<Step, NoForecast>, Vec<Past>)> {
        let series = prepare(&line.observed, Cleaning::default());
        let steps = usize::try_from(frame.year - frame.last).unwrap_or(1);
        let work = move || {
            let series = match series {
                Ok((series, _)) => series,
                Err(no) => return (Err(no), Vec::new()),
            };
            let (found, past) = past::with_past(&series, steps);
            let last = found
                .and_then(|mut found| found.steps.pop().ok_or(NoForecast::Refused(Refusal::HorizonEmpty)));
            (last, past)
        };
        tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))
    }
}

/// The line if the last year states it; otherwise it is named.
fn present(node: Option<Node>, last: i16, ended: &mut Vec<Ended>) -> Option<Node> {
    let node = node?;
    let until = node.line.observed.last().map_or(last, |own| own.period.year());
    match node.item {
        Some(item) if until < last => {
            ended.push(Ended { item, code: node.code, last: until });
            None
        }
        _ => Some(node),
    }
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
