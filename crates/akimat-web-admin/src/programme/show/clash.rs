//! What to do when no plan keeps the rules: the smallest way out and the rules that clash, each with the way to
//! its field.

use crate::programme::{path_of, words};
use akimat_allocation::relax::{Concession, Diagnosis, WayOut};
use akimat_allocation::{Plan, Rule};
use akimat_app::programme::{Answer as Found, ProgrammeInput, ProgrammeView, input};
use akimat_i18n::Locale;
use akimat_storage::programme::ProgrammeState;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::relaxation::RuleWords;
use akimat_web_kit::view::plan::told::Teller;
use akimat_web_kit::view::plan::{PlanNames, PlanView};
use std::collections::BTreeMap;

/// A sentence with the way to its field.
#[derive(Debug)]
pub struct Way {
    /// The sentence.
    pub text: String,
    /// The field, without the language; empty for none.
    pub path: String,
}

/// Why no plan keeps the rules.
#[derive(Debug)]
pub struct Infeasible {
    /// First sentence.
    pub lead: String,
    /// The smallest way out.
    pub ways: Vec<Way>,
    /// How sure it is that it is the smallest.
    pub sure: String,
    /// The rules that clash.
    pub rules: Vec<Way>,
}

impl Infeasible {
    /// Of a scenario that no plan satisfies.
    ///
    /// # Errors
    /// When what is stored cannot be read.
    pub fn of(locale: &'static Locale, view: &ProgrammeView) -> Answer<Option<Self>> {
        if view.state != ProgrammeState::Infeasible {
            return Ok(None);
        }
        let solution = view.solution.as_ref();
        let found = solution.and_then(|found| Some((&found.input, &found.answer.as_ref()?.answer)));
        let Some((input, Found::Infeasible { diagnosis: Some(diagnosis) })) = found else {
            let lead = locale.t("programme-infeasible-lead-bare").into_owned();
            return Ok(Some(Self { lead, ways: Vec::new(), sure: String::new(), rules: Vec::new() }));
        };
        let programme = input.programme().map_err(|_| Failure::internal("a stored programme"))?;
        let names = PlanNames::of(locale, input);
        let plan = Plan::empty(programme.projects().len());
        let view_of_plan = PlanView { locale, programme: &programme, plan: &plan, names: &names };
        let criteria = BTreeMap::new();
        let teller = Teller { view: view_of_plan, input, report: None, criteria: &criteria };
        let edit = format!("{}/edit", path_of(view.head.id));
        Ok(Some(told(&teller, diagnosis, &edit)))
    }
}

fn told(teller: &Teller<'_>, diagnosis: &Diagnosis, edit: &str) -> Infeasible {
    let locale = teller.view.locale;
    let way = diagnosis.both.as_ref();
    let ways = way.map_or_else(Vec::new, |way| {
        let line = |give: &Concession| Way {
            text: concession(teller, give),
            path: field(teller.input, give.rule)
                .map_or_else(String::new, |field| format!("{edit}#f-{field}")),
        };
        way.concessions.iter().map(line).collect()
    });
    let rules = diagnosis.clash.as_ref().map_or_else(Vec::new, |clash| {
        let line = |rule: &Rule| Way {
            text: teller.rule(*rule),
            path: field(teller.input, *rule).map_or_else(String::new, |field| format!("{edit}#f-{field}")),
        };
        clash.rules.iter().map(line).collect()
    });
    let key = match way {
        Some(way) if way.is_smallest() => "programme-infeasible-smallest",
        _ => "programme-infeasible-some",
    };
    let lead = if way.is_some_and(|way: &WayOut| !way.concessions.is_empty()) {
        "programme-infeasible-lead"
    } else {
        "programme-infeasible-lead-bare"
    };
    let (rule, amount) = (|rule: Rule| teller.rule(rule), |by: i64| money(locale, by));
    let words = RuleWords {
        locale,
        programme: teller.view.programme,
        rule: &rule,
        project: &|at| teller.view.names.project(at).to_owned(),
        money: &amount,
    };
    let mut leads = vec![locale.t(lead).into_owned()];
    leads.extend(diagnosis.clash.as_ref().and_then(|clash| words.contradiction(clash)));
    let mut sure = vec![locale.t(key).into_owned()];
    sure.extend(words.totals(diagnosis));
    Infeasible { lead: leads.join(" "), ways, sure: sure.join(" "), rules }
}

/// One concession in words.
fn concession(teller: &Teller<'_>, give: &Concession) -> String {
    let locale = teller.view.locale;
    let (key, by) = match give.rule {
        Rule::Budget { .. } | Rule::Tail { .. } => ("programme-way-add", money(locale, give.by)),
        Rule::Sector { .. } | Rule::District { .. } => ("programme-way-lower", money(locale, give.by)),
        Rule::Starts { .. } => ("programme-way-starts", locale.number(give.by)),
        _ => ("programme-way-other", words::points(locale, give.by)),
    };
    locale.f(key, &[("rule", teller.rule(give.rule).into()), ("by", by.into())])
}

fn money(locale: &Locale, thousands: i64) -> String {
    input::money(thousands).map_or_else(String::new, |money| {
        format!("{} {}", words::amount(locale, money), locale.t("unit-thousand-tenge"))
    })
}

/// The field of the editor that a rule is written in.
fn field(input: &ProgrammeInput, rule: Rule) -> Option<String> {
    let source = |at: usize| input.sources.get(at).map(|source| source.source.code());
    match rule {
        Rule::Budget { source: at, year } => Some(format!("budget-{}-{}", source(at)?, input.calendar(year))),
        Rule::Tail { source: at } => Some(format!("tail-{}", source(at)?)),
        Rule::Sector { sector } => Some(format!("sector-{}", input.sectors.get(sector)?.sector.code())),
        Rule::District { district } => Some(format!("district-{}", input.districts.get(district)?.place)),
        Rule::Starts { year } => Some(format!("starts-{}", input.calendar(year))),
        Rule::Exclusive { .. } => Some("exclusive".to_owned()),
        Rule::Precedence { .. } => Some("precedence".to_owned()),
        Rule::Once { .. } | Rule::Extension { .. } => None,
    }
}
