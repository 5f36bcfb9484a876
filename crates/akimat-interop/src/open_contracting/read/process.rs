//! A compiled release, with the releases that it comes from, to a process.

use super::{ReadProcess, party};
use crate::open_contracting::node::{Faults, Node, ReadFault, quote};
use crate::open_contracting::release;
use akimat_core::{Lang, Money, Text};
use akimat_procurement::{
    Amendment, Award, Bid, Category, Contract, ContractState, Guarantee, Lot, Method, Nature, Obligation,
    ObligationKind, Payment, PppKind, Process, TenderState, Termination,
};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads a process; `releases` are those it was compiled from, in order, where they are known.
pub(super) fn read(ocid: &str, compiled: &Value, releases: &[&Value], faults: &mut Faults) -> ReadProcess {
    let node = Node::new(compiled, ocid);
    let before = faults.0.len();
    let tender = node.get("tender").object(faults);
    let planning = node.get("planning").object(faults);
    let budget = planning.get("budget").object(faults);
    let mut process = Process::planned(tender.get("id").name(faults), title(&node, &tender, faults));
    ocid.clone_into(&mut process.ocid);
    head(&mut process, &tender, faults);
    let estimate = tender.get("value").money(faults).or_else(|| budget.get("amount").money(faults));
    process.estimate = estimate.as_ref().map(|(amount, _)| *amount);
    let first = node.get("contracts").value.get(0).and_then(|one| one.pointer("/value/currency"));
    let bid = node.get("awards").value.get(0).and_then(|one| one.pointer("/value/currency"));
    process.currency = estimate
        .map(|(_, code)| code)
        .or_else(|| first.or(bid).and_then(Value::as_str).map(str::to_owned))
        .unwrap_or_else(|| akimat_procurement::process::TENGE.to_owned());
    for one in planning.get("milestones").items(faults) {
        if one.get("id").name(faults) == "announcement" {
            process.planned_on = one.get("dueDate").day(faults);
        }
    }
    let noted = planning.get("documents").items(faults);
    process.invented = noted.iter().any(|one| one.get("id").name(faults) == release::INVENTED);
    process.parties = node.get("parties").items(faults).iter().map(|one| party::party(one, faults)).collect();
    offers(&mut process, &node, faults);
    contracts(&mut process, &node, faults);
    amendments(&mut process, &node, releases, faults);
    if faults.0.len() == before {
        told(ocid, &process, faults);
    }
    let project = budget.get("projectID").text(faults);
    ReadProcess { ocid: ocid.to_owned(), project, process }
}

/// What the room of procurement finds in a process, at its field and row.
pub(super) fn told(path: &str, process: &Process, faults: &mut Faults) {
    for fault in akimat_procurement::faults(process) {
        let at = match fault.row {
            Some(row) => format!("{path}/{}/{row}", fault.field),
            None => format!("{path}/{}", fault.field),
        };
        faults.add(at, ReadFault::Process(fault));
    }
}

fn title(node: &Node<'_>, tender: &Node<'_>, faults: &mut Faults) -> Text {
    let lang = Lang::parse(&node.get("language").text(faults)).unwrap_or(Lang::Ru);
    let mut title = Text::default();
    *title.exact_mut(lang) = tender.get("title").text(faults);
    for other in Lang::ALL {
        let words = tender.get(&format!("title_{}", other.code())).text(faults);
        if !words.is_empty() {
            *title.exact_mut(other) = words;
        }
    }
    title
}

fn head(process: &mut Process, tender: &Node<'_>, faults: &mut Faults) {
    process.description = tender.get("description").text(faults);
    process.method_reason = tender.get("procurementMethodRationale").text(faults);
    (process.opens_on, process.closes_on) = tender.get("tenderPeriod").period(faults);
    process.method = method(tender, faults);
    process.state = state(tender, faults);
    let own = tender.get("mainProcurementCategory");
    let category = own.text(faults);
    process.category = match Category::parse(&category) {
        Some(category) => category,
        None if category.is_empty() => Category::Works,
        None => {
            faults.add(own.path, ReadFault::Unknown(quote(&category)));
            Category::Works
        }
    };
    let more = tender.get("additionalProcurementCategories").words(faults);
    process.nature = more.iter().find_map(|word| Nature::parse(word));
}

