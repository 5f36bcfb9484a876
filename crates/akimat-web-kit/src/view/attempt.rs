//! Attempts of people, counted against the limits.

use crate::state::WebState;
use crate::visitor::Visitor;
use akimat_app::AppError;

/// One attempt of the person who is signed in.
///
/// # Errors
/// 429.
pub fn limit(
    limiter: &akimat_app::limit::Limiter,
    state: &WebState,
    visitor: &Visitor,
) -> std::result::Result<(), AppError> {
    let key = visitor.actor().map_or_else(|| visitor.address.clone(), |account| account.id.to_string());
    limiter.take(&key, state.app.now()).map_err(|retry_seconds| AppError::TooMany { retry_seconds })
}

/// Keeps where a comment came from. A failure of this does not take the comment back.
pub async fn trace(state: &WebState, visitor: &Visitor, id: akimat_core::CommentId) {
    let from = (visitor.address.as_str(), visitor.device.as_str());
    if let Err(error) = state.app.leave_trace(id, from).await {
        tracing::warn!(%error, "where a comment came from was not kept");
    }
}

/// Keeps where a mark came from. A failure of this does not take the mark back.
pub async fn trace_mark(state: &WebState, visitor: &Visitor, marked: akimat_storage::Marked) {
    if let Some(account) = visitor.actor() {
        trace_mark_of(state, visitor, (account.id, marked)).await;
    }
}

/// As [`trace_mark`], of somebody who has no account.
pub async fn trace_mark_of(
    state: &WebState,
    visitor: &Visitor,
    (account, marked): (akimat_core::AccountId, akimat_storage::Marked),
) {
    let from = (visitor.address.as_str(), visitor.device.as_str());
    if let Err(error) = state.app.leave_mark_trace(account, marked, from).await {
        tracing::warn!(%error, "where a mark came from was not kept");
    }
}
