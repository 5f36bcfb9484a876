//! Notices: what happened, who hears of it, and how.
#![expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general enough for every row"
)]

use crate::PostgresStore;
use crate::db::{Db, overfull};
use akimat_core::{AccountId, Lang};
use akimat_storage::notice::{
    Audience, Channel, Delivery, Notice, NoticeChange, NoticeRead, NoticeSettings, Occurrence, OpenOccurrence,
};
use akimat_storage::row::{after_number, cursor_at, marks, notice as row, read_int};
use akimat_storage::{Conflict, Page, PageRequest, Result, args};
use async_trait::async_trait;
use jiff::Timestamp;
use std::sync::LazyLock;
use uuid::Uuid;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "insert into notice_events ({}, told) values ({}, 0) on conflict (event_key) do nothing",
        row::COLUMNS,
        marks('$', row::COLUMNS)
    )
});
static OPEN: LazyLock<String> = LazyLock::new(|| {
    format!("select {}, told_after from notice_events where told = 0 order by at, id limit $1", row::COLUMNS)
});
static WAITING: LazyLock<String> = LazyLock::new(|| {
    format!(
        "select {} from notice_deliveries d join notice_events e on e.id = d.event_id
         where d.account_id = $1 and d.channel = $2 and d.due_at <= $3 order by e.at, e.id limit $4",
        row::JOINED
    )
});
const AUDIENCE: &str = "select w.who from (
         select account_id as who from notice_follows where subject = $1
         union select author from comments where thread = $2
         union select author from comments where project_id = $3
         union select author from comments where subject = $1
         union select id from accounts where id = $4
     ) w join accounts a on a.id = w.who and not a.disabled
     where w.who > $5 and w.who <> $6 order by w.who limit $7";
const UNREAD: &str = "select count(*) from notices where account_id = $1 and read_at is null";
const DUE: &str = "select account_id, channel from notice_deliveries where due_at <= $1
     group by account_id, channel order by min(due_at), account_id, channel limit $2";
const TOLD: &str = "update notice_events set told_after = $3, told = $4
     where id = $1 and told = 0 and told_after is not distinct from $2";
const NOTICE: &str = "insert into notices (account_id, event_id, at) values ($1, $2, $3)
     on conflict (account_id, event_id) do nothing";
const DELIVERY: &str = "insert into notice_deliveries (account_id, channel, event_id, due_at)
     values ($1, $2, $3, $4) on conflict (account_id, channel, event_id) do nothing";
const READ: &str = "update notices set read_at = $2 where account_id = $1 and read_at is null";
const READ_ONE: &str =
    "update notices set read_at = $2 where account_id = $1 and read_at is null and event_id = $3";
const TAKE: &str = "delete from notice_deliveries where account_id = $1 and channel = $2 and event_id = $3";
const CHOOSE: &str = "insert into notice_choices (account_id, kind, channel, pace) values ($1, $2, $3, $4)
     on conflict (account_id, kind, channel) do update set pace = excluded.pace";
const PERSON: &str = "insert into notice_people (account_id, lang, zone) values ($1, $2, $3)
     on conflict (account_id) do update set lang = excluded.lang, zone = excluded.zone";
const FOLLOW: &str = "insert into notice_follows (account_id, subject, since) values ($1, $2, $3)
     on conflict (account_id, subject) do nothing";
const FOLLOWED: &str = "select distinct subject from notice_follows order by subject";
const STOP: &str = "insert into notice_stops (account_id, channel, fault, at) values ($1, $2, $3, $4)
     on conflict (account_id, channel) do update set fault = excluded.fault, at = excluded.at";
const ADDRESS: &str =
    "insert into notice_addresses (account_id, channel, address, words, at) values ($1, $2, $3, $4, $5)
     on conflict (channel, address)
     do update set account_id = excluded.account_id, words = excluded.words, at = excluded.at";
const RENEW: &str = "insert into notice_feeds (account_id, renewed) values ($1, 1)
     on conflict (account_id) do update set renewed = notice_feeds.renewed + 1";
/// What was told long ago; what a channel still has to carry stays with it.
const PURGE: [&str; 2] = [
    "delete from notices where at < $1",
    "delete from notice_events where at < $1 and told = 1
         and not exists (select 1 from notice_deliveries d where d.event_id = notice_events.id)",
];

