//! What if: other money or a project in or out, and the plan that this makes, at once. The address is the state.

pub mod answer;

use super::{list_path, path_of, plate_of, ruling};
use akimat_app::permission::check;
use akimat_app::programme::compare::planned;
use akimat_app::programme::{
    NewProgramme, ProgrammeInput, ProgrammeRequest, ProgrammeView, Ruling, RulingKind,
};
use akimat_app::{AppError, Permission};
use akimat_core::{Money, ProjectId};
use akimat_i18n::Locale;
use akimat_project::MoneySource;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::plan::PlanNames;
use akimat_web_kit::visitor::Visitor;
use answer::WhatIf;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use uuid::Uuid;

/// Percent of the scenario's money that can be asked for.
const PERCENT_MAX: u16 = 300;
/// Projects that one address can rule on.
const RULED_MAX: usize = 20;

#[derive(Template)]
#[template(path = "admin/programme/whatif.html")]
struct WhatIfPage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    scenario: String,
    back: String,
    path: String,
    form: kit::Form,
    sources: Vec<SourceField>,
    rulings: Vec<RulingLink>,
    outside: Vec<(String, String)>,
    inside: Vec<(String, String)>,
    changed: bool,
    failed: Vec<String>,
    answer: Option<WhatIf>,
    may_save: bool,
    save: String,
    query: String,
    save_form: kit::Form,
}

struct SourceField {
    name: String,
    label: String,
    about: String,
    steps: Vec<(String, String, String)>,
}

struct RulingLink {
    name: &'static str,
    value: String,
    text: String,
    drop: String,
}

/// The state in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    /// Percent of the money of each source; 100 is left out.
    money: Vec<(MoneySource, u16)>,
    /// Projects ruled on.
    ruled: Vec<(ProjectId, RulingKind)>,
    /// Fields that are no percentage, as written.
    wrong: Vec<(String, String)>,
}

impl Asked {
    fn read(form: &Form) -> Self {
        let mut asked = Self::default();
        for source in MoneySource::ALL.iter().copied() {
            let name = format!("money-{}", source.code());
            let text = form.get(&name).trim_end_matches('%').trim();
            match text.parse::<u16>() {
                _ if text.is_empty() => {}
                Ok(100) => {}
                Ok(percent) if percent <= PERCENT_MAX => asked.money.push((source, percent)),
                _ => asked.wrong.push((name, text.to_owned())),
            }
        }
        for kind in [RulingKind::Keep, RulingKind::Bar] {
            for project in form.all(kind.code()).filter_map(|text| text.parse::<ProjectId>().ok()) {
                asked.ruled.retain(|(other, _)| *other != project);
                asked.ruled.push((project, kind));
            }
        }
        asked.ruled.truncate(RULED_MAX);
        asked
    }

    fn percent(&self, source: MoneySource) -> u16 {
        self.money.iter().find(|(one, _)| *one == source).map_or(100, |(_, percent)| *percent)
    }

    fn with_money(&self, source: MoneySource, percent: u16) -> Self {
        let mut other = self.clone();
        other.money.retain(|(one, _)| *one != source);
        if percent != 100 {
            other.money.push((source, percent));
            other.money.sort_unstable();
        }
        other
    }

    fn without(&self, project: ProjectId) -> Self {
        let mut other = self.clone();
        other.ruled.retain(|(one, _)| *one != project);
        other
    }

    fn query(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        for (source, percent) in &self.money {
            pairs.append_pair(&format!("money-{}", source.code()), &percent.to_string());
        }
        for (project, kind) in &self.ruled {
            pairs.append_pair(kind.code(), &project.to_string());
        }
        pairs.finish()
    }

    /// The address of this state.
    fn href(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    fn is_empty(&self) -> bool {
        self.money.is_empty() && self.ruled.is_empty()
    }

    /// The request of the scenario with this state.
    fn request(&self, stored: &ProgrammeRequest, state: &WebState) -> ProgrammeRequest {
        let mut request = self.budgets(stored);
        for (project, kind) in &self.ruled {
            request.rulings.retain(|ruling| ruling.project != *project);
            request.rulings.push(Ruling {
                project: *project,
                kind: *kind,
                // The use case wants a reason for what is kept; nothing of this is kept.
                reason: "-".to_owned(),
                by: String::new(),
                at: state.app.now(),
                cost: None,
            });
        }
        request
    }

    fn budgets(&self, stored: &ProgrammeRequest) -> ProgrammeRequest {
        let mut request = stored.clone();
        for ask in &mut request.sources {
            let percent = self.percent(ask.source);
            for amount in &mut ask.budget {
                *amount = share(*amount, percent);
            }
        }
        request
    }
}

/// A share of an amount in whole per cent, rounded down.
fn share(amount: Money, percent: u16) -> Money {
    let tiyn = i128::from(amount.tiyn()) * i128::from(percent) / 100;
    Money::from_tiyn(i64::try_from(tiyn).unwrap_or(i64::MAX))
}

struct Desk<'a> {
    state: &'a WebState,
    visitor: &'a Visitor,
    view: ProgrammeView,
    asked: Asked,
}

