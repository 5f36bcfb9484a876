//! `/admin/work/portfolio`: the projects of a territory added up, and the way down to each of its parts.

use super::{WorkTab, place_of, portfolio_time, tabs};
use akimat_app::project::life::{stage_codes, stages};
use akimat_core::{KatoCode, Money, MoneyUnit, Ratio};
use akimat_i18n::Locale;
use akimat_project::{Modality, Sector, Status};
use akimat_storage::{Portfolio, PortfolioMoney, ProjectFilter, ProjectTotals};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::chart::Words;
use akimat_web_kit::kit::chart::bar::{Bar, bars};
use akimat_web_kit::kit::{Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::project::{place_names, stage_name};
use akimat_web_kit::view::project_choices::{asked, extended, with_query};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use std::collections::BTreeMap;

/// Names of the choices that lead down, as they stand in the address.
const CHOICES: [&str; 6] = ["place", "sector", "status", "stage", "modality", "year"];

#[derive(Template)]
#[template(path = "admin/work/portfolio.html")]
struct PortfolioPage {
    page: Page,
    tabs: Vec<WorkTab>,
    chosen: Vec<Chosen>,
    count: String,
    planned: String,
    paid: String,
    share: String,
    warnings: Vec<(String, String)>,
    parts: Vec<Part>,
    years: Vec<YearRow>,
    list: String,
}

/// A choice that was made, and the address without it.
struct Chosen {
    text: String,
    path: String,
}

/// The portfolio divided by one thing.
struct Part {
    id: &'static str,
    title: String,
    head: String,
    chart: Option<Markup>,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    path: String,
    n: String,
    planned: String,
    paid: String,
    share: String,
}

struct YearRow {
    year: String,
    path: String,
    source: String,
    planned: String,
    paid: String,
    share: String,
}

/// The page.
///
/// # Errors
/// When the database fails.
pub(super) async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let query = query.unwrap_or_default();
    let form = Form::parse(query.as_bytes());
    let (mut filter, _) = asked(&state, &query);
    filter.place = place_of(&visitor, form.get("place"));
    let kept: Vec<(&str, &str)> =
        CHOICES.iter().map(|name| (*name, form.get(name))).filter(|(_, value)| !value.is_empty()).collect();
    let query = extended("", &kept);
    let whole = state.app.read().sum_portfolio(&filter, portfolio_time(&state)).await?;
    let mut parts = vec![
        part(
            &visitor,
            ("place", "project-place"),
            by_place(&state, locale, (&filter, &whole)).await?,
            &query,
        ),
        part(&visitor, ("status", "project-status"), by_status(locale, &whole), &query),
        part(&visitor, ("stage", "project-stage"), by_stage(locale, &whole), &query),
        part(&visitor, ("sector", "project-sector"), by_sector(locale, &whole), &query),
        part(&visitor, ("modality", "project-modality"), by_modality(locale, &whole), &query),
    ];
    parts.retain(|part| part.rows.len() > 1);
    let totals = whole.totals;
    frame::render(&PortfolioPage {
        page: frame::page(&visitor, locale.t("work-portfolio-title"), Some(MenuItem::Admin)).hidden(),
        tabs: tabs(locale, "/admin/work/portfolio"),
        chosen: chosen((&state, &visitor), &filter, &form, &query).await?,
        count: locale.count(totals.n_projects),
        planned: locale.money_short(totals.planned),
        paid: locale.money_short(totals.paid),
        share: share(locale, &totals),
        warnings: warnings(locale, &whole, &query),
        parts,
        years: years(locale, &whole.money, &query),
        list: with_query("/projects", &query),
    })
}

fn share_of(locale: &Locale, paid: Money, planned: Money) -> String {
    let share = Ratio::of(paid, planned).and_then(|share| share.percent(1));
    share.map_or_else(|| locale.t("no-data-short").into_owned(), |share| locale.percent(&share))
}

fn share(locale: &Locale, totals: &ProjectTotals) -> String {
    share_of(locale, totals.paid, totals.planned)
}

/// The same page with one more choice.
fn deeper(query: &str, name: &str, value: &str) -> String {
    with_query("/admin/work/portfolio", &extended(query, &[(name, value)]))
}

type Rows = Vec<(String, String, ProjectTotals)>;

