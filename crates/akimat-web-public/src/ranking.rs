//! `/ranking/{code}`: what the candidates of a territory are worth by its approved criteria, with every check beside.

mod plane;
pub(crate) mod sheet;
mod tables;

use akimat_app::AppError;
use akimat_app::criteria_set::CriteriaDocument;
use akimat_app::evaluation::{Checks, Evaluated, EvaluatedProject};
use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_ranking::ipf::Weighting;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::svg::{Percent, Writer};
use akimat_web_kit::kit::{self, Markup, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use sheet::{Sheet, decimal, head, percent, points};

#[derive(Template)]
#[template(path = "public/ranking/show.html")]
struct ShowPage {
    page: Page,
    place: frame::PlaceLink,
    form: kit::Form,
    action: String,
    options: Vec<(String, String)>,
    weightings: Vec<(String, String)>,
    view: Option<View>,
}

/// What follows from an approved set.
struct View {
    set: String,
    source: String,
    json: String,
    criteria: Sheet,
    residents: bool,
    rows: Vec<Row>,
    missing: Vec<(String, String, String)>,
    bars: Vec<Bar>,
    key: Vec<(String, String)>,
    contributions: Sheet,
    checks: Option<ChecksView>,
    pair: Option<Pair>,
    quality: Sheet,
}

struct Row {
    rank: usize,
    path: String,
    title: String,
    value: String,
    range: String,
    widened: bool,
    quality: String,
    eligible: bool,
}

struct Bar {
    title: String,
    value: String,
    drawing: Markup,
}

struct ChecksView {
    methods: Sheet,
    smaa: String,
    circles: bool,
    disagreements: Vec<String>,
    plane: Markup,
    plane_table: Sheet,
    changes: Vec<String>,
}

struct Pair {
    sentence: String,
    swap: String,
    table: Sheet,
}

/// The page.
///
/// # Errors
/// 404 when there is no such territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, code)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let code: KatoCode = frame::id(&code)?;
    let locale = visitor.locale();
    let app = &state.app;
    let place = app.read().find_place(code, app.today()).await?.ok_or_else(Failure::not_found)?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let mut form = kit::Form::new();
    for name in ["year", "budget"] {
        form = form.with(name, asked.get(name));
    }
    let weighting = Weighting::parse(asked.get("weighting")).unwrap_or(Weighting::Expert);
    form = form.with("weighting", weighting.code());
    let year = asked.get("year").parse().ok().filter(|year| (2000..=2100).contains(year));
    let year: i16 = year.unwrap_or_else(|| app.today().year() + 1);
    let evaluated = match app.evaluate_candidates(code, year).await {
        Ok(evaluated) => Some(evaluated),
        Err(AppError::NotFound("criteria set")) => None,
        Err(error) => return Err(error.into()),
    };
    let options = evaluated.as_ref().map(|evaluated| options(locale, evaluated)).unwrap_or_default();
    // The first two stand beside one another until somebody asks for others.
    for (name, at) in [("one", 0), ("other", 1)] {
        let first = options.get(at).map_or("", |(id, _)| id.as_str());
        form = form.with(name, if asked.get(name).is_empty() { first } else { asked.get(name) });
    }
    let view = match &evaluated {
        Some(evaluated) => Some(view(&state, &visitor, (code, year), (evaluated, &asked, &form))?),
        None => None,
    };
    let name = place.name.get(visitor.lang).to_owned();
    let title = locale.f("ranking-title", &[("place", name.as_str().into())]);
    frame::render(&ShowPage {
        page: frame::page(&visitor, title, Some(MenuItem::Projects))
            .description(locale.t("ranking-lead"))
            .invented(place.invented || evaluated.as_ref().is_some_and(|evaluated| evaluated.set.invented)),
        place: frame::PlaceLink { name, path: frame::place_path(code) },
        form,
        action: visitor.to(&format!("/ranking/{code}")),
        options,
        weightings: Weighting::ALL
            .map(|of| (of.code().to_owned(), locale.name("ranking-weighting", of.code()).into_owned()))
            .into(),
        view,
    })
}

