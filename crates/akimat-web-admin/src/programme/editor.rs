//! The editor of a scenario: one form, checked whole at every sending; what was written is never lost.

pub mod fill;
pub mod read;
pub mod view;

use super::{Plate, list_path, path_of, plate, plate_of};
use akimat_allocation::Id;
use akimat_allocation::extension::Approved;
use akimat_app::criteria_set::CriteriaDocument;
use akimat_app::permission::check;
use akimat_app::programme::build::Frame;
use akimat_app::programme::compare::planned;
use akimat_app::programme::{
    InputCandidate, NewProgramme, ProgrammeEdit, ProgrammeInput, ProgrammeRequest, ProgrammeView,
};
use akimat_app::{AppError, Permission};
use akimat_core::KatoCode;
use akimat_storage::programme::ProgrammeState;
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use fill::{field_of, filled};
use read::{Ground, Written, YEARS_MAX, read};
use uuid::Uuid;
pub use view::price;
use view::{Cell, Open, PartTable, Row, RulingRow, Tables};

#[derive(Template)]
#[template(path = "admin/programme/edit.html")]
struct EditPage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    back_name: String,
    back_path: String,
    action: String,
    form: kit::Form,
    conflict: bool,
    clean: String,
    hidden: Vec<(String, String)>,
    years_hint: String,
    money_about: String,
    sources: Vec<String>,
    money: Vec<Row>,
    after: Vec<Row>,
    floors: Vec<PartTable>,
    starts: Vec<Cell>,
    rulings: Vec<RulingRow>,
    rule_path: String,
    exclusive_hint: String,
    precedence_hint: String,
    windows_hint: String,
    discount_hint: String,
    stability_hint: String,
    synergies_hint: String,
    criteria: Vec<(String, String)>,
    fair: String,
    open: Open,
}

/// What is being edited.
struct Desk<'a> {
    state: &'a WebState,
    visitor: &'a Visitor,
    plate: Plate,
    /// The stored scenario; `None` for a new one.
    stored: Option<ProgrammeView>,
    /// What the form starts from.
    title: String,
    first_year: i16,
    request: ProgrammeRequest,
    /// Where the first amounts come from.
    money_about: String,
    /// What the form carries along.
    hidden: Vec<(String, String)>,
    /// The published plan: name and starts in calendar years.
    approved: Option<(String, Vec<(Id, i16)>)>,
    /// The scenario that a new one goes on from.
    parent: Option<Uuid>,
    /// Approved sets of criteria: identifier and name.
    sets: Vec<(String, String)>,
}

impl<'a> Desk<'a> {
    async fn new(state: &'a WebState, visitor: &'a Visitor, asked: &Form) -> Answer<Self> {
        let plate = plate(state, visitor, asked.get("place")).await?;
        check(visitor.actor(), Permission::Recommend, Some(plate.place.code))?;
        let mut desk = Self {
            title: String::new(),
            first_year: 0,
            request: ProgrammeRequest::default(),
            money_about: String::new(),
            hidden: vec![("place".to_owned(), plate.place.code.to_string())],
            stored: None,
            approved: None,
            parent: None,
            sets: Vec::new(),
            plate,
            state,
            visitor,
        };
        if asked.get("from").is_empty() {
            desk.first();
        } else {
            let from = state.app.programme(visitor.actor(), frame::id(asked.get("from"))?).await?;
            let args = [("title", from.head.title.as_str().into())];
            desk.title = visitor.locale().f("programme-copy-of", &args);
            desk.first_year = from.head.first_year;
            desk.request = from.request;
            desk.parent = Some(from.head.id);
            desk.hidden.push(("from".to_owned(), from.head.id.to_string()));
        }
        desk.gather().await?;
        Ok(desk)
    }

    /// What the fields are chosen from.
    async fn gather(&mut self) -> Answer<()> {
        self.approved = self.approved_plan().await?;
        let lang = self.visitor.lang;
        for set in self.state.app.list_approved_criteria(self.plate.place.code).await? {
            let title = CriteriaDocument::read(&set)?.title.get(lang).to_owned();
            let args =
                [("title", title.into()), ("year", set.year.to_string().into()), ("n", set.version.into())];
            let name = self.visitor.locale().f("programme-criteria-set", &args);
            self.sets.push((set.id.to_string(), name));
        }
        Ok(())
    }

