//! `/procurement`: counts, sums, competition and survival of stages, and the published national figures as a check.

mod published;

use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use akimat_i18n::Locale;
use akimat_procurement::survival::{Curve, SPELLS_MIN, Spell, estimate};
use akimat_procurement::tally::{
    Dimension, Known, Row, tally, total, until_contract, until_termination, year,
};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::line::{Lines, Series, lines};
use akimat_web_kit::kit::chart::{Words, bar};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::contract::{Col, Sheet};
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Points of a curve that are drawn.
const POINTS: u32 = 24;

#[derive(Template)]
#[template(path = "public/contract/analytics.html")]
struct AnalyticsPage {
    page: Page,
    form: kit::Form,
    dimensions: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    years: Vec<(String, String)>,
    place_code: String,
    place_name: String,
    stats: Vec<(String, String, String)>,
    chart: Markup,
    sums: Markup,
    sheet: Sheet,
    competition: Sheet,
    curves: Vec<CurveView>,
    check: published::Check,
    downloads: Vec<(String, String)>,
}

struct CurveView {
    title: String,
    text: String,
    said: String,
    chart: Markup,
    sheet: Sheet,
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
    let dimension = Dimension::parse(asked.get("by")).unwrap_or(Dimension::Sector);
    let market = state.app.market(place).await?;
    let all: Vec<Known<'_>> = market.known().into_iter().map(|(_, known)| known).collect();
    let mut years: Vec<i16> = all.iter().filter_map(|known| year(known.process)).collect();
    years.sort_unstable();
    years.dedup();
    let chosen = chosen(&all, &asked);
    let regions: Vec<KatoCode> = all.iter().map(|known| known.place.region()).chain(place).collect();
    let places = place_names(&state, locale, regions).await?;
    let rows = tally(&chosen, dimension, today);
    let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    let key = |row: &Row| key_name(locale, dimension, &row.key, &places);
    let place_name = place.and_then(|code| places.get(&code).cloned()).unwrap_or_default();
    let title = if place_name.is_empty() {
        locale.t("procurement-title").into_owned()
    } else {
        locale.f("procurement-title-of", &[("place", place_name.as_str().into())])
    };
    frame::render(&AnalyticsPage {
        page: frame::page(&visitor, title, Some(MenuItem::Analysis))
            .description(locale.t("procurement-lead"))
            .invented(market.invented()),
        form: kit::Form::from_pairs(form_urlencoded::parse(query.as_bytes()).into_owned())
            .with("by", dimension.code()),
        dimensions: Dimension::ALL.iter().map(|one| named("contract-dimension", one.code())).collect(),
        kinds: ["procurement", "ppp"].map(|one| named("contract-kind", one)).into(),
        years: years.iter().rev().map(|year| (year.to_string(), year.to_string())).collect(),
        place_code: place.map_or_else(String::new, |code| code.to_string()),
        place_name,
        stats: stats(locale, &total(&chosen)),
        chart: counts(locale, &rows, &key),
        sums: sums(locale, &rows, &key),
        sheet: sheet(locale, &rows, &key),
        competition: competition(locale, &rows, &key),
        curves: curves(locale, &chosen, today),
        check: published::check(locale, &all, today),
        downloads: vec![("/api/v1/procurement".to_owned(), locale.t("contract-json").into_owned())],
    })
}

/// Partnerships or ordinary procurement, of one year, as the address asks.
fn chosen<'a>(all: &[Known<'a>], asked: &Form) -> Vec<Known<'a>> {
    let wanted_year: Option<i16> = asked.get("year").parse().ok();
    let ppp = match asked.get("kind") {
        "ppp" => Some(true),
        "procurement" => Some(false),
        _ => None,
    };
    let fits = |known: &&Known<'_>| {
        ppp.is_none_or(|ppp| known.process.is_ppp() == ppp)
            && wanted_year.is_none_or(|wanted| year(known.process) == Some(wanted))
    };
    all.iter().filter(fits).copied().collect()
}

fn key_name(locale: &Locale, dimension: Dimension, key: &str, places: &BTreeMap<KatoCode, String>) -> String {
    if key.is_empty() {
        return locale.t("not-known-yet").into_owned();
    }
    let prefix = match dimension {
        Dimension::Region => {
            let name = key.parse().ok().and_then(|code: KatoCode| places.get(&code).cloned());
            return name.unwrap_or_else(|| key.to_owned());
        }
        Dimension::Year => return key.to_owned(),
        Dimension::Sector => "sector",
        Dimension::Kind => "kind",
        Dimension::Level => "project-level",
        Dimension::Stage => "contract-stage",
        Dimension::Method => "contract-method",
    };
    locale.name(prefix, key).into_owned()
}

