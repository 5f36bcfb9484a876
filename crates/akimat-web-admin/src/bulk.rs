//! `/admin/bulk`: many projects changed at once. What is chosen becomes a file of the imports, which shows what would
//! change, is carried out as a whole, and can be taken back.

use akimat_app::FieldFault;
use akimat_app::import::{Begun, template_labels};
use akimat_app::permission::{self, Permission};
use akimat_app::project_query::canonical;
use akimat_core::ProjectId;
use akimat_interop::project_register::encode::register_table;
use akimat_interop::project_register::mapping::Mapping;
use akimat_interop::table_export::{Cell, Table, encode_csv};
use akimat_project::{Kind, Level, Modality, Project, Sector};
use akimat_storage::{PageRequest, ProjectFilter};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::attempt::limit;
use akimat_web_kit::view::project::{Item, item, options, place_names};
use akimat_web_kit::view::project_choices::{Choices, asked, choices, with_query};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect};
use jiff::ToSpan;

/// Projects that can be chosen on one page.
const CHOICE_MAX: u16 = 200;
/// Projects of one file.
const FILE_MAX: u16 = 20_000;
/// Days by which plans can be moved at once.
const SHIFT_MAX: i32 = 3_660;

/// Columns of the register that one value is set in.
const COLUMNS: [&str; 7] = ["sector", "kind", "modality", "level", "contractor", "starts_on", "ends_on"];

#[derive(Template)]
#[template(path = "admin/bulk.html")]
struct BulkPage {
    page: Page,
    choices: Choices,
    form: kit::Form,
    found: String,
    more: String,
    items: Vec<Item>,
    chosen: Vec<String>,
    sectors: Vec<(String, String)>,
    kinds: Vec<(String, String)>,
    modalities: Vec<(String, String)>,
    levels: Vec<(String, String)>,
    files: Vec<(String, String)>,
    action: String,
}

/// The projects of a search, to choose from.
///
/// # Errors
/// When the database fails.
pub async fn show(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let query = query.unwrap_or_default();
    frame::render(&build(&state, &visitor, (&query, Vec::new()), kit::Form::new()).await?)
}

/// The filter of an address within the visitor's own territory.
fn own(state: &WebState, visitor: &Visitor, query: &str) -> ProjectFilter {
    let (filter, _) = asked(state, query);
    let own = visitor.actor().and_then(|account| account.place);
    let place = match (filter.place, own) {
        (Some(asked), Some(own)) if own.covers(asked) => Some(asked),
        (asked, None) => asked,
        (_, own) => own,
    };
    ProjectFilter { place, ..filter }
}

async fn build(
    state: &WebState,
    visitor: &Visitor,
    (query, chosen): (&str, Vec<String>),
    form: kit::Form,
) -> Answer<BulkPage> {
    let locale = visitor.locale();
    let filter = own(state, visitor, query);
    let (_, sort) = asked(state, query);
    let cards = state.app.read().list_projects(&filter, sort, &PageRequest::first(CHOICE_MAX)).await?;
    let totals = state.app.read().count_projects(&filter).await?;
    let places = place_names(state, locale, cards.items.iter().map(|card| card.place)).await?;
    let search = canonical(query);
    let file = |format: &str| {
        let path = with_query(&format!("/admin/bulk/{format}"), &search);
        (visitor.to(&path), locale.t(&format!("action-download-{format}")).into_owned())
    };
    Ok(BulkPage {
        page: frame::page(visitor, locale.t("bulk-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        choices: choices(state, visitor, (query, &filter)).await?,
        form,
        found: locale.f("projects-found", &[("n", totals.n_projects.into())]),
        more: if cards.next.is_some() {
            locale.f("bulk-first", &[("n", u64::from(CHOICE_MAX).into())])
        } else {
            String::new()
        },
        items: cards.items.iter().map(|card| item((state, locale), card, &places)).collect(),
        chosen,
        sectors: options(locale, "sector", Sector::ALL, Sector::code),
        kinds: options(locale, "kind", Kind::ALL, Kind::code),
        modalities: options(locale, "modality", Modality::ALL, Modality::code),
        levels: Level::ALL
            .iter()
            .map(|level| (level.code().to_owned(), locale.name("project-level", level.code()).into_owned()))
            .collect(),
        files: ["xlsx", "csv"].into_iter().map(file).collect(),
        action: with_query("/admin/bulk", &search),
    })
}

/// The projects of a search as a file to be changed in a spreadsheet and brought back.
///
/// # Errors
/// 404 for an unknown format.
pub async fn file(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, format)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let locale = visitor.locale();
    let filter = own(&state, &visitor, &query.unwrap_or_default());
    let projects = state.app.read().list_whole_projects(&filter, FILE_MAX).await?;
    let (labels, _) = template_labels(locale.lang());
    let table = register_table(&locale.t("projects-title"), &labels, &projects);
    akimat_web_kit::download::table("akimat-projects", &format, &table)
}

/// Makes a draft of what was chosen.
///
/// # Errors
/// 403 for who may not import.
pub async fn begin(
    State(state): State<WebState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
    sent: Form,
) -> Answer {
    limit(&state.limiters.heavy, &state, &visitor)?;
    let locale = visitor.locale();
    let query = query.unwrap_or_default();
    let chosen: Vec<String> = sent.all("id").map(str::to_owned).take(usize::from(CHOICE_MAX)).collect();
    let mut faults = Vec::new();
    let changes = changes(&sent, &mut faults);
    let ids: Vec<ProjectId> = chosen.iter().filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        faults.push(FieldFault::new("", "bulk-none-chosen"));
    } else if changes.is_none() && faults.is_empty() {
        faults.push(FieldFault::new("", "bulk-nothing-to-change"));
    }
    let (Some(changes), true) = (changes, faults.is_empty()) else {
        let names = COLUMNS.iter().map(|name| field(name)).chain(["shift", "reason"].map(str::to_owned));
        let mut form = names.fold(kit::Form::new(), |form, name| form.with(&name, sent.raw(&name)));
        for fault in &faults {
            form.fail(&fault.field, frame::fault_text(locale, fault));
        }
        return frame::render_invalid(&build(&state, &visitor, (&query, chosen), form).await?);
    };
    let filter = ProjectFilter { ids, ..own(&state, &visitor, "") };
    let projects = state.app.read().list_whole_projects(&filter, CHOICE_MAX).await?;
    for project in &projects {
        permission::check(visitor.actor(), Permission::ImportProjects, Some(project.place))?;
    }
    let bytes = encode_csv(&changes.table(&projects));
    let name = format!("{}: {}", locale.t("bulk-title"), sent.get("reason"));
    let begun = state.app.begin_import(visitor.actor(), &name, bytes, &Mapping::default()).await?;
    let Begun::Kept(id) = begun else {
        return Err(akimat_web_kit::failure::Failure::internal("a file of our own cannot be read"));
    };
    Ok(Redirect::to(&visitor.to(&format!("/admin/imports/{id}"))).into_response())
}

