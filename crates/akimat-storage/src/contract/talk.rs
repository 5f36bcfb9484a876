//! Promises about conversations and their moderation.

use super::build::{DISTRICT, OTHER, REGION, account, add, at, comment, id, kato, project};
use super::{ok, refused, walk};
use crate::notice::Audience;
use crate::participation::{CommentEdit, QueueView, TalkChange};
use crate::{Change, Conflict, PageRequest, Store};
use akimat_core::{AccountId, CommentId, ProjectId, Text};
use akimat_participation::moderation::{ActKind, Block, Contest, ModerationAct, Report, Ruling};
use akimat_participation::talk::{LineSubject, QueueReason, Record};
use akimat_participation::{Comment, Hidden, Order, Reason, Subject, Talk};
use futures_util::future::join_all;

fn say(comment: &Comment) -> Change {
    Change::AddComment(Box::new(comment.clone()), kato(DISTRICT))
}

fn talk(change: TalkChange) -> Change {
    Change::Talk(Box::new(change))
}

fn cid(n: u64) -> CommentId {
    CommentId(id(n))
}

/// The `n`-th comment, of no office, answering `to` in the conversation of `thread`.
fn answer(n: u64, to: u64, thread: u64) -> Comment {
    let talk = Talk {
        parent: Some(cid(to)),
        thread: Some(cid(thread)),
        depth: if to == thread { 1 } else { 2 },
        ..Talk::default()
    };
    Comment { official: false, talk, ..comment(n, 1) }
}

fn plain(n: u64) -> Comment {
    Comment { official: false, ..comment(n, 1) }
}

fn ids(comments: &[Comment]) -> Vec<CommentId> {
    comments.iter().map(|comment| comment.id).collect()
}

fn subject() -> Subject {
    Subject::Project(ProjectId(id(1)))
}

async fn order_of(store: &dyn Store, order: Order) -> Vec<CommentId> {
    let list = async |page| store.list_threads(&subject(), order, None, &page).await;
    ids(&walk(3, list).await)
}

/// Conversations come in their order, page by page, and take their answers along.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn conversations_are_read(store: &dyn Store) {
    let pinned = Comment { talk: Talk { pinned: true, answered: true, ..Talk::default() }, ..comment(2, 1) };
    let mut batch = vec![add(&project(1)), say(&pinned)];
    batch.extend((3..=9).map(|n| say(&plain(n))));
    batch.extend([say(&answer(20, 4, 4)), say(&answer(21, 20, 4)), say(&answer(22, 5, 5))]);
    batch.push(say(&Comment { official: true, ..answer(23, 6, 6) }));
    for person in 0..3 {
        batch.push(talk(TalkChange::Support(cid(5), AccountId(id(70 + person)), at(1))));
    }
    batch.push(talk(TalkChange::Support(cid(7), AccountId(id(70)), at(1))));
    ok(store.apply(batch).await);
    assert_eq!(order_of(store, Order::Newest).await, [2, 9, 8, 7, 6, 5, 4, 3].map(cid));
    assert_eq!(order_of(store, Order::Supported).await, [2, 5, 7, 9, 8, 6, 4, 3].map(cid));
    assert_eq!(order_of(store, Order::Official).await, [6, 2, 9, 8, 7, 5, 4, 3].map(cid));
    let replies = ok(store.list_replies(&[cid(4), cid(5), cid(9)], 10, None).await);
    assert_eq!(ids(&replies), [20, 21, 22].map(cid));
    assert_eq!((replies[1].talk.parent, replies[1].talk.depth), (Some(cid(20)), 2));
    let first = ok(store.list_replies(&[cid(4), cid(5)], 1, None).await);
    assert_eq!(ids(&first), [20, 22].map(cid), "so many of each");
    assert!(ok(store.list_replies(&[], 1, None).await).is_empty());
    let begun = ok(store.find_comment(cid(4)).await).expect("the comment");
    assert_eq!((begun.comment.talk.n_replies, begun.comment.talk.answered), (2, false));
    assert_eq!(ok(store.find_project(ProjectId(id(1))).await).expect("the project").2, 12);
    let many = ok(store.list_comments_by_id(&[cid(9), cid(4), cid(99)]).await);
    assert_eq!(many.iter().map(|item| item.comment.id).collect::<Vec<_>>(), [4, 9].map(cid));
    refused(store.apply(vec![say(&answer(30, 99, 99))]).await, &Conflict::Missing("comment"));
}

