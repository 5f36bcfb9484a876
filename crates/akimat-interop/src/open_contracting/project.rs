//! A project with its contracting processes as OC4IDS.

use super::{
    Attachment, Publisher, Subject, day, object, party_id, period, plain, release, summary, tenge, value,
};
use akimat_core::{Lang, Money};
use akimat_procurement::Role;
use akimat_project::{ExpectedResult, Milestone, MoneyLine, Project, Sector, Status};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// Schemes of classifications that carry our own words.
pub(super) const SCHEMES: [&str; 8] = [
    "akimat-sector",
    "akimat-kind",
    "akimat-modality",
    "akimat-level",
    "akimat-status",
    "akimat-stage",
    "akimat-reach",
    "akimat-record",
];
/// Scheme of numbers in the register.
pub(super) const NUMBER_SCHEME: &str = "KZ-AKIMAT";
/// Scheme of codes of territories.
pub(super) const KATO_SCHEME: &str = "KZ-KATO";
/// The party of a contractor that no contracting process names.
pub(super) const CONTRACTOR: &str = "akimat-contractor";

/// Projects as one package; `today` decides which contracts have ended.
pub fn project_package(
    publisher: &Publisher,
    subjects: &[Subject<'_>],
    path: &str,
    (at, today): (Timestamp, Date),
) -> Value {
    let mut package = publisher.project_head(path, at);
    let projects = subjects.iter().map(|subject| project(publisher, subject, today));
    package.insert("projects".to_owned(), Value::Array(projects.collect()));
    Value::Object(package)
}

/// The closed list `projectStatus`.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Idea | Status::Appraisal => "identification",
        Status::Planned | Status::Tender => "preparation",
        Status::Contract | Status::Implementing | Status::Suspended => "implementation",
        Status::Completed => "completion",
        Status::Operating => "maintenance",
        Status::Terminated => "cancelled",
    }
}

/// The open list `projectSector`, with our own word where it has none.
pub const fn sector(sector: Sector) -> &'static str {
    match sector {
        Sector::Education => "education",
        Sector::Health => "health",
        Sector::Housing => "socialHousing",
        Sector::Water => "waterAndWaste",
        Sector::Energy => "energy",
        Sector::Transport => "transport",
        Sector::Culture | Sector::Improvement => "cultureSportsAndRecreation",
        Sector::Environment => "naturalResources",
        Sector::Agriculture => "economy",
        Sector::Digital => "communications",
        Sector::Social => sector.code(),
    }
}

/// One project.
pub fn project(publisher: &Publisher, subject: &Subject<'_>, today: Date) -> Value {
    let (own, lang) = (subject.project, publisher.lang);
    let (planned, _, paid) = own.totals();
    let authority = authority(subject);
    let finished = matches!(own.status, Status::Completed | Status::Operating);
    let completion = if finished {
        object([("endDate", day(subject.completed_on)), ("finalValue", tenge(paid))])
    } else {
        Value::Null
    };
    let mut processes: Vec<Value> =
        subject.processes.iter().map(|one| summary::contracting(publisher, subject, (one, today))).collect();
    // By name, not by when they were recorded: the same register makes the same package everywhere.
    processes.sort_by(|a, b| a["id"].as_str().cmp(&b["id"].as_str()));
    let mut made = object([
        ("id", json!(publisher.project_id(own, &subject.brought))),
        ("updated", json!(super::instant(own.updated_at))),
        ("identifiers", json!([{ "id": own.number, "scheme": NUMBER_SCHEME }])),
        ("title", plain(&own.title, lang)),
        ("description", plain(&own.summary, lang)),
        ("language", json!(lang.code())),
        ("status", json!(status(own.status))),
        ("sector", json!([sector(own.sector)])),
        ("additionalClassifications", classifications(publisher, own)),
        ("period", period(own.starts_on, own.ends_on)),
        ("locations", json!([location(subject)])),
        ("budget", object([("amount", tenge(planned)), ("budgetBreakdowns", Value::Array(breakdowns(own)))])),
        ("publicAuthority", json!({ "id": authority.0, "name": authority.1 })),
        ("parties", parties(subject, &authority)),
        (
            "milestones",
            Value::Array(own.milestones.iter().zip(1..).map(|one| milestone(lang, one)).collect()),
        ),
        (
            "forecasts",
            Value::Array(own.milestones.iter().zip(1..).filter_map(|one| forecast(lang, one)).collect()),
        ),
        ("metrics", metrics(lang, own)),
        ("benefits", benefits(lang, own)),
        ("completion", completion),
        ("documents", documents(publisher, subject)),
        ("contractingProcesses", Value::Array(processes)),
    ]);
    if let Value::Object(made) = &mut made {
        bring(made, &subject.brought.fields);
    }
    made
}

