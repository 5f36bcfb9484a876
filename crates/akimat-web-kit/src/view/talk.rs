//! A conversation as pages show it: comments with their answers, the order, the form.

use crate::failure::Answer;
use crate::kit;
use crate::state::WebState;
use crate::view::person::{announced, once_link};
use crate::visitor::Visitor;
use akimat_app::FieldFault;
use akimat_app::permission::{self, Permission};
use akimat_core::{CommentId, KatoCode};
use akimat_i18n::Locale;
use akimat_identity::Action;
use akimat_participation::moderation::Reason;
use akimat_participation::spam::links;
use akimat_participation::wording::plain_name;
use akimat_participation::{Comment, Order, Subject};
use akimat_storage::comment_file::{CommentFile, FilePart, PICTURE};
use akimat_storage::{Cursor, MarkKind, PageRequest};
use std::collections::BTreeMap;

/// Conversations on one page.
const THREADS: u16 = 20;
/// Answers of each conversation on a page of many.
const REPLIES: u16 = 6;
/// Answers on the page of one conversation.
pub const REPLIES_MAX: u16 = 200;

/// A piece of the words: plain, or with an address.
#[derive(Debug)]
pub struct Piece {
    /// What is read.
    pub text: String,
    /// Where it leads; empty for plain words.
    pub href: String,
    /// The address leaves the platform.
    pub outside: bool,
}

/// A file of a comment.
#[derive(Debug)]
pub struct FileView {
    /// Where it is.
    pub href: String,
    /// The picture for lists: address, sides, what is read aloud in its place; empty for a document.
    pub thumb: String,
    /// Of the picture, in pixels.
    pub width: u32,
    /// Of the picture, in pixels.
    pub height: u32,
    /// Name of a document, words in place of a picture.
    pub name: String,
    /// Kind and size.
    pub about: String,
}

/// A comment.
#[derive(Debug)]
pub struct CommentView {
    /// Key, for forms about it.
    pub id: CommentId,
    /// Address of its own page, without the language.
    pub path: String,
    /// Who speaks and when.
    pub by: String,
    /// An office speaks.
    pub official: bool,
    /// The words; none where they are closed.
    pub pieces: Vec<Piece>,
    /// Language of the words.
    pub lang: &'static str,
    /// What is attached.
    pub files: Vec<FileView>,
    /// Why there are no words.
    pub closed: String,
    /// Address of the entry of the log that records the hiding; empty when nothing is hidden.
    pub proof: String,
    /// When the author changed it; empty where never.
    pub edited: String,
    /// A moderator has not seen it yet: only its author sees it.
    pub waits: bool,
    /// How deep an answer it is; zero for the first of a conversation.
    pub depth: u8,
    /// How many support it, in words.
    pub support: String,
    /// The visitor may support it.
    pub may_support: bool,
    /// The visitor supports it.
    pub supported: bool,
    /// The visitor may answer.
    pub may_answer: bool,
    /// The one that the page is about.
    pub here: bool,
    /// How many more answers there are.
    pub more: String,
    /// Answers, the oldest first.
    pub replies: Vec<CommentView>,
}

/// The conversation about a subject.
#[derive(Debug)]
pub struct TalkView {
    /// Heading with the number of comments.
    pub title: String,
    /// Where a comment is posted.
    pub post: String,
    /// Where to sign in.
    pub sign_in: String,
    /// Where to speak once without an account; empty where one cannot.
    pub once: String,
    /// Address, name, whether it is the present one.
    pub orders: Vec<(String, String, bool)>,
    /// One page of conversations.
    pub items: Vec<CommentView>,
    /// Address of the next page.
    pub next: Option<String>,
    /// The form for a comment.
    pub form: kit::Form,
    /// The visitor may speak here.
    pub may_comment: bool,
    /// What the visitor lacks for speaking here.
    pub lacking: Vec<String>,
    /// How long and how often one may speak.
    pub hint: String,
    /// Which files may be attached.
    pub files_hint: String,
    /// Why nobody may speak here any more; empty while one may.
    pub closed: String,
}

/// What a page asks for.
#[derive(Debug)]
pub struct Ask<'a> {
    /// What it is about.
    pub subject: &'a Subject,
    /// Where that lies.
    pub place: KatoCode,
    /// Address of the page without language and query.
    pub path: String,
    /// Where a comment is posted.
    pub post: String,
    /// The query: `order`, `comments`.
    pub query: &'a crate::form::Form,
    /// Comments in all.
    pub n_comments: u64,
}

