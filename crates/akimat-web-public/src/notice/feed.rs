//! `/follow/feed/{key}`: what happens to the projects that somebody follows, for feed readers and calendars.

use crate::project::{calendar, feed};
use akimat_core::ProjectId;
use akimat_storage::ProjectFilter;
use akimat_web_kit::failure::Answer;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use axum::extract::{Path, State};
use axum::http::HeaderMap;

/// Atom.
///
/// # Errors
/// 404 for a key that the platform did not make.
pub(super) async fn atom(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((_, key)): Path<(String, String)>,
) -> Answer {
    let ids = state.app.followed_by_key(&key).await?;
    let title = visitor.locale().t("follow-list").into_owned();
    let path = format!("/follow/feed/{key}");
    feed::of_followed(&state, &visitor, &headers, (ids, title, path)).await
}

/// iCalendar.
///
/// # Errors
/// As [`atom`].
pub(super) async fn calendar(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    Path((_, key)): Path<(String, String)>,
) -> Answer {
    let mut ids = state.app.followed_by_key(&key).await?;
    if ids.is_empty() {
        // No filter at all would mean every project: this one is none.
        ids.push(ProjectId(uuid::Uuid::nil()));
    }
    let filter = ProjectFilter { ids, ..ProjectFilter::default() };
    let what = visitor.locale().t("follow-list");
    calendar::of_filter(&state, &visitor, &headers, (&filter, &what)).await
}
