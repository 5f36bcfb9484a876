//! From the reports of a budget and its neighbours to the lines of the page.

use super::lines::{FiscalNode, UnitTree, UnitYears};
use super::{FiscalPicture, LEVELS, NoFiscalYear};
use crate::forecast::{in_tenge, to_money};
use akimat_core::{Frequency, Money, Period};
use akimat_forecast::clean::{CleanRefusal, Cleaned, clean};
use akimat_forecast::fiscal::{
    BudgetTree, CoherentYear, FiscalBook, FiscalLine, FiscalRefusal, LevelRefused, MONTHS, MonthAhead,
    Origin, PastYear, Rule, YearForecast, coherent,
};
use akimat_forecast::reconcile::{Method, Tree, to_tiyn};

/// Rules that a person would use without this program.
const SIMPLE: [Rule; 4] = [Rule::Plan, Rule::Linear, Rule::SeasonalNaive, Rule::LastShare];

/// A line of the year that runs.
#[derive(Clone, Debug)]
pub struct FiscalLineYear {
    /// Which line.
    pub node: FiscalNode,
    /// How many sums it is inside of.
    pub depth: u8,
    /// Plan at the end of each month that is known, January first.
    pub plans: [Option<Money>; MONTHS],
    /// Executed since January at the end of each month up to the origin.
    pub executed: [Option<Money>; MONTHS],
    /// Expected at the end of the year; sums equal their parts to the tiyn.
    pub total: Money,
    /// Level, lower and upper end.
    pub ranges: Vec<(u8, Money, Money)>,
    /// Levels that former years cannot vouch for.
    pub refused: Vec<LevelRefused>,
    /// Probability that less than 95 % of the plan is executed.
    pub under_execution: Option<f64>,
    /// Executed since January at the end of each month known up to the origin, of all years, oldest first.
    pub reported: Vec<(Period, Money)>,
    /// The rules that are mixed, with their weights, which sum to one.
    pub weights: Vec<(Rule, f64)>,
    /// Months ahead in tenge, brought to the coherent total.
    pub months: Vec<MonthAhead>,
    /// The simple rule that was best in former years.
    pub simple: Option<Simple>,
    /// Former years from the same month.
    pub past: Vec<Past>,
    /// What was executed in the end, where December is known already.
    pub fact: Option<Money>,
    /// How the parts were brought together.
    pub method: Method,
    /// What stands out in the months before.
    pub history: History,
}

/// The amounts of single months, looked through for gaps, outliers, breaks and corrections.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// First year; position 0 of the history is its January.
    pub first_year: i16,
    /// Months from the first to the last known amount.
    pub n_months: usize,
    /// What was found, or why nothing can be said.
    pub cleaned: Result<Cleaned, CleanRefusal>,
}

impl History {
    /// The month of a position of what was found.
    pub fn month(&self, index: usize) -> Option<(i16, u8)> {
        let at = index + self.cleaned.as_ref().map_or(0, |cleaned| cleaned.first);
        let year = self.first_year + i16::try_from(at / MONTHS).ok()?;
        Some((year, u8::try_from(at % MONTHS).ok()? + 1))
    }
}

/// What a simple rule says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Simple {
    /// The rule.
    pub rule: Rule,
    /// Total of the year by it.
    pub total: Money,
    /// Its mean absolute error in former years.
    pub error: Money,
    /// The mean absolute error of this forecast in the same years.
    pub own_error: Money,
}

/// A former year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// The year.
    pub year: i16,
    /// What was executed in the end.
    pub fact: Money,
    /// What this forecast would have said.
    pub total: Money,
}

impl FiscalLineYear {
    /// The newest plan known.
    pub fn plan(&self) -> Option<Money> {
        self.plans.iter().rev().find_map(|plan| *plan)
    }

    /// Executed to the origin.
    pub fn executed(&self) -> Option<Money> {
        self.executed.iter().rev().find_map(|executed| *executed)
    }

    /// Executed from January to the end of a month, where it is known.
    pub fn reported_at(&self, year: i16, month: u8) -> Option<Money> {
        let month = Period::new(year, month, Frequency::Monthly)?;
        self.reported.iter().find(|own| own.0 == month).map(|own| own.1)
    }

    /// Nothing is planned, executed or expected: the line takes part in sums and is not shown.
    fn is_nothing(&self) -> bool {
        self.total == Money::ZERO
            && self.executed().is_none_or(|executed| executed == Money::ZERO)
            && self.plan().is_none_or(|plan| plan == Money::ZERO)
    }

