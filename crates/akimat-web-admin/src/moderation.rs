//! The moderators' desk: what waits, with its context; the same act for many comments at once; blocks and contests.

pub mod act;
pub mod detail;
pub mod marks;
pub mod pattern;

use akimat_app::AppError;
use akimat_core::{AccountId, CommentId, KatoCode};
use akimat_i18n::Locale;
use akimat_participation::moderation::{Block, Contest, ModerationAct, Report};
use akimat_participation::talk::Record;
use akimat_storage::{CommentFile, Cursor, ModerationItem, PageRequest, QueueView};
use akimat_web_kit::failure::Answer;
use akimat_web_kit::form::Form;
use akimat_web_kit::frame;
use akimat_web_kit::kit::{self, MenuItem, Page};
use akimat_web_kit::state::WebState;
use akimat_web_kit::view::talk::{FileView, by, closed, files, reasons, subject_path};
use akimat_web_kit::visitor::Visitor;
use askama::Template;
use axum::extract::{RawQuery, State};
use uuid::Uuid;

/// Comments on one page.
const ITEMS: u16 = 20;
/// Comments on a page that is worked off in bulk.
const ITEMS_MAX: u16 = 200;

#[derive(Template)]
#[template(path = "admin/moderation.html")]
struct DeskPage {
    page: Page,
    /// What was wrong with one of the forms.
    errors: kit::Form,
    tabs: Vec<(String, String, bool)>,
    note: String,
    items: Vec<DeskItem>,
    contests: Vec<ContestItem>,
    /// Discounts that somebody contests: address, sentence.
    marks: Vec<(String, String)>,
    blocks: Vec<BlockItem>,
    view: View,
    reasons: Vec<(String, String)>,
    undo: String,
    patterns: Vec<PatternItem>,
    previous: String,
    next: String,
    more: String,
}

/// What the page lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum View {
    Queue,
    Newest,
    Repeats,
    Contests,
    Patterns,
    Blocks,
}

impl View {
    const ALL: [Self; 6] =
        [Self::Queue, Self::Newest, Self::Repeats, Self::Contests, Self::Patterns, Self::Blocks];

    const fn code(self) -> &'static str {
        match self {
            Self::Queue => "queue",
            Self::Newest => "newest",
            Self::Repeats => "repeats",
            Self::Contests => "contests",
            Self::Patterns => "patterns",
            Self::Blocks => "blocks",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }

    const fn is_list(self) -> bool {
        matches!(self, Self::Queue | Self::Newest | Self::Repeats)
    }
}

/// A comment with what a moderator should know.
pub(super) struct DeskItem {
    pub(super) id: CommentId,
    pub(super) by: String,
    pub(super) body: String,
    pub(super) files: Vec<FileView>,
    pub(super) lang: &'static str,
    pub(super) about: String,
    pub(super) about_path: String,
    pub(super) official: bool,
    pub(super) closed: String,
    pub(super) hidden: bool,
    pub(super) removed: bool,
    pub(super) waits: bool,
    /// Why it is in the queue.
    pub(super) why: Vec<String>,
    /// The score in a sentence, and what it is made of.
    pub(super) score: String,
    pub(super) features: Vec<String>,
    /// What it answers.
    pub(super) answers: String,
    pub(super) record: String,
    pub(super) reports: Vec<String>,
    pub(super) acts: Vec<String>,
    pub(super) form: kit::Form,
}

struct ContestItem {
    id: CommentId,
    about: String,
    body: String,
    hidden: String,
    words: String,
    field: String,
    may_rule: bool,
}

/// What was hidden by a pattern.
struct PatternItem {
    batch: Uuid,
    told: String,
    undone: String,
}

struct BlockItem {
    id: Uuid,
    account: AccountId,
    name: String,
    told: String,
}

/// The desk.
///
/// # Errors
/// When the database fails.
pub async fn queue(State(state): State<WebState>, visitor: Visitor, RawQuery(query): RawQuery) -> Answer {
    frame::render(&page(&state, &visitor, &query.unwrap_or_default(), kit::Form::new()).await?)
}

