//! The home page: find a territory by name or on the tile map. Also what browsers ask for by themselves.

use akimat_core::{KatoCode, Lang, Place, Ratio};
use akimat_i18n::Locale;
use akimat_storage::BudgetHead;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::scale::Steps;
use akimat_web_kit::kit::chart::{self, Words};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page, asset};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::{Visitor, preferred_language};
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Redirect};
use std::collections::BTreeMap;

/// What the map can show, by names in the address; the sentence is `map-indicator-<name>`.
const INDICATORS: [&str; 4] = ["units", "own_source_share", "transfer_dependence", "projects"];

/// A database with fewer territories than this does not hold the classifier.
const CLASSIFIER_MIN: u64 = 1_000;

/// Territorial units by region on 17 October 2022, counted from the classifier: facts with their source in
/// `data/place/README.md`.
const PUBLISHED_COUNTS: &str = include_str!("../../../data/place/region_counts.json");

#[derive(Template)]
#[template(path = "public/home.html")]
struct HomePage {
    page: Page,
    form: kit::Form,
    indicators: Vec<(String, String)>,
    indicator_name: String,
    note: String,
    map: Markup,
    rows: Vec<Row>,
    with_years: bool,
    /// Invented territories: a sentence and the address.
    samples: Vec<frame::PlaceLink>,
}

struct Row {
    path: String,
    name: String,
    value: String,
    year: String,
}

/// A value of a region: what charts draw, what people read, and of which year it is.
struct Value {
    number: f64,
    text: String,
    year: String,
}

/// `/`: the language that the browser prefers.
pub async fn choose_language(headers: HeaderMap) -> impl IntoResponse {
    let to = format!("/{}", preferred_language(&headers).code());
    ([(VARY, "accept-language")], Redirect::temporary(&to))
}

/// A file of the style, a script or an icon; its name carries its fingerprint, so it never changes.
///
/// # Errors
/// 404 for an unknown name.
pub async fn asset(headers: HeaderMap, Path(name): Path<String>) -> Answer {
    let asset = asset::asset(&name).ok_or_else(Failure::not_found)?;
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let (bytes, encoding) = asset.body(accepted);
    let mut response = bytes.to_vec().into_response();
    let answer = response.headers_mut();
    answer.insert(CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    answer.insert(CACHE_CONTROL, HeaderValue::from_static(asset::CACHE_CONTROL));
    answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(encoding) = encoding {
        answer.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    Ok(response)
}

/// The icon that old browsers ask for by this name.
pub async fn favicon() -> Redirect {
    Redirect::permanent(asset::asset_url("icons/favicon.svg"))
}

/// Everything public may be found; workplaces may not.
pub async fn robots() -> impl IntoResponse {
    let text =
        "User-agent: *\nDisallow: /kk/admin\nDisallow: /ru/admin\nDisallow: /en/admin\nDisallow: /api/\n";
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "max-age=86400")], text)
}

/// The home page.
///
/// # Errors
/// 404 for an unknown language, or when the database fails.
pub async fn home(
    State(state): State<WebState>,
    visitor: Visitor,
    Path(lang): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    if Lang::parse(&lang).is_none() {
        return Err(Failure::not_found());
    }
    let locale = visitor.locale();
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let indicator =
        INDICATORS.into_iter().find(|name| *name == asked.get("indicator")).unwrap_or(INDICATORS[0]);
    let mut tops = state.app.read().list_child_places(None, state.app.today()).await?;
    let values = values(&state, locale, indicator).await?;
    tops.sort_by(|a, b| locale.compare(a.name.get(locale.lang()), b.name.get(locale.lang())));
    let (invented, real): (Vec<Place>, Vec<Place>) = tops.into_iter().partition(|place| place.invented);
    let indicator_name = locale.name("map-indicator", indicator).into_owned();
    frame::render(&HomePage {
        page: frame::page(&visitor, locale.t("home-title"), Some(MenuItem::Home))
            .description(locale.t("site-description")),
        form: kit::Form::new().with("indicator", indicator),
        indicators: INDICATORS
            .iter()
            .map(|name| ((*name).to_owned(), locale.name("map-indicator", name).into_owned()))
            .collect(),
        note: locale.name("map-note", indicator).into_owned(),
        map: map(&visitor, &indicator_name, &real, &values),
        indicator_name,
        with_years: values.values().any(|value| !value.year.is_empty()),
        rows: real.iter().map(|place| row(locale, place, values.get(&place.code))).collect(),
        samples: samples(&state, &invented)
            .await?
            .iter()
            .map(|place| frame::PlaceLink {
                name: locale.f("home-demo-body", &[("name", place.name.get(locale.lang()).into())]),
                path: frame::place_path(place.code),
            })
            .collect(),
    })
}

/// Where the demonstration begins: the districts of the invented regions, or the regions themselves.
async fn samples(state: &WebState, regions: &[Place]) -> Answer<Vec<Place>> {
    let mut samples = Vec::new();
    for region in regions {
        let districts = state.app.read().list_child_places(Some(region.code), state.app.today()).await?;
        samples.extend(if districts.is_empty() { vec![region.clone()] } else { districts });
    }
    Ok(samples)
}

