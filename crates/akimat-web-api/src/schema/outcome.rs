//! Shapes of predictions about projects.

use super::{
    Shapes, array, described, flag, formatted, invented, kato, links, nullable, number, object, one_of,
    string, whole,
};
use akimat_outcome::Target;
use akimat_storage::outcome_prediction::OutcomeVerdict;

pub(super) fn shapes() -> Shapes {
    let target = || one_of(Target::ALL.map(Target::code));
    let chance = || described(number(), "0 to 1.");
    let range = object([("level", whole()), ("low", number()), ("high", number())]);
    let contribution = object([("feature", string()), ("value", number())]);
    let near = object([
        ("project", formatted("uuid")),
        ("distance", described(number(), "Gower's distance: 0 alike in everything, 1 in nothing.")),
        (
            "amount",
            described(nullable(number()), "Share of the planned time it was late by, or cost over plan."),
        ),
        ("event", flag()),
    ]);
    let expected = object([
        ("target", target()),
        ("model", described(string(), "Name and version.")),
        ("probability", chance()),
        ("point", described(nullable(number()), "Median: days of delay, or cost over plan.")),
        ("ranges", array(range)),
        ("class", described(array(string()), "From the general to the particular; empty for all.")),
        ("n_class", described(whole(), "Finished projects in the class.")),
        ("base", described(number(), "With the contributions it sums to the probability.")),
        ("contributions", array(contribution)),
        ("neighbours", array(near)),
    ]);
    let refused =
        object([("target", target()), ("reason", one_of(["ended", "too_few_finished", "constant"]))]);
    let published = object([
        ("id", formatted("uuid")),
        ("target", target()),
        ("probability", nullable(chance())),
        ("class", string()),
        ("n_class", whole()),
        ("model", string()),
        ("data_on", formatted("date")),
        ("by", string()),
        ("at", formatted("date-time")),
    ]);
    let decided = object([
        ("prediction", formatted("uuid")),
        ("verdict", one_of(OutcomeVerdict::ALL.map(OutcomeVerdict::code))),
        ("reason", string()),
        ("by", string()),
        ("at", formatted("date-time")),
    ]);
    let outcome = object([
        ("project", formatted("uuid")),
        ("data_on", formatted("date")),
        ("invented", invented()),
        ("expected", array(expected)),
        ("refused", array(refused)),
        ("published", array(published)),
        ("decisions", array(decided)),
        ("links", links()),
    ]);
    vec![("ProjectOutcome", outcome), ("OutcomeRecord", record())]
}

fn record() -> serde_json::Value {
    let target = || one_of(Target::ALL.map(Target::code));
    let measure = |what: &str| described(nullable(number()), what);
    let held = object([("level", whole()), ("n", whole()), ("inside", whole())]);
    let by_target = object([
        ("target", target()),
        ("n", described(whole(), "Predictions that met their fact.")),
        ("said", described(number(), "Mean chance that was said, 0 to 1.")),
        ("happened", described(number(), "Share in which it happened, 0 to 1.")),
        ("brier", described(number(), "Mean squared error of the chances.")),
        ("brier_base", described(number(), "The same of the chance for ordinary finished projects.")),
        ("ranges", array(held)),
        ("error", measure("Mean absolute error of the median: days, or share of the plan.")),
        ("error_of_plan", measure("The same of the plan itself: on the planned day, at the planned cost.")),
    ]);
    let range = object([("level", whole()), ("low", number()), ("high", number())]);
    let judged = object([
        ("prediction", formatted("uuid")),
        ("project", formatted("uuid")),
        ("target", target()),
        ("at", formatted("date-time")),
        ("model", described(string(), "Name and version.")),
        ("probability", described(number(), "0 to 1.")),
        ("base", described(number(), "For ordinary finished projects on that day.")),
        ("point", measure("Median: days of delay, or cost over plan.")),
        ("ranges", array(range)),
        ("event", described(flag(), "It happened: late, dearer than planned, completed.")),
        ("amount", measure("Days late, or cost over plan.")),
    ]);
    object([
        ("place", nullable(kato())),
        ("invented", invented()),
        ("n_waiting", described(whole(), "First predictions about projects that have not ended yet.")),
        ("targets", array(by_target)),
        ("judged", array(judged)),
        ("links", links()),
    ])
}
