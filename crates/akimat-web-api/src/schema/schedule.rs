//! Shapes of work plans.

use super::{
    Shapes, amount_or_null, array, described, flag, formatted, id, invented, links, nullable, number, object,
    one_of, string, text, whole,
};
use akimat_delivery::schedule::plan::{ItemKind, Measured, Week};
use serde_json::{Value, json};

fn day() -> Value {
    formatted("date")
}

fn day_or_null() -> Value {
    nullable(day())
}

fn integer_or_null() -> Value {
    nullable(json!({ "type": "integer" }))
}

pub(super) fn shapes() -> Shapes {
    let plan = object([
        ("project", id()),
        ("version", whole()),
        ("saved_at", formatted("date-time")),
        ("saved_by", string()),
        ("as_of", described(day(), "The day as of which everything is computed.")),
        ("invented", invented()),
        ("week", one_of(Week::ALL.map(Week::code))),
        ("items", array(item())),
        ("critical_path", described(array(string()), "Codes of the items that decide the end.")),
        ("earliest_finish", day_or_null()),
        ("duration_working_days", integer_or_null()),
        ("finish_at_pace", described(day_or_null(), "Planned duration over SPI(t).")),
        ("physical_pct", nullable(number())),
        ("physical_planned_pct", nullable(number())),
        ("paid", amount_or_null()),
        ("planned", amount_or_null()),
        ("gap_points", described(nullable(number()), "Paid share less physical progress, in points.")),
        ("gap_flagged", nullable(flag())),
        ("milestones", array(milestone())),
        ("value", value()),
        ("curve", array(point())),
        ("baselines", array(baseline())),
        ("links", links()),
    ]);
    vec![("ProjectPlan", plan), ("ProjectResults", results())]
}

fn results() -> Value {
    let measure = object([("on", day()), ("value", string()), ("source", string())]);
    let result = object([
        ("title", text()),
        ("unit", text()),
        ("baseline", nullable(string())),
        ("target", string()),
        ("measured", described(nullable(string()), "The latest, a plain decimal.")),
        ("measured_on", day_or_null()),
        ("achieved_pct", described(nullable(number()), "(measured - baseline) / (target - baseline).")),
        ("owner", string()),
        ("measures", array(measure)),
    ]);
    let served = object([("group", text()), ("number", nullable(whole()))]);
    object([
        ("project", id()),
        ("invented", invented()),
        ("results", array(result)),
        ("beneficiaries", array(served)),
        ("links", links()),
    ])
}

fn days() -> Value {
    object([("start", day_or_null()), ("finish", day_or_null())])
}

fn item() -> Value {
    object([
        ("id", string()),
        ("code", string()),
        ("title", text()),
        ("kind", one_of(ItemKind::ALL.map(ItemKind::code))),
        ("approved", days()),
        ("expected", days()),
        ("actual", days()),
        ("waits_for", described(string(), "Such as 1.1; 1.2SS+3.")),
        ("responsible", string()),
        ("weight", nullable(whole())),
        ("budget", amount_or_null()),
        ("done_pct", nullable(number())),
        ("measured_on", day_or_null()),
        ("measured_how", nullable(one_of(Measured::ALL.map(Measured::code)))),
        ("total_float", integer_or_null()),
        ("free_float", integer_or_null()),
        ("critical", nullable(flag())),
    ])
}

fn milestone() -> Value {
    object([
        ("item", described(string(), "Code of the item.")),
        ("approved", day_or_null()),
        ("expected", day_or_null()),
        ("actual", day_or_null()),
        ("slip_days", integer_or_null()),
        ("overdue", flag()),
    ])
}

fn value() -> Value {
    object([
        ("bac", amount_or_null()),
        ("pv", amount_or_null()),
        ("ev", amount_or_null()),
        ("ac", amount_or_null()),
        ("cpi", nullable(number())),
        ("spi", nullable(number())),
        ("spi_t", nullable(number())),
        ("eac_at_cpi", nullable(number())),
        ("eac_at_plan", nullable(number())),
        ("eac_at_cpi_spi", nullable(number())),
        ("eac_bottom_up", nullable(number())),
        ("vac", nullable(number())),
        ("tcpi_bac", nullable(number())),
        ("tcpi_eac", nullable(number())),
        ("refused", described(array(string()), "Why figures are missing.")),
    ])
}

fn point() -> Value {
    object([
        ("month_end", day()),
        ("planned", amount_or_null()),
        ("earned", amount_or_null()),
        ("paid", amount_or_null()),
        ("forecast", amount_or_null()),
    ])
}

fn baseline() -> Value {
    object([("approved_on", day()), ("document", string()), ("reason", string())])
}
