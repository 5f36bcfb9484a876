//! The decision of the head on a computed plan: accept it or deviate with a reason for each project, see what
//! the deviations cost, sign, publish. The commission's comments stand beside.

use super::{list_path, path_of, plate_of};
use akimat_app::permission::check;
use akimat_app::programme::decide::DecidedPlan;
use akimat_app::programme::{Decide, Deviation, InputCandidate, ProgrammeRecord, ProgrammeView, Voice};
use akimat_app::{AppError, FieldFault, Permission};
use akimat_core::ProjectId;
use akimat_i18n::Locale;
use akimat_storage::programme::ProgrammeState;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame::{self, PlaceLink};
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::plan::loaded::Loaded;
use akimat_web_kit::view::plan::told::Teller;
use akimat_web_kit::view::plan::{points, signed_points};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use uuid::Uuid;

#[derive(Template)]
#[template(path = "admin/programme/decide.html")]
struct DecidePage {
    page: Page,
    place: PlaceLink,
    list_path: String,
    scenario: String,
    back: String,
    path: String,
    edit: String,
    form: kit::Form,
    may_decide: bool,
    open: bool,
    standing: String,
    rows: Vec<Row>,
    preview: Option<Preview>,
    signed: Option<Signed>,
    published: String,
    voices: Vec<(String, String)>,
    comments: Vec<Comment>,
    comment_form: kit::Form,
}

/// A project with what was computed, and the fields to decide otherwise.
struct Row {
    project: String,
    title: String,
    path: String,
    why: String,
    about: String,
    inside: bool,
    reason: String,
    label: String,
    options: Vec<(String, String)>,
    open: bool,
    start: String,
    words: String,
}

/// What the deviations would cost, before anything is signed.
struct Preview {
    sentence: String,
    rows: Vec<[String; 4]>,
}

/// What was signed.
struct Signed {
    by: String,
    reason: String,
    sentence: String,
    rows: Vec<[String; 5]>,
}

/// What a member of the commission said.
struct Comment {
    voice: String,
    by: String,
    body: String,
}

/// The form, or what was signed.
///
/// # Errors
/// 403 outside the person's territory, 404 when there is no such scenario.
pub async fn show(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let shown = Shown::open(&state, &visitor, &id).await?;
    frame::render(&shown.page(&shown.prefilled(&asked), &[], None))
}

/// Shows the cost, or signs.
///
/// # Errors
/// 403 for anybody but the head, 409 when somebody else was quicker.
pub async fn decide(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let shown = Shown::open(&state, &visitor, &id).await?;
    let decide = shown.read(&sent);
    let (app, actor, id) = (&state.app, visitor.actor(), shown.view.head.id);
    if sent.get("act") == "sign" {
        let edit = sent.get("edit").parse().unwrap_or(0);
        return match app.decide_programme(actor, (id, edit), &decide).await {
            Ok(()) => Ok(frame::redirect(&visitor, &format!("{}/decide", path_of(id)), "saved")),
            Err(AppError::Invalid(faults)) => {
                let preview = app.preview_decision(actor, id, &decide).await.ok();
                frame::render_invalid(&shown.page(&sent, &faults, preview.as_ref()))
            }
            Err(error) => Err(error.into()),
        };
    }
    match app.preview_decision(actor, id, &decide).await {
        Ok(decided) => frame::render(&shown.page(&sent, &[], Some(&decided))),
        Err(AppError::Invalid(faults)) => frame::render_invalid(&shown.page(&sent, &faults, None)),
        Err(error) => Err(error.into()),
    }
}

/// Publishes what was signed.
///
/// # Errors
/// 403 for anybody but the head, 409 when it is not signed or published already.
pub async fn publish(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let id: Uuid = frame::id(&id)?;
    let edit = sent.get("edit").parse().unwrap_or(0);
    let decision = state.app.publish_programme(visitor.actor(), (id, edit)).await?;
    Ok(frame::redirect(&visitor, &format!("/decisions/{decision}"), "decision-published"))
}

/// A member of the commission says something.
///
/// # Errors
/// 403 outside the person's territory.
pub async fn comment(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let shown = Shown::open(&state, &visitor, &id).await?;
    let id = shown.view.head.id;
    let voice = Voice::parse(sent.get("voice")).unwrap_or(Voice::Office);
    match state.app.comment_programme(visitor.actor(), id, voice, sent.raw("body")).await {
        Ok(()) => {
            Ok(frame::redirect(&visitor, &format!("{}/decide#comments", path_of(id)), "comment-posted"))
        }
        Err(AppError::Invalid(faults)) => {
            let mut page = shown.page(&Form::default(), &[], None);
            page.comment_form =
                kit::Form::new().with("body", sent.raw("body")).with("voice", sent.get("voice"));
            for fault in faults {
                page.comment_form.fail(&fault.field, frame::fault_text(visitor.locale(), &fault));
            }
            frame::render_invalid(&page)
        }
        Err(error) => Err(error.into()),
    }
}

struct Shown<'a> {
    state: &'a WebState,
    visitor: &'a Visitor,
    view: ProgrammeView,
    place: PlaceLink,
    invented: bool,
    computed: Option<Loaded>,
}