#[async_trait]
impl NoticeRead for PostgresStore {
    async fn list_notices(&self, account: AccountId, page: &PageRequest) -> Result<Page<Notice>> {
        let mut sql = format!(
            "select {}, n.read_at from notices n join notice_events e on e.id = n.event_id where n.account_id = $2",
            row::JOINED
        );
        let mut args = vec![overfull(page), account.0.into()];
        if let Some((at, id)) = after_number(page) {
            args.extend(args![at, id]);
            sql.push_str(" and (n.at, n.event_id) < ($3, $4)");
        }
        sql.push_str(" order by n.at desc, n.event_id desc limit $1");
        let client = self.client().await?;
        let cursor = |notice: &Notice| cursor_at(notice.occurrence.at, notice.occurrence.id);
        self.db(&client).page((&sql, &args), page, row::read_notice, cursor).await
    }

    async fn count_unread_notices(&self, account: AccountId) -> Result<u64> {
        let n = self.db(&self.client().await?).row(UNREAD, &args![account.0], read_int).await?;
        Ok(n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default())
    }

    async fn list_open_occurrences(&self, limit: u16) -> Result<Vec<OpenOccurrence>> {
        self.db(&self.client().await?).rows(&OPEN, &args![limit], row::read_open).await
    }

    async fn list_audience(
        &self,
        audience: &Audience,
        after: Option<AccountId>,
        limit: u16,
    ) -> Result<Vec<AccountId>> {
        let args = row::audience_args(audience, after, limit);
        self.db(&self.client().await?).rows(AUDIENCE, &args, |row| row.uuid().map(AccountId)).await
    }

    async fn find_notice_settings(&self, account: AccountId) -> Result<NoticeSettings> {
        let client = self.client().await?;
        let db = self.db(&client);
        let id = account.0;
        let person = "select lang, zone from notice_people where account_id = $1";
        let choices = "select kind, channel, pace from notice_choices where account_id = $1
                 order by kind, channel";
        let stops = "select channel, fault, at from notice_stops where account_id = $1 order by channel";
        let renewed = "select renewed from notice_feeds where account_id = $1";
        let addresses = "select channel, address, words, at from notice_addresses where account_id = $1
                 order by channel, at, address";
        Ok(NoticeSettings {
            person: db.row(person, &args![id], |row| Ok((row.code(Lang::parse)?, row.string()?))).await?,
            choices: db.rows(choices, &args![id], row::read_choice).await?,
            stops: db.rows(stops, &args![id], row::read_stop).await?,
            addresses: db.rows(addresses, &args![id], row::read_address).await?,
            feed_renewed: db.row(renewed, &args![id], |row| row.int()).await?.unwrap_or_default(),
        })
    }

    async fn list_due_deliveries(&self, now: Timestamp, limit: u16) -> Result<Vec<(AccountId, Channel)>> {
        self.db(&self.client().await?).rows(DUE, &args![now, limit], row::read_due).await
    }

    async fn list_deliveries(
        &self,
        account: AccountId,
        channel: Channel,
        now: Timestamp,
        limit: u16,
    ) -> Result<Vec<Occurrence>> {
        let args = args![account.0, channel.code(), now, limit];
        self.db(&self.client().await?).rows(&WAITING, &args, row::read).await
    }

    async fn list_follows(&self, account: AccountId) -> Result<Vec<String>> {
        let sql = "select subject from notice_follows where account_id = $1 order by since desc, subject";
        self.db(&self.client().await?).rows(sql, &args![account.0], |row| row.string()).await
    }

    async fn list_followed(&self) -> Result<Vec<String>> {
        self.db(&self.client().await?).rows(FOLLOWED, &[], |row| row.string()).await
    }

    async fn find_notice_address(&self, channel: Channel, address: &str) -> Result<Option<AccountId>> {
        let sql = "select account_id from notice_addresses where channel = $1 and address = $2";
        let read = |row: &mut akimat_storage::row::Columns<'_>| row.uuid().map(AccountId);
        self.db(&self.client().await?).row(sql, &args![channel.code(), address], read).await
    }
}