/// Writes what came from elsewhere: properties that are not ours, and elements of lists that we have none of.
fn bring(made: &mut Map<String, Value>, brought: &Map<String, Value>) {
    for (name, value) in brought {
        match (made.get_mut(name), value) {
            (None, value) => {
                made.insert(name.clone(), value.clone());
            }
            (Some(Value::Array(own)), Value::Array(more)) => {
                for one in more {
                    add_to(own, one);
                }
                if name == "parties" {
                    own.sort_by(|a, b| a["id"].as_str().cmp(&b["id"].as_str()));
                }
            }
            (Some(Value::Object(own)), Value::Object(more)) => {
                for (name, value) in more {
                    own.entry(name.clone()).or_insert_with(|| value.clone());
                }
            }
            (Some(_), _) => {}
        }
    }
}

/// An element of a list that is not there yet; a party that is gets the roles that it has elsewhere.
fn add_to(list: &mut Vec<Value>, one: &Value) {
    let same = |known: &Value| known == one || (!known["id"].is_null() && known["id"] == one["id"]);
    match list.iter_mut().find(|known| same(known)) {
        None => list.push(one.clone()),
        Some(known) if known["roles"].is_array() => release::add_roles(known, one),
        Some(_) => {}
    }
}

/// The customer of the first process that names one, or else the akimat of the territory.
fn authority(subject: &Subject<'_>) -> (String, String) {
    let buyer = subject.processes.iter().find_map(|one| one.process.with_role(Role::Buyer));
    match buyer {
        Some(buyer) if !buyer.bin.is_empty() => (party_id(buyer), buyer.name.clone()),
        _ => (format!("{KATO_SCHEME}-{}", subject.project.place), subject.place.clone()),
    }
}

/// Identifiers are unique in their list whatever their scheme: `sector-energy` beside `kind-energy`.
pub(super) fn class_id(scheme: usize, code: &str) -> String {
    format!("{}{code}", class_prefix(scheme))
}

/// What stands before our word in the identifier of a classification.
pub(super) fn class_prefix(scheme: usize) -> String {
    format!("{}-", SCHEMES[scheme].trim_start_matches("akimat-"))
}

fn classifications(publisher: &Publisher, own: &Project) -> Value {
    let class = |at: usize, id: &str| json!({ "scheme": SCHEMES[at], "id": class_id(at, id) });
    let mut all = vec![
        class(0, own.sector.code()),
        class(1, own.kind.code()),
        class(2, own.modality.code()),
        class(3, own.level.code()),
        class(4, own.status.code()),
    ];
    if !own.stage.is_empty() {
        all.push(class(5, &own.stage));
    }
    if own.international {
        all.push(class(6, akimat_project::Reach::International.code()));
    }
    if own.invented {
        all.push(json!({ "scheme": SCHEMES[7], "id": class_id(7, release::INVENTED), "description": publisher.invented }));
    }
    Value::Array(all)
}

