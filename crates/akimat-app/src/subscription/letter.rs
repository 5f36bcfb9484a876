//! What letters say: plain text first, the same as simple HTML, in the subscriber's language.

use super::Key;
use crate::outbox::Post;
use crate::project::life::stages;
use crate::project_query::{When, parse};
use crate::{App, Result};
use akimat_core::{Lang, ProjectId};
use akimat_i18n::{Locale, catalogue};
use akimat_project::Modality;
use akimat_storage::project_map::{Happening, ProjectEvent};
use akimat_storage::subscription::{Subscriber, Subscription};
use akimat_storage::{PageRequest, ProjectCard, ProjectFilter, ProjectSort};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Projects that one letter looks at.
const PROJECTS_MAX: usize = 200;
/// Events that one letter tells.
const EVENTS_MAX: usize = 40;
/// Events that are read for one letter.
const EVENTS_READ: u16 = 400;
/// Characters of news that a letter repeats.
const NEWS_CHARS_MAX: usize = 600;

/// A letter without its envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// Where one click ends the subscription; empty when there is none yet.
    pub unsubscribe: String,
}

/// A letter being written in both forms at once.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    text: String,
    html: String,
}

impl Sheet {
    pub(crate) fn paragraph(&mut self, words: &str) {
        self.text.push_str(words);
        self.text.push_str("\n\n");
        self.html.push_str(&format!("<p>{}</p>\n", escape(words).replace('\n', "<br>")));
    }

    fn heading(&mut self, words: &str, link: &str) {
        self.text.push_str(&format!("{words}\n{link}\n"));
        self.html.push_str(&format!("<h2><a href=\"{}\">{}</a></h2>\n", escape(link), escape(words)));
    }

    fn item(&mut self, words: &str) {
        self.text.push_str(&format!("  - {}\n", words.replace('\n', "\n    ")));
        self.html.push_str(&format!("<p>{}</p>\n", escape(words).replace('\n', "<br>")));
    }

    pub(crate) fn link(&mut self, words: &str, link: &str) {
        self.text.push_str(&format!("{words}\n{link}\n\n"));
        self.html.push_str(&format!("<p><a href=\"{}\">{}</a></p>\n", escape(link), escape(words)));
    }

    fn gap(&mut self) {
        self.text.push('\n');
    }

    pub(crate) fn finish(self, lang: Lang, subject: String, unsubscribe: String) -> Written {
        let html = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><title>{}</title></head>\n\
             <body>\n{}</body>\n</html>\n",
            lang.code(),
            escape(&subject),
            self.html
        );
        Written { subject, text: self.text, html, unsubscribe }
    }
}

/// Text as HTML shows it.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Where the letters of an address are managed.
pub fn manage_link(post: &Post, lang: Lang, key: Key) -> String {
    format!("{}/{}/subscriptions/{}", post.origin, lang.code(), key.text())
}

impl App {
    /// The letter that asks whether a subscription is meant.
    pub(super) async fn confirmation(
        &self,
        post: &Post,
        to: &Subscriber,
        subscription: &Subscription,
        lang: Lang,
    ) -> Result<Written> {
        let locale = catalogue().locale(lang);
        let what = self.subscription_words(locale, &subscription.query).await?;
        let how_often = locale.name("mail-frequency", subscription.frequency.code());
        let manage = manage_link(post, lang, Key::of(to));
        let mut sheet = Sheet::default();
        sheet.paragraph(&locale.f("mail-confirm-what", &[("what", what.as_str().into())]));
        sheet.paragraph(&locale.f("mail-confirm-frequency", &[("frequency", how_often.as_ref().into())]));
        sheet.link(&locale.t("mail-confirm-link"), &format!("{manage}/confirm/{}", subscription.id.simple()));
        sheet.paragraph(&locale.f("mail-confirm-ignore", &[("n", super::CONFIRM_DAYS.into())]));
        let subject = locale.t("mail-confirm-subject").into_owned();
        Ok(sheet.finish(lang, subject, String::new()))
    }

