//! Shapes of risks and early warning.

use super::{
    Shapes, amount_or_null, array, described, flag, formatted, id, invented, kato, links, nullable, number,
    object, one_of, refer, string, text, whole,
};
use akimat_delivery::risk::scale::Band;
use akimat_delivery::risk::{Category, Ending, Response};
use akimat_delivery::warning::alert::{AlertState, Decision, Outcome};
use akimat_delivery::warning::{Grade, Indicator, Level, Unknown};
use serde_json::Value;

fn day() -> Value {
    formatted("date")
}

fn indicator() -> Value {
    one_of(Indicator::ALL.iter().map(|one| one.code()))
}

pub(super) fn shapes() -> Shapes {
    let project = object([
        ("project", id()),
        ("as_of", day()),
        ("invented", invented()),
        ("confidence", described(nullable(confidence()), "Null before the nightly watch has looked at it.")),
        ("alerts", array(alert())),
        ("risks", array(refer("Risk"))),
        ("unpublished", described(whole(), "Risks that count in the sums and are not published.")),
        ("expected_loss", amount_or_null()),
        ("reserve", described(amount_or_null(), "Enough for all open risks together with `reserve_chance`.")),
        ("reserve_chance", number()),
        ("links", links()),
    ]);
    let cell = object([("likelihood", whole()), ("impact", whole()), ("n", whole())]);
    let portfolio = object([
        ("as_of", day()),
        ("n", whole()),
        ("n_projects", whole()),
        ("expected_loss", amount_or_null()),
        ("unknown_loss", described(whole(), "Risks without an estimate of cost; they add nothing.")),
        ("heat", described(array(cell), "Open risks in each cell, whatever cell is asked for.")),
        ("items", array(refer("Risk"))),
        ("unpublished", whole()),
        ("complete", described(flag(), "False when there were too many to list or to read.")),
        ("links", links()),
    ]);
    vec![("ProjectRisks", project), ("RiskPortfolio", portfolio), ("Risk", risk())]
}

fn risk() -> Value {
    let action = object([
        ("what", string()),
        ("who", string()),
        ("due_on", nullable(day())),
        ("done_on", nullable(day())),
    ]);
    object([
        ("id", id()),
        ("project", id()),
        ("place", kato()),
        ("state", one_of(["open", "closed"])),
        ("category", one_of(Category::ALL.iter().map(|one| one.code()))),
        ("cause", string()),
        ("event", string()),
        ("effect", string()),
        ("likelihood", described(whole(), "1 to 5.")),
        ("impact", described(whole(), "The gravest of the effects on cost, time and people, 1 to 5.")),
        ("score", whole()),
        ("band", one_of(Band::ALL.map(Band::code))),
        ("residual_score", nullable(whole())),
        ("expected_loss", amount_or_null()),
        ("owner", string()),
        ("response", one_of(Response::ALL.iter().map(|one| one.code()))),
        ("actions", array(action)),
        ("review_on", nullable(day())),
        ("ending", nullable(one_of(Ending::ALL.iter().map(|one| one.code())))),
    ])
}

fn confidence() -> Value {
    let unknown =
        object([("indicator", indicator()), ("why", one_of(Unknown::ALL.iter().map(|one| one.code())))]);
    object([
        ("grade", nullable(one_of(Grade::ALL.iter().map(|one| one.code())))),
        ("computed_on", day()),
        ("because", array(indicator())),
        ("unknown", array(unknown)),
        ("lifted_by", nullable(string())),
        ("lifted_until", nullable(day())),
    ])
}

fn act(what: Value) -> Value {
    nullable(object([("what", what), ("by", string()), ("on", day()), ("note", string())]))
}

fn alert() -> Value {
    let evidence = object([
        ("name", string()),
        ("unit", one_of(["days", "count", "share", "number", "tenge", "date", "text"])),
        ("value", string()),
    ]);
    object([
        ("id", id()),
        ("indicator", indicator()),
        ("name", text()),
        ("level", one_of(Level::ALL.iter().map(|one| one.code()))),
        ("state", one_of(AlertState::ALL.iter().map(|one| one.code()))),
        ("unit", one_of(["share", "days", "count", "score"])),
        ("measure", number()),
        ("amber", number()),
        ("red", number()),
        ("evidence", array(evidence)),
        ("owner", string()),
        ("raised_on", day()),
        ("decide_by", day()),
        ("acknowledged", act(nullable(string()))),
        ("decided", act(nullable(one_of(Decision::ALL.iter().map(|one| one.code()))))),
        ("closed", act(nullable(one_of(Outcome::ALL.iter().map(|one| one.code()))))),
        ("passed_on", nullable(day())),
    ])
}
