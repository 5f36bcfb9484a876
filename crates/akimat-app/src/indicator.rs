//! Every indicator of a budget with what the platform knows about its territory.

use crate::{App, Result};
use akimat_budget::history::{self, ForecastError, PlanFact, Volatility, YearAmount};
use akimat_budget::indicator::{Refused, Surroundings, TaxBase, TaxRight, survey};
use akimat_budget::refusal::Refusal;
use akimat_budget::{Amounts, Budget, Indicator, Item, Stage};
use akimat_core::{KatoCode, Ratio};
use akimat_storage::observation::{GRP, ObservationScope, POPULATION};
use akimat_storage::{FactNode, FactQuery, FactScope};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

#[derive(Deserialize)]
struct Rights {
    rights: Vec<Right>,
}

#[derive(Deserialize)]
struct Right {
    code: String,
    levels: Vec<u8>,
    year_from: i16,
    year_to: Option<i16>,
}

/// Taxes that a maslikhat may set, dated, with their legal basis in the file.
static RIGHTS: LazyLock<Vec<TaxRight>> = LazyLock::new(|| {
    let text = include_str!("../../../data/budget/tax_rights.json");
    let read: Rights = serde_json::from_str(text).expect("a test reads this file");
    let of = |right: Right| {
        right.levels.into_iter().map(move |level| TaxRight {
            code: right.code.clone(),
            level,
            year_from: right.year_from,
            year_to: right.year_to,
        })
    };
    read.rights.into_iter().flat_map(of).collect()
});

impl App {
    /// Every indicator of one state of a budget, and why the others are not computed.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn survey_budget(
        &self,
        budget: &Budget,
        stage: Stage,
    ) -> Result<(Vec<Indicator>, Vec<Refused>)> {
        let mut around = Surroundings { rights: RIGHTS.clone(), ..Surroundings::default() };
        if let Some(place) = budget.place {
            let year = budget.year;
            let people = self.series(POPULATION, ObservationScope::Place(place), year..=year).await?;
            around.population = people.get(&(Some(place), year)).and_then(|figure| figure.value.count());
            around.base = self.tax_base(place, (year, budget.level), stage).await?;
        }
        Ok(survey(budget, stage, &around))
    }

    /// Regional product of a territory beside those of the other units of its level that have one.
    async fn tax_base(
        &self,
        place: KatoCode,
        (year, level): (i16, u8),
        stage: Stage,
    ) -> Result<Option<TaxBase>> {
        let products = self.series(GRP, ObservationScope::Any, year..=year).await?;
        let Some(own) = products.get(&(Some(place), year)) else { return Ok(None) };
        let query = FactQuery {
            scope: FactScope::Units { under: None, level },
            lines: vec![crate::territory::line(Item::Tax)],
            years: year..=year,
        };
        let (mut peers_tax, mut peers_base, mut scale) = (0_i128, 0_i128, 1_i128);
        for total in self.read().fact_totals(&query).await? {
            let FactNode::Unit(code) = total.node else { continue };
            let (Some(tax), Some(product)) = (total.amounts.at(stage), products.get(&(Some(code), year)))
            else {
                continue;
            };
            if code == place {
                continue;
            }
            // One denominator for all: decimals are powers of ten.
            let ratio = product.value.ratio();
            let wider = scale.max(ratio.denominator());
            peers_base = peers_base * (wider / scale) + ratio.numerator() * (wider / ratio.denominator());
            scale = wider;
            peers_tax += i128::from(tax.tiyn());
        }
        let base = Ratio::new(peers_base, scale).filter(|base| base.numerator() > 0);
        Ok(base.map(|peers_base| TaxBase { own: own.value.ratio(), peers_tax, peers_base }))
    }
}

/// One line of a territory over the years.
#[derive(Clone, Debug)]
pub struct LineHistory {
    /// What it states; `None` for own revenue.
    pub item: Option<Item>,
    /// Executed amounts of years that are over, oldest first.
    pub years: Vec<YearAmount>,
    /// Compound annual growth.
    pub growth: std::result::Result<f64, Refusal>,
    /// Steadiness.
    pub volatility: std::result::Result<Volatility, Refusal>,
    /// Plan as approved beside what was executed.
    pub error: std::result::Result<ForecastError, Refusal>,
}

impl App {
    /// How own revenue, revenue and expenditure of a territory went over the years that are over.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn budget_history(&self, place: KatoCode) -> Result<Vec<LineHistory>> {
        let items = [Item::RevenueTotal, Item::Transfers, Item::ExpenditureTotal];
        let query = FactQuery {
            scope: FactScope::Node(FactNode::Unit(place)),
            lines: items.map(crate::territory::line).into(),
            years: crate::territory::YEARS,
        };
        let mut years: BTreeMap<i16, BTreeMap<Item, Amounts>> = BTreeMap::new();
        for total in self.read().fact_totals(&query).await? {
            if total.month_max == 12 {
                years.entry(total.year).or_default().insert(total.key.item, total.amounts);
            }
        }
        let of = |item: Item| -> Vec<(i16, Amounts)> {
            years.iter().filter_map(|(year, lines)| Some((*year, *lines.get(&item)?))).collect()
        };
        let own: Vec<(i16, Amounts)> =
            years.iter().filter_map(|(year, lines)| Some((*year, own_amounts(lines)?))).collect();
        Ok(vec![
            line_history(None, &own),
            line_history(Some(Item::RevenueTotal), &of(Item::RevenueTotal)),
            line_history(Some(Item::ExpenditureTotal), &of(Item::ExpenditureTotal)),
        ])
    }
}

/// Revenue less transfers in each state that gives both.
fn own_amounts(lines: &BTreeMap<Item, Amounts>) -> Option<Amounts> {
    let (revenue, transfers) = (lines.get(&Item::RevenueTotal)?, lines.get(&Item::Transfers)?);
    let less = |stage| revenue.at(stage)?.checked_sub(transfers.at(stage)?);
    Some(Amounts {
        approved: less(Stage::Approved),
        amended: less(Stage::Amended),
        executed: less(Stage::Executed),
    })
}

fn line_history(item: Option<Item>, years: &[(i16, Amounts)]) -> LineHistory {
    let executed: Vec<YearAmount> = years
        .iter()
        .filter_map(|(year, amounts)| Some(YearAmount { year: *year, amount: amounts.executed? }))
        .collect();
    let pairs: Vec<PlanFact> = years
        .iter()
        .filter_map(|(year, amounts)| {
            Some(PlanFact { year: *year, plan: amounts.approved?, fact: amounts.executed? })
        })
        .collect();
    LineHistory {
        item,
        growth: history::compound_growth(&executed),
        volatility: history::volatility(&executed),
        error: history::forecast_error(&pairs),
        years: executed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_rights_is_read() {
        assert!(RIGHTS.iter().any(|right| right.code == "1/04/3" && right.level == 3));
        assert!(RIGHTS.iter().all(|right| right.year_to.is_none_or(|to| right.year_from <= to)));
        assert!(RIGHTS.iter().all(|right| right.level < 4), "an okrug has no maslikhat");
    }
}
