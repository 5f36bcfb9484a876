//! How a draft of a programme under discussion is called and how its discussion stands.

use crate::state::WebState;
use akimat_i18n::Locale;
use akimat_storage::ProgrammeDraft;
use uuid::Uuid;

/// Where a draft is, without the language.
pub fn draft_path(id: Uuid) -> String {
    format!("/drafts/{id}")
}

/// How a discussion stands, in words.
pub fn standing(state: &WebState, locale: &Locale, draft: &ProgrammeDraft) -> String {
    let day = |at: jiff::Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    let last = draft.closes_at - jiff::SignedDuration::from_secs(1);
    if draft.is_open(state.app.now()) {
        return locale.f("draft-open-until", &[("date", day(last).into())]);
    }
    locale.f("draft-closed-on", &[("date", day(draft.ended_at.unwrap_or(last)).into())])
}

/// The name of one version.
pub fn version_name(state: &WebState, locale: &Locale, draft: &ProgrammeDraft) -> String {
    let day = locale.date(draft.opened_at.to_zoned(state.app.zone().clone()).date());
    let args = [("title", draft.title.as_str().into()), ("n", draft.number.into()), ("date", day.into())];
    locale.f("draft-version", &args)
}