/// Which files may be attached to a comment.
///
/// # Errors
/// When the data have no rules, which a test excludes.
pub fn files_hint(state: &WebState, locale: &Locale) -> Answer<String> {
    let (rules, limits) = (state.app.attachment_rules()?, state.app.photo_limits());
    let args = [
        ("n", rules.files_max.into()),
        ("picture", i64::from(limits.megabytes_max).into()),
        ("document", i64::from(rules.document_megabytes_max).into()),
    ];
    Ok(locale.f("attachment-hint", &args))
}

/// Files as pages show them.
pub fn files(locale: &Locale, files: &[&CommentFile]) -> Vec<FileView> {
    let size = |n_bytes: u32| locale.count(u64::from(n_bytes.div_ceil(1_000)));
    let view = |file: &&CommentFile| {
        let picture = file.kind == PICTURE;
        let sides = [
            ("width", file.whole.width.into()),
            ("height", file.whole.height.into()),
            ("kb", size(file.whole.n_bytes).into()),
        ];
        let document = [("kind", file.kind.to_uppercase().into()), ("kb", size(file.whole.n_bytes).into())];
        FileView {
            href: format!("/attachments/{}/{}", file.id, FilePart::Whole.code()),
            thumb: match picture {
                true => format!("/attachments/{}/{}", file.id, FilePart::Thumb.code()),
                false => String::new(),
            },
            width: file.thumb.width,
            height: file.thumb.height,
            name: match picture {
                true => locale.f("attachment-picture", &[("n", file.nth.into())]),
                false => file.title.clone(),
            },
            about: match picture {
                true => locale.f("attachment-about-picture", &sides),
                false => locale.f("attachment-about-document", &document),
            },
        }
    };
    files.iter().map(view).collect()
}

/// Reads and arranges a conversation: six statements at most, however many comments there are.
///
/// # Errors
/// When the database fails.
pub async fn talk(
    state: &WebState,
    visitor: &Visitor,
    ask: Ask<'_>,
    form: Option<kit::Form>,
) -> Answer<TalkView> {
    let locale = visitor.locale();
    let order = Order::parse(ask.query.get("order"));
    let request = PageRequest { limit: THREADS, after: Cursor::decode(ask.query.raw("comments")) };
    let viewer = visitor.actor().map(|account| account.id);
    let read = state.app.read();
    let page = read.list_threads(ask.subject, order, viewer, &request).await?;
    let threads: Vec<CommentId> =
        page.items.iter().filter(|comment| comment.talk.n_replies > 0).map(|comment| comment.id).collect();
    let replies = read.list_replies(&threads, REPLIES, viewer).await?;
    let items = arrange(state, visitor, (ask.subject, None), page.items, replies).await?;
    let rules = state.app.talk_rules(ask.place)?;
    let path = &ask.path;
    let with_order = |order: Order| match order {
        Order::Newest => path.clone(),
        other => format!("{path}?order={}", other.code()),
    };
    let glue = if order == Order::Newest { '?' } else { '&' };
    let address = with_order(order);
    Ok(TalkView {
        title: locale.f("comments-count", &[("n", ask.n_comments.into())]),
        sign_in: format!("/sign-in?next={path}"),
        once: ask
            .subject
            .project()
            .map_or_else(String::new, |id| once_link(visitor, ask.place, &format!("comment/{id}"))),
        orders: Order::ALL
            .into_iter()
            .map(|one| {
                let name = locale.name("talk-order", one.code()).into_owned();
                (format!("{}#comments", with_order(one)), name, one == order)
            })
            .collect(),
        items,
        next: page.next.map(|cursor| format!("{address}{glue}comments={}#comments", cursor.encode())),
        form: form.unwrap_or_default(),
        may_comment: visitor.account.is_some(),
        lacking: announced(state, visitor, Action::Comment, ask.place).await?,
        hint: locale.f("comment-hint", &[("max", rules.chars_max.into())]),
        files_hint: files_hint(state, locale)?,
        post: ask.post,
        closed: String::new(),
    })
}

