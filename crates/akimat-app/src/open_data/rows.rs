//! Things to rows.

use super::{OpenTable, Row};
use crate::Result;
use crate::dossier::body;
use akimat_core::{Lang, Money, MoneyUnit, ProjectId, Text};
use akimat_delivery::risk::Risk;
use akimat_delivery::schedule::outline::Outline;
use akimat_delivery::schedule::plan::{Item, Plan};
use akimat_procurement::{Contract, Process, Role};
use akimat_project::{Project, ProjectUpdate, StatusChange};
use akimat_storage::dossier::Section;
use akimat_storage::photo::{Photo, PhotoSize};
use serde_json::{Value, json};

/// A number with two decimals, as it is printed.
fn money(amount: Option<Money>) -> Value {
    let number = |amount: Money| serde_json::from_str(&amount.to_decimal(MoneyUnit::Tenge, 0));
    amount.map_or(Value::Null, |amount| number(amount).unwrap_or(Value::Null))
}

/// An empty text is nothing.
fn words(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { json!(text) }
}

fn day(day: Option<jiff::civil::Date>) -> Value {
    day.map_or(Value::Null, |day| json!(day.to_string()))
}

/// The three languages.
fn texts(text: &Text) -> [Value; 3] {
    [Lang::Kk, Lang::Ru, Lang::En].map(|lang| words(text.exact(lang)))
}

fn degrees(e6: Option<i32>) -> Value {
    let text = |e6: i32| {
        let sign = if e6 < 0 { "-" } else { "" };
        format!("{sign}{}.{:06}", e6.unsigned_abs() / 1_000_000, e6.unsigned_abs() % 1_000_000)
    };
    e6.and_then(|e6| serde_json::from_str(&text(e6)).ok()).unwrap_or(Value::Null)
}

/// Rows of what the register itself says.
pub(super) fn of_project(table: OpenTable, project: &Project) -> Vec<Row> {
    let id = project.id.to_string();
    match table {
        OpenTable::Projects => vec![head(project)],
        OpenTable::Money => project
            .money
            .iter()
            .map(|line| {
                let sums = [line.planned, line.amended, line.contracted, line.invoiced, line.paid].map(money);
                let first = [json!(id), json!(line.year), json!(line.source.code()), words(&line.programme)];
                first.into_iter().chain(sums).collect()
            })
            .collect(),
        OpenTable::Milestones => project
            .milestones
            .iter()
            .zip(1..)
            .map(|(own, at)| {
                let days = [Some(own.planned_on), own.forecast_on, own.actual_on].map(day);
                [json!(id), json!(at)].into_iter().chain(texts(&own.title)).chain(days).collect()
            })
            .collect(),
        OpenTable::Results => project
            .results
            .iter()
            .map(|own| {
                let rest = [
                    words(own.unit.get(Lang::Ru)),
                    json!(own.baseline),
                    words(&own.target),
                    json!(own.measured),
                    day(own.measured_on),
                    words(&own.owner),
                ];
                [json!(id)].into_iter().chain(texts(&own.title)).chain(rest).collect()
            })
            .collect(),
        OpenTable::Beneficiaries => project
            .beneficiaries
            .iter()
            .map(|own| [json!(id)].into_iter().chain(texts(&own.group)).chain([json!(own.number)]).collect())
            .collect(),
        _ => Vec::new(),
    }
}

fn head(own: &Project) -> Row {
    let (planned, contracted, paid) = own.totals();
    let partners: Vec<String> = own.partners.iter().map(ToString::to_string).collect();
    let first = [json!(own.id.to_string()), json!(own.number), json!(own.place.to_string())];
    let rest = [
        json!(own.sector.code()),
        json!(own.kind.code()),
        json!(own.modality.code()),
        json!(own.level.code()),
        json!(own.status.code()),
        words(&own.stage),
        json!(own.progress_pct),
        words(&own.contractor),
        day(own.starts_on),
        day(own.ends_on),
        degrees(own.location.map(|point| point.lat_e6)),
        degrees(own.location.map(|point| point.lon_e6)),
        money(planned),
        money(contracted),
        money(paid),
        json!(own.international),
        words(&partners.join(" ")),
        json!(own.invented),
        json!(own.created_at.to_string()),
        json!(own.updated_at.to_string()),
    ];
    first.into_iter().chain(texts(&own.title)).chain(rest).collect()
}

/// A move from stage to stage.
pub(super) fn moved(id: ProjectId, own: &StatusChange) -> Row {
    vec![
        json!(id.to_string()),
        json!(own.at.to_string()),
        own.from.map_or(Value::Null, |from| json!(from.code())),
        json!(own.to.code()),
        words(&own.stage),
        words(&own.by),
        words(&own.reason),
        words(&own.basis.words()),
    ]
}

