//! Fields of a question, by any of their names, in the question itself or beside it.

use super::expression::evaluate;
use crate::appraise::Tables;
use crate::fault::{Fault, FaultKind};
use crate::rate::{Convention, Rate, Timing};
use serde_json::{Map, Value};

/// Most values of one list.
const VALUES_MAX: usize = 100_000;

pub(super) const FLOWS: &[&str] = &[
    "cashflows",
    "cash_flows",
    "flows",
    "net_cashflows",
    "net_cash_flows",
    "values",
    "net_flows",
    "cash_flow",
    "cashflow",
    "net_benefits",
];
pub(super) const RATE: &[&str] = &[
    "rate",
    "discount_rate",
    "r",
    "schedule",
    "wacc",
    "cost_of_capital",
    "interest_rate",
    "rates",
    "discount_rates",
    "required_return",
];
pub(super) const FINANCE_RATE: &[&str] = &["finance_rate", "financing_rate", "borrowing_rate", "finance"];
pub(super) const REINVEST_RATE: &[&str] = &["reinvest_rate", "reinvestment_rate", "reinvest"];
pub(super) const BENEFITS: &[&str] = &["benefits", "benefit", "pv_benefits", "benefits_pv"];
pub(super) const COSTS: &[&str] = &["costs", "cost", "pv_costs", "costs_pv"];
pub(super) const YEARS: &[&str] = &["years", "n", "life", "lifetime", "periods", "term", "nper"];
pub(super) const INVESTMENT: &[&str] = &[
    "investment",
    "initial_investment",
    "initial_cost",
    "initial_outlay",
    "outlay",
    "capital",
    "capital_cost",
    "purchase_price",
    "asset_price",
    "cost",
    "pv_cost",
    "pv_costs",
    "price",
    "initial",
];
pub(super) const CASH: &[&str] =
    &["cfads", "cash", "cash_available", "cash_flow_available", "noi", "net_operating_income"];
pub(super) const SERVICE: &[&str] =
    &["debt_service", "service", "ds", "annual_debt_service", "total_debt_service"];
pub(super) const DEBT: &[&str] = &["debt", "debt_outstanding", "outstanding_debt", "loan", "debt_balance"];
pub(super) const ESTIMATE: &[&str] =
    &["estimate", "base_cost", "base_estimate", "cost_estimate", "capital_cost", "cost", "budget"];

/// A name in lower case with underscores.
pub(super) fn normal(name: &str) -> String {
    let joined: String =
        name.trim().to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    joined.trim_matches('_').replace("__", "_")
}

/// A question with its fields.
#[derive(Debug)]
pub(super) struct Ask<'a> {
    own: &'a Map<String, Value>,
    parent: Option<&'a Map<String, Value>>,
    /// Name of the question, before the names of fields.
    name: &'a str,
}

impl<'a> Ask<'a> {
    pub(super) const fn new(
        own: &'a Map<String, Value>,
        parent: Option<&'a Map<String, Value>>,
        name: &'a str,
    ) -> Self {
        Self { own, parent, name }
    }

