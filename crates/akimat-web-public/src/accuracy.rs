//! `/places/{code}/accuracy` and `/analysis/accuracy`: how well published forecasts met their facts.
//!
//! Forecasts that were published before their facts and those computed later are two records: the reader
//! chooses one, and they are never added. Nor are whole years, the months of the year that runs, and the cases of a
//! month.

pub mod published;
mod tables;

use akimat_core::{KatoCode, Place};
use akimat_i18n::Locale;
use akimat_storage::published_forecast::{
    ForecastBasis, ForecastFilter, ForecastLine, PublishedForecast, TrackBy, TrackQuery, TrackRow,
};
use akimat_storage::{Cursor, PageRequest};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::view::track_record::{
    Nearer, covered, level, line_key, line_name, mean, mean_percent, naive, nearer, parse_line, share,
};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use std::collections::BTreeMap;

/// Years that are left out when nobody names others: the year of the lockdowns, and that of the January events
/// and the change of the regions.
const BREAKS: [i16; 2] = [2020, 2022];
/// Years that can be left out at once.
const BREAKS_MAX: usize = 10;
/// Forecasts on a page of the list.
const LISTED: u16 = 20;

#[derive(Template)]
#[template(path = "public/accuracy/record.html")]
struct RecordPage {
    page: Page,
    above: Vec<frame::PlaceLink>,
    lead: String,
    form: kit::Form,
    action: String,
    bases: Vec<(String, String)>,
    lines: Vec<(String, String)>,
    horizons: Vec<(String, String)>,
    versions: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    /// The other record, when this one is empty.
    other: (String, String),
    said: Vec<String>,
    warned: bool,
    stats: Vec<(String, String, String)>,
    reliability: Figure,
    steps: Figure,
    tables: Vec<Figure>,
    adjusted: String,
    forecasts: Vec<ListRow>,
    previous: String,
    next: String,
    links: Vec<(String, String)>,
    api: String,
}

struct ListRow {
    path: String,
    title: String,
    about: String,
    hindcast: bool,
}

/// What the address asks for.
struct Asked {
    place: Option<KatoCode>,
    basis: ForecastBasis,
    line: Option<ForecastLine>,
    horizon: Option<u16>,
    version: Option<String>,
    hindcast: bool,
    /// Years of known breaks.
    breaks: Vec<i16>,
    /// They are left out everywhere on the page.
    calm: bool,
}

impl Asked {
    fn query(&self, by: TrackBy) -> TrackQuery {
        TrackQuery {
            by,
            basis: self.basis,
            place: self.place,
            line: self.line.clone(),
            horizon: self.horizon,
            version: self.version.clone(),
            hindcast: self.hindcast,
            without_years: if self.calm { self.breaks.clone() } else { Vec::new() },
        }
    }

    /// Steps ahead that can be chosen: years, or months to December.
    const fn horizon_max(&self) -> u16 {
        match self.basis {
            ForecastBasis::Period => 3,
            ForecastBasis::YearToDate => 11,
            ForecastBasis::Cases => 6,
        }
    }

    fn form(&self) -> kit::Form {
        let breaks: Vec<String> = self.breaks.iter().map(ToString::to_string).collect();
        kit::Form::new()
            .with("basis", self.basis.code())
            .with("line", self.line.as_ref().map_or_else(String::new, line_key))
            .with("steps", self.horizon.map_or_else(String::new, |horizon| horizon.to_string()))
            .with("version", self.version.clone().unwrap_or_default())
            .with("record", if self.hindcast { "later" } else { "published" })
            .with("breaks", breaks.join(", "))
            .with("calm", if self.calm { "yes" } else { "" })
    }
}

/// The record of a territory.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn place(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let code: KatoCode = frame::id(&code)?;
    let path = state.app.read().list_place_path(code, state.app.today()).await?;
    if path.is_empty() {
        return Err(Failure::not_found());
    }
    record(&state, &visitor, &path, &query.unwrap_or_default()).await
}

/// The record of all territories.
///
/// # Errors
/// When the database fails.
pub async fn all(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    record(&state, &visitor, &[], &query.unwrap_or_default()).await
}

