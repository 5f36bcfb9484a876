//! A contracting process as OCDS: one release for each thing that happened, and the record that they compile to.

use super::{
    BIN_SCHEME, Published, Publisher, Subject, day, digest, instant, number, object, party_id, period, plain,
    reference, references, some_value, value,
};
use akimat_core::Lang;
use akimat_procurement::{Amendment, Contract, ContractState, Party, Process, Role, TenderState};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use serde_json::{Value, json};

/// All releases of these processes, in the order of processes and events.
pub fn release_package(publisher: &Publisher, subjects: &[Subject<'_>], path: &str, at: Timestamp) -> Value {
    let mut package = publisher.process_head(path, at);
    let all = subjects
        .iter()
        .flat_map(|subject| subject.processes.iter().flat_map(move |one| releases(publisher, subject, one)));
    package.insert("releases".to_owned(), Value::Array(all.collect()));
    Value::Object(package)
}

/// All processes as records: their releases with what they compile to.
pub fn record_package(publisher: &Publisher, subjects: &[Subject<'_>], path: &str, at: Timestamp) -> Value {
    let mut package = publisher.process_head(path, at);
    let all = subjects
        .iter()
        .flat_map(|subject| subject.processes.iter().map(move |one| record(publisher, subject, one)));
    package.insert("records".to_owned(), Value::Array(all.collect()));
    Value::Object(package)
}

/// One process as a record.
pub fn record(publisher: &Publisher, subject: &Subject<'_>, one: &Published<'_>) -> Value {
    let releases = releases(publisher, subject, one);
    let compiled = super::merge::compile(&releases);
    json!({ "ocid": publisher.ocid(one), "releases": releases, "compiledRelease": compiled })
}

/// Something that happened, as a release tells it.
struct Event {
    tag: &'static str,
    on: Option<Date>,
    parts: Vec<(&'static str, Value)>,
}

/// The releases of a process in the order of what happened: plan, tender, award, contract, each amendment, payments,
/// early end.
pub fn releases(publisher: &Publisher, subject: &Subject<'_>, published: &Published<'_>) -> Vec<Value> {
    let events = events(publisher, subject, published.process);
    let first = events.iter().filter_map(|event| event.on).min();
    // A plan is public at the latest when the first thing happens; without any, since it was saved.
    let mut last = first.map_or(published.saved_at, midnight).as_second().saturating_sub(1);
    let mut made: Vec<Value> = Vec::new();
    for event in events {
        let happened = event.on.map_or(i64::MIN, |on| midnight(on).as_second());
        last = happened.max(last.saturating_add(1));
        let at = Timestamp::from_second(last).unwrap_or(published.saved_at);
        let before = made.last().map(|one| one["id"].clone());
        made.push(release(publisher, published, event, (at, before)));
    }
    made
}

/// Days begin in the zone of Kazakhstan, as `OFFSET` says.
fn midnight(day: Date) -> Timestamp {
    let zone = TimeZone::fixed(Offset::constant(5));
    day.to_zoned(zone).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

fn events(publisher: &Publisher, subject: &Subject<'_>, process: &Process) -> Vec<Event> {
    let lang = publisher.lang;
    let plan = planning(publisher, subject, process);
    let mut all = vec![Event { tag: "planning", on: None, parts: plan }];
    if is_announced(process) {
        let mut parts = vec![("tender", tender(publisher, process))];
        if publisher.extensions {
            parts.push(("bids", object([("details", Value::Array(bids(process)))])));
        }
        all.push(Event { tag: "tender", on: process.opens_on, parts });
    }
    if !process.awards.is_empty() {
        let on = process.awards.iter().filter_map(|award| award.on).max();
        all.push(Event { tag: "award", on, parts: vec![("awards", awards(publisher, process))] });
    }
    if !process.contracts.is_empty() {
        let on = process.contracts.iter().filter_map(|contract| contract.signed_on).max();
        all.push(Event { tag: "contract", on, parts: vec![("contracts", contracts(lang, process))] });
    }
    let mut changes: Vec<&Amendment> = process.amendments.iter().collect();
    changes.sort_by_key(|one| one.on);
    for one in changes {
        let parts = vec![("contracts", Value::Array(vec![amended(process, one)]))];
        all.push(Event { tag: "contractAmendment", on: Some(one.on), parts });
    }
    if !process.payments.is_empty() {
        let on = process.payments.iter().map(|payment| payment.on).max();
        all.push(Event { tag: "implementation", on, parts: vec![("contracts", implementation(process))] });
    }
    for contract in &process.contracts {
        if let Some(end) = &contract.termination {
            let parts = vec![("contracts", Value::Array(vec![ended(contract, end)]))];
            all.push(Event { tag: "contractTermination", on: Some(end.on), parts });
        }
    }
    all
}

/// A day of announcement that is only planned is told with the plan.
fn is_announced(process: &Process) -> bool {
    !process.bids.is_empty() || process.state != TenderState::Planned
}

fn release(
    publisher: &Publisher,
    published: &Published<'_>,
    event: Event,
    (at, before): (Timestamp, Option<Value>),
) -> Value {
    let (process, ocid) = (published.process, publisher.ocid(published));
    let buyer = process.with_role(Role::Buyer);
    let mut release = object([
        ("ocid", json!(ocid)),
        ("date", json!(instant(at))),
        ("tag", json!([event.tag])),
        ("initiationType", json!("tender")),
        ("language", json!(publisher.lang.code())),
        ("parties", parties(process)),
        ("buyer", buyer.map_or(Value::Null, |buyer| reference(process, &buyer.id))),
    ]);
    for (name, part) in event.parts {
        release[name] = part;
    }
    // The name follows from the content: a change of what was published is another release.
    let id = format!("{ocid}-{}-{}", event.tag, digest(&release.to_string()));
    if event.tag == "contractAmendment" {
        let amendment = &mut release["contracts"][0]["amendments"][0];
        amendment["releaseID"] = json!(id);
        amendment["amendsReleaseID"] = before.unwrap_or_default();
    }
    release["id"] = json!(id);
    release
}

/// Parties in the order of their names, each once with all its roles.
fn parties(process: &Process) -> Value {
    let mut made: Vec<Value> = Vec::new();
    for one in &process.parties {
        let own = party(one);
        match made.iter_mut().find(|known| known["id"] == own["id"]) {
            Some(known) => add_roles(known, &own),
            None => made.push(own),
        }
    }
    made.sort_by(|a, b| a["id"].as_str().cmp(&b["id"].as_str()));
    Value::Array(made)
}

/// Gives a party the roles of another record of the same party.
pub(super) fn add_roles(target: &mut Value, other: &Value) {
    let mut all: Vec<String> = [&*target, other]
        .into_iter()
        .flat_map(|one| one["roles"].as_array().into_iter().flatten())
        .filter_map(|role| role.as_str().map(str::to_owned))
        .collect();
    all.sort_unstable();
    all.dedup();
    if !all.is_empty() {
        target["roles"] = json!(all);
    }
}

/// The words of the open list `partyRole`, with our own where it has none.
pub(super) fn roles(party: &Party) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for role in &party.roles {
        match role {
            Role::Buyer => codes.push("buyer"),
            Role::Organiser => codes.push("procuringEntity"),
            Role::Tenderer => codes.push("tenderer"),
            Role::Supplier => codes.push("supplier"),
            Role::PrivatePartner => codes.extend(["supplier", "privateParty"]),
            Role::Lender => codes.extend(["funder", "lender"]),
            Role::Guarantor => codes.push("guarantor"),
            Role::Owner => codes.push("beneficialOwner"),
            Role::Subcontractor => codes.push("subcontractor"),
            Role::Beneficiary => codes.push("beneficiary"),
        }
    }
    codes.sort_unstable();
    codes.dedup();
    codes
}

pub(super) fn party(party: &Party) -> Value {
    let identifier = if party.bin.is_empty() {
        Value::Null
    } else {
        json!({ "scheme": BIN_SCHEME, "id": party.bin, "legalName": party.name })
    };
    object([
        ("id", json!(party_id(party))),
        ("name", json!(party.name)),
        ("identifier", identifier),
        ("address", object([("streetAddress", json!(party.address))])),
        ("roles", json!(roles(party))),
    ])
}

fn planning(publisher: &Publisher, subject: &Subject<'_>, process: &Process) -> Vec<(&'static str, Value)> {
    let budget = object([
        ("amount", some_value(process.estimate, &process.currency)),
        ("project", plain(&subject.project.title, publisher.lang)),
        ("projectID", json!(publisher.project_id(subject.project, &subject.brought))),
    ]);
    let expected = match process.planned_on {
        None => Value::Null,
        Some(on) => {
            json!([{ "id": "announcement", "type": "preProcurement", "code": "tenderNotice", "dueDate": day(Some(on)) }])
        }
    };
    let invented = if process.invented {
        json!([{ "id": INVENTED, "description": publisher.invented }])
    } else {
        Value::Null
    };
    let planning = object([("budget", budget), ("milestones", expected), ("documents", invented)]);
    let status = if process.state == TenderState::Planned { "planned" } else { "planning" };
    let mut head = tender_head(publisher, process);
    head["status"] = json!(status);
    let term = period(process.opens_on, process.closes_on);
    if !is_announced(process) && term != json!({}) {
        head["tenderPeriod"] = term;
    }
    vec![("planning", planning), ("tender", head)]
}

/// The document of a plan that says that the record was invented.
pub(super) const INVENTED: &str = "invented";

/// The title in the language of the publisher, and with the extensions in the others too: the standard allows it,
/// but its checkers count it among the fields that they do not know.
fn titles(target: &mut Value, text: &akimat_core::Text, publisher: &Publisher) {
    target["title"] = plain(text, publisher.lang);
    for other in Lang::ALL {
        let words = text.exact(other);
        if publisher.extensions && other != publisher.lang && !words.is_empty() {
            target[format!("title_{}", other.code())] = json!(words);
        }
    }
}

/// What else is told of a purchase in the open list `extendedProcurementCategory`.
pub(super) const PARTNERSHIP: &str = "partnership-";

fn more_categories(process: &Process) -> Value {
    let nature = process.nature.map(|nature| nature.code().to_owned());
    let kind = process.contracts.iter().find_map(|contract| contract.ppp);
    let kind = kind.map(|kind| format!("{PARTNERSHIP}{}", kind.code()));
    json!([nature, kind].into_iter().flatten().collect::<Vec<String>>())
}

fn tender_head(publisher: &Publisher, process: &Process) -> Value {
    let organiser = process.with_role(Role::Organiser).or_else(|| process.with_role(Role::Buyer));
    let mut tender = object([
        ("id", json!(if process.number.is_empty() { "tender" } else { process.number.as_str() })),
        ("description", json!(process.description)),
        ("procuringEntity", organiser.map_or(Value::Null, |one| reference(process, &one.id))),
        ("value", some_value(process.estimate, &process.currency)),
        ("procurementMethod", json!(process.method.ocds())),
        ("procurementMethodDetails", json!(process.method.code())),
        ("procurementMethodRationale", json!(process.method_reason)),
        ("mainProcurementCategory", json!(process.category.code())),
        ("additionalProcurementCategories", more_categories(process)),
    ]);
    titles(&mut tender, &process.title, publisher);
    tender
}

fn tender(publisher: &Publisher, process: &Process) -> Value {
    let mut tender = tender_head(publisher, process);
    let lot = |lot: &akimat_procurement::Lot| {
        object([
            ("id", json!(lot.id)),
            ("title", json!(lot.title)),
            ("value", some_value(lot.estimate, &process.currency)),
        ])
    };
    let lots = if publisher.extensions { process.lots.iter().map(lot).collect() } else { Vec::new() };
    let bidders = references(process, process.bids.iter().map(|bid| bid.party.as_str()));
    let n = bidders.as_array().map_or(0, Vec::len);
    let more = object([
        ("status", json!(process.state.code())),
        ("tenderPeriod", period(process.opens_on, process.closes_on)),
        ("numberOfTenderers", if n == 0 { Value::Null } else { json!(n) }),
        ("tenderers", bidders),
        ("lots", Value::Array(lots)),
    ]);
    if let (Value::Object(tender), Value::Object(more)) = (&mut tender, more) {
        tender.extend(more);
    }
    tender
}

fn bids(process: &Process) -> Vec<Value> {
    let status = |admitted: Option<bool>| match admitted {
        None => "pending",
        Some(true) => "valid",
        Some(false) => "disqualified",
    };
    let bid = |bid: &akimat_procurement::Bid| {
        object([
            ("id", json!(bid.id)),
            ("status", json!(status(bid.admitted))),
            ("tenderers", json!([reference(process, &bid.party)])),
            ("value", some_value(bid.amount, &process.currency)),
            ("relatedLots", related(&bid.lot)),
        ])
    };
    process.bids.iter().map(bid).collect()
}

fn related(lot: &str) -> Value {
    if lot.is_empty() { Value::Null } else { json!([lot]) }
}

fn awards(publisher: &Publisher, process: &Process) -> Value {
    let award = |award: &akimat_procurement::Award| {
        object([
            ("id", json!(award.id)),
            ("status", json!("active")),
            ("date", day(award.on)),
            ("value", value(award.amount, &process.currency)),
            ("suppliers", json!([reference(process, &award.party)])),
            ("relatedLots", if publisher.extensions { related(&award.lot) } else { Value::Null }),
        ])
    };
    Value::Array(process.awards.iter().map(award).collect())
}

/// Before a number of a contract.
pub(super) const NUMBER_SIGN: &str = "№ ";

/// Contracts as signed: what changed later is told by the amendments.
fn contracts(lang: Lang, process: &Process) -> Value {
    let contract = |contract: &Contract| {
        let own = |id: &str| id == contract.id;
        let promises: Vec<Value> = process
            .obligations
            .iter()
            .filter(|one| own(&one.contract))
            .map(|one| {
                json!({
                    "id": one.id,
                    "type": "payment",
                    "code": one.kind.code(),
                    "dueDate": format!("{}-12-31{}", one.year, super::OFFSET),
                    "description": format!("{} {}", number(one.amount), contract.currency),
                })
            })
            .collect();
        let guarantees: Vec<Value> = process
            .guarantees
            .iter()
            .filter(|one| own(&one.contract))
            .map(|one| {
                let until = one.until.map(|day| format!(" – {day}")).unwrap_or_default();
                json!({
                    "id": one.id,
                    "documentType": "contractGuarantees",
                    "title": one.what,
                    "description": format!("{} {}{until}", number(one.amount), contract.currency),
                })
            })
            .collect();
        let description = if contract.number.is_empty() {
            String::new()
        } else {
            format!("{NUMBER_SIGN}{}", contract.number)
        };
        // One that ended early was in force before.
        let state = if contract.termination.is_some() { ContractState::Active } else { contract.state };
        object([
            ("id", json!(contract.id)),
            ("awardID", json!(contract.award)),
            ("title", plain(&process.title, lang)),
            ("description", json!(description)),
            ("status", json!(state.code())),
            ("period", period(contract.starts_on, contract.ends_on)),
            ("value", value(contract.amount, &contract.currency)),
            ("dateSigned", day(contract.signed_on)),
            ("documents", Value::Array(guarantees)),
            ("milestones", Value::Array(promises)),
        ])
    };
    Value::Array(process.contracts.iter().map(contract).collect())
}

/// A contract as one amendment leaves it.
fn amended(process: &Process, one: &Amendment) -> Value {
    let contract = process.contracts.iter().find(|contract| contract.id == one.contract);
    let currency = contract.map_or(process.currency.as_str(), |contract| contract.currency.as_str());
    let amount = one.amount.filter(|(before, after)| before != after).map(|(_, after)| after);
    let end = one.ends_on.filter(|(before, after)| before != after).map(|(_, after)| after);
    object([
        ("id", json!(one.contract)),
        ("awardID", json!(contract.map(|contract| contract.award.clone()))),
        ("value", some_value(amount, currency)),
        ("period", period(None, end)),
        (
            "amendments",
            json!([object([
                ("id", json!(one.id)),
                ("date", day(Some(one.on))),
                ("description", json!(one.document)),
                ("rationale", json!(one.reason)),
            ])]),
        ),
    ])
}

/// The document of a contract that says why it ended before its time.
pub(super) const TERMINATION: &str = "termination";

fn ended(contract: &Contract, end: &akimat_procurement::Termination) -> Value {
    json!({
        "id": contract.id,
        "awardID": contract.award,
        "status": ContractState::Terminated.code(),
        "documents": [object([
            ("id", json!(TERMINATION)),
            ("documentType", json!("cancellationDetails")),
            ("description", json!(end.reason)),
            ("datePublished", day(Some(end.on))),
        ])],
    })
}

/// Payments of a contract.
fn transactions(process: &Process, contract: &Contract) -> Vec<Value> {
    let payer = process.with_role(Role::Buyer).map_or(Value::Null, |one| reference(process, &one.id));
    let payee = process.supplier(contract).map_or(Value::Null, |one| reference(process, &one.id));
    let own = process.payments.iter().filter(|one| one.contract == contract.id);
    own.map(|one| {
        object([
            ("id", json!(one.id)),
            ("date", day(Some(one.on))),
            ("value", value(one.amount, &contract.currency)),
            ("payer", payer.clone()),
            ("payee", payee.clone()),
        ])
    })
    .collect()
}

fn implementation(process: &Process) -> Value {
    let contract = |contract: &Contract| {
        let paid = transactions(process, contract);
        let own = json!({
            "id": contract.id,
            "awardID": contract.award,
            "implementation": { "transactions": paid },
        });
        (!paid.is_empty()).then_some(own)
    };
    Value::Array(process.contracts.iter().filter_map(contract).collect())
}