/// One person supports a comment once, however often and from however many windows.
pub async fn support_is_given_once(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), say(&plain(1)), say(&plain(2))]).await);
    let person = AccountId(id(50));
    let give = || vec![talk(TalkChange::Support(cid(1), person, at(1)))];
    for answer in join_all((0..20).map(|_| store.apply(give()))).await {
        ok(answer);
    }
    let n = async || ok(store.find_comment(cid(1)).await).expect("the comment").comment.talk.n_support;
    assert_eq!(n().await, 1);
    assert_eq!(ok(store.list_supported(person, &[cid(1), cid(2)]).await), [cid(1)]);
    for _ in 0..2 {
        ok(store.apply(vec![talk(TalkChange::Withdraw(cid(1), person))]).await);
    }
    assert_eq!(n().await, 0);
    assert!(ok(store.list_supported(person, &[cid(1)]).await).is_empty());
}

/// Words change and go; what is gone stays in its place without them.
pub async fn words_change_and_go(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), say(&plain(1))]).await);
    let judged = Talk {
        score: 44,
        wording: "ff".to_owned(),
        queued_at: Some(at(8)),
        queue_why: vec![QueueReason::Score, QueueReason::Link],
        ..Talk::default()
    };
    let edit =
        CommentEdit { id: cid(1), body: "Жаңа сөз".to_owned(), at: at(8), judged: judged.clone() };
    ok(store.apply(vec![talk(TalkChange::Edit(Box::new(edit.clone())))]).await);
    let stored = ok(store.find_comment(cid(1)).await).expect("the comment").comment;
    assert_eq!((stored.body.as_str(), stored.talk), ("Жаңа сөз", Talk { edited_at: Some(at(8)), ..judged }));
    ok(store.apply(vec![talk(TalkChange::Remove(cid(1), at(9)))]).await);
    let stored = ok(store.find_comment(cid(1)).await).expect("the comment").comment;
    assert_eq!((stored.body.as_str(), stored.talk.removed_at), ("", Some(at(9))));
    assert_eq!(stored.talk.queued_at, None);
    let stale = Conflict::Stale("comment");
    refused(store.apply(vec![talk(TalkChange::Remove(cid(1), at(9)))]).await, &stale);
    refused(store.apply(vec![talk(TalkChange::Edit(Box::new(edit)))]).await, &stale);
}

/// What waits is seen by its author alone; the queue is read in order and left by a decision.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn the_queue_is_worked_off(store: &dyn Store) {
    let queued = |n: u64, second: i64| Comment {
        author: AccountId(id(60)),
        talk: Talk {
            waiting: true,
            queued_at: Some(at(second)),
            queue_why: vec![QueueReason::First],
            wording: "same".to_owned(),
            ..Talk::default()
        },
        ..plain(n)
    };
    ok(store
        .apply(vec![
            add(&project(1)),
            say(&plain(1)),
            say(&queued(2, 9)),
            say(&queued(3, 7)),
            say(&queued(4, 8)),
        ])
        .await);
    let queue = async |view, place| {
        let items = walk(2, async |page| store.list_queue(kato(place), view, &page).await).await;
        items.into_iter().map(|item| item.comment.id).collect::<Vec<_>>()
    };
    assert_eq!(queue(QueueView::Queue, DISTRICT).await, [3, 4, 2].map(cid));
    assert_eq!(queue(QueueView::Queue, REGION).await.len(), 3);
    assert!(queue(QueueView::Queue, OTHER).await.is_empty());
    assert_eq!(queue(QueueView::Repeats, DISTRICT).await, [2, 3, 4].map(cid));
    assert_eq!(ok(store.count_queue(kato(DISTRICT)).await), 3);
    let seen = async |viewer| {
        let page = PageRequest::first(9);
        ids(&ok(store.list_threads(&subject(), Order::Newest, viewer, &page).await).items)
    };
    assert_eq!(seen(None).await, [1].map(cid));
    assert_eq!(seen(Some(AccountId(id(61)))).await, [1].map(cid));
    assert_eq!(seen(Some(AccountId(id(60)))).await, [4, 3, 2, 1].map(cid));
    assert_eq!(ok(store.list_comments(ProjectId(id(1)), &PageRequest::first(9)).await).items.len(), 1);

    let hidden = Hidden { reason: "Жарнама".to_owned(), at: at(20) };
    ok(store
        .apply(vec![
            talk(TalkChange::Keep(cid(3))),
            talk(TalkChange::Hide(cid(4), hidden.clone(), Reason::Advertising)),
            talk(TalkChange::Queue {
                id: cid(1),
                why: vec![QueueReason::Report],
                waiting: false,
                at: at(21),
            }),
            talk(TalkChange::Queue { id: cid(1), why: vec![QueueReason::Report], waiting: true, at: at(22) }),
        ])
        .await);
    assert_eq!(queue(QueueView::Queue, DISTRICT).await, [2, 1].map(cid));
    assert_eq!(seen(None).await, [4, 3].map(cid));
    let four = ok(store.find_comment(cid(4)).await).expect("the comment").comment;
    assert_eq!((four.hidden, four.talk.hidden_code), (Some(hidden), Some(Reason::Advertising)));
    let record = ok(store.list_talk_records(&[AccountId(id(60)), AccountId(id(61))]).await);
    let account = Some(AccountId(id(60)));
    assert_eq!(record, [Record { account, n_shown: 1, n_hidden: 1, first_at: Some(at(2)) }]);
    let lately = ok(store.count_lately(AccountId(id(60)), "same", (at(3), at(3))).await);
    assert_eq!((lately.n_own, lately.n_same_own, lately.n_same), (2, 2, 2));
    let mine = walk(2, async |page| store.list_comments_by_author(AccountId(id(60)), &page).await).await;
    assert_eq!(mine.len(), 3);
}

