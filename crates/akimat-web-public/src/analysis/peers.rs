//! `/places/{code}/peers`: a territory beside similar ones.

use akimat_app::peer::{Compared, Drivers, PeerStudy};
use akimat_budget::indicator::{Unit, definition};
use akimat_budget::refusal::Refusal;
use akimat_core::{KatoCode, Ratio};
use akimat_i18n::Locale;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::{Step, StripKey, StripRow, Words, strip, waterfall};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::figures::item_name;
use akimat_web_kit::view::refusal::refusal_text;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "public/analysis/peers.html")]
struct PeersPage {
    page: Page,
    form: kit::Form,
    action: String,
    above: Vec<frame::PlaceLink>,
    years: Vec<(String, String)>,
    refused: String,
    lead: String,
    chosen_by: String,
    strip: Markup,
    rows: Vec<IndicatorRow>,
    missing: Vec<(String, String)>,
    peers: Vec<PeerRow>,
    parts: Vec<PartsView>,
    api: String,
}

struct IndicatorRow {
    name: String,
    cells: [String; 5],
}

struct PeerRow {
    path: String,
    name: String,
    cells: [String; 3],
}

/// What makes the difference, drawn and as a table.
struct PartsView {
    id: &'static str,
    title: String,
    chart: Markup,
    rows: Vec<[String; 4]>,
    refused: String,
}

/// The page.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn peers(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let code: KatoCode = frame::id(&code)?;
    let path = state.app.read().list_place_path(code, state.app.today()).await?;
    let place = path.last().ok_or_else(Failure::not_found)?;
    let years = state.app.cube_years(code).await?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let year = asked.get("year").parse::<i16>().ok().filter(|year| years.contains_key(year));
    let year = match year {
        Some(year) => year,
        None => default_year(&state, code, &years).await?,
    };
    let study = state.app.compare_with_peers(code, year).await?;
    let name = place.name.get(visitor.lang);
    let title = locale.f("peer-title", &[("place", name.into()), ("year", year.into())]);
    let mut page = PeersPage {
        page: frame::page(&visitor, title, Some(MenuItem::Analysis))
            .description(locale.t("peer-lead"))
            .invented(place.invented),
        form: kit::Form::new().with("year", year.to_string()),
        action: visitor.to(&format!("/places/{code}/peers")),
        above: frame::crumbs(visitor.lang, &path),
        years: years.keys().rev().map(|year| (year.to_string(), year.to_string())).collect(),
        refused: String::new(),
        lead: locale.t("peer-lead").into_owned(),
        chosen_by: String::new(),
        strip: Markup::default(),
        rows: Vec::new(),
        missing: Vec::new(),
        peers: Vec::new(),
        parts: Vec::new(),
        api: format!("/api/v1/places/{code}/peers?year={year}"),
    };
    match study {
        Err(why) => page.refused = refusal_text(locale, &why, &BTreeMap::new()),
        Ok(study) => {
            let codes: Vec<KatoCode> = study.peers.peers.iter().map(|peer| peer.place).collect();
            let places = state.app.read().list_places_by_code(&codes, state.app.today()).await?;
            let names: BTreeMap<KatoCode, String> = places
                .into_iter()
                .map(|place| (place.code, place.name.get(visitor.lang).to_owned()))
                .collect();
            fill(&mut page, locale, (&study, name), &names);
        }
    }
    frame::render(&page)
}

/// The last year of which the number of residents is known too; without one, the last year.
async fn default_year(
    state: &WebState,
    code: KatoCode,
    years: &akimat_app::territory::KnownYears,
) -> Answer<i16> {
    let scope = akimat_storage::ObservationScope::Place(code);
    let people = state.app.series(akimat_storage::observation::POPULATION, scope, 1991..=2100).await?;
    let both = years.keys().rev().find(|year| people.contains_key(&(Some(code), **year)));
    let last = both.or_else(|| years.keys().next_back()).copied();
    Ok(last.unwrap_or_else(|| state.app.today().year()))
}

