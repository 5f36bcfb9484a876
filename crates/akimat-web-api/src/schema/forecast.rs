//! Shapes of forecasts: of a line, of this and the next year, of the laboratory.

use super::{
    Shapes, amount, amount_or_null, array, currency, described, flag, id, invented, item, kato, links,
    nullable, number, object, one_of, refer, stage, string, whole, year,
};
use serde_json::Value;

pub(super) fn shapes() -> Shapes {
    let before = "What the same method says when the series is cut one period before.";
    let observed = object([
        ("year", year()),
        ("period", string()),
        ("amount", amount()),
        ("budget", described(nullable(id()), "Null where the figure comes from execution reports.")),
        ("forecast_before", described(amount_or_null(), before)),
    ]);
    let plan = object([("year", year()), ("stage", stage()), ("amount", amount()), ("budget", id())]);
    let interval = object([("level", whole()), ("low", amount_or_null()), ("high", amount_or_null())]);
    let step = object([
        ("period", string()),
        ("point", amount_or_null()),
        ("naive", described(amount_or_null(), "What repeating the last value says.")),
        ("intervals", array(interval)),
    ]);
    let score = object([
        ("method", string()),
        ("mae", described(amount_or_null(), "Mean absolute error.")),
        ("mase", described(number(), "The same over the mean absolute change of the series.")),
        ("smape", described(number(), "Symmetric percentage error, 0 to 200.")),
    ]);
    let coverage = object([("level", whole()), ("inside", whole()), ("of", whole())]);
    let backtest = object([
        ("n_origins", whole()),
        ("n_errors", whole()),
        ("naive_better", flag()),
        ("chosen", refer("Score")),
        ("naive", refer("Score")),
        ("methods", array(refer("Score"))),
        ("coverage", array(coverage)),
    ]);
    let weights = array(object([("model", string()), ("weight", number())]));
    let contradicted = array(year());
    let forecast = object([
        ("place", kato()),
        ("item", item()),
        ("code", string()),
        ("stage", stage()),
        ("frequency", one_of(["yearly", "quarterly", "monthly"])),
        (
            "price_year",
            described(nullable(year()), "All amounts in prices of this year; null: of each year."),
        ),
        ("currency", currency()),
        ("invented", invented()),
        ("observed", array(observed)),
        ("contradicted", described(contradicted, "Years left out: budgets state different amounts.")),
        ("plans", described(array(plan), "Plans of the years after the last observed one.")),
        ("method", string()),
        ("weights", weights),
        ("non_negative", described(flag(), "Points and intervals were cut at zero.")),
        ("steps", array(step)),
        ("backtest", backtest),
        ("links", links()),
    ]);
    vec![
        ("Score", score),
        ("Forecast", forecast),
        ("NextYear", next_year()),
        ("FiscalYear", fiscal_year()),
        ("Laboratory", laboratory()),
    ]
}

fn laboratory() -> Value {
    let coverage = object([("level", whole()), ("inside", whole()), ("of", whole())]);
    let measures = || {
        object([
            ("mae", described(number(), "Mean absolute error in the unit of the series.")),
            (
                "mase",
                described(nullable(number()), "The same over the mean seasonal change before the date."),
            ),
            ("smape", described(number(), "Symmetric percentage error, 0 to 200.")),
            ("msis", described(array(nullable(number())), "Mean scaled interval score, one a level.")),
            ("coverage", array(coverage.clone())),
        ])
    };
    let test = object([
        ("kind", one_of(["diebold_mariano", "sign"])),
        ("statistic", number()),
        ("p_value", number()),
        ("n", whole()),
    ]);
    let change = described(number(), "MASE over that of the naive forecast, less one.");
    let interval = object([("level", whole()), ("low", number()), ("high", number())]);
    let step = object([("period", string()), ("point", number()), ("intervals", array(interval))]);
    let entry = object([
        ("model", string()),
        ("rank", described(nullable(whole()), "Place by MASE; null where it did not answer at every date.")),
        ("n_origins", whole()),
        ("overall", measures()),
        ("by_step", array(measures())),
        ("versus", nullable(object([("change", change), ("test", nullable(test))]))),
        ("path", array(step)),
    ]);
    object([
        ("n_values", whole()),
        ("first", described(string(), "First period of the series.")),
        ("unit", one_of(["thousand KZT", "own"])),
        ("invented", invented()),
        ("origins", described(array(string()), "Last known period of each earlier date.")),
        ("horizon", whole()),
        ("levels", array(whole())),
        ("baseline", described(string(), "The naive forecast that the others are held against.")),
        ("entries", array(entry)),
        ("links", links()),
    ])
}

