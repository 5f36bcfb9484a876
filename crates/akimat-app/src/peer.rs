//! A territory beside similar ones.

use crate::inequality::common_stage;
use crate::territory::{KnownYears, line};
use crate::{App, Result};
use akimat_budget::indicator::{self, Surroundings};
use akimat_budget::peer::{self, Driver, Features, PEERS, PEERS_MIN, Peers, Standing};
use akimat_budget::refusal::Refusal;
use akimat_budget::{Budget, Indicator, Item, Line, Stage};
use akimat_core::{KatoCode, Money, Ratio, Text};
use akimat_storage::observation::{AREA_KM2, ObservationScope, POPULATION};
use akimat_storage::{FactNode, FactQuery, FactScope, FactTotal, LineKey};
use std::collections::BTreeMap;

/// The indicators by which peers are compared, in the order of the page.
pub const COMPARED: [&str; 8] = [
    "own_revenue_per_capita",
    "tax_per_capita",
    "expenditure_per_capita",
    "own_source_share",
    "self_sufficiency",
    "tax_share",
    "social_share",
    "hhi",
];

/// One indicator of the territory among its peers.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Code of the indicator.
    pub code: &'static str,
    /// The territory's own, or why not.
    pub own: std::result::Result<Indicator, Refusal>,
    /// Those of the peers that have it.
    pub peers: Vec<(KatoCode, Ratio)>,
    /// Rank and percentile, with enough peers.
    pub standing: Option<Standing>,
}

/// What makes the difference per resident from the peers.
#[derive(Clone, Debug)]
pub struct Drivers {
    /// The parts.
    pub keys: Vec<LineKey>,
    /// What each adds, in tiyn a resident; in the order of `keys`.
    pub drivers: Vec<Driver>,
}

/// The answer.
#[derive(Clone, Debug)]
pub struct PeerStudy {
    /// The territory.
    pub place: KatoCode,
    /// Year.
    pub year: i16,
    /// Level in the budget system.
    pub level: u8,
    /// State of the figures, one for all.
    pub stage: Stage,
    /// Residents of the territory.
    pub population: u64,
    /// Its peers.
    pub peers: Peers,
    /// What is known of the peers.
    pub features: BTreeMap<KatoCode, Features>,
    /// The indicators.
    pub compared: Vec<Compared>,
    /// Own revenue by class.
    pub revenue: std::result::Result<Drivers, Refusal>,
    /// Expenditure by functional group.
    pub expenditure: std::result::Result<Drivers, Refusal>,
    /// Some figures are invented.
    pub invented: bool,
}

impl App {
    /// Compares a territory with the most similar ones of its level.
    ///
    /// # Errors
    /// When the database fails; inside, why there is no comparison.
    pub async fn compare_with_peers(
        &self,
        place: KatoCode,
        year: i16,
    ) -> Result<std::result::Result<PeerStudy, Refusal>> {
        let read = self.read();
        let units = read.list_fact_units(Some(place), None).await?;
        let Some(level) = units.iter().find(|unit| unit.place == place).map(|unit| unit.level) else {
            return Ok(Err(Refusal::LinesMissing(vec![Item::RevenueTotal])));
        };
        let (all, invented) = self.features(level, year).await?;
        let Some(own) = all.get(&place).copied().filter(|own| own.population > 0) else {
            return Ok(Err(Refusal::NoPopulation));
        };
        let listed: Vec<Features> = all.values().copied().collect();
        let peers = match peer::peers(&own, &listed, PEERS) {
            Ok(peers) => peers,
            Err(why) => return Ok(Err(why)),
        };
        let mut totals: BTreeMap<KatoCode, Vec<FactTotal>> = BTreeMap::new();
        for code in peers.peers.iter().map(|peer| peer.place).chain([place]) {
            let scope = FactScope::Node(FactNode::Unit(code));
            let query = FactQuery { scope, lines: lines(), years: year..=year };
            totals.insert(code, read.fact_totals(&query).await?);
        }
        if totals.get(&place).is_none_or(Vec::is_empty) {
            return Ok(Err(Refusal::LinesMissing(vec![Item::RevenueTotal])));
        }
        let stage = common_stage(&totals.values().flatten().cloned().collect::<Vec<_>>());
        let people = |code: &KatoCode| all.get(code).map_or(0, |features| features.population);
        let budgets: BTreeMap<KatoCode, Budget> =
            totals.iter().map(|(code, totals)| (*code, as_budget(*code, (year, level), totals))).collect();
        let beside: Vec<(&Budget, u64)> = peers
            .peers
            .iter()
            .filter_map(|peer| Some((budgets.get(&peer.place)?, people(&peer.place))))
            .filter(|(budget, _)| !budget.lines.is_empty())
            .collect();
        let Some(mine) = budgets.get(&place) else { return Ok(Err(Refusal::NoBase)) };
        let features = peers.peers.iter().filter_map(|peer| Some((peer.place, *all.get(&peer.place)?)));
        Ok(Ok(PeerStudy {
            place,
            year,
            level,
            stage,
            population: own.population,
            compared: COMPARED.map(|code| compare(code, (mine, own.population), &beside, stage)).into(),
            revenue: drivers(&revenue_keys(), (mine, own.population), &beside, stage),
            expenditure: drivers(&group_keys(), (mine, own.population), &beside, stage),
            features: features.collect(),
            peers,
            invented,
        }))
    }