impl<'a> Desk<'a> {
    async fn open(state: &'a WebState, visitor: &'a Visitor, id: &str, form: &Form) -> Answer<Self> {
        let view = state.app.programme(visitor.actor(), frame::id(id)?).await?;
        check(visitor.actor(), Permission::Recommend, Some(view.head.place))?;
        Ok(Self { state, visitor, view, asked: Asked::read(form) })
    }

    fn path(&self) -> String {
        format!("{}/whatif", path_of(self.view.head.id))
    }

    async fn page(&self, save_form: kit::Form) -> Answer<WhatIfPage> {
        let locale = self.visitor.locale();
        let head = &self.view.head;
        let plate = plate_of(self.state, self.visitor, head.place).await?;
        let title = [("title", head.title.as_str().into())];
        let mut page = WhatIfPage {
            page: frame::page(
                self.visitor,
                locale.f("programme-whatif-title", &title),
                Some(MenuItem::Admin),
            )
            .hidden()
            .invented(plate.place.invented || head.invented),
            place: PlaceLink { name: plate.name, path: plate.path },
            list_path: list_path(head.place),
            scenario: head.title.clone(),
            back: path_of(head.id),
            path: self.path(),
            form: self.form(locale),
            sources: self.sources(locale),
            rulings: Vec::new(),
            outside: Vec::new(),
            inside: Vec::new(),
            changed: !self.asked.is_empty() || !self.asked.wrong.is_empty(),
            failed: Vec::new(),
            answer: None,
            may_save: false,
            save: self.visitor.to(&self.path()),
            query: self.asked.query(),
            save_form,
        };
        let Some(before) = planned(&self.view) else {
            page.failed.push(locale.t("programme-whatif-needs").into_owned());
            return Ok(page);
        };
        self.choices(locale, before.0, &mut page);
        if !page.form.is_clean() || self.asked.is_empty() {
            page.page = page.page.errors(!page.form.is_clean());
            return Ok(page);
        }
        let request = self.asked.request(&self.view.request, self.state);
        match self.state.app.what_if_programme(self.visitor.actor(), head.id, &request).await {
            Ok(found) => {
                let after = found.plan().map(|plan| (&found.input, plan));
                page.answer = after.map(|after| {
                    let names = PlanNames::of(locale, after.0);
                    WhatIf::of(locale, (before, after), &names)
                });
                if page.answer.is_none() {
                    page.failed.push(locale.t("programme-whatif-infeasible").into_owned());
                }
                page.may_save = page.answer.is_some();
            }
            Err(AppError::Invalid(faults)) => {
                page.failed.extend(faults.iter().map(|fault| frame::fault_text(locale, fault)));
            }
            Err(error) => return Err(error.into()),
        }
        Ok(page)
    }

    fn form(&self, locale: &Locale) -> kit::Form {
        let mut form = kit::Form::new();
        for ask in &self.view.request.sources {
            let name = format!("money-{}", ask.source.code());
            let wrong = self.asked.wrong.iter().find(|(field, _)| *field == name);
            let value =
                wrong.map_or_else(|| self.asked.percent(ask.source).to_string(), |(_, text)| text.clone());
            form = form.with(&name, value);
            if wrong.is_some() {
                form.fail(&name, locale.t("programme-percent-wrong"));
            }
        }
        form
    }

    fn sources(&self, locale: &Locale) -> Vec<SourceField> {
        let last = i32::from(self.view.head.first_year) + i32::from(self.view.head.n_years) - 1;
        let field = |ask: &akimat_app::programme::SourceAsk| {
            let source = locale.name("money-source", ask.source.code()).into_owned();
            let percent = self.asked.percent(ask.source);
            let amounts = ask.budget.iter().map(|amount| share(*amount, percent));
            let money =
                Money::checked_sum(amounts).map_or_else(String::new, |money| locale.money_short(money));
            let step = |by: i32| {
                let to = (i32::from(percent) + by).clamp(0, i32::from(PERCENT_MAX));
                let to = u16::try_from(to).unwrap_or(100);
                let sign = if by > 0 { "+" } else { "−" };
                let text = format!("{sign}{}", locale.percent(&by.unsigned_abs().to_string()));
                let args = [("source", source.as_str().into()), ("step", text.as_str().into())];
                let label = locale.f("programme-whatif-step", &args);
                (self.asked.with_money(ask.source, to).href(&self.path()), text, label)
            };
            let years = [
                ("from", self.view.head.first_year.to_string().into()),
                ("to", last.to_string().into()),
                ("money", money.into()),
            ];
            SourceField {
                name: format!("money-{}", ask.source.code()),
                label: locale.f("programme-whatif-percent", &[("source", source.as_str().into())]),
                about: locale.f("programme-whatif-all-years", &years),
                steps: [-10, -5, 5, 10].into_iter().map(step).collect(),
            }
        };
        self.view.request.sources.iter().map(field).collect()
    }

