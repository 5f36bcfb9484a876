//! What is said about a project: news, moves, votes, comments.

use akimat_core::{ProjectId, Ratio};
use akimat_i18n::Locale;
use akimat_participation::RatingSummary;
use akimat_project::{ProjectUpdate, StatusChange};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::kit;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;

pub(super) struct UpdateItem {
    pub(super) by: String,
    pub(super) body: String,
    pub(super) lang: &'static str,
    pub(super) progress: String,
}

pub(super) struct HistoryItem {
    pub(super) when: String,
    pub(super) text: String,
    pub(super) by: String,
    pub(super) reason: String,
}

pub(super) struct RatingBox {
    pub(super) mean: String,
    pub(super) votes: String,
    /// Votes that are not counted, with the reasons.
    pub(super) discounted: akimat_web_kit::view::discount::Beside,
    pub(super) rows: Vec<RatingRow>,
    pub(super) labels: Vec<String>,
    pub(super) form: kit::Form,
    pub(super) mine_text: String,
    pub(super) may_rate: bool,
    /// What the visitor lacks for voting here.
    pub(super) lacking: Vec<String>,
    pub(super) signed_in: bool,
}

pub(super) struct RatingRow {
    pub(super) name: String,
    pub(super) count: String,
    pub(super) share: u8,
}

/// What the visitor has voted.
pub(super) async fn own_rating(state: &WebState, visitor: &Visitor, id: ProjectId) -> Answer<Option<u8>> {
    let Some(account) = visitor.actor() else { return Ok(None) };
    let rating = state.app.read().find_rating(id, account.id).await?;
    Ok(rating.map(akimat_participation::Rating::value))
}

pub(super) fn update_item(state: &WebState, locale: &Locale, update: &ProjectUpdate) -> UpdateItem {
    let when = locale.date_time(update.at, state.app.zone());
    UpdateItem {
        by: locale.f("project-news-by", &[("name", update.by.as_str().into()), ("when", when.into())]),
        body: update.body.clone(),
        lang: if update.lang == locale.lang() { "" } else { update.lang.code() },
        progress: locale.f(
            "project-progress-of",
            &[("percent", locale.percent(&update.progress_pct.to_string()).into())],
        ),
    }
}

pub(super) fn history_item(state: &WebState, locale: &Locale, change: &StatusChange) -> HistoryItem {
    let name = |status: akimat_project::Status| locale.name("status", status.code()).into_owned();
    let to = name(change.to);
    HistoryItem {
        when: locale.date(change.at.to_zoned(state.app.zone().clone()).date()),
        text: match change.from {
            Some(from) => {
                locale.f("project-history-moved", &[("from", name(from).into()), ("to", to.into())])
            }
            None => locale.f("project-history-registered", &[("to", to.into())]),
        },
        by: change.by.clone(),
        reason: if change.reason.is_empty() {
            String::new()
        } else {
            locale.f("project-history-reason", &[("reason", change.reason.as_str().into())])
        },
    }
}

pub(super) fn rating_box(
    locale: &Locale,
    votes: &RatingSummary,
    mine: Option<u8>,
    may_rate: bool,
    signed_in: bool,
) -> RatingBox {
    let n_votes = votes.n_votes();
    let mean = votes.mean().and_then(|mean| mean.to_decimal(1));
    let share = |count: u64| {
        Ratio::new(i128::from(count), i128::from(n_votes))
            .and_then(|share| share.percent(0))
            .and_then(|text| text.parse().ok())
            .unwrap_or(0)
    };
    let name = |value: usize| locale.name("rating-value", &value.to_string()).into_owned();
    RatingBox {
        mean: mean.map_or_else(String::new, |mean| {
            locale.f("rating-mean", &[("mean", locale.decimal(&mean).into())])
        }),
        votes: locale.f("rating-votes", &[("n", n_votes.into())]),
        rows: (1..=5)
            .rev()
            .map(|value| RatingRow {
                name: name(value),
                count: locale.count(votes.counts[value - 1]),
                share: share(votes.counts[value - 1]),
            })
            .collect(),
        labels: (1..=5).map(name).collect(),
        form: match mine {
            Some(value) => kit::Form::new().with("rating", value.to_string()),
            None => kit::Form::new(),
        },
        mine_text: mine
            .map_or_else(String::new, |value| locale.f("rating-yours", &[("value", value.into())])),
        may_rate,
        lacking: Vec::new(),
        discounted: akimat_web_kit::view::discount::Beside::default(),
        signed_in,
    }
}
