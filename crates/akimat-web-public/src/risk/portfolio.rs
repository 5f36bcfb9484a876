//! `/analysis/risks`: the open risks and alerts of many projects on one map; every number leads to its list.

use super::register::{HeatRow, band_text, heat_rows};
use akimat_app::alert::HeldAlert;
use akimat_app::risk::portfolio::{Counted, Portfolio, PortfolioFilter, READ_MAX, by_indicator, watches};
use akimat_app::risk::scale;
use akimat_app::watch::WatchCheckpoint;
use akimat_core::KatoCode;
use akimat_delivery::risk::{Category, money};
use akimat_delivery::warning::Indicator;
use akimat_i18n::Locale;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::place_names;
use akimat_web_kit::view::warning;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};

/// Risks, and alerts, that the page lists.
const LISTED: usize = 50;
/// The address after the language.
pub const PATH: &str = "/analysis/risks";

#[derive(Template)]
#[template(path = "public/risk/portfolio.html")]
struct PortfolioPage {
    page: Page,
    form: kit::Form,
    categories: Pairs,
    likelihoods: Pairs,
    impacts: Pairs,
    whose: String,
    summary: String,
    cut: String,
    heat: Vec<HeatRow>,
    rows: Vec<Row>,
    shown: String,
    by_category: Vec<Count>,
    by_place: Vec<Count>,
    indicators: Vec<IndicatorRow>,
    alerts_title: String,
    alerts: Vec<AlertRow>,
    watched: String,
    json: String,
}

type Pairs = Vec<(String, String)>;

struct Row {
    path: String,
    event: String,
    category: String,
    project: String,
    place: String,
    band: &'static str,
    band_text: String,
    loss: String,
    owner: String,
    review: String,
    overdue: bool,
}

struct Count {
    path: String,
    name: String,
    n: String,
    grave: String,
}

struct IndicatorRow {
    path: String,
    name: String,
    amber: String,
    red: String,
    chosen: bool,
}

struct AlertRow {
    path: String,
    project: String,
    place: String,
    verdict: &'static str,
    level: String,
    measured: String,
}

/// What the address asks for.
struct Wanted {
    filter: PortfolioFilter,
    indicator: Option<Indicator>,
}

impl Wanted {
    fn read(form: &Form) -> Self {
        let one_to_five = |name: &str| form.get(name).parse().ok().filter(|n| (1..=5).contains(n));
        Self {
            filter: PortfolioFilter {
                place: form.get("place").parse().ok(),
                category: Category::parse(form.get("category")),
                likelihood: one_to_five("likelihood"),
                impact: one_to_five("impact"),
            },
            indicator: Indicator::parse(form.get("indicator")),
        }
    }

    /// The address of this view with another filter.
    fn path(filter: &PortfolioFilter, indicator: Option<Indicator>, anchor: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let mut put = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                query.append_pair(name, &value);
            }
        };
        put("place", filter.place.map(|place| place.to_string()));
        put("category", filter.category.map(|category| category.code().to_owned()));
        put("likelihood", filter.likelihood.map(|n| n.to_string()));
        put("impact", filter.impact.map(|n| n.to_string()));
        put("indicator", indicator.map(|indicator| indicator.code().to_owned()));
        let query = query.finish();
        let glue = if query.is_empty() { "" } else { "?" };
        format!("{PATH}{glue}{query}{anchor}")
    }
}

