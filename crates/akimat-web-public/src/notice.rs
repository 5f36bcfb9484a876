//! `/account/notices`: what happened for the person, how to be told, what to follow; and the link that ends letters.

mod feed;

use crate::account::browser::device_words;
use akimat_app::notice::letter::{notice_reason, notice_words};
use akimat_app::notice::{Followed, NoticeWishes, PushBrowser, ZONES, browser_code, pace, paces};
use akimat_app::{AppError, Permission as P};
use akimat_core::Lang;
use akimat_i18n::Locale;
use akimat_storage::notice::{Channel, Choice, Notice, NoticeAddress, NoticeKind, NoticeSettings, Pace};
use akimat_storage::{Cursor, PageRequest};
use akimat_web_kit::failure::{Answer, Failure};
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, Page};
use akimat_web_kit::routes::Routes;
use akimat_web_kit::state::WebState;
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;

/// Notices on one page.
const LIMIT: u16 = 30;

/// Notices and how to be told.
pub(super) fn routes(routes: Routes) -> Routes {
    routes
        .get("/{lang}/account/notices", P::SignedIn, list)
        .post("/{lang}/account/notices", P::SignedIn, read_all)
        .post("/{lang}/account/notices/{id}", P::SignedIn, read_one)
        .get("/{lang}/account/notices/settings", P::SignedIn, settings)
        .post("/{lang}/account/notices/settings", P::SignedIn, choose)
        .post("/{lang}/account/notices/resume/{channel}", P::SignedIn, resume)
        .post("/{lang}/account/notices/messenger/leave", P::SignedIn, leave)
        .post("/{lang}/account/notices/push", P::SignedIn, join_push)
        .post("/{lang}/account/notices/push/leave", P::SignedIn, leave_push)
        .post("/{lang}/account/notices/feed", P::SignedIn, renew_feed)
        .get("/{lang}/follow/{kind}/{id}", P::SignedIn, follow_form)
        .post("/{lang}/follow/{kind}/{id}", P::SignedIn, follow)
        .get("/{lang}/follow/feed/{key}", P::Public, feed::atom)
        .get("/{lang}/follow/calendar/{key}", P::Public, feed::calendar)
        .get("/{lang}/notices/stop/{key}", P::Public, stop_form)
        .post("/{lang}/notices/stop/{key}", P::Public, stop)
}

#[derive(Template)]
#[template(path = "public/notice/list.html")]
struct ListPage {
    page: Page,
    unread: String,
    items: Vec<Item>,
    previous: String,
    next: String,
}

struct Item {
    words: String,
    reason: String,
    when: String,
    href: String,
    /// Where it is marked as read; empty when it was read.
    read: String,
}

#[derive(Template)]
#[template(path = "public/notice/settings.html")]
struct SettingsPage {
    page: Page,
    form: kit::Form,
    langs: Vec<(String, String)>,
    zones: Vec<(String, String)>,
    kinds: Vec<Kind>,
    stops: Vec<(String, String)>,
    missing: Vec<String>,
    messenger: Option<Messenger>,
    push: Option<Push>,
    follows: Vec<(String, String)>,
    /// Addresses of the feed and of the calendar; none without a key of the platform.
    feeds: Option<(String, String)>,
}

struct Kind {
    name: String,
    fields: Vec<Field>,
}

/// A field of the form: its name, its label, and what may be chosen, each a code with its words.
type Field = (String, String, Vec<(String, String)>);

struct Push {
    /// Browsers that are written to: words, since when, and by which code one is named in the form.
    browsers: Vec<(String, String, String)>,
    key: String,
    worker: &'static str,
}

struct Messenger {
    joined: bool,
    link: String,
}

#[derive(Template)]
#[template(path = "public/notice/follow.html")]
struct FollowPage {
    page: Page,
    name: String,
    back: String,
    action: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "public/notice/stop.html")]
struct StopPage {
    page: Page,
    words: String,
    /// Where the form goes; empty when it is done.
    action: String,
}

/// What happened, newest first.
///
/// # Errors
/// When the database fails.
async fn list(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let asked = Form::parse(query.unwrap_or_default().as_bytes());
    let request = PageRequest { limit: LIMIT, after: Cursor::decode(asked.raw("after")) };
    let found = state.app.read().list_notices(account.id, &request).await?;
    let n_unread = state.app.read().count_unread_notices(account.id).await?;
    let known = state.app.read().find_notice_settings(account.id).await?;
    let zone = state.app.notice_zone(&known);
    let item = |notice: &Notice| Item {
        words: notice_words(locale, &notice.occurrence),
        reason: notice_reason(locale, &notice.occurrence).unwrap_or_default(),
        when: locale.date_time(notice.occurrence.at, &zone),
        href: visitor.to(&notice.occurrence.link),
        read: match notice.read_at {
            None => visitor.to(&format!("/account/notices/{}", notice.occurrence.id)),
            Some(_) => String::new(),
        },
    };
    frame::render(&ListPage {
        page: frame::page(&visitor, locale.t("told-title"), None).hidden(),
        unread: match n_unread {
            0 => String::new(),
            n => locale.f("told-unread", &[("n", n.into())]),
        },
        items: found.items.iter().map(item).collect(),
        previous: request.after.map_or_else(String::new, |_| visitor.to("/account/notices")),
        next: found.next.map_or_else(String::new, |cursor| {
            visitor.to(&format!("/account/notices?after={}", cursor.encode()))
        }),
    })
}