async fn asked(state: &WebState, place: Option<KatoCode>, form: &Form) -> Answer<Asked> {
    let mut breaks: Vec<i16> = match form.get("breaks") {
        "" => BREAKS.to_vec(),
        years => years.split([',', ' ', ';']).filter_map(|year| year.parse().ok()).take(BREAKS_MAX).collect(),
    };
    breaks.sort_unstable();
    breaks.dedup();
    let basis = ForecastBasis::parse(form.get("basis")).unwrap_or_default();
    let hindcast = match form.get("record") {
        "later" => true,
        "published" => false,
        // What was said before the fact comes first; where nothing has met its fact yet, the other record.
        _ => {
            let said = TrackQuery { place, basis, ..TrackQuery::default() };
            state.app.read().track_record(&said).await?.is_empty()
        }
    };
    Ok(Asked {
        place,
        basis,
        line: parse_line(form.get("line")),
        horizon: form.get("steps").parse().ok().filter(|steps| *steps > 0),
        version: Some(form.get("version").to_owned()).filter(|version| !version.is_empty()),
        hindcast,
        breaks,
        calm: form.get("calm") == "yes",
    })
}

/// Every grouping that the page shows.
struct Record {
    whole: TrackRow,
    by_horizon: Vec<TrackRow>,
    by_line: Vec<TrackRow>,
    by_version: Vec<TrackRow>,
    by_year: Vec<TrackRow>,
    by_place: Vec<TrackRow>,
    calm: TrackRow,
}

async fn read(state: &WebState, asked: &Asked) -> Answer<Record> {
    let rows = async |by| state.app.read().track_record(&asked.query(by)).await;
    let first = |rows: Vec<TrackRow>| rows.into_iter().next().unwrap_or_default();
    let without = TrackQuery { without_years: asked.breaks.clone(), ..asked.query(TrackBy::All) };
    let mut by_horizon = rows(TrackBy::Horizon).await?;
    by_horizon.sort_by_key(|row| row.key.parse::<u16>().unwrap_or(u16::MAX));
    Ok(Record {
        whole: first(rows(TrackBy::All).await?),
        by_horizon,
        by_line: rows(TrackBy::Line).await?,
        by_version: rows(TrackBy::Version).await?,
        by_year: rows(TrackBy::Year).await?,
        by_place: if asked.place.is_none() { rows(TrackBy::Place).await? } else { Vec::new() },
        calm: first(state.app.read().track_record(&without).await?),
    })
}

async fn record(state: &WebState, visitor: &Visitor, path: &[Place], query: &str) -> Answer {
    let locale = visitor.locale();
    let place = path.last();
    let form = Form::parse(query.as_bytes());
    let asked = asked(state, place.map(|place| place.code), &form).await?;
    let record = read(state, &asked).await?;
    let codes = record.by_place.iter().filter_map(|row| row.key.parse().ok());
    let names = place_names(state, locale, codes).await?;
    let (title, address) = match place {
        Some(place) => {
            let name = place.name.get(visitor.lang);
            (
                locale.f("accuracy-title", &[("place", name.into())]),
                format!("/places/{}/accuracy", place.code),
            )
        }
        None => (locale.t("accuracy-title-all").into_owned(), "/analysis/accuracy".to_owned()),
    };
    let mut page = RecordPage {
        page: frame::page(visitor, title, Some(MenuItem::Forecasts)).description(locale.t("accuracy-lead")),
        above: frame::crumbs(visitor.lang, path),
        lead: locale.t("accuracy-lead").into_owned(),
        form: asked.form(),
        action: visitor.to(&address),
        bases: ForecastBasis::ALL
            .map(|basis| (basis.code().to_owned(), locale.name("accuracy-basis", basis.code()).into_owned()))
            .into(),
        lines: lines(state, locale, &asked).await?,
        horizons: (1..=asked.horizon_max())
            .map(|n| (n.to_string(), tables::steps_ahead(locale, asked.basis, n)))
            .collect(),
        versions: versions(state, &asked).await?,
        kinds: ["published", "later"]
            .map(|kind| (kind.to_owned(), locale.name("accuracy-record", kind).into_owned()))
            .into(),
        other: other(locale, visitor, &asked, &address),
        said: said(locale, &record.whole, &asked),
        warned: nearer(&record.whole) == Some(Nearer::Naive),
        stats: stats(locale, &record.whole),
        reliability: tables::reliability(locale, &record.whole).files(visitor),
        steps: tables::steps(locale, asked.basis, &record.by_horizon).files(visitor),
        tables: tables::all(locale, &record, &asked.breaks, &names)
            .into_iter()
            .map(|figure| figure.files(visitor))
            .collect(),
        adjusted: adjusted(locale, &record.whole),
        forecasts: Vec::new(),
        previous: String::new(),
        next: String::new(),
        links: links(locale, place, &record.by_place, &names),
        api: api(&asked),
    };
    let figures: Vec<&Figure> = [&page.reliability, &page.steps].into_iter().chain(&page.tables).collect();
    if let Some(file) = figure::asked(visitor, "accuracy", &figures).await {
        return file;
    }
    list(&mut page, state, visitor, (&asked, &form, &address)).await?;
    page.page.invented |= place.is_some_and(|place| place.invented);
    frame::render(&page)
}

