//! `/log/find`: from a row of a page to the entry that proves it. The row knows what it is about, what kind of act it was
//! and when; which place in the log the entry got is looked up when somebody follows the link.

use super::about_path;
use akimat_storage::StoredLogEntry;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect};

/// A verb reads the clock for a row and for its entry apart: the two lie at most so far from each other, in microseconds.
const APART_MAX: u64 = 2_000_000;
/// Entries about one thing that are looked through.
const LOOK_MAX: u16 = 200;
/// Longest text of an address that is looked at.
const ASKED_MAX: usize = 200;

/// Leads to the entry; to the list of all entries about the thing where there is none, or where it still waits.
///
/// # Errors
/// When the database fails.
pub async fn find(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let form = Form::parse(query.unwrap_or_default().as_bytes());
    let asked = |name: &str| form.get(name).chars().take(ASKED_MAX).collect::<String>();
    let (about, kinds) = (asked("about"), asked("kind"));
    let at = asked("at").parse::<i64>().ok();
    let found = state.app.read().list_log_entries_about(&about, LOOK_MAX).await?;
    let index = nearest(&found, &kinds, at).and_then(|stored| stored.index);
    let to = index.map_or_else(|| about_path(&about), |index| format!("/log/{index}"));
    Ok(Redirect::to(&visitor.to(&to)).into_response())
}

/// The entry of one of the kinds nearest to an instant, the latest without one.
fn nearest<'a>(found: &'a [StoredLogEntry], kinds: &str, at: Option<i64>) -> Option<&'a StoredLogEntry> {
    let mut fits = found.iter().filter(|stored| kinds.split(',').any(|kind| kind == stored.entry.kind));
    let Some(at) = at else { return fits.next() };
    let apart = |stored: &&StoredLogEntry| stored.entry.at.as_microsecond().abs_diff(at);
    fits.filter(|stored| apart(stored) <= APART_MAX).min_by_key(apart)
}

#[cfg(test)]
mod tests {
    use super::*;
    use akimat_storage::LogEntry;
    use jiff::Timestamp;

    #[test]
    fn a_row_finds_its_own_entry() {
        let stored = |id: i64, kind: &str, at: i64| StoredLogEntry {
            id,
            index: u64::try_from(id).ok(),
            entry: LogEntry {
                kind: kind.to_owned(),
                subject: "project/1".to_owned(),
                at: Timestamp::from_microsecond(at).expect("an instant"),
                hash: [0; 32],
                leaf: String::new(),
            },
        };
        let found = [
            stored(4, "project_status", 90_000_000),
            stored(3, "project_changed", 60_000_500),
            stored(2, "project_changed", 60_000_000),
            stored(1, "project_registered", 1_000_000),
        ];
        let id = |kinds, at| nearest(&found, kinds, at).map(|stored| stored.id);
        assert_eq!(id(akimat_web_kit::view::logged::PROJECT_FIGURES, None), Some(3));
        assert_eq!(id(akimat_web_kit::view::logged::PROJECT_FIGURES, Some(60_000_100)), Some(2));
        assert_eq!(id(akimat_web_kit::view::logged::PROJECT_FIGURES, Some(60_000_499)), Some(3));
        assert_eq!(id(akimat_web_kit::view::logged::PROJECT_FIGURES, Some(0)), Some(1));
        assert_eq!(
            id(akimat_web_kit::view::logged::PROJECT_FIGURES, Some(30_000_000)),
            None,
            "from before the log"
        );
        assert_eq!(id("project_status", None), Some(4));
        assert_eq!(id("", None), None);
        assert_eq!(id("project_status", Some(i64::MIN)), None);
    }
}
