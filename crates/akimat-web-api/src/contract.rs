//! Contracting processes of a project: from the plan to the last payment, with what deserves a second look.

use crate::asked::Asked;
use crate::endpoint::{Body, Endpoint, ID};
use crate::reply::{Links, Reply, amount, amount_opt, links, resource};
use akimat_app::contract::{Held, Market, rules};
use akimat_core::{Lang, ProjectId, Text};
use akimat_i18n::catalogue;
use akimat_procurement::flag::{Flag, Outcome, flags};
use akimat_procurement::tally::Stage;
use akimat_procurement::{Contract, Process, Role};
use akimat_web_kit::failure::Failure;
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::contract::evidence;
use axum::extract::State;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use uuid::Uuid;

/// `/api/v1/projects/{id}/contracts`.
pub const SHOW: Endpoint = Endpoint {
    path: "/api/v1/projects/{id}/contracts",
    id: "getProjectContracts",
    tag: "projects",
    summary: "Contracting processes of a project: parties, lots, bids, contracts with their amendments, bills, \
              payments and obligations by year, and the outcome of every red-flag rule. A raised flag is a hint with \
              its rule, never a verdict. Amounts are tenge",
    parameters: &[ID],
    body: Body::Resource("ProjectContracts", include_str!("example/contracts.json")),
    problems: &[],
};

#[derive(Serialize)]
struct ContractsBody {
    project: ProjectId,
    invented: bool,
    processes: Vec<ProcessBody>,
    links: Links,
}

#[derive(Serialize)]
struct ProcessBody {
    id: Uuid,
    version: u32,
    saved_at: Timestamp,
    saved_by: String,
    ocid: String,
    number: String,
    title: Text,
    description: String,
    category: &'static str,
    nature: Option<&'static str>,
    method: &'static str,
    method_reason: String,
    stage: &'static str,
    currency: String,
    estimate: Option<String>,
    planned_on: Option<Date>,
    opens_on: Option<Date>,
    closes_on: Option<Date>,
    parties: Vec<PartyBody>,
    lots: Vec<LotBody>,
    bids: Vec<BidBody>,
    contracts: Vec<ContractBody>,
    amendments: Vec<AmendmentBody>,
    invoices: Vec<MoneyBody>,
    payments: Vec<MoneyBody>,
    obligations: Vec<ObligationBody>,
    guarantees: Vec<GuaranteeBody>,
    flags: Vec<FlagBody>,
}

#[derive(Serialize)]
struct PartyBody {
    id: String,
    name: String,
    bin: String,
    roles: Vec<&'static str>,
    small: Option<bool>,
}

#[derive(Serialize)]
struct LotBody {
    id: String,
    title: String,
    estimate: Option<String>,
}

#[derive(Serialize)]
struct BidBody {
    party: String,
    lot: String,
    amount: Option<String>,
    admitted: Option<bool>,
    won: bool,
}

#[derive(Serialize)]
struct ContractBody {
    id: String,
    number: String,
    supplier: Option<String>,
    signed_on: Option<Date>,
    starts_on: Option<Date>,
    ends_on: Option<Date>,
    amount_signed: String,
    amount_now: String,
    paid: Option<String>,
    vat_pct: Option<f64>,
    state: &'static str,
    ppp: Option<&'static str>,
    promised: Option<String>,
    terminated_on: Option<Date>,
    termination: Option<String>,
}

#[derive(Serialize)]
struct AmendmentBody {
    contract: String,
    on: Date,
    document: String,
    amount_before: Option<String>,
    amount_after: Option<String>,
    ends_before: Option<Date>,
    ends_after: Option<Date>,
    reason: String,
}

#[derive(Serialize)]
struct MoneyBody {
    id: String,
    contract: String,
    on: Date,
    amount: String,
    document: String,
    invoice: Option<String>,
}

#[derive(Serialize)]
struct ObligationBody {
    contract: String,
    year: i16,
    kind: &'static str,
    amount: String,
}

#[derive(Serialize)]
struct GuaranteeBody {
    contract: String,
    what: String,
    amount: String,
    until: Option<Date>,
}

/// One rule and what it found.
#[derive(Serialize)]
pub(super) struct FlagBody {
    rule: &'static str,
    outcome: &'static str,
    evidence: Option<Text>,
}

/// A flag with its evidence in the three languages when it is raised.
pub(super) fn flag_body(flag: &Flag) -> FlagBody {
    let said = |lang: Lang| evidence(catalogue().locale(lang), flag);
    let raised = flag.outcome == Outcome::Raised;
    FlagBody {
        rule: flag.code,
        outcome: match flag.outcome {
            Outcome::Raised => "raised",
            Outcome::Clear => "clear",
            Outcome::Unknown => "unknown",
        },
        evidence: raised.then(|| Text::new(said(Lang::Kk), said(Lang::Ru), said(Lang::En))),
    }
}

/// The processes.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(State(state): State<WebState>, asked: Asked) -> Reply {
    let id: ProjectId = asked.required("id")?;
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    let held = state.app.list_processes(id).await.map_err(Failure::from)?;
    // Checks across contracts look at the whole region, as on the page.
    let market = if held.is_empty() {
        Market::default()
    } else {
        state.app.market(Some(project.place.region())).await.map_err(Failure::from)?
    };
    let today = state.app.today();
    let body = ContractsBody {
        project: id,
        invented: project.invented || held.iter().any(|one| one.process.invented),
        processes: held
            .iter()
            .map(|one| {
                let others: Vec<&Process> = market.beside(one);
                process(one, &flags(&one.process, &others, rules(), today), today)
            })
            .collect(),
        links: links(format!("/api/v1/projects/{id}/contracts"), &format!("/projects/{id}/contracts")),
    };
    resource(&asked.headers, &body)
}

