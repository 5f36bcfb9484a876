//! Marks that are not counted, in words for everybody.

use crate::failure::Answer;
use crate::state::WebState;
use crate::visitor::Visitor;
use akimat_i18n::Locale;
use akimat_storage::discount::{Discount, MarkKind, Marked};

/// What stands beside the count of a subject.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// Every discount with its reason.
    pub lines: Vec<String>,
    /// Whether a mark of the visitor is among what is not counted.
    pub mine: bool,
}

/// Where what is marked is shown to everybody.
#[must_use]
pub fn subject_path(marked: Marked) -> String {
    match marked.kind {
        MarkKind::Comment => format!("/comments/{}", marked.subject),
        MarkKind::Project => format!("/projects/{}", marked.subject),
        MarkKind::Proposal => format!("/proposals/{}", marked.subject),
    }
}

/// One discount in a sentence.
pub fn told(state: &WebState, locale: &Locale, made: &Discount) -> String {
    let day = |at: jiff::Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    let pattern = locale.name("pattern", made.pattern.code());
    let code = locale.name("moderation-code", made.code.code());
    let args = [
        ("date", day(made.at).into()),
        ("n", made.n.into()),
        ("pattern", pattern.as_ref().into()),
        ("code", code.as_ref().into()),
        ("words", made.words.as_str().into()),
    ];
    let told = locale.f("discount-told", &args);
    match made.undone_at {
        Some(at) => format!("{told} {}", locale.f("discount-undone-on", &[("date", day(at).into())])),
        None if made.n_now < made.n => {
            format!("{told} {}", locale.f("discount-now", &[("n", made.n_now.into())]))
        }
        None => told,
    }
}

/// What stands beside the count of a subject: every discount with its reason.
///
/// # Errors
/// When the database fails.
pub async fn beside(state: &WebState, visitor: &Visitor, marked: Marked) -> Answer<Beside> {
    let all = state.app.read().list_discounts_of(marked).await?;
    let locale = visitor.locale();
    let mine = match visitor.actor() {
        Some(account) if !all.is_empty() => {
            state.app.read().find_discounted(marked, account.id).await?.is_some()
        }
        _ => false,
    };
    Ok(Beside { lines: all.iter().map(|made| told(state, locale, made)).collect(), mine })
}