/// The page.
///
/// # Errors
/// When the database fails; 404 when the territory is not known.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let wanted = Wanted::read(&Form::parse(query.unwrap_or_default().as_bytes()));
    let filter = &wanted.filter;
    let whose = match filter.place {
        None => locale.t("risk-portfolio-whole").into_owned(),
        Some(code) => {
            let place = state.app.read().find_place(code, state.app.today()).await?;
            let place = place.ok_or_else(Failure::not_found)?;
            locale.f("risk-portfolio-of", &[("place", place.name.get(locale.lang()).into())])
        }
    };
    let portfolio = state.app.risk_portfolio(filter).await?;
    let alerts = state.app.open_alerts(visitor.actor(), filter.place).await?;
    let mut listed: Vec<HeldAlert> = alerts
        .iter()
        .filter(|held| wanted.indicator == Some(held.alert.indicator()))
        .take(LISTED)
        .cloned()
        .collect();
    listed.sort_by_key(|held| std::cmp::Reverse(held.alert.level));
    let alert_rows = alert_rows((&state, &visitor), &listed).await?;
    let invented = portfolio.projects.values().any(|project| project.invented);
    let named = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    let numbered = |prefix: &str| (1..=5).map(|n: u8| named(prefix, &n.to_string())).collect();
    frame::render(&PortfolioPage {
        page: frame::page(&visitor, locale.t("risk-portfolio-title"), Some(MenuItem::Analysis))
            .description(locale.t("risk-portfolio-lead"))
            .invented(invented),
        form: form(&wanted),
        categories: Category::ALL.iter().map(|one| named("risk-category", one.code())).collect(),
        likelihoods: numbered("risk-likelihood"),
        impacts: numbered("risk-impact"),
        whose,
        summary: summary(locale, &portfolio),
        cut: if portfolio.cut {
            locale.f("risk-portfolio-cut", &[("max", READ_MAX.into())])
        } else {
            String::new()
        },
        heat: heat_rows(locale, &portfolio.heat, &scale(state.app.today()), |likelihood, impact| {
            let cell = PortfolioFilter { likelihood: Some(likelihood), impact: Some(impact), ..*filter };
            Wanted::path(&cell, wanted.indicator, "#risks")
        }),
        rows: rows((&state, &visitor), &portfolio).await?,
        shown: if portfolio.rows.len() > LISTED {
            let args = [("shown", LISTED.into()), ("n", portfolio.rows.len().into())];
            locale.f("risk-portfolio-shown", &args)
        } else {
            String::new()
        },
        by_category: by_category(locale, &portfolio, &wanted),
        by_place: by_place((&state, locale), &portfolio, &wanted).await?,
        indicators: indicators(locale, &alerts, &wanted),
        alerts_title: wanted.indicator.map_or_else(String::new, |indicator| {
            locale.name("warning-indicator", indicator.code()).into_owned()
        }),
        alerts: alert_rows,
        watched: watched(&state, locale).await?,
        json: Wanted::path(filter, None, "").replacen(PATH, "/api/v1/risks", 1),
    })
}

fn form(wanted: &Wanted) -> kit::Form {
    let text = |n: Option<u8>| n.map_or_else(String::new, |n| n.to_string());
    let filter = &wanted.filter;
    kit::Form::new()
        .with("place", filter.place.map_or_else(String::new, |place| place.to_string()))
        .with("category", filter.category.map_or("", Category::code))
        .with("likelihood", text(filter.likelihood))
        .with("impact", text(filter.impact))
}

fn summary(locale: &Locale, portfolio: &Portfolio) -> String {
    let loss = portfolio
        .loss
        .map_or_else(|| locale.t("no-data-short").into_owned(), |loss| locale.money_short(loss));
    let args = [
        ("n", portfolio.rows.len().into()),
        ("projects", portfolio.projects.len().into()),
        ("loss", loss.into()),
        ("unknown", portfolio.unknown.into()),
    ];
    locale.f("risk-portfolio-summary", &args)
}

async fn rows((state, visitor): (&WebState, &Visitor), portfolio: &Portfolio) -> Answer<Vec<Row>> {
    let locale = visitor.locale();
    let today = state.app.today();
    let scale = scale(today);
    let listed = portfolio.rows.get(..LISTED.min(portfolio.rows.len())).unwrap_or_default();
    let places = place_names(state, locale, listed.iter().map(|one| one.held.section.place)).await?;
    let none = || locale.t("no-data-short").into_owned();
    let row = |one: &akimat_app::risk::portfolio::PortfolioRisk| {
        let (risk, section) = (&one.held.risk, &one.held.section);
        let told = risk.internal.is_empty() || watches(visitor.actor(), section.place);
        let score = risk.rated.score();
        let band = scale.band(score);
        let project = portfolio.projects.get(&section.project).map_or_else(String::new, |project| {
            format!("{} {}", project.number, locale.text(&project.title).0)
        });
        Row {
            path: format!("/projects/{}/risks#risks", section.project),
            event: if told { risk.event.clone() } else { locale.t("risk-portfolio-untold").into_owned() },
            category: locale.name("risk-category", risk.category.code()).into_owned(),
            project,
            place: places.get(&section.place).cloned().unwrap_or_default(),
            band: band.code(),
            band_text: band_text(locale, band, score),
            loss: one.loss.and_then(money).map_or_else(none, |loss| locale.money_short(loss)),
            owner: if told { risk.owner.clone() } else { none() },
            review: risk.review_on.map_or_else(none, |on| locale.date_short(on)),
            overdue: risk.review_overdue_days(today) > 0,
        }
    };
    Ok(listed.iter().map(row).collect())
}

