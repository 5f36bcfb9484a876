//! Promises about notices.

use super::build::{account, at, comment, id, project};
use super::{ok, refused, walk};
use crate::notice::{
    Audience, Channel, Choice, Delivery, NoticeAddress, NoticeChange, NoticeKind, Occurrence, OpenOccurrence,
    Pace, Stop,
};
use crate::{Account, Change, Conflict, Store};
use akimat_core::{AccountId, CommentId, Lang, ProjectId, Text};

fn event(n: u64, audience: Audience) -> Occurrence {
    Occurrence {
        id: id(n),
        key: format!("reply/{n}"),
        kind: NoticeKind::Reply,
        title: Text::new("Көпір", "Мост", "Bridge"),
        code: "spam".to_owned(),
        words: "«Реклама»".to_owned(),
        link: "/projects/1".to_owned(),
        audience,
        at: at(i64::try_from(n).unwrap_or(0)),
    }
}

fn happen(event: Occurrence) -> Change {
    Change::Notice(NoticeChange::Happen(Box::new(event)))
}

const fn one(change: NoticeChange) -> Change {
    Change::Notice(change)
}

async fn open(store: &dyn Store, n: u64) -> AccountId {
    let new = account(n);
    ok(store.apply(vec![Change::AddAccount(new.clone(), String::new())]).await);
    new.id
}

fn told(n: u64, (after, until): (Option<AccountId>, Option<AccountId>), who: &[AccountId]) -> Change {
    let delivery =
        |account: &AccountId| Delivery { account: *account, channel: Channel::Email, due_at: at(100) };
    one(NoticeChange::Tell {
        event: id(n),
        after,
        until,
        notices: who.iter().map(|account| (*account, event(n, Audience::default()).at)).collect(),
        deliveries: who.iter().map(delivery).collect(),
    })
}

/// What happened is kept once, told in parts by one server, read on the page, and stays read.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn everybody_is_told_once(store: &dyn Store) {
    let (first, second) = (open(store, 1).await, open(store, 2).await);
    let audience = Audience { subject: "place/990100000".to_owned(), ..Audience::default() };
    let (new, older) = (event(6, audience.clone()), event(5, audience.clone()));
    ok(store.apply(vec![happen(new.clone()), happen(older.clone())]).await);
    let again = Occurrence { id: id(9), words: String::new(), ..new.clone() };
    ok(store.apply(vec![happen(again)]).await);
    let opened =
        |occurrence: &Occurrence, told_after| OpenOccurrence { occurrence: occurrence.clone(), told_after };
    assert_eq!(ok(store.list_open_occurrences(9).await), [opened(&older, None), opened(&new, None)]);
    let tries = futures_util::future::join_all(
        (0..4).map(|_| store.apply(vec![told(6, (None, Some(first)), &[first])])),
    )
    .await;
    assert_eq!(tries.iter().filter(|answer| answer.is_ok()).count(), 1, "one server tells");
    assert_eq!(ok(store.list_open_occurrences(9).await)[1], opened(&new, Some(first)));
    ok(store.apply(vec![told(6, (Some(first), None), &[second]), told(5, (None, None), &[first])]).await);
    refused(store.apply(vec![told(6, (Some(first), None), &[])]).await, &Conflict::Stale("occurrence"));
    assert_eq!(ok(store.list_open_occurrences(9).await), []);
    let seen = walk(1, |page| async move { store.list_notices(first, &page).await }).await;
    let seen: Vec<_> = seen.into_iter().map(|notice| (notice.occurrence, notice.read_at)).collect();
    assert_eq!(seen, [(new, None), (older, None)]);
    assert_eq!(ok(store.count_unread_notices(first).await), 2);
    ok(store.apply(vec![one(NoticeChange::Read(first, Some(id(5)), at(20)))]).await);
    assert_eq!(ok(store.count_unread_notices(first).await), 1);
    ok(store.apply(vec![one(NoticeChange::Read(first, None, at(30)))]).await);
    let page = ok(store.list_notices(first, &crate::PageRequest::first(9)).await);
    let read: Vec<_> = page.items.iter().map(|notice| notice.read_at).collect();
    assert_eq!(read, [Some(at(30)), Some(at(20))], "the first time counts");
    assert_eq!(ok(store.count_unread_notices(second).await), 1, "of each person");
}