/// Published forecasts, the newest knowledge first.
async fn list(
    page: &mut RecordPage,
    state: &WebState,
    visitor: &Visitor,
    (asked, form, address): (&Asked, &Form, &str),
) -> Answer<()> {
    let locale = visitor.locale();
    let filter = ForecastFilter {
        place: asked.place,
        line: asked.line.clone(),
        basis: Some(asked.basis),
        hindcast: Some(asked.hindcast),
    };
    let request = PageRequest { limit: LISTED, after: Cursor::decode(form.raw("after")) };
    let found = state.app.read().list_published_forecasts(&filter, &request).await?;
    let codes = found.items.iter().map(|forecast| forecast.place);
    let names = place_names(state, locale, codes).await?;
    page.page.invented |= found.items.iter().any(|forecast| forecast.invented);
    page.forecasts =
        found.items.iter().map(|forecast| row(locale, forecast, asked.place.is_none(), &names)).collect();
    let kept = |after: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for name in ["basis", "line", "steps", "version", "record", "breaks", "calm"] {
            if !form.raw(name).is_empty() {
                query.append_pair(name, form.raw(name));
            }
        }
        if !after.is_empty() {
            query.append_pair("after", after);
        }
        format!("{}?{}#forecasts", visitor.to(address), query.finish())
    };
    page.previous = request.after.map_or_else(String::new, |_| kept(""));
    page.next = found.next.map_or_else(String::new, |cursor| kept(&cursor.encode()));
    Ok(())
}

fn row(
    locale: &Locale,
    forecast: &PublishedForecast,
    with_place: bool,
    names: &BTreeMap<KatoCode, String>,
) -> ListRow {
    let mut title = line_name(locale, &forecast.line);
    if with_place {
        let place = names.get(&forecast.place).cloned().unwrap_or_else(|| forecast.place.to_string());
        title = format!("{place}: {title}");
    }
    let args = [
        ("known", locale.date(forecast.known_at).into()),
        ("origin", locale.period(forecast.origin).into()),
        ("version", forecast.model_version.as_str().into()),
    ];
    ListRow {
        path: format!("/forecasts/{}", forecast.id),
        title,
        about: locale.f("accuracy-row", &args),
        hindcast: forecast.hindcast,
    }
}

/// Lines of a budget, or the services whose counts have met a forecast.
async fn lines(state: &WebState, locale: &Locale, asked: &Asked) -> Answer<Vec<(String, String)>> {
    let all = match asked.basis {
        ForecastBasis::Period | ForecastBasis::YearToDate => akimat_app::published_forecast::main_lines(),
        ForecastBasis::Cases => {
            let query = TrackQuery { line: None, ..asked.query(TrackBy::Line) };
            let rows = state.app.read().track_record(&query).await?;
            rows.iter().filter_map(|row| parse_line(&row.key)).collect()
        }
    };
    Ok(all.iter().map(|line| (line_key(line), line_name(locale, line))).collect())
}

/// Versions that have met a fact, whichever is chosen.
async fn versions(state: &WebState, asked: &Asked) -> Answer<Vec<(String, String)>> {
    let query = TrackQuery { version: None, ..asked.query(TrackBy::Version) };
    let rows = state.app.read().track_record(&query).await?;
    Ok(rows.into_iter().map(|row| (row.key.clone(), row.key)).collect())
}