fn ratio(locale: &Locale, part: usize, whole: usize, decimals: u32) -> Option<String> {
    let ratio = Ratio::new(i128::try_from(part).ok()?, i128::try_from(whole).ok()?)?;
    Some(locale.decimal(&ratio.to_decimal(decimals)?))
}

fn percent(locale: &Locale, part: usize, whole: usize) -> Option<String> {
    let ratio = Ratio::new(i128::try_from(part).ok()?, i128::try_from(whole).ok()?)?;
    Some(locale.percent(&ratio.percent(0)?))
}

fn or_none(locale: &Locale, text: Option<String>) -> String {
    text.unwrap_or_else(|| locale.t("no-data-short").into_owned())
}

fn stats(locale: &Locale, whole: &Row) -> Vec<(String, String, String)> {
    let money = |amount: Option<Money>| or_none(locale, amount.map(|amount| locale.money_short(amount)));
    let known = i64::try_from(whole.n_size_known).unwrap_or(i64::MAX);
    let of_known = locale.f("procurement-of-known", &[("n", known.into())]);
    let word = |key: &str| locale.t(key).into_owned();
    vec![
        (word("contract-n-processes"), whole.n.to_string(), String::new()),
        (word("contract-contracted"), money(whole.contracted), String::new()),
        (word("contract-paid"), money(whole.paid), String::new()),
        (
            word("procurement-bids-each"),
            or_none(locale, ratio(locale, whole.n_bids, whole.n_bidding, 1)),
            String::new(),
        ),
        (
            word("procurement-single"),
            or_none(locale, percent(locale, whole.n_single, whole.n_bidding)),
            String::new(),
        ),
        (
            word("procurement-small"),
            or_none(locale, percent(locale, whole.n_small, whole.n_size_known)),
            of_known,
        ),
    ]
}

fn counts(locale: &Locale, rows: &[Row], key: &dyn Fn(&Row) -> String) -> Markup {
    let bar =
        |row: &Row| bar::Bar::new(key(row), u32::try_from(row.n).ok().map(f64::from), row.n.to_string());
    let bars: Vec<bar::Bar> = rows.iter().map(bar).collect();
    bar::bars(&Words::new("counts", locale.t("contract-n-processes"), String::new()), &bars)
}

fn sums(locale: &Locale, rows: &[Row], key: &dyn Fn(&Row) -> String) -> Markup {
    let bar = |row: &Row| {
        let size = row.contracted.and_then(|sum| sum.to_decimal(MoneyUnit::MillionTenge, 0).parse().ok());
        let text = or_none(locale, row.contracted.map(|sum| locale.money_short(sum)));
        bar::Bar::new(key(row), size, text)
    };
    let bars: Vec<bar::Bar> = rows.iter().map(bar).collect();
    bar::bars(&Words::new("sums", locale.t("contract-contracted"), String::new()), &bars)
}

fn sheet(locale: &Locale, rows: &[Row], key: &dyn Fn(&Row) -> String) -> Sheet {
    let heads = [
        Col::text("procurement-by"),
        Col::number("contract-n-processes"),
        Col::number("contract-n-contracts"),
        Col::number("procurement-contracted-million"),
        Col::number("procurement-paid-million"),
    ];
    let mut sheet = Sheet::new(locale, "procurement-table", &heads);
    let million = |amount: Option<Money>| {
        or_none(locale, amount.map(|amount| locale.amount(amount, MoneyUnit::MillionTenge, 1)))
    };
    for row in rows {
        sheet.push([
            key(row),
            row.n.to_string(),
            row.n_contracts.to_string(),
            million(row.contracted),
            million(row.paid),
        ]);
    }
    sheet
}