fn process(held: &Held, flags: &[Flag], today: Date) -> ProcessBody {
    let own = &held.process;
    ProcessBody {
        id: held.section.id,
        version: held.section.version,
        saved_at: held.section.at,
        saved_by: held.section.by_name.clone(),
        ocid: own.ocid.clone(),
        number: own.number.clone(),
        title: own.title.clone(),
        description: own.description.clone(),
        category: own.category.code(),
        nature: own.nature.map(akimat_procurement::Nature::code),
        method: own.method.code(),
        method_reason: own.method_reason.clone(),
        stage: Stage::of(own, today).code(),
        currency: own.currency.clone(),
        estimate: amount_opt(own.estimate),
        planned_on: own.planned_on,
        opens_on: own.opens_on,
        closes_on: own.closes_on,
        parties: parties(own),
        lots: own.lots.iter().map(lot).collect(),
        bids: bids(own),
        contracts: own.contracts.iter().map(|one| contract(own, one)).collect(),
        amendments: own.amendments.iter().map(amendment).collect(),
        invoices: own.invoices.iter().map(invoice).collect(),
        payments: own.payments.iter().map(payment).collect(),
        obligations: obligations(own),
        guarantees: guarantees(own),
        flags: flags.iter().map(flag_body).collect(),
    }
}

fn parties(own: &Process) -> Vec<PartyBody> {
    let party = |party: &akimat_procurement::Party| PartyBody {
        id: party.id.clone(),
        name: party.name.clone(),
        bin: party.bin.clone(),
        roles: party.roles.iter().copied().map(Role::code).collect(),
        small: party.small,
    };
    own.parties.iter().map(party).collect()
}

fn lot(lot: &akimat_procurement::Lot) -> LotBody {
    LotBody { id: lot.id.clone(), title: lot.title.clone(), estimate: amount_opt(lot.estimate) }
}

fn bids(own: &Process) -> Vec<BidBody> {
    let bid = |bid: &akimat_procurement::Bid| BidBody {
        party: bid.party.clone(),
        lot: bid.lot.clone(),
        amount: amount_opt(bid.amount),
        admitted: bid.admitted,
        won: own.awards.iter().any(|award| award.party == bid.party && award.lot == bid.lot),
    };
    own.bids.iter().map(bid).collect()
}

fn contract(own: &Process, one: &Contract) -> ContractBody {
    let end = one.termination.as_ref();
    ContractBody {
        id: one.id.clone(),
        number: one.number.clone(),
        supplier: own.supplier(one).map(|party| party.id.clone()),
        signed_on: one.signed_on,
        starts_on: one.starts_on,
        ends_on: own.current_end(one),
        amount_signed: amount(one.amount),
        amount_now: amount(own.current_amount(one)),
        paid: amount_opt(own.paid(&one.id)),
        vat_pct: one.vat_bp.map(|bp| f64::from(bp) / 100.0),
        state: one.state.code(),
        ppp: one.ppp.map(akimat_procurement::PppKind::code),
        promised: amount_opt(one.promised),
        terminated_on: end.map(|end| end.on),
        termination: end.map(|end| end.reason.clone()),
    }
}

fn amendment(one: &akimat_procurement::Amendment) -> AmendmentBody {
    let (before, after) = one.amount.unzip();
    let (ends_before, ends_after) = one.ends_on.unzip();
    AmendmentBody {
        contract: one.contract.clone(),
        on: one.on,
        document: one.document.clone(),
        amount_before: amount_opt(before),
        amount_after: amount_opt(after),
        ends_before,
        ends_after,
        reason: one.reason.clone(),
    }
}

fn invoice(one: &akimat_procurement::Invoice) -> MoneyBody {
    MoneyBody {
        id: one.id.clone(),
        contract: one.contract.clone(),
        on: one.on,
        amount: amount(one.amount),
        document: one.document.clone(),
        invoice: None,
    }
}

fn payment(one: &akimat_procurement::Payment) -> MoneyBody {
    MoneyBody {
        id: one.id.clone(),
        contract: one.contract.clone(),
        on: one.on,
        amount: amount(one.amount),
        document: one.document.clone(),
        invoice: (!one.invoice.is_empty()).then(|| one.invoice.clone()),
    }
}

fn obligations(own: &Process) -> Vec<ObligationBody> {
    let one = |one: &akimat_procurement::Obligation| ObligationBody {
        contract: one.contract.clone(),
        year: one.year,
        kind: one.kind.code(),
        amount: amount(one.amount),
    };
    own.obligations.iter().map(one).collect()
}

fn guarantees(own: &Process) -> Vec<GuaranteeBody> {
    let one = |one: &akimat_procurement::Guarantee| GuaranteeBody {
        contract: one.contract.clone(),
        what: one.what.clone(),
        amount: amount(one.amount),
        until: one.until,
    };
    own.guarantees.iter().map(one).collect()
}
