//! `/analysis/inequality`: how unequal units are, before and after transfers.

use akimat_app::inequality::{InequalityQuestion, InequalityStudy, Measure, UnitFigures};
use akimat_budget::refusal::Refusal;
use akimat_core::{KatoCode, Money, Ratio};
use akimat_i18n::Locale;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::scale::Steps;
use akimat_web_kit::kit::chart::{Curve, LorenzKey, Tile, Words, lorenz, tile_map};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::refusal::refusal_text;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use std::collections::BTreeMap;

/// Units in the table; the rest is in the API.
const ROWS_MAX: usize = 120;

#[derive(Template)]
#[template(path = "public/analysis/inequality.html")]
struct InequalityPage {
    page: Page,
    form: kit::Form,
    years: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    under: Vec<(String, String)>,
    empty: bool,
    stage: String,
    counted: String,
    stats: Vec<(String, String, String)>,
    refused: Vec<String>,
    equalised: String,
    lorenz: Markup,
    measures: Vec<MeasureRow>,
    groups: Vec<[String; 6]>,
    map: Markup,
    rows: Vec<UnitRow>,
    more: String,
    api: String,
}

struct MeasureRow {
    name: String,
    cells: [String; 6],
}

struct UnitRow {
    path: String,
    name: String,
    cells: [String; 5],
}

/// The page.
///
/// # Errors
/// When the database fails.
pub async fn inequality(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let level = asked.get("level").parse::<u8>().ok().filter(|level| (2..=4).contains(level)).unwrap_or(3);
    let under: Option<KatoCode> = asked.get("under").parse().ok();
    let years = state.app.years_of_units(under, level).await?;
    let year = asked.get("year").parse().ok().filter(|year| years.contains(year));
    let year = year.or_else(|| years.last().copied()).unwrap_or_else(|| state.app.today().year());
    let study = state.app.inequality(InequalityQuestion { year, level, under }).await?;
    let names = names(&state, &visitor, &study).await?;
    let form = kit::Form::new()
        .with("year", year.to_string())
        .with("level", level.to_string())
        .with("under", under.map_or_else(String::new, |code| code.to_string()));
    let title = locale.f("inequality-title", &[("year", year.into())]);
    let empty = study.units.is_empty();
    frame::render(&InequalityPage {
        page: frame::page(&visitor, title, Some(MenuItem::Analysis))
            .description(locale.t("inequality-lead"))
            .invented(study.invented),
        form,
        years: years.iter().rev().map(|year| (year.to_string(), year.to_string())).collect(),
        levels: ["2", "3", "4"]
            .map(|level| (level.to_owned(), locale.name("budget-level", level).into_owned()))
            .into(),
        under: choices(&state, &visitor, under).await?,
        empty,
        stage: locale.name("budget-stage", study.stage.code()).into_owned(),
        counted: locale
            .f("inequality-counted", &[("n", study.n_counted.into()), ("all", study.units.len().into())]),
        stats: if empty { Vec::new() } else { stats(locale, &study) },
        refused: if empty { Vec::new() } else { refused(locale, &study, &names) },
        equalised: equalised(locale, &study),
        lorenz: curve(locale, &study),
        measures: measures(locale, &study),
        groups: groups(locale, &study, &names),
        map: map(&visitor, &study, &names),
        rows: rows(locale, &study, &names),
        more: if study.units.len() > ROWS_MAX {
            locale.f("inequality-more", &[("n", (study.units.len() - ROWS_MAX).into())])
        } else {
            String::new()
        },
        api: format!(
            "/api/v1/inequality?year={year}&level={level}{}",
            under.map_or_else(String::new, |code| format!("&under={code}"))
        ),
    })
}

/// Names of every territory on the page.
async fn names(
    state: &WebState,
    visitor: &Visitor,
    study: &InequalityStudy,
) -> Answer<BTreeMap<KatoCode, String>> {
    let mut codes: Vec<KatoCode> = study.units.iter().flat_map(|unit| [unit.place, unit.group]).collect();
    codes.sort_unstable();
    codes.dedup();
    let places = state.app.read().list_places_by_code(&codes, state.app.today()).await?;
    Ok(places.into_iter().map(|place| (place.code, place.name.get(visitor.lang).to_owned())).collect())
}