    /// A field by the first of its names; what stands beside the question counts only when it is no question itself.
    pub(super) fn get(&self, names: &[&str]) -> Option<&'a Value> {
        let find = |object: &'a Map<String, Value>| {
            let found = |name: &&str| object.iter().find(|(key, _)| normal(key) == *name);
            names.iter().find_map(found).map(|(_, value)| value).filter(|value| !value.is_null())
        };
        find(self.own).or_else(|| find(self.parent?).filter(|value| !value.is_object()))
    }

    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.get(names).is_some()
    }

    /// The name of a field as the user finds it.
    fn field(&self, names: &[&str]) -> String {
        let name = names.first().copied().unwrap_or_default();
        if self.name.is_empty() { name.to_owned() } else { format!("{}.{name}", self.name) }
    }

    pub(super) fn fault(&self, names: &[&str], kind: FaultKind) -> Fault {
        Fault::new(self.field(names), kind)
    }

    /// An object inside the question.
    pub(super) fn inner(&self, names: &[&str]) -> Option<Ask<'a>> {
        let own = self.get(names)?.as_object()?;
        Some(Ask { own, parent: Some(self.own), name: self.name })
    }

    pub(super) fn find_number(&self, names: &[&str]) -> Result<Option<f64>, Fault> {
        self.get(names).map(|value| self.number_of(value).map_err(|kind| self.fault(names, kind))).transpose()
    }

    pub(super) fn number(&self, names: &[&str]) -> Result<f64, Fault> {
        self.find_number(names)?.ok_or_else(|| self.fault(names, FaultKind::Missing))
    }

    /// A list of numbers; a single number is a list of one.
    pub(super) fn find_list(&self, names: &[&str]) -> Result<Option<Vec<f64>>, Fault> {
        let Some(value) = self.get(names) else { return Ok(None) };
        let Some(values) = value.as_array() else {
            return self
                .number_of(value)
                .map(|number| Some(vec![number]))
                .map_err(|kind| self.fault(names, kind));
        };
        if values.len() > VALUES_MAX {
            let kind = FaultKind::TooMany { have: values.len(), max: VALUES_MAX };
            return Err(self.fault(names, kind));
        }
        let read = |(value, row): (&Value, usize)| {
            self.number_of(value).map_err(|kind| self.fault(names, kind).at(row))
        };
        values.iter().zip(1..).map(read).collect::<Result<_, _>>().map(Some)
    }

    pub(super) fn list(&self, names: &[&str]) -> Result<Vec<f64>, Fault> {
        let list = self.find_list(names)?.ok_or_else(|| self.fault(names, FaultKind::Missing))?;
        if list.is_empty() {
            return Err(self.fault(names, FaultKind::TooFew { have: 0, need: 1 }));
        }
        Ok(list)
    }

    pub(super) fn text(&self, names: &[&str]) -> Option<&'a str> {
        self.get(names)?.as_str()
    }

    fn number_of(&self, value: &Value) -> Result<f64, FaultKind> {
        let number = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => evaluate(text, &|name| self.named(name)),
            _ => None,
        };
        number
            .filter(|number| number.is_finite())
            .ok_or_else(|| FaultKind::NotANumber { value: value.to_string().chars().take(40).collect() })
    }

    /// A number by its name, for arithmetic in text; `ETC` is also what was estimated from the bottom.
    fn named(&self, name: &str) -> Option<f64> {
        let name = normal(name);
        let names: &[&str] = if name == "etc" { &["etc", "etc_bottom_up"] } else { &[&name] };
        self.get(names)?.as_f64()
    }

    /// The rate: a number, a list by year, or the name of a published schedule.
    pub(super) fn rate(&self, tables: &Tables) -> Result<Rate, Fault> {
        let Some(value) = self.get(RATE) else { return Err(self.fault(RATE, FaultKind::Missing)) };
        let named = |fault: Fault| Fault { field: self.field(RATE), ..fault };
        if value.is_array() {
            return Rate::by_year(&self.list(RATE)?).map_err(named);
        }
        if let Some(name) = value.as_str().filter(|name| name.contains(char::is_alphabetic)) {
            return schedule(name, tables).ok_or_else(|| {
                self.fault(RATE, FaultKind::Unknown { value: name.chars().take(40).collect() })
            });
        }
        let rate = self.number(RATE)?;
        // Nobody discounts at 150 % a year; 8 stands for 8 %.
        Rate::constant(if rate > 1.5 { rate / 100.0 } else { rate }).map_err(named)
    }

    /// When flows are due; Excel's convention and the middle of the year by any usual name.
    pub(super) fn convention(&self) -> Result<Convention, Fault> {
        const TIMING: &[&str] = &["timing", "convention", "discounting_convention", "flow_timing"];
        let mut convention = Convention { first: 0.0, timing: Timing::Start };
        if let Some(first) =
            self.find_number(&["first_flow_at", "first_flow", "first_period", "start_year", "start"])?
        {
            convention.first = first;
        }
        let flag = |names: &[&str]| self.get(names).and_then(Value::as_bool) == Some(true);
        if flag(&["mid_year", "midyear", "mid_period"]) {
            convention.timing = Timing::Mid;
        }
        if flag(&["excel", "end_of_year", "end_year"]) {
            convention.timing = Timing::End;
        }
        let Some(value) = self.get(TIMING) else { return Ok(convention) };
        if let Some(offset) = value.as_f64() {
            convention.first += offset;
            return Ok(convention);
        }
        let text = value.as_str().map(normal).unwrap_or_default();
        convention.timing = if text.contains("mid") {
            Timing::Mid
        } else if text.contains("end") || text.contains("excel") {
            Timing::End
        } else if text.contains("start") || text.contains("begin") || text.contains("numpy") {
            Timing::Start
        } else {
            return Err(self.fault(TIMING, FaultKind::Unknown { value: text }));
        };
        Ok(convention)
    }

    /// Net flows: a list, with an outlay before it where one is given, or an outlay and equal amounts.
    pub(super) fn flows(&self) -> Result<Vec<f64>, Fault> {
        let outlay = self.find_number(INVESTMENT_BEFORE)?;
        let mut flows: Vec<f64> = outlay.map(|outlay| -outlay.abs()).into_iter().collect();
        if let Some(listed) = self.find_list(FLOWS)? {
            flows.extend(listed);
            return Ok(flows);
        }
        let annual = self.find_number(&[
            "annual_cashflow",
            "annual_cash_flow",
            "annual_benefit",
            "annual_net_benefit",
            "annual_flow",
            "annual",
            "payment",
        ])?;
        if let (Some(annual), true) = (annual, outlay.is_some()) {
            let years = self.number(YEARS)?;
            let n = (1..=10_000_usize).take_while(|n| crate::count(*n) <= years + 1e-9).count();
            flows.extend(std::iter::repeat_n(annual, n));
            if let (Some(salvage), Some(last)) = (self.find_number(SALVAGE)?, flows.last_mut()) {
                *last += salvage;
            }
            return Ok(flows);
        }
        let (benefits, costs) = (self.find_list(BENEFITS)?, self.find_list(COSTS)?);
        match (benefits, costs) {
            (Some(benefits), Some(costs)) => Ok((0..benefits.len().max(costs.len()))
                .map(|k| benefits.get(k).unwrap_or(&0.0) - costs.get(k).unwrap_or(&0.0).abs())
                .collect()),
            _ => Err(self.fault(FLOWS, FaultKind::Missing)),
        }
    }
}

/// An outlay before the list of flows.
const INVESTMENT_BEFORE: &[&str] =
    &["initial_investment", "investment", "initial_outlay", "outlay", "initial_cost", "initial"];
/// What is left at the end.
pub(super) const SALVAGE: &[&str] =
    &["salvage", "salvage_value", "residual", "residual_value", "scrap_value", "terminal_value"];

fn schedule(name: &str, tables: &Tables) -> Option<Rate> {
    let name = normal(name);
    let code = if name.contains("green_book") || name.starts_with("uk") || name.contains("declining") {
        "uk_green_book"
    } else {
        &name
    };
    tables.rates.rates.iter().find(|record| record.code == code).map(crate::rate::RateRecord::rate)
}