    async fn stored(state: &'a WebState, visitor: &'a Visitor, id: &str) -> Answer<Self> {
        let view = state.app.programme(visitor.actor(), frame::id(id)?).await?;
        check(visitor.actor(), Permission::Recommend, Some(view.head.place))?;
        if view.state.is_decided() || view.state == ProgrammeState::Solving {
            return Err(Failure::new(StatusCode::CONFLICT, "conflict"));
        }
        let mut desk = Self {
            plate: plate_of(state, visitor, view.head.place).await?,
            title: view.head.title.clone(),
            first_year: view.head.first_year,
            request: view.request.clone(),
            money_about: String::new(),
            hidden: vec![("edit".to_owned(), view.head.edit.to_string())],
            approved: None,
            parent: None,
            sets: Vec::new(),
            stored: Some(view),
            state,
            visitor,
        };
        desk.gather().await?;
        Ok(desk)
    }

    /// A new scenario: the years and limits that the platform has published, or three empty years.
    fn first(&mut self) {
        let envelopes = &self.state.app.criteria().envelopes;
        let years = u16::try_from(envelopes.len()).unwrap_or(0).min(YEARS_MAX);
        self.first_year = self.state.app.today().year().saturating_add(1);
        self.request = self.state.app.first_request(if years == 0 { 3 } else { years });
        if let (Some((first, _)), Some(own)) = (envelopes.first(), self.request.sources.first_mut()) {
            self.first_year = *first;
            own.budget = envelopes.iter().map(|(_, money)| *money).take(usize::from(years)).collect();
            // Transfers are not known yet: an empty column leaves them without a limit, zeros would forbid them.
            self.request.sources.truncate(1);
            self.money_about = self.visitor.locale().t("programme-money-published").into_owned();
        }
    }

    async fn approved_plan(&self) -> Answer<Option<(String, Vec<(Id, i16)>)>> {
        let heads = self.state.app.published_programmes(Some(self.plate.place.code)).await?;
        let own = heads.into_iter().find(|head| head.place == self.plate.place.code);
        let Some(head) = own else { return Ok(None) };
        let view = self.state.app.published_programme(head.id).await?;
        let Some((input, plan)) = planned(&view) else { return Ok(None) };
        let started = plan.allocation.plan.started();
        let key = |at: usize| input.candidates.get(at).map(|one: &InputCandidate| Id::Text(one.key.clone()));
        let starts = started.filter_map(|(at, year)| Some((key(at)?, input.calendar(year)))).collect();
        Ok(Some((head.title, starts)))
    }

    fn frame(&self, first_year: i16, years: u16) -> Frame {
        Frame { place: self.plate.place.code, first_year, years }
    }

    fn span(&self) -> (i16, u16) {
        (self.first_year, u16::try_from(self.request.discount.len()).unwrap_or(1))
    }

    async fn input(&self) -> Answer<ProgrammeInput> {
        let (first, years) = self.span();
        Ok(self.state.app.check_programme(self.frame(first, years), &self.request).await?.input)
    }

    /// Reads what was sent.
    fn read(&self, input: &ProgrammeInput, sent: &Form) -> Written {
        let districts: Vec<KatoCode> = input.districts.iter().map(|district| district.place).collect();
        let first = sent.get("first_year").parse().unwrap_or(self.first_year);
        let approved = self.approved.iter().flat_map(|(_, starts)| starts).filter_map(|(id, year)| {
            let start =
                u16::try_from(i32::from(*year) - i32::from(first) + 1).ok().filter(|year| *year > 0)?;
            Some(Approved { id: id.clone(), start })
        });
        let ground = Ground {
            locale: self.visitor.locale(),
            stored: &self.request,
            span: self.span(),
            candidates: &input.candidates,
            districts: &districts,
            approved: approved.collect(),
        };
        read(&ground, sent)
    }

