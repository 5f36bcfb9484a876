//! Shapes of contracting processes and what is read across them.

use super::{
    Shapes, amount, amount_or_null, array, currency, described, flag, formatted, id, invented, kato, links,
    nullable, number, object, one_of, refer, string, text, whole, year,
};
use akimat_procurement::flag::CODES;
use akimat_procurement::tally::{Dimension, Stage};
use akimat_procurement::{Category, ContractState, Method, Nature, ObligationKind, PppKind, Role};
use akimat_project::Sector;
use serde_json::{Value, json};

fn day() -> Value {
    formatted("date")
}

fn day_or_null() -> Value {
    nullable(day())
}

fn open() -> Value {
    json!({ "type": "object", "additionalProperties": true })
}

fn stages() -> Value {
    one_of(Stage::ALL.map(Stage::code))
}

fn categories() -> Value {
    one_of(Category::ALL.iter().map(|one| one.code()))
}

fn methods() -> Value {
    one_of(Method::ALL.iter().map(|one| one.code()))
}

pub(super) fn shapes() -> Shapes {
    let whole_of = object([
        ("project", id()),
        ("invented", invented()),
        ("processes", array(refer("ContractingProcess"))),
        ("links", links()),
    ]);
    let raised = object([
        ("rule", one_of(CODES)),
        (
            "outcome",
            described(one_of(["raised", "clear", "unknown"]), "Unknown: the record does not say enough."),
        ),
        ("evidence", described(nullable(text()), "The facts in a sentence; null unless raised.")),
    ]);
    vec![
        ("ProjectContracts", whole_of),
        ("ContractingProcess", process()),
        ("RedFlag", raised),
        ("Procurement", table()),
        ("ProcurementRow", row()),
        ("Pipeline", pipeline()),
        ("PartnershipObligations", obligations()),
        ("RedFlags", red_flags()),
    ]
}

fn process() -> Value {
    object([
        ("id", id()),
        ("version", whole()),
        ("saved_at", formatted("date-time")),
        ("saved_by", string()),
        ("ocid", described(string(), "Open contracting identifier; empty when it has none.")),
        ("number", string()),
        ("title", text()),
        ("description", string()),
        ("category", categories()),
        ("nature", nullable(one_of(Nature::ALL.iter().map(|one| one.code())))),
        ("method", methods()),
        ("method_reason", string()),
        ("stage", stages()),
        ("currency", currency()),
        ("estimate", amount_or_null()),
        ("planned_on", day_or_null()),
        ("opens_on", day_or_null()),
        ("closes_on", day_or_null()),
        ("parties", array(party())),
        ("lots", array(object([("id", string()), ("title", string()), ("estimate", amount_or_null())]))),
        ("bids", array(bid())),
        ("contracts", array(contract())),
        ("amendments", array(amendment())),
        ("invoices", array(money())),
        ("payments", array(money())),
        ("obligations", array(obligation())),
        ("guarantees", array(guarantee())),
        ("flags", array(refer("RedFlag"))),
    ])
}

fn party() -> Value {
    object([
        ("id", string()),
        ("name", string()),
        ("bin", described(string(), "Business identification number; empty when not known.")),
        ("roles", array(one_of(Role::ALL.iter().map(|one| one.code())))),
        ("small", described(nullable(flag()), "A small or medium firm; null when not known.")),
    ])
}

fn bid() -> Value {
    object([
        ("party", string()),
        ("lot", string()),
        ("amount", amount_or_null()),
        ("admitted", nullable(flag())),
        ("won", flag()),
    ])
}

fn contract() -> Value {
    object([
        ("id", string()),
        ("number", string()),
        ("supplier", described(nullable(string()), "The party that won.")),
        ("signed_on", day_or_null()),
        ("starts_on", day_or_null()),
        ("ends_on", described(day_or_null(), "After the amendments.")),
        ("amount_signed", amount()),
        ("amount_now", described(amount(), "After the amendments.")),
        ("paid", amount_or_null()),
        ("vat_pct", nullable(number())),
        ("state", one_of(ContractState::ALL.iter().map(|one| one.code()))),
        ("ppp", nullable(one_of(PppKind::ALL.iter().map(|one| one.code())))),
        ("promised", described(amount_or_null(), "What the state promised to pay under a partnership.")),
        ("terminated_on", day_or_null()),
        ("termination", nullable(string())),
    ])
}

fn amendment() -> Value {
    object([
        ("contract", string()),
        ("on", day()),
        ("document", string()),
        ("amount_before", amount_or_null()),
        ("amount_after", amount_or_null()),
        ("ends_before", day_or_null()),
        ("ends_after", day_or_null()),
        ("reason", string()),
    ])
}

