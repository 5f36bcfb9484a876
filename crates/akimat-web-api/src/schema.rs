//! The shapes of all answers as JSON Schema. Every property is always there; what may be unknown is null.

mod accuracy;
mod analysis;
mod appraisal;
mod contract;
mod cube;
mod forecast;
mod history;
mod log;
mod open_contracting;
mod outcome;
mod photo;
mod programme;
mod ranking;
mod risk;
mod schedule;
mod territory;

use crate::asked::Reason;
use akimat_budget::{Item, Rule, Section, Stage};
use akimat_core::PlaceKind;
use akimat_project::{Kind, Level, Modality, MoneySource, Sector, Status};
use serde_json::{Map, Value, json};

/// An object with these properties, all of them required.
fn object<const N: usize>(properties: [(&str, Value); N]) -> Value {
    let properties: Map<String, Value> =
        properties.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let names: Vec<&String> = properties.keys().collect();
    let required = json!(names);
    let mut object = json!({ "type": "object", "required": required });
    object["properties"] = Value::Object(properties);
    object
}

/// The same with further properties after the common ones.
fn extended<const N: usize>(mut base: Value, more: [(&str, Value); N]) -> Value {
    let more = object(more);
    if let (Some(names), Some(new)) = (base["required"].as_array_mut(), more["required"].as_array()) {
        names.extend(new.iter().cloned());
    }
    if let (Some(all), Some(new)) = (base["properties"].as_object_mut(), more["properties"].as_object()) {
        all.extend(new.iter().map(|(name, value)| (name.clone(), value.clone())));
    }
    base
}

