//! Promises about marks that are not counted.

use super::build::{DISTRICT, account, add, at, comment, id, kato, project, stars, vote};
use super::{ok, refused};
use crate::discount::{CountedMark, Discount, DiscountChange, DiscountContest, MarkKind, MarkTrace, Marked};
use crate::erasure::Erasure;
use crate::merged_project::MergedProject;
use crate::participation::{Pattern, TalkChange};
use crate::{Change, Conflict, Store};
use akimat_core::{AccountId, CommentId, ProjectId};
use akimat_participation::moderation::Ruling;
use akimat_participation::{Comment, Reason};

fn change(change: DiscountChange) -> Change {
    Change::Discount(Box::new(change))
}

fn who(n: u64) -> AccountId {
    AccountId(id(n))
}

const COMMENT: u64 = 5;

fn on(kind: MarkKind) -> Marked {
    Marked { kind, subject: id(if kind == MarkKind::Comment { COMMENT } else { 1 }) }
}

fn discount(n: u64, marked: Marked) -> Discount {
    Discount {
        batch: id(n),
        marked,
        pattern: Pattern::Address,
        place: kato(DISTRICT),
        code: Reason::Repeat,
        words: "Бір мекенжайдан".to_owned(),
        n: 2,
        n_now: 2,
        by: Some(who(900)),
        month: "2026-11".to_owned(),
        at: at(i64::try_from(n).unwrap_or(0)),
        undone_at: None,
    }
}

/// A project with three votes and a comment with three supports, by the same people.
async fn marked(store: &dyn Store) {
    let said = Comment { official: false, ..comment(COMMENT, 1) };
    let mut batch = vec![add(&project(1)), Change::AddComment(Box::new(said), kato(DISTRICT))];
    for n in 60..63 {
        batch.push(Change::AddAccount(account(n), String::new()));
        let value = stars(if n == 62 { 5 } else { 1 });
        batch.push(Change::PutRating {
            project: ProjectId(id(1)),
            place: kato(DISTRICT),
            account: who(n),
            rating: value,
            at: at(1),
        });
        let support = TalkChange::Support(CommentId(id(COMMENT)), who(n), at(1));
        batch.push(Change::Talk(Box::new(support)));
    }
    ok(store.apply(batch).await);
}

/// Votes by value, and supports.
async fn counted(store: &dyn Store) -> ([u64; 5], u32) {
    let votes = ok(store.find_project(ProjectId(id(1))).await).map(|(_, votes, _)| votes.counts);
    let item = ok(store.find_comment(CommentId(id(COMMENT))).await);
    (votes.unwrap_or_default(), item.map_or(0, |item| item.comment.talk.n_support))
}

/// What is discounted is kept, counted no more, and counted again when the discount is undone.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn discounted_marks_are_counted_apart(store: &dyn Store) {
    marked(store).await;
    assert_eq!(counted(store).await, ([2, 0, 0, 0, 1], 3));
    for (n, kind) in [(10, MarkKind::Project), (11, MarkKind::Comment)] {
        let made = discount(n, on(kind));
        let mut batch = vec![change(DiscountChange::Make(made.clone()))];
        // The second of the same person and somebody who set no mark change nothing.
        for account in [60, 61, 61, 99] {
            batch.push(change(DiscountChange::Mark(made.marked, who(account), made.batch)));
        }
        ok(store.apply(batch).await);
        assert_eq!(ok(store.list_discounted(made.batch).await), [who(60), who(61)]);
        assert_eq!(ok(store.list_discounts_of(made.marked).await), [made]);
    }
    assert_eq!(counted(store).await, ([0, 0, 0, 0, 1], 1));
    let counts = ok(store.count_discounted(MarkKind::Comment, &[id(COMMENT), id(77)]).await);
    assert_eq!(counts, [(id(COMMENT), 2)]);
    let by = async |account| ok(store.find_discounted(on(MarkKind::Project), who(account)).await);
    assert_eq!((by(60).await, by(62).await), (Some(id(10)), None));
    assert_eq!(
        ok(store.list_discounts_against(who(60)).await),
        [discount(11, on(MarkKind::Comment)), discount(10, on(MarkKind::Project)),]
    );
    assert_eq!(ok(store.list_discounts_against(who(62)).await), []);
    refused(store.apply(vec![vote(1, 60, 4)]).await, &Conflict::Stale("rating"));
    let withdrawn = TalkChange::Withdraw(CommentId(id(COMMENT)), who(60));
    ok(store.apply(vec![Change::Talk(Box::new(withdrawn))]).await);
    assert_eq!(counted(store).await, ([0, 0, 0, 0, 1], 1), "neither changed nor taken back");
    let again = DiscountChange::Recount(on(MarkKind::Project), who(60), id(10));
    ok(store.apply(vec![change(again.clone()), change(again)]).await);
    assert_eq!(counted(store).await, ([1, 0, 0, 0, 1], 1), "once");
    let made = ok(store.find_discount(id(10)).await);
    assert_eq!(made.map(|made| (made.n, made.n_now)), Some((2, 1)));
    ok(store.apply(vec![change(DiscountChange::Undo(id(10), at(50)))]).await);
    let twice = store.apply(vec![change(DiscountChange::Undo(id(10), at(51)))]).await;
    refused(twice, &Conflict::Missing("discount"));
    assert_eq!(ok(store.find_discount(id(10)).await).and_then(|one| one.undone_at), Some(at(50)));
}

