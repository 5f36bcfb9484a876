//! `/contracts`: every contract on record, found by words, territory, kind, stage and year; also as a file.

use akimat_app::contract::{Held, Market};
use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use akimat_i18n::Locale;
use akimat_interop::table_export::{Cell, Table};
use akimat_procurement::tally::Stage;
use akimat_procurement::{Contract, Party, Role};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{Words, bar};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::contract::{Col, Sheet, day_or_none, stage, tenge, title};
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Contracts on a page.
const ROWS_MAX: usize = 40;
/// Suppliers in the table of suppliers.
const SUPPLIERS_MAX: usize = 15;

#[derive(Template)]
#[template(path = "public/contract/register.html")]
struct RegisterPage {
    page: Page,
    form: kit::Form,
    stages: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    years: Vec<(String, String)>,
    sorts: Vec<(String, String)>,
    place_code: String,
    place_name: String,
    found: String,
    stats: Vec<(String, String, String)>,
    sheet: Sheet,
    previous: String,
    next: String,
    suppliers: Sheet,
    chart: Markup,
    downloads: Vec<(String, String, String)>,
}

/// In which order contracts stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Signed,
    Amount,
    Ends,
    Grown,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Signed, Self::Amount, Self::Ends, Self::Grown];

    const fn code(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Amount => "amount",
            Self::Ends => "ends",
            Self::Grown => "grown",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Signed => "contract-register-sort-signed",
            Self::Amount => "contract-register-sort-amount",
            Self::Ends => "contract-register-sort-ends",
            Self::Grown => "contract-register-sort-grown",
        }
    }
}

/// One contract with everything that its row needs.
struct Entry<'a> {
    held: &'a Held,
    contract: &'a Contract,
    supplier: Option<&'a Party>,
    amount: Money,
    paid: Option<Money>,
    end: Option<Date>,
    stage: Stage,
    place: KatoCode,
    number: &'a str,
}

impl Entry<'_> {
    fn buyer(&self) -> &str {
        self.held.process.with_role(Role::Buyer).map_or("", |party| party.name.as_str())
    }

    fn supplier(&self) -> &str {
        self.supplier.map_or("", |party| party.name.as_str())
    }

    fn n_amendments(&self) -> usize {
        self.held.process.amendments.iter().filter(|one| one.contract == self.contract.id).count()
    }

    /// Hundredths of a per cent that amendments added to the sum when signed.
    fn growth_bp(&self) -> i128 {
        let more = i128::from(self.amount.tiyn()) - i128::from(self.contract.amount.tiyn());
        (more * 10_000).checked_div(self.contract.amount.tiyn().into()).unwrap_or(0)
    }

    fn says(&self, words: &str) -> bool {
        let process = &self.held.process;
        let titles = akimat_core::Lang::ALL.map(|lang| process.title.exact(lang));
        let own = [
            &self.contract.number,
            &process.number,
            &process.ocid,
            self.number,
            self.buyer(),
            self.supplier(),
        ];
        let bins = process.parties.iter().map(|party| party.bin.as_str());
        let mut all = titles.into_iter().chain(own).chain(bins);
        all.any(|text| text.to_lowercase().contains(words))
    }
}

fn entries(market: &Market, today: Date) -> Vec<Entry<'_>> {
    let mut all = Vec::new();
    for held in &market.held {
        let Some(project) = market.projects.get(&held.section.project) else { continue };
        for contract in &held.process.contracts {
            all.push(Entry {
                held,
                contract,
                supplier: held.process.supplier(contract),
                amount: held.process.current_amount(contract),
                paid: held.process.paid(&contract.id),
                end: held.process.current_end(contract),
                stage: Stage::of(&held.process, today),
                place: project.place,
                number: &project.number,
            });
        }
    }
    all
}

