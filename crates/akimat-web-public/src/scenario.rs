//! What-if scenarios of decentralisation: a form whose whole state is the address, results, kept scenarios,
//! comparison, files.

pub mod address;
pub mod base;
pub mod compare;
pub mod export;
pub mod fault;
pub mod field;
pub mod keep;
pub mod list;
pub mod show;

use address::Pairs;
use akimat_core::{KatoCode, SavedId};
use akimat_scenario::{Fault, Lever, Outcome, Scenario, run};
use akimat_storage::{Saved, SavedKind};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::scenario::limits;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use base::{Chosen, choose};
use show::{ResultView, Teller};

#[derive(Template)]
#[template(path = "public/scenario/new.html")]
struct NewPage {
    page: Page,
    form: kit::Form,
    places: Vec<(String, String)>,
    years: Vec<(String, String)>,
    units: Vec<(String, String)>,
    kinds: Vec<(String, String, String)>,
    levers: Vec<field::LeverForm>,
    about: Vec<String>,
    result: Option<ResultView>,
    downloads: Vec<(String, String, String)>,
    query: String,
    link: String,
    can_save: bool,
    save_form: kit::Form,
    save_to: String,
    saved: String,
    version: String,
}

#[derive(Template)]
#[template(path = "public/scenario/show.html")]
struct ShowPage {
    page: Page,
    by: String,
    about: Vec<String>,
    assumptions: Vec<(String, Vec<(String, String)>)>,
    faults: Vec<String>,
    result: Option<ResultView>,
    downloads: Vec<(String, String, String)>,
    edit: String,
    json: String,
    own: bool,
    public: bool,
    remove: String,
}

/// A scenario that was run on its base.
#[derive(Debug)]
pub struct Ran {
    /// The base.
    pub chosen: Chosen,
    /// The scenario.
    pub scenario: Scenario,
    /// What was written, and what is wrong with it.
    pub form: kit::Form,
    /// Contradictions.
    pub faults: Vec<Fault>,
    /// Low, central and high; `None` when there is nothing to run or something is wrong.
    pub outcomes: Option<[Outcome; 3]>,
}

impl Ran {
    fn result(&self, visitor: &Visitor) -> Option<ResultView> {
        let outcomes = self.outcomes.as_ref()?;
        let (locale, chosen, scenario) = (visitor.locale(), &self.chosen, &self.scenario);
        Some(Teller { locale, chosen, scenario, outcomes, limits: limits() }.tell())
    }

    /// What the reader must know about the base.
    fn about(&self, visitor: &Visitor) -> Vec<String> {
        let locale = visitor.locale();
        let under = self.chosen.under.map_or_else(String::new, |under| self.chosen.name(under));
        let stage = locale.name("budget-stage", self.chosen.base.stage.code()).into_owned();
        let mut about = vec![locale.f(
            "scenario-about-base",
            &[
                ("place", under.into()),
                ("year", self.chosen.year.to_string().into()),
                ("stage", stage.into()),
                ("n", self.chosen.base.base.units.len().into()),
            ],
        )];
        if !self.chosen.base.incomplete.is_empty() {
            let n = self.chosen.base.incomplete.len();
            about.push(locale.f("scenario-about-incomplete", &[("n", n.into())]));
        }
        if self.chosen.base.base.units.iter().any(|unit| unit.population.is_none()) {
            about.push(locale.t("scenario-about-population").into_owned());
        }
        about
    }
}

/// Reads an address, finds the base, runs what can be run. `None` when the cube is empty.
///
/// # Errors
/// When the database fails.
pub async fn run_address(state: &WebState, visitor: &Visitor, pairs: &Pairs) -> Answer<Option<Ran>> {
    let asked = Form::from_fields(pairs.clone());
    let year = asked.get("year").parse().ok();
    let under: Option<KatoCode> = asked.get("under").parse().ok();
    let locale = visitor.locale();
    let Some(chosen) = choose(state, locale, (year, under)).await? else { return Ok(None) };
    let read = address::read(pairs, locale, (chosen.year, chosen.under));
    let (scenario, mut form) = (read.scenario, read.form);
    let mut faults = Vec::new();
    let mut outcomes = None;
    if form.is_clean() && !chosen.base.base.units.is_empty() {
        match run(&chosen.base.base, &scenario, limits()) {
            Ok(ran) if !scenario.levers.is_empty() => outcomes = Some(ran),
            Ok(_) => {}
            Err(refused) => faults = refused.0,
        }
    }
    for told in &faults {
        let (field, text) = fault::tell(locale, (&chosen, &scenario), told);
        form.fail(&field, text);
    }
    Ok(Some(Ran { chosen, scenario, form, faults, outcomes }))
}