fn refer(name: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn nullable(schema: Value) -> Value {
    let options = vec![schema, json!({ "type": "null" })];
    let mut either = Map::new();
    either.insert("anyOf".to_owned(), Value::Array(options));
    Value::Object(either)
}

fn array(items: Value) -> Value {
    let mut array = json!({ "type": "array" });
    array["items"] = items;
    array
}

fn described(mut schema: Value, description: &str) -> Value {
    schema["description"] = description.into();
    schema
}

fn string() -> Value {
    json!({ "type": "string" })
}

fn formatted(format: &str) -> Value {
    json!({ "type": "string", "format": format })
}

fn whole() -> Value {
    json!({ "type": "integer", "minimum": 0 })
}

fn number() -> Value {
    json!({ "type": "number" })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn one_of(names: impl IntoIterator<Item = &'static str>) -> Value {
    json!({ "type": "string", "enum": names.into_iter().collect::<Vec<_>>() })
}

fn id() -> Value {
    formatted("uuid")
}

fn year() -> Value {
    json!({ "type": "integer" })
}

fn text() -> Value {
    refer("Text")
}

fn amount() -> Value {
    refer("Amount")
}

fn amount_or_null() -> Value {
    nullable(amount())
}

fn kato() -> Value {
    refer("KatoCode")
}

fn stage() -> Value {
    one_of(Stage::ALL.map(Stage::code))
}

fn item() -> Value {
    one_of(Item::ALL.map(Item::code))
}

fn invented() -> Value {
    described(flag(), "Invented for the demonstration; not a fact about any real place.")
}

fn currency() -> Value {
    json!({ "const": "KZT", "type": "string" })
}

fn links() -> Value {
    object([("self", string()), ("html", text())])
}

fn list(name: &str) -> Value {
    object([
        ("items", array(refer(name))),
        ("next", described(nullable(string()), "Cursor of the next page; null on the last one.")),
        ("links", object([("self", string()), ("next", nullable(string()))])),
    ])
}

/// Every named shape.
pub fn all() -> Value {
    let mut all = Map::new();
    for part in [
        words(),
        places(),
        budgets(),
        projects(),
        forecast::shapes(),
        decisions(),
        cube::shapes(),
        analysis::shapes(),
        territory::shapes(),
        accuracy::shapes(),
        appraisal::shapes(),
        contract::shapes(),
        history::shapes(),
        log::shapes(),
        open_contracting::shapes(),
        outcome::shapes(),
        photo::shapes(),
        programme::shapes(),
        ranking::shapes(),
        schedule::shapes(),
        risk::shapes(),
    ] {
        all.extend(part.into_iter().map(|(name, schema)| (name.to_owned(), schema)));
    }
    Value::Object(all)
}

type Shapes = Vec<(&'static str, Value)>;

fn words() -> Shapes {
    let of_text = object([("kk", string()), ("ru", string()), ("en", string())]);
    let reasons: Vec<Value> = Reason::ALL.iter().map(|reason| json!(reason)).collect();
    let resource = object([("path", string()), ("summary", string())]);
    let kind = object([
        ("type", string()),
        ("key", string()),
        ("status", whole()),
        ("title", text()),
        ("detail", text()),
    ]);
    let fault = object([("parameter", string()), ("reason", json!({ "type": "string", "enum": reasons }))]);
    let mut problem = object([
        ("type", formatted("uri-reference")),
        ("title", string()),
        ("status", whole()),
        ("detail", string()),
        ("instance", formatted("uri-reference")),
    ]);
    problem["properties"]["errors"] = array(fault);
    problem["properties"]["refusal"] = json!({
        "type": "object",
        "required": ["reason"],
        "properties": {
            "reason": one_of(["too_few_points", "gap", "constant", "horizon_too_long", "not_finite", "too_large",
                "no_measure", "too_much", "repeated", "limit", "years", "value", "mixes_levels", "mixes_months",
                "mixes_lines", "not_ready", "no_engine", "overflow"]),
            "have": whole(), "need": whole(), "max": whole(), "missing": string(),
        },
    });
    vec![
        ("Text", described(of_text, "Words in three languages; an empty string means not written yet.")),
        (
            "Amount",
            json!({
                "type": "string", "pattern": "^-?[0-9]+\\.[0-9]{2}$",
                "description": "Exact tenge with two decimals, as a string so that no digit is lost.",
            }),
        ),
        (
            "KatoCode",
            json!({
                "type": "string", "pattern": "^[0-9]{9}$",
                "description": "Code of the classifier of administrative-territorial objects (KATO).",
            }),
        ),
        (
            "Problem",
            described(
                problem,
                "RFC 9457; `errors` names wrong parameters, `refusal` a missing forecast or answer.",
            ),
        ),
        ("ProblemKindList", object([("items", array(kind))])),
        (
            "Index",
            object([
                ("name", string()),
                ("version", string()),
                ("openapi", string()),
                ("currency", currency()),
                ("resources", array(resource)),
            ]),
        ),
        ("OpenApi", json!({ "type": "object", "additionalProperties": true })),
        ("Health", object([("status", json!({ "const": "ok", "type": "string" }))])),
    ]
}

fn places() -> Shapes {
    let place = object([
        ("code", kato()),
        ("parent", nullable(kato())),
        ("kind", one_of(PlaceKind::ALL.map(PlaceKind::code))),
        ("depth", described(whole(), "1 for the top-level units.")),
        ("name", text()),
        ("valid_from", formatted("date")),
        ("valid_to", described(nullable(formatted("date")), "First day on which it is no longer valid.")),
        ("invented", invented()),
        ("links", links()),
    ]);
    let path = array(object([("code", kato()), ("name", text())]));
    let whole = extended(place.clone(), [("path", described(path, "Everything above it, the top first."))]);
    vec![("PlaceItem", place), ("PlaceList", list("PlaceItem")), ("Place", whole)]
}

fn budget_head() -> Value {
    let figures = object([
        ("stage", nullable(stage())),
        ("revenue", amount_or_null()),
        ("transfers", amount_or_null()),
        ("expenditure", amount_or_null()),
        ("n_errors", whole()),
        ("n_warnings", whole()),
    ]);
    let provenance = object([
        ("file_name", string()),
        ("sha256", string()),
        ("source_url", string()),
        ("note", string()),
        ("imported_at", formatted("date-time")),
    ]);
    object([
        ("id", id()),
        ("key", string()),
        ("place", nullable(kato())),
        ("level", described(whole(), "1 republican, 2 regional, 3 district, 4 village and okrug.")),
        ("year", year()),
        ("layout", one_of(["code2008", "code2025"])),
        ("printed_unit", one_of(akimat_core::MoneyUnit::ALL.map(akimat_core::MoneyUnit::code))),
        ("complete", described(flag(), "False when parts of the source were cut.")),
        ("invented", invented()),
        ("adopted_on", nullable(formatted("date"))),
        ("currency", currency()),
        ("figures", figures),
        ("provenance", provenance),
        ("links", extended(links(), [("findings", string()), ("place", nullable(string()))])),
    ])
}

fn budgets() -> Shapes {
    let sections = Section::ALL.map(Section::code);
    let line = object([
        ("row", described(whole(), "Row of the source, counted from 1.")),
        ("item", item()),
        ("section", one_of(sections)),
        ("code", string()),
        ("name", text()),
        ("approved", amount_or_null()),
        ("amended", amount_or_null()),
        ("executed", amount_or_null()),
    ]);
    let input = object([
        ("item", item()),
        ("code", string()),
        ("subtracted", flag()),
        ("amount", amount()),
        ("derived", described(flag(), "Not printed but derived from its own parts.")),
    ]);
    let finding = object([
        ("rule", one_of(Rule::ALL.map(Rule::code))),
        ("title", text()),
        ("severity", one_of(["hint", "warning", "error"])),
        ("stage", nullable(stage())),
        ("item", item()),
        ("code", string()),
        ("row", nullable(whole())),
        ("printed", amount_or_null()),
        ("expected", amount_or_null()),
        ("difference", described(amount_or_null(), "Printed less expected.")),
        ("inputs", described(array(refer("Input")), "The figures that `expected` was computed from.")),
    ]);
    let indicator = object([
        ("id", string()),
        ("code", string()),
        ("name", text()),
        ("stage", stage()),
        ("item", nullable(item())),
        ("line_code", string()),
        ("value", described(nullable(string()), "A decimal in `unit`, halves up.")),
        ("unit", one_of(["percent", "ratio", "tenge_per_person", "tenge"])),
        ("formula", string()),
        ("source", string()),
        ("inputs", array(refer("Input"))),
    ]);
    let whole = extended(
        budget_head(),
        [
            ("stages", array(stage())),
            ("lines", array(line)),
            ("findings", array(refer("Finding"))),
            ("indicators", array(refer("Indicator"))),
        ],
    );
    let findings = object([
        ("budget", id()),
        ("currency", currency()),
        ("invented", invented()),
        ("items", array(refer("Finding"))),
        ("links", links()),
    ]);
    vec![
        ("BudgetItem", budget_head()),
        ("BudgetList", list("BudgetItem")),
        ("Budget", whole),
        ("Input", input),
        ("Indicator", indicator),
        ("Finding", finding),
        ("FindingList", findings),
    ]
}

fn project_card() -> Value {
    let rating = object([
        ("n_votes", whole()),
        ("mean", nullable(string())),
        ("counts", described(array(whole()), "How many gave 1, 2, 3, 4 and 5.")),
    ]);
    object([
        ("id", id()),
        ("number", string()),
        ("place", kato()),
        ("title", text()),
        ("sector", one_of(Sector::ALL.iter().map(|sector| sector.code()))),
        ("kind", one_of(Kind::ALL.iter().map(|kind| kind.code()))),
        ("modality", one_of(Modality::ALL.iter().map(|modality| modality.code()))),
        ("status", one_of(Status::ALL.map(Status::code))),
        ("stage", described(string(), "Stage of the modality within the status; empty for its first one.")),
        ("progress_pct", described(whole(), "Physical progress in per cent.")),
        ("currency", currency()),
        ("planned", amount_or_null()),
        ("paid", amount_or_null()),
        ("ends_on", nullable(formatted("date"))),
        ("location", nullable(object([("latitude", number()), ("longitude", number())]))),
        ("invented", invented()),
        ("updated_at", formatted("date-time")),
        ("news_at", described(formatted("date-time"), "When it last moved or was last reported about.")),
        ("rating", rating),
        ("n_comments", described(whole(), "Hidden ones included.")),
        ("links", extended(links(), [("comments", string()), ("place", string())])),
    ])
}

fn project_more(card: Value) -> Value {
    let money = object([
        ("year", year()),
        ("source", one_of(MoneySource::ALL.iter().map(|source| source.code()))),
        ("programme", described(string(), "Administrator/programme/subprogramme; empty without one.")),
        ("planned", described(amount_or_null(), "As first approved.")),
        ("amended", described(amount_or_null(), "As amended since.")),
        ("contracted", amount_or_null()),
        ("invoiced", amount_or_null()),
        ("paid", amount_or_null()),
    ]);
    let milestone = object([
        ("title", text()),
        ("planned_on", formatted("date")),
        ("forecast_on", nullable(formatted("date"))),
        ("actual_on", nullable(formatted("date"))),
    ]);
    let result = object([
        ("title", text()),
        ("unit", text()),
        ("baseline", nullable(string())),
        ("target", string()),
        ("measured", nullable(string())),
        ("measured_on", nullable(formatted("date"))),
        ("owner", string()),
    ]);
    let basis = object([("kind", string()), ("number", string()), ("on", nullable(formatted("date")))]);
    let served = object([("group", text()), ("number", nullable(whole()))]);
    let status = || one_of(Status::ALL.map(Status::code));
    let moved = object([
        ("from", nullable(status())),
        ("to", status()),
        ("at", formatted("date-time")),
        ("by", string()),
        ("reason", string()),
        ("stage", string()),
        ("basis", described(nullable(basis), "The document that it rests on.")),
    ]);
    let update = object([
        ("id", id()),
        ("at", formatted("date-time")),
        ("by", string()),
        ("lang", one_of(["kk", "ru", "en"])),
        ("body", string()),
        ("progress_pct", whole()),
    ]);
    extended(
        card,
        [
            ("summary", text()),
            ("level", one_of(Level::ALL.iter().map(|level| level.code()))),
            ("contractor", string()),
            ("starts_on", nullable(formatted("date"))),
            ("contracted", amount_or_null()),
            ("scores", array(object([("criterion", string()), ("score", whole())]))),
            ("exclusive_group", string()),
            ("version", whole()),
            ("created_at", formatted("date-time")),
            ("money", array(money)),
            ("milestones", array(milestone)),
            ("results", array(result)),
            ("beneficiaries", array(served)),
            ("partners", described(array(kato()), "Other territories that share it.")),
            ("international", flag()),
            ("history", described(array(moved), "Oldest first.")),
            ("updates", described(array(update), "Newest first, at most 100.")),
        ],
    )
}

fn moderation() -> Value {
    let count = object([
        ("month", described(string(), "Year and month, such as 2026-11.")),
        ("act", described(string(), "What was done: `keep`, `hide`, `show`, `block`, ...")),
        ("reason", described(nullable(string()), "Code of the rule; null where none is named.")),
        ("n", whole()),
    ]);
    let pattern = object([
        ("month", string()),
        ("pattern", one_of(["address", "device", "wording"])),
        ("n_hidden", described(whole(), "Comments that were hidden.")),
        ("n_undone", described(whole(), "How many of them were shown again.")),
    ]);
    object([
        ("place", nullable(kato())),
        ("items", array(count)),
        ("patterns", array(pattern)),
        ("links", object([("csv", string()), ("html", string())])),
    ])
}

fn act() -> Value {
    object([
        ("id", id()),
        ("at", formatted("date-time")),
        ("actor", described(nullable(id()), "Null for the platform itself and for somebody who was erased.")),
        ("verb", described(string(), "The use case, such as `hide_comment`.")),
        ("subject", described(string(), "Identifier of what it was done to.")),
        ("place", nullable(kato())),
        ("detail", json!({ "type": "object", "additionalProperties": true })),
    ])
}

fn projects() -> Shapes {
    let file = object([
        ("kind", described(string(), "`picture`, or the kind of a document: `pdf`, `docx`.")),
        ("title", described(string(), "Name of a document; empty for a picture.")),
        ("n_bytes", whole()),
        ("href", string()),
    ]);
    let comment = object([
        ("id", id()),
        ("project", described(nullable(id()), "Null when it is about something else.")),
        ("at", formatted("date-time")),
        ("author_name", string()),
        ("official", flag()),
        ("lang", one_of(["kk", "ru", "en"])),
        ("body", described(nullable(string()), "Null when the comment is hidden or taken back.")),
        ("hidden", nullable(object([("at", formatted("date-time")), ("reason", string())]))),
        ("parent", described(nullable(id()), "The comment that it answers.")),
        ("edited_at", nullable(formatted("date-time"))),
        ("removed_at", described(nullable(formatted("date-time")), "When the author took it back.")),
        ("n_support", described(whole(), "People who support it.")),
        ("files", described(array(file), "None when the comment is hidden or taken back.")),
    ]);
    vec![
        ("ProjectItem", project_card()),
        ("ProjectList", list("ProjectItem")),
        ("Project", project_more(project_card())),
        ("Comment", comment),
        ("CommentList", list("Comment")),
        ("ModerationCounts", moderation()),
        ("Act", act()),
        ("AuditList", list("Act")),
    ]
}

fn decisions() -> Shapes {
    let decision = object([
        ("id", id()),
        ("place", kato()),
        ("year", described(year(), "First year of the plan.")),
        ("decided_by", string()),
        ("decided_at", formatted("date-time")),
        ("reason", string()),
        ("changed", described(flag(), "The recommendation was changed.")),
        ("invented", invented()),
        ("links", links()),
    ]);
    let document = json!({
        "type": "object", "additionalProperties": true,
        "description": "What was asked, what was computed with the reason of every project, and what was \
                        decided, exactly as published.",
    });
    let unit = json!({ "const": "tiyn", "type": "string" });
    let format = json!({ "const": "akimat-decision/2", "type": "string" });
    let whole = extended(
        decision.clone(),
        [
            ("document_format", described(format, "A programme with its record.")),
            ("document_money_unit", described(unit, "Whole tiyn: 100 make a tenge.")),
            ("document", document),
        ],
    );
    vec![("DecisionItem", decision), ("DecisionList", list("DecisionItem")), ("Decision", whole)]
}
