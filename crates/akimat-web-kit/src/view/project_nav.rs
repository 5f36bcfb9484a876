//! The head of every page of a project: where it belongs, its name, where it stands, and the tabs.
//!
//! A page takes [`nav`] into its struct under the name `nav` and writes `{% include "public/project/nav.html" %}`
//! first in its block `main`; its own headings begin at `<h2>`. A new tab is one more value of [`Tab`] and one line
//! of [`TABS`].

use crate::failure::Answer;
use crate::frame;
use crate::state::WebState;
use crate::view::project::{place_names, silence};
use crate::visitor::Visitor;
use akimat_app::permission::{self, Permission};
use akimat_project::{Project, ProjectUpdate, Status};

/// Which page of a project is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The page of the project itself.
    Overview,
    /// Its photographs.
    Photos,
    /// What residents say about finished works.
    Acceptance,
    /// Its work plan.
    Plan,
    /// Its contracts and payments.
    Contracts,
    /// Its risks and alerts.
    Risks,
    /// What changed, field by field.
    History,
}

/// What decides whether a tab shows.
#[derive(Debug)]
pub struct Shelf {
    /// The visitor may change what the register says about the project.
    pub may_manage: bool,
    /// Kinds of sections that the dossier holds, each once.
    pub kinds: Vec<String>,
}

impl Shelf {
    /// The dossier holds something of this kind, or the visitor may put it there.
    fn holds(&self, kind: &str) -> bool {
        self.may_manage || self.kinds.iter().any(|own| own == kind)
    }
}

/// One tab: which, its address below the project, the sentence with its name, and whether it shows.
struct Line {
    tab: Tab,
    path: &'static str,
    key: &'static str,
    shown: fn(&Project, &Shelf) -> bool,
}

/// The tabs in their order. A tab shows when there is something to see or the visitor may add it.
const TABS: &[Line] = &[
    Line { tab: Tab::Overview, path: "", key: "project-tab-overview", shown: |_, _| true },
    Line {
        tab: Tab::Plan,
        path: "/plan",
        key: "project-tab-plan",
        shown: |project, shelf| {
            shelf.holds("plan") || !project.money.is_empty() || !project.results.is_empty()
        },
    },
    Line {
        tab: Tab::Contracts,
        path: "/contracts",
        key: "project-tab-contracts",
        shown: |_, shelf| shelf.holds("contract"),
    },
    Line {
        tab: Tab::Risks,
        path: "/risks",
        key: "project-tab-risks",
        shown: |_, shelf| ["risk", "alert", "confidence"].iter().any(|kind| shelf.holds(kind)),
    },
    Line {
        tab: Tab::Photos,
        path: "/photos",
        key: "project-tab-photos",
        shown: |_, shelf| shelf.holds("photo"),
    },
    Line {
        tab: Tab::Acceptance,
        path: "/acceptance",
        key: "project-tab-acceptance",
        shown: |project, _| matches!(project.status, Status::Completed | Status::Operating),
    },
    Line { tab: Tab::History, path: "/history", key: "project-tab-history", shown: |_, _| true },
];

/// A link of the tab bar.
#[derive(Debug)]
pub struct TabLink {
    /// Address after the language.
    pub path: String,
    /// Its name.
    pub name: String,
    /// It is the page that is open.
    pub current: bool,
}

/// The head, ready to print.
#[derive(Debug)]
pub struct ProjectNav {
    /// Territory.
    pub place: frame::PlaceLink,
    /// Name of the project.
    pub title: String,
    /// Language of the name when it is not the visitor's.
    pub title_lang: &'static str,
    /// Code of the status, for its colour.
    pub status: &'static str,
    /// Name of the status.
    pub status_name: String,
    /// "No news for 40 days"; empty when there is news.
    pub silence: String,
    /// The bar; shown from two tabs on.
    pub tabs: Vec<TabLink>,
    /// The visitor may change what the register says about the project.
    pub may_manage: bool,
}

/// The head of a page of this project with this tab open.
///
/// # Errors
/// When the database fails.
pub async fn nav(state: &WebState, visitor: &Visitor, project: &Project, open: Tab) -> Answer<ProjectNav> {
    let last = state.app.read().list_project_updates(project.id, 1).await?;
    nav_after(state, visitor, project, (open, last.first())).await
}

/// As [`nav`], when the newest news has been read already.
///
/// # Errors
/// When the database fails.
pub async fn nav_after(
    state: &WebState,
    visitor: &Visitor,
    project: &Project,
    (open, last): (Tab, Option<&ProjectUpdate>),
) -> Answer<ProjectNav> {
    let locale = visitor.locale();
    let places = place_names(state, locale, [project.place]).await?;
    let manage = permission::check(visitor.actor(), Permission::ManageProjects, Some(project.place));
    let sections = state.app.read().list_sections(project.id, &[]).await?;
    let mut kinds: Vec<String> = sections.into_iter().map(|section| section.kind).collect();
    kinds.dedup();
    if !state.app.read().list_photos(project.id).await?.is_empty() {
        kinds.push("photo".to_owned());
    }
    let shelf = Shelf { may_manage: manage.is_ok(), kinds };
    let link = |line: &Line| TabLink {
        path: format!("/projects/{}{}", project.id, line.path),
        name: locale.t(line.key).into_owned(),
        current: line.tab == open,
    };
    let (title, fallback) = locale.text(&project.title);
    Ok(ProjectNav {
        place: frame::PlaceLink {
            name: places.get(&project.place).cloned().unwrap_or_else(|| project.place.to_string()),
            path: frame::place_path(project.place),
        },
        title: title.to_owned(),
        title_lang: fallback.map_or("", akimat_core::Lang::code),
        status: project.status.code(),
        status_name: locale.name("status", project.status.code()).into_owned(),
        silence: silence(state, locale, project, last),
        tabs: TABS.iter().filter(|line| (line.shown)(project, &shelf)).map(link).collect(),
        may_manage: shelf.may_manage,
    })
}