/// What the address asks for, in the order it asks for. Unknown values are left out.
fn chosen<'a>(mut all: Vec<Entry<'a>>, asked: &Form) -> Vec<Entry<'a>> {
    let words = asked.get("q").to_lowercase();
    let wanted = Stage::parse(asked.get("stage"));
    let year: Option<i16> = asked.get("year").parse().ok();
    all.retain(|one| {
        wanted.is_none_or(|stage| one.stage == stage)
            && year.is_none_or(|year| one.contract.signed_on.is_some_and(|day| day.year() == year))
            && match asked.get("kind") {
                "ppp" => one.contract.ppp.is_some(),
                "procurement" => one.contract.ppp.is_none(),
                _ => true,
            }
            && (words.is_empty() || one.says(&words))
    });
    let tie = |one: &Entry<'_>| (one.held.section.id, one.contract.id.clone());
    match Sort::ALL.into_iter().find(|sort| sort.code() == asked.get("sort")).unwrap_or(Sort::Signed) {
        Sort::Signed => all.sort_by_key(|one| (Reverse(one.contract.signed_on), tie(one))),
        Sort::Amount => all.sort_by_key(|one| (Reverse(one.amount), tie(one))),
        Sort::Ends => {
            all.sort_by_key(|one| (one.stage != Stage::Contract, one.end.is_none(), one.end, tie(one)));
        }
        Sort::Grown => all.sort_by_key(|one| (Reverse(one.growth_bp()), tie(one))),
    }
    all
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let (locale, today) = (visitor.locale(), state.app.today());
    let query = query.unwrap_or_default();
    let asked = Form::parse(query.as_bytes());
    let place: Option<KatoCode> = asked.get("place").parse().ok();
    let market = state.app.market(place).await?;
    let all = entries(&market, today);
    let mut years: Vec<i16> = all.iter().filter_map(|one| Some(one.contract.signed_on?.year())).collect();
    years.sort_unstable();
    years.dedup();
    let found = chosen(all, &asked);
    let last = found.len().saturating_sub(1) / ROWS_MAX + 1;
    let at = asked.get("page").parse::<usize>().unwrap_or(1).clamp(1, last);
    let rows = &found[(at - 1) * ROWS_MAX..found.len().min(at * ROWS_MAX)];
    let places = place_names(&state, locale, rows.iter().map(|one| one.place).chain(place)).await?;
    let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    let to = |page: usize| visitor.to(&format!("/contracts?{}", with_page(&query, page)));
    let suppliers = suppliers(&found);
    let n = i64::try_from(found.len()).unwrap_or(i64::MAX);
    frame::render(&RegisterPage {
        page: frame::page(&visitor, locale.t("contract-register-title"), Some(MenuItem::Projects))
            .description(locale.t("contract-register-lead"))
            .invented(market.invented()),
        form: kit::Form::from_pairs(form_urlencoded::parse(query.as_bytes()).into_owned()),
        stages: [Stage::Contract, Stage::Ended, Stage::Terminated]
            .map(|one| named("contract-stage", one.code()))
            .into(),
        kinds: ["procurement", "ppp"].map(|one| named("contract-kind", one)).into(),
        years: years.iter().rev().map(|year| (year.to_string(), year.to_string())).collect(),
        sorts: Sort::ALL.map(|one| (one.code().to_owned(), locale.t(one.key()).into_owned())).into(),
        place_code: place.map_or_else(String::new, |code| code.to_string()),
        place_name: place.and_then(|code| places.get(&code).cloned()).unwrap_or_default(),
        found: locale.f("contract-register-found", &[("n", n.into())]),
        stats: stats(locale, &found),
        sheet: sheet(locale, rows, &places),
        previous: if at > 1 { to(at - 1) } else { String::new() },
        next: if at < last { to(at + 1) } else { String::new() },
        chart: chart(locale, &suppliers),
        suppliers: supplier_sheet(locale, &suppliers, &found),
        downloads: akimat_web_kit::download::links(&visitor, "/contracts/download", &with_page(&query, 0)),
    })
}