/// The form with its result.
///
/// # Errors
/// When the database fails.
pub async fn new(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    let pairs = address::state(&query);
    let acts = Form::parse(query.as_bytes());
    let Some(ran) = run_address(&state, &visitor, &pairs).await? else { return list::empty(&visitor) };
    if let Some(changed) = act(&acts, &pairs, &ran) {
        let to = visitor.to(&format!("/scenarios/new?{}", address::encode(&changed)));
        return Ok(Redirect::to(&to).into_response());
    }
    frame::render(&new_page(&visitor, &pairs, &ran, kit::Form::new()))
}

/// A lever is added or taken out: the address without the act.
fn act(acts: &Form, pairs: &Pairs, ran: &Ran) -> Option<Pairs> {
    if let Some(lever) = address::first(acts.get("add"), &ran.chosen.base.base) {
        let at = address::n_levers(pairs);
        let mut changed = if at == 0 { with_base(pairs, ran) } else { pairs.clone() };
        if at < Scenario::LEVERS_MAX {
            changed.extend(address::write_lever(at, &lever));
        }
        return Some(changed);
    }
    let gone: usize = acts.get("drop").parse().ok()?;
    Some(address::remove(pairs.clone(), gone))
}

/// The address names its base, so that a link stays the same when newer budgets come.
fn with_base(pairs: &Pairs, ran: &Ran) -> Pairs {
    let mut named = address::write(&Scenario {
        units: ran.scenario.units.clone(),
        years: ran.scenario.years,
        ..Scenario::new(ran.chosen.year, ran.chosen.under)
    });
    named.extend(
        pairs.iter().filter(|(name, _)| matches!(name.as_str(), "title" | "saved" | "version")).cloned(),
    );
    named
}

fn new_page(visitor: &Visitor, pairs: &Pairs, ran: &Ran, save_form: kit::Form) -> NewPage {
    let locale = visitor.locale();
    let asked = Form::from_fields(pairs.clone());
    let scenario_pairs: Pairs =
        pairs.iter().filter(|(name, _)| !matches!(name.as_str(), "saved" | "version")).cloned().collect();
    let query = address::encode(&scenario_pairs);
    let result = ran.result(visitor);
    let mut form = ran.form.clone();
    for (name, value) in [
        ("year", ran.chosen.year.to_string()),
        ("under", ran.chosen.under.map_or_else(String::new, |under| under.to_string())),
        ("years", ran.scenario.years.to_string()),
    ] {
        if form.value(name).is_empty() {
            form = form.with(name, value);
        }
    }
    let levers = field::levers(locale, pairs, &ran.chosen);
    let kinds = Lever::KINDS.map(|kind| {
        let name = |prefix: &str| locale.name(prefix, kind).into_owned();
        (kind.to_owned(), name("scenario-lever"), name("scenario-help"))
    });
    let can_save = result.is_some()
        && visitor.actor().is_some_and(|account| {
            akimat_app::permission::may(account, akimat_app::Permission::Analyse, None)
        });
    let clean = form.is_clean();
    let saved = asked.get("saved").parse::<SavedId>().ok();
    NewPage {
        page: frame::page(visitor, locale.t("scenario-new-title"), Some(MenuItem::Analysis))
            .description(locale.t("scenario-lead"))
            .invented(ran.chosen.base.invented)
            .errors(!clean || !save_form.is_clean()),
        about: ran.about(visitor),
        places: ran.chosen.places.clone(),
        years: ran.chosen.years.clone(),
        units: ran.chosen.units.clone(),
        kinds: kinds.into(),
        levers,
        downloads: if result.is_some() { export::links(visitor, &query) } else { Vec::new() },
        result,
        link: visitor.to(&format!("/scenarios/new?{query}")),
        query,
        can_save,
        save_form,
        save_to: visitor
            .to(&saved.as_ref().map_or_else(|| "/scenarios".to_owned(), |id| format!("/scenarios/{id}"))),
        saved: saved.map_or_else(String::new, |id| id.to_string()),
        version: asked.get("version").to_owned(),
        form,
    }
}

