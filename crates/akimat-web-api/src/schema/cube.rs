//! Shapes of the cube of facts, of ad-hoc questions over it, and of what people keep: scenarios and reports.

use super::{
    Shapes, amount_or_null, array, currency, described, extended, flag, formatted, id, invented, item, kato,
    links, list, nullable, object, string, whole, year,
};
use serde_json::json;

pub(super) fn shapes() -> Shapes {
    [adhoc(), facts(), scenarios(), reports()].concat()
}

fn scenarios() -> Shapes {
    let item = object([
        ("id", id()),
        ("title", described(string(), "In the author's words.")),
        ("author", string()),
        ("place", described(nullable(kato()), "Below which territory; null is the country.")),
        ("invented", invented()),
        ("created_at", formatted("date-time")),
        ("updated_at", formatted("date-time")),
        ("links", links()),
    ]);
    let document = json!({
        "type": "object", "additionalProperties": true,
        "description": "Assumptions, the budgets that they start from, limits with their sources, contradictions \
                        with the fields to blame, and the result in the low, central and high case. Amounts are \
                        whole tiyn, shares basis points: docs/method/scenario.md.",
    });
    let whole = extended(item.clone(), [("document", document)]);
    vec![("ScenarioItem", item), ("ScenarioList", list("ScenarioItem")), ("Scenario", whole)]
}

fn reports() -> Shapes {
    let item = object([
        ("id", id()),
        ("title", described(string(), "In the author's words.")),
        ("author", string()),
        ("invented", invented()),
        ("created_at", formatted("date-time")),
        ("updated_at", formatted("date-time")),
        ("links", links()),
    ]);
    let body = json!({
        "type": "object", "additionalProperties": true,
        "description": "Title, introduction and sections, each with heading and text in three languages and the \
                        question of its figure: docs/reference/charts-and-reports.md.",
    });
    let whole = extended(item.clone(), [("body", body)]);
    vec![("ReportItem", item), ("ReportList", list("ReportItem")), ("Report", whole)]
}

fn facts() -> Shapes {
    let amounts =
        || [("approved", amount_or_null()), ("amended", amount_or_null()), ("executed", amount_or_null())];
    let counts = || {
        let counts = object([("approved", whole()), ("amended", whole()), ("executed", whole())]);
        described(
            counts,
            "How many units state each amount: a sum of fewer units than there are is not the whole.",
        )
    };
    let month = || json!({ "type": "integer", "minimum": 0, "maximum": 12 });
    let list = |item| {
        object([
            ("currency", currency()),
            ("invented", invented()),
            ("generation", described(whole(), "Grows with every change of the facts.")),
            ("items", array(item)),
        ])
    };
    let of_line = || [("item", item()), ("code", string())];
    let total = object([
        ("place", described(nullable(kato()), "The unit, or the territory of the sum; null is the country.")),
        (
            "sum_of_level",
            described(nullable(whole()), "Level of the units that are added; null for one unit."),
        ),
        ("year", year()),
        ("n_units", counts()),
        ("month_min", described(month(), "Least month of the latest reports.")),
        ("month_max", described(month(), "Greatest of them.")),
    ]);
    let total = extended(extended(total, of_line()), amounts());
    let of_month = object([("year", year()), ("month", month()), ("n_units", counts())]);
    let line =
        extended(extended(object([("row", described(whole(), "Row of the file."))]), of_line()), amounts());
    let report = object([
        ("currency", currency()),
        ("invented", invented()),
        ("place", kato()),
        ("level", whole()),
        ("year", year()),
        ("month", month()),
        ("file_name", string()),
        ("sha256", string()),
        ("budget", described(nullable(id()), "The budget whose lines these are.")),
        ("lines", array(line)),
    ]);
    vec![
        ("FactTotals", list(total)),
        ("FactMonths", list(extended(of_month, amounts()))),
        ("FactReport", report),
    ]
}

fn adhoc() -> Shapes {
    let words = || array(nullable(string()));
    let row = object([
        ("key", described(words(), "The values of `by`, in its order; null where a dimension has none.")),
        (
            "figures",
            described(
                words(),
                "The figures of `measures`, in its order: amounts and means as decimals in tenge, counts as whole \
                 numbers; null where nothing is stated.",
            ),
        ),
    ]);
    let answer = object([
        ("currency", currency()),
        ("invented", invented()),
        ("generation", described(whole(), "Grows with every change of the facts.")),
        ("as_of", formatted("date-time")),
        ("stale", described(flag(), "The facts have changed since; a newer copy is being made.")),
        ("n_facts", described(whole(), "Lines of reports that were aggregated.")),
        ("truncated", described(flag(), "There are more groups than `limit`.")),
        ("by", array(string())),
        ("measures", array(string())),
        ("rows", array(row)),
    ]);
    vec![("AdHocAnswer", answer)]
}
