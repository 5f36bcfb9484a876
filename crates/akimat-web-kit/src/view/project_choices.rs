//! The choices by which projects are looked for: the list, the map, the calendar and subscriptions show the same.

use crate::failure::Answer;
use crate::frame;
use crate::kit;
use crate::state::WebState;
use crate::view::project::{options, place_names, stage_name};
use crate::visitor::Visitor;
use akimat_app::project::life::{stage_codes, stages};
use akimat_app::project_query::{self, When};
use akimat_i18n::Locale;
use akimat_project::stage::{SUSPENDED, TERMINATED};
use akimat_project::{Kind, Level, Modality, Reach, Sector, Status};
use akimat_storage::{ProjectFilter, ProjectSort};

/// The choices of a form that asks for projects.
#[derive(Debug)]
pub struct Choices {
    /// What was chosen.
    pub form: kit::Form,
    /// Statuses in the order of a project's life.
    pub statuses: Vec<(String, String)>,
    /// Stages, finer than statuses; those of the chosen modality where there is one.
    pub stages: Vec<(String, String)>,
    /// Sectors.
    pub sectors: Vec<(String, String)>,
    /// Kinds.
    pub kinds: Vec<(String, String)>,
    /// Modalities.
    pub modalities: Vec<(String, String)>,
    /// Levels.
    pub levels: Vec<(String, String)>,
    /// Who is in a project beside its own territory.
    pub reaches: Vec<(String, String)>,
    /// Years around this one.
    pub years: Vec<(String, String)>,
    /// The territory asked for.
    pub place: Option<frame::PlaceLink>,
    /// Fields of the address that the form does not show but keeps.
    pub kept: Vec<(String, String)>,
    /// Something of the rarer choices was made: they are shown open.
    pub more: bool,
}

/// Words of an address that the form keeps without showing them.
const KEPT: [&str; 7] = ["place", "project", "near", "radius", "from", "to", "bounds"];
/// Words of the rarer choices.
const MORE: [&str; 11] =
    ["stage", "reach", "kind", "modality", "level", "year", "cost_min", "cost_max", "late", "silent", "real"];

/// Today and now, for filters that mean a day.
pub fn when(state: &WebState) -> When {
    When { today: state.app.today(), now: state.app.now() }
}

/// The filter and the order that an address asks for.
pub fn asked(state: &WebState, query: &str) -> (ProjectFilter, ProjectSort) {
    project_query::parse(query, when(state))
}

/// The choices of an address.
///
/// # Errors
/// When the database fails.
pub async fn choices(
    state: &WebState,
    visitor: &Visitor,
    (query, filter): (&str, &ProjectFilter),
) -> Answer<Choices> {
    let locale = visitor.locale();
    let names = place_names(state, locale, filter.place).await?;
    let place = filter.place.and_then(|code| {
        Some(frame::PlaceLink { name: names.get(&code)?.clone(), path: frame::place_path(code) })
    });
    let pairs: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .filter(|(_, value)| !value.trim().is_empty())
        .collect();
    let name = |prefix: &str, code: &str| (code.to_owned(), locale.name(prefix, code).into_owned());
    let this_year = state.app.today().year();
    Ok(Choices {
        statuses: Status::ALL.iter().map(|status| name("status", status.code())).collect(),
        stages: stage_options(locale, filter.modality),
        sectors: options(locale, "sector", Sector::ALL, Sector::code),
        kinds: options(locale, "kind", Kind::ALL, Kind::code),
        modalities: options(locale, "modality", Modality::ALL, Modality::code),
        levels: Level::ALL.iter().map(|level| name("project-level", level.code())).collect(),
        reaches: Reach::ALL.iter().map(|reach| name("face-reach", reach.code())).collect(),
        years: (this_year - 4..=this_year + 5)
            .rev()
            .map(|year| (year.to_string(), year.to_string()))
            .collect(),
        place,
        kept: pairs.iter().filter(|(key, _)| KEPT.contains(&key.as_str())).cloned().collect(),
        more: pairs.iter().any(|(key, _)| MORE.contains(&key.as_str())),
        form: kit::Form::from_pairs(pairs),
    })
}

fn stage_options(locale: &Locale, modality: Option<Modality>) -> Vec<(String, String)> {
    let all = stage_codes().into_iter();
    let of = all.filter(|(_, code)| {
        modality.is_none_or(|own| {
            stages().of(own).iter().any(|stage| stage.code == *code) || [SUSPENDED, TERMINATED].contains(code)
        })
    });
    of.map(|(first, code)| (code.to_owned(), stage_name(locale, modality.unwrap_or(first), code))).collect()
}

/// An address with a query, or without when there is none.
pub fn with_query(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// The rest of a query with more words behind it.
pub fn extended(query: &str, more: &[(&str, &str)]) -> String {
    let dropped: Vec<&str> = more.iter().map(|(name, _)| *name).collect();
    let kept = form_urlencoded::parse(query.as_bytes())
        .filter(|(name, value)| !dropped.contains(&name.as_ref()) && !value.is_empty());
    let mut serializer = form_urlencoded::Serializer::new(String::new());
    serializer.extend_pairs(kept);
    for (name, value) in more {
        if !value.is_empty() {
            serializer.append_pair(name, value);
        }
    }
    serializer.finish()
}