    fn page(&self, form: kit::Form, input: &ProgrammeInput, request: &ProgrammeRequest) -> EditPage {
        let locale = self.visitor.locale();
        let args = [("title", self.title.as_str().into())];
        let place = [("place", self.plate.name.as_str().into())];
        let (title, action, back) = match &self.stored {
            Some(view) => {
                let back = path_of(view.head.id);
                (locale.f("programme-edit-title", &args), format!("{back}/edit"), back)
            }
            None => {
                (locale.f("programme-new-title", &place), "/admin/programmes/new".to_owned(), String::new())
            }
        };
        let tables = Tables { locale, input, span: (input.first_year, input.years) };
        let hint = |key: &str, sign: &str| locale.f(key, &[("example", tables.example(sign).into())]);
        let invented = self.plate.place.invented || input.is_invented();
        EditPage {
            page: frame::page(self.visitor, title, Some(MenuItem::Admin))
                .hidden()
                .invented(invented)
                .errors(!form.is_clean()),
            place: PlaceLink { name: self.plate.name.clone(), path: self.plate.path.clone() },
            list_path: list_path(self.plate.place.code),
            back_name: if back.is_empty() { String::new() } else { self.title.clone() },
            rule_path: if back.is_empty() { String::new() } else { format!("{back}/ruling") },
            back_path: back,
            action: self.visitor.to(&action),
            conflict: false,
            clean: String::new(),
            hidden: self.hidden.clone(),
            years_hint: locale.f("programme-n-years-hint", &[("most", YEARS_MAX.into())]),
            money_about: self.money_about.clone(),
            sources: tables.sources(),
            money: tables.money(),
            after: tables.after(),
            floors: tables.floors(&form),
            starts: tables.starts(),
            rulings: tables.rulings(request),
            exclusive_hint: hint("programme-exclusive-hint", ","),
            precedence_hint: hint("programme-precedence-hint", ">"),
            windows_hint: hint("programme-windows-hint", ":"),
            discount_hint: locale.t(discount_hint(request)).into_owned(),
            stability_hint: match &self.approved {
                Some((plan, _)) => locale.f("programme-stability-hint", &[("plan", plan.as_str().into())]),
                None => locale.t("programme-stability-none").into_owned(),
            },
            synergies_hint: hint("programme-synergies-hint", "+"),
            criteria: self.sets.clone(),
            fair: if request.extensions.benefit_floors.is_empty() {
                String::new()
            } else {
                locale.t("programme-fair-kept").into_owned()
            },
            open: Open::of(&form, request),
            form,
        }
    }

    /// The page as it was sent, with what is wrong.
    async fn again(
        &self,
        sent: &Form,
        written: &Written,
        faults: &[akimat_app::FieldFault],
    ) -> Answer<EditPage> {
        let locale = self.visitor.locale();
        let frame = self.frame(written.first_year, written.years);
        let checked = self.state.app.check_programme(frame, &written.request).await?;
        let mut form = kit::Form::from_pairs(sent.with_prefix("").map(|(n, v)| (n.to_owned(), v.to_owned())));
        form = carried(form, sent, written);
        for (field, text) in &written.faults {
            form.fail(field, text.as_str());
        }
        // Faults of the use case are told when the fields themselves can be read.
        let found = if written.faults.is_empty() && faults.is_empty() { &checked.faults[..] } else { faults };
        for fault in found {
            form.fail(&field_of(&fault.field, written.first_year), frame::fault_text(locale, fault));
        }
        let mut page = self.page(form, &checked.input, &written.request);
        if page.form.is_clean() {
            let tables = Tables { locale, input: &checked.input, span: (written.first_year, written.years) };
            let n = checked.input.candidates.len();
            let money = tables.whole(&written.request);
            page.clean = locale.f("programme-clean-text", &[("n", n.into()), ("money", money.into())]);
        }
        Ok(page)
    }

