//! Shapes of consolidation, findings of the platform, and disclosure.

use super::{
    Shapes, amount, amount_or_null, array, currency, described, flag, formatted, id, invented, item, kato,
    links, nullable, object, one_of, refer, stage, string, text, whole, year,
};
use akimat_budget::Rule;
use serde_json::json;

pub(super) fn shapes() -> Shapes {
    let unit = || object([("place", kato()), ("level", whole())]);
    let sum = object([
        ("place", kato()),
        ("level", whole()),
        ("record", string()),
        ("complete", flag()),
        ("revenue", amount_or_null()),
        ("expenditure", amount_or_null()),
        ("balance", amount_or_null()),
    ]);
    let line = object([
        ("item", item()),
        ("code", string()),
        ("sum", amount_or_null()),
        (
            "eliminated",
            described(amount_or_null(), "What only passes between the units, as this side recorded it."),
        ),
        ("left", amount_or_null()),
        ("n_units", whole()),
        ("n_silent", described(whole(), "Units that do not state the line.")),
    ]);
    let pair = object([
        ("upper", unit()),
        ("rule", one_of([Rule::TransferMismatch.code(), Rule::CreditMismatch.code()])),
        ("direction", one_of(["down", "up"])),
        ("given", amount_or_null()),
        ("received", amount_or_null()),
        ("n_missing", whole()),
        ("n_silent", whole()),
    ]);
    let consolidation = object([
        ("place", kato()),
        ("year", year()),
        ("stage", stage()),
        ("currency", currency()),
        ("invented", invented()),
        ("whole", described(flag(), "Every unit is here, every source whole, no side silent.")),
        ("units", array(sum)),
        ("missing", array(unit())),
        ("lines", array(line)),
        ("pairs", array(pair)),
        ("balance", amount_or_null()),
        ("balance_sum", described(amount_or_null(), "The balances of the units added up.")),
        ("findings", array(refer("Finding"))),
        ("links", links()),
    ]);
    vec![("Consolidation", consolidation), ("FoundList", found()), ("DutyList", duties())]
}

fn found() -> serde_json::Value {
    let evidence = object([
        ("side", one_of(["given", "received", "history", "stated"])),
        ("place", nullable(kato())),
        ("year", year()),
        ("record", string()),
        ("row", nullable(whole())),
        ("item", item()),
        ("code", string()),
        ("amount", amount()),
    ]);
    let facts = json!({
        "type": "object", "additionalProperties": true,
        "description": "Numbers of a hint by name, as decimals: n, z, share, usual, factor, deviation, limit, round.",
    });
    let found = object([
        ("id", described(string(), "32 hexadecimal digits made of what the finding states.")),
        ("place", kato()),
        ("level", whole()),
        ("year", year()),
        ("record", string()),
        ("budget", nullable(id())),
        ("state", one_of(["open", "explained", "dismissed"])),
        ("invented", invented()),
        ("finding", refer("Finding")),
        ("evidence", array(evidence)),
        ("facts", facts),
        ("links", links()),
    ]);
    object([
        ("n", described(whole(), "Findings that fit.")),
        ("n_records", described(whole(), "Records that were looked through.")),
        (
            "n_left_out",
            described(whole(), "Older records that were not; a territory looks through all of its own."),
        ),
        ("currency", currency()),
        ("items", array(found)),
        ("links", links()),
    ])
}

fn duties() -> serde_json::Value {
    let days = json!({ "type": "integer" });
    let duty = object([
        ("place", kato()),
        ("level", whole()),
        ("year", year()),
        ("part", described(whole(), "Month 1 to 12, or 0 for the year.")),
        ("obligation", string()),
        ("name", text()),
        ("basis", string()),
        ("basis_verified", flag()),
        ("term_verified", described(flag(), "The term was read in the text of the act.")),
        ("due", nullable(formatted("date"))),
        ("published_on", nullable(formatted("date"))),
        ("address", nullable(string())),
        ("standing", one_of(["missing", "late", "on_time", "published", "not_yet_due", "unknown"])),
        ("days_over", nullable(days)),
        ("invented", invented()),
    ]);
    object([("year", year()), ("n", whole()), ("items", array(duty)), ("links", links())])
}