/// All were read.
///
/// # Errors
/// When the database fails.
async fn read_all(State(state): State<WebState>, visitor: Visitor, _form: Form) -> Answer {
    state.app.read_notices(visitor.actor(), None).await?;
    Ok(frame::redirect(&visitor, "/account/notices", "saved"))
}

/// One was read.
///
/// # Errors
/// 404 when the address is none.
async fn read_one(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    state.app.read_notices(visitor.actor(), Some(frame::id(&id)?)).await?;
    Ok(frame::redirect(&visitor, "/account/notices", "saved"))
}

fn field(kind: NoticeKind, channel: Channel) -> String {
    format!("pace-{}-{}", kind.code(), channel.code())
}

fn kind_fields(locale: &Locale, channels: &[Channel], kind: NoticeKind) -> Kind {
    let options = |channel: Channel| {
        let name = |pace: &Pace| {
            let on_page = channel == Channel::Page && *pace == Pace::AtOnce;
            let key = if on_page { "shown" } else { pace.code() };
            (pace.code().to_owned(), locale.name("told-pace", key).into_owned())
        };
        paces(kind, channel).iter().map(name).collect::<Vec<_>>()
    };
    let fields = channels
        .iter()
        .filter(|channel| !paces(kind, **channel).is_empty())
        .map(|channel| {
            let label = locale.name("told-channel", channel.code()).into_owned();
            (field(kind, *channel), label, options(*channel))
        })
        .collect();
    Kind { name: locale.name("told-kind", kind.code()).into_owned(), fields }
}

fn settings_form(state: &WebState, visitor: &Visitor, known: &NoticeSettings) -> kit::Form {
    let lang = known.person.as_ref().map_or(visitor.lang, |(lang, _)| *lang);
    let platform = state.app.zone().iana_name().unwrap_or(ZONES[0]).to_owned();
    let zone = known.person.as_ref().map_or(platform, |(_, zone)| zone.clone());
    let mut form = kit::Form::new().with("lang", lang.code()).with("zone", zone);
    for kind in NoticeKind::ALL {
        for channel in Channel::ALL {
            form = form.with(&field(kind, channel), pace(known, kind, channel).code());
        }
    }
    form
}

/// How to be told.
///
/// # Errors
/// When the database fails.
async fn settings(State(state): State<WebState>, visitor: Visitor) -> Answer {
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let known = state.app.read().find_notice_settings(account.id).await?;
    let form = settings_form(&state, &visitor, &known);
    frame::render(&settings_page(&state, &visitor, &known, form).await?)
}

async fn settings_page(
    state: &WebState,
    visitor: &Visitor,
    known: &NoticeSettings,
    form: kit::Form,
) -> Answer<SettingsPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let channels = state.app.notice_channels();
    let mut missing = Vec::new();
    for channel in channels.iter().filter(|channel| matches!(**channel, Channel::Email | Channel::Phone)) {
        if state.app.notice_address(account.id, *channel).await?.is_none() {
            missing.push(locale.name("told-missing", channel.code()).into_owned());
        }
    }
    let joined = known.addresses.iter().any(|one| one.channel == Channel::Telegram);
    let stopped = |stop: &akimat_storage::notice::Stop| {
        let name = locale.name("told-channel", stop.channel.code());
        let (name, when): (&str, _) =
            (name.as_ref(), locale.date_time(stop.at, &state.app.notice_zone(known)));
        let words = locale.f("told-stopped", &[("channel", name.into()), ("when", when.into())]);
        (words, visitor.to(&format!("/account/notices/resume/{}", stop.channel.code())))
    };
    let name = |lang: &Lang| (lang.code().to_owned(), locale.name("told-lang", lang.code()).into_owned());
    Ok(SettingsPage {
        page: frame::page(visitor, locale.t("told-settings-title"), None).hidden().errors(!form.is_clean()),
        zones: zones(state, &form),
        form,
        langs: Lang::ALL.iter().map(name).collect(),
        kinds: NoticeKind::ALL.into_iter().map(|kind| kind_fields(locale, &channels, kind)).collect(),
        stops: known.stops.iter().map(stopped).collect(),
        missing,
        push: state.app.push_key().map(|key| Push {
            browsers: known
                .addresses
                .iter()
                .filter(|one| one.channel == Channel::Push)
                .map(|one| browser_row(locale, one, &state.app.notice_zone(known)))
                .collect(),
            key,
            worker: kit::asset_url("js/push-worker.js"),
        }),
        messenger: state.app.messenger_link(account.id).map(|link| Messenger { joined, link }),
        follows: follows(state, visitor).await?,
        feeds: state.app.follow_key(account.id, known.feed_renewed).map(|key| {
            (visitor.to(&format!("/follow/feed/{key}")), visitor.to(&format!("/follow/calendar/{key}")))
        }),
    })
}

