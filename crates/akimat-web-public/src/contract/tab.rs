//! `/projects/{id}/contracts`: how the supplier was chosen, what was agreed, changed and paid.

use akimat_app::contract::{Held, rules};
use akimat_app::permission::{self, Permission};
use akimat_core::{Money, ProjectId};
use akimat_i18n::Locale;
use akimat_procurement::flag::flags;
use akimat_procurement::tally::Stage;
use akimat_procurement::{Contract, Process};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::contract::{
    Col, FlagItem, Sheet, day_or_none, method, outcome_sentence, raised, share, stage, tenge, tenge_or_none,
    title, tone,
};
use akimat_web_kit::view::project_nav::{ProjectNav, Tab, nav};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;

#[derive(Template)]
#[template(path = "public/contract/tab.html")]
struct TabPage {
    page: Page,
    nav: ProjectNav,
    stats: Vec<(String, String, String)>,
    processes: Vec<View>,
    work: String,
    obligations: String,
    open_data: Vec<(String, String)>,
}

struct View {
    id: String,
    title: String,
    title_lang: &'static str,
    stage: String,
    tone: &'static str,
    facts: Vec<(String, String)>,
    description: String,
    sheets: Vec<Sheet>,
    terminated: Vec<String>,
    flags: Vec<FlagItem>,
    checked: String,
    saved: String,
    edit: String,
}

/// The tab.
///
/// # Errors
/// 404 when there is no such project.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let id: ProjectId = frame::id(&id)?;
    let locale = visitor.locale();
    let (project, ..) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    let held = state.app.list_processes(id).await?;
    // Checks across contracts look at the whole region, where the same customers buy.
    let market = if held.is_empty() {
        akimat_app::contract::Market::default()
    } else {
        state.app.market(Some(project.place.region())).await?
    };
    let manage = permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place)).is_ok();
    let page_title = locale.f("contract-tab-title", &[("project", locale.text(&project.title).0.into())]);
    let processes = held
        .iter()
        .map(|one| {
            let others = market.beside(one);
            let mut view = view(&state, locale, one, &others);
            if manage {
                view.edit = format!("/admin/projects/{id}/contracts/{}", one.section.id);
            }
            view
        })
        .collect();
    frame::render(&TabPage {
        page: frame::page(&visitor, page_title, Some(MenuItem::Projects))
            .description(locale.t("contract-lead"))
            .invented(project.invented || held.iter().any(|one| one.process.invented)),
        nav: nav(&state, &visitor, &project, Tab::Contracts).await?,
        stats: stats(locale, &held),
        processes,
        work: if manage { format!("/admin/projects/{id}/contracts/new") } else { String::new() },
        obligations: if held.iter().any(|one| !one.process.obligations.is_empty()) {
            format!("/places/{}/obligations", project.place)
        } else {
            String::new()
        },
        open_data: if held.is_empty() {
            Vec::new()
        } else {
            vec![
                (format!("/api/v1/projects/{id}/contracts"), locale.t("contract-json").into_owned()),
                (format!("/api/v1/projects/{id}/ocds"), locale.t("contract-ocds").into_owned()),
                (format!("/api/v1/projects/{id}/oc4ids"), locale.t("contract-oc4ids").into_owned()),
            ]
        },
    })
}

fn stats(locale: &Locale, held: &[Held]) -> Vec<(String, String, String)> {
    let processes = || held.iter().map(|one| &one.process);
    if processes().all(|process| process.contracts.is_empty()) {
        return Vec::new();
    }
    let contracted = Money::checked_sum(processes().filter_map(Process::contracted));
    let paid = Money::checked_sum(processes().filter_map(Process::paid_in_all));
    let n = processes().map(|process| process.amendments.len()).sum::<usize>();
    let money = |amount: Option<Money>| {
        amount.map_or_else(|| locale.t("no-data-short").into_owned(), |amount| locale.money_short(amount))
    };
    vec![
        (locale.t("contract-contracted").into_owned(), money(contracted), String::new()),
        (locale.t("contract-paid").into_owned(), money(paid), String::new()),
        (locale.t("contract-amendments").into_owned(), n.to_string(), String::new()),
    ]
}

fn view(state: &WebState, locale: &Locale, held: &Held, others: &[&Process]) -> View {
    let process = &held.process;
    let today = state.app.today();
    let (name, title_lang) = title(locale, process);
    let stands = Stage::of(process, today);
    let found = flags(process, others, rules(), today);
    let saved = locale.f(
        "contract-saved",
        &[
            ("version", i64::from(held.section.version).into()),
            ("by", held.section.by_name.as_str().into()),
            ("when", locale.date_time(held.section.at, state.app.zone()).into()),
        ],
    );
    let sheets = [parties, lots, bids, contracts, amendments, payments, invoices, obligations, guarantees]
        .iter()
        .filter_map(|make| make(locale, process))
        .collect();
    View {
        id: held.section.id.to_string(),
        title: name.to_owned(),
        title_lang,
        stage: stage(locale, stands),
        tone: tone(stands),
        facts: facts(locale, process),
        description: process.description.clone(),
        sheets,
        terminated: process.contracts.iter().filter_map(|one| terminated(locale, one)).collect(),
        checked: outcome_sentence(locale, &found),
        flags: raised(locale, &found, today),
        saved,
        edit: String::new(),
    }
}