    /// What is ruled already, and what can be ruled still.
    fn choices(&self, locale: &Locale, input: &ProgrammeInput, page: &mut WhatIfPage) {
        let title = |project: ProjectId| {
            let one = input.find(project).and_then(|at| input.candidates.get(at));
            one.map_or_else(|| project.to_string(), |one| one.title.get(locale.lang()).to_owned())
        };
        for (project, kind) in &self.asked.ruled {
            let key = match kind {
                RulingKind::Keep => "programme-whatif-kept",
                RulingKind::Bar => "programme-whatif-barred",
            };
            page.rulings.push(RulingLink {
                name: kind.code(),
                value: project.to_string(),
                text: locale.f(key, &[("project", title(*project).into())]),
                drop: self.asked.without(*project).href(&self.path()),
            });
        }
        let starts = planned(&self.view).map(|(_, plan)| &plan.allocation.plan);
        let inside = |id: &str| {
            let at = id.parse().ok().and_then(|project| input.find(project));
            at.zip(starts).is_some_and(|(at, plan)| plan.starts.get(at).copied().flatten().is_some())
        };
        let ruled = |id: &str| self.asked.ruled.iter().any(|(project, _)| project.to_string() == id);
        let all = ruling::projects(locale, input).into_iter().filter(|(id, _)| !ruled(id));
        (page.inside, page.outside) = all.partition(|(id, _)| inside(id));
    }
}

/// The answer, or the form alone when nothing is changed yet.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let desk = Desk::open(&state, &visitor, &id, &form).await?;
    if !desk.asked.is_empty() {
        limit(&state.limiters.heavy, &state, &visitor)?;
    }
    let title = desk.view.head.title.clone();
    let page = desk.page(kit::Form::new().with("title", title)).await?;
    if page.form.is_clean() { frame::render(&page) } else { frame::render_invalid(&page) }
}

/// Keeps the state as a scenario of its own: the rulings one by one, each with its price.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let asked = Form::parse(sent.raw("state").as_bytes());
    let desk = Desk::open(&state, &visitor, &id, &asked).await?;
    let mut form = kit::Form::new().with("title", sent.raw("title")).with("reason", sent.raw("reason"));
    if sent.get("title").is_empty() {
        form.fail("title", visitor.locale().t("field-required"));
    }
    if !desk.asked.ruled.is_empty() && sent.get("reason").is_empty() {
        form.fail("reason", visitor.locale().t("programme-whatif-reason-needed"));
    }
    if form.is_clean() {
        match desk.store(sent.get("title"), sent.get("reason")).await {
            Ok(id) => return Ok(frame::redirect(&visitor, &path_of(id), "programme-solving")),
            Err(AppError::Invalid(faults)) => {
                for fault in &faults {
                    let field = if fault.field == "reason" { "reason" } else { "title" };
                    form.fail(field, frame::fault_text(visitor.locale(), fault));
                }
            }
            Err(error) => return Err(error.into()),
        }
    }
    let mut page = desk.page(form).await?;
    page.page = page.page.errors(true);
    frame::render_invalid(&page)
}

impl Desk<'_> {
    async fn store(&self, title: &str, reason: &str) -> Result<Uuid, AppError> {
        let app = &self.state.app;
        let actor = self.visitor.actor();
        let head = &self.view.head;
        let new = NewProgramme {
            place: head.place,
            title: title.to_owned(),
            first_year: head.first_year,
            years: head.n_years,
            request: Some(self.asked.budgets(&self.view.request)),
        };
        let id = app.create_programme_from(actor, Some(head.id), new).await?;
        for (project, kind) in &self.asked.ruled {
            let cost = match app.override_cost(actor, id, (*project, *kind)).await {
                Ok(cost) => Some(cost),
                Err(AppError::NotFound(_)) => None,
                Err(error) => return Err(error),
            };
            let edit = app.programme(actor, id).await?.head.edit;
            app.rule_on_project(actor, (id, edit), *project, Some((*kind, reason, cost))).await?;
        }
        let edit = app.programme(actor, id).await?.head.edit;
        app.solve_programme(actor, (id, edit)).await?;
        Ok(id)
    }
}
