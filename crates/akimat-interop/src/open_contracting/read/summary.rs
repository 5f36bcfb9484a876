//! The summary of a process inside a project of OC4IDS to a process, with one contract that stands for all.

use super::{ReadProcess, party, process};
use crate::open_contracting::node::{Faults, Node, ReadFault, quote};
use akimat_core::{Lang, Text};
use akimat_procurement::process::TENGE;
use akimat_procurement::{
    Amendment, Award, Contract, ContractState, Nature, Party, Process, Role, TenderState,
};

/// Name of the one contract, and of its award.
const CONTRACT: &str = "contract";

/// Reads a contracting process of a project; `parties` are those of the project.
pub(super) fn read(node: &Node<'_>, (lang, parties): (Lang, &[Party]), faults: &mut Faults) -> ReadProcess {
    let node = node.clone().object(faults);
    let summary = node.get("summary").object(faults);
    let before = faults.0.len();
    let mut ocid = summary.get("ocid").text(faults);
    if ocid.is_empty() {
        ocid = node.get("id").name(faults);
    }
    if ocid.is_empty() {
        faults.add(node.get("id").path, ReadFault::Missing);
    }
    let mut title = Text::default();
    *title.exact_mut(lang) = summary.get("title").text(faults);
    let number = summary.get("externalReference").name(faults);
    let mut found = Process::planned(if number.is_empty() { ocid.clone() } else { number }, title);
    found.ocid.clone_from(&ocid);
    found.description = summary.get("description").text(faults);
    let nature = summary.get("nature").words(faults);
    found.nature = nature.first().and_then(|word| Nature::parse(word));
    let tender = summary.get("tender").object(faults);
    found.method = process::method(&tender, faults);
    found.opens_on = tender.get("datePublished").day(faults);
    let estimate = tender.get("costEstimate").money(faults);
    found.estimate = estimate.as_ref().map(|(amount, _)| *amount);
    let signed = summary.get("contractValue").money(faults);
    let currency = estimate.or_else(|| signed.clone()).map(|(_, code)| code);
    found.currency = currency.unwrap_or_else(|| TENGE.to_owned());
    named(&mut found, (&summary, &tender), parties, faults);
    contract(&mut found, &summary, faults);
    found.state = state(&summary, &found, faults);
    if faults.0.len() == before {
        process::told(&node.path, &found, faults);
    }
    ReadProcess { ocid, project: String::new(), process: found }
}

fn state(summary: &Node<'_>, found: &Process, faults: &mut Faults) -> TenderState {
    let own = summary.get("status");
    let status = own.text(faults);
    if !matches!(status.as_str(), "" | "pre-award" | "active" | "closed") {
        faults.add(own.path, ReadFault::Unknown(quote(&status)));
    }
    let supplied = found.parties.iter().any(supplies);
    match status.as_str() {
        _ if !found.contracts.is_empty() || supplied => TenderState::Complete,
        "closed" => TenderState::Unsuccessful,
        _ if found.opens_on.is_some() => TenderState::Active,
        _ => TenderState::Planned,
    }
}

fn supplies(party: &Party) -> bool {
    party.roles.iter().any(|role| matches!(role, Role::Supplier | Role::PrivatePartner))
}

/// Those whom the summary names, each in the part it plays here.
fn named(
    found: &mut Process,
    (summary, tender): (&Node<'_>, &Node<'_>),
    parties: &[Party],
    faults: &mut Faults,
) {
    let mut add = |node: &Node<'_>, roles: &[Role], faults: &mut Faults| {
        let id = party::reference(node, faults);
        if id.is_empty() {
            return;
        }
        let known = parties.iter().find(|party| party.id == id);
        if !found.parties.iter().any(|party| party.id == id) {
            let mut own = known.cloned().unwrap_or_else(|| Party {
                id: id.clone(),
                name: node.get("name").value.as_str().unwrap_or_default().to_owned(),
                ..Party::default()
            });
            own.roles.clear();
            found.parties.push(own);
        }
        let partner = known.is_some_and(|party| party.roles.contains(&Role::PrivatePartner));
        if let Some(own) = found.parties.iter_mut().find(|party| party.id == id) {
            let role =
                |role: &Role| if partner && *role == Role::Supplier { Role::PrivatePartner } else { *role };
            own.roles.extend(roles.iter().map(role));
            own.roles.sort_unstable();
            own.roles.dedup();
        }
    };
    let manager = tender.get("procuringEntity");
    let id = party::reference(&manager, faults);
    let own = parties.iter().find(|party| party.id == id);
    let says = |role: Role| own.is_some_and(|party| party.roles.contains(&role));
    let other = tender.get("administrativeEntity");
    let roles: &[Role] = match (other.is_absent(), says(Role::Buyer), says(Role::Organiser)) {
        (false, ..) | (true, false, true) => &[Role::Organiser],
        (true, true, true) => &[Role::Buyer, Role::Organiser],
        (true, _, false) => &[Role::Buyer],
    };
    add(&manager, roles, faults);
    add(&other, &[Role::Buyer], faults);
    for one in tender.get("tenderers").items(faults) {
        add(&one, &[Role::Tenderer], faults);
    }
    for one in summary.get("suppliers").items(faults) {
        add(&one, &[Role::Supplier], faults);
    }
    process::bidders(found, tender, faults);
}

fn contract(found: &mut Process, summary: &Node<'_>, faults: &mut Faults) {
    let value = summary.get("contractValue");
    let Some((amount, currency)) = value.money(faults) else { return };
    let winner = summary.get("suppliers").items(faults).into_iter().next();
    let Some(winner) = winner.map(|one| party::reference(&one, faults)) else {
        faults.add(summary.get("suppliers").path, ReadFault::Missing);
        return;
    };
    let (starts_on, now) = summary.get("contractPeriod").period(faults);
    found.awards.push(Award { id: CONTRACT.to_owned(), lot: String::new(), party: winner, amount, on: None });
    let changes: Vec<Amendment> =
        summary.get("modifications").items(faults).iter().filter_map(|one| change(one, faults)).collect();
    let first = changes.iter().find_map(|one| one.ends_on).map(|(before, _)| before);
    let closed = summary.get("status").text(faults) == "closed";
    found.contracts.push(Contract {
        id: CONTRACT.to_owned(),
        award: CONTRACT.to_owned(),
        number: found.number.clone(),
        signed_on: None,
        amount,
        currency,
        vat_bp: None,
        starts_on,
        ends_on: first.or(now),
        ppp: None,
        promised: None,
        state: if closed { ContractState::Terminated } else { ContractState::Active },
        termination: None,
    });
    found.amendments = changes;
    for one in summary.get("transactions").items(faults) {
        process::payment(found, (&one, CONTRACT), faults);
    }
}

fn change(one: &Node<'_>, faults: &mut Faults) -> Option<Amendment> {
    let date = one.get("date");
    let Some(on) = date.day(faults) else {
        faults.add(date.path, ReadFault::Missing);
        return None;
    };
    let mut money = |name: &str| one.get(name).money(faults).map(|(amount, _)| amount);
    let amount = money("oldContractValue").zip(money("newContractValue"));
    let (_, before) = one.get("oldContractPeriod").period(faults);
    let (_, after) = one.get("newContractPeriod").period(faults);
    Some(Amendment {
        id: one.get("id").name(faults),
        contract: CONTRACT.to_owned(),
        on,
        document: one.get("description").text(faults),
        amount,
        ends_on: before.zip(after),
        reason: one.get("rationale").text(faults),
    })
}