fn facts(locale: &Locale, process: &Process) -> Vec<(String, String)> {
    let word = |key: &str| locale.t(key).into_owned();
    let mut facts = vec![
        (word("contract-number"), process.number.clone()),
        (word("contract-method"), method(locale, process.method)),
        (word("contract-category"), locale.name("contract-category", process.category.code()).into_owned()),
        (
            format!("{}, {}", locale.t("contract-estimate"), process.currency),
            tenge_or_none(locale, process.estimate),
        ),
    ];
    let mut more = |key: &str, value: String| {
        if !value.is_empty() {
            facts.push((word(key), value));
        }
    };
    let day = |day: Option<Date>| day.map_or_else(String::new, |day| locale.date(day));
    more("contract-method-reason", process.method_reason.clone());
    if process.opens_on.is_none() {
        more("contract-planned-on", day(process.planned_on));
    }
    more("contract-opens-on", day(process.opens_on));
    more("contract-closes-on", day(process.closes_on));
    more("contract-ocid", process.ocid.clone());
    facts
}

fn terminated(locale: &Locale, contract: &Contract) -> Option<String> {
    let end = contract.termination.as_ref()?;
    Some(locale.f(
        "contract-terminated-said",
        &[
            ("number", contract.number.as_str().into()),
            ("on", locale.date(end.on).into()),
            ("reason", end.reason.as_str().into()),
        ],
    ))
}

fn party_name(process: &Process, id: &str) -> String {
    process.party(id).map_or_else(|| id.to_owned(), |party| party.name.clone())
}

fn contract_number(process: &Process, id: &str) -> String {
    process
        .contracts
        .iter()
        .find(|contract| contract.id == id)
        .map_or_else(|| id.to_owned(), |contract| contract.number.clone())
}

fn parties(locale: &Locale, process: &Process) -> Option<Sheet> {
    let heads = [
        Col::text("contract-party"),
        Col::text("contract-roles"),
        Col::text("contract-bin"),
        Col::text("contract-small"),
    ];
    let mut sheet = Sheet::new(locale, "contract-parties", &heads);
    for party in &process.parties {
        let roles: Vec<String> =
            party.roles.iter().map(|role| locale.name("contract-role", role.code()).into_owned()).collect();
        let small = match party.small {
            None => locale.t("no-data-short"),
            Some(true) => locale.t("contract-yes"),
            Some(false) => locale.t("contract-no"),
        };
        let bin =
            if party.bin.is_empty() { locale.t("no-data-short").into_owned() } else { party.bin.clone() };
        sheet.push([party.name.clone(), roles.join(", "), bin, small.into_owned()]);
    }
    filled(sheet)
}

fn filled(sheet: Sheet) -> Option<Sheet> {
    (!sheet.rows.is_empty()).then_some(sheet)
}

fn lots(locale: &Locale, process: &Process) -> Option<Sheet> {
    let mut sheet = Sheet::new(
        locale,
        "contract-lots",
        &[Col::text("contract-lot"), Col::number("contract-estimate-tenge")],
    );
    for lot in &process.lots {
        sheet.push([lot.title.clone(), tenge_or_none(locale, lot.estimate)]);
    }
    filled(sheet)
}

fn bids(locale: &Locale, process: &Process) -> Option<Sheet> {
    let heads = [
        Col::text("contract-bidder"),
        Col::text("contract-lot"),
        Col::number("contract-price-tenge"),
        Col::text("contract-admitted"),
        Col::text("contract-result"),
    ];
    let mut sheet = Sheet::new(locale, "contract-bids", &heads);
    for bid in &process.bids {
        let lot = process.lots.iter().find(|lot| lot.id == bid.lot).map(|lot| lot.title.clone());
        let admitted = match bid.admitted {
            None => locale.t("no-data-short").into_owned(),
            Some(true) => locale.t("contract-yes").into_owned(),
            Some(false) if bid.reason.is_empty() => locale.t("contract-no").into_owned(),
            Some(false) => format!("{}: {}", locale.t("contract-no"), bid.reason),
        };
        let won = process.awards.iter().any(|award| award.party == bid.party && award.lot == bid.lot);
        sheet.push([
            party_name(process, &bid.party),
            lot.unwrap_or_else(|| locale.t("no-data-short").into_owned()),
            tenge_or_none(locale, bid.amount),
            admitted,
            if won { locale.t("contract-won").into_owned() } else { locale.t("no-data-short").into_owned() },
        ]);
    }
    filled(sheet)
}