fn view(
    state: &WebState,
    visitor: &Visitor,
    (code, year): (KatoCode, i16),
    (evaluated, asked, form): (&Evaluated, &Form, &kit::Form),
) -> Answer<View> {
    let locale = visitor.locale();
    let weighting = Weighting::parse(asked.get("weighting")).unwrap_or(Weighting::Expert);
    let budget = asked.get("budget").replace(',', ".").parse::<f64>().ok().filter(|budget| *budget >= 0.0);
    let budget = budget.or_else(|| default_budget(state, year));
    let checks = evaluated.checks(weighting, budget).ok();
    let set = &evaluated.set;
    let approved_at = set.approved_at.map_or_else(String::new, |at| locale.date_time(at, state.app.zone()));
    let (version, set_year) = (set.version.to_string(), set.year.to_string());
    let ranked = evaluated.ranked();
    let find = |name: &str| ranked.iter().find(|project| project.project.id.to_string() == form.value(name));
    let pair = find("one").zip(find("other")).filter(|(one, other)| one.project.id != other.project.id);
    let document: &CriteriaDocument = &evaluated.document;
    Ok(View {
        set: locale.f(
            "ranking-set",
            &[
                ("title", document.title.get(visitor.lang).into()),
                ("year", set_year.as_str().into()),
                ("version", version.as_str().into()),
                ("by", set.approved_by.as_deref().unwrap_or_default().into()),
                ("date", approved_at.as_str().into()),
            ],
        ),
        source: document.source.clone(),
        json: format!("/api/v1/places/{code}/ranking?year={year}"),
        criteria: tables::criteria(locale, evaluated),
        residents: document.criteria.iter().any(|c| c.source.code() == "ratings"),
        rows: ranked.iter().map(|project| row(locale, project)).collect(),
        missing: missing(locale, evaluated),
        bars: bars(locale, evaluated),
        key: key(locale, document),
        contributions: tables::contributions(locale, evaluated),
        checks: checks.map(|checks| checks_view(locale, evaluated, &checks)),
        pair: pair.and_then(|(one, other)| self::pair(locale, evaluated, (one, other))),
        quality: tables::quality(locale, evaluated),
    })
}

/// Projects to choose from.
fn options(locale: &Locale, evaluated: &Evaluated) -> Vec<(String, String)> {
    let option =
        |project: &&EvaluatedProject| (project.project.id.to_string(), tables::title(locale, project));
    evaluated.ranked().iter().map(option).collect()
}

/// The first envelope that the recommendation offers for the year, million tenge.
#[expect(clippy::cast_precision_loss, reason = "a cut on a picture needs no tiyn")]
fn default_budget(state: &WebState, year: i16) -> Option<f64> {
    let offers = &state.app.criteria().envelopes;
    let total: i64 = offers.iter().filter(|(of, _)| *of >= year).map(|(_, money)| money.tiyn()).sum();
    (total > 0).then(|| total as f64 / 100_000_000.0)
}

fn row(locale: &Locale, project: &EvaluatedProject) -> Row {
    let value = project.value.as_ref();
    let e4 = |pick: fn(&akimat_app::evaluation::ProjectValue) -> i64| {
        value.map_or_else(String::new, |value| points(locale, pick(value)))
    };
    let (low, high) = (e4(|value| value.low_e4), e4(|value| value.high_e4));
    Row {
        rank: value.map_or(0, |value| value.rank),
        path: format!("/projects/{}", project.project.id),
        title: tables::title(locale, project),
        value: e4(|value| value.value_e4),
        range: locale.f("ranking-range", &[("low", low.as_str().into()), ("high", high.as_str().into())]),
        widened: value.is_some_and(|value| value.widened_e4 > 0),
        quality: decimal(locale, project.quality.score, 0),
        eligible: project.is_eligible(),
    }
}

fn missing(locale: &Locale, evaluated: &Evaluated) -> Vec<(String, String, String)> {
    let without = evaluated.projects.iter().filter(|project| project.value.is_none());
    let names = |project: &EvaluatedProject| {
        let lacks =
            |criterion: &&akimat_app::criteria_set::SetCriterion| project.missing.contains(&criterion.code);
        let names = evaluated.document.criteria.iter().filter(lacks).map(|c| c.title.get(locale.lang()));
        names.collect::<Vec<_>>().join(", ")
    };
    without
        .map(|project| {
            (format!("/projects/{}", project.project.id), tables::title(locale, project), names(project))
        })
        .collect()
}

/// Colours of the parts, in the order of the set; from the seventh on they share one.
fn class(at: usize) -> String {
    format!("part p{}", at.min(6) + 1)
}

fn key(locale: &Locale, document: &CriteriaDocument) -> Vec<(String, String)> {
    let entry = |(at, c): (usize, &akimat_app::criteria_set::SetCriterion)| {
        (class(at), c.title.get(locale.lang()).to_owned())
    };
    document.criteria.iter().enumerate().map(entry).collect()
}

