//! Contradictory assumptions are refused one by one, each with the fields to blame.

use crate::fault::{Fault, FaultKind as K};
use crate::lever::{Bond, Equalisation, MunicipalTax, Retention, WHOLE_BP};
use crate::{
    Base, Funding, Lever, Merger, Method, Need, Participatory, PhaseDown, Range, Scenario, TaxBase, Unit,
};
use akimat_core::KatoCode;
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is wrong with a scenario on a base, in the order of the levers; empty when it can run.
pub fn check(base: &Base, scenario: &Scenario) -> Vec<Fault> {
    let mut check = Check { base, scenario, faults: Vec::new() };
    check.whole();
    for (at, lever) in scenario.levers.iter().take(Scenario::LEVERS_MAX).enumerate() {
        check.lever(at, lever);
    }
    check.shares_of_one_tax();
    check.same_transfers();
    check.merged_once();
    check.faults
}

struct Check<'a> {
    base: &'a Base,
    scenario: &'a Scenario,
    faults: Vec<Fault>,
}

/// The path of a field of a lever.
fn field(at: usize, name: &str) -> String {
    format!("levers.{at}.{name}")
}

impl Check<'_> {
    fn fault(&mut self, fields: impl IntoIterator<Item = String>, kind: K) {
        self.faults.push(Fault::new(fields, kind));
    }

    fn bounds(&mut self, field: String, value: i64, (min, max): (i64, i64)) {
        if value < min || value > max {
            self.fault([field], K::OutOfBounds { min, max });
        }
    }

    fn range(&mut self, field: String, range: Range, (min, max): (i64, i64)) {
        let outside = [range.low, range.central, range.high].into_iter().any(|end| end < min || end > max);
        if outside {
            self.fault([field], K::OutOfBounds { min, max });
        } else if range.low > range.central || range.central > range.high {
            self.fault([field], K::RangeOrder);
        }
    }

    fn whole(&mut self) {
        if !self.base.is_sound() {
            self.fault(["base".to_owned()], K::UnsoundBase);
        }
        if self.scenario.levers.len() > Scenario::LEVERS_MAX {
            self.fault(["levers".to_owned()], K::TooManyLevers { max: Scenario::LEVERS_MAX });
        }
        let max = i64::from(Scenario::YEARS_MAX);
        self.bounds("years".to_owned(), i64::from(self.scenario.years), (1, max));
        for code in &self.scenario.units {
            if self.base.position(*code).is_none() {
                self.fault(["units".to_owned()], K::NoSuchUnit { code: *code });
            }
        }
    }

    fn lever(&mut self, at: usize, lever: &Lever) {
        match lever {
            Lever::Merger(merger) => self.merger(at, merger),
            Lever::Retention(retention) => self.retention(at, retention),
            Lever::MunicipalTax(tax) => self.municipal_tax(at, tax),
            Lever::PhaseDown(phase_down) => self.phase_down(at, phase_down),
            Lever::Equalisation(equalisation) => self.equalisation(at, equalisation),
            Lever::Participatory(participatory) => self.participatory(at, participatory),
            Lever::Bond(bond) => self.bond(at, bond),
        }
    }

    fn units_of(&self, level: u8) -> impl Iterator<Item = &Unit> {
        self.base.units.iter().filter(move |unit| unit.level == level)
    }

    /// Whether there are units of a level.
    fn level(&mut self, at: usize, name: &str, level: u8) -> bool {
        let found = self.units_of(level).next().is_some();
        if !found {
            self.fault([field(at, name)], K::NoSuchLevel { level });
        }
        found
    }

    /// The first unit of a level on which the scenario acts and of which something is unknown.
    fn unknown(&self, level: u8, known: impl Fn(&Unit) -> bool) -> Option<KatoCode> {
        self.units_of(level)
            .filter(|unit| self.scenario.units.is_empty() || self.scenario.units.contains(&unit.code))
            .find(|unit| !known(unit))
            .map(|unit| unit.code)
    }

    fn heads(&mut self, at: usize, name: &str, level: u8) {
        if let Some(code) = self.unknown(level, |unit| unit.population.is_some_and(|heads| heads > 0)) {
            self.fault([field(at, name)], K::PopulationUnknown { code });
        }
    }

    fn retention(&mut self, at: usize, retention: &Retention) {
        self.bounds(field(at, "share"), retention.share, (1, WHOLE_BP));
        self.range(field(at, "response"), retention.response, (0, 5_000));
        let known = self.level(at, "from", retention.from) & self.level(at, "to", retention.to);
        if retention.from == retention.to {
            self.fault([field(at, "from"), field(at, "to")], K::SameLevel);
        } else if known && !self.units_of(retention.from).any(|unit| unit.taxes.contains_key(&retention.tax))
        {
            self.fault([field(at, "tax"), field(at, "from")], K::NoSuchTax { tax: retention.tax.clone() });
        } else if known && retention.from < retention.to {
            let has = self.units_of(retention.to).any(|unit| unit.taxes.contains_key(&retention.tax));
            if !has {
                self.heads(at, "to", retention.to);
            }
        }
    }

    fn municipal_tax(&mut self, at: usize, tax: &MunicipalTax) {
        self.bounds(field(at, "rate"), tax.rate, (1, WHOLE_BP));
        self.bounds(field(at, "exempt"), tax.exempt, (0, WHOLE_BP));
        self.range(field(at, "collection"), tax.collection, (0, WHOLE_BP));
        self.range(field(at, "elasticity"), tax.elasticity, (0, 5 * WHOLE_BP));
        let known = self.level(at, "level", tax.level);
        match &tax.base {
            TaxBase::PerHead { amount } => {
                self.bounds(field(at, "base_amount"), amount.tiyn(), (1, 1_000_000_000_000));
                self.heads(at, "base", tax.level);
            }
            TaxBase::Tax { code, rate } => {
                self.bounds(field(at, "base_rate"), *rate, (1, WHOLE_BP));
                if known && !self.units_of(tax.level).any(|unit| unit.taxes.contains_key(code)) {
                    self.fault([field(at, "base_tax")], K::NoSuchTax { tax: code.clone() });
                }
            }
        }
    }

    fn phase_down(&mut self, at: usize, phase_down: &PhaseDown) {
        self.level(at, "level", phase_down.level);
        self.bounds(field(at, "per_year"), phase_down.per_year, (0, WHOLE_BP));
        self.bounds(field(at, "own_min"), phase_down.own_min, (0, 10 * WHOLE_BP));
        self.bounds(field(at, "n_years"), i64::from(phase_down.n_years), (1, 10));
        if let Some(max) = phase_down.debt_service_max {
            self.bounds(field(at, "debt_service_max"), max, (0, WHOLE_BP));
        }
    }

    fn equalisation(&mut self, at: usize, equalisation: &Equalisation) {
        self.level(at, "level", equalisation.level);
        match equalisation.method {
            Method::Linear { fill } | Method::Grant { fill } => {
                self.bounds(field(at, "fill"), fill, (0, WHOLE_BP));
            }
            Method::Guarantee { level, grant, fee } => {
                self.bounds(field(at, "guarantee"), level, (1, 2 * WHOLE_BP));
                self.bounds(field(at, "grant"), grant, (0, WHOLE_BP));
                self.bounds(field(at, "fee"), fee, (0, WHOLE_BP));
            }
        }
        let between = equalisation.funding == Funding::Between;
        if between && !matches!(equalisation.method, Method::Linear { .. }) {
            self.fault([field(at, "method"), field(at, "funding")], K::NotBetween);
        }
        if equalisation.need == Need::Population {
            self.heads(at, "need", equalisation.level);
        }
    }

    fn participatory(&mut self, at: usize, participatory: &Participatory) {
        self.level(at, "level", participatory.level);
        self.bounds(field(at, "share"), participatory.share, (0, WHOLE_BP));
        self.bounds(field(at, "statutory"), participatory.statutory, (0, WHOLE_BP));
        if participatory.share > 0 && participatory.statutory == WHOLE_BP {
            self.fault([field(at, "share"), field(at, "statutory")], K::ShareOfNothing);
        }
    }

    fn bond(&mut self, at: usize, bond: &Bond) {
        self.level(at, "level", bond.level);
        self.bounds(field(at, "share"), bond.share, (1, 10 * WHOLE_BP));
        self.range(field(at, "rate"), bond.rate, (0, WHOLE_BP));
        self.bounds(field(at, "years"), i64::from(bond.years), (1, 30));
    }

    fn merger(&mut self, at: usize, merger: &Merger) {
        self.range(field(at, "saving"), merger.saving, (-WHOLE_BP, WHOLE_BP));
        if merger.units.is_empty() {
            self.fault([field(at, "units")], K::NothingMerged);
        }
        let Some(into) = self.base.position(merger.into).map(|at| &self.base.units[at]) else {
            return self.fault([field(at, "into")], K::NoSuchUnit { code: merger.into });
        };
        for code in merger.units.iter().chain([&merger.into]) {
            let unit = self.base.position(*code).map(|at| &self.base.units[at]);
            let Some(unit) = unit else {
                self.fault([field(at, "units")], K::NoSuchUnit { code: *code });
                continue;
            };
            if (unit.level, unit.parent) != (into.level, into.parent) {
                self.fault([field(at, "into"), field(at, "units")], K::NotNeighbours { code: *code });
            }
            if unit.administration.is_none() {
                self.fault([field(at, "saving")], K::AdministrationUnknown { code: *code });
            }
        }
    }

    /// Shares of one tax given away by one level.
    fn shares_of_one_tax(&mut self) {
        let mut given: BTreeMap<(&str, u8), (i64, Vec<String>)> = BTreeMap::new();
        for (at, lever) in self.scenario.levers.iter().enumerate() {
            if let Lever::Retention(retention) = lever {
                let entry = given.entry((&retention.tax, retention.from)).or_default();
                entry.0 = entry.0.saturating_add(retention.share);
                entry.1.push(field(at, "share"));
            }
        }
        for ((tax, _), (sum, fields)) in given {
            if fields.len() > 1 && sum > WHOLE_BP {
                self.fault(fields, K::SharesAbove100 { tax: tax.to_owned(), sum });
            }
        }
    }

    /// Levers that decide on the transfers to one level.
    fn same_transfers(&mut self) {
        let mut deciding: BTreeMap<u8, Vec<String>> = BTreeMap::new();
        for (at, lever) in self.scenario.levers.iter().enumerate() {
            let level = match lever {
                Lever::PhaseDown(phase_down) => phase_down.level,
                Lever::Equalisation(equalisation) => equalisation.level,
                _ => continue,
            };
            deciding.entry(level).or_default().push(field(at, "level"));
        }
        for (level, fields) in deciding {
            if fields.len() > 1 {
                self.fault(fields, K::SameTransfers { level });
            }
        }
    }

    fn merged_once(&mut self) {
        let mut seen = BTreeSet::new();
        for (at, lever) in self.scenario.levers.iter().enumerate() {
            let Lever::Merger(merger) = lever else { continue };
            for code in merger.units.iter().chain([&merger.into]) {
                if !seen.insert(*code) {
                    self.fault([field(at, "units")], K::TwiceMerged { code: *code });
                }
            }
        }
    }
}
