-- E-mail subscriptions, letters on their way out, borders on the map; the indexes of the list learn what else
-- it can be filtered by.

-- Who is written to. The row goes with the last subscription, and the address with it.
create table subscribers (
    id         blob not null primary key,
    email      text not null,        -- as it was typed
    email_key  blob not null unique, -- SHA-256 of the address in lower case
    lang       text not null,        -- kk, ru or en
    secret     blob not null,       -- thirty-two bytes that the links in letters prove to know
    created_at integer not null      -- microseconds since 1970
);

-- What they asked to be told.
create table subscriptions (
    id           blob not null primary key,
    subscriber   blob not null references subscribers (id),
    query        text not null, -- filter of the list of projects, as in its address
    frequency    text not null, -- at_once, daily or weekly
    created_at   integer not null,  -- microseconds since 1970
    confirmed_at integer,           -- microseconds since 1970; nothing is written before
    told_until   integer not null,  -- microseconds since 1970
    due_at       integer not null   -- microseconds since 1970
);

create index subscriptions_by_subscriber on subscriptions (subscriber, created_at, id);
create index subscriptions_by_due on subscriptions (due_at, id) where confirmed_at is not null;

-- Letters on their way out. What is over keeps neither address nor words.
create table letters (
    id          blob not null primary key,
    key         text not null unique, -- what the letter is about: never queued twice
    kind        text not null,
    subscriber  blob,                 -- no reference: the address may go while the letter waits
    recipient   text not null,
    lang        text not null,        -- kk, ru or en
    subject     text not null,
    body_text   text not null,
    body_html   text not null,
    unsubscribe text not null,        -- address where one click ends the subscription; may be empty
    state       text not null,        -- queued, sent or failed
    attempts    integer not null,
    due_at      integer not null,         -- not before; while leased, the end of the lease; microseconds since 1970
    runner      blob,                 -- the server that has it
    fault       text not null,        -- why the last attempt failed; empty when it did not
    created_at  integer not null,         -- microseconds since 1970
    ended_at    integer                   -- microseconds since 1970
);

create index letters_by_due on letters (due_at, id) where state = 'queued';
create index letters_by_time on letters (created_at desc, id desc);
create index letters_by_subscriber on letters (subscriber) where state = 'queued';

-- Borders of territories, as the operator imported them.
create table boundaries (
    place    integer not null primary key, -- KATO
    south_e6 integer not null,             -- millionths of a degree
    west_e6  integer not null,             -- millionths of a degree
    north_e6 integer not null,             -- millionths of a degree
    east_e6  integer not null,             -- millionths of a degree
    span_e6  integer not null,             -- the larger of height and width, millionths of a degree
    rings    text not null,            -- JSON: rings of [latitude, longitude] in millionths of a degree
    source   text not null,            -- whose drawing, under which licence
    invented integer not null
);

create index boundaries_by_span on boundaries (span_e6 desc, place);

drop index projects_by_update;
drop index projects_by_cost;
drop index projects_by_end;
drop index projects_facts;
drop index projects_sums;
create index projects_by_update on projects (updated_at desc, id desc, place, status, sector, kind, modality, years, level, invented,
    cost_key, ends_key, lat_e6, lon_e6, created_at);
create index projects_by_cost on projects (cost_key desc, id desc, place, status, sector, kind, modality, years,
    level, invented, ends_key, lat_e6, lon_e6, created_at);
create index projects_by_end on projects (ends_key, id, place, status, sector, kind, modality, years, level,
    invented, cost_key, lat_e6, lon_e6, created_at);
create index projects_facts on projects (entry, place, status, sector, kind, modality, years, level, invented,
    cost_key, ends_key, lat_e6, lon_e6, created_at, planned, paid, id);
create index projects_sums on projects (place, status, sector, kind, modality, years, level, invented,
    cost_key, ends_key, lat_e6, lon_e6, created_at, planned, paid, id);
create index projects_on_map on projects (lat_e6, lon_e6, place, status, sector, kind, modality, years, level,
    invented, cost_key, ends_key, created_at, id) where lat_e6 is not null;