/// The query without empty fields and with another page; 0 leaves the page out.
fn with_page(query: &str, page: usize) -> String {
    let pairs = form_urlencoded::parse(query.as_bytes());
    let mut kept = form_urlencoded::Serializer::new(String::new());
    kept.extend_pairs(pairs.filter(|(name, value)| name != "page" && !value.is_empty()));
    if page > 1 {
        kept.append_pair("page", &page.to_string());
    }
    kept.finish()
}

fn whole(found: &[Entry<'_>], pick: fn(&Entry<'_>) -> Option<Money>) -> Option<Money> {
    Money::checked_sum(found.iter().map(pick).collect::<Option<Vec<Money>>>()?)
}

fn stats(locale: &Locale, found: &[Entry<'_>]) -> Vec<(String, String, String)> {
    let money = |amount: Option<Money>| {
        amount.map_or_else(|| locale.t("no-data-short").into_owned(), |amount| locale.money_short(amount))
    };
    let word = |key: &str| locale.t(key).into_owned();
    vec![
        (word("contract-n-contracts"), found.len().to_string(), String::new()),
        (word("contract-contracted"), money(whole(found, |one| Some(one.amount))), String::new()),
        (word("contract-paid"), money(whole(found, |one| one.paid)), String::new()),
    ]
}

fn percent(locale: &Locale, part: Option<Money>, whole: Money) -> String {
    let share = part.and_then(|part| Ratio::of(part, whole)?.percent(0));
    share.map_or_else(|| locale.t("no-data-short").into_owned(), |share| locale.percent(&share))
}

fn sheet(locale: &Locale, rows: &[Entry<'_>], places: &BTreeMap<KatoCode, String>) -> Sheet {
    let heads = [
        Col::text("contract-contract"),
        Col::text("contract-supplier"),
        Col::text("contract-register-term"),
        Col::number("contract-amount-now"),
        Col::number("contract-register-paid-share"),
        Col::number("contract-amendments"),
        Col::text("contract-stage-head"),
    ];
    let mut sheet = Sheet::new(locale, "contract-register-table", &heads);
    let known =
        |text: &str| if text.is_empty() { locale.t("no-data-short").into_owned() } else { text.to_owned() };
    for one in rows {
        let place = places.get(&one.place).cloned().unwrap_or_else(|| one.place.to_string());
        let state = match one.contract.ppp {
            None => stage(locale, one.stage),
            Some(kind) => {
                format!("{}, {}", stage(locale, one.stage), locale.name("contract-ppp", kind.code()))
            }
        };
        // Under a partnership the state pays its promise, not the sum invested.
        let of = one.contract.promised.filter(|_| one.contract.ppp.is_some()).unwrap_or(one.amount);
        sheet.push_linked(
            format!("/projects/{}/contracts#c-{}", one.held.section.project, one.held.section.id),
            [
                format!("{}, № {} ({place})", title(locale, &one.held.process).0, one.contract.number),
                known(one.supplier()),
                format!("{} – {}", day_or_none(locale, one.contract.signed_on), day_or_none(locale, one.end)),
                tenge(locale, one.amount),
                percent(locale, one.paid, of),
                one.n_amendments().to_string(),
                state,
            ],
        );
    }
    sheet
}

/// A supplier with what it has: contracts, sum, customers.
struct Supplier {
    name: String,
    n: usize,
    sum: Money,
    buyers: Vec<String>,
}

/// Suppliers by the sum of their contracts, the largest first.
fn suppliers(found: &[Entry<'_>]) -> Vec<Supplier> {
    let mut all: BTreeMap<&str, Supplier> = BTreeMap::new();
    for one in found.iter().filter(|one| !one.supplier().is_empty()) {
        let bin = one.supplier.map_or("", |party| party.bin.as_str());
        let key = if bin.is_empty() { one.supplier() } else { bin };
        let own = all.entry(key).or_insert_with(|| Supplier {
            name: one.supplier().to_owned(),
            n: 0,
            sum: Money::ZERO,
            buyers: Vec::new(),
        });
        own.n += 1;
        own.sum = own.sum.checked_add(one.amount).unwrap_or(own.sum);
        if !own.buyers.iter().any(|buyer| buyer == one.buyer()) {
            own.buyers.push(one.buyer().to_owned());
        }
    }
    let mut list: Vec<Supplier> = all.into_values().collect();
    list.sort_by(|a, b| (b.sum, &a.name).cmp(&(a.sum, &b.name)));
    list.truncate(SUPPLIERS_MAX);
    list
}

fn supplier_sheet(locale: &Locale, suppliers: &[Supplier], found: &[Entry<'_>]) -> Sheet {
    let heads = [
        Col::text("contract-supplier"),
        Col::number("contract-n-contracts"),
        Col::number("contract-amount-now"),
        Col::number("contract-register-share"),
        Col::number("contract-register-buyers"),
    ];
    let mut sheet = Sheet::new(locale, "contract-register-suppliers", &heads);
    let all = whole(found, |one| Some(one.amount));
    for one in suppliers {
        sheet.push([
            one.name.clone(),
            one.n.to_string(),
            tenge(locale, one.sum),
            all.map_or_else(
                || locale.t("no-data-short").into_owned(),
                |all| percent(locale, Some(one.sum), all),
            ),
            one.buyers.len().to_string(),
        ]);
    }
    sheet
}

fn chart(locale: &Locale, suppliers: &[Supplier]) -> Markup {
    let bar = |one: &Supplier| {
        let size = one.sum.to_decimal(MoneyUnit::MillionTenge, 0).parse().ok();
        bar::Bar::new(one.name.clone(), size, locale.money_short(one.sum))
    };
    let bars: Vec<bar::Bar> = suppliers.iter().map(bar).collect();
    let words = Words::new("suppliers", locale.t("contract-register-suppliers"), String::new());
    bar::bars(&words, &bars)
}

/// The contracts as a file.
///
/// # Errors
/// 404 for an unknown format, or when the database fails.
pub async fn download(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, format)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let market = state.app.market(asked.get("place").parse().ok()).await?;
    let found = chosen(entries(&market, state.app.today()), &asked);
    let headers = [
        "project-number",
        "place-code",
        "contract-contract",
        "contract-form-name",
        "contract-supplier",
        "contract-bin",
        "contract-role-buyer",
        "contract-method",
        "contract-signed",
        "contract-ends",
        "contract-amount-first",
        "contract-amount-now",
        "contract-paid-tenge",
        "contract-amendments",
        "contract-stage-head",
        "contract-ppp",
        "contract-promised",
    ];
    let headers = headers.map(|key| locale.t(key).into_owned()).into();
    let rows = found.iter().map(|one| cells(locale, one)).collect();
    let name = locale.t("contract-register-title").into_owned();
    akimat_web_kit::download::table("contracts", &format, &Table { title: name, headers, rows })
}

fn cells(locale: &Locale, one: &Entry<'_>) -> Vec<Cell> {
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let day = |day: Option<Date>| day.map_or(Cell::Empty, |day| Cell::Text(day.to_string()));
    let money = |amount: Option<Money>| {
        amount.map_or(Cell::Empty, |amount| Cell::Number(amount.to_decimal(MoneyUnit::Tenge, 0)))
    };
    let process = &one.held.process;
    vec![
        text(one.number),
        text(&one.place.to_string()),
        text(&one.contract.number),
        text(process.title.get(locale.lang())),
        text(one.supplier()),
        text(one.supplier.map_or("", |party| party.bin.as_str())),
        text(one.buyer()),
        text(&akimat_web_kit::view::contract::method(locale, process.method)),
        day(one.contract.signed_on),
        day(one.end),
        money(Some(one.contract.amount)),
        money(Some(one.amount)),
        money(one.paid),
        Cell::Number(one.n_amendments().to_string()),
        text(&stage(locale, one.stage)),
        one.contract.ppp.map_or(Cell::Empty, |kind| text(&locale.name("contract-ppp", kind.code()))),
        money(one.contract.promised),
    ]
}