fn fiscal_year() -> Value {
    let ends = || [("level", whole()), ("low", amount_or_null()), ("high", amount_or_null())];
    let month = object([
        ("month", whole()),
        ("cumulative", described(amount_or_null(), "Since January.")),
        ("ranges", array(object(ends()))),
    ]);
    let simple = object([
        ("rule", one_of(["plan_as_is", "linear", "seasonal_naive", "last_share"])),
        ("total", amount()),
        ("error", described(amount(), "Mean absolute error of the rule in former years.")),
        ("own_error", described(amount(), "That of this forecast in the same years.")),
    ]);
    let past = object([("year", year()), ("fact", amount()), ("total", amount())]);
    let under =
        "Probability that less than 95 % of the plan is executed; null where former years are too few.";
    let line = object([
        ("line", described(string(), "An item, `group-` and a functional group, or a sum or rest of them.")),
        ("depth", described(whole(), "0 for a total, more for what it is made of.")),
        ("plan", amount_or_null()),
        ("executed", described(amount_or_null(), "From January to the month.")),
        ("total", described(amount(), "Expected for the whole year.")),
        ("ranges", array(object(ends()))),
        ("under_execution", described(nullable(number()), under)),
        ("fact", described(amount_or_null(), "Executed in the whole year, where it is over.")),
        ("reconciliation", one_of(["mint_shrink", "bottom_up"])),
        ("months", array(month)),
        ("simple", nullable(simple)),
        ("past", described(array(past), "Former years forecast from the same month.")),
    ]);
    object([
        ("place", kato()),
        ("year", nullable(year())),
        ("month", described(nullable(whole()), "Last month known.")),
        ("currency", currency()),
        ("invented", invented()),
        ("n_budgets", described(whole(), "Budgets from whose former years the forecast learns.")),
        ("refusal", nullable(one_of(crate::fiscal_year::REFUSALS))),
        ("lines", array(line)),
        ("links", links()),
    ])
}

fn next_year() -> Value {
    let plan = object([("year", year()), ("stage", stage()), ("amount", amount())]);
    let basis = "A forecast, the sum of the lines below, or the last figure where no forecast is possible.";
    let line = object([
        ("item", described(string(), "As in budgets, and `own_revenue`: revenue less transfers.")),
        ("code", string()),
        ("depth", described(whole(), "0 for a total, 1 and 2 for what it is made of.")),
        ("last", amount_or_null()),
        ("plan", nullable(plan)),
        ("point", amount()),
        ("low", amount_or_null()),
        ("high", amount_or_null()),
        ("basis", described(one_of(["forecast", "sum", "repeated"]), basis)),
    ]);
    let ended = object([("item", item()), ("code", string()), ("last_year", year())]);
    object([
        ("place", kato()),
        ("year", year()),
        ("last_year", year()),
        ("stage", stage()),
        ("currency", currency()),
        ("invented", invented()),
        ("level", described(whole(), "Level of the ranges in per cent.")),
        (
            "reconciled",
            described(
                array(string()),
                "How revenue and expenditure were made to add up: `mint_shrink`, `bottom_up`.",
            ),
        ),
        ("revenue", array(line.clone())),
        ("expenditure", array(line)),
        ("ended", described(array(ended), "Lines that the last year does not state any more.")),
        ("links", links()),
    ])
}
