//! Tenders that are planned, run, failed or were called off.

use super::{BIDDERS, Course, begun, both, earlier, later, part, party, titled};
use akimat_core::Money;
use akimat_procurement::{Bid, Lot, Method, Process, Role, TenderState};
use akimat_project::Project;
use anyhow::Context;
use jiff::civil::{Date, date};

/// In the plan: the announcement is expected about two months before the works.
pub(super) fn planned(project: &Project, course: &Course) -> anyhow::Result<Process> {
    let mut process = begun(project, 1);
    let starts = project.starts_on.context("a planned project without a first day")?;
    process.planned_on = Some(earlier(starts, 70 + course.roll(1, 40))?);
    process.method = if course.roll(2, 3) == 0 { Method::RatedTender } else { Method::OpenTender };
    process.description = both(
        "Жұмыстар тек жазда жүргізіледі; қаржы жыл сайын маусымда ашылады.",
        "Работы только летом; деньги открывают ежегодно в июне.",
    );
    Ok(process)
}

/// Bids are taken; one of them runs for the second time, one has lots.
pub(super) fn running(project: &Project, course: &Course, opens: Date) -> anyhow::Result<Vec<Process>> {
    let mut process = begun(project, 1);
    process.state = TenderState::Active;
    process.planned_on = Some(earlier(opens, 20)?);
    process.description = both(
        "Нысанға көлік қатынасы қиын; су мен электр желісіне қосылу шарттары берілген.",
        "Подъезд к объекту труден; технические условия на воду и электричество выданы.",
    );
    let first = match project.number.as_str() {
        "ZHB-2026-011" => {
            process.lots = lots(process.estimate.context("an estimate")?)?;
            None
        }
        "ZHB-2026-012" => Some(failed(project, opens)?),
        _ => None,
    };
    let begins = if first.is_some() { date(2026, 11, 12) } else { later(opens, 21 + course.roll(3, 7))? };
    process.opens_on = Some(begins);
    process.closes_on = Some(later(begins, 18 + course.roll(4, 12))?.max(date(2026, 12, 1)));
    if first.is_some() {
        process.number.truncate(process.number.len() - 1);
        process.number.push('2');
        process.title = titled(project, "қайталама конкурс", "повторный конкурс", "second tender");
    }
    Ok(first.into_iter().chain([process]).collect())
}

fn lots(estimate: Money) -> anyhow::Result<Vec<Lot>> {
    let cars = part(estimate, 6_800)?;
    let rest = estimate.checked_sub(cars).context("an estimate")?;
    let lot =
        |id: &str, title: String, estimate: Money| Lot { id: id.to_owned(), title, estimate: Some(estimate) };
    Ok(vec![
        lot("lot1", both("Төрт жедел жәрдем көлігі", "Четыре машины скорой помощи"), cars),
        lot("lot2", both("Гараж құрылысы", "Строительство гаража"), rest),
    ])
}

/// The first tender of a well: one bidder without a licence.
fn failed(project: &Project, opens: Date) -> anyhow::Result<Process> {
    let mut process = begun(project, 1);
    process.state = TenderState::Unsuccessful;
    process.opens_on = Some(opens);
    process.closes_on = Some(later(opens, 16)?);
    process.parties.push(party("bidder0", BIDDERS[6], &[Role::Tenderer]));
    process.bids.push(Bid {
        id: "bid0".to_owned(),
        party: "bidder0".to_owned(),
        lot: String::new(),
        amount: process.estimate.map(|estimate| part(estimate, 9_800)).transpose()?,
        admitted: Some(false),
        reason: "Су ұңғымаларын бұрғылауға лицензия жоқ (ойдан шығарылған)".to_owned(),
    });
    Ok(process)
}

/// Called off before anybody was chosen.
pub(super) fn cancelled(project: &Project, course: &Course, opens: Date) -> anyhow::Result<Process> {
    let mut process = begun(project, 1);
    process.state = TenderState::Cancelled;
    process.opens_on = Some(opens);
    process.closes_on = Some(later(opens, 15 + course.roll(1, 10))?);
    Ok(process)
}
