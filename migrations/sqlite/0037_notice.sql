-- What happened that somebody wants to hear of, who hears of it, and how.
-- A person who is erased: all that was told to the person, chosen and followed is removed; what happened through the
-- person stays without the person.

-- What happened, in the batch of what caused it. Whom it is told to is found out afterwards, in parts.
create table notice_events (
    id         blob    not null primary key, -- UUID, 16 bytes
    event_key  text    not null,             -- what happened, once
    kind       text    not null,
    title_kk   text    not null,             -- of what it happened to
    title_ru   text    not null,
    title_en   text    not null,
    code       text    not null,             -- what it became: a status, a reason; empty without one
    words      text    not null,             -- the reason as it was given in public; empty without one
    link       text    not null,             -- address after the language
    account_id blob,                         -- UUID of the one account it is told to, 16 bytes
    subject    text    not null,             -- told to those who follow this; empty: to nobody
    thread     blob,                         -- told to those who spoke in this conversation
    project_id blob,                         -- told to those who spoke about this project
    caused_by  blob,                         -- UUID of the account that is not told, 16 bytes
    at         integer not null,             -- microseconds since 1970
    told_after blob,                         -- the last account that was told
    told       integer not null              -- 0 or 1: everybody was told
);

create unique index notice_events_by_key on notice_events (event_key);
create index notice_events_open on notice_events (at, id) where told = 0;
create index notice_events_by_account on notice_events (account_id) where account_id is not null;
create index notice_events_by_cause on notice_events (caused_by) where caused_by is not null;

create table notices (
    account_id blob    not null,             -- UUID of an account, 16 bytes
    event_id   blob    not null,             -- UUID, 16 bytes
    at         integer not null,             -- microseconds since 1970
    read_at    integer,                      -- microseconds since 1970
    primary key (account_id, event_id)
) without rowid;

create index notices_by_account on notices (account_id, at desc, event_id desc);
create index notices_by_time on notices (at);

-- What a channel still has to carry; goes when the letter is in the outbox, in the same batch.
create table notice_deliveries (
    account_id blob    not null,             -- UUID of an account, 16 bytes
    channel    text    not null,             -- email, phone or telegram
    event_id   blob    not null,             -- UUID, 16 bytes
    due_at     integer not null,             -- microseconds since 1970
    primary key (account_id, channel, event_id)
) without rowid;

create index notice_deliveries_by_due on notice_deliveries (due_at);

-- What a person chose; without a row the default holds.
create table notice_choices (
    account_id blob    not null,             -- UUID of an account, 16 bytes
    kind       text    not null,
    channel    text    not null,             -- page, email, phone or telegram
    pace       text    not null,             -- never, at_once, daily or weekly
    primary key (account_id, kind, channel)
) without rowid;

create table notice_people (
    account_id blob    not null primary key, -- UUID of an account, 16 bytes
    lang       text    not null,             -- kk, ru or en
    zone       text    not null              -- IANA name
) without rowid;

create table notice_follows (
    account_id blob    not null,             -- UUID of an account, 16 bytes
    subject    text    not null,             -- project/UUID or place/KATO
    since      integer not null,             -- microseconds since 1970
    primary key (account_id, subject)
) without rowid;

create index notice_follows_by_subject on notice_follows (subject, account_id);

-- Channels that a person's address refused, until the person says otherwise.
create table notice_stops (
    account_id blob    not null,             -- UUID of an account, 16 bytes
    channel    text    not null,
    fault      text    not null,             -- what the other side said
    at         integer not null,             -- microseconds since 1970
    primary key (account_id, channel)
) without rowid;

-- Where a messenger finds a person.
create table notice_addresses (
    channel    text    not null,             -- telegram
    address    text    not null,             -- as the outbox writes to it
    account_id blob    not null,             -- UUID of an account, 16 bytes
    at         integer not null,             -- microseconds since 1970
    primary key (channel, address)
) without rowid;

create index notice_addresses_by_account on notice_addresses (account_id, channel);