/// A person reports a comment once; a hiding is contested once and decided once.
pub async fn reports_and_contests_are_single(store: &dyn Store) {
    ok(store.apply(vec![add(&project(1)), say(&plain(1))]).await);
    let report = Report {
        comment: cid(1),
        account: AccountId(id(50)),
        reason: Reason::Insult,
        words: "Қараңыз".to_owned(),
        at: at(5),
        weighs: true,
    };
    ok(store.apply(vec![talk(TalkChange::Report(report.clone()))]).await);
    refused(store.apply(vec![talk(TalkChange::Report(report.clone()))]).await, &Conflict::Exists("report"));
    assert_eq!(ok(store.list_reports(&[cid(1)]).await), [report]);
    assert_eq!(ok(store.find_comment(cid(1)).await).expect("the comment").comment.talk.n_reports, 1);
    let contest = Contest {
        comment: cid(1),
        account: AccountId(id(901)),
        place: kato(DISTRICT),
        words: "Бұл жарнама емес".to_owned(),
        at: at(6),
        against: Some(AccountId(id(40))),
        ruling: None,
    };
    ok(store.apply(vec![talk(TalkChange::Contest(contest.clone()))]).await);
    refused(
        store.apply(vec![talk(TalkChange::Contest(contest.clone()))]).await,
        &Conflict::Exists("contest"),
    );
    assert_eq!(ok(store.list_open_contests(kato(REGION)).await), std::slice::from_ref(&contest));
    let ruling =
        Ruling { by: Some(AccountId(id(41))), at: at(7), granted: true, words: "Дұрыс".to_owned() };
    ok(store.apply(vec![talk(TalkChange::Rule(cid(1), ruling.clone()))]).await);
    let again = store.apply(vec![talk(TalkChange::Rule(cid(1), ruling.clone()))]).await;
    refused(again, &Conflict::Stale("contest"));
    assert!(ok(store.list_open_contests(kato(REGION)).await).is_empty());
    let ruled = Contest { ruling: Some(ruling), ..contest };
    assert_eq!(ok(store.list_contests(&[cid(1)]).await), [ruled]);
}