fn browser_row(locale: &Locale, one: &NoticeAddress, zone: &jiff::tz::TimeZone) -> (String, String, String) {
    let words = match one.words.as_str() {
        "" => locale.t("device-unknown").into_owned(),
        words => words.to_owned(),
    };
    let since = locale.f("told-push-since", &[("when", locale.date_time(one.at, zone).into())]);
    (words, since, browser_code(&one.address))
}

/// Zones with their difference from UTC now; the platform's own and the one chosen are always among them.
fn zones(state: &WebState, form: &kit::Form) -> Vec<(String, String)> {
    let own = state.app.zone().iana_name().unwrap_or(ZONES[0]);
    let mut names: Vec<&str> = vec![own];
    let chosen = form.value("zone");
    names.extend(ZONES.iter().copied().chain([chosen]).filter(|name| *name != own && !name.is_empty()));
    names.dedup();
    let now = state.app.now();
    let option = |name: &str| {
        let zone = jiff::tz::TimeZone::get(name).ok()?;
        let seconds = zone.to_offset(now).seconds();
        let (sign, minutes) = (if seconds < 0 { '−' } else { '+' }, seconds.abs() / 60);
        let city = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        Some((name.to_owned(), format!("{city} (UTC{sign}{}:{:02})", minutes / 60, minutes % 60)))
    };
    names.into_iter().filter_map(option).collect()
}

/// What the person follows: name and address of the page where it ends.
async fn follows(state: &WebState, visitor: &Visitor) -> Answer<Vec<(String, String)>> {
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let mut found = Vec::new();
    for key in state.app.read().list_follows(account.id).await? {
        let Some(what) = Followed::parse(&key) else { continue };
        if let Some((name, _)) = named(state, visitor, what).await? {
            found.push((name, visitor.to(&format!("/follow/{key}"))));
        }
    }
    Ok(found)
}

/// Name and page of what is followed.
async fn named(state: &WebState, visitor: &Visitor, what: Followed) -> Answer<Option<(String, String)>> {
    Ok(match what {
        Followed::Project(id) => state.app.read().find_project(id).await?.map(|(project, _, _)| {
            (visitor.locale().text(&project.title).0.to_owned(), visitor.to(&format!("/projects/{id}")))
        }),
        Followed::Place(code) => {
            let places = state.app.read().list_places_by_code(&[code], state.app.today()).await?;
            places.first().map(|place| {
                (place.name.get(visitor.lang).to_owned(), visitor.to(&format!("/places/{code}")))
            })
        }
    })
}