    /// The letter that tells what happened after `told_until` and up to `to`; `None` when nothing did.
    pub(super) async fn digest(
        &self,
        post: &Post,
        to_whom: &Subscriber,
        subscription: &Subscription,
        to: Timestamp,
    ) -> Result<Option<Written>> {
        let when = When { today: self.today(), now: self.now() };
        let (filter, _) = parse(&subscription.query, when);
        let from = subscription.told_until;
        let cards = self.projects_changed_since(&filter, from).await?;
        let ids: Vec<ProjectId> = cards.keys().copied().collect();
        let events = self.read().list_project_events(&ids, from, EVENTS_READ).await?;
        let events: Vec<ProjectEvent> = events.into_iter().filter(|event| event.at <= to).collect();
        if events.is_empty() {
            return Ok(None);
        }
        let locale = catalogue().locale(to_whom.lang);
        let what = self.subscription_words(locale, &subscription.query).await?;
        let page = format!("{}/{}", post.origin, to_whom.lang.code());
        let mut sheet = Sheet::default();
        sheet.paragraph(&locale.f("mail-digest-intro", &[("what", what.as_str().into())]));
        let mut by_project: BTreeMap<ProjectId, Vec<&ProjectEvent>> = BTreeMap::new();
        for event in events.iter().take(EVENTS_MAX) {
            by_project.entry(event.project).or_default().push(event);
        }
        for (id, told) in &by_project {
            let Some(card) = cards.get(id) else { continue };
            sheet.heading(locale.text(&card.title).0, &format!("{page}/projects/{id}"));
            for event in told {
                sheet.item(&self.event_words(locale, event));
            }
            sheet.gap();
        }
        if events.len() > EVENTS_MAX {
            let list = format!("{page}/projects?{}", subscription.query);
            let more = u64::try_from(events.len() - EVENTS_MAX).unwrap_or_default();
            sheet.link(&locale.f("mail-digest-more", &[("n", more.into())]), &list);
        }
        let manage = manage_link(post, to_whom.lang, Key::of(to_whom));
        let stop = format!("{manage}/stop/{}", subscription.id.simple());
        sheet.paragraph(&locale.t("mail-footer-why"));
        sheet.link(&locale.t("mail-footer-stop"), &stop);
        sheet.link(&locale.t("mail-footer-manage"), &manage);
        let n_events = u64::try_from(events.len()).unwrap_or_default();
        let subject = match cards.values().next() {
            Some(card) if by_project.len() == 1 && ids.len() == 1 => {
                locale.f("mail-digest-subject-one", &[("title", locale.text(&card.title).0.into())])
            }
            _ => locale.f("mail-digest-subject", &[("n", n_events.into())]),
        };
        Ok(Some(sheet.finish(to_whom.lang, subject, stop)))
    }

    /// Projects that pass and changed after an instant, the last changed first, at most [`PROJECTS_MAX`].
    async fn projects_changed_since(
        &self,
        filter: &ProjectFilter,
        since: Timestamp,
    ) -> Result<BTreeMap<ProjectId, ProjectCard>> {
        let limit = u16::try_from(PROJECTS_MAX).unwrap_or(PageRequest::LIMIT_MAX);
        let page =
            self.read().list_projects(filter, ProjectSort::Updated, &PageRequest::first(limit)).await?;
        let changed = page.items.into_iter().filter(|card| card.updated_at > since);
        Ok(changed.map(|card| (card.id, card)).collect())
    }

    /// An event as a sentence.
    pub fn event_words(&self, locale: &Locale, event: &ProjectEvent) -> String {
        let name = |status: &akimat_project::Status| locale.name("status", status.code()).into_owned();
        let day = locale.date(event.at.to_zoned(self.zone().clone()).date());
        let told = match &event.what {
            Happening::Moved { from: None, to, .. } => {
                locale.f("event-registered", &[("to", name(to).into())])
            }
            Happening::Moved { from: Some(from), to, reason } => {
                let moved = locale.f("event-moved", &[("from", name(from).into()), ("to", name(to).into())]);
                if reason.is_empty() {
                    moved
                } else {
                    format!("{moved}\n{}", locale.f("event-reason", &[("reason", reason.as_str().into())]))
                }
            }
            Happening::News { body, progress_pct, .. } => {
                let percent = locale.percent(&progress_pct.to_string());
                let news = locale.f("event-news", &[("percent", percent.into())]);
                if body.is_empty() { news } else { format!("{news}\n{}", shortened(body)) }
            }
        };
        format!("{day}. {told}")
    }