    /// The range of a level.
    pub fn range(&self, level: u8) -> Option<(Money, Money)> {
        self.ranges.iter().find(|range| range.0 == level).map(|range| (range.1, range.2))
    }
}

/// The picture of the first unit; the others are its neighbours.
pub(super) fn picture(units: &[UnitYears], asked: Option<Origin>) -> Result<FiscalPicture, NoFiscalYear> {
    let own = units.first().ok_or(NoFiscalYear::NoReports)?;
    let mut origins: Vec<Origin> = own.origins().collect();
    if origins.is_empty() {
        return Err(NoFiscalYear::NoReports);
    }
    // A month can be looked ahead from when a former year knows it and its December.
    let all = origins.clone();
    let knows = |year: i16, month: u8| all.contains(&Origin { year, month });
    origins.retain(|origin| {
        let former = all.iter().map(|other| other.year).filter(|year| *year < origin.year);
        let mut former = former.filter(|year| knows(*year, origin.month) && knows(*year, 12));
        usize::from(origin.month) < MONTHS && former.next().is_some()
    });
    origins.reverse();
    let origin = asked.filter(|asked| origins.contains(asked)).or_else(|| origins.first().copied());
    let origin = origin.ok_or(NoFiscalYear::Refused(FiscalRefusal::NoFormerYear))?;
    let trees: Vec<UnitTree> = units.iter().map(|unit| unit.tree(origin)).collect();
    let mut panel = Panel::default();
    for (unit, tree) in units.iter().zip(&trees) {
        panel.add(unit, tree);
    }
    let lines = panel.year(own, &trees[0], origin).map_err(NoFiscalYear::Refused)?;
    let n_budgets = trees.iter().filter(|tree| !tree.nodes.is_empty()).count();
    Ok(FiscalPicture { origin, origins, invented: own.invented, n_budgets, lines })
}

/// All lines of all budgets, and where those of each budget stand.
#[derive(Default)]
struct Panel {
    lines: Vec<FiscalLine>,
    trees: Vec<(Tree, Vec<usize>)>,
}

impl Panel {
    fn add(&mut self, unit: &UnitYears, tree: &UnitTree) {
        let from = self.lines.len();
        self.lines.extend(unit.lines(tree));
        if let Ok(sums) = Tree::new(tree.parents.clone()) {
            self.trees.push((sums, (from..self.lines.len()).collect()));
        }
    }

    fn year(
        &self,
        own: &UnitYears,
        names: &UnitTree,
        origin: Origin,
    ) -> Result<Vec<FiscalLineYear>, FiscalRefusal> {
        let book = FiscalBook::new(&self.lines, origin)?;
        let forecasts = book.forecasts(&LEVELS)?;
        let budgets: Vec<BudgetTree<'_>> =
            self.trees.iter().map(|(tree, lines)| BudgetTree { tree, lines }).collect();
        let nothing = FiscalRefusal::NoExecution { year: origin.year, month: origin.month };
        let mut years = coherent(&book, &forecasts, &budgets, &LEVELS).into_iter();
        let years = years.next().flatten().ok_or(nothing)?;
        let (tree, lines) = self.trees.first().ok_or(nothing)?;
        let totals: Vec<f64> = years.iter().map(|year| year.total).collect();
        let totals = to_tiyn(tree, &totals).map_err(|_| FiscalRefusal::Overflow)?;
        let mut answer = Vec::new();
        for (node, (year, total)) in years.into_iter().zip(totals).enumerate() {
            let base = forecasts[lines[node]].as_ref().map_err(|refusal| *refusal)?;
            answer.push(line((own, names, node), base, (year, total)));
        }
        answer.retain(|line| !line.is_nothing());
        Ok(answer)
    }
}

fn line(
    (own, names, node): (&UnitYears, &UnitTree, usize),
    base: &YearForecast,
    (year, total): (CoherentYear, Money),
) -> FiscalLineYear {
    let origin = base.origin;
    let mut plans = [None; MONTHS];
    let mut executed = [None; MONTHS];
    for (month, (plan, done)) in (1..=origin.month).zip(plans.iter_mut().zip(&mut executed)) {
        let state = own.value(names, (origin.year, month), node);
        (*plan, *done) = (state.plan, state.executed);
    }
    let ends = |level: &u8| {
        let own = year.intervals.iter().find(|own| own.level == *level)?;
        Some((*level, to_money(own.low)?.min(total), to_money(own.high)?.max(total)))
    };
    let past = |past: &PastYear| {
        Some(Past { year: past.year, fact: to_money(past.fact)?, total: to_money(past.total)? })
    };
    FiscalLineYear {
        node: names.nodes[node].clone(),
        depth: names.depth(node),
        plans,
        executed,
        total,
        ranges: LEVELS.iter().filter_map(ends).collect(),
        refused: year.refused.clone(),
        under_execution: year.under_execution,
        reported: reported((own, names, node), origin),
        weights: base
            .parts
            .iter()
            .filter(|part| part.weight > 0.0)
            .map(|part| (part.rule, part.weight))
            .collect(),
        months: months(base, &year),
        simple: simple(base, &year),
        past: year.past.iter().filter_map(past).collect(),
        fact: own.value(names, (origin.year, 12), node).executed,
        method: year.method,
        history: history((own, names, node), origin),
    }
}