    /// Stores what was written. Answers where to go.
    async fn store(&self, written: &Written, edit: u32) -> Result<Uuid, AppError> {
        let app = &self.state.app;
        let actor = self.visitor.actor();
        let (title, first_year, years) = (written.title.clone(), written.first_year, written.years);
        let request = written.request.clone();
        if let Some(view) = &self.stored {
            let form = ProgrammeEdit { title, first_year, years, request };
            app.edit_programme(actor, (view.head.id, edit), form).await?;
            return Ok(view.head.id);
        }
        let place = self.plate.place.code;
        let new = NewProgramme { place, title, first_year, years, request: Some(request) };
        app.create_programme_from(actor, self.parent, new).await
    }
}

fn discount_hint(request: &ProgrammeRequest) -> &'static str {
    if fill::rate(&request.discount).is_none() { "programme-discount-own" } else { "programme-discount-hint" }
}

/// Amounts of years that the form did not show yet are filled in.
fn carried(mut form: kit::Form, sent: &Form, written: &Written) -> kit::Form {
    let years = || read::calendar(written.first_year, written.years);
    let absent = |name: &str| sent.all(name).next().is_none();
    for ask in &written.request.sources {
        for (year, amount) in years().zip(&ask.budget) {
            let name = format!("budget-{}-{year}", ask.source.code());
            if absent(&name) {
                form = form.with(&name, amount.to_decimal(akimat_core::MoneyUnit::ThousandTenge, 0));
            }
        }
    }
    for (year, cap) in years().zip(&written.request.starts_cap) {
        let name = format!("starts-{year}");
        if absent(&name) {
            form = form.with(&name, cap.to_string());
        }
    }
    form
}

async fn form_page(desk: &Desk<'_>) -> Answer {
    let input = desk.input().await?;
    let form = filled(&desk.title, desk.first_year, &desk.request, &input.candidates);
    frame::render(&desk.page(form, &input, &desk.request))
}

async fn sent_page(desk: &Desk<'_>, sent: &Form) -> Answer {
    let input = desk.input().await?;
    let written = desk.read(&input, sent);
    let act = sent.get("act");
    let wants = matches!(act, "save" | "solve");
    if !wants || !written.faults.is_empty() {
        let page = desk.again(sent, &written, &[]).await?;
        return if page.form.is_clean() { frame::render(&page) } else { frame::render_invalid(&page) };
    }
    let edit = sent.get("edit").parse().unwrap_or(0);
    match desk.store(&written, edit).await {
        Ok(id) => {
            let app = &desk.state.app;
            if act == "solve" {
                let edit = app.programme(desk.visitor.actor(), id).await?.head.edit;
                app.solve_programme(desk.visitor.actor(), (id, edit)).await?;
                return Ok(frame::redirect(desk.visitor, &path_of(id), "programme-solving"));
            }
            Ok(frame::redirect(desk.visitor, &path_of(id), "programme-saved"))
        }
        Err(AppError::Invalid(faults)) => frame::render_invalid(&desk.again(sent, &written, &faults).await?),
        Err(AppError::Conflict(_)) => {
            // The next sending overwrites knowingly: it carries the counter of the version to compare with.
            let mut page = desk.again(sent, &written, &[]).await?;
            (page.conflict, page.clean) = (true, String::new());
            let body = axum::response::Html(page.render()?);
            Ok((StatusCode::CONFLICT, body).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// The form of a new scenario: empty, or a copy of another one.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn new_form(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    form_page(&Desk::new(&state, &visitor, &asked).await?).await
}

/// Begins a scenario, or shows what is wrong.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn new(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    sent_page(&Desk::new(&state, &visitor, &sent).await?, &sent).await
}

/// The form of a stored scenario.
///
/// # Errors
/// 403 outside the person's territory, 409 while it is being solved and after the decision.
pub async fn edit_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    form_page(&Desk::stored(&state, &visitor, &id).await?).await
}

/// Changes a scenario, or shows what is wrong.
///
/// # Errors
/// 403 outside the person's territory, 409 while it is being solved and after the decision.
pub async fn edit(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    sent_page(&Desk::stored(&state, &visitor, &id).await?, &sent).await
}
