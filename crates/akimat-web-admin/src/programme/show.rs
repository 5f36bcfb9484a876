//! A scenario: how it stands, its plan with a reason for every project, its money, the job that works on it.

pub mod clash;
pub mod row;
pub mod run;

use super::{list_path, path_of, plate_of, words};
use akimat_app::AppError;
use akimat_app::Permission;
use akimat_app::permission::check;
use akimat_app::programme::compare::{compare, planned};
use akimat_app::programme::{ProgrammeSolution, ProgrammeView};
use akimat_i18n::Locale;
use akimat_storage::programme::ProgrammeState;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::figure::{self, Figure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::plan::PlanView;
use akimat_web_kit::view::plan::changes::Changes;
use akimat_web_kit::view::plan::loaded::Loaded;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderValue;
use clash::Infeasible;
use row::PlanRow;
use run::Running;
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/programme/show.html")]
struct ShowPage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    about: String,
    by: String,
    state: String,
    tone: &'static str,
    running: Option<Running>,
    warnings: Vec<String>,
    infeasible: Option<Infeasible>,
    unsolved: bool,
    solved: bool,
    stats: Vec<(String, String, String)>,
    whatif: String,
    may_solve: bool,
    solve: String,
    version: u32,
    edit: String,
    rule: String,
    copy: String,
    links: Vec<(String, String)>,
    explain: String,
    plan: Vec<PlanRow>,
    out: Vec<PlanRow>,
    money: Vec<Figure>,
    record: Vec<(String, String)>,
    since: Option<Since>,
}

/// What changed since the plan that this one goes on from, and why.
struct Since {
    /// What it goes on from, in a sentence.
    from: String,
    /// Where that is, without the language.
    path: String,
    changes: Changes,
}

/// A solved scenario as the page reads it.
struct Solved<'a> {
    solution: &'a ProgrammeSolution,
    loaded: &'a Loaded,
    when: String,
}

/// The page.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such scenario.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let locale = visitor.locale();
    let id: Uuid = frame::id(&id)?;
    let view = state.app.programme(visitor.actor(), id).await?;
    let plate = plate_of(&state, &visitor, view.head.place).await?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let may = check(visitor.actor(), Permission::Recommend, Some(view.head.place)).is_ok();
    let running = Running::of(&state, locale, &view, (asked.get("still") == "yes", may));
    let follows = running.as_ref().is_some_and(|running| running.follows);
    let mut page = base(&state, &visitor, &view, may);
    page.place = PlaceLink { name: plate.name, path: plate.path };
    page.page = page.page.invented(plate.place.invented || view.head.invented);
    page.running = running;
    page.infeasible = Infeasible::of(locale, &view)?;
    let loaded = Loaded::computed(&state, locale, &view).await?;
    if let Some((solution, loaded)) = view.solution.as_ref().zip(loaded.as_ref()) {
        let when = solution.answered_at.map(|at| locale.date_time(at, state.app.zone())).unwrap_or_default();
        fill(&mut page, &visitor, &Solved { solution, loaded, when });
        page.since = since(&state, &visitor, (&view, loaded)).await?;
    }
    let figures: Vec<&Figure> = page.money.iter().collect();
    if let Some(file) = figure::asked(&visitor, &format!("programme-{id}"), &figures).await {
        return file;
    }
    let mut answer = frame::render(&page)?;
    if follows {
        // The page renews itself without a script; the reader can stop that by a link.
        let to = format!("3; url={}", visitor.to(&path_of(id)));
        let to = HeaderValue::from_str(&to).unwrap_or_else(|_| HeaderValue::from_static("3"));
        answer.headers_mut().insert("refresh", to);
    }
    Ok(answer)
}