fn fill(
    page: &mut PeersPage,
    locale: &'static Locale,
    (study, name): (&PeerStudy, &str),
    names: &BTreeMap<KatoCode, String>,
) {
    page.page.invented |= study.invented;
    let chosen = if study.peers.with_density { "peer-chosen-density" } else { "peer-chosen" };
    page.chosen_by =
        locale.f(chosen, &[("n", study.peers.peers.len().into()), ("of", study.peers.n_candidates.into())]);
    page.strip = strips(locale, study, name);
    page.rows = study.compared.iter().filter_map(|one| indicator_row(locale, one)).collect();
    page.missing = study
        .compared
        .iter()
        .filter_map(|one| {
            let why = one.own.as_ref().err()?;
            let title = locale.name("indicator", one.code).into_owned();
            Some((title, refusal_text(locale, why, names)))
        })
        .collect();
    page.peers = study
        .peers
        .peers
        .iter()
        .map(|peer| {
            let features = study.features.get(&peer.place);
            let unknown = || locale.t("no-data-short").into_owned();
            let density = features.and_then(|features| features.density);
            PeerRow {
                path: frame::place_path(peer.place),
                name: names.get(&peer.place).cloned().unwrap_or_else(|| peer.place.to_string()),
                cells: [
                    features.map_or_else(unknown, |features| locale.count(features.population)),
                    density.map_or_else(unknown, |density| locale.decimal(&format!("{density:.2}"))),
                    locale.decimal(&format!("{:.3}", peer.distance)),
                ],
            }
        })
        .collect();
    page.parts = vec![
        parts(locale, "revenue", "peer-drivers-revenue", (&study.revenue, name)),
        parts(locale, "spending", "peer-drivers-expenditure", (&study.expenditure, name)),
    ];
}

/// A value with the unit of its indicator.
fn printed(locale: &Locale, code: &str, value: Ratio) -> String {
    let unit = definition(code).map(|definition| definition.unit);
    let text = match unit {
        Some(Unit::Percent) => value.percent(2).map(|text| locale.percent(&text)),
        Some(Unit::TengePerPerson | Unit::Tenge) => value.to_decimal(0).map(|text| locale.decimal(&text)),
        _ => value.to_decimal(4).map(|text| locale.decimal(&text)),
    };
    text.unwrap_or_else(|| locale.t("no-data-short").into_owned())
}