/// An erased person's mark is taken from the counts once: not again when it was discounted.
pub async fn an_erased_mark_is_taken_back_once(store: &dyn Store) {
    marked(store).await;
    for kind in [MarkKind::Project, MarkKind::Comment] {
        let made = discount(if kind == MarkKind::Project { 10 } else { 11 }, on(kind));
        let mark = DiscountChange::Mark(made.marked, who(60), made.batch);
        ok(store.apply(vec![change(DiscountChange::Make(made)), change(mark)]).await);
    }
    assert_eq!(counted(store).await, ([1, 0, 0, 0, 1], 2));
    let nobody = uuid::Uuid::from_u128(1);
    for account in [60, 61] {
        let erasure = Erasure { account: who(account), nobody, at: at(70) };
        ok(store.apply(vec![Change::ErasePerson(erasure)]).await);
    }
    assert_eq!(counted(store).await, ([0, 0, 0, 0, 1], 1));
}

/// Where marks came from is kept once a person and subject, the latest; only counted marks have something in common.
pub async fn marks_leave_traces(store: &dyn Store) {
    marked(store).await;
    let on = on(MarkKind::Project);
    let trace = |account, address: &str, second| MarkTrace {
        marked: on,
        account: who(account),
        address: address.to_owned(),
        device: "d".to_owned(),
        at: at(second),
    };
    let all = [trace(60, "a", 1), trace(61, "a", 2), trace(60, "b", 3), trace(99, "a", 4)];
    ok(store.apply(all.into_iter().map(|one| change(DiscountChange::Trace(one))).collect()).await);
    let mark = |account, common: &str, second| CountedMark {
        common: common.to_owned(),
        account: who(account),
        value: 1,
        at: Some(at(second)),
    };
    let list = async |pattern, since| ok(store.list_marks(on, pattern, at(since)).await);
    assert_eq!(list(Pattern::Address, 0).await, [mark(61, "a", 2), mark(60, "b", 3)], "99 did not vote");
    assert_eq!(list(Pattern::Device, 3).await, [mark(60, "d", 3)]);
    let made = discount(10, on);
    let taken = DiscountChange::Mark(on, who(61), made.batch);
    ok(store.apply(vec![change(DiscountChange::Make(made)), change(taken)]).await);
    assert_eq!(list(Pattern::Address, 0).await, [mark(60, "b", 3)]);
}

/// Marks of people who wrote the same words are found by them.
pub async fn words_lead_to_marks(store: &dyn Store) {
    marked(store).await;
    assert_eq!(ok(store.list_marks(on(MarkKind::Project), Pattern::Wording, at(0)).await), []);
    let said = |n: u64, by: u64, wording: &str| {
        let talk = akimat_participation::Talk { wording: wording.to_owned(), ..comment(n, 1).talk };
        let said = Comment { author: who(by), official: false, talk, ..comment(n, 1) };
        Change::AddComment(Box::new(said), kato(DISTRICT))
    };
    let all = vec![
        said(21, 60, "ff"),
        said(22, 60, "ff"),
        said(23, 62, "ff"),
        said(24, 61, "ee"),
        said(25, 99, "ee"),
    ];
    ok(store.apply(all).await);
    for (kind, values) in [(MarkKind::Project, [1, 5]), (MarkKind::Comment, [0, 0])] {
        let found = ok(store.list_marks(on(kind), Pattern::Wording, at(0)).await);
        let mark =
            |account, value| CountedMark { common: "ff".to_owned(), account: who(account), value, at: None };
        assert_eq!(found, [mark(60, values[0]), mark(62, values[1])]);
        assert_eq!(
            ok(store.list_marks(on(kind), Pattern::Wording, at(23)).await),
            [],
            "one of two is too old"
        );
    }
}

