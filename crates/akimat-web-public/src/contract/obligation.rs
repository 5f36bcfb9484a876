//! `/places/{code}/obligations`: what a territory has promised under partnerships, year by year, against its limits.

use akimat_app::contract::{Market, limits};
use akimat_core::{KatoCode, Money};
use akimat_i18n::Locale;
use akimat_procurement::ObligationKind;
use akimat_procurement::obligation::Year;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::columns::{Columns, columns};
use akimat_web_kit::kit::chart::line::Series;
use akimat_web_kit::kit::chart::{Words, stack};
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::contract::{Col, Sheet, day_or_none, tenge, tenge_or_none, title};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};

#[derive(Template)]
#[template(path = "public/contract/obligation.html")]
struct ObligationPage {
    page: Page,
    place: frame::PlaceLink,
    exceeded: Vec<String>,
    nothing_over: bool,
    limit_known: bool,
    chart: Markup,
    kinds: Markup,
    sheet: Sheet,
    contracts: Sheet,
    basis: Vec<(String, String, bool)>,
    act: (String, String, bool),
    json: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
) -> Answer {
    let code: KatoCode = frame::id(&code)?;
    let locale = visitor.locale();
    let found = state.app.read().find_place(code, state.app.today()).await?;
    let place = found.ok_or_else(Failure::not_found)?;
    let name = place.name.get(visitor.lang).to_owned();
    let market = state.app.market(Some(code)).await?;
    let years = state.app.obligations(code, &market)?;
    let limit_known = years.iter().any(|year| year.limit.is_some());
    let exceeded: Vec<String> = years.iter().filter_map(|year| over(locale, year)).collect();
    let act = &limits().act;
    frame::render(&ObligationPage {
        page: frame::page(
            &visitor,
            locale.f("obligation-title", &[("place", name.as_str().into())]),
            Some(MenuItem::Analysis),
        )
        .description(locale.t("obligation-lead"))
        .invented(place.invented),
        place: frame::PlaceLink { name, path: frame::place_path(code) },
        nothing_over: limit_known && exceeded.is_empty(),
        exceeded,
        limit_known,
        chart: chart(locale, &years),
        kinds: kinds(locale, &years),
        sheet: sheet(locale, &years),
        contracts: contracts(locale, &market),
        basis: basis(code),
        act: (act.title.clone(), act.url.clone(), act.verified),
        json: format!("/api/v1/places/{code}/obligations"),
    })
}

fn over(locale: &Locale, year: &Year) -> Option<String> {
    let over = year.over?;
    let used = year.used()?.percent(0)?;
    let year = year.year.to_string();
    Some(locale.f(
        "obligation-over",
        &[
            ("year", year.as_str().into()),
            ("over", locale.money_short(over).into()),
            ("used", locale.percent(&used).into()),
        ],
    ))
}

fn million(amount: Money) -> Option<f64> {
    amount.to_decimal(akimat_core::MoneyUnit::MillionTenge, 0).parse().ok()
}

fn chart(locale: &Locale, years: &[Year]) -> Markup {
    let series = |key: &str, points: Vec<Option<f64>>| Series { label: locale.t(key).into_owned(), points };
    let data = Columns {
        periods: years.iter().map(|year| year.year.to_string()).collect(),
        unit: locale.t("unit-million-tenge").into_owned(),
        plan: None,
        fact: Some(series("obligation-due", years.iter().map(|year| million(year.due)).collect())),
        former: Some(series(
            "obligation-limit",
            years.iter().map(|year| year.limit.and_then(million)).collect(),
        )),
    };
    let words = Words::new("due", locale.t("obligation-chart"), locale.t("obligation-chart-text"));
    columns(&words, &data, &|value| locale.decimal(&format!("{value:.0}")))
}

fn kinds(locale: &Locale, years: &[Year]) -> Markup {
    let sum = |kind: ObligationKind| {
        let of = years.iter().flat_map(|year| &year.by_kind).filter(|(one, _)| *one == kind);
        Money::checked_sum(of.map(|(_, amount)| *amount))
    };
    let parts: Vec<stack::Part> = ObligationKind::ALL
        .iter()
        .filter_map(|kind| {
            let amount = sum(*kind).filter(|amount| amount.tiyn() > 0)?;
            let name = locale.name("contract-obligation", kind.code());
            Some(stack::Part::new(format!("{name}: {}", locale.money_short(amount)), million(amount)?))
        })
        .collect();
    let words = Words::new("kinds", locale.t("obligation-kinds"), String::new());
    stack::stack(&words, &parts)
}

fn sheet(locale: &Locale, years: &[Year]) -> Sheet {
    let heads = [
        Col::text("contract-year"),
        Col::number("obligation-due-tenge"),
        Col::number("obligation-limit-tenge"),
        Col::number("obligation-used"),
        Col::number("obligation-over-tenge"),
    ];
    let mut sheet = Sheet::new(locale, "obligation-chart", &heads);
    for year in years {
        let used = year.used().and_then(|used| used.percent(1)).map(|used| locale.percent(&used));
        sheet.push([
            year.year.to_string(),
            tenge(locale, year.due),
            tenge_or_none(locale, year.limit),
            used.unwrap_or_else(|| locale.t("no-data-short").into_owned()),
            tenge_or_none(locale, year.over),
        ]);
    }
    sheet
}

fn contracts(locale: &Locale, market: &Market) -> Sheet {
    let heads = [
        Col::text("contract-contract"),
        Col::text("contract-ppp"),
        Col::text("contract-signed"),
        Col::text("contract-ends"),
        Col::number("contract-promised"),
        Col::number("contract-paid-tenge"),
        Col::number("obligation-done"),
    ];
    let mut sheet = Sheet::new(locale, "obligation-contracts", &heads);
    for held in &market.held {
        let process = &held.process;
        for contract in process.contracts.iter().filter(|contract| contract.ppp.is_some()) {
            let paid = process.paid(&contract.id);
            let done = paid.zip(contract.promised).and_then(|(paid, promised)| {
                akimat_core::Ratio::of(paid, promised)?.percent(1).map(|text| locale.percent(&text))
            });
            let kind = contract
                .ppp
                .map_or_else(String::new, |kind| locale.name("contract-ppp", kind.code()).into_owned());
            sheet.push_linked(
                format!("/projects/{}/contracts#c-{}", held.section.project, held.section.id),
                [
                    format!("{}, {}", title(locale, process).0, contract.number),
                    kind,
                    day_or_none(locale, contract.signed_on),
                    day_or_none(locale, process.current_end(contract)),
                    tenge_or_none(locale, contract.promised),
                    tenge_or_none(locale, paid),
                    done.unwrap_or_else(|| locale.t("no-data-short").into_owned()),
                ],
            );
        }
    }
    sheet
}

/// Decisions behind the limits: words, where they can be read, whether they were compared.
fn basis(code: KatoCode) -> Vec<(String, String, bool)> {
    let code = code.to_string();
    let mut found: Vec<(String, String, bool)> = limits()
        .limits
        .iter()
        .filter(|limit| limit.place == code)
        .map(|limit| (limit.basis.clone(), limit.source.clone(), limit.verified))
        .collect();
    found.dedup();
    found
}