    /// What a saved search asks for, in words.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn subscription_words(&self, locale: &Locale, query: &str) -> Result<String> {
        let (filter, _) = parse(query, When { today: self.today(), now: self.now() });
        let mut parts: Vec<String> = Vec::new();
        if let Some(id) = filter.ids.first() {
            let found = self.read().find_project(*id).await?;
            let title =
                found.map_or_else(String::new, |(project, _, _)| locale.text(&project.title).0.to_owned());
            parts.push(locale.f("search-project", &[("title", title.into())]));
        }
        if let Some(code) = filter.place {
            let places = self.read().list_places_by_code(&[code], self.today()).await?;
            let name =
                places.first().map_or_else(|| code.to_string(), |p| p.name.get(locale.lang()).to_owned());
            parts.push(locale.f("search-place", &[("place", name.into())]));
        }
        parts.extend(plain_words(locale, &filter, query));
        if parts.is_empty() {
            return Ok(locale.t("search-everything").into_owned());
        }
        Ok(parts.join("; "))
    }
}

fn plain_words(locale: &Locale, filter: &ProjectFilter, query: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let text = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "q");
    if let Some((_, text)) = text.filter(|(_, text)| !text.trim().is_empty()) {
        parts.push(locale.f("search-words", &[("words", text.trim().into())]));
    }
    if !filter.status.is_empty() {
        let names: Vec<String> =
            filter.status.iter().map(|status| locale.name("status", status.code()).into_owned()).collect();
        parts.push(locale.f("search-status", &[("names", names.join(", ").into())]));
    }
    if let Some(first) = filter.stages.first() {
        let code = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "stage");
        let code = code.map_or_else(String::new, |(_, code)| code.trim().to_owned());
        let modality = filter.modality.unwrap_or(first.modality);
        parts.push(locale.f("search-stage", &[("name", stage_name(locale, modality, &code).into())]));
    }
    let named = [
        filter.sector.map(|sector| locale.name("sector", sector.code())),
        filter.kind.map(|kind| locale.name("kind", kind.code())),
        filter.modality.map(|modality| locale.name("modality", modality.code())),
        filter.level.map(|level| locale.name("project-level", level.code())),
        filter.reach.map(|reach| locale.name("face-reach", reach.code())),
    ];
    parts.extend(named.into_iter().flatten().map(std::borrow::Cow::into_owned));
    if let Some(year) = filter.year {
        parts.push(locale.f("search-year", &[("year", year.to_string().into())]));
    }
    if let Some(cost) = filter.cost_min {
        parts.push(locale.f("search-cost-min", &[("cost", locale.money_short(cost).into())]));
    }
    if let Some(cost) = filter.cost_max {
        parts.push(locale.f("search-cost-max", &[("cost", locale.money_short(cost).into())]));
    }
    if let Some(circle) = filter.circle {
        let metres = locale.count(u64::from(circle.radius_m));
        let at = crate::project_query::point_text(circle.middle);
        parts.push(locale.f("search-near", &[("metres", metres.into()), ("point", at.into())]));
    }
    if let Some((first, last)) = filter.ends_between {
        let (first, last) = (locale.date(first), locale.date(last));
        parts.push(locale.f("search-ends", &[("first", first.into()), ("last", last.into())]));
    }
    let flags = [
        (filter.late_on.is_some(), "search-late"),
        (filter.silent_since.is_some(), "search-silent"),
        (filter.invented == Some(false), "search-real"),
        (filter.bounds.is_some(), "search-bounds"),
    ];
    parts.extend(flags.into_iter().filter(|(on, _)| *on).map(|(_, key)| locale.t(key).into_owned()));
    parts
}

fn stage_name(locale: &Locale, modality: Modality, code: &str) -> String {
    match stages().of(modality).iter().find(|stage| stage.code == code) {
        Some(stage) => locale.text(&stage.title).0.to_owned(),
        None => locale.name("status", code).into_owned(),
    }
}

fn shortened(text: &str) -> String {
    let mut characters = text.chars();
    let mut start: String = characters.by_ref().take(NEWS_CHARS_MAX).collect();
    if characters.next().is_some() {
        start.push('…');
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_stay_words() {
        let mut sheet = Sheet::default();
        sheet.heading("<script>alert(1)</script>", "https://example.kz/?a=1&b=\"2\"");
        let written = sheet.finish(Lang::Kk, "A & B".to_owned(), String::new());
        assert!(!written.html.contains("<script>"));
        assert!(written.html.contains("href=\"https://example.kz/?a=1&amp;b=&quot;2&quot;\""));
        assert!(written.text.contains("<script>"), "plain text is what it is");
    }
}
