//! Shapes of published forecasts and of their record.

use super::{
    Shapes, array, described, extended, flag, formatted, invented, kato, links, list, nullable, object,
    one_of, refer, string, whole, year,
};
use crate::accuracy::{bases, groupings, items, records};

pub(super) fn shapes() -> Shapes {
    let value = || described(string(), "A decimal in the unit of the forecast.");
    let interval = object([("level", whole()), ("low", value()), ("high", value())]);
    let step = object([
        ("period", string()),
        ("point", value()),
        ("naive", value()),
        ("intervals", array(interval)),
    ]);
    let fact = object([
        ("period", string()),
        ("revision", described(whole(), "1 for the fact as it first became known.")),
        ("fact", value()),
        ("known_on", formatted("date")),
        ("source", string()),
        ("error", described(string(), "Fact less forecast.")),
        ("naive_error", described(string(), "Fact less naive forecast.")),
        ("counted", described(flag(), "It enters the record.")),
    ]);
    let adjustment = object([
        ("period", string()),
        ("value", value()),
        ("reason", string()),
        ("by", string()),
        ("at", formatted("date-time")),
    ]);
    let whole_forecast = extended(
        head(),
        [
            ("unit", string()),
            ("history", array(object([("period", string()), ("value", value())]))),
            ("steps", array(step)),
            ("weights", array(object([("method", string()), ("weight", string())]))),
            (
                "plans",
                described(
                    array(object([("period", string()), ("value", value())])),
                    "The plan of the year at the end of each month of a year that runs.",
                ),
            ),
            ("facts", array(fact)),
            ("adjustments", array(adjustment)),
        ],
    );
    vec![
        ("ForecastAccuracy", record()),
        ("PublishedForecastItem", head()),
        ("PublishedForecastList", list("PublishedForecastItem")),
        ("PublishedForecast", whole_forecast),
        ("AccuracyGroup", group()),
    ]
}

/// What a list says of a forecast.
fn head() -> serde_json::Value {
    object([
        ("id", formatted("uuid")),
        ("place", kato()),
        ("item", one_of(items())),
        ("code", string()),
        (
            "basis",
            described(
                one_of(bases()),
                "What values state: the amount of a period, the sum since January, or the cases of a month.",
            ),
        ),
        ("stage", nullable(string())),
        ("frequency", one_of(["yearly", "quarterly", "monthly"])),
        ("origin", described(string(), "The last period that was known.")),
        ("known_at", formatted("date")),
        ("computed_later", described(flag(), "Computed from past figures, not published before the facts.")),
        ("published_at", formatted("date-time")),
        ("published_by", string()),
        ("method", string()),
        ("version", string()),
        ("invented", invented()),
        ("links", links()),
    ])
}

fn record() -> serde_json::Value {
    object([
        ("place", described(nullable(kato()), "Null for all territories.")),
        ("record", one_of(records())),
        ("basis", one_of(bases())),
        ("by", one_of(groupings())),
        ("without", array(year())),
        ("groups", array(refer("AccuracyGroup"))),
        ("links", links()),
    ])
}

fn group() -> serde_json::Value {
    let mean = |text: &str| described(nullable(string()), text);
    object([
        ("key", described(string(), "The group; a line is `item|code`, all is empty.")),
        ("n", described(whole(), "Facts.")),
        ("coverage", array(object([("level", whole()), ("n", whole()), ("inside", whole())]))),
        ("mase", mean("Mean error over the mean change of the history.")),
        ("mase_naive", mean("The same of the naive method.")),
        ("relative_error", mean("Mean error as a share of the fact.")),
        ("n_naive_better", whole()),
        ("n_adjusted", described(whole(), "Facts of steps that a person had adjusted.")),
        ("n_adjusted_better", described(whole(), "Of these, where the person was nearer than the model.")),
    ])
}
