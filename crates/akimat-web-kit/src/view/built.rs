//! What became of a proposal that was chosen: its project in the register, with progress, money and milestones.

use crate::failure::Answer;
use crate::state::WebState;
use akimat_core::Lang;
use akimat_i18n::Locale;
use akimat_participation::proposal::Proposal;
use akimat_project::Project;

/// The project of a proposal, ready to print.
#[derive(Clone, Debug)]
pub struct Built {
    /// Its address after the language.
    pub path: String,
    /// Its number in the register.
    pub number: String,
    /// Code and name of its status.
    pub status: (&'static str, String),
    /// Physical progress, per cent and in words.
    pub progress: (u8, String),
    /// Planned, under contract and paid, each with its name; what nobody knows is left out.
    pub money: Vec<(String, String)>,
    /// Milestones: title, when, and whether it is reached.
    pub steps: Vec<(String, String, bool)>,
    /// The last news: day, words and their language when it is another.
    pub news: Option<(String, String, &'static str)>,
    /// When the proposal became a project.
    pub since: String,
}

/// The project of a proposal; nothing before there is one.
///
/// # Errors
/// When the database fails.
pub async fn built_of(
    state: &WebState,
    locale: &'static Locale,
    proposal: &Proposal,
) -> Answer<Option<Built>> {
    if !proposal.state.chosen() {
        return Ok(None);
    }
    let read = state.app.read();
    let links = read.list_ballot_projects(proposal.process).await?;
    let Some(link) = links.iter().find(|link| link.proposal == proposal.id) else { return Ok(None) };
    let Some((project, _, _)) = read.find_project(link.project).await? else { return Ok(None) };
    let updates = read.list_project_updates(project.id, 1).await?;
    let day = |at: jiff::Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    Ok(Some(Built {
        path: format!("/projects/{}", project.id),
        number: project.number.clone(),
        status: (project.status.code(), locale.name("status", project.status.code()).into_owned()),
        progress: (project.progress_pct, locale.percent(&project.progress_pct.to_string())),
        money: money(locale, &project),
        steps: steps(locale, &project),
        news: updates.first().filter(|news| !news.body.is_empty()).map(|news| {
            let lang = if news.lang == locale.lang() { "" } else { Lang::code(news.lang) };
            (day(news.at), news.body.clone(), lang)
        }),
        since: day(link.at),
    }))
}

fn money(locale: &Locale, project: &Project) -> Vec<(String, String)> {
    let (planned, contracted, paid) = project.totals();
    [("project-planned", planned), ("project-contracted", contracted), ("project-paid", paid)]
        .into_iter()
        .filter_map(|(key, sum)| Some((locale.t(key).into_owned(), locale.money_short(sum?))))
        .collect()
}

fn steps(locale: &Locale, project: &Project) -> Vec<(String, String, bool)> {
    let step = |one: &akimat_project::Milestone| {
        let title = locale.text(&one.title).0.to_owned();
        match one.actual_on {
            Some(on) => (title, locale.date_short(on), true),
            None => {
                let on = locale.date_short(one.forecast_on.unwrap_or(one.planned_on));
                (title, locale.f("works-expected", &[("date", on.into())]), false)
            }
        }
    };
    project.milestones.iter().map(step).collect()
}