impl<'a> Shown<'a> {
    async fn open(state: &'a WebState, visitor: &'a Visitor, id: &str) -> Answer<Self> {
        let view = state.app.programme(visitor.actor(), frame::id(id)?).await?;
        let plate = plate_of(state, visitor, view.head.place).await?;
        let computed = Loaded::computed(state, visitor.locale(), &view).await?;
        let invented = plate.place.invented || view.head.invented;
        Ok(Self {
            state,
            visitor,
            view,
            place: PlaceLink { name: plate.name, path: plate.path },
            invented,
            computed,
        })
    }

    fn locale(&self) -> &'static Locale {
        self.visitor.locale()
    }

    /// The projects that a person may decide otherwise: neither under contract nor barred.
    fn free(&self) -> impl Iterator<Item = (usize, &InputCandidate)> {
        let candidates = self.computed.iter().flat_map(|loaded| loaded.input.candidates.iter().enumerate());
        candidates.filter(|(_, one)| one.duty.is_none() && one.barred.is_none())
    }

    /// What was sent as deviations; a start that is no year is one that the verb refuses.
    fn read(&self, sent: &Form) -> Decide {
        let deviation = |(_, one): (usize, &InputCandidate)| {
            let start = match sent.get(&format!("start-{}", one.project)) {
                "" => return None,
                "out" => None,
                year => Some(year.parse().unwrap_or(0)),
            };
            let reason = sent.raw(&format!("why-{}", one.project)).to_owned();
            Some(Deviation { project: one.project, start, reason })
        };
        Decide {
            deviations: self.free().filter_map(deviation).collect(),
            reason: sent.raw("reason").to_owned(),
        }
    }

    /// The form filled with the plan that has a project in, or does without it: that of its explanation.
    fn prefilled(&self, asked: &Form) -> Form {
        let Some(loaded) = &self.computed else { return Form::default() };
        let teller = loaded.teller(self.locale());
        let wanted: Option<ProjectId> = asked.get("project").parse().ok();
        let found = wanted.and_then(|wanted| loaded.input.find(wanted)).and_then(|at| teller.explanation(at));
        let cost = found.and_then(|one| one.regret.as_ref().or(one.value_in_plan.as_ref()));
        let Some(change) = cost.and_then(|cost| cost.change.as_ref()) else { return Form::default() };
        let id = |id| teller.place(id).map(|at| loaded.input.candidates[at].project);
        let mut pairs: Vec<(String, String)> = Vec::new();
        for start in change.enter.iter().chain(&change.moved) {
            let year = loaded.input.calendar(start.start).to_string();
            pairs.extend(id(&start.id).map(|project| (format!("start-{project}"), year)));
        }
        for leaves in &change.leave {
            pairs.extend(id(leaves).map(|project| (format!("start-{project}"), "out".to_owned())));
        }
        let encoded = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
        Form::parse(encoded.as_bytes())
    }

    fn page(&self, sent: &Form, faults: &[FieldFault], decided: Option<&DecidedPlan>) -> DecidePage {
        let (locale, head) = (self.locale(), &self.view.head);
        let path = path_of(head.id);
        let mut form = kit::Form::new().with("reason", sent.raw("reason"));
        for fault in faults {
            form.fail(&field_of(fault), frame::fault_text(locale, fault));
        }
        let allowed = check(self.visitor.actor(), Permission::Decide, Some(head.place)).is_ok();
        let open =
            self.view.state == ProgrammeState::Solved && !self.view.outdated && self.computed.is_some();
        let title = [("title", head.title.as_str().into())];
        DecidePage {
            page: frame::page(self.visitor, locale.f("plan-decide-title", &title), Some(MenuItem::Admin))
                .hidden()
                .invented(self.invented)
                .errors(!form.is_clean()),
            place: self.place.clone(),
            list_path: list_path(head.place),
            scenario: head.title.clone(),
            back: path.clone(),
            path: format!("{path}/decide"),
            edit: head.edit.to_string(),
            may_decide: allowed,
            open,
            standing: self.computed.as_ref().map_or_else(String::new, |loaded| standing(locale, loaded)),
            rows: if open { self.rows(sent, &form) } else { Vec::new() },
            form,
            preview: decided.map(|decided| self.preview(decided)),
            signed: self.view.record.as_ref().map(|record| self.signed(record)),
            published: head.decision.map_or_else(String::new, |decision| format!("/decisions/{decision}")),
            voices: voices(locale),
            comments: self.comments(),
            comment_form: kit::Form::new().with("voice", Voice::Commission.code()),
        }
    }

    fn rows(&self, sent: &Form, form: &kit::Form) -> Vec<Row> {
        let Some(loaded) = &self.computed else { return Vec::new() };
        let teller = loaded.teller(self.locale());
        let mut rows: Vec<(bool, Row)> = self
            .free()
            .map(|(at, one)| {
                let row = self.row(&teller, (at, one), (sent, form));
                (row.inside, row)
            })
            .collect();
        rows.sort_by_key(|(inside, _)| !inside);
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn row(
        &self,
        teller: &Teller<'_>,
        (at, one): (usize, &InputCandidate),
        (sent, form): (&Form, &kit::Form),
    ) -> Row {
        let (locale, view) = (self.locale(), &teller.view);
        let (start, words) = (format!("start-{}", one.project), format!("why-{}", one.project));
        let mut options: Vec<(String, String)> = view
            .programme
            .window(at)
            .map(|year| {
                let year = view.names.year(year);
                (year.clone(), locale.f("plan-decide-start", &[("year", year.into())]))
            })
            .collect();
        options.push(("out".to_owned(), locale.t("plan-decide-out").into_owned()));
        let told = teller.reason(at);
        let label = told.iter().rev().find_map(|one| one.label);
        let cost = view.short(view.cost(at));
        let benefit = points(locale, one.benefit.saturating_mul(10_000));
        let about = [
            ("number", one.number.as_str().into()),
            ("start", view.start(at).into()),
            ("cost", cost.into()),
            ("points", benefit.into()),
        ];
        Row {
            project: one.project.to_string(),
            title: view.names.project(at).to_owned(),
            path: format!("/projects/{}", one.project),
            why: format!("{}/why/{}", path_of(self.view.head.id), one.project),
            about: locale.f("plan-decide-about", &about),
            inside: view.plan.has(at),
            reason: told.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(" "),
            label: label.map_or_else(String::new, |label| teller.label(label)),
            open: !sent.get(&start).is_empty()
                || !form.error(&start).is_empty()
                || !form.error(&words).is_empty(),
            options,
            start: sent.get(&start).to_owned(),
            words: sent.raw(&words).to_owned(),
        }
    }

    fn preview(&self, decided: &DecidedPlan) -> Preview {
        let rows = self.deviations(decided).into_iter().map(|[a, b, c, d, _]| [a, b, c, d]).collect();
        Preview { sentence: loss(self.locale(), decided), rows }
    }

    fn deviations(&self, decided: &DecidedPlan) -> Vec<[String; 5]> {
        let locale = self.locale();
        let Some(loaded) = &self.computed else { return Vec::new() };
        let year = |year: Option<i16>| {
            year.map_or_else(|| locale.t("plan-not-in").into_owned(), |year| year.to_string())
        };
        let row = |one: &akimat_app::programme::RecordedDeviation| {
            [
                loaded.names.project(one.candidate).to_owned(),
                year(one.computed),
                year(one.decided),
                signed_points(locale, one.worth),
                one.reason.clone(),
            ]
        };
        decided.deviations.iter().map(row).collect()
    }

    fn signed(&self, record: &ProgrammeRecord) -> Signed {
        let locale = self.locale();
        let when = locale.date_time(record.decided_at, self.state.app.zone());
        let by = [("name", record.decided_by.as_str().into()), ("when", when.into())];
        Signed {
            by: locale.f("plan-signed-by", &by),
            reason: record.reason.clone(),
            sentence: loss(locale, &record.decided),
            rows: self.deviations(&record.decided),
        }
    }

    fn comments(&self) -> Vec<Comment> {
        let locale = self.locale();
        let comment = |one: &akimat_storage::ProgrammeComment| Comment {
            voice: locale.name("plan-voice", &one.voice).into_owned(),
            by: format!("{}, {}", one.by, locale.date_time(one.at, self.state.app.zone())),
            body: one.body.clone(),
        };
        self.view.comments.iter().map(comment).collect()
    }
}