/// The method in our own word or in words of the state portal, or else by the closed list.
pub(super) fn method(tender: &Node<'_>, faults: &mut Faults) -> Method {
    let details = tender.get("procurementMethodDetails").text(faults);
    if let Some(own) = Method::parse(&details) {
        return own;
    }
    let lower = details.to_lowercase();
    let named = [
        ("рейтингов", Method::RatedTender),
        ("аукцион", Method::Auction),
        ("ценов", Method::PriceOffers),
        ("несостоявш", Method::SingleSourceFailed),
        ("одного источника", Method::SingleSource),
        ("прямые переговоры", Method::PppNegotiation),
        ("частн", Method::PppTender),
        ("особ", Method::Special),
        ("конкурс", Method::OpenTender),
    ];
    if let Some((_, method)) = named.iter().find(|(part, _)| lower.contains(part)) {
        return *method;
    }
    let own = tender.get("procurementMethod");
    match own.text(faults).as_str() {
        "open" | "" => Method::OpenTender,
        "selective" | "limited" => Method::Special,
        "direct" => Method::SingleSource,
        other => {
            faults.add(own.path, ReadFault::Unknown(quote(other)));
            Method::OpenTender
        }
    }
}

fn state(tender: &Node<'_>, faults: &mut Faults) -> TenderState {
    let own = tender.get("status");
    match own.text(faults).as_str() {
        "" | "planning" | "planned" => TenderState::Planned,
        "withdrawn" => TenderState::Cancelled,
        code => TenderState::parse(code).unwrap_or_else(|| {
            faults.add(own.path, ReadFault::Unknown(quote(code)));
            TenderState::Planned
        }),
    }
}

fn in_currency(process: &Process, node: &Node<'_>, faults: &mut Faults) -> Option<Money> {
    let (amount, code) = node.money(faults)?;
    if code != process.currency {
        let fault =
            akimat_procurement::FaultKind::CurrencyMixed { have: code, need: process.currency.clone() };
        let fault = akimat_procurement::Fault { field: "currency", row: None, kind: fault };
        faults.add(node.get("currency").path, ReadFault::Process(fault));
        return None;
    }
    Some(amount)
}

fn offers(process: &mut Process, node: &Node<'_>, faults: &mut Faults) {
    let tender = node.get("tender");
    for one in tender.get("lots").items(faults) {
        let estimate = in_currency(process, &one.get("value"), faults);
        let (id, title) = (one.get("id").name(faults), one.get("title").text(faults));
        process.lots.push(Lot { id, title, estimate });
    }
    let detailed = node.get("bids").object(faults).get("details").items(faults);
    for one in &detailed {
        let first = one.get("tenderers").items(faults).into_iter().next();
        let lot = one.get("relatedLots").words(faults).into_iter().next();
        process.bids.push(Bid {
            id: one.get("id").name(faults),
            party: first.map_or_else(String::new, |first| party::reference(&first, faults)),
            lot: lot.unwrap_or_default(),
            amount: in_currency(process, &one.get("value"), faults),
            admitted: match one.get("status").text(faults).as_str() {
                "valid" => Some(true),
                "disqualified" => Some(false),
                _ => None,
            },
            reason: String::new(),
        });
    }
    if detailed.is_empty() {
        bidders(process, &tender, faults);
    }
    for one in node.get("awards").items(faults) {
        award(process, &one, faults);
    }
}

/// Who bid, where prices are not told.
pub(super) fn bidders(process: &mut Process, tender: &Node<'_>, faults: &mut Faults) {
    for (one, at) in tender.get("tenderers").items(faults).iter().zip(1..) {
        process.bids.push(Bid {
            id: format!("bid-{at}"),
            party: party::reference(one, faults),
            ..Bid::default()
        });
    }
}