fn row(locale: &Locale, place: &Place, value: Option<&Value>) -> Row {
    Row {
        path: frame::place_path(place.code),
        name: place.name.get(locale.lang()).to_owned(),
        value: value.map_or_else(|| locale.t("no-data-short").into_owned(), |value| value.text.clone()),
        year: value.map_or_else(String::new, |value| value.year.clone()),
    }
}

async fn values(state: &WebState, locale: &Locale, indicator: &str) -> Answer<BTreeMap<KatoCode, Value>> {
    let read = state.app.read();
    let counted = |counts: BTreeMap<KatoCode, u64>| -> BTreeMap<KatoCode, Value> {
        let value = |n: u64| Value {
            number: f64::from(u32::try_from(n).unwrap_or(u32::MAX)),
            text: locale.count(n),
            year: String::new(),
        };
        counts.into_iter().map(|(code, n)| (code, value(n))).collect()
    };
    Ok(match indicator {
        "projects" => {
            let mut counts = BTreeMap::new();
            for (place, _, n, _) in read.count_projects_by_place().await? {
                *counts.entry(place.region()).or_default() += n;
            }
            counted(counts)
        }
        "units" => {
            let mut counts = BTreeMap::new();
            for (region, _, n) in read.count_places_by_region(state.app.today()).await? {
                *counts.entry(region).or_default() += n;
            }
            // Without the classifier only the published counts say anything about the country.
            let imported = counts.values().sum::<u64>() >= CLASSIFIER_MIN;
            counted(if imported { counts } else { published_counts() })
        }
        _ => {
            let heads = read.list_latest_budgets().await?;
            let share = |head: &BudgetHead| share_of(locale, head, indicator == "own_source_share");
            // A region's tile shows the region's own budget, never that of a district filed under it.
            let regional = heads.iter().filter(|head| head.budget.level == 2);
            regional.filter_map(|head| Some((head.budget.place?, share(head)?))).collect()
        }
    })
}

#[derive(serde::Deserialize)]
struct PublishedCounts {
    units: Vec<PublishedCount>,
}

#[derive(serde::Deserialize)]
struct PublishedCount {
    code: KatoCode,
    objects_total: u64,
}

fn published_counts() -> BTreeMap<KatoCode, u64> {
    let published: PublishedCounts =
        serde_json::from_str(PUBLISHED_COUNTS).unwrap_or(PublishedCounts { units: Vec::new() });
    published.units.into_iter().map(|unit| (unit.code, unit.objects_total)).collect()
}

/// Share of own revenue, or of transfers, in the revenue of a budget.
fn share_of(locale: &Locale, head: &BudgetHead, own: bool) -> Option<Value> {
    let (revenue, transfers) = (head.figures.revenue?, head.figures.transfers?);
    let part = if own { revenue.checked_sub(transfers)? } else { transfers };
    let share = Ratio::of(part, revenue)?;
    Some(Value {
        number: share.to_f64() * 100.0,
        text: locale.percent(&share.percent(1)?),
        year: head.budget.year.to_string(),
    })
}

fn map(visitor: &Visitor, title: &str, places: &[Place], values: &BTreeMap<KatoCode, Value>) -> Markup {
    let locale = visitor.locale();
    let shown = places.iter().filter_map(|place| values.get(&place.code));
    let steps = Steps::quintiles(shown.map(|value| value.number));
    let no_data = locale.t("map-no-data").into_owned();
    let tile = |place: &Place| {
        let value = values.get(&place.code);
        chart::Tile {
            code: place.code.to_string(),
            short: locale.name("map-short", &place.code.to_string()).into_owned(),
            name: place.name.get(locale.lang()).to_owned(),
            value: value.map_or_else(|| locale.t("no-data-short").into_owned(), |value| value.text.clone()),
            step: value.map(|value| steps.of(value.number)),
            href: visitor.to(&frame::place_path(place.code)),
        }
    };
    let tiles: Vec<chart::Tile> = places.iter().map(tile).collect();
    let classes = classes(locale, &tiles);
    chart::tile_map(&Words::new("map", title, locale.t("map-caption")), &tiles, &classes, &no_data)
}

/// Names of the classes that occur: only the lowest and the highest say so.
fn classes(locale: &Locale, tiles: &[chart::Tile]) -> Vec<String> {
    let Some(top) = tiles.iter().filter_map(|tile| tile.step).max() else { return Vec::new() };
    (0..=top)
        .map(|step| match step {
            0 => locale.t("map-legend-low").into_owned(),
            step if step == top => locale.t("map-legend-high").into_owned(),
            _ => String::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_counts_name_all_twenty_units_and_every_object() {
        let counts = published_counts();
        assert_eq!(counts.len(), 20);
        assert_eq!(counts.values().sum::<u64>(), 16_264);
    }
}