/// The country and its top-level units, and the chosen territory.
async fn choices(
    state: &WebState,
    visitor: &Visitor,
    under: Option<KatoCode>,
) -> Answer<Vec<(String, String)>> {
    let locale = visitor.locale();
    let today = state.app.today();
    let mut tops = state.app.read().list_child_places(None, today).await?;
    tops.sort_by(|a, b| locale.compare(a.name.get(visitor.lang), b.name.get(visitor.lang)));
    if let Some(code) = under.filter(|code| !tops.iter().any(|place| place.code == *code)) {
        tops.push(state.app.read().find_place(code, today).await?.ok_or_else(Failure::not_found)?);
    }
    let name = |place: &akimat_core::Place| (place.code.to_string(), place.name.get(visitor.lang).to_owned());
    let country = (String::new(), locale.t("inequality-country").into_owned());
    Ok([country].into_iter().chain(tops.iter().map(name)).collect())
}

fn name_of(names: &BTreeMap<KatoCode, String>, code: KatoCode) -> String {
    names.get(&code).cloned().unwrap_or_else(|| code.to_string())
}

fn gini_text(locale: &Locale, ratio: Option<Ratio>) -> String {
    let text = ratio.and_then(|ratio| ratio.to_decimal(4));
    text.map_or_else(|| locale.t("no-data-short").into_owned(), |text| locale.decimal(&text))
}

fn float_text(locale: &Locale, value: Option<f64>) -> String {
    value.map_or_else(
        || locale.t("no-data-short").into_owned(),
        // Rounding may leave a minus before zero.
        |value| locale.decimal(format!("{value:.4}").replace("-0.0000", "0.0000").as_str()),
    )
}

fn stats(locale: &Locale, study: &InequalityStudy) -> Vec<(String, String, String)> {
    let gini = |measure: &Measure| gini_text(locale, measure.gini.as_ref().ok().copied());
    let row = |key: &str, value, note: &str| (locale.t(key).into_owned(), value, locale.t(note).into_owned());
    vec![
        row("inequality-gini-before", gini(&study.before), "inequality-gini-before-note"),
        row("inequality-gini-after", gini(&study.after), "inequality-gini-after-note"),
        row("inequality-equalised", gini_text(locale, study.equalised), "inequality-equalised-note"),
    ]
}

fn refused(locale: &Locale, study: &InequalityStudy, names: &BTreeMap<KatoCode, String>) -> Vec<String> {
    let mut said: Vec<String> = [&study.before, &study.after, &study.spent]
        .into_iter()
        .filter_map(|measure| measure.gini.as_ref().err())
        .map(|why: &Refusal| refusal_text(locale, why, names))
        .collect();
    said.dedup();
    said
}

fn equalised(locale: &Locale, study: &InequalityStudy) -> String {
    let Some(effect) = study.equalised else { return String::new() };
    let key = match effect.numerator().signum() {
        1 => "inequality-verdict-less",
        -1 => "inequality-verdict-more",
        _ => "inequality-verdict-same",
    };
    let gini = |measure: &Measure| gini_text(locale, measure.gini.as_ref().ok().copied());
    locale.f(key, &[("before", gini(&study.before).into()), ("after", gini(&study.after).into())])
}

fn curve(locale: &Locale, study: &InequalityStudy) -> Markup {
    let line = |measure: &Measure, key: &str| {
        let points = measure.lorenz.as_ref().ok()?.clone();
        let gini = gini_text(locale, measure.gini.as_ref().ok().copied());
        Some(Curve { label: locale.f(key, &[("gini", gini.into())]), points })
    };
    let curves: Vec<Curve> =
        [line(&study.before, "inequality-curve-before"), line(&study.after, "inequality-curve-after")]
            .into_iter()
            .flatten()
            .collect();
    if curves.is_empty() {
        return Markup::default();
    }
    let key = LorenzKey {
        x: locale.t("inequality-axis-people").into_owned(),
        y: locale.t("inequality-axis-money").into_owned(),
        equality: locale.t("inequality-axis-equal").into_owned(),
    };
    let words = Words::new("lorenz", locale.t("inequality-lorenz"), locale.t("inequality-lorenz-about"));
    lorenz(&words, &curves, &key, &|share| locale.percent(&format!("{:.0}", share * 100.0)))
}

fn measures(locale: &Locale, study: &InequalityStudy) -> Vec<MeasureRow> {
    let row = |key: &str, measure: &Measure| {
        let theil = measure.theil.as_ref().ok();
        let coverage = measure.coverage.as_ref().ok();
        let times = |ratio: Option<Ratio>| {
            let text = ratio.and_then(|ratio| ratio.to_decimal(2));
            text.map_or_else(|| locale.t("no-data-short").into_owned(), |text| locale.decimal(&text))
        };
        MeasureRow {
            name: locale.t(key).into_owned(),
            cells: [
                gini_text(locale, measure.gini.as_ref().ok().copied()),
                float_text(locale, theil.map(|theil| theil.total)),
                float_text(locale, theil.map(|theil| theil.between)),
                float_text(locale, theil.map(|theil| theil.within)),
                times(coverage.and_then(|coverage| coverage.max_to_min)),
                times(coverage.and_then(|coverage| coverage.p90_to_p10)),
            ],
        }
    };
    vec![
        row("inequality-measure-before", &study.before),
        row("inequality-measure-after", &study.after),
        row("inequality-measure-spent", &study.spent),
    ]
}