/// Acts stay on record and are counted by month; a block holds until its end.
#[expect(clippy::cognitive_complexity, clippy::too_many_lines, reason = "a promise is told step by step")]
pub async fn acts_and_blocks_are_kept(store: &dyn Store) {
    let person = account(60);
    let mine = |n: u64| Comment { author: person.id, ..plain(n) };
    ok(store
        .apply(vec![
            add(&project(1)),
            say(&mine(1)),
            say(&plain(2)),
            Change::AddAccount(person.clone(), String::new()),
        ])
        .await);
    let act = |n: u64, kind, month: &str| ModerationAct {
        id: id(n),
        comment: Some(cid(1)),
        about: Some(person.id),
        place: kato(DISTRICT),
        kind,
        code: Some(Reason::Personal),
        words: "Телефон".to_owned(),
        by: Some(AccountId(id(40))),
        at: at(i64::try_from(n).unwrap_or(0)),
        month: month.to_owned(),
        batch: Some(id(5)),
    };
    let acts = [
        act(10, ActKind::Hide, "2026-10"),
        act(11, ActKind::Show, "2026-11"),
        act(12, ActKind::Hide, "2026-11"),
    ];
    ok(store.apply(acts.iter().cloned().map(|act| talk(TalkChange::Act(act))).collect()).await);
    let found = ok(store.list_moderation_acts(&[cid(1), cid(2)]).await);
    assert_eq!(found.iter().map(|act| act.id).collect::<Vec<_>>(), [12, 11, 10].map(id));
    assert_eq!(ok(store.list_moderation_batch(id(5)).await), acts);
    let counts = ok(store.list_moderation_counts(Some(kato(REGION))).await);
    let seen: Vec<_> =
        counts.iter().map(|count| (count.month.as_str(), count.kind.code(), count.n)).collect();
    assert_eq!(seen, [("2026-11", "hide", 1), ("2026-11", "show", 1), ("2026-10", "hide", 1)]);
    assert!(ok(store.list_moderation_counts(Some(kato(OTHER))).await).is_empty());
    assert_eq!(ok(store.list_moderation_counts(None).await), counts);

    let block = Block {
        id: id(30),
        account: person.id,
        place: kato(DISTRICT),
        since: at(20),
        until: Some(at(30)),
        hides: true,
        code: Reason::Personal,
        words: "Телефон".to_owned(),
        by: Some(AccountId(id(40))),
        ended_at: None,
    };
    let hidden = Hidden { reason: "Телефон".to_owned(), at: at(20) };
    let all = TalkChange::HideAll {
        account: person.id,
        place: kato(DISTRICT),
        hidden: hidden.clone(),
        code: Reason::Personal,
    };
    ok(store.apply(vec![talk(TalkChange::Block(block.clone())), talk(all)]).await);
    assert_eq!(ok(store.list_blocks_of(person.id).await), std::slice::from_ref(&block));
    let names = async |second| ok(store.list_blocks(kato(REGION), at(second)).await);
    assert_eq!(names(25).await, [(block.clone(), person.display_name.clone())]);
    assert!(names(30).await.is_empty() && names(19).await.is_empty());
    assert_eq!(ok(store.find_comment(cid(1)).await).expect("the comment").comment.hidden, Some(hidden));
    assert_eq!(ok(store.find_comment(cid(2)).await).expect("the comment").comment.hidden, None);
    ok(store.apply(vec![talk(TalkChange::EndBlock(block.id, at(26)))]).await);
    assert!(names(27).await.is_empty());
    refused(
        store.apply(vec![talk(TalkChange::EndBlock(block.id, at(27)))]).await,
        &Conflict::Missing("block"),
    );
}

/// Lines of budgets are talked about like projects.
pub async fn lines_are_talked_about(store: &dyn Store) {
    let person = account(60);
    let line = |line: &str| {
        Subject::Line(LineSubject {
            place: kato(DISTRICT),
            year: 2026,
            line: line.to_owned(),
            name: Text { kk: "Жол".to_owned(), ru: "Строка".to_owned(), en: "Line".to_owned() },
        })
    };
    let about = |n, word: &str| Comment { subject: line(word), author: person.id, ..plain(n) };
    let said = [about(1, "expense:1"), about(2, "expense:1"), about(3, "income:2")];
    let mut batch: Vec<Change> = said.iter().map(say).collect();
    batch.push(Change::AddAccount(person.clone(), String::new()));
    ok(store.apply(batch).await);
    let page = PageRequest::first(5);
    let found = ok(store.list_threads(&line("expense:1"), Order::Supported, None, &page).await).items;
    assert_eq!(found, [said[1].clone(), said[0].clone()]);
    assert_eq!(ok(store.count_comments(&line("expense:1")).await), 2);
    let counts = ok(store.count_line_comments(kato(DISTRICT), 2026).await);
    let key = |word: &str| line(word).key().unwrap_or_default();
    assert_eq!(counts, [(key("expense:1"), 2), (key("income:2"), 1)]);
    assert!(ok(store.count_line_comments(kato(DISTRICT), 2025).await).is_empty());
    let item = ok(store.find_comment(cid(3)).await).expect("the comment");
    assert_eq!((item.place, item.project_title.ru.as_str()), (kato(DISTRICT), "Строка"));
    let logins = [person.login.clone(), "nobody".to_owned()];
    let mentioned = ok(store.list_mentioned(&line("expense:1"), &logins).await);
    assert_eq!(mentioned.first(), Some(&(person.login.clone(), cid(2))));
}

/// Proposals are talked about; whoever spoke there is found when an office speaks.
pub async fn proposals_are_talked_about(store: &dyn Store) {
    let person = account(60);
    ok(store.apply(vec![Change::AddAccount(person.clone(), String::new())]).await);
    let other = Subject::Proposal(akimat_core::ProposalId(id(77)), Text::same("Ойын алаңы"));
    ok(store.apply(vec![say(&Comment { subject: other.clone(), author: person.id, ..plain(4) })]).await);
    assert_eq!(ok(store.find_comment(cid(4)).await).expect("the comment").comment.subject, other);
    assert_eq!(ok(store.count_comments(&other).await), 1);
    let spoke = Audience { subject: other.key().unwrap_or_default(), ..Audience::default() };
    assert_eq!(ok(store.list_audience(&spoke, None, 9).await), [person.id], "who spoke about it");
}