/// First quartile, median and third quartile by linear interpolation (type 7).
fn quartiles(values: &[f64]) -> Option<(f64, f64, f64)> {
    if values.len() < 4 {
        return None;
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let n = u32::try_from(sorted.len() - 1).ok()?;
    let at = |quarter: u32| {
        let (whole, rest) = (n * quarter / 4, n * quarter % 4);
        let low = sorted.get(usize::try_from(whole).ok()?)?;
        let high = sorted.get(usize::try_from(whole).ok()? + 1).unwrap_or(low);
        Some(low + (high - low) * f64::from(rest) / 4.0)
    };
    Some((at(1)?, at(2)?, at(3)?))
}

fn strips(locale: &Locale, study: &PeerStudy, name: &str) -> Markup {
    let row = |one: &Compared| {
        let own = one.own.as_ref().ok()?;
        let peers: Vec<f64> = one.peers.iter().map(|(_, ratio)| ratio.to_f64()).collect();
        let standing = one.standing?;
        let value = printed(locale, one.code, own.value);
        let text = locale.f(
            "peer-rank-short",
            &[("value", value.into()), ("rank", standing.rank.into()), ("of", standing.of.into())],
        );
        let label = locale.name("indicator", one.code).into_owned();
        Some(StripRow { label, quartiles: quartiles(&peers), peers, own: Some(own.value.to_f64()), text })
    };
    let rows: Vec<StripRow> = study.compared.iter().filter_map(row).collect();
    if rows.is_empty() {
        return Markup::default();
    }
    let key = StripKey {
        own: name.to_owned(),
        peer: locale.t("peer-key-peer").into_owned(),
        middle: locale.t("peer-key-middle").into_owned(),
    };
    strip(&Words::new("peers", locale.t("peer-strip"), locale.t("peer-strip-about")), &rows, &key)
}

fn indicator_row(locale: &Locale, one: &Compared) -> Option<IndicatorRow> {
    let own = one.own.as_ref().ok()?;
    let unknown = || locale.t("no-data-short").into_owned();
    let values: Vec<f64> = one.peers.iter().map(|(_, ratio)| ratio.to_f64()).collect();
    let median = quartiles(&values).map(|(_, median, _)| median);
    let unit = definition(one.code).map(|definition| definition.unit);
    let median = median.map(|median| match unit {
        Some(Unit::Percent) => locale.percent(&format!("{:.2}", median * 100.0)),
        Some(Unit::TengePerPerson | Unit::Tenge) => locale.decimal(&format!("{median:.0}")),
        _ => locale.decimal(&format!("{median:.4}")),
    });
    let standing = one.standing;
    Some(IndicatorRow {
        name: locale.name("indicator", one.code).into_owned(),
        cells: [
            printed(locale, one.code, own.value),
            median.unwrap_or_else(unknown),
            standing.map_or_else(unknown, |standing| {
                locale.f("peer-rank", &[("rank", standing.rank.into()), ("of", standing.of.into())])
            }),
            standing
                .and_then(|standing| standing.percentile.to_decimal(0))
                .map_or_else(unknown, |text| locale.decimal(&text)),
            locale.count(u64::try_from(one.peers.len()).unwrap_or(u64::MAX)),
        ],
    })
}

/// Tenge out of tiyn a resident.
fn tenge(locale: &Locale, tiyn: Ratio) -> String {
    let tenge = tiyn.denominator().checked_mul(100).and_then(|below| Ratio::new(tiyn.numerator(), below));
    let text = tenge.and_then(|tenge| tenge.to_decimal(0));
    text.map_or_else(|| locale.t("no-data-short").into_owned(), |text| locale.decimal(&text))
}

fn signed(locale: &Locale, tiyn: Ratio) -> String {
    let text = tenge(locale, tiyn);
    if tiyn.numerator() > 0 { format!("+{text}") } else { text }
}

fn parts(
    locale: &Locale,
    id: &'static str,
    title: &str,
    (found, name): (&Result<Drivers, Refusal>, &str),
) -> PartsView {
    let mut view = PartsView {
        id,
        title: locale.t(title).into_owned(),
        chart: Markup::default(),
        rows: Vec::new(),
        refused: String::new(),
    };
    let found = match found {
        Ok(found) => found,
        Err(why) => {
            view.refused = refusal_text(locale, why, &BTreeMap::new());
            return view;
        }
    };
    let label = |part: usize| {
        found.keys.get(part).map_or_else(String::new, |key| item_name(locale, key.item, &key.code))
    };
    let sum = |pick: fn(&akimat_budget::peer::Driver) -> Ratio| {
        let first = found.drivers.first().map(pick)?;
        let top = found.drivers.iter().map(|driver| pick(driver).numerator()).sum();
        Ratio::new(top, first.denominator())
    };
    let (Some(own), Some(peers)) = (sum(|d| d.own), sum(|d| d.peers)) else { return view };
    let mut steps =
        vec![Step::total(locale.t("peer-together"), peers.to_f64() / 100.0, tenge(locale, peers))];
    for driver in &found.drivers {
        let adds = driver.adds.to_f64() / 100.0;
        steps.push(Step::change(label(driver.part), adds, signed(locale, driver.adds)));
        let row = [
            label(driver.part),
            tenge(locale, driver.own),
            tenge(locale, driver.peers),
            signed(locale, driver.adds),
        ];
        view.rows.push(row);
    }
    steps.push(Step::total(name, own.to_f64() / 100.0, tenge(locale, own)));
    let words = Words::new(format!("drivers-{id}"), view.title.clone(), locale.t("peer-drivers-about"));
    view.chart = waterfall(&words, &steps);
    view
}