fn reported((own, names, node): (&UnitYears, &UnitTree, usize), origin: Origin) -> Vec<(Period, Money)> {
    let month = |at: Origin| {
        let executed = own.value(names, (at.year, at.month), node).executed?;
        Some((Period::new(at.year, at.month, Frequency::Monthly)?, executed))
    };
    own.origins().filter(|at| *at <= origin).filter_map(month).collect()
}

/// What each month added, from the first year to the origin. After a month without a report the next amount would
/// be of several months: it is not known either.
fn history((own, names, node): (&UnitYears, &UnitTree, usize), origin: Origin) -> History {
    let first_year = own.origins().map(|origin| origin.year).min().unwrap_or(origin.year);
    let mut flows = Vec::new();
    for year in first_year..=origin.year {
        let last = if year == origin.year { origin.month } else { 12 };
        let executed = |month: u8| match month {
            0 => Some(Money::ZERO),
            month => own.value(names, (year, month), node).executed,
        };
        flows
            .extend((1..=last).map(|month| executed(month)?.checked_sub(executed(month - 1)?).map(in_tenge)));
    }
    let cleaned = clean(&flows, MONTHS);
    let n_months = cleaned.as_ref().map_or(flows.len(), |cleaned| cleaned.values.len());
    History { first_year, n_months, cleaned }
}

/// The path of the line alone, stretched so that it ends where the coherent forecast ends, with its ranges.
fn months(base: &YearForecast, year: &CoherentYear) -> Vec<MonthAhead> {
    let rest = base.total - base.executed;
    let stretch = if rest.abs() > 1e-9 { (year.total - base.executed) / rest } else { 1.0 };
    let last = base.months.last();
    let ahead = |own: &MonthAhead| {
        let cumulative = base.executed + stretch * (own.cumulative - base.executed);
        let interval = |interval: &akimat_forecast::Interval| {
            let alone = last?.intervals.iter().find(|other| other.level == interval.level)?;
            let together = year.intervals.iter().find(|other| other.level == interval.level)?;
            let side = |end: f64, alone: f64, together: f64| {
                let (was, is) = (alone - base.total, together - year.total);
                let by = if was.abs() > 1e-9 { (is / was).clamp(0.0, 10.0) } else { 1.0 };
                cumulative + by * (end - own.cumulative)
            };
            let low = side(interval.low, alone.low, together.low).max(base.floor.min(cumulative));
            let high = side(interval.high, alone.high, together.high);
            Some(akimat_forecast::Interval { level: interval.level, low, high })
        };
        let mut intervals: Vec<akimat_forecast::Interval> =
            own.intervals.iter().filter_map(interval).collect();
        if usize::from(own.month) == MONTHS {
            intervals.clone_from(&year.intervals);
        }
        MonthAhead { month: own.month, cumulative, intervals }
    };
    base.months.iter().map(ahead).collect()
}

/// The simple rule with the least error in former years; the choice is made in hindsight, in its favour.
fn simple(base: &YearForecast, year: &CoherentYear) -> Option<Simple> {
    let n = year.past.len();
    let mean = |sum: f64| to_money(sum / n as f64);
    let own: f64 = year.past.iter().map(|past| (past.total - past.fact).abs()).sum();
    let error = |rule: Rule| -> Option<f64> {
        let one = |past: &PastYear| {
            past.rules.iter().find(|own| own.0 == rule).map(|own| (own.1 - past.fact).abs())
        };
        year.past.iter().map(one).sum()
    };
    let part = |rule: Rule| base.parts.iter().find(|part| part.rule == rule);
    let (rule, error) = SIMPLE
        .into_iter()
        .filter(|rule| part(*rule).is_some())
        .filter_map(|rule| Some((rule, error(rule)?)))
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .filter(|_| n > 0)?;
    Some(Simple { rule, total: to_money(part(rule)?.total)?, error: mean(error)?, own_error: mean(own)? })
}