/// The link to the other record and its name.
fn other(locale: &Locale, visitor: &Visitor, asked: &Asked, address: &str) -> (String, String) {
    let kind = if asked.hindcast { "published" } else { "later" };
    let path = visitor.to(&format!("{address}?record={kind}&basis={}", asked.basis.code()));
    (path, locale.name("accuracy-other", kind).into_owned())
}

fn said(locale: &Locale, whole: &TrackRow, asked: &Asked) -> Vec<String> {
    if whole.n == 0 {
        let key = if asked.hindcast { "accuracy-none-later" } else { "accuracy-none-yet" };
        return vec![locale.t(key).into_owned()];
    }
    let mut said: Vec<String> =
        covered(locale, whole, asked.place.is_some(), asked.hindcast).into_iter().collect();
    said.extend(naive(locale, whole));
    if asked.calm {
        let years: Vec<String> = asked.breaks.iter().map(ToString::to_string).collect();
        said.push(locale.f("accuracy-without", &[("years", years.join(", ").into())]));
    }
    said
}

fn stats(locale: &Locale, whole: &TrackRow) -> Vec<(String, String, String)> {
    let unknown = || locale.t("no-data-short").into_owned();
    let covered = |wanted: u8| {
        let text = level(whole, wanted).and_then(|(n, inside)| share(inside, n));
        let label = locale.f("accuracy-inside", &[("level", locale.percent(&wanted.to_string()).into())]);
        (label, text.map_or_else(unknown, |text| locale.percent(&text)), String::new())
    };
    let scaled = |sum: i64| mean(sum, whole.n_scaled).map_or_else(unknown, |text| locale.decimal(&text));
    let relative = mean_percent(whole.relative, whole.n_relative);
    let beside = locale.f("accuracy-naive-beside", &[("error", scaled(whole.naive_scaled).into())]);
    vec![
        (locale.t("accuracy-facts").into_owned(), locale.count(whole.n), String::new()),
        covered(80),
        covered(95),
        (
            locale.t("accuracy-relative").into_owned(),
            relative.map_or_else(unknown, |text| locale.percent(&text)),
            String::new(),
        ),
        (locale.t("accuracy-scaled").into_owned(), scaled(whole.scaled), beside),
    ]
}

/// What persons made of the forecasts.
fn adjusted(locale: &Locale, whole: &TrackRow) -> String {
    if whole.n_adjusted == 0 {
        return locale.t("accuracy-adjusted-none").into_owned();
    }
    let args = [("n", whole.n_adjusted.into()), ("better", whole.n_adjusted_better.into())];
    let key = match whole.adjusted_error.cmp(&whole.unadjusted_error) {
        std::cmp::Ordering::Less => "accuracy-adjusted-nearer",
        std::cmp::Ordering::Equal => "accuracy-adjusted-same",
        std::cmp::Ordering::Greater => "accuracy-adjusted-farther",
    };
    locale.f(key, &args)
}

fn links(
    locale: &Locale,
    place: Option<&Place>,
    by_place: &[TrackRow],
    names: &BTreeMap<KatoCode, String>,
) -> Vec<(String, String)> {
    if let Some(place) = place {
        return vec![
            (format!("/places/{}/forecast", place.code), locale.t("accuracy-to-forecast").into_owned()),
            ("/analysis/accuracy".to_owned(), locale.t("accuracy-title-all").into_owned()),
        ];
    }
    let link = |row: &TrackRow| {
        let code: KatoCode = row.key.parse().ok()?;
        let name = names.get(&code).cloned().unwrap_or_else(|| code.to_string());
        Some((format!("/places/{code}/accuracy"), name))
    };
    by_place.iter().filter_map(link).collect()
}

fn api(asked: &Asked) -> String {
    let (record, basis) = (if asked.hindcast { "later" } else { "published" }, asked.basis.code());
    match asked.place {
        Some(place) => format!("/api/v1/forecast-accuracy?place={place}&record={record}&basis={basis}"),
        None => format!("/api/v1/forecast-accuracy?record={record}&basis={basis}"),
    }
}