/// An audience is those who follow, who spoke, and one account; each once, open accounts only, not who caused it.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn audiences_are_found(store: &dyn Store) {
    let all = [open(store, 1).await, open(store, 2).await, open(store, 3).await, open(store, 4).await];
    let closed = Account { disabled: true, ..account(5) };
    let subject = "project/x".to_owned();
    let follow = |account| one(NoticeChange::Follow(account, subject.clone(), at(1)));
    ok(store.apply(vec![Change::AddProject(Box::new(project(1)))]).await);
    let said = akimat_participation::Comment { author: all[1], ..comment(1, 1) };
    let (thread, place) = (said.id, project(1).place);
    let batch = vec![
        Change::AddAccount(closed.clone(), String::new()),
        Change::AddComment(Box::new(said), place),
        follow(all[0]),
        follow(all[0]),
        follow(all[3]),
        follow(closed.id),
    ];
    ok(store.apply(batch).await);
    let ask = async |audience: Audience, after, limit| ok(store.list_audience(&audience, after, limit).await);
    let whole = Audience {
        account: Some(all[2]),
        subject: subject.clone(),
        thread: Some(thread),
        project: Some(ProjectId(id(1))),
        caused_by: Some(all[3]),
    };
    assert_eq!(ask(whole.clone(), None, 9).await, all[..3]);
    assert_eq!(ask(whole.clone(), Some(all[0]), 1).await, all[1..2]);
    assert_eq!(ask(whole, Some(all[2]), 9).await, []);
    assert_eq!(ask(Audience::default(), None, 9).await, []);
    let other = Audience { thread: Some(CommentId(id(99))), ..Audience::default() };
    assert_eq!(ask(other, None, 9).await, []);
    assert_eq!(ok(store.list_follows(all[0]).await), std::slice::from_ref(&subject));
    assert_eq!(ok(store.list_followed().await), std::slice::from_ref(&subject), "each once");
    ok(store.apply(vec![one(NoticeChange::Unfollow(all[0], subject.clone()))]).await);
    assert_eq!(ok(store.list_follows(all[0]).await), Vec::<String>::new());
    let left = Audience { subject, ..Audience::default() };
    assert_eq!(ask(left, None, 9).await, all[3..]);
}

/// What a channel has to carry is listed when it is due and taken once, all of it or nothing.
pub async fn deliveries_are_taken_once(store: &dyn Store) {
    let who = open(store, 1).await;
    let (a, b) = (event(5, Audience::default()), event(6, Audience::default()));
    ok(store.apply(vec![happen(b.clone()), happen(a.clone())]).await);
    ok(store.apply(vec![told(6, (None, None), &[who]), told(5, (None, None), &[who])]).await);
    assert_eq!(ok(store.list_due_deliveries(at(99), 9).await), []);
    assert_eq!(ok(store.list_due_deliveries(at(100), 9).await), [(who, Channel::Email)]);
    let due = async || ok(store.list_deliveries(who, Channel::Email, at(100), 9).await);
    assert_eq!(due().await, [a, b]);
    assert_eq!(ok(store.list_deliveries(who, Channel::Phone, at(100), 9).await), []);
    let take = |events| one(NoticeChange::Take { account: who, channel: Channel::Email, events });
    refused(store.apply(vec![take(vec![id(5), id(7)])]).await, &Conflict::Stale("delivery"));
    assert_eq!(due().await.len(), 2, "all or nothing");
    let tries =
        futures_util::future::join_all((0..4).map(|_| store.apply(vec![take(vec![id(5), id(6)])]))).await;
    assert_eq!(tries.iter().filter(|answer| answer.is_ok()).count(), 1);
    assert_eq!(ok(store.list_due_deliveries(at(100), 9).await), []);
}