/// What is to be set in every project.
struct Changes {
    set: Vec<(&'static str, String)>,
    shift: Option<i32>,
}

/// The field of a column: the filter above has fields of the plain names.
fn field(column: &str) -> String {
    format!("set_{column}")
}

/// What a form asks for; `None` when it asks for nothing.
fn changes(sent: &Form, faults: &mut Vec<FieldFault>) -> Option<Changes> {
    let set: Vec<(&'static str, String)> = COLUMNS
        .into_iter()
        .map(|name| (name, sent.get(&field(name)).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    for (name, value) in &set {
        if name.ends_with("_on") && value.parse::<jiff::civil::Date>().is_err() {
            faults.push(FieldFault::new(field(name), "field-not-a-date"));
        }
    }
    let shift = match sent.get("shift") {
        "" => None,
        text => match text.parse::<i32>() {
            Ok(days) if days != 0 && (-SHIFT_MAX..=SHIFT_MAX).contains(&days) => Some(days),
            _ => {
                let fault = FieldFault::new("shift", "field-between");
                faults.push(fault.with("min", -SHIFT_MAX).with("max", SHIFT_MAX));
                None
            }
        },
    };
    if shift.is_some() && set.iter().any(|(name, _)| *name == "ends_on") {
        faults.push(FieldFault::new("shift", "bulk-shift-or-date"));
    }
    if sent.get("reason").is_empty() {
        faults.push(FieldFault::new("reason", "field-required"));
    } else if sent.get("reason").chars().count() > 150 {
        faults.push(FieldFault::new("reason", "field-too-long").with("max", 150));
    }
    (!set.is_empty() || shift.is_some()).then_some(Changes { set, shift })
}

impl Changes {
    fn table(&self, projects: &[Project]) -> Table {
        let mut headers = vec!["number".to_owned(), "place_kato".to_owned()];
        headers.extend(self.set.iter().map(|(name, _)| (*name).to_owned()));
        if self.shift.is_some() {
            headers.push("ends_on".to_owned());
        }
        let row = |project: &Project| {
            let mut row = vec![Cell::Text(project.number.clone()), Cell::Text(project.place.to_string())];
            row.extend(self.set.iter().map(|(_, value)| Cell::Text(value.clone())));
            if let Some(days) = self.shift {
                let moved = project.ends_on.and_then(|end| end.checked_add(days.days()).ok());
                row.push(moved.map_or(Cell::Empty, |end| Cell::Text(end.to_string())));
            }
            row
        };
        Table { title: String::new(), headers, rows: projects.iter().map(row).collect() }
    }
}

impl BulkPage {
    fn holds(&self, id: &str) -> bool {
        self.chosen.iter().any(|chosen| chosen == id)
    }
}