fn award(process: &mut Process, one: &Node<'_>, faults: &mut Faults) {
    let status = one.get("status").text(faults);
    if matches!(status.as_str(), "cancelled" | "unsuccessful") {
        return;
    }
    let value = one.get("value");
    let suppliers = one.get("suppliers").items(faults);
    let Some(first) = suppliers.first() else {
        faults.add(one.get("suppliers").path, ReadFault::Missing);
        return;
    };
    let amount = in_currency(process, &value, faults).unwrap_or_else(|| {
        faults.add(value.path, ReadFault::Missing);
        Money::ZERO
    });
    process.awards.push(Award {
        id: one.get("id").name(faults),
        lot: one.get("relatedLots").words(faults).into_iter().next().unwrap_or_default(),
        party: party::reference(first, faults),
        amount,
        on: one.get("date").day(faults),
    });
}

fn contracts(process: &mut Process, node: &Node<'_>, faults: &mut Faults) {
    let more = node.get("tender").get("additionalProcurementCategories").words(faults);
    let kind = more.iter().find_map(|word| PppKind::parse(word.strip_prefix(release::PARTNERSHIP)?));
    for one in node.get("contracts").items(faults) {
        let own = one.get("status");
        let mut state = match own.text(faults).as_str() {
            "" => ContractState::Active,
            code => ContractState::parse(code).unwrap_or_else(|| {
                faults.add(own.path, ReadFault::Unknown(quote(code)));
                ContractState::Active
            }),
        };
        let termination = termination(&one, faults);
        if termination.is_some() {
            state = ContractState::Terminated;
        }
        let value = one.get("value");
        let (amount, currency) = value.money(faults).unwrap_or_else(|| {
            faults.add(value.path.clone(), ReadFault::Missing);
            (Money::ZERO, process.currency.clone())
        });
        let id = one.get("id").name(faults);
        let description = one.get("description").text(faults);
        let number = description.strip_prefix(release::NUMBER_SIGN);
        let (starts_on, ends_on) = one.get("period").period(faults);
        let award = one.get("awardID").name(faults);
        process.contracts.push(Contract {
            number: number.map_or_else(|| id.clone(), str::to_owned),
            award,
            signed_on: one.get("dateSigned").day(faults),
            amount,
            currency,
            vat_bp: None,
            starts_on,
            ends_on,
            ppp: kind,
            promised: None,
            state,
            termination,
            id: id.clone(),
        });
        payments(process, (&one, &id), faults);
        promises(process, (&one, &id), faults);
    }
}

fn termination(one: &Node<'_>, faults: &mut Faults) -> Option<Termination> {
    let documents = one.get("documents").items(faults);
    let said = documents.iter().find(|document| document.get("id").name(faults) == release::TERMINATION)?;
    let on = said.get("datePublished").day(faults)?;
    Some(Termination { on, reason: said.get("description").text(faults) })
}

