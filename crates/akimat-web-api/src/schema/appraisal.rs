//! Shapes of appraisals.

use super::{
    Shapes, amount, array, described, formatted, invented, links, nullable, number, object, one_of, string,
    whole,
};
use akimat_appraisal::document::{LineKind, Payer};
use akimat_appraisal::proportion::Depth;
use akimat_appraisal::rate::Timing;
use serde_json::Value;

pub(super) fn shapes() -> Shapes {
    let appraisal = object([
        ("project", formatted("uuid")),
        ("version", whole()),
        ("drafted_by", string()),
        ("drafted_at", formatted("date-time")),
        ("signed_by", string()),
        ("signed_at", formatted("date-time")),
        ("invented", invented()),
        ("method", described(string(), "Version of the formulas.")),
        ("depth", one_of(Depth::ALL.map(Depth::code))),
        ("base_year", whole()),
        ("timing", one_of(Timing::ALL.map(Timing::code))),
        ("rate", string()),
        ("rate_version", formatted("date")),
        ("lines", array(line())),
        ("claims", array(claim())),
        ("cases", array(case())),
        ("irr", described(array(number()), "Every rate between -0.99 and 10.")),
        ("sign_changes", nullable(whole())),
        ("mirr", nullable(number())),
        ("annual_value", nullable(number())),
        ("annual_cost", nullable(number())),
        ("payback_years", nullable(number())),
        ("discounted_payback_years", nullable(number())),
        ("sensitivity", array(sensitivity())),
        ("uplifts", array(uplift())),
        ("partnership", nullable(partnership())),
        ("dscr_min", nullable(number())),
        ("llcr", nullable(number())),
        ("settlements", array(group())),
        ("groups", array(group())),
        ("links", links()),
    ]);
    vec![("ProjectAppraisal", appraisal)]
}

fn line() -> Value {
    object([
        ("kind", one_of(LineKind::ALL.map(LineKind::code))),
        ("payer", one_of(Payer::ALL.map(Payer::code))),
        ("from", whole()),
        ("to", described(whole(), "Last year; the amount is that of each year.")),
        ("amount", amount()),
    ])
}

fn claim() -> Value {
    object([
        ("impact", string()),
        ("version", described(formatted("date"), "Day from which the unit value counts.")),
        ("from", whole()),
        ("to", whole()),
        ("quantity", described(number(), "Units a year.")),
    ])
}

fn case() -> Value {
    object([
        ("case", one_of(["low", "central", "high"])),
        ("pv_benefits", number()),
        ("pv_costs", number()),
        ("npv", number()),
        ("bcr", nullable(number())),
        ("npv_per_budget", nullable(number())),
    ])
}

fn sensitivity() -> Value {
    object([
        ("input", string()),
        ("step", described(nullable(number()), "Per cent, points of the rate, or years of delay.")),
        ("npv_low", number()),
        ("npv_high", number()),
        ("switching", described(nullable(number()), "Share of the input; for the rate the rate itself.")),
    ])
}

fn uplift() -> Value {
    object([
        ("chance", number()),
        ("uplift", nullable(number())),
        ("n_own", nullable(whole())),
        ("weight_own", nullable(number())),
        ("capital", nullable(number())),
        ("npv", nullable(number())),
        ("refused", described(nullable(string()), "Why there is no uplift at this chance.")),
    ])
}

fn partnership() -> Value {
    object([
        ("psc", number()),
        ("ppp", number()),
        ("vfm", number()),
        ("share", nullable(number())),
        ("transferable_risk", number()),
        ("retained_risk", number()),
    ])
}

fn group() -> Value {
    object([
        ("name", string()),
        ("population_share", number()),
        ("benefit_share", number()),
        ("per_head", number()),
    ])
}
