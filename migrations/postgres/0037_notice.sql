-- What happened that somebody wants to hear of, who hears of it, and how.
-- A person who is erased: all that was told to the person, chosen and followed is removed; what happened through the
-- person stays without the person.

-- What happened, in the batch of what caused it. Whom it is told to is found out afterwards, in parts.
create table notice_events (
    id uuid not null primary key, -- UUID
    event_key text collate "C" not null, -- what happened, once
    kind text collate "C" not null,
    title_kk text collate "C" not null, -- of what it happened to
    title_ru text collate "C" not null,
    title_en text collate "C" not null,
    code text collate "C" not null, -- what it became: a status, a reason; empty without one
    words text collate "C" not null, -- the reason as it was given in public; empty without one
    link text collate "C" not null, -- address after the language
    account_id uuid, -- UUID of the one account it is told to
    subject text collate "C" not null, -- told to those who follow this; empty: to nobody
    thread uuid, -- told to those who spoke in this conversation
    project_id uuid, -- told to those who spoke about this project
    caused_by uuid, -- UUID of the account that is not told
    at bigint not null, -- microseconds since 1970
    told_after uuid, -- the last account that was told
    told bigint not null -- 0 or 1: everybody was told
);

create unique index notice_events_by_key on notice_events (event_key);
create index notice_events_open on notice_events (at, id) where told = 0;
create index notice_events_by_account on notice_events (account_id) where account_id is not null;
create index notice_events_by_cause on notice_events (caused_by) where caused_by is not null;

create table notices (
    account_id uuid not null, -- UUID of an account
    event_id uuid not null, -- UUID
    at bigint not null, -- microseconds since 1970
    read_at bigint, -- microseconds since 1970
    primary key (account_id, event_id)
);

create index notices_by_account on notices (account_id, at desc, event_id desc);
create index notices_by_time on notices (at);

-- What a channel still has to carry; goes when the letter is in the outbox, in the same batch.
create table notice_deliveries (
    account_id uuid not null, -- UUID of an account
    channel text collate "C" not null, -- email, phone or telegram
    event_id uuid not null, -- UUID
    due_at bigint not null, -- microseconds since 1970
    primary key (account_id, channel, event_id)
);

create index notice_deliveries_by_due on notice_deliveries (due_at);

-- What a person chose; without a row the default holds.
create table notice_choices (
    account_id uuid not null, -- UUID of an account
    kind text collate "C" not null,
    channel text collate "C" not null, -- page, email, phone or telegram
    pace text collate "C" not null, -- never, at_once, daily or weekly
    primary key (account_id, kind, channel)
);

create table notice_people (
    account_id uuid not null primary key, -- UUID of an account
    lang text collate "C" not null, -- kk, ru or en
    zone text collate "C" not null -- IANA name
);

create table notice_follows (
    account_id uuid not null, -- UUID of an account
    subject text collate "C" not null, -- project/UUID or place/KATO
    since bigint not null, -- microseconds since 1970
    primary key (account_id, subject)
);

create index notice_follows_by_subject on notice_follows (subject, account_id);

-- Channels that a person's address refused, until the person says otherwise.
create table notice_stops (
    account_id uuid not null, -- UUID of an account
    channel text collate "C" not null,
    fault text collate "C" not null, -- what the other side said
    at bigint not null, -- microseconds since 1970
    primary key (account_id, channel)
);

-- Where a messenger finds a person.
create table notice_addresses (
    channel text collate "C" not null, -- telegram
    address text collate "C" not null, -- as the outbox writes to it
    account_id uuid not null, -- UUID of an account
    at bigint not null, -- microseconds since 1970
    primary key (channel, address)
);

create index notice_addresses_by_account on notice_addresses (account_id, channel);