fn count(locale: &Locale, (path, name): (String, String), counted: Counted) -> Count {
    Count { path, name, n: locale.count(counted.n), grave: locale.count(counted.grave) }
}

fn by_category(locale: &Locale, portfolio: &Portfolio, wanted: &Wanted) -> Vec<Count> {
    let row = |(category, counted): &(Category, Counted)| {
        let own =
            PortfolioFilter { category: Some(*category), likelihood: None, impact: None, ..wanted.filter };
        let name = locale.name("risk-category", category.code()).into_owned();
        count(locale, (Wanted::path(&own, wanted.indicator, ""), name), *counted)
    };
    portfolio.categories.iter().filter(|(_, counted)| counted.n > 0).map(row).collect()
}

/// Territories directly below the asked one, and the asked one itself for what belongs to it alone.
async fn by_place(
    (state, locale): (&WebState, &Locale),
    portfolio: &Portfolio,
    wanted: &Wanted,
) -> Answer<Vec<Count>> {
    let own = wanted.filter.place;
    let below = state.app.read().list_child_places(own, state.app.today()).await?;
    let sum = |belongs: &dyn Fn(KatoCode) -> bool| {
        let part = portfolio.places.iter().filter(|(place, _)| belongs(**place));
        part.fold(Counted::default(), |all, (_, one)| Counted {
            n: all.n + one.n,
            grave: all.grave + one.grave,
        })
    };
    let mut rows = Vec::new();
    for place in &below {
        let counted = sum(&|code| place.code.covers(code));
        if counted.n > 0 {
            let filter = PortfolioFilter { place: Some(place.code), ..wanted.filter };
            let name = place.name.get(locale.lang()).to_owned();
            rows.push(count(locale, (Wanted::path(&filter, wanted.indicator, ""), name), counted));
        }
    }
    let rest = sum(&|code| !below.iter().any(|place| place.code.covers(code)));
    if rest.n > 0 {
        let name = match own {
            Some(own) => place_names(state, locale, [own]).await?.remove(&own).unwrap_or_default(),
            None => locale.t("risk-portfolio-elsewhere").into_owned(),
        };
        rows.push(count(locale, (String::new(), name), rest));
    }
    Ok(rows)
}

fn indicators(locale: &Locale, alerts: &[HeldAlert], wanted: &Wanted) -> Vec<IndicatorRow> {
    let row = |(indicator, amber, red): (Indicator, u64, u64)| IndicatorRow {
        path: Wanted::path(&wanted.filter, Some(indicator), "#alerts"),
        name: locale.name("warning-indicator", indicator.code()).into_owned(),
        amber: locale.count(amber),
        red: locale.count(red),
        chosen: wanted.indicator == Some(indicator),
    };
    by_indicator(alerts).into_iter().filter(|(_, amber, red)| amber + red > 0).map(row).collect()
}

async fn alert_rows((state, visitor): (&WebState, &Visitor), alerts: &[HeldAlert]) -> Answer<Vec<AlertRow>> {
    let locale = visitor.locale();
    let today = state.app.today();
    let projects = state.app.alerted_projects(alerts).await?;
    let places = place_names(state, locale, alerts.iter().map(|held| held.section.place)).await?;
    let row = |held: &HeldAlert| {
        let view = warning::alert(locale, held, today);
        let id = held.section.project;
        AlertRow {
            path: if watches(visitor.actor(), held.section.place) {
                view.path
            } else {
                format!("{}#alerts", warning::risks_path(id))
            },
            project: projects.get(&id).map_or_else(String::new, |project| {
                format!("{} {}", project.number, locale.text(&project.title).0)
            }),
            place: places.get(&held.section.place).cloned().unwrap_or_default(),
            verdict: view.verdict,
            level: view.level,
            measured: view.measured,
        }
    };
    Ok(alerts.iter().map(row).collect())
}

/// When the watch last looked.
async fn watched(state: &WebState, locale: &Locale) -> Answer<String> {
    let last = state.app.last_whole_watch().await?;
    let told = last.and_then(|job| Some((job.finished_at?, WatchCheckpoint::parse(&job.checkpoint)?)));
    Ok(match told {
        None => locale.t("risk-portfolio-unwatched").into_owned(),
        Some((at, checkpoint)) => {
            let when = locale.date_time(at, state.app.zone());
            let args = [("when", when.into()), ("n", checkpoint.n_projects.into())];
            locale.f("risk-portfolio-watched", &args)
        }
    })
}
