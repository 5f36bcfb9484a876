//! The partnerships: a kindergarten that is built, a biogas plant that stands still, fibre that is planned. What the
//! district promised goes over its invented limit in two years.

use super::{BIDDERS, begun, both, party};
use akimat_core::Money;
use akimat_procurement::process::TENGE;
use akimat_procurement::{
    Award, Bid, Category, Contract, ContractState, Guarantee, Method, Obligation, ObligationKind, PppKind,
    Process, Role, TenderState,
};
use akimat_project::Project;
use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::{Date, date};

fn million(million: i64) -> anyhow::Result<Money> {
    Money::from_tenge(million * 1_000_000).context("an amount of the demonstration")
}

/// The process of a partnership by the number of its project; `None` for other projects.
pub(super) fn process(project: &Project) -> anyhow::Result<Option<Process>> {
    match project.number.as_str() {
        "ZHB-2025-010" => kindergarten(project).map(Some),
        "ZHB-2025-012" => biogas(project).map(Some),
        "ZHB-2026-036" => fibre(project).map(Some),
        _ => Ok(None),
    }
}

/// A signed partnership: kind, estimate, investment, days of signing and end.
struct Deal {
    kind: PppKind,
    estimate: Money,
    investment: Money,
    signed_on: Date,
    ends_on: Date,
    number: &'static str,
}

fn sign(process: &mut Process, project: &Project, deal: &Deal) -> anyhow::Result<()> {
    process.category = Category::Services;
    process.nature = None;
    process.estimate = Some(deal.estimate);
    process.state = TenderState::Complete;
    process.parties.push(party("partner", &project.contractor, &[Role::Tenderer, Role::PrivatePartner]));
    process.parties.push(party("bank", "«Үлгі Банк» АҚ (ойдан шығарылған)", &[Role::Lender]));
    process.awards = vec![Award {
        id: "award".to_owned(),
        lot: String::new(),
        party: "partner".to_owned(),
        amount: deal.investment,
        on: deal.signed_on.checked_sub(21.days()).ok(),
    }];
    let promised = Money::checked_sum(process.obligations.iter().map(|one| one.amount));
    process.contracts = vec![Contract {
        id: "contract".to_owned(),
        award: "award".to_owned(),
        number: deal.number.to_owned(),
        signed_on: Some(deal.signed_on),
        amount: deal.investment,
        currency: TENGE.to_owned(),
        vat_bp: None,
        starts_on: Some(deal.signed_on),
        ends_on: Some(deal.ends_on),
        ppp: Some(deal.kind),
        promised: Some(promised.context("promises of the demonstration")?),
        state: ContractState::Active,
        termination: None,
    }];
    Ok(())
}

fn promise(process: &mut Process, year: i16, kind: ObligationKind, amount: Money) {
    process.obligations.push(Obligation {
        id: format!("{}-{year}", kind.code()),
        contract: "contract".to_owned(),
        year,
        kind,
        amount,
    });
}

fn kindergarten(project: &Project) -> anyhow::Result<Process> {
    let mut process = begun(project, 1);
    process.method = Method::PppTender;
    process.opens_on = Some(date(2025, 2, 24));
    process.closes_on = Some(date(2025, 4, 25));
    process.description = both(
        "Әкімдік жеті жыл бойы орындарға мемлекеттік тапсырыс береді.",
        "Акимат семь лет размещает госзаказ на места.",
    );
    promise(&mut process, 2027, ObligationKind::Operating, million(22)?);
    promise(&mut process, 2027, ObligationKind::Investment, million(34)?);
    for year in 2028..=2033 {
        promise(&mut process, year, ObligationKind::Operating, million(44)?);
        promise(&mut process, year, ObligationKind::Investment, million(68)?);
    }
    let deal = Deal {
        kind: PppKind::LifeCycle,
        estimate: million(540)?,
        investment: million(509)?,
        signed_on: date(2025, 7, 15),
        ends_on: date(2033, 12, 31),
        number: "МЖӘ-4/2025",
    };
    sign(&mut process, project, &deal)?;
    process.parties.push(party("second", BIDDERS[4], &[Role::Tenderer]));
    let bid = |id: &str, party: &str, amount: Money| Bid {
        id: id.to_owned(),
        party: party.to_owned(),
        amount: Some(amount),
        admitted: Some(true),
        ..Bid::default()
    };
    process.bids = vec![bid("bid0", "partner", deal.investment), bid("bid1", "second", million(548)?)];
    process.guarantees.push(Guarantee {
        id: "guarantee".to_owned(),
        contract: "contract".to_owned(),
        what: "Шарттың орындалуын қамтамасыз ету, банк кепілдігі (ойдан шығарылған)".to_owned(),
        amount: million(15)?,
        until: Some(date(2027, 12, 31)),
    });
    Ok(process)
}

fn biogas(project: &Project) -> anyhow::Result<Process> {
    let mut process = begun(project, 1);
    process.method = Method::PppNegotiation;
    process.method_reason =
        both("Бастаманы жеке әріптес ұсынды.", "Инициатива частного партнёра (прямые переговоры).");
    process.opens_on = Some(date(2025, 11, 3));
    for year in 2028..=2035 {
        promise(&mut process, year, ObligationKind::Guarantee, million(82)?);
    }
    let deal = Deal {
        kind: PppKind::Service,
        estimate: million(330)?,
        investment: million(321)?,
        signed_on: date(2026, 3, 5),
        ends_on: date(2035, 12, 31),
        number: "МЖӘ-1/2026",
    };
    sign(&mut process, project, &deal)?;
    Ok(process)
}

fn fibre(project: &Project) -> anyhow::Result<Process> {
    let mut process = begun(project, 1);
    process.method = Method::PppTender;
    process.category = Category::Services;
    process.estimate = project.totals().0;
    process.planned_on = Some(date(2027, 1, 20));
    process.description = both(
        "Әкімдік он жыл бойы мектептер мен амбулаторияларға байланыс қызметін сатып алады.",
        "Акимат десять лет покупает связь для школ и амбулаторий.",
    );
    Ok(process)
}
