//! A manager says who is in the temporary team of a project.

use super::{again, shape, told};
use akimat_app::permission::{self, Permission};
use akimat_app::project::people::{KeptOne, PeopleNote};
use akimat_core::ProjectId;
use akimat_i18n::Locale;
use akimat_project::Project;
use akimat_project::team::{MEMBERS_MAX, Member, Team, TeamRole};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::clash::{self, Clash};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, State};
use jiff::civil::Date;

const LISTS: [(&str, &[&str]); 1] = [("member", &["id", "name", "office", "role", "duty", "from", "to"])];

#[derive(Template)]
#[template(path = "admin/project_team.html")]
struct TeamPage {
    page: Page,
    form: kit::Form,
    title: String,
    back: String,
    action: String,
    version: u32,
    roles: Vec<(String, String)>,
    rows: Vec<usize>,
    clash: Option<Clash>,
}

/// What the page shows beside the form.
struct Sheet<'a> {
    project: &'a Project,
    form: kit::Form,
    sent: &'a Form,
    version: u32,
    members: usize,
}

fn page(visitor: &Visitor, sheet: Sheet<'_>) -> TeamPage {
    let locale = visitor.locale();
    let Sheet { project, form, sent, version, members } = sheet;
    TeamPage {
        page: frame::page(visitor, locale.t("team-edit-title"), Some(MenuItem::Admin))
            .hidden()
            .invented(project.invented)
            .errors(!form.is_clean()),
        title: project.title.get(visitor.lang).to_owned(),
        back: format!("/projects/{}", project.id),
        action: visitor.to(&format!("/admin/projects/{}/team", project.id)),
        version,
        roles: TeamRole::ALL
            .iter()
            .map(|role| (role.code().to_owned(), locale.name("team-role", role.code()).into_owned()))
            .collect(),
        rows: (0..shape::shown(sent, "member", members).min(MEMBERS_MAX)).collect(),
        clash: None,
        form,
    }
}

pub(super) async fn find(state: &WebState, visitor: &Visitor, id: &str) -> Answer<Project> {
    let id: ProjectId = frame::id(id)?;
    let (project, _, _) = state.app.read().find_project(id).await?.ok_or_else(Failure::not_found)?;
    permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place))?;
    Ok(project)
}

fn filled(team: &Team) -> kit::Form {
    let date = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    let mut form = kit::Form::new()
        .with("purpose", team.purpose.clone())
        .with("from", date(team.from))
        .with("to", date(team.to));
    for (at, member) in team.members.iter().enumerate() {
        form = form
            .with(&format!("member_id_{at}"), member.id.clone())
            .with(&format!("member_name_{at}"), member.name.clone())
            .with(&format!("member_office_{at}"), member.office.clone())
            .with(&format!("member_role_{at}"), member.role.code())
            .with(&format!("member_duty_{at}"), member.duty.clone())
            .with(&format!("member_from_{at}"), date(member.from))
            .with(&format!("member_to_{at}"), date(member.to));
    }
    form
}

type Faults = Vec<(String, String)>;

/// A day of a form; a fault when it is none.
pub(super) fn day((locale, sent): (&Locale, &Form), name: &str, faults: &mut Faults) -> Option<Date> {
    let text = sent.get(name);
    let date = text.parse().ok();
    if !text.is_empty() && date.is_none() {
        faults.push((name.to_owned(), locale.t("field-not-a-date").into_owned()));
    }
    date
}

fn read(locale: &Locale, sent: &Form) -> (Team, Faults) {
    let mut faults = Vec::new();
    let mut members = Vec::new();
    for at in 0..MEMBERS_MAX {
        let get = |part: &str| sent.get(&format!("member_{part}_{at}")).to_owned();
        let (name, office, duty) = (get("name"), get("office"), get("duty"));
        let from = day((locale, sent), &format!("member_from_{at}"), &mut faults);
        let to = day((locale, sent), &format!("member_to_{at}"), &mut faults);
        if name.is_empty() && office.is_empty() && duty.is_empty() && from.or(to).is_none() {
            continue;
        }
        let role = TeamRole::parse(&get("role")).unwrap_or_else(|| {
            faults.push((format!("member_role_{at}"), locale.t("field-choose-from-list").into_owned()));
            TeamRole::Other
        });
        let id: String = get("id").chars().take(60).collect();
        members.push(Member { id, name, office, role, duty, from, to });
    }
    let team = Team {
        purpose: sent.get("purpose").chars().take(1_000).collect(),
        from: day((locale, sent), "from", &mut faults),
        to: day((locale, sent), "to", &mut faults),
        members,
    };
    (team, faults)
}

/// Why it changes, as the form says it.
pub(super) fn note(sent: &Form) -> PeopleNote {
    PeopleNote {
        base_version: sent.get("version").parse().unwrap_or(0),
        reason: sent.get("reason").to_owned(),
        basis: sent.get("basis").to_owned(),
    }
}

/// The form.
///
/// # Errors
/// 403 outside the manager's territory, 404 when there is no such project.
pub async fn form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let held = state.app.find_team(project.id).await?;
    let sheet = Sheet {
        project: &project,
        form: filled(&held.value),
        sent: &Form::default(),
        version: held.version,
        members: held.value.members.len(),
    };
    frame::render(&page(&visitor, sheet))
}

/// Saves the team.
///
/// # Errors
/// 403 outside the manager's territory. When somebody else changed the same, the form comes back with both values, with
/// status 409.
pub async fn save(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let project = find(&state, &visitor, &id).await?;
    let version = note(&sent).base_version;
    if let Some(sent) = shape::reshaped_by(&sent, &LISTS) {
        let form = again(&sent, Vec::new());
        let sheet = Sheet { project: &project, form, sent: &sent, version, members: 0 };
        return frame::render(&page(&visitor, sheet));
    }
    let (team, mut faults) = read(visitor.locale(), &sent);
    if faults.is_empty() {
        match state.app.put_team(visitor.actor(), project.id, (team, note(&sent))).await {
            Ok(KeptOne::Stored { .. }) => {
                return Ok(frame::redirect(
                    &visitor,
                    &format!("/projects/{}#team", project.id),
                    "team-saved",
                ));
            }
            Ok(KeptOne::Clash { current, clashes, joined }) => {
                let locale = visitor.locale();
                let anew = format!("/admin/projects/{}/team", project.id);
                let clash = clash::told((&state, locale), (&current, &clashes), anew, |p| named(locale, p));
                let (form, members) = (filled(&joined), joined.members.len());
                let form = form.with("reason", sent.raw("reason")).with("basis", sent.raw("basis"));
                let (sent, version) = (&Form::default(), current.version);
                let sheet = Sheet { project: &project, form, sent, version, members };
                return clash::render(&TeamPage { clash: Some(clash), ..page(&visitor, sheet) });
            }
            Err(error) => faults = told(visitor.locale(), error)?,
        }
    }
    let form = again(&sent, faults);
    let sheet = Sheet { project: &project, form, sent: &sent, version, members: 0 };
    frame::render_invalid(&page(&visitor, sheet))
}

fn named(locale: &Locale, path: &str) -> String {
    let key = match path.rsplit('.').next().unwrap_or(path) {
        "purpose" => "team-purpose",
        "from" => "team-from",
        "to" => "team-to",
        "name" => "team-name",
        "office" => "team-office",
        "role" => "team-role",
        "duty" => "team-duty",
        _ => "team-member",
    };
    locale.t(key).into_owned()
}
