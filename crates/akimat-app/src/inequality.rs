//! How unequal the units of one level are in one year, before and after transfers.

use crate::territory::line;
use crate::{App, Result};
use akimat_budget::inequality::{self, Coverage, Theil, Unit};
use akimat_budget::refusal::Refusal;
use akimat_budget::{Item, Stage};
use akimat_core::{KatoCode, Money, Ratio};
use akimat_storage::observation::{ObservationScope, POPULATION};
use akimat_storage::{FactNode, FactQuery, FactScope, FactTotal};
use std::collections::BTreeMap;

/// Which units are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InequalityQuestion {
    /// Financial year.
    pub year: i16,
    /// Level of the budget system, 2 to 4.
    pub level: u8,
    /// Below which territory; `None`: of the country.
    pub under: Option<KatoCode>,
}

/// A unit with what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFigures {
    /// Which.
    pub place: KatoCode,
    /// The territory that it is grouped by.
    pub group: KatoCode,
    /// Residents on 1 January.
    pub population: Option<u64>,
    /// Revenue.
    pub revenue: Option<Money>,
    /// Transfers received.
    pub transfers: Option<Money>,
    /// Expenditure.
    pub expenditure: Option<Money>,
}

impl UnitFigures {
    /// Revenue without transfers.
    pub fn own(&self) -> Option<Money> {
        self.revenue?.checked_sub(self.transfers?)
    }
}

/// The indices of one measure, each with a reason where it is not computed.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Gini coefficient, exact.
    pub gini: std::result::Result<Ratio, Refusal>,
    /// Theil index with its parts.
    pub theil: std::result::Result<Theil, Refusal>,
    /// Points of the Lorenz curve.
    pub lorenz: std::result::Result<Vec<(f64, f64)>, Refusal>,
    /// Greatest to least.
    pub coverage: std::result::Result<Coverage, Refusal>,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct InequalityStudy {
    /// The question.
    pub question: InequalityQuestion,
    /// The state of the figures: one for all units.
    pub stage: Stage,
    /// Every unit of the level, by code.
    pub units: Vec<UnitFigures>,
    /// Units that enter the indices: people, revenue, transfers and expenditure are known.
    pub n_counted: usize,
    /// Own revenue a resident: before transfers.
    pub before: Measure,
    /// Revenue with transfers a resident: after transfers.
    pub after: Measure,
    /// Expenditure a resident.
    pub spent: Measure,
    /// Gini before less Gini after: what transfers equalise.
    pub equalised: Option<Ratio>,
    /// Some of the figures are invented.
    pub invented: bool,
}

impl App {
    /// Compares the units of one level in one year.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn inequality(&self, question: InequalityQuestion) -> Result<InequalityStudy> {
        let InequalityQuestion { year, level, under } = question;
        let items = [Item::RevenueTotal, Item::Transfers, Item::ExpenditureTotal];
        let query = FactQuery {
            scope: FactScope::Units { under, level },
            lines: items.map(line).into(),
            years: year..=year,
        };
        let totals = self.read().fact_totals(&query).await?;
        let scope = under.map_or(ObservationScope::Any, ObservationScope::Under);
        let people = self.series(POPULATION, scope, year..=year).await?;
        let invented = people.values().any(|figure| figure.invented);
        let stage = common_stage(&totals);
        let mut units: BTreeMap<KatoCode, UnitFigures> = BTreeMap::new();
        for total in &totals {
            let FactNode::Unit(place) = total.node else { continue };
            let amount = total.amounts.at(stage);
            let unit = units.entry(place).or_insert_with(|| UnitFigures {
                place,
                group: group(place, question),
                population: people.get(&(Some(place), year)).and_then(|figure| figure.value.count()),
                revenue: None,
                transfers: None,
                expenditure: None,
            });
            match total.key.item {
                Item::RevenueTotal => unit.revenue = amount,
                Item::Transfers => unit.transfers = amount,
                _ => unit.expenditure = amount,
            }
        }
        Ok(study(question, stage, &units.into_values().collect::<Vec<_>>(), invented))
    }

    /// The last year with units of a level below a territory, and all such years.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn years_of_units(&self, under: Option<KatoCode>, level: u8) -> Result<Vec<i16>> {
        let scope = FactScope::Node(FactNode::Sum { under, level });
        let lines = vec![line(Item::RevenueTotal)];
        let query = FactQuery { scope, lines, years: crate::territory::YEARS };
        let mut years: Vec<i16> =
            self.read().fact_totals(&query).await?.into_iter().map(|total| total.year).collect();
        years.dedup();
        Ok(years)
    }
}

/// The state that every unit has: executed when all reports are of December, else the amended plan when all
/// have one, else the approved one.
pub fn common_stage(totals: &[FactTotal]) -> Stage {
    let all = |stage: Stage| !totals.is_empty() && totals.iter().all(|t| t.amounts.at(stage).is_some());
    if all(Stage::Executed) && totals.iter().all(|total| total.month_min == 12) {
        Stage::Executed
    } else if all(Stage::Amended) {
        Stage::Amended
    } else {
        Stage::Approved
    }
}

/// The territory by which a unit is grouped: its region in the country, its district in a region.
fn group(place: KatoCode, question: InequalityQuestion) -> KatoCode {
    let district = || KatoCode::from_number(place.number() / 100_000 * 100_000).unwrap_or(place);
    match (question.under, question.level) {
        (None, _) => place.region(),
        (Some(under), 4) if under == under.region() => district(),
        (Some(under), _) => under,
    }
}

fn study(
    question: InequalityQuestion,
    stage: Stage,
    units: &[UnitFigures],
    invented: bool,
) -> InequalityStudy {
    let counted: Vec<&UnitFigures> = units
        .iter()
        .filter(|unit| unit.population.is_some_and(|n| n > 0))
        .filter(|unit| unit.own().is_some() && unit.expenditure.is_some())
        .collect();
    let of = |amount: fn(&UnitFigures) -> Option<Money>| {
        let unit = |unit: &&UnitFigures| {
            let population = unit.population?;
            Some(Unit { place: unit.place, region: unit.group, population, amount: amount(unit)? })
        };
        measure(&counted.iter().filter_map(unit).collect::<Vec<_>>())
    };
    let (before, after) = (of(UnitFigures::own), of(|unit| unit.revenue));
    let equalised = match (&before.gini, &after.gini) {
        (Ok(before), Ok(after)) => difference(*before, *after),
        _ => None,
    };
    InequalityStudy {
        question,
        stage,
        n_counted: counted.len(),
        spent: of(|unit| unit.expenditure),
        units: units.to_vec(),
        before,
        after,
        equalised,
        invented,
    }
}

fn measure(units: &[Unit]) -> Measure {
    Measure {
        gini: inequality::gini(units),
        theil: inequality::theil(units),
        lorenz: inequality::lorenz(units),
        coverage: inequality::coverage(units),
    }
}

/// `a - b` at twelve decimals: both have people times money below the line, and their product would not fit.
fn difference(a: Ratio, b: Ratio) -> Option<Ratio> {
    const SCALE: i128 = 1_000_000_000_000;
    let fixed = |ratio: Ratio| ratio.to_decimal(12)?.replace('.', "").parse::<i128>().ok();
    Ratio::new(fixed(a)? - fixed(b)?, SCALE)
}