/// Comments with their answers under them, as a visitor may see them.
///
/// # Errors
/// When the database fails.
pub async fn arrange(
    state: &WebState,
    visitor: &Visitor,
    (subject, here): (&Subject, Option<CommentId>),
    roots: Vec<Comment>,
    replies: Vec<Comment>,
) -> Answer<Vec<CommentView>> {
    let locale = visitor.locale();
    let read = state.app.read();
    let ids: Vec<CommentId> = roots.iter().chain(&replies).map(|comment| comment.id).collect();
    let may_support = permission::check(visitor.actor(), Permission::RateProject, None).is_ok();
    let supported = match visitor.actor().filter(|_| may_support) {
        Some(account) => read.list_supported(account.id, &ids).await?,
        None => Vec::new(),
    };
    let mut logins: Vec<String> = Vec::new();
    for comment in roots.iter().chain(&replies).filter(|comment| comment.is_open()) {
        logins.extend(mentions(&comment.body).map(str::to_lowercase));
    }
    logins.sort();
    logins.dedup();
    logins.truncate(100);
    let mut mentioned = BTreeMap::new();
    for (login, id) in read.list_mentioned(subject, &logins).await? {
        mentioned.entry(login).or_insert(id);
    }
    let account = visitor.actor().map(|account| account.id);
    let files = read.list_comment_files(&ids).await?;
    let subjects: Vec<uuid::Uuid> = ids.iter().map(|id| id.0).collect();
    let discounted = read.count_discounted(MarkKind::Comment, &subjects).await?;
    let scene = Scene {
        state,
        locale,
        mentioned: &mentioned,
        supported: &supported,
        may_support,
        account,
        here,
        files: &files,
        discounted: &discounted,
    };
    let mut by_thread: BTreeMap<CommentId, Vec<Comment>> = BTreeMap::new();
    for reply in replies {
        by_thread.entry(reply.thread()).or_default().push(reply);
    }
    Ok(roots
        .iter()
        .map(|root| {
            let replies = by_thread.remove(&root.id).unwrap_or_default();
            let n = u32::try_from(replies.len()).unwrap_or(u32::MAX);
            let mut view = scene.view(root);
            let rest = root.talk.n_replies.saturating_sub(n);
            if rest > 0 {
                view.more = locale.f("comment-more-replies", &[("n", rest.into())]);
            }
            view.replies = in_order(root.id, &replies).into_iter().map(|reply| scene.view(reply)).collect();
            view
        })
        .collect())
}

/// Answers below what they answer; what an office says comes first, then by time. An answer whose parent is not there
/// stands after the others.
fn in_order(root: CommentId, replies: &[Comment]) -> Vec<&Comment> {
    let sorted = |parent: CommentId| {
        let mut found: Vec<&Comment> =
            replies.iter().filter(|reply| reply.talk.parent == Some(parent)).collect();
        found.sort_by_key(|reply| (!reply.talk.pinned, reply.at, reply.id));
        found
    };
    let mut ordered: Vec<&Comment> = Vec::with_capacity(replies.len());
    for first in sorted(root) {
        ordered.push(first);
        ordered.extend(sorted(first.id));
    }
    let lost: Vec<&Comment> =
        replies.iter().filter(|reply| !ordered.iter().any(|one| one.id == reply.id)).collect();
    ordered.extend(lost);
    ordered
}

struct Scene<'a> {
    state: &'a WebState,
    locale: &'a Locale,
    mentioned: &'a BTreeMap<String, CommentId>,
    supported: &'a [CommentId],
    may_support: bool,
    account: Option<akimat_core::AccountId>,
    here: Option<CommentId>,
    files: &'a [CommentFile],
    discounted: &'a [(uuid::Uuid, u64)],
}

impl Scene<'_> {
    fn view(&self, comment: &Comment) -> CommentView {
        let (locale, talk) = (self.locale, &comment.talk);
        let own = self.account == Some(comment.author);
        let open = comment.is_open() || (own && talk.waiting && comment.hidden.is_none());
        let closed = closed(self.state, locale, comment);
        let when = |at| locale.date_time(at, self.state.app.zone());
        CommentView {
            id: comment.id,
            path: format!("/comments/{}", comment.id),
            by: by(self.state, locale, comment),
            official: comment.official && talk.removed_at.is_none(),
            files: match open && closed.is_empty() {
                true => {
                    let own: Vec<&CommentFile> =
                        self.files.iter().filter(|file| file.comment == comment.id).collect();
                    files(locale, &own)
                }
                false => Vec::new(),
            },
            pieces: if open && closed.is_empty() { self.pieces(comment) } else { Vec::new() },
            lang: if comment.lang == locale.lang() { "" } else { comment.lang.code() },
            closed,
            proof: comment.hidden.as_ref().map_or_else(String::new, |_| {
                crate::view::logged::path(&format!("comment/{}", comment.id), "moderation,comment_hidden")
            }),
            edited: talk
                .edited_at
                .filter(|_| talk.removed_at.is_none())
                .map_or_else(String::new, |at| locale.f("comment-edited-at", &[("when", when(at).into())])),
            waits: talk.waiting,
            depth: talk.depth,
            support: {
                let counted = locale.f("comment-support-count", &[("n", talk.n_support.into())]);
                match self.discounted.iter().find(|(id, _)| *id == comment.id.0) {
                    Some((_, n)) => {
                        format!("{counted} {}", locale.f("comment-support-discounted", &[("n", (*n).into())]))
                    }
                    None => counted,
                }
            },
            may_support: self.may_support && !own && comment.is_open(),
            supported: self.supported.contains(&comment.id),
            may_answer: comment.is_open(),
            here: self.here == Some(comment.id),
            more: String::new(),
            replies: Vec::new(),
        }
    }

    fn pieces(&self, comment: &Comment) -> Vec<Piece> {
        let outside: Vec<&str> = if comment.talk.links { links(&comment.body).collect() } else { Vec::new() };
        let mut pieces: Vec<Piece> = Vec::new();
        let mut rest = comment.body.as_str();
        while !rest.is_empty() {
            let next = [
                outside.first().and_then(|link| rest.find(link).map(|at| (at, link.len(), false))),
                mentions(rest).next().and_then(|login| {
                    let at = rest.find(&format!("@{login}"))?;
                    Some((at, login.len() + 1, true))
                }),
            ];
            let Some((at, len, mention)) = next.into_iter().flatten().min() else { break };
            pieces.push(Piece { text: rest[..at].to_owned(), href: String::new(), outside: false });
            let text = &rest[at..at + len];
            pieces.push(if mention { self.mention(text) } else { link(text) });
            rest = &rest[at + len..];
        }
        pieces.push(Piece { text: rest.to_owned(), href: String::new(), outside: false });
        pieces
    }

    fn mention(&self, text: &str) -> Piece {
        let found = self.mentioned.get(&text[1..].to_lowercase());
        let href =
            found.map_or_else(String::new, |id| format!("/{}/comments/{id}", self.locale.lang().code()));
        Piece { text: text.to_owned(), href, outside: false }
    }
}