    /// People and density of every unit of a level in a year.
    async fn features(&self, level: u8, year: i16) -> Result<(BTreeMap<KatoCode, Features>, bool)> {
        let people = self.series(POPULATION, ObservationScope::Any, year..=year).await?;
        // An area changes seldom and is not published every year: the latest one up to the year holds.
        let areas = self.series(AREA_KM2, ObservationScope::Any, 1991..=year).await?;
        let mut latest: BTreeMap<KatoCode, f64> = BTreeMap::new();
        for ((place, _), area) in &areas {
            if let Some(place) = place {
                latest.insert(*place, area.value.ratio().to_f64());
            }
        }
        let units = self.read().list_fact_units(None, Some(level)).await?;
        let mut invented = false;
        let mut found = BTreeMap::new();
        for unit in units {
            let Some(figure) = people.get(&(Some(unit.place), year)) else { continue };
            let Some(population) = figure.value.count() else { continue };
            invented |= figure.invented;
            let area = latest.get(&unit.place).copied().filter(|area| *area > 0.0);
            let density = area.map(|area| float(population) / area);
            found.insert(unit.place, Features { place: unit.place, level, population, density });
        }
        Ok((found, invented))
    }

    /// The years of a territory in the cube.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn cube_years(&self, place: KatoCode) -> Result<KnownYears> {
        let mut years = self.known_years(place).await?;
        years.retain(|_, month| month.is_some());
        Ok(years)
    }
}

#[expect(clippy::cast_precision_loss, reason = "a density needs no more than 53 bits")]
fn float(n: u64) -> f64 {
    n as f64
}

/// Classes of own revenue.
pub fn revenue_keys() -> Vec<LineKey> {
    [Item::Tax, Item::NonTax, Item::FixedCapital, Item::Special].map(line).into()
}

/// Functional groups of expenditure.
pub fn group_keys() -> Vec<LineKey> {
    let groups = akimat_budget::classification::FUNCTIONAL_GROUPS.iter();
    groups
        .filter(|group| group.code != akimat_budget::classification::REPAYMENT_GROUP)
        .map(|group| LineKey { item: Item::FunctionalGroup, code: group.code.to_owned() })
        .collect()
}

fn lines() -> Vec<LineKey> {
    let mut lines = revenue_keys();
    lines.extend([Item::RevenueTotal, Item::Transfers, Item::ExpenditureTotal].map(line));
    lines.extend(group_keys());
    lines
}

/// Totals of a year as a budget, for the room that computes indicators.
pub fn as_budget(place: KatoCode, (year, level): (i16, u8), totals: &[FactTotal]) -> Budget {
    let line = |total: &FactTotal| Line {
        row: 0,
        item: total.key.item,
        code: total.key.code.clone(),
        name: Text::default(),
        amounts: total.amounts,
    };
    let report = akimat_storage::FactReport {
        place,
        level,
        year,
        month: totals.iter().map(|total| total.month_max).max().unwrap_or(0),
        source: akimat_storage::FactSource {
            file_name: String::new(),
            sha256: String::new(),
            budget: None,
            invented: false,
        },
        lines: Vec::new(),
    };
    Budget { lines: totals.iter().map(line).collect(), ..crate::territory::from_report(report).budget }
}