/// For whom a comment may speak.
fn voices(locale: &Locale) -> Vec<(String, String)> {
    let voice =
        |voice: Voice| (voice.code().to_owned(), locale.name("plan-voice", voice.code()).into_owned());
    Voice::ALL.map(voice).to_vec()
}

/// The field of the form that a fault of the verb belongs to.
fn field_of(fault: &FieldFault) -> String {
    match fault.field.strip_prefix("deviation-") {
        Some(project) if matches!(fault.key, "field-programme-start" | "field-programme-project-unknown") => {
            format!("start-{project}")
        }
        Some(project) => format!("why-{project}"),
        None => fault.field.clone(),
    }
}

/// What the deviations cost together.
fn loss(locale: &Locale, decided: &DecidedPlan) -> String {
    match (decided.deviations.is_empty(), decided.loss) {
        (true, _) => locale.t("plan-decide-accepted").into_owned(),
        (false, 0) => locale.t("plan-decide-free").into_owned(),
        (false, loss) if loss < 0 => {
            locale.f("plan-decide-gain", &[("n", points(locale, loss.saturating_neg()).into())])
        }
        (false, loss) => locale.f("plan-decide-loss", &[("n", points(locale, loss).into())]),
    }
}

/// Points of the plan and how good it is known to be.
pub fn standing(locale: &Locale, loaded: &Loaded) -> String {
    let allocation = &loaded.plan.allocation;
    let n = points(locale, allocation.objective);
    if allocation.is_optimal() {
        return locale.f("plan-standing-optimal", &[("n", n.into())]);
    }
    let gap = points(locale, allocation.bound - allocation.objective);
    locale.f("plan-standing-gap", &[("n", n.into()), ("gap", gap.into())])
}
