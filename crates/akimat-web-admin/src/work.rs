//! The work of the office: my projects and what waits for me, the board by stage, the portfolio, the staff meeting.

mod board;
mod meeting;
mod mine;
mod portfolio;

use akimat_app::Permission as P;
use akimat_app::project::work::Need;
use akimat_app::project_query::silent_since;
use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_storage::PortfolioTime;
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;

/// The addresses of this part of the workplace.
pub fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/admin/work", P::WatchProjects, mine::show)
        .get("/{lang}/admin/work/board", P::WatchProjects, board::show)
        .get("/{lang}/admin/work/portfolio", P::WatchProjects, portfolio::show)
        .get("/{lang}/admin/work/meeting", P::WatchProjects, meeting::show)
        .post("/{lang}/admin/work/meeting", P::WatchProjects, meeting::give)
        .post("/{lang}/admin/work/tasks/{project}/{id}", P::WatchProjects, meeting::finish)
}

/// A tab of these pages.
struct WorkTab {
    path: &'static str,
    name: String,
    current: bool,
}

const TABS: [(&str, &str); 4] = [
    ("/admin/work", "work-tab-mine"),
    ("/admin/work/board", "work-tab-board"),
    ("/admin/work/portfolio", "work-tab-portfolio"),
    ("/admin/work/meeting", "work-tab-meeting"),
];

fn tabs(locale: &Locale, open: &str) -> Vec<WorkTab> {
    let tab = |(path, key): (&'static str, &str)| WorkTab {
        path,
        name: locale.t(key).into_owned(),
        current: path == open,
    };
    TABS.into_iter().map(tab).collect()
}

/// The territory that is asked for, never above that of the visitor.
fn place_of(visitor: &Visitor, asked: &str) -> Option<KatoCode> {
    let own = visitor.actor().and_then(|account| account.place);
    let place: Option<KatoCode> = asked.parse().ok();
    place.filter(|place| own.is_none_or(|own| own.covers(*place))).or(own)
}

/// What a project waits for, in words.
fn need_text(locale: &Locale, need: &Need) -> String {
    let days = ("n", need.days().into());
    match need {
        Need::News(_) => locale.f("work-need-news", &[days]),
        Need::End(_) => locale.f("work-need-end", &[days]),
        Need::Milestone(title, _) => {
            locale.f("work-need-milestone", &[("title", locale.text(title).0.into()), days])
        }
        Need::Due(kind, _) => {
            let what = locale.name("work-due", kind).into_owned();
            locale.f("work-need-due", &[("what", what.into()), days])
        }
        Need::Results(n) => locale.f("work-need-results", &[("n", (*n).into())]),
    }
}

/// Days and instants that sums of a portfolio mean now.
fn portfolio_time(state: &WebState) -> PortfolioTime {
    PortfolioTime { late_on: state.app.today(), silent_since: silent_since(state.app.now()) }
}
