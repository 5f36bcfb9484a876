//! A contracting process inside a project of OC4IDS: the summary, and links to its releases.

use super::{
    Published, Publisher, Subject, day, object, period, plain, reference, references, release, some_value,
    value,
};
use akimat_core::Money;
use akimat_procurement::tally::Stage;
use akimat_procurement::{Amendment, Contract, Process, Role};
use jiff::civil::Date;
use serde_json::{Value, json};

/// The closed list `contractingProcessStatus`.
const fn status(stage: Stage) -> &'static str {
    match stage {
        Stage::Planned | Stage::Tender | Stage::Awarded => "pre-award",
        Stage::Contract => "active",
        Stage::Ended | Stage::Terminated | Stage::Failed => "closed",
    }
}

/// A process with its linked releases; `today` decides which contracts have ended.
pub fn contracting(
    publisher: &Publisher,
    subject: &Subject<'_>,
    (one, today): (&Published<'_>, Date),
) -> Value {
    let ocid = publisher.ocid(one);
    let linked = match subject.brought.releases.get(&ocid) {
        Some(linked) => linked.clone(),
        None => linked(publisher, subject, one),
    };
    object([("id", json!(ocid)), ("summary", summary(publisher, one, today)), ("releases", linked)])
}

fn linked(publisher: &Publisher, subject: &Subject<'_>, one: &Published<'_>) -> Value {
    let url = format!("{}/api/v1/projects/{}/ocds", publisher.base, subject.project.id);
    release::releases(publisher, subject, one)
        .iter()
        .map(|made| json!({ "id": made["id"], "tag": made["tag"], "date": made["date"], "url": url }))
        .collect()
}

fn summary(publisher: &Publisher, one: &Published<'_>, today: Date) -> Value {
    let process = one.process;
    let stage = Stage::of(process, today);
    let first = process.contracts.first();
    let sum = Money::checked_sum(process.contracts.iter().map(|one| one.amount));
    let signed = first.zip(sum).map_or(Value::Null, |(first, sum)| value(sum, &first.currency));
    let over = matches!(stage, Stage::Ended | Stage::Terminated);
    let last = first.filter(|_| over).and_then(|first| Some(value(process.contracted()?, &first.currency)));
    let ends = process.contracts.iter().filter_map(|contract| process.current_end(contract)).max();
    let starts = process.contracts.iter().filter_map(|contract| contract.starts_on).min();
    object([
        ("ocid", json!(publisher.ocid(one))),
        ("externalReference", json!(process.number)),
        ("nature", process.nature.map_or(Value::Null, |nature| json!([nature.code()]))),
        ("title", plain(&process.title, publisher.lang)),
        ("description", json!(process.description)),
        ("status", json!(status(stage))),
        ("tender", tender(process)),
        ("suppliers", suppliers(process)),
        ("contractValue", signed),
        ("contractPeriod", period(starts, ends)),
        ("finalValue", last.unwrap_or(Value::Null)),
        ("modifications", Value::Array(modifications(process))),
        ("transactions", Value::Array(payments(process))),
    ])
}

fn tender(process: &Process) -> Value {
    let buyer = process.with_role(Role::Buyer);
    let organiser = process.with_role(Role::Organiser);
    let manager = organiser.or(buyer);
    let other = organiser.and(buyer).filter(|buyer| Some(*buyer) != organiser);
    let refer = |party: Option<&akimat_procurement::Party>| {
        party.map_or(Value::Null, |party| reference(process, &party.id))
    };
    let bidders = references(process, process.bids.iter().map(|bid| bid.party.as_str()));
    let n = bidders.as_array().map_or(0, Vec::len);
    object([
        ("procurementMethod", json!(process.method.ocds())),
        ("procurementMethodDetails", json!(process.method.code())),
        ("datePublished", day(process.opens_on)),
        ("costEstimate", some_value(process.estimate, &process.currency)),
        ("numberOfTenderers", if n == 0 { Value::Null } else { json!(n) }),
        ("tenderers", bidders),
        ("procuringEntity", refer(manager)),
        ("administrativeEntity", refer(other)),
    ])
}

/// Winners, and whoever else is said to supply.
fn suppliers(process: &Process) -> Value {
    let winners = process.awards.iter().map(|award| award.party.as_str());
    let named = process
        .parties
        .iter()
        .filter(|party| party.roles.iter().any(|role| matches!(role, Role::Supplier | Role::PrivatePartner)))
        .map(|party| party.id.as_str());
    references(process, winners.chain(named))
}

/// Amendments in the order of days; where a process has many contracts, values and last days are those of all.
fn modifications(process: &Process) -> Vec<Value> {
    let mut stands: Vec<(&Contract, Money, Option<Date>)> =
        process.contracts.iter().map(|one| (one, one.amount, one.ends_on)).collect();
    let mut sorted: Vec<&Amendment> = process.amendments.iter().collect();
    sorted.sort_by_key(|one| one.on);
    sorted.into_iter().map(|one| modification(process, one, &mut stands)).collect()
}

fn modification(
    process: &Process,
    one: &Amendment,
    stands: &mut [(&Contract, Money, Option<Date>)],
) -> Value {
    type Standing<'a> = [(&'a Contract, Money, Option<Date>)];
    let sum = |stands: &Standing<'_>| Money::checked_sum(stands.iter().map(|one| one.1));
    let end = |stands: &Standing<'_>| stands.iter().filter_map(|one| one.2).max();
    let (sum_before, end_before) = (sum(stands), end(stands));
    if let Some(own) = stands.iter_mut().find(|(contract, ..)| contract.id == one.contract) {
        own.1 = one.amount.map_or(own.1, |(_, after)| after);
        own.2 = one.ends_on.map_or(own.2, |(_, after)| Some(after));
    }
    let (sum_after, end_after) = (sum(stands), end(stands));
    let currency =
        process.contracts.first().map_or(process.currency.as_str(), |first| first.currency.as_str());
    let valued = one.amount.is_some();
    let moved = one.ends_on.is_some() && end_before != end_after;
    let money = |amount: Option<Money>| some_value(amount.filter(|_| valued), currency);
    let kind = match (valued, one.ends_on.is_some()) {
        (true, _) => json!("value"),
        (false, true) => json!("duration"),
        (false, false) => json!("scope"),
    };
    object([
        ("id", json!(one.id)),
        ("date", day(Some(one.on))),
        ("description", json!(one.document)),
        ("rationale", json!(one.reason)),
        ("type", kind),
        ("oldContractValue", money(sum_before)),
        ("newContractValue", money(sum_after)),
        ("oldContractPeriod", period(None, end_before.filter(|_| moved))),
        ("newContractPeriod", period(None, end_after.filter(|_| moved))),
    ])
}

fn payments(process: &Process) -> Vec<Value> {
    let payer = process.with_role(Role::Buyer).map_or(Value::Null, |one| reference(process, &one.id));
    // A summary has one contract for all: of many suppliers it does not say who was paid; the releases do.
    let told = suppliers(process).as_array().is_some_and(|all| all.len() == 1);
    let made = |one: &akimat_procurement::Payment| {
        let contract = process.contracts.iter().find(|contract| contract.id == one.contract);
        let payee = contract.and_then(|contract| process.supplier(contract)).filter(|_| told);
        let currency = contract.map_or(process.currency.as_str(), |contract| contract.currency.as_str());
        object([
            ("id", json!(one.id)),
            ("date", day(Some(one.on))),
            ("value", value(one.amount, currency)),
            ("payer", payer.clone()),
            ("payee", payee.map_or(Value::Null, |party| reference(process, &party.id))),
        ])
    };
    process.payments.iter().map(made).collect()
}