fn payments(process: &mut Process, (contract, id): (&Node<'_>, &str), faults: &mut Faults) {
    let paid = contract.get("implementation").object(faults).get("transactions");
    for one in paid.items(faults) {
        payment(process, (&one, id), faults);
    }
}

/// A payment, which must say when and how much.
pub(super) fn payment(process: &mut Process, (one, contract): (&Node<'_>, &str), faults: &mut Faults) {
    let (date, value) = (one.get("date"), one.get("value"));
    for must in [&date, &value] {
        if must.is_absent() {
            faults.add(must.path.clone(), ReadFault::Missing);
        }
    }
    if let (Some(on), Some(amount)) = (date.day(faults), in_currency(process, &value, faults)) {
        process.payments.push(Payment {
            id: one.get("id").name(faults),
            contract: contract.to_owned(),
            invoice: String::new(),
            on,
            amount,
            document: String::new(),
        });
    }
}

/// An amount and a currency in words, as `release` writes them where the standard has no amount.
fn in_words(text: &str) -> Option<(Money, &str)> {
    let (amount, rest) = text.split_once(' ')?;
    Some((Money::parse(amount, akimat_core::MoneyUnit::Tenge).ok()?, rest))
}

fn promises(process: &mut Process, (contract, id): (&Node<'_>, &str), faults: &mut Faults) {
    for one in contract.get("milestones").items(faults) {
        let kind = ObligationKind::parse(&one.get("code").text(faults));
        let words = one.get("description").text(faults);
        let due = one.get("dueDate").day(faults);
        if let (Some(kind), Some((amount, _)), Some(due)) = (kind, in_words(&words), due) {
            let (contract, year) = (id.to_owned(), due.year());
            process.obligations.push(Obligation {
                id: one.get("id").name(faults),
                contract,
                year,
                kind,
                amount,
            });
        }
    }
    for one in contract.get("documents").items(faults) {
        if one.get("documentType").text(faults) != "contractGuarantees" {
            continue;
        }
        let words = one.get("description").text(faults);
        if let Some((amount, rest)) = in_words(&words) {
            process.guarantees.push(Guarantee {
                id: one.get("id").name(faults),
                contract: id.to_owned(),
                what: one.get("title").text(faults),
                amount,
                until: rest.split_once(" – ").and_then(|(_, day)| day.parse().ok()),
            });
        }
    }
}

/// Amendments with what they changed, as far as the releases before and after tell it. A contract whose amount
/// changes is kept as it was signed.
fn amendments(process: &mut Process, node: &Node<'_>, releases: &[&Value], faults: &mut Faults) {
    let mut stands: BTreeMap<String, (Option<Value>, Option<Value>)> = BTreeMap::new();
    let mut signed: BTreeMap<String, (Option<Value>, Option<Value>)> = BTreeMap::new();
    let mut changed: BTreeMap<(String, String), [Option<Value>; 4]> = BTreeMap::new();
    for one in releases {
        for contract in one.get("contracts").and_then(Value::as_array).into_iter().flatten() {
            let id = contract.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
            let now = (contract.get("value").cloned(), contract.pointer("/period/endDate").cloned());
            let told = stands.entry(id.clone()).or_default();
            let before = told.clone();
            told.0 = now.0.or_else(|| before.0.clone());
            told.1 = now.1.or_else(|| before.1.clone());
            let first = signed.entry(id.clone()).or_default();
            if first.0.is_none() {
                first.0.clone_from(&told.0);
            }
            if first.1.is_none() {
                first.1.clone_from(&told.1);
            }
            let last = contract.get("amendments").and_then(Value::as_array).and_then(|all| all.last());
            if let Some(name) = last.and_then(|last| last.get("id")).and_then(Value::as_str) {
                let states = [before.0, told.0.clone(), before.1, told.1.clone()];
                changed.insert((id, name.to_owned()), states);
            }
        }
    }
    for (at, one) in node.get("contracts").items(faults).iter().enumerate() {
        let id = one.get("id").name(faults);
        let list = one.get("amendments").items(faults);
        let first = signed.get(&id).filter(|_| !list.is_empty());
        if let (Some(first), Some(contract)) = (first, process.contracts.get_mut(at)) {
            let whole = |value: &Option<Value>| value.as_ref().and_then(amount_of);
            contract.amount = whole(&first.0).unwrap_or(contract.amount);
            contract.ends_on = first.1.as_ref().and_then(day_of).or(contract.ends_on);
        }
        for amendment in list {
            let name = amendment.get("id").name(faults);
            let states = changed.get(&(id.clone(), name)).cloned().unwrap_or_default();
            amended(process, (&amendment, &id), &states, faults);
        }
    }
}

fn amount_of(value: &Value) -> Option<Money> {
    Node::new(value, "").money(&mut Faults::default()).map(|(amount, _)| amount)
}

fn day_of(value: &Value) -> Option<Date> {
    Node::new(value, "").day(&mut Faults::default())
}

fn amended(
    process: &mut Process,
    (one, contract): (&Node<'_>, &str),
    states: &[Option<Value>; 4],
    faults: &mut Faults,
) {
    let date = one.get("date");
    let Some(on) = date.day(faults) else {
        faults.add(date.path, ReadFault::Missing);
        return;
    };
    let [from, to, start, end] = states;
    let pair = |a: &Option<Value>, b: &Option<Value>| {
        a.as_ref().and_then(amount_of).zip(b.as_ref().and_then(amount_of))
    };
    let days =
        |a: &Option<Value>, b: &Option<Value>| a.as_ref().and_then(day_of).zip(b.as_ref().and_then(day_of));
    process.amendments.push(Amendment {
        id: one.get("id").name(faults),
        contract: contract.to_owned(),
        on,
        document: one.get("description").text(faults),
        amount: pair(from, to).filter(|(from, to)| from != to),
        ends_on: days(start, end).filter(|(from, to)| from != to),
        reason: one.get("rationale").text(faults),
    });
}