/// A discount is contested once a person; when that is granted, no rule hits the mark any more.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn discounts_are_contested_once(store: &dyn Store) {
    marked(store).await;
    let made = discount(10, on(MarkKind::Project));
    let taken = |account| change(DiscountChange::Mark(made.marked, who(account), made.batch));
    ok(store.apply(vec![change(DiscountChange::Make(made.clone())), taken(60), taken(61)]).await);
    let contest = DiscountContest {
        batch: made.batch,
        account: who(60),
        words: "Мен бөлек адаммын".to_owned(),
        at: at(20),
        against: Some(who(900)),
        ruling: None,
    };
    let said = || change(DiscountChange::Contest(contest.clone()));
    ok(store.apply(vec![said()]).await);
    refused(store.apply(vec![said()]).await, &Conflict::Exists("contest"));
    assert_eq!(ok(store.list_discount_contests(made.marked).await), std::slice::from_ref(&contest));
    assert_eq!(ok(store.list_contested_discounts(kato(DISTRICT)).await), std::slice::from_ref(&made));
    let ruling = Ruling { by: Some(who(901)), at: at(30), granted: true, words: "Рас".to_owned() };
    let rule = || change(DiscountChange::Rule(made.batch, who(60), ruling.clone()));
    ok(store.apply(vec![rule(), change(DiscountChange::Recount(made.marked, who(60), made.batch))]).await);
    refused(store.apply(vec![rule()]).await, &Conflict::Stale("contest"));
    assert_eq!(counted(store).await.0, [1, 0, 0, 0, 1]);
    let decided = DiscountContest { ruling: Some(ruling.clone()), ..contest };
    assert_eq!(ok(store.list_discount_contests(made.marked).await), [decided]);
    assert_eq!(ok(store.list_contested_discounts(kato(DISTRICT)).await), []);
    let trace = |account| {
        let (address, device) = ("a".to_owned(), "d".to_owned());
        change(DiscountChange::Trace(MarkTrace {
            marked: made.marked,
            account: who(account),
            address,
            device,
            at: at(40),
        }))
    };
    ok(store.apply(vec![trace(60), trace(61), trace(62)]).await);
    let left = ok(store.list_marks(made.marked, Pattern::Address, at(0)).await);
    assert_eq!(
        left.iter().map(|mark| mark.account).collect::<Vec<_>>(),
        [who(62)],
        "granted once, hit no more"
    );
    assert_eq!(ok(store.list_discounts_against(who(60)).await).len(), 1, "it is remembered");
}

/// When two projects become one, what was discounted stays uncounted: of a person with votes on both, the vote on the
/// project that stays decides.
pub async fn a_merger_counts_nothing_again(store: &dyn Store) {
    marked(store).await;
    let former = project(2);
    let mut batch = vec![add(&former)];
    batch.extend([(60, 2), (63, 2), (64, 2), (65, 3)].map(|(account, value)| vote(2, account, value)));
    ok(store.apply(batch).await);
    let on_former = Marked { kind: MarkKind::Project, subject: id(2) };
    let (first, second) = (discount(10, on(MarkKind::Project)), discount(11, on_former));
    let taken =
        |made: &Discount, account| change(DiscountChange::Mark(made.marked, who(account), made.batch));
    let batch = vec![
        change(DiscountChange::Make(first.clone())),
        taken(&first, 61),
        change(DiscountChange::Make(second.clone())),
        taken(&second, 60),
        taken(&second, 63),
    ];
    ok(store.apply(batch).await);
    assert_eq!(counted(store).await.0, [1, 0, 0, 0, 1]);
    let merged = MergedProject {
        former: former.id,
        version: former.version,
        place: former.place,
        number: former.number.clone(),
        into: ProjectId(id(1)),
        into_place: kato(DISTRICT),
        reason: "Бір нысан".to_owned(),
        by: None,
        by_name: "Бөлім".to_owned(),
        at: at(9),
        record: "{}".to_owned(),
    };
    ok(store.apply(vec![Change::MergeProject(Box::new(merged), Vec::new())]).await);
    assert_eq!(
        counted(store).await.0,
        [1, 1, 1, 0, 1],
        "63 came over uncounted, 60 counts by the vote that stays"
    );
    let by = async |account| ok(store.find_discounted(on(MarkKind::Project), who(account)).await);
    assert_eq!((by(60).await, by(61).await, by(63).await), (None, Some(id(10)), Some(id(11))));
    assert_eq!(ok(store.list_discounts_of(on(MarkKind::Project)).await).len(), 2);
    ok(store.apply(vec![change(DiscountChange::Recount(on(MarkKind::Project), who(63), id(11)))]).await);
    assert_eq!(counted(store).await.0, [1, 2, 1, 0, 1]);
}
