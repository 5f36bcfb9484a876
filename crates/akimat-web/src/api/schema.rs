//! The shapes of all answers as JSON Schema. Every property is always there; what may be unknown is null.

mod accuracy;
mod analysis;
mod cube;
mod outcome;
mod territory;

use crate::api::asked::Reason;
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
        forecasts(),
        decisions(),
        cube::shapes(),
        analysis::shapes(),
        territory::shapes(),
        accuracy::shapes(),
        outcome::shapes(),
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
        ("progress_pct", described(whole(), "Physical progress in per cent.")),
        ("currency", currency()),
        ("planned", amount_or_null()),
        ("paid", amount_or_null()),
        ("ends_on", nullable(formatted("date"))),
        ("location", nullable(object([("latitude", number()), ("longitude", number())]))),
        ("invented", invented()),
        ("updated_at", formatted("date-time")),
        ("rating", rating),
        ("n_comments", described(whole(), "Hidden ones included.")),
        ("links", extended(links(), [("comments", string()), ("place", string())])),
    ])
}

fn project_more(card: Value) -> Value {
    let money = object([
        ("year", year()),
        ("source", one_of(MoneySource::ALL.iter().map(|source| source.code()))),
        ("planned", amount_or_null()),
        ("contracted", amount_or_null()),
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
    ]);
    let status = || one_of(Status::ALL.map(Status::code));
    let moved = object([
        ("from", nullable(status())),
        ("to", status()),
        ("at", formatted("date-time")),
        ("by", string()),
        ("reason", string()),
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
            ("history", described(array(moved), "Oldest first.")),
            ("updates", described(array(update), "Newest first, at most 100.")),
        ],
    )
}

fn projects() -> Shapes {
    let comment = object([
        ("id", id()),
        ("project", id()),
        ("at", formatted("date-time")),
        ("author_name", string()),
        ("official", flag()),
        ("lang", one_of(["kk", "ru", "en"])),
        ("body", described(nullable(string()), "Null when the comment is hidden.")),
        ("hidden", nullable(object([("at", formatted("date-time")), ("reason", string())]))),
    ]);
    vec![
        ("ProjectItem", project_card()),
        ("ProjectList", list("ProjectItem")),
        ("Project", project_more(project_card())),
        ("Comment", comment),
        ("CommentList", list("Comment")),
    ]
}

fn forecasts() -> Shapes {
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
        ("refusal", nullable(one_of(super::fiscal_year::REFUSALS))),
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
        "description": "Criteria, envelopes, candidates, recommendation with the reason of every project, and \
                        the decision beside it, exactly as published.",
    });
    let unit = json!({ "const": "tiyn", "type": "string" });
    let whole = extended(
        decision.clone(),
        [("document_money_unit", described(unit, "Whole tiyn: 100 make a tenge.")), ("document", document)],
    );
    vec![("DecisionItem", decision), ("DecisionList", list("DecisionItem")), ("Decision", whole)]
}