fn base(state: &WebState, visitor: &Visitor, view: &ProgrammeView, may: bool) -> ShowPage {
    let locale = visitor.locale();
    let head = &view.head;
    let path = path_of(head.id);
    let last = i32::from(head.first_year) + i32::from(head.n_years) - 1;
    let years = [("from", head.first_year.to_string().into()), ("to", last.to_string().into())];
    let (name, tone) = words::state(locale, view.state);
    let when = locale.date_time(head.updated_at, state.app.zone());
    let by = [("name", head.created_by_name.as_str().into()), ("when", when.into())];
    let busy = view.state == ProgrammeState::Solving;
    let open = may && !view.state.is_decided() && !busy;
    let mut warnings = Vec::new();
    if view.outdated && !busy {
        warnings.push(locale.t("programme-stale-text").into_owned());
    }
    if let Some(job) = &view.job
        && job.state == akimat_storage::job::JobState::Failed
    {
        warnings.push(locale.t("programme-failed-text").into_owned());
    }
    ShowPage {
        page: frame::page(visitor, head.title.clone(), Some(MenuItem::Admin)).hidden(),
        place: PlaceLink { name: String::new(), path: String::new() },
        list_path: list_path(head.place),
        about: locale.f("programme-years", &years),
        by: locale.f("programme-by-when", &by),
        state: name,
        tone,
        running: None,
        warnings,
        infeasible: None,
        unsolved: view.solution.is_none() && !busy,
        solved: false,
        stats: Vec::new(),
        whatif: String::new(),
        may_solve: open,
        solve: format!("{path}/solve"),
        version: head.edit,
        rule: if open { format!("{path}/ruling") } else { String::new() },
        edit: if open { format!("{path}/edit") } else { String::new() },
        copy: if may {
            format!("/admin/programmes/new?place={}&from={}", head.place, head.id)
        } else {
            String::new()
        },
        explain: format!("{path}/why"),
        links: vec![
            (format!("{path}/decide"), locale.t("programme-do-decide").into_owned()),
            (format!("{path}/discuss"), locale.t("discuss-open").into_owned()),
            (format!("{path}/pictures"), locale.t("plan-pictures-link").into_owned()),
            (format!("{path}/beside"), locale.t("plan-beside-link").into_owned()),
        ],
        plan: Vec::new(),
        out: Vec::new(),
        money: Vec::new(),
        record: Vec::new(),
        since: None,
    }
}

/// The plan before this one: that of the scenario it was made from, or else the last published one of the territory.
async fn since(
    state: &WebState,
    visitor: &Visitor,
    (view, loaded): (&ProgrammeView, &Loaded),
) -> Answer<Option<Since>> {
    let (app, locale) = (&state.app, visitor.locale());
    let (before, key) = match view.head.parent {
        Some(parent) => match app.programme(visitor.actor(), parent).await {
            Ok(before) => (before, "programme-since-parent"),
            // It was removed meanwhile.
            Err(AppError::NotFound(_)) => return Ok(None),
            Err(error) => return Err(error.into()),
        },
        None => {
            let heads = app.published_programmes(Some(view.head.place)).await?;
            let own = |head: &&akimat_storage::ProgrammeHead| {
                head.place == view.head.place && head.id != view.head.id
            };
            let Some(head) = heads.iter().find(own) else { return Ok(None) };
            (app.published_programme(head.id).await?, "programme-since-published")
        }
    };
    let Some(earlier) = planned(&before) else { return Ok(None) };
    let compared = compare(earlier, (&loaded.input, &loaded.plan));
    let args = [("title", before.head.title.as_str().into())];
    let (teller, id) = (loaded.teller(locale), before.head.id);
    Ok(Some(Since {
        from: locale.f(key, &args),
        path: path_of(id),
        changes: Changes::of(locale, &compared, &teller),
    }))
}