fn contracts(locale: &Locale, process: &Process) -> Option<Sheet> {
    let heads = [
        Col::text("contract-contract"),
        Col::text("contract-supplier"),
        Col::text("contract-signed"),
        Col::text("contract-ends"),
        Col::number("contract-amount-first"),
        Col::number("contract-amount-now"),
        Col::number("contract-paid-tenge"),
        Col::text("contract-ppp"),
    ];
    let mut sheet = Sheet::new(locale, "contract-contracts", &heads);
    for contract in &process.contracts {
        let kind = contract.ppp.map_or_else(
            || locale.t("no-data-short").into_owned(),
            |kind| locale.name("contract-ppp", kind.code()).into_owned(),
        );
        let supplier = process.supplier(contract);
        sheet.push([
            contract.number.clone(),
            supplier.map_or_else(|| locale.t("no-data-short").into_owned(), |party| party.name.clone()),
            day_or_none(locale, contract.signed_on),
            day_or_none(locale, process.current_end(contract)),
            with_vat(locale, contract),
            tenge(locale, process.current_amount(contract)),
            tenge_or_none(locale, process.paid(&contract.id)),
            kind,
        ]);
    }
    filled(sheet)
}

fn with_vat(locale: &Locale, contract: &Contract) -> String {
    let amount = tenge(locale, contract.amount);
    match contract.vat_bp {
        None => amount,
        Some(vat) => {
            let vat = share(locale, vat.into());
            locale.f("contract-with-vat", &[("amount", amount.into()), ("vat", vat.into())])
        }
    }
}

fn amendments(locale: &Locale, process: &Process) -> Option<Sheet> {
    let heads = [
        Col::text("contract-on"),
        Col::text("contract-contract"),
        Col::text("contract-document"),
        Col::number("contract-before"),
        Col::number("contract-after"),
        Col::number("contract-change"),
        Col::text("contract-end-moved"),
        Col::text("contract-reason"),
    ];
    let mut sheet = Sheet::new(locale, "contract-amendments-table", &heads);
    for one in &process.amendments {
        let none = || locale.t("no-data-short").into_owned();
        let (before, after) = one.amount.unzip();
        let change = one.amount.and_then(|(before, after)| {
            let more = i128::from(after.checked_sub(before)?.tiyn()) * 10_000;
            let bp = more.checked_div(before.tiyn().into())?;
            Some(share(locale, i64::try_from(bp).ok()?))
        });
        let moved = one.ends_on.map_or_else(none, |(from, to)| {
            locale.f(
                "contract-end-from-to",
                &[("from", locale.date_short(from).into()), ("to", locale.date_short(to).into())],
            )
        });
        sheet.push([
            locale.date_short(one.on),
            contract_number(process, &one.contract),
            one.document.clone(),
            tenge_or_none(locale, before),
            tenge_or_none(locale, after),
            change.unwrap_or_else(none),
            moved,
            one.reason.clone(),
        ]);
    }
    filled(sheet)
}

fn payments(locale: &Locale, process: &Process) -> Option<Sheet> {
    let heads = [
        Col::text("contract-on"),
        Col::text("contract-contract"),
        Col::number("contract-sum-tenge"),
        Col::text("contract-document"),
    ];
    let mut sheet = Sheet::new(locale, "contract-payments", &heads);
    for one in &process.payments {
        sheet.push([
            locale.date_short(one.on),
            contract_number(process, &one.contract),
            tenge(locale, one.amount),
            one.document.clone(),
        ]);
    }
    filled(sheet)
}

fn invoices(locale: &Locale, process: &Process) -> Option<Sheet> {
    let heads = [
        Col::text("contract-on"),
        Col::text("contract-contract"),
        Col::number("contract-sum-tenge"),
        Col::text("contract-document"),
        Col::text("contract-paid-on"),
    ];
    let mut sheet = Sheet::new(locale, "contract-invoices", &heads);
    for one in &process.invoices {
        let paid =
            process.payments.iter().filter(|payment| payment.invoice == one.id).map(|one| one.on).max();
        sheet.push([
            locale.date_short(one.on),
            contract_number(process, &one.contract),
            tenge(locale, one.amount),
            one.document.clone(),
            day_or_none(locale, paid),
        ]);
    }
    filled(sheet)
}

fn obligations(locale: &Locale, process: &Process) -> Option<Sheet> {
    let heads = [
        Col::text("contract-year"),
        Col::text("contract-for"),
        Col::number("contract-sum-tenge"),
        Col::text("contract-contract"),
    ];
    let mut sheet = Sheet::new(locale, "contract-obligations", &heads);
    for one in &process.obligations {
        sheet.push([
            one.year.to_string(),
            locale.name("contract-obligation", one.kind.code()).into_owned(),
            tenge(locale, one.amount),
            contract_number(process, &one.contract),
        ]);
    }
    filled(sheet)
}

fn guarantees(locale: &Locale, process: &Process) -> Option<Sheet> {
    let heads = [
        Col::text("contract-guarantee"),
        Col::number("contract-sum-tenge"),
        Col::text("contract-until"),
        Col::text("contract-contract"),
    ];
    let mut sheet = Sheet::new(locale, "contract-guarantees", &heads);
    for one in &process.guarantees {
        sheet.push([
            one.what.clone(),
            tenge(locale, one.amount),
            day_or_none(locale, one.until),
            contract_number(process, &one.contract),
        ]);
    }
    filled(sheet)
}
