//! A person keeps a project in or bars it: the price first, then the reason, then the ruling.

use super::{list_path, path_of, plate_of};
use akimat_app::permission::check;
use akimat_app::programme::build::Frame;
use akimat_app::programme::{Duty, OverrideCost, ProgrammeInput, ProgrammeView, RulingKind};
use akimat_app::{AppError, Permission};
use akimat_core::ProjectId;
use akimat_i18n::Locale;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};

#[derive(Template)]
#[template(path = "admin/programme/ruling.html")]
struct RulingPage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    scenario: String,
    back: String,
    path: String,
    form: kit::Form,
    save_form: kit::Form,
    projects: Vec<(String, String)>,
    acts: Vec<(String, String)>,
    price: Vec<String>,
    hidden: Vec<(String, String)>,
    failed: Vec<String>,
}

struct Asked {
    view: ProgrammeView,
    input: ProgrammeInput,
    ruling: Option<(ProjectId, RulingKind)>,
}

async fn asked(state: &WebState, visitor: &Visitor, id: &str, form: &Form) -> Answer<Asked> {
    let view = state.app.programme(visitor.actor(), frame::id(id)?).await?;
    check(visitor.actor(), Permission::Recommend, Some(view.head.place))?;
    let head = &view.head;
    let frame = Frame { place: head.place, first_year: head.first_year, years: head.n_years };
    let input = state.app.check_programme(frame, &view.request).await?.input;
    let project = form.get("project").parse::<ProjectId>().ok().filter(|one| input.find(*one).is_some());
    let ruling = project.zip(RulingKind::parse(form.get("kind")));
    Ok(Asked { view, input, ruling })
}

/// The projects that a person may rule on: identifier, then number with name.
pub fn projects(locale: &Locale, input: &ProgrammeInput) -> Vec<(String, String)> {
    let free = input.candidates.iter().filter(|one| !matches!(one.duty, Some(Duty::Running { .. })));
    let name = |one: &akimat_app::programme::InputCandidate| {
        format!("{} · {}", one.number, one.title.get(locale.lang()))
    };
    free.map(|one| (one.project.to_string(), name(one))).collect()
}

/// The two things that a person may rule.
pub fn acts(locale: &Locale) -> Vec<(String, String)> {
    let act = |kind: RulingKind| {
        (kind.code().to_owned(), locale.name("programme-ruling", kind.code()).into_owned())
    };
    vec![act(RulingKind::Keep), act(RulingKind::Bar)]
}

impl Asked {
    async fn page(&self, state: &WebState, visitor: &Visitor, form: &Form) -> Answer<RulingPage> {
        let locale = visitor.locale();
        let plate = plate_of(state, visitor, self.view.head.place).await?;
        let path = path_of(self.view.head.id);
        let title = [("title", self.view.head.title.as_str().into())];
        let mut page = RulingPage {
            page: frame::page(visitor, locale.f("programme-ruling-title", &title), Some(MenuItem::Admin))
                .hidden()
                .invented(plate.place.invented || self.view.head.invented),
            place: PlaceLink { name: plate.name, path: plate.path },
            list_path: list_path(self.view.head.place),
            scenario: self.view.head.title.clone(),
            path: format!("{path}/ruling"),
            back: path,
            form: kit::Form::new().with("project", form.get("project")).with("kind", form.get("kind")),
            save_form: kit::Form::new().with("reason", form.raw("reason")),
            projects: projects(locale, &self.input),
            acts: acts(locale),
            price: Vec::new(),
            hidden: Vec::new(),
            failed: Vec::new(),
        };
        if let Some((project, kind)) = self.ruling {
            page.hidden = vec![
                ("project".to_owned(), project.to_string()),
                ("kind".to_owned(), kind.code().to_owned()),
                ("edit".to_owned(), self.view.head.edit.to_string()),
            ];
            match self.cost(state, visitor).await? {
                Ok(Some(cost)) => page.price = self.told(locale, &cost),
                Ok(None) => page.price = vec![locale.t("programme-ruling-impossible").into_owned()],
                Err(faults) => page.failed = faults,
            }
        }
        Ok(page)
    }

    /// What the ruling costs; `None` when there is no plan to compare with.
    async fn cost(
        &self,
        state: &WebState,
        visitor: &Visitor,
    ) -> Answer<Result<Option<OverrideCost>, Vec<String>>> {
        let Some(ruling) = self.ruling else { return Ok(Ok(None)) };
        match state.app.override_cost(visitor.actor(), self.view.head.id, ruling).await {
            Ok(cost) => Ok(Ok(Some(cost))),
            Err(AppError::NotFound("plan")) => Ok(Ok(None)),
            Err(AppError::Invalid(faults)) => {
                let locale = visitor.locale();
                Ok(Err(faults.iter().map(|fault| frame::fault_text(locale, fault)).collect()))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn told(&self, locale: &Locale, cost: &OverrideCost) -> Vec<String> {
        let mut told = super::editor::price(locale, cost);
        let names = |list: &[ProjectId]| {
            let name = |id: &ProjectId| {
                let one = self.input.find(*id).and_then(|at| self.input.candidates.get(at));
                one.map_or_else(String::new, |one| one.title.get(locale.lang()).to_owned())
            };
            list.iter().map(name).collect::<Vec<_>>().join("; ")
        };
        for (key, list) in
            [("programme-ruling-enter", &cost.enters), ("programme-ruling-leave", &cost.leaves)]
        {
            if !list.is_empty() {
                told.push(locale.f(key, &[("projects", names(list).into())]));
            }
        }
        told
    }
}

/// Shows the price of a ruling.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let asked = asked(&state, &visitor, &id, &form).await?;
    frame::render(&asked.page(&state, &visitor, &form).await?)
}

/// Stores a ruling with its reason and its price.
///
/// # Errors
/// 403 outside the person's territory, 409 when somebody else changed the scenario.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let asked = asked(&state, &visitor, &id, &sent).await?;
    let Some((project, kind)) = asked.ruling else {
        return frame::render_invalid(&asked.page(&state, &visitor, &sent).await?);
    };
    let reason = sent.raw("reason");
    let cost = match asked.cost(&state, &visitor).await? {
        Ok(cost) => cost,
        Err(_) => return frame::render_invalid(&asked.page(&state, &visitor, &sent).await?),
    };
    let key = (asked.view.head.id, sent.get("edit").parse().unwrap_or(0));
    match state.app.rule_on_project(visitor.actor(), key, project, Some((kind, reason, cost))).await {
        Ok(()) => Ok(frame::redirect(&visitor, &path_of(key.0), "programme-ruling-stored")),
        Err(AppError::Invalid(faults)) => {
            let mut page = asked.page(&state, &visitor, &sent).await?;
            for fault in &faults {
                let text = frame::fault_text(visitor.locale(), fault);
                page.save_form.fail("reason", text);
            }
            page.page = page.page.errors(true);
            frame::render_invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}