/// The person says how to be told.
///
/// # Errors
/// When the database fails.
async fn choose(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let mut choices = Vec::new();
    for kind in NoticeKind::ALL {
        for channel in state.app.notice_channels() {
            if let Some(pace) = Pace::parse(sent.get(&field(kind, channel))) {
                choices.push(Choice { kind, channel, pace });
            }
        }
    }
    let lang = Lang::parse(sent.get("lang")).unwrap_or(visitor.lang);
    let wishes = NoticeWishes { lang, zone: sent.get("zone").to_owned(), choices };
    match state.app.choose_notices(visitor.actor(), wishes).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/notices/settings", "saved")),
        Err(AppError::Invalid(faults)) => {
            let known = state.app.read().find_notice_settings(account.id).await?;
            let mut form = settings_form(&state, &visitor, &known);
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&settings_page(&state, &visitor, &known, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// A channel is tried again.
///
/// # Errors
/// 404 for what is no channel.
async fn resume(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, channel)): Path<(String, String)>,
    _form: Form,
) -> Answer {
    let channel = Channel::parse(&channel).ok_or_else(Failure::not_found)?;
    state.app.resume_notices(visitor.actor(), channel).await?;
    Ok(frame::redirect(&visitor, "/account/notices/settings", "saved"))
}

/// The messenger shall find the person no more.
///
/// # Errors
/// When the database fails.
async fn leave(State(state): State<WebState>, visitor: Visitor, _form: Form) -> Answer {
    state.app.leave_messenger(visitor.actor()).await?;
    Ok(frame::redirect(&visitor, "/account/notices/settings", "saved"))
}

/// A browser lets the platform write to it.
///
/// # Errors
/// 404 where the platform writes to none.
async fn join_push(
    State(state): State<WebState>,
    visitor: Visitor,
    headers: HeaderMap,
    sent: Form,
) -> Answer {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let told = (sent.get("former"), device_words(agent));
    let browser =
        PushBrowser { endpoint: sent.get("endpoint"), key: sent.get("key"), secret: sent.get("secret") };
    match state.app.join_push(visitor.actor(), browser, (told.0, &told.1)).await {
        Ok(()) => Ok(frame::redirect(&visitor, "/account/notices/settings", "saved")),
        Err(AppError::Invalid(faults)) => {
            let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
            let known = state.app.read().find_notice_settings(account.id).await?;
            let mut form = settings_form(&state, &visitor, &known);
            for fault in &faults {
                form.fail(&fault.field, frame::fault_text(visitor.locale(), fault));
            }
            frame::render_invalid(&settings_page(&state, &visitor, &known, form).await?)
        }
        Err(error) => Err(error.into()),
    }
}

/// A browser shall be written to no more; without its code, none.
///
/// # Errors
/// When the database fails.
async fn leave_push(State(state): State<WebState>, visitor: Visitor, sent: Form) -> Answer {
    state.app.leave_push(visitor.actor(), sent.get("browser")).await?;
    Ok(frame::redirect(&visitor, "/account/notices/settings", "saved"))
}

/// Feed and calendar get another address; the former one stops at once.
///
/// # Errors
/// When the database fails.
async fn renew_feed(State(state): State<WebState>, visitor: Visitor, _form: Form) -> Answer {
    state.app.renew_feed(visitor.actor()).await?;
    Ok(frame::redirect(&visitor, "/account/notices/settings#follow", "told-feed-renewed"))
}

fn followed((kind, id): (&str, &str)) -> Answer<Followed> {
    Followed::parse(&format!("{kind}/{id}")).ok_or_else(Failure::not_found)
}

/// Whether the person follows something, and the button that changes it.
///
/// # Errors
/// 404 when there is no such thing.
async fn follow_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, kind, id)): Path<(String, String, String)>,
) -> Answer {
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let what = followed((&kind, &id))?;
    let (name, back) = named(&state, &visitor, what).await?.ok_or_else(Failure::not_found)?;
    let key = what.key();
    frame::render(&FollowPage {
        page: frame::page(&visitor, visitor.locale().t("follow-title"), None).hidden(),
        name,
        back,
        action: visitor.to(&format!("/follow/{key}")),
        on: state.app.read().list_follows(account.id).await?.contains(&key),
    })
}

/// The person follows it, or no more.
///
/// # Errors
/// 404 when there is no such thing.
async fn follow(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, kind, id)): Path<(String, String, String)>,
    sent: Form,
) -> Answer {
    let what = followed((&kind, &id))?;
    state.app.follow(visitor.actor(), what, sent.get("on") == "1").await?;
    Ok(frame::redirect(&visitor, &format!("/follow/{}", what.key()), "saved"))
}

/// The page behind the link at the foot of a letter.
///
/// # Errors
/// 404 for a key that the platform did not make.
async fn stop_form(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, text)): Path<(String, String)>,
) -> Answer {
    let key = state.app.read_stop_key(&text)?;
    let locale = visitor.locale();
    let channel = locale.name("told-channel", key.channel.code());
    let channel: &str = channel.as_ref();
    frame::render(&StopPage {
        page: frame::page(&visitor, locale.t("told-stop-title"), None).hidden(),
        words: locale.f("told-stop-words", &[("channel", channel.into())]),
        action: visitor.to(&format!("/notices/stop/{text}")),
    })
}

/// One click ends the letters: of a person on the page, or of a mail program (RFC 8058).
///
/// # Errors
/// 404 for a key that the platform did not make.
async fn stop(
    State(state): State<WebState>,
    visitor: Visitor,
    Path((_, text)): Path<(String, String)>,
    sent: Form,
) -> Answer {
    let key = state.app.read_stop_key(&text)?;
    state.app.end_notices(key).await?;
    if sent.get("List-Unsubscribe") == "One-Click" {
        return Ok((StatusCode::NO_CONTENT, "").into_response());
    }
    let locale = visitor.locale();
    frame::render(&StopPage {
        page: frame::page(&visitor, locale.t("told-stopped-title"), None).hidden(),
        words: locale.t("told-stopped-words").into_owned(),
        action: String::new(),
    })
}
