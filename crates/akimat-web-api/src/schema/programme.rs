//! Shapes of published programmes.

use super::{
    Shapes, amount, array, described, extended, flag, formatted, id, invented, kato, links, nullable, object,
    one_of, refer, string, text, whole, year,
};
use akimat_project::{MoneySource, Sector};
use serde_json::json;

fn integer() -> serde_json::Value {
    json!({ "type": "integer" })
}

fn head() -> serde_json::Value {
    let points = |help| described(nullable(integer()), help);
    object([
        ("id", id()),
        ("place", kato()),
        ("title", string()),
        ("first_year", year()),
        ("years", described(whole(), "Number of years.")),
        ("objective", points("Worth of the computed plan in units of 1e-4 points.")),
        (
            "bound",
            points("No plan is worth more; equal to the worth when the plan is proven to be the best."),
        ),
        ("decision", nullable(id())),
        ("invented", invented()),
        ("links", links()),
    ])
}

pub(super) fn shapes() -> Shapes {
    let start = |help| described(nullable(year()), help);
    let project = object([
        ("project", id()),
        ("number", string()),
        ("title", text()),
        ("place", kato()),
        ("sector", one_of(Sector::ALL.iter().map(|sector| sector.code()))),
        ("points", described(whole(), "10,000 is the best value on every criterion.")),
        (
            "total",
            described(nullable(amount()), "Appraised total of all sources, rounded down to thousands."),
        ),
        ("computed", start("Year of start as computed; null: left out.")),
        ("decided", start("Year of start as decided.")),
        ("duty", described(flag(), "It must start: under contract, or kept in by a person.")),
        ("barred", described(nullable(string()), "Why it must not start.")),
        ("reason", described(nullable(string()), "Why the head decided otherwise.")),
    ]);
    let money = object([
        ("source", one_of(MoneySource::ALL.iter().map(|source| source.code()))),
        ("year", described(nullable(year()), "Null: after the last year.")),
        ("spent", nullable(amount())),
        ("cap", described(nullable(amount()), "Null: no limit.")),
    ]);
    let whole_record = extended(
        head(),
        [
            ("decided_by", string()),
            ("decided_at", formatted("date-time")),
            ("reason", string()),
            ("proven", flag()),
            ("decided_objective", integer()),
            ("input_sha256", string()),
            ("seed", whole()),
            ("solver", string()),
            ("version", string()),
            ("projects", array(project)),
            ("money", array(money)),
        ],
    );
    let instance = json!({
        "type": "object", "additionalProperties": true,
        "description": "A file of the format akimat-portfolio/1.",
    });
    vec![
        ("ProgrammeItem", head()),
        ("ProgrammeList", object([("items", array(refer("ProgrammeItem"))), ("links", links())])),
        ("Programme", whole_record),
        ("ProgrammeInstance", instance),
    ]
}
