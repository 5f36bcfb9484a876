//! The job that works on a scenario, as its page shows it.

use crate::programme::{path_of, words};
use akimat_allocation::Stage;
use akimat_app::programme::{ProgrammeView, SolveCheckpoint};
use akimat_i18n::Locale;
use akimat_storage::programme::ProgrammeState;
use akimat_web_kit::state::WebState;

/// How far the job is.
#[derive(Debug)]
pub struct Running {
    /// Term and value.
    pub facts: Vec<(String, String)>,
    /// The page renews itself.
    pub follows: bool,
    /// The page once more.
    pub refresh: String,
    /// The page without renewing itself.
    pub hold: String,
    /// The page renewing itself.
    pub follow: String,
    /// This person may stop it.
    pub may_cancel: bool,
    /// Where to stop it.
    pub cancel: String,
}

impl Running {
    /// Of a scenario that a job works on; `still`: the reader wants the page to stand still.
    pub fn of(
        state: &WebState,
        locale: &Locale,
        view: &ProgrammeView,
        (still, may): (bool, bool),
    ) -> Option<Self> {
        if view.state != ProgrammeState::Solving {
            return None;
        }
        let path = path_of(view.head.id);
        let hold = format!("{path}?still=yes");
        let asked = view.job.as_ref().is_some_and(|job| job.cancel_asked);
        Some(Self {
            facts: facts(state, locale, view),
            follows: !still,
            refresh: if still { hold.clone() } else { path.clone() },
            hold,
            cancel: format!("{path}/cancel"),
            follow: path,
            may_cancel: may && !asked,
        })
    }
}

fn facts(state: &WebState, locale: &Locale, view: &ProgrammeView) -> Vec<(String, String)> {
    let text = |key: &str| locale.t(key).into_owned();
    let at = view.progress.clone().unwrap_or_default();
    let points = |worth: Option<i64>| {
        worth.map_or_else(|| text("programme-not-yet"), |worth| words::points(locale, worth))
    };
    let gap = at.incumbent.zip(at.bound).and_then(|(plan, bound)| words::gap(plan, bound));
    let gap = gap.map_or_else(|| text("programme-not-yet"), |gap| locale.percent(&gap));
    let mut facts = vec![
        (text("programme-stage"), stage(locale, &at, view)),
        (text("programme-incumbent"), points(at.incumbent)),
        (text("programme-bound"), points(at.bound)),
        (text("programme-gap"), gap),
    ];
    if let Some(begun) = view.job.as_ref().and_then(|job| job.started_at) {
        let seconds = state.app.now().duration_since(begun).as_secs().max(0);
        let seconds = locale.number(seconds);
        facts.push((text("programme-time"), locale.f("programme-seconds", &[("n", seconds.into())])));
    }
    facts
}

fn stage(locale: &Locale, at: &SolveCheckpoint, view: &ProgrammeView) -> String {
    let code = match at.stage {
        _ if view.job.as_ref().is_some_and(|job| job.cancel_asked) => "stopping",
        // The plan stands; why each project is in or out is being worked out.
        _ if view.plan().is_some() => "explaining",
        None => "waiting",
        Some(Stage::Relaxation) => "relaxation",
        Some(Stage::Heuristic) => "heuristic",
        Some(Stage::Kernel) => "kernel",
        Some(Stage::Proof) => "proof",
    };
    locale.name("programme-stage", code).into_owned()
}