fn money() -> Value {
    object([
        ("id", string()),
        ("contract", string()),
        ("on", day()),
        ("amount", amount()),
        ("document", string()),
        ("invoice", described(nullable(string()), "The bill that a payment pays; null for bills.")),
    ])
}

fn obligation() -> Value {
    let kinds = one_of(ObligationKind::ALL.iter().map(|one| one.code()));
    object([("contract", string()), ("year", year()), ("kind", kinds), ("amount", amount())])
}

fn guarantee() -> Value {
    object([("contract", string()), ("what", string()), ("amount", amount()), ("until", day_or_null())])
}

fn row() -> Value {
    object([
        ("key", described(string(), "Code of the value; empty when it is not known.")),
        ("n_processes", whole()),
        ("n_contracts", whole()),
        ("contracted", amount_or_null()),
        ("paid", amount_or_null()),
        ("n_competitions", described(whole(), "Open procedures whose bids are known.")),
        ("n_bids", whole()),
        ("n_single_bidder", whole()),
        ("n_amendments", whole()),
        ("n_suppliers_of_known_size", whole()),
        ("n_small_suppliers", whole()),
    ])
}

fn table() -> Value {
    let figure = object([
        ("figure", string()),
        ("name", text()),
        ("as_of", day()),
        ("n", nullable(whole())),
        ("sum", described(nullable(string()), "Tenge, as printed.")),
        ("rounded", flag()),
        ("sources", array(string())),
    ]);
    object([
        ("place", nullable(kato())),
        ("by", one_of(Dimension::ALL.map(Dimension::code))),
        ("currency", currency()),
        ("rows", array(refer("ProcurementRow"))),
        ("total", refer("ProcurementRow")),
        ("cut", described(flag(), "There are more processes than are read.")),
        ("published", described(array(figure), "National figures about partnerships, as published.")),
        ("links", links()),
    ])
}

fn pipeline() -> Value {
    let item = object([
        ("project", id()),
        ("number", string()),
        ("place", kato()),
        ("sector", one_of(Sector::ALL.iter().map(|sector| sector.code()))),
        ("process", described(nullable(id()), "Null where only the project is on record.")),
        ("title", text()),
        ("stage", stages()),
        ("category", nullable(categories())),
        ("method", nullable(methods())),
        ("ppp", flag()),
        ("opens_on", day_or_null()),
        ("expected", described(flag(), "The day of the announcement is only expected.")),
        ("late", described(flag(), "The expected day has passed.")),
        ("closes_on", day_or_null()),
        ("days_left", nullable(whole())),
        ("estimate", amount_or_null()),
        ("words", string()),
        ("n_risks", whole()),
        ("invented", invented()),
    ]);
    object([
        ("items", array(item)),
        ("stages", array(object([("stage", stages()), ("n_processes", whole())]))),
        ("cut", flag()),
        ("links", links()),
    ])
}

fn obligations() -> Value {
    let in_year = object([
        ("year", year()),
        ("due", amount()),
        ("by_kind", open()),
        ("limit", described(amount_or_null(), "Null: not known, which is not without a limit.")),
        ("over", amount_or_null()),
    ]);
    let limit = object([
        ("year", year()),
        ("amount", amount()),
        ("basis", string()),
        ("source", string()),
        ("valid_from", day()),
        ("valid_to", day_or_null()),
        ("verified", flag()),
        ("invented", invented()),
    ]);
    let act = object([("title", string()), ("url", string()), ("verified", flag())]);
    object([
        ("place", kato()),
        ("years", array(in_year)),
        ("limits", array(limit)),
        ("act", described(act, "The act that governs the limits.")),
        ("links", links()),
    ])
}

fn red_flags() -> Value {
    let rule = object([
        ("rule", one_of(CODES)),
        ("name", text()),
        ("innocent", described(text(), "What is usual and innocent.")),
        ("numbers", described(open(), "Thresholds; the unit stands in the name.")),
        ("basis", string()),
        ("sources", array(object([("title", string()), ("url", string())]))),
        ("valid_from", day()),
        ("verified", flag()),
        ("n_raised", whole()),
        ("n_clear", whole()),
        ("n_unknown", whole()),
    ]);
    let item =
        object([("project", id()), ("process", id()), ("title", text()), ("flags", array(refer("RedFlag")))]);
    object([
        ("place", kato()),
        ("n_processes", whole()),
        ("n_raised", whole()),
        ("rules", array(rule)),
        ("items", array(item)),
        ("cut", described(flag(), "There are more than the answer holds.")),
        ("links", links()),
    ])
}