/// A kept scenario, run anew on the budgets as they are now.
///
/// # Errors
/// 404 when there is none, or it is private and somebody else's.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let id: SavedId = frame::id(&id)?;
    let saved = state.app.find_analysis(visitor.actor(), SavedKind::Scenario, id).await?;
    let (pairs, ran) = run_saved(&state, &visitor, &saved).await?;
    let locale = visitor.locale();
    let query = address::encode(&pairs);
    let own = visitor.actor().is_some_and(|account| account.id == saved.head.owner);
    let date = saved.head.updated_at.to_zoned(state.app.zone().clone()).date();
    let edit = if own {
        format!("/scenarios/new?{query}&saved={id}&version={}", saved.head.version)
    } else {
        format!("/scenarios/new?{query}")
    };
    let name = saved.head.owner_name.as_str();
    frame::render(&ShowPage {
        page: frame::page(&visitor, saved.head.title.clone(), Some(MenuItem::Analysis))
            .invented(ran.chosen.base.invented),
        by: locale.f("scenario-by", &[("name", name.into()), ("date", locale.date(date).into())]),
        about: ran.about(&visitor),
        assumptions: assumptions(&visitor, &pairs, &ran),
        faults: ran.form.errors().iter().map(|error| error.text.clone()).collect(),
        result: ran.result(&visitor),
        downloads: if ran.outcomes.is_some() { export::links(&visitor, &query) } else { Vec::new() },
        edit: visitor.to(&edit),
        json: format!("/api/v1/scenarios/{id}"),
        own,
        public: saved.head.public,
        remove: visitor.to(&format!("/scenarios/{id}/remove")),
    })
}

/// A kept scenario with its result. What it says of the base holds, even where the address form would
/// choose another.
///
/// # Errors
/// When the database fails or what was kept is no scenario.
pub async fn run_saved(state: &WebState, visitor: &Visitor, saved: &Saved) -> Answer<(Pairs, Ran)> {
    let scenario = Scenario::from_json(&saved.body).map_err(Failure::internal)?;
    let pairs = address::write(&scenario);
    let ran = run_address(state, visitor, &pairs).await?.ok_or_else(Failure::not_found)?;
    Ok((pairs, ran))
}

/// Every assumption in words: lever, then its fields with their values.
fn assumptions(visitor: &Visitor, pairs: &Pairs, ran: &Ran) -> Vec<(String, Vec<(String, String)>)> {
    let locale = visitor.locale();
    let value = |one: &field::Field| -> String {
        let named = |value: &str| {
            let option = one.options.iter().find(|(code, _)| code == value);
            option.map_or_else(|| locale.decimal(value), |(_, name)| name.clone())
        };
        let values = |name: &str| {
            let all = pairs.iter().filter(|(key, _)| key == name).map(|(_, value)| named(value));
            all.collect::<Vec<_>>().join(", ")
        };
        match one.form {
            "range" => {
                ["low", "central", "high"].map(|end| values(&format!("{}-{end}", one.name))).join(" / ")
            }
            _ => values(&one.name),
        }
    };
    let rows = |lever: &field::LeverForm| {
        let rows = lever.fields.iter().map(|one| (one.label.clone(), value(one)));
        rows.filter(|(_, value)| !value.is_empty()).collect()
    };
    let mut all: Vec<(String, Vec<(String, String)>)> = field::levers(locale, pairs, &ran.chosen)
        .iter()
        .map(|lever| (lever.title.clone(), rows(lever)))
        .collect();
    let years = (locale.t("scenario-years").into_owned(), ran.scenario.years.to_string());
    let mut whole = vec![years];
    if !ran.scenario.units.is_empty() {
        let names: Vec<String> = ran.scenario.units.iter().map(|code| ran.chosen.name(*code)).collect();
        whole.push((locale.t("scenario-units").into_owned(), names.join(", ")));
    }
    all.push((locale.t("scenario-whole").into_owned(), whole));
    all
}