/// What each group adds to the Theil index of own revenue and of revenue with transfers.
fn groups(locale: &Locale, study: &InequalityStudy, names: &BTreeMap<KatoCode, String>) -> Vec<[String; 6]> {
    let (Ok(before), Ok(after)) = (&study.before.theil, &study.after.theil) else { return Vec::new() };
    if before.regions.len() < 2 {
        return Vec::new();
    }
    let row = |region: &akimat_budget::inequality::TheilRegion| {
        let later = after.regions.iter().find(|later| later.region == region.region);
        [
            name_of(names, region.region),
            locale.count(u64::try_from(region.n_units).unwrap_or(u64::MAX)),
            float_text(locale, Some(region.adds_between)),
            float_text(locale, Some(region.adds_within)),
            float_text(locale, later.map(|later| later.adds_between)),
            float_text(locale, later.map(|later| later.adds_within)),
        ]
    };
    before.regions.iter().map(row).collect()
}

/// Tenge a resident with two decimals.
fn a_resident(locale: &Locale, amount: Option<Money>, population: Option<u64>) -> String {
    let value = amount.zip(population).and_then(|(amount, people)| {
        Ratio::new(amount.tiyn().into(), i128::from(people) * 100)?.to_decimal(0)
    });
    value.map_or_else(|| locale.t("no-data-short").into_owned(), |value| locale.decimal(&value))
}

fn rows(locale: &Locale, study: &InequalityStudy, names: &BTreeMap<KatoCode, String>) -> Vec<UnitRow> {
    let mut units: Vec<&UnitFigures> = study.units.iter().collect();
    let a_head = |unit: &UnitFigures| {
        let (own, people) = (unit.own()?, unit.population.filter(|n| *n > 0)?);
        Ratio::new(own.tiyn().into(), people.into()).map(Ratio::to_f64)
    };
    units.sort_by(|a, b| {
        let value = |unit| a_head(unit).unwrap_or(f64::INFINITY);
        value(a).total_cmp(&value(b)).then(a.place.cmp(&b.place))
    });
    let unknown = || locale.t("no-data-short").into_owned();
    let row = |unit: &&UnitFigures| UnitRow {
        path: frame::place_path(unit.place),
        name: name_of(names, unit.place),
        cells: [
            unit.population.map_or_else(unknown, |n| locale.count(n)),
            a_resident(locale, unit.own(), unit.population),
            a_resident(locale, unit.revenue, unit.population),
            a_resident(locale, unit.expenditure, unit.population),
            unit.revenue
                .zip(unit.transfers)
                .and_then(|(revenue, transfers)| Ratio::of(transfers, revenue)?.percent(1))
                .map_or_else(unknown, |share| locale.percent(&share)),
        ],
    };
    units.iter().take(ROWS_MAX).map(row).collect()
}

/// Classes of own revenue a resident on the map, where the units are regions of the country.
fn map(visitor: &Visitor, study: &InequalityStudy, names: &BTreeMap<KatoCode, String>) -> Markup {
    if study.question.level != 2 || study.question.under.is_some() || study.n_counted < 5 {
        return Markup::default();
    }
    let locale = visitor.locale();
    let value = |unit: &UnitFigures| {
        let ratio = Ratio::new(unit.own()?.tiyn().into(), i128::from(unit.population?) * 100)?;
        Some((ratio.to_f64(), a_resident(locale, unit.own(), unit.population)))
    };
    let steps = Steps::quintiles(study.units.iter().filter_map(|unit| Some(value(unit)?.0)));
    let tiles: Vec<Tile> = study
        .units
        .iter()
        .map(|unit| Tile {
            code: unit.place.to_string(),
            short: locale.name("map-short", &unit.place.to_string()).into_owned(),
            name: name_of(names, unit.place),
            value: value(unit).map_or_else(|| locale.t("map-no-data").into_owned(), |(_, text)| text),
            step: value(unit).map(|(number, _)| steps.of(number)),
            href: visitor.to(&frame::place_path(unit.place)),
        })
        .collect();
    let low = locale.t("map-legend-low").into_owned();
    let high = locale.t("map-legend-high").into_owned();
    let classes = [low, String::new(), String::new(), String::new(), high];
    let words = Words::new("inequality-map", locale.t("inequality-map"), locale.t("inequality-map-about"));
    tile_map(&words, &tiles, &classes, &locale.t("map-no-data"))
}
