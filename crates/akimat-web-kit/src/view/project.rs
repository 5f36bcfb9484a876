//! Projects in lists, and the choices of forms about them.

use crate::failure::Answer;
use crate::state::WebState;
use akimat_app::project::life::stages;
use akimat_core::KatoCode;
use akimat_i18n::Locale;
use akimat_project::{Modality, Project, ProjectUpdate, Status};
use akimat_storage::ProjectCard;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A project in a list, ready to print.
#[derive(Debug)]
pub struct Item {
    /// Name in the register of this platform.
    pub id: String,
    /// Address without the language.
    pub path: String,
    /// Number in the register.
    pub number: String,
    /// Title.
    pub title: String,
    /// Language of the title when it is not the visitor's.
    pub title_lang: &'static str,
    /// Territory.
    pub place: String,
    /// Sector.
    pub sector: String,
    /// Code of the status, for its colour.
    pub status: &'static str,
    /// Name of the status.
    pub status_name: String,
    /// Physical progress in per cent.
    pub progress: u8,
    /// Physical progress with its sign.
    pub progress_text: String,
    /// Planned money, short.
    pub planned: String,
    /// "No news for 40 days"; empty when there is news.
    pub silence: String,
    /// Day of completion.
    pub ends: String,
    /// Mean of votes; empty without votes.
    pub rating: String,
    /// Number of votes in words; empty without votes.
    pub votes: String,
    /// Number of comments in words; empty without comments.
    pub comments: String,
}

/// Makes a card printable.
pub fn item(
    (state, locale): (&WebState, &Locale),
    card: &ProjectCard,
    places: &BTreeMap<KatoCode, String>,
) -> Item {
    let (title, fallback) = locale.text(&card.title);
    let n_votes = card.rating.n_votes();
    let mean = card.rating.mean().and_then(|mean| mean.to_decimal(1));
    let some = |n: u64, key: &str| if n == 0 { String::new() } else { locale.f(key, &[("n", n.into())]) };
    Item {
        id: card.id.to_string(),
        path: format!("/projects/{}", card.id),
        number: card.number.clone(),
        title: title.to_owned(),
        title_lang: fallback.map_or("", akimat_core::Lang::code),
        place: places.get(&card.place).cloned().unwrap_or_else(|| card.place.to_string()),
        sector: locale.name("sector", card.sector.code()).into_owned(),
        status: card.status.code(),
        status_name: locale.name("status", card.status.code()).into_owned(),
        progress: card.progress_pct,
        progress_text: locale.percent(&card.progress_pct.to_string()),
        silence: silence_of(state, locale, (card.status, card.news_at)),
        planned: card.planned.map_or_else(String::new, |planned| locale.money_short(planned)),
        ends: card.ends_on.map_or_else(String::new, |date| locale.date_short(date)),
        rating: mean.map_or_else(String::new, |mean| locale.decimal(&mean)),
        votes: some(n_votes, "rating-votes"),
        comments: some(card.n_comments, "comments-count"),
    }
}

/// Projects in work without news for thirty days say so; empty for the others.
pub fn silence(state: &WebState, locale: &Locale, project: &Project, last: Option<&ProjectUpdate>) -> String {
    let last = last.map_or(project.created_at, |update| update.at).max(project.news_at);
    silence_of(state, locale, (project.status, last))
}

/// The same of a project of which only its status and its newest news are known.
pub fn silence_of(state: &WebState, locale: &Locale, (status, news_at): (Status, Timestamp)) -> String {
    let days = state.app.project_silence(status, news_at);
    days.map_or_else(String::new, |days| locale.f("project-news-silence", &[("n", days.into())]))
}

/// The name of a stage of a modality, in the visitor's language.
pub fn stage_name(locale: &Locale, modality: Modality, word: &str) -> String {
    let stage = stages().of(modality).iter().find(|stage| stage.code == word);
    match stage {
        Some(stage) => locale.text(&stage.title).0.to_owned(),
        None => locale.name("status", word).into_owned(),
    }
}

/// Options of a select: code and name, alphabetical in the visitor's language.
pub fn options<T: Copy>(
    locale: &Locale,
    prefix: &str,
    values: &[T],
    code: impl Fn(T) -> &'static str,
) -> Vec<(String, String)> {
    let named = |value: &T| (code(*value).to_owned(), locale.name(prefix, code(*value)).into_owned());
    let mut options: Vec<(String, String)> = values.iter().map(named).collect();
    options.sort_by(|a, b| locale.compare(&a.1, &b.1));
    options
}

/// Names of territories by code, in the visitor's language.
///
/// # Errors
/// When the database fails.
pub async fn place_names(
    state: &WebState,
    locale: &Locale,
    codes: impl IntoIterator<Item = KatoCode>,
) -> Answer<BTreeMap<KatoCode, String>> {
    let mut codes: Vec<KatoCode> = codes.into_iter().collect();
    codes.sort_unstable();
    codes.dedup();
    if codes.is_empty() {
        return Ok(BTreeMap::new());
    }
    let places = state.app.read().list_places_by_code(&codes, state.app.today()).await?;
    Ok(places.into_iter().map(|place| (place.code, place.name.get(locale.lang()).to_owned())).collect())
}