async fn page(state: &WebState, visitor: &Visitor, query: &str, form: kit::Form) -> Answer<DeskPage> {
    let locale = visitor.locale();
    let account = visitor.actor().ok_or(AppError::SignInNeeded)?;
    let asked = Form::parse(query.as_bytes());
    let place = account.place.ok_or(AppError::Forbidden)?;
    let read = state.app.read();
    let n_queue = read.count_queue(place).await?;
    let usual = if n_queue > 0 { View::Queue } else { View::Newest };
    let view = View::parse(asked.get("view")).unwrap_or(usual);
    let limit = if asked.get("show") == "many" { ITEMS_MAX } else { ITEMS };
    let request = PageRequest { limit, after: Cursor::decode(asked.raw("after")) };
    let mut page = DeskPage {
        page: frame::page(visitor, locale.t("moderation-title"), Some(MenuItem::Admin))
            .hidden()
            .errors(!form.is_clean()),
        tabs: tabs(locale, view, n_queue),
        note: String::new(),
        items: Vec::new(),
        contests: Vec::new(),
        marks: Vec::new(),
        blocks: Vec::new(),
        view,
        reasons: reasons(visitor),
        patterns: Vec::new(),
        undo: asked.get("batch").parse::<Uuid>().map_or_else(|_| String::new(), |batch| batch.to_string()),
        previous: request.after.as_ref().map_or_else(String::new, |_| address(visitor, view, "")),
        next: String::new(),
        more: address(visitor, view, "&show=many"),
        errors: form,
    };
    match view {
        View::Contests => {
            page.contests = contests(state, visitor, (place, account.id)).await?;
            page.marks = marks::contested(state, visitor, place).await?;
        }
        View::Patterns => page.patterns = patterns(state, visitor, place).await?,
        View::Blocks => page.blocks = blocks(state, locale, place).await?,
        View::Queue | View::Newest | View::Repeats => {
            let found = match view {
                View::Newest => read.list_comments_in_place(place, &request).await?,
                View::Repeats => read.list_queue(place, QueueView::Repeats, &request).await?,
                _ => read.list_queue(place, QueueView::Queue, &request).await?,
            };
            page.items = gather(state, visitor, &found.items, &page.errors).await?;
            let many = if limit == ITEMS_MAX { "&show=many" } else { "" };
            page.next = found.next.map_or_else(String::new, |cursor| {
                address(visitor, view, &format!("{many}&after={}", cursor.encode()))
            });
        }
    }
    if n_queue == 0 && view == View::Newest {
        page.note = locale.t("moderation-queue-empty").into_owned();
    }
    Ok(page)
}

fn address(visitor: &Visitor, view: View, more: &str) -> String {
    visitor.to(&format!("/admin/moderation?view={}{more}", view.code()))
}

fn tabs(locale: &Locale, present: View, n_queue: u64) -> Vec<(String, String, bool)> {
    let tab = |view: View| {
        let name = match view {
            View::Queue => locale.f("moderation-view-queue", &[("n", n_queue.into())]),
            other => locale.name("moderation-view", other.code()).into_owned(),
        };
        (format!("/admin/moderation?view={}", view.code()), name, view == present)
    };
    View::ALL.into_iter().map(tab).collect()
}

/// What is read beside the comments: one statement each, however many there are.
struct Context {
    parents: Vec<ModerationItem>,
    records: Vec<Record>,
    reports: Vec<Report>,
    acts: Vec<ModerationAct>,
    files: Vec<CommentFile>,
}

/// Comments with their context.
pub(super) async fn gather(
    state: &WebState,
    visitor: &Visitor,
    items: &[ModerationItem],
    form: &kit::Form,
) -> Answer<Vec<DeskItem>> {
    let read = state.app.read();
    let distinct = |mut ids: Vec<Uuid>| {
        ids.sort();
        ids.dedup();
        ids
    };
    let ids: Vec<CommentId> = items.iter().map(|item| item.comment.id).collect();
    let parents = distinct(items.iter().filter_map(|item| item.comment.talk.parent).map(|id| id.0).collect());
    let authors = distinct(items.iter().map(|item| item.comment.author.0).collect());
    let parents: Vec<CommentId> = parents.into_iter().map(CommentId).collect();
    let authors: Vec<AccountId> = authors.into_iter().map(AccountId).collect();
    let context = Context {
        parents: read.list_comments_by_id(&parents).await?,
        records: read.list_talk_records(&authors).await?,
        reports: read.list_reports(&ids).await?,
        acts: read.list_moderation_acts(&ids).await?,
        files: read.list_comment_files(&ids).await?,
    };
    Ok(items.iter().map(|item| desk_item(state, visitor, item, (&context, form))).collect())
}