/// News.
pub(super) fn update(own: &ProjectUpdate) -> Row {
    vec![
        json!(own.project.to_string()),
        json!(own.id.to_string()),
        json!(own.at.to_string()),
        words(&own.by),
        json!(own.lang.code()),
        words(&own.body),
        json!(own.progress_pct),
    ]
}

/// A photograph that everybody may see.
pub(super) fn photo(own: &Photo) -> Option<Row> {
    if own.hidden.is_some() || own.erased {
        return None;
    }
    let first = [
        json!(own.project.to_string()),
        json!(own.id.to_string()),
        json!(own.kind.code()),
        json!(own.before.map(|before| before.to_string())),
    ];
    let rest = [
        json!(format!("/photos/{}/{}", own.id, PhotoSize::Web.code())),
        json!(own.at.to_string()),
        json!(own.invented),
    ];
    Some(first.into_iter().chain(texts(&own.caption)).chain(rest).collect())
}

/// Rows of a section of a dossier.
pub(super) fn of_section(table: OpenTable, section: &Section) -> Result<Vec<Row>> {
    Ok(match table {
        OpenTable::Plans => {
            let plan: Plan = body(section)?;
            let outline = plan.outline();
            let items = plan.sorted();
            items.into_iter().enumerate().map(|(at, item)| planned(section, &outline, (at, item))).collect()
        }
        OpenTable::Risks => {
            let risk: Risk = body(section)?;
            if risk.internal.is_empty() { vec![risk_row(section, &risk)] } else { Vec::new() }
        }
        _ => {
            let process: Process = body(section)?;
            match table {
                OpenTable::Contracts => {
                    process.contracts.iter().map(|one| contract(section, &process, one)).collect()
                }
                OpenTable::Amendments => amendments(section, &process),
                _ => payments(section, &process),
            }
        }
    })
}

fn planned(section: &Section, outline: &Outline<'_>, (at, own): (usize, &Item)) -> Row {
    let days = [outline.approved(at), outline.expected(at), outline.actual(at)];
    let first = [json!(section.project.to_string()), json!(own.id), json!(own.code), json!(own.kind.code())];
    let days = days.into_iter().flat_map(|span| [day(span.start), day(span.finish)]);
    first.into_iter().chain(texts(&own.title)).chain(days).chain([money(outline.budget(at))]).collect()
}

fn risk_row(section: &Section, own: &Risk) -> Row {
    vec![
        json!(section.project.to_string()),
        json!(section.id.to_string()),
        json!(own.category.code()),
        words(&own.cause),
        words(&own.event),
        words(&own.effect),
        json!(own.rated.likelihood),
        json!(own.rated.cost),
        json!(own.rated.time),
        json!(own.rated.people),
        json!(own.response.code()),
        day(own.review_on),
        words(&section.state),
    ]
}

fn contract(section: &Section, process: &Process, own: &Contract) -> Row {
    let supplier = process.supplier(own);
    let first = [
        json!(section.project.to_string()),
        words(&process.ocid),
        json!(section.id.to_string()),
        json!(own.id),
        words(&own.number),
    ];
    let rest = [
        json!(process.method.code()),
        json!(process.category.code()),
        json!(process.with_role(Role::Buyer).map(|party| party.name.clone())),
        json!(supplier.map(|party| party.name.clone())),
        supplier.map_or(Value::Null, |party| words(&party.bin)),
        day(own.signed_on),
        day(own.starts_on),
        day(process.current_end(own)),
        json!(own.currency),
        money(Some(own.amount)),
        money(Some(process.current_amount(own))),
        json!(own.state.code()),
        json!(own.ppp.map(akimat_procurement::PppKind::code)),
        json!(process.invented),
    ];
    first.into_iter().chain(texts(&process.title)).chain(rest).collect()
}

fn amendments(section: &Section, process: &Process) -> Vec<Row> {
    let row = |own: &akimat_procurement::Amendment| {
        let (before, after) = own.amount.unzip();
        let (from, to) = own.ends_on.unzip();
        vec![
            json!(section.project.to_string()),
            json!(section.id.to_string()),
            json!(own.contract),
            json!(own.id),
            day(Some(own.on)),
            money(before),
            money(after),
            day(from),
            day(to),
            words(&own.reason),
            words(&own.document),
        ]
    };
    process.amendments.iter().map(row).collect()
}

fn payments(section: &Section, process: &Process) -> Vec<Row> {
    let currency = |id: &str| {
        let contract = process.contracts.iter().find(|contract| contract.id == id);
        contract.map_or(process.currency.clone(), |contract| contract.currency.clone())
    };
    let row = |own: &akimat_procurement::Payment| {
        vec![
            json!(section.project.to_string()),
            json!(section.id.to_string()),
            json!(own.contract),
            json!(own.id),
            day(Some(own.on)),
            money(Some(own.amount)),
            json!(currency(&own.contract)),
            words(&own.document),
        ]
    };
    process.payments.iter().map(row).collect()
}