fn location(subject: &Subject<'_>) -> Value {
    let degrees = |e6: i32| {
        let sign = if e6 < 0 { "-" } else { "" };
        let text = format!("{sign}{}.{:06}", e6.unsigned_abs() / 1_000_000, e6.unsigned_abs() % 1_000_000);
        serde_json::from_str::<Value>(&text).unwrap_or(Value::Null)
    };
    let geometry = subject.project.location.map_or(
        Value::Null,
        |point| json!({ "type": "Point", "coordinates": [degrees(point.lon_e6), degrees(point.lat_e6)] }),
    );
    object([
        ("id", json!("site")),
        ("description", json!(subject.place)),
        ("geometry", geometry),
        ("gazetteer", json!({ "scheme": KATO_SCHEME, "identifiers": [subject.project.place.to_string()] })),
        ("address", object([("locality", json!(subject.place)), ("countryName", json!("Kazakhstan"))])),
    ])
}

/// A sum of a line of money: its name, and where it stands.
type Sum = (&'static str, fn(&MoneyLine) -> Option<Money>);

/// Groups of a budget: as first approved, and as amended.
pub(super) const BUDGETS: [Sum; 2] = [("approved", |line| line.planned), ("amended", |line| line.amended)];
/// Observations of money: under contract, billed, paid.
pub(super) const SPENDING: [Sum; 3] =
    [("contracted", |line| line.contracted), ("invoiced", |line| line.invoiced), ("paid", |line| line.paid)];

/// Source and budget programme in words that [`super::read()`] understands: `transfer 451/029`.
fn line_words(line: &MoneyLine) -> String {
    format!("{} {}", line.source.code(), line.programme).trim().to_owned()
}

fn year(year: i16) -> Value {
    let offset = super::OFFSET;
    json!({ "startDate": format!("{year:04}-01-01{offset}"), "endDate": format!("{year:04}-12-31{offset}") })
}

/// Money by year, source and budget programme.
fn breakdowns(own: &Project) -> Vec<Value> {
    let group = |(name, pick): &(&str, fn(&MoneyLine) -> Option<Money>)| {
        let lines: Vec<Value> = own
            .money
            .iter()
            .zip(1..)
            .filter_map(|(line, at)| {
                Some(json!({
                    "id": format!("{name}-{at}"),
                    "description": line_words(line),
                    "amount": value(pick(line)?, "KZT"),
                    "period": year(line.year),
                }))
            })
            .collect();
        (!lines.is_empty()).then(|| json!({ "id": name, "description": name, "budgetBreakdown": lines }))
    };
    BUDGETS.iter().filter_map(group).collect()
}

fn spending(own: &Project) -> Vec<Value> {
    let mut seen = Vec::new();
    for (name, pick) in SPENDING {
        for (line, at) in own.money.iter().zip(1..) {
            if let Some(amount) = pick(line) {
                seen.push(json!({
                    "id": format!("{name}-{at}"),
                    "period": year(line.year),
                    "value": value(amount, "KZT"),
                    "notes": format!("{name} {}", line_words(line)),
                }));
            }
        }
    }
    seen
}

fn parties(subject: &Subject<'_>, authority: &(String, String)) -> Value {
    let mut made: Vec<Value> = Vec::new();
    let mut add = |own: Value| match made.iter_mut().find(|known| known["id"] == own["id"]) {
        Some(known) => release::add_roles(known, &own),
        None => made.push(own),
    };
    for one in &subject.processes {
        for party in &one.process.parties {
            add(release::party(party));
        }
    }
    add(json!({ "id": authority.0, "name": authority.1, "roles": ["publicAuthority"] }));
    for (code, name) in &subject.partners {
        add(json!({ "id": format!("{KATO_SCHEME}-{code}"), "name": name, "roles": ["interestedParty"] }));
    }
    let contractor = subject.project.contractor.trim();
    if !contractor.is_empty()
        && contractor != super::contractor(subject.processes.iter().map(|one| one.process))
    {
        add(json!({ "id": CONTRACTOR, "name": contractor, "roles": ["supplier"] }));
    }
    made.sort_by(|a, b| a["id"].as_str().cmp(&b["id"].as_str()));
    Value::Array(made)
}

fn milestone(lang: Lang, (own, number): (&Milestone, usize)) -> Value {
    object([
        ("id", json!(number.to_string())),
        ("title", plain(&own.title, lang)),
        ("type", json!("delivery")),
        ("dueDate", day(Some(own.planned_on))),
        ("dateMet", day(own.actual_on)),
        ("status", json!(if own.actual_on.is_some() { "met" } else { "scheduled" })),
    ])
}

/// Before the number of a milestone in the name of its forecast.
pub(super) const MILESTONE: &str = "milestone-";

/// When a milestone is expected now.
fn forecast(lang: Lang, (own, number): (&Milestone, usize)) -> Option<Value> {
    let on = own.forecast_on?;
    Some(object([
        ("id", json!(format!("{MILESTONE}{number}"))),
        ("title", plain(&own.title, lang)),
        ("observations", json!([{ "id": "expected", "period": period(None, Some(on)) }])),
    ]))
}

/// Before the number of a result in the name of its metric.
pub(super) const RESULT: &str = "result-";

fn metrics(lang: Lang, own: &Project) -> Value {
    let mut all = vec![json!({
        "id": "physicalProgress",
        "observations": [{
            "id": "now",
            "measure": own.progress_pct,
            "unit": { "name": "%", "scheme": "UNCEFACT", "id": "P1" },
        }],
    })];
    let money = spending(own);
    if !money.is_empty() {
        all.push(json!({ "id": "financialProgress", "observations": money }));
    }
    all.extend(own.results.iter().zip(1..).map(|one| result(lang, one)));
    Value::Array(all)
}

fn result(lang: Lang, (own, at): (&ExpectedResult, usize)) -> Value {
    let unit = object([("name", plain(&own.unit, lang))]);
    let seen = |id: &str, measure: &str, on: Option<Date>| {
        object([
            ("id", json!(id)),
            ("period", period(None, on)),
            ("measure", json!(measure)),
            ("unit", unit.clone()),
        ])
    };
    let mut observations = Vec::new();
    if let Some(baseline) = &own.baseline {
        observations.push(seen("baseline", baseline, None));
    }
    observations.push(seen("target", &own.target, None));
    if let Some(measured) = &own.measured {
        observations.push(seen("measured", measured, own.measured_on));
    }
    object([
        ("id", json!(format!("{RESULT}{at}"))),
        ("title", plain(&own.title, lang)),
        ("description", json!(own.owner)),
        ("observations", Value::Array(observations)),
    ])
}

fn benefits(lang: Lang, own: &Project) -> Value {
    if own.beneficiaries.is_empty() {
        return Value::Null;
    }
    let group = |one: &akimat_project::Beneficiary| {
        object([("description", plain(&one.group, lang)), ("numberOfPeople", json!(one.number))])
    };
    json!([{ "beneficiaries": own.beneficiaries.iter().map(group).collect::<Vec<Value>>() }])
}

/// Our own page of a project.
pub(super) const PAGE: &str = "page";

fn documents(publisher: &Publisher, subject: &Subject<'_>) -> Value {
    let lang = publisher.lang.code();
    let page = format!("{}/{lang}/projects/{}", publisher.base, subject.project.id);
    let mut all = vec![object([
        ("id", json!(PAGE)),
        ("documentType", json!("projectPlan")),
        ("title", plain(&subject.project.title, publisher.lang)),
        ("url", json!(page)),
        ("format", json!("text/html")),
        ("language", json!(lang)),
    ])];
    let attached = |one: &Attachment| {
        object([
            ("id", json!(one.id)),
            ("documentType", json!(one.kind)),
            ("title", json!(one.title)),
            ("url", json!(format!("{}{}", publisher.base, one.path))),
            ("datePublished", json!(one.at.map(super::instant))),
            ("format", json!(one.format)),
        ])
    };
    all.extend(subject.attachments.iter().map(attached));
    Value::Array(all)
}