fn fill(page: &mut ShowPage, visitor: &Visitor, solved: &Solved<'_>) {
    let locale = visitor.locale();
    let view = solved.loaded.view(locale);
    page.solved = true;
    page.stats = stats(locale, &view, solved);
    page.money = [view.money_figure(), view.gantt(), view.sectors_figure(), view.districts_figure()]
        .into_iter()
        .filter(|figure| !figure.is_empty())
        .map(|figure| figure.files(visitor))
        .collect();
    page.record = record(locale, solved);
    let whatif = page.solve.replace("/solve", "/whatif");
    if !page.copy.is_empty() {
        page.whatif.clone_from(&whatif);
    }
    (page.plan, page.out) =
        row::rows(&solved.loaded.teller(locale), if page.copy.is_empty() { "" } else { &whatif });
}

fn stats(locale: &Locale, view: &PlanView<'_>, solved: &Solved<'_>) -> Vec<(String, String, String)> {
    let allocation = &solved.loaded.plan.allocation;
    let text = |key: &str| locale.t(key).into_owned();
    let spent = |years: &[i64]| years.iter().fold(0_i64, |sum, value| sum.saturating_add(*value));
    let all: i64 =
        solved.loaded.plan.money.iter().map(|used| spent(&used.years)).fold(0, i64::saturating_add);
    let cap: i64 = solved
        .loaded
        .programme
        .sources()
        .iter()
        .map(|source| spent(&source.budget))
        .fold(0, i64::saturating_add);
    let of = |n: String, total: String| locale.f("programme-of", &[("n", n.into()), ("total", total.into())]);
    let chosen = u64::try_from(plan_size(view)).unwrap_or(0);
    let total = u64::try_from(solved.loaded.programme.projects().len()).unwrap_or(0);
    let good = if allocation.is_optimal() {
        text("programme-good-proven")
    } else {
        words::gap(allocation.objective, allocation.bound).map_or_else(
            || text("programme-not-yet"),
            |gap| locale.f("programme-good-within", &[("gap", locale.percent(&gap).into())]),
        )
    };
    let quality = words::quality(locale, Some(allocation.objective), Some(allocation.bound));
    vec![
        (
            text("programme-points"),
            words::points(locale, allocation.objective),
            text("programme-points-note"),
        ),
        (text("programme-quality"), good, quality),
        (text("programme-chosen"), of(locale.count(chosen), locale.count(total)), String::new()),
        (text("programme-money-total"), view.short(all), of(view.short(all), view.short(cap))),
    ]
}

fn plan_size(view: &PlanView<'_>) -> usize {
    view.plan.started().count()
}

fn record(locale: &Locale, solved: &Solved<'_>) -> Vec<(String, String)> {
    let text = |key: &str| locale.t(key).into_owned();
    let allocation = &solved.loaded.plan.allocation;
    let mut record = vec![
        (text("programme-record-asked"), solved.solution.asked_by.clone()),
        (text("programme-record-solved"), solved.when.clone()),
        (text("programme-record-solver"), allocation.solver.clone()),
        (text("programme-record-seed"), allocation.seed.to_string()),
        (text("programme-record-objective"), locale.number(allocation.objective)),
        (text("programme-record-bound"), locale.number(allocation.bound)),
        (
            text("programme-record-repeat"),
            text(if allocation.repeatable {
                "programme-record-repeat-yes"
            } else {
                "programme-record-repeat-no"
            }),
        ),
    ];
    if let Some(answer) = &solved.solution.answer {
        record.push((text("programme-record-inputs"), answer.input_sha256.clone()));
    }
    record
}

/// Asks for the computation.
///
/// # Errors
/// 403 outside the person's territory, 409 when it is decided or being computed.
pub async fn solve(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    form: Form,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let id: Uuid = frame::id(&id)?;
    let edit = form.get("edit").parse().unwrap_or(0);
    state.app.solve_programme(visitor.actor(), (id, edit)).await?;
    Ok(frame::redirect(&visitor, &path_of(id), "programme-solving"))
}

/// Stops the computation; the best plan found stays.
///
/// # Errors
/// 403 outside the person's territory, 409 when it is over.
pub async fn cancel(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    state.app.cancel_programme(visitor.actor(), id).await?;
    Ok(frame::redirect(&visitor, &path_of(id), "programme-stopping"))
}