/// Choices, language, zone, stops and addresses are kept; a refused channel carries nothing more.
#[expect(clippy::cognitive_complexity, reason = "a promise is told step by step")]
pub async fn wishes_are_kept(store: &dyn Store) {
    let (who, other) = (open(store, 1).await, open(store, 2).await);
    assert_eq!(ok(store.find_notice_settings(who).await), crate::notice::NoticeSettings::default());
    let choice = |channel, pace| Choice { kind: NoticeKind::Reply, channel, pace };
    let stop = Stop { channel: Channel::Email, fault: "550 no such user".to_owned(), at: at(9) };
    let found = |channel, address: &str, seconds| NoticeAddress {
        channel,
        address: address.to_owned(),
        words: "Firefox, Linux".to_owned(),
        at: at(seconds),
    };
    let address = |account| one(NoticeChange::AddAddress(account, found(Channel::Telegram, "telegram:7", 3)));
    let browser = |name, seconds| one(NoticeChange::AddAddress(who, found(Channel::Push, name, seconds)));
    ok(store.apply(vec![happen(event(5, Audience::default())), told(5, (None, None), &[who, other])]).await);
    let batch = vec![
        one(NoticeChange::Choose(
            who,
            vec![choice(Channel::Page, Pace::Never), choice(Channel::Email, Pace::Daily)],
        )),
        one(NoticeChange::Choose(who, vec![choice(Channel::Email, Pace::Weekly)])),
        one(NoticeChange::SetPerson(who, Lang::En, "Asia/Almaty".to_owned())),
        one(NoticeChange::SetPerson(who, Lang::Ru, "Europe/Berlin".to_owned())),
        one(NoticeChange::Stop(who, stop.clone())),
        address(other),
        address(who),
    ];
    ok(store.apply(batch).await);
    let kept = ok(store.find_notice_settings(who).await);
    assert_eq!(kept.person, Some((Lang::Ru, "Europe/Berlin".to_owned())));
    assert_eq!(kept.choices, [choice(Channel::Email, Pace::Weekly), choice(Channel::Page, Pace::Never)]);
    assert_eq!(kept.stops, [stop]);
    assert_eq!(kept.addresses, [found(Channel::Telegram, "telegram:7", 3)]);
    assert_eq!(ok(store.find_notice_settings(other).await).addresses, [], "it found somebody else before");
    assert_eq!(ok(store.find_notice_address(Channel::Telegram, "telegram:7").await), Some(who));
    assert_eq!(ok(store.list_due_deliveries(at(100), 9).await), [(other, Channel::Email)]);
    let drop = one(NoticeChange::DropAddress(who, Channel::Push, "push:b".to_owned()));
    let foreign = one(NoticeChange::DropAddress(other, Channel::Push, "push:c".to_owned()));
    let browsers = vec![browser("push:c", 4), browser("push:b", 5), browser("push:a", 6), drop, foreign];
    ok(store.apply(browsers).await);
    let kept = ok(store.find_notice_settings(who).await).addresses;
    let names: Vec<&str> = kept.iter().map(|one| one.address.as_str()).collect();
    assert_eq!(names, ["push:c", "push:a", "telegram:7"], "several browsers, the oldest first");
    for n in 1..3 {
        ok(store.apply(vec![one(NoticeChange::RenewFeed(who))]).await);
        assert_eq!(ok(store.find_notice_settings(who).await).feed_renewed, n);
    }
    assert_eq!(ok(store.find_notice_settings(other).await).feed_renewed, 0);
    let back = vec![
        one(NoticeChange::RemoveAddress(who, Channel::Push)),
        one(NoticeChange::Resume(who, Channel::Email)),
        one(NoticeChange::RemoveAddress(who, Channel::Telegram)),
    ];
    ok(store.apply(back).await);
    let kept = ok(store.find_notice_settings(who).await);
    assert_eq!((kept.stops.len(), kept.addresses.len()), (0, 0));
}

/// Old notices go; what a channel still has to carry, and what not everybody heard, stays.
pub async fn old_notices_go(store: &dyn Store) {
    let who = open(store, 1).await;
    for n in 5..8 {
        ok(store.apply(vec![happen(event(n, Audience::default()))]).await);
    }
    let quiet = one(NoticeChange::Tell {
        event: id(5),
        after: None,
        until: None,
        notices: vec![(who, at(5))],
        deliveries: Vec::new(),
    });
    ok(store.apply(vec![quiet, told(6, (None, None), &[who])]).await);
    ok(store.apply(vec![one(NoticeChange::RemoveBefore(at(50)))]).await);
    assert_eq!(ok(store.list_notices(who, &crate::PageRequest::first(9)).await).items, []);
    assert_eq!(ok(store.list_deliveries(who, Channel::Email, at(100), 9).await).len(), 1);
    assert_eq!(ok(store.list_open_occurrences(9).await).len(), 1);
}