fn link(text: &str) -> Piece {
    let whole = text.starts_with("http://") || text.starts_with("https://");
    let href = if whole { text.to_owned() } else { format!("https://{text}") };
    Piece { text: text.to_owned(), href, outside: true }
}

/// Logins that a text names: `@resident`.
fn mentions(text: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    text.match_indices('@').filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let word = text[at + 1..].split(ends).next().unwrap_or_default().trim_end_matches('.');
        let free = before.is_none_or(|c| !c.is_alphanumeric());
        (free && (2..=64).contains(&word.len())).then_some(word)
    })
}

/// Name and time.
pub fn by(state: &WebState, locale: &Locale, comment: &Comment) -> String {
    let when = locale.date_time(comment.at, state.app.zone());
    let name = plain_name(&comment.author_name);
    if comment.talk.removed_at.is_some() || name.is_empty() {
        return when;
    }
    locale.f("comment-by", &[("name", name.into()), ("when", when.into())])
}

/// Why a comment shows no words; empty when it shows them.
pub fn closed(state: &WebState, locale: &Locale, comment: &Comment) -> String {
    let day = |at: jiff::Timestamp| locale.date(at.to_zoned(state.app.zone().clone()).date());
    if let Some(at) = comment.talk.removed_at {
        return locale.f("comment-removed-at", &[("when", day(at).into())]);
    }
    comment.hidden.as_ref().map_or_else(String::new, |hidden| {
        let args = [("when", day(hidden.at).into()), ("reason", hidden.reason.as_str().into())];
        match comment.talk.hidden_code {
            Some(code) => {
                let code = locale.name("moderation-code", code.code());
                locale.f("comment-hidden-code", &[&args[..], &[("code", code.as_ref().into())]].concat())
            }
            None => locale.f("comment-hidden", &args),
        }
    })
}

/// Address of what a comment is about, without the language, and its name.
pub fn subject_path(subject: &Subject) -> String {
    match subject {
        Subject::Project(id) => format!("/projects/{id}"),
        Subject::Line(_) => {
            let key = subject.key().unwrap_or_default();
            format!("/talk/line/{}", key.trim_start_matches("line:"))
        }
        Subject::Proposal(id, _) => format!("/proposals/{id}"),
        Subject::Draft(id, _) => format!("/drafts/{id}"),
    }
}

/// The form as it was sent, with what is wrong at its fields.
pub fn invalid(visitor: &Visitor, sent: kit::Form, faults: &[FieldFault]) -> kit::Form {
    let mut form = sent;
    for fault in faults {
        form.fail(&fault.field, crate::frame::fault_text(visitor.locale(), fault));
    }
    form
}

/// Codes of reasons with their names.
pub fn reasons(visitor: &Visitor) -> Vec<(String, String)> {
    let name = |reason: &Reason| visitor.locale().name("moderation-code", reason.code()).into_owned();
    Reason::ALL.iter().map(|reason| (reason.code().to_owned(), name(reason))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logins_are_found_in_texts() {
        let found: Vec<&str> = mentions("@aigul, қараңыз: @er-lan. почта a@b.kz @x @@two").collect();
        assert_eq!(found, ["aigul", "er-lan", "two"]);
    }
}
