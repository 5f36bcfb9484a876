//! Verifications in words, for the clerk and for the person.

use crate::failure::Answer;
use crate::kit;
use crate::state::WebState;
use crate::visitor::Visitor;
use akimat_app::permission::{self, Permission};
use akimat_core::{KatoCode, Role};
use akimat_i18n::Locale;
use akimat_identity::{Action, Lack, Level, Requirement, Standing};
use akimat_storage::{Verification, VerificationState};

/// One verification in a table.
#[derive(Clone, Debug)]
pub struct VerificationRow {
    /// Level.
    pub level: String,
    /// How.
    pub way: String,
    /// How far.
    pub state: String,
    /// Who entered it, and who confirmed it.
    pub by: String,
    /// When.
    pub at: String,
    /// Address of the form that withdraws it; empty when it is over.
    pub end: String,
    /// Form with the reason.
    pub form: kit::Form,
    /// Name of its field, one a row.
    pub reason: String,
}

/// Verifications in words.
pub fn rows(state: &WebState, locale: &Locale, all: &[Verification]) -> Vec<VerificationRow> {
    all.iter().map(|one| row((state, locale), one)).collect()
}

fn row((state, locale): (&WebState, &Locale), one: &Verification) -> VerificationRow {
    let over = matches!(one.state, VerificationState::Ended | VerificationState::Erased);
    let by = match (one.made_by_name.as_str(), one.seconded_by_name.as_str()) {
        ("", "") => locale.t("person-by-platform").into_owned(),
        (first, "") => first.to_owned(),
        (first, second) => locale.f("person-by-two", &[("first", first.into()), ("second", second.into())]),
    };
    VerificationRow {
        level: level(locale, one.level),
        way: locale.name("person-way", one.way.code()).into_owned(),
        state: locale.name("person-state", one.state.code()).into_owned(),
        by,
        at: locale.date_time(one.at, state.app.zone()),
        end: if over { String::new() } else { format!("/admin/verifications/{}/end", one.id) },
        form: kit::Form::new(),
        reason: format!("reason-{}", one.id.simple()),
    }
}

/// A level with its number.
pub fn level(locale: &Locale, level: Level) -> String {
    locale.name("person-level", level.code()).into_owned()
}

/// What is known about a person: pairs of what and how much.
pub fn facts(locale: &Locale, standing: &Standing, home: Option<&str>) -> Vec<(String, String)> {
    let unknown = || locale.t("person-unchecked").into_owned();
    vec![
        (locale.t("person-level").into_owned(), level(locale, standing.level)),
        (locale.t("person-home").into_owned(), home.map_or_else(unknown, str::to_owned)),
        (
            locale.t("person-born").into_owned(),
            standing.born_on.map_or_else(unknown, |born_on| locale.date(born_on)),
        ),
    ]
}

/// What an act needs, in words.
pub fn needs(locale: &Locale, requirement: &Requirement) -> String {
    let mut parts = vec![level(locale, requirement.level)];
    if let Some(age) = requirement.min_age {
        parts.push(locale.f("person-needs-age", &[("age", age.into())]));
    }
    if requirement.scope != akimat_identity::Scope::Anywhere {
        parts.push(locale.name("person-scope", requirement.scope.code()).into_owned());
    }
    parts.join("; ")
}

/// What a visitor lacks for an act about a territory, before the act is tried: sentences, none when nothing is missing.
/// Whoever is not signed in reads what the act needs.
///
/// # Errors
/// When the database fails.
pub async fn announced(
    state: &WebState,
    visitor: &Visitor,
    action: Action,
    place: KatoCode,
) -> Answer<Vec<String>> {
    let locale = visitor.locale();
    let Some(account) = visitor.actor() else {
        let stated = state.app.stated(action, Some(place));
        return Ok(stated.iter().map(|requirement| needs(locale, requirement)).collect());
    };
    if account.role != Role::Resident {
        return Ok(Vec::new());
    }
    let needed = state.app.needed(account, action, Some(place)).await?;
    let lacks = needed.map_or_else(Vec::new, |needed| needed.lacks);
    Ok(lacks.into_iter().map(|one| lack(locale, one)).collect())
}

/// What is missing, in a sentence that says how to get it.
pub fn lack(locale: &Locale, lack: Lack) -> String {
    match lack {
        Lack::Level { need, .. } => locale.name("person-lack-level", need.code()).into_owned(),
        Lack::AgeUnknown { need } => locale.f("person-lack-age-unknown", &[("age", need.into())]),
        Lack::Age { need } => locale.f("person-lack-age", &[("age", need.into())]),
        Lack::HomeUnknown { .. } => locale.t("person-lack-home-unknown").into_owned(),
        Lack::Home { scope } => locale.name("person-lack-home", scope.code()).into_owned(),
    }
}

/// Where an act is done once without an account: for visitors who are not signed in, and for clerks to whom people come.
pub fn once_link(visitor: &Visitor, place: KatoCode, deed: &str) -> String {
    let clerk = permission::check(visitor.actor(), Permission::VerifyPersons, Some(place)).is_ok();
    if visitor.account.is_none() || clerk { format!("/once/{deed}") } else { String::new() }
}