fn compare(code: &'static str, own: (&Budget, u64), peers: &[(&Budget, u64)], stage: Stage) -> Compared {
    let value = |(budget, people): (&Budget, u64)| {
        let around = Surroundings { population: Some(people), ..Surroundings::default() };
        let (found, refused) = indicator::survey(budget, stage, &around);
        let why = refused.into_iter().find(|refused| refused.code == code).map(|refused| refused.why);
        let found = found.into_iter().find(|found| found.code == code && found.item.is_none());
        found.ok_or(why.unwrap_or(Refusal::NothingToShare))
    };
    let own = value(own);
    let peers: Vec<(KatoCode, Ratio)> = peers
        .iter()
        .filter_map(|(budget, people)| Some((budget.place?, value((budget, *people)).ok()?.value)))
        .collect();
    let ratios: Vec<Ratio> = peers.iter().map(|(_, ratio)| *ratio).collect();
    let standing =
        own.as_ref().ok().filter(|_| ratios.len() >= PEERS_MIN).map(|own| peer::standing(own.value, &ratios));
    Compared { code, own, peers, standing }
}

/// A part that one side does not state is left out on both, so that nothing unknown is taken for zero,
/// unless the side states its total and the parts add up to it.
fn drivers(
    keys: &[LineKey],
    own: (&Budget, u64),
    peers: &[(&Budget, u64)],
    stage: Stage,
) -> std::result::Result<Drivers, Refusal> {
    let usable: Vec<&(&Budget, u64)> =
        peers.iter().filter(|(budget, _)| parts(keys, budget, stage).is_some()).collect();
    if usable.len() < PEERS_MIN {
        return Err(Refusal::TooFewUnits { have: usable.len(), need: PEERS_MIN });
    }
    let mine = parts(keys, own.0, stage).ok_or_else(|| whole_missing(keys))?;
    let mut theirs = vec![0_i128; keys.len()];
    let mut people = 0;
    for (budget, population) in usable {
        people += population;
        for (sum, part) in theirs.iter_mut().zip(parts(keys, budget, stage).unwrap_or_default()) {
            *sum += i128::from(part.tiyn());
        }
    }
    let drivers = peer::drivers((&mine, own.1), (&theirs, people))?;
    let shown = |driver: &Driver| driver.own.numerator() != 0 || driver.peers.numerator() != 0;
    let drivers: Vec<Driver> = drivers.into_iter().filter(shown).collect();
    Ok(Drivers { keys: keys.to_vec(), drivers })
}

fn whole_missing(keys: &[LineKey]) -> Refusal {
    match keys.first().map(|key| key.item) {
        Some(Item::FunctionalGroup) => Refusal::GroupsIncomplete,
        _ => Refusal::LinesMissing(vec![Item::RevenueTotal, Item::Transfers]),
    }
}

/// The parts, absent ones as zero only where those that are stated add up to the whole.
fn parts(keys: &[LineKey], budget: &Budget, stage: Stage) -> Option<Vec<Money>> {
    let amount = |key: &LineKey| {
        let mut lines = budget.lines.iter();
        let line = lines.find(|line| line.item == key.item && (key.code.is_empty() || line.code == key.code));
        line.and_then(|line| line.amounts.at(stage))
    };
    let stated: Vec<Option<Money>> = keys.iter().map(amount).collect();
    let whole = match keys.first()?.item {
        Item::FunctionalGroup => budget.amount(Item::ExpenditureTotal, stage)?,
        _ => budget.amount(Item::RevenueTotal, stage)?.checked_sub(budget.amount(Item::Transfers, stage)?)?,
    };
    let sum = Money::checked_sum(stated.iter().flatten().copied())?;
    (sum == whole).then(|| stated.into_iter().map(Option::unwrap_or_default).collect())
}
