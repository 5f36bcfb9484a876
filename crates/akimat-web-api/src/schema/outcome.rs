//! Shapes of predictions about projects.

use super::{
    Shapes, array, described, flag, formatted, invented, links, nullable, number, object, one_of, string,
    whole,
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
    vec![("ProjectOutcome", outcome)]
}