fn desk_item(
    state: &WebState,
    visitor: &Visitor,
    item: &ModerationItem,
    (context, form): (&Context, &kit::Form),
) -> DeskItem {
    let locale = visitor.locale();
    let (comment, talk) = (&item.comment, &item.comment.talk);
    let name = |prefix, code| locale.name(prefix, code).into_owned();
    let parent = talk.parent.and_then(|id| context.parents.iter().find(|parent| parent.comment.id == id));
    let record = context.records.iter().find(|record| record.account == Some(comment.author));
    let reports = context.reports.iter().filter(|report| report.comment == comment.id);
    let acts = context.acts.iter().filter(|act| act.comment == Some(comment.id));
    let attached: Vec<&CommentFile> =
        context.files.iter().filter(|file| file.comment == comment.id).collect();
    DeskItem {
        id: comment.id,
        by: by(state, locale, comment),
        body: comment.body.clone(),
        files: files(locale, &attached),
        lang: comment.lang.code(),
        about: item.project_title.get(visitor.lang).to_owned(),
        about_path: format!("{}#c-{}", subject_path(&comment.subject), comment.id),
        official: comment.official,
        closed: closed(state, locale, comment),
        hidden: comment.hidden.is_some(),
        removed: talk.removed_at.is_some(),
        waits: talk.waiting,
        why: talk.queue_why.iter().map(|why| name("queue-why", why.code())).collect(),
        score: match talk.score {
            0 => String::new(),
            score => locale.f("spam-score", &[("n", score.into())]),
        },
        features: talk
            .score_why
            .iter()
            .map(|feature| {
                let kind = locale.name("spam-feature", feature.kind.code());
                let args = [
                    ("feature", kind.as_ref().into()),
                    ("points", feature.points.into()),
                    ("sample", feature.sample.as_str().into()),
                ];
                let key = if feature.sample.is_empty() { "spam-points" } else { "spam-points-sample" };
                locale.f(key, &args)
            })
            .collect(),
        answers: parent.map_or_else(String::new, |parent| {
            let short: String = parent.comment.body.chars().take(300).collect();
            let author = parent.comment.author_name.as_str();
            locale.f("moderation-answers", &[("name", author.into()), ("words", short.as_str().into())])
        }),
        record: record.map_or_else(String::new, |record| {
            locale.f(
                "moderation-record",
                &[("shown", record.n_shown.into()), ("hidden", record.n_hidden.into())],
            )
        }),
        reports: reports
            .map(|report| {
                let code = name("moderation-code", report.reason.code());
                if report.words.is_empty() { code } else { format!("{code}: {}", report.words) }
            })
            .collect(),
        acts: acts.map(|act| act_line(state, locale, act)).collect(),
        form: form.clone(),
    }
}

/// An act in a line.
pub(super) fn act_line(state: &WebState, locale: &Locale, act: &ModerationAct) -> String {
    let when = locale.date_time(act.at, state.app.zone());
    let what = locale.name("moderation-act", act.kind.code());
    let args = [("when", when.as_str().into()), ("act", what.as_ref().into())];
    locale.f("moderation-act-line", &args)
}

async fn patterns(state: &WebState, visitor: &Visitor, place: KatoCode) -> Answer<Vec<PatternItem>> {
    let locale = visitor.locale();
    let when = |at| locale.date_time(at, state.app.zone());
    let all = state.app.read().list_comment_patterns().await?;
    let here = all.into_iter().filter(|made| place.covers(made.place));
    Ok(here
        .take(usize::from(ITEMS_MAX))
        .map(|made| PatternItem {
            batch: made.batch,
            told: locale.f(
                "pattern-told",
                &[
                    ("pattern", locale.name("pattern", made.pattern.code()).as_ref().into()),
                    ("n", made.n.into()),
                    ("when", when(made.at).into()),
                ],
            ),
            undone: made
                .undone_at
                .map_or_else(String::new, |at| locale.f("pattern-undone", &[("when", when(at).into())])),
        })
        .collect())
}

async fn contests(
    state: &WebState,
    visitor: &Visitor,
    (place, moderator): (KatoCode, AccountId),
) -> Answer<Vec<ContestItem>> {
    let locale = visitor.locale();
    let open = state.app.read().list_open_contests(place).await?;
    let ids: Vec<CommentId> = open.iter().map(|contest| contest.comment).collect();
    let items = state.app.read().list_comments_by_id(&ids).await?;
    let view = |contest: &Contest| {
        let item = items.iter().find(|item| item.comment.id == contest.comment)?;
        Some(ContestItem {
            id: contest.comment,
            about: item.project_title.get(visitor.lang).to_owned(),
            body: item.comment.body.clone(),
            hidden: closed(state, locale, &item.comment),
            words: contest.words.clone(),
            field: format!("ruling-{}", contest.comment),
            may_rule: contest.against != Some(moderator),
        })
    };
    Ok(open.iter().filter_map(view).collect())
}

async fn blocks(state: &WebState, locale: &Locale, place: KatoCode) -> Answer<Vec<BlockItem>> {
    let found = state.app.read().list_blocks(place, state.app.now()).await?;
    let view = |(block, name): (Block, String)| {
        let code = locale.name("moderation-code", block.code.code());
        let since = locale.date_time(block.since, state.app.zone());
        let until = block.until.map(|until| locale.date_time(until, state.app.zone()));
        let args = [
            ("since", since.as_str().into()),
            ("code", code.as_ref().into()),
            ("reason", block.words.as_str().into()),
        ];
        let told = match &until {
            Some(until) => {
                locale.f("block-line-until", &[&args[..], &[("until", until.as_str().into())]].concat())
            }
            None => locale.f("block-line-for-good", &args),
        };
        BlockItem { id: block.id, account: block.account, name, told }
    };
    Ok(found.into_iter().map(view).collect())
}