fn part(visitor: &Visitor, (name, key): (&'static str, &str), rows: Rows, query: &str) -> Part {
    let locale = visitor.locale();
    let million = |money: Money| money.to_decimal(MoneyUnit::MillionTenge, 1).parse::<f64>().ok();
    let drawn: Vec<Bar> = rows
        .iter()
        .map(|(_, title, totals)| {
            Bar::new(title.clone(), million(totals.planned), locale.money_short(totals.planned))
        })
        .collect();
    let title = locale.t(key).into_owned();
    let words = Words::new(name, locale.f("work-portfolio-chart", &[("what", title.as_str().into())]), "");
    Part {
        id: name,
        head: title.clone(),
        title,
        chart: (drawn.len() > 1 && drawn.len() <= 15).then(|| bars(&words, &drawn)),
        rows: rows
            .into_iter()
            .map(|(code, title, totals)| Row {
                name: title,
                path: deeper(query, name, &code),
                n: locale.count(totals.n_projects),
                planned: locale.money_short(totals.planned),
                paid: locale.money_short(totals.paid),
                share: share(locale, &totals),
            })
            .collect(),
    }
}

fn by_status(locale: &Locale, whole: &Portfolio) -> Rows {
    let named = |status: Status| locale.name("status", status.code()).into_owned();
    whole.by_status.iter().map(|(status, own)| (status.code().to_owned(), named(*status), *own)).collect()
}

/// Stages in the order of a project's life; what has no word stands at the first stage of its status.
fn by_stage(locale: &Locale, whole: &Portfolio) -> Rows {
    let mut sums: BTreeMap<&str, (Modality, ProjectTotals)> = BTreeMap::new();
    for ((modality, status, word), own) in &whole.by_stage {
        let code = stages().code_at(*modality, *status, word);
        sums.entry(code).or_insert((*modality, ProjectTotals::default())).1.add(*own);
    }
    let mut rows: Rows = Vec::new();
    let order = stage_codes().into_iter().map(|(_, code)| code);
    for code in order.chain(Status::ALL.map(Status::code)) {
        if let Some((modality, own)) = sums.remove(code) {
            rows.push((code.to_owned(), stage_name(locale, modality, code), own));
        }
    }
    rows
}

fn by_sector(locale: &Locale, whole: &Portfolio) -> Rows {
    let named = |sector: Sector| locale.name("sector", sector.code()).into_owned();
    whole.by_sector.iter().map(|(sector, own)| (sector.code().to_owned(), named(*sector), *own)).collect()
}

fn by_modality(locale: &Locale, whole: &Portfolio) -> Rows {
    let named = |one: Modality| locale.name("modality", one.code()).into_owned();
    whole.by_modality.iter().map(|(one, own)| (one.code().to_owned(), named(*one), *own)).collect()
}

/// The territories one step below the one that is open, each with all below it; its own projects stand by themselves.
async fn by_place(
    state: &WebState,
    locale: &Locale,
    (filter, whole): (&ProjectFilter, &Portfolio),
) -> Answer<Rows> {
    let children = state.app.read().list_child_places(filter.place, state.app.today()).await?;
    let mut sums: BTreeMap<KatoCode, (String, ProjectTotals)> = BTreeMap::new();
    let mut unnamed = Vec::new();
    for (code, own) in &whole.by_place {
        let code = *code;
        let child = children.iter().find(|child| child.code.covers(code));
        let (code, name) = match child {
            Some(child) => (child.code, child.name.get(locale.lang()).to_owned()),
            None => {
                unnamed.push(code);
                (code, String::new())
            }
        };
        sums.entry(code).or_insert_with(|| (name, ProjectTotals::default())).1.add(*own);
    }
    let names = place_names(state, locale, unnamed).await?;
    let named = |code: KatoCode, name: String| {
        if name.is_empty() { names.get(&code).cloned().unwrap_or_else(|| code.to_string()) } else { name }
    };
    Ok(sums.into_iter().map(|(code, (name, totals))| (code.to_string(), named(code, name), totals)).collect())
}

async fn chosen(
    (state, visitor): (&WebState, &Visitor),
    filter: &ProjectFilter,
    form: &Form,
    query: &str,
) -> Answer<Vec<Chosen>> {
    let locale = visitor.locale();
    let mut chosen = Vec::new();
    for name in CHOICES {
        let value = form.get(name);
        if value.is_empty() {
            continue;
        }
        let text = match name {
            "place" => {
                let Some(place) = filter.place else { continue };
                place_names(state, locale, [place]).await?.remove(&place).unwrap_or_else(|| place.to_string())
            }
            "year" => value.chars().take(4).collect(),
            "stage" => match filter.stages.first() {
                Some(first) => stage_name(locale, filter.modality.unwrap_or(first.modality), value),
                None => continue,
            },
            other => locale.name(other, value).into_owned(),
        };
        chosen.push(Chosen {
            text,
            path: visitor.to(&with_query("/admin/work/portfolio", &extended(query, &[(name, "")]))),
        });
    }
    Ok(chosen)
}

/// How many are late, silent and stopped, with the way to their lists.
fn warnings(locale: &Locale, whole: &Portfolio, query: &str) -> Vec<(String, String)> {
    let stopped = whole.by_status.get(&Status::Suspended).map_or(0, |own| own.n_projects);
    let all = [
        (whole.n_late, "work-portfolio-late", ("late", "yes")),
        (whole.n_silent, "work-portfolio-silent", ("silent", "yes")),
        (stopped, "work-portfolio-stopped", ("status", "suspended")),
    ];
    all.into_iter()
        .filter(|(n, ..)| *n > 0)
        .map(|(n, key, more)| {
            let path = with_query("/projects", &extended(query, &[more]));
            (locale.f(key, &[("n", n.into())]), path)
        })
        .collect()
}

fn years(locale: &Locale, money: &[PortfolioMoney], query: &str) -> Vec<YearRow> {
    money
        .iter()
        .map(|line| YearRow {
            year: line.year.to_string(),
            path: deeper(query, "year", &line.year.to_string()),
            source: locale.name("money-source", line.source.code()).into_owned(),
            planned: locale.money_short(line.planned),
            paid: locale.money_short(line.paid),
            share: share_of(locale, line.paid, line.planned),
        })
        .collect()
}