/// [`akimat_storage::Change::Notice`].
pub(crate) async fn apply(db: &Db<'_>, change: &NoticeChange) -> Result<()> {
    match change {
        NoticeChange::Happen(event) => db.execute(&INSERT, &row::args(event)).await.map(|_| ()),
        NoticeChange::Tell { event, after, until, notices, deliveries } => {
            tell(db, *event, (*after, *until), (notices, deliveries)).await
        }
        NoticeChange::Read(account, None, at) => db.execute(READ, &args![account.0, *at]).await.map(|_| ()),
        NoticeChange::Read(account, Some(event), at) => {
            db.execute(READ_ONE, &args![account.0, *at, *event]).await.map(|_| ())
        }
        NoticeChange::Take { account, channel, events } => {
            for event in events {
                if db.execute(TAKE, &args![account.0, channel.code(), *event]).await? == 0 {
                    return Err(Conflict::Stale("delivery").into());
                }
            }
            Ok(())
        }
        NoticeChange::Choose(account, choices) => {
            for choice in choices {
                let (kind, channel, pace) = (choice.kind.code(), choice.channel.code(), choice.pace.code());
                db.execute(CHOOSE, &args![account.0, kind, channel, pace]).await?;
            }
            Ok(())
        }
        NoticeChange::SetPerson(account, lang, zone) => {
            db.execute(PERSON, &args![account.0, lang.code(), zone.as_str()]).await.map(|_| ())
        }
        other => follow_or_stop(db, other).await,
    }
}

async fn tell(
    db: &Db<'_>,
    event: Uuid,
    (after, until): (Option<AccountId>, Option<AccountId>),
    (notices, deliveries): (&[(AccountId, Timestamp)], &[Delivery]),
) -> Result<()> {
    let (before, last) = (after.map(|account| account.0), until.map(|account| account.0));
    if db.execute(TOLD, &args![event, before, last, u8::from(last.is_none())]).await? == 0 {
        return Err(Conflict::Stale("occurrence").into());
    }
    for notice in notices {
        db.execute(NOTICE, &row::notice_args(event, *notice)).await?;
    }
    for Delivery { account, channel, due_at } in deliveries {
        db.execute(DELIVERY, &args![account.0, channel.code(), event, *due_at]).await?;
    }
    Ok(())
}

async fn follow_or_stop(db: &Db<'_>, change: &NoticeChange) -> Result<()> {
    match change {
        NoticeChange::Follow(account, subject, at) => {
            db.execute(FOLLOW, &args![account.0, subject.as_str(), *at]).await?;
        }
        NoticeChange::Unfollow(account, subject) => {
            let sql = "delete from notice_follows where account_id = $1 and subject = $2";
            db.execute(sql, &args![account.0, subject.as_str()]).await?;
        }
        NoticeChange::Stop(account, stop) => {
            let channel = stop.channel.code();
            db.execute(STOP, &args![account.0, channel, stop.fault.as_str(), stop.at]).await?;
            let sql = "delete from notice_deliveries where account_id = $1 and channel = $2";
            db.execute(sql, &args![account.0, channel]).await?;
        }
        NoticeChange::Resume(account, channel) => {
            let sql = "delete from notice_stops where account_id = $1 and channel = $2";
            db.execute(sql, &args![account.0, channel.code()]).await?;
        }
        NoticeChange::AddAddress(account, new) => {
            let (channel, address) = (new.channel.code(), new.address.as_str());
            db.execute(ADDRESS, &args![account.0, channel, address, new.words.as_str(), new.at]).await?;
        }
        NoticeChange::DropAddress(account, channel, address) => {
            let sql = "delete from notice_addresses where account_id = $1 and channel = $2 and address = $3";
            db.execute(sql, &args![account.0, channel.code(), address.as_str()]).await?;
        }
        NoticeChange::RenewFeed(account) => {
            db.execute(RENEW, &args![account.0]).await?;
        }
        NoticeChange::RemoveAddress(account, channel) => {
            let sql = "delete from notice_addresses where account_id = $1 and channel = $2";
            db.execute(sql, &args![account.0, channel.code()]).await?;
        }
        NoticeChange::RemoveBefore(before) => {
            for sql in PURGE {
                db.execute(sql, &args![*before]).await?;
            }
        }
        // The other changes are carried out by the caller.
        _ => {}
    }
    Ok(())
}