fn competition(locale: &Locale, rows: &[Row], key: &dyn Fn(&Row) -> String) -> Sheet {
    let heads = [
        Col::text("procurement-by"),
        Col::number("procurement-bidding"),
        Col::number("procurement-bids-each"),
        Col::number("procurement-single"),
        Col::number("contract-amendments"),
        Col::number("procurement-small"),
        Col::number("procurement-size-known"),
    ];
    let mut sheet = Sheet::new(locale, "procurement-competition", &heads);
    for row in rows {
        sheet.push([
            key(row),
            row.n_bidding.to_string(),
            or_none(locale, ratio(locale, row.n_bids, row.n_bidding, 1)),
            or_none(locale, percent(locale, row.n_single, row.n_bidding)),
            row.n_amendments.to_string(),
            or_none(locale, percent(locale, row.n_small, row.n_size_known)),
            row.n_size_known.to_string(),
        ]);
    }
    sheet
}

type Stop = fn(&akimat_procurement::Process, Date) -> Option<Spell>;

fn curves(locale: &Locale, all: &[Known<'_>], today: Date) -> Vec<CurveView> {
    let kinds: [(&str, Stop); 2] = [("contract", until_contract), ("termination", until_termination)];
    kinds
        .into_iter()
        .map(|(name, stop)| {
            let spells: Vec<Spell> = all.iter().filter_map(|known| stop(known.process, today)).collect();
            curve(locale, name, &estimate(&spells))
        })
        .collect()
}

fn curve(locale: &Locale, name: &str, found: &Result<Curve, usize>) -> CurveView {
    let title = locale.name("procurement-survival", name).into_owned();
    let text = locale.name("procurement-survival-text", name).into_owned();
    let heads = [
        Col::text("procurement-days"),
        Col::number("procurement-at-risk"),
        Col::number("procurement-ended"),
        Col::number("procurement-share-left"),
        Col::number("procurement-interval"),
    ];
    let mut sheet = Sheet::new(locale, "procurement-survival-table", &heads);
    sheet.caption = format!("{}: {}", title, sheet.caption);
    match found {
        Err(n) => {
            let (n, least) = (n.to_string(), SPELLS_MIN.to_string());
            let args = [("n", n.as_str().into()), ("least", least.as_str().into())];
            let said = locale.f("procurement-survival-few", &args);
            CurveView { title, text, said, chart: Markup::default(), sheet }
        }
        Ok(curve) => {
            for step in &curve.steps {
                let pct = |share: f64| locale.percent(&format!("{:.0}", share * 100.0));
                sheet.push([
                    step.days.to_string(),
                    step.at_risk.to_string(),
                    step.ended.to_string(),
                    pct(step.share),
                    format!("{}–{}", pct(step.low), pct(step.high)),
                ]);
            }
            let (n, censored) = (curve.n.to_string(), curve.n_censored.to_string());
            let median = curve.median.map(|days| days.to_string());
            let args = [
                ("n", n.as_str().into()),
                ("censored", censored.as_str().into()),
                ("median", median.as_deref().unwrap_or_default().into()),
            ];
            let key =
                if median.is_some() { "procurement-survival-said" } else { "procurement-survival-no-median" };
            let chart = draw(locale, (name, &title), curve);
            CurveView { said: locale.f(key, &args), title, text, chart, sheet }
        }
    }
}

/// The steps at evenly spaced days.
fn draw(locale: &Locale, (name, title): (&str, &str), curve: &Curve) -> Markup {
    let Some(last) = curve.steps.last() else { return Markup::default() };
    let gap = last.days.div_ceil(POINTS).max(1);
    let days: Vec<u32> = (0..=last.days.div_ceil(gap)).map(|at| at * gap).collect();
    let at = |day: u32, pick: fn(&akimat_procurement::survival::Step) -> f64| {
        let step = curve.steps.iter().rev().find(|step| step.days <= day);
        Some(step.map_or(100.0, |step| pick(step) * 100.0))
    };
    let series = |key: &str, pick: fn(&akimat_procurement::survival::Step) -> f64| Series {
        label: locale.t(key).into_owned(),
        points: days.iter().map(|day| at(*day, pick)).collect(),
    };
    let data = Lines {
        periods: days.iter().map(u32::to_string).collect(),
        unit: locale.t("procurement-survival-unit").into_owned(),
        series: vec![
            series("procurement-share-left", |step| step.share),
            series("procurement-low", |step| step.low),
            series("procurement-high", |step| step.high),
        ],
    };
    let words = Words::new(format!("survival-{name}"), title, locale.t("procurement-days-axis"));
    lines(&words, &data, &|value| locale.decimal(&format!("{value:.0}")))
}