/// A bar of contributions for each project, on one scale from 0 to 100.
fn bars(locale: &Locale, evaluated: &Evaluated) -> Vec<Bar> {
    let bar = |project: &&EvaluatedProject| {
        let value = project.value.as_ref()?;
        let mut writer = Writer::new();
        let attrs: [(&'static str, &dyn std::fmt::Display); 4] =
            [("class", &"rank-bar"), ("width", &"100%"), ("height", &14), ("aria-hidden", &"true")];
        writer.open("svg", &attrs);
        writer.empty("rect", &[("class", &"track"), ("width", &"100%"), ("height", &14)]);
        let mut from = 0.0;
        for (at, part) in value.contributions_e4.iter().enumerate() {
            let share = akimat_app::criteria_set::from_e4(*part) * 100.0;
            let (x, width) = (Percent(from), Percent(share));
            writer.empty("rect", &[("class", &class(at)), ("x", &x), ("width", &width), ("height", &14)]);
            from += share;
        }
        writer.close("svg");
        let (title, text) = (tables::title(locale, project), points(locale, value.value_e4));
        Some(Bar { title, value: text, drawing: writer.finish() })
    };
    evaluated.ranked().iter().filter_map(bar).collect()
}

fn checks_view(locale: &Locale, evaluated: &Evaluated, checks: &Checks) -> ChecksView {
    let error = percent(locale, checks.smaa.error());
    let draws = locale.count(u64::from(checks.smaa.draws));
    let seed = akimat_app::evaluation::SEED.to_string();
    let smaa = locale.f(
        "ranking-smaa",
        &[("draws", draws.as_str().into()), ("error", error.as_str().into()), ("seed", seed.as_str().into())],
    );
    let (plane, changes) = match &checks.ipf {
        Ok((ipf, changes)) => {
            let mut told: Vec<String> = cuts(locale, ipf).into_iter().collect();
            told.extend(changes.iter().map(|change| self::change(locale, evaluated, change)));
            (plane::plane(locale, evaluated, ipf), told)
        }
        Err(fault) => (Markup::default(), vec![fault_sentence(locale, fault)]),
    };
    ChecksView {
        methods: tables::methods(locale, evaluated, checks),
        smaa,
        circles: checks.electre.as_ref().is_ok_and(|found| !found.circles.is_empty()),
        disagreements: tables::disagreements(locale, evaluated, checks),
        plane,
        plane_table: tables::plane(locale, evaluated, checks),
        changes,
    }
}

fn cuts(locale: &Locale, ipf: &akimat_ranking::ipf::Ipf) -> Option<String> {
    let (sei, fei) = (decimal(locale, ipf.sei_cut?, 1), decimal(locale, ipf.fei_cut?, 1));
    Some(locale.f("ranking-cuts", &[("sei", sei.as_str().into()), ("fei", fei.as_str().into())]))
}

fn change(locale: &Locale, evaluated: &Evaluated, change: &akimat_ranking::ipf::Change) -> String {
    let ranked = evaluated.ranked();
    let rho = |rho: Option<f64>| {
        rho.map_or_else(|| locale.t("no-data-short").into_owned(), |rho| decimal(locale, rho, 2))
    };
    let (sei, fei) = (rho(change.sei_rho), rho(change.fei_rho));
    let crossing: Vec<String> = change.crossing.iter().map(|at| tables::title(locale, ranked[*at])).collect();
    let crossing = crossing.join("; ");
    let weighting = locale.name("ranking-weighting", change.weighting.code());
    let args = [
        ("weighting", weighting.as_ref().into()),
        ("sei", sei.as_str().into()),
        ("fei", fei.as_str().into()),
        ("projects", crossing.as_str().into()),
    ];
    locale.f(if crossing.is_empty() { "ranking-change-none" } else { "ranking-change" }, &args)
}

fn fault_sentence(locale: &Locale, fault: &akimat_ranking::Fault) -> String {
    let facts = fault.facts();
    let args: Vec<(&str, akimat_i18n::Arg<'_>)> =
        facts.iter().map(|(name, value)| (*name, value.as_str().into())).collect();
    locale.f(&format!("ranking-fault-{}", fault.code()), &args)
}

/// Why one project stands before another.
fn pair(
    locale: &Locale,
    evaluated: &Evaluated,
    (one, other): (&EvaluatedProject, &EvaluatedProject),
) -> Option<Pair> {
    let found = evaluated.difference(one, other)?;
    let (first, second) = (tables::title(locale, one), tables::title(locale, other));
    let total = decimal(locale, found.total * 100.0, 2);
    let args = [
        ("one", first.as_str().into()),
        ("other", second.as_str().into()),
        ("points", total.as_str().into()),
    ];
    let sentence = locale.f("ranking-pair", &args);
    let swap = match found.smallest {
        Some(change) => {
            let criterion = evaluated.document.criteria[change.criterion].title.get(locale.lang());
            let (from, to) = (percent(locale, change.from), percent(locale, change.to));
            let args =
                [("criterion", criterion.into()), ("from", from.as_str().into()), ("to", to.as_str().into())];
            locale.f("ranking-swap", &args)
        }
        None => locale.t("ranking-swap-none").into_owned(),
    };
    let heads = vec![
        head(locale, "ranking-criterion", false),
        (first, true),
        (second, true),
        head(locale, "ranking-difference", true),
        head(locale, "ranking-turning", true),
    ];
    let mut table = Sheet::new(locale.t("ranking-pair-caption"), heads);
    for (at, criterion) in evaluated.document.criteria.iter().enumerate() {
        let part = |project: &EvaluatedProject| {
            project
                .value
                .as_ref()
                .map_or_else(String::new, |value| points(locale, value.contributions_e4[at]))
        };
        table.rows.push(vec![
            criterion.title.get(locale.lang()).to_owned(),
            part(one),
            part(other),
            decimal(locale, found.parts[at] * 100.0, 2),
            found.turning[at]
                .map_or_else(|| locale.t("ranking-never").into_owned(), |weight| percent(locale, weight)),
        ]);
    }
    Some(Pair { sentence, swap, table })
}
