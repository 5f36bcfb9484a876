-- Marks that people set (support of comments and proposals, votes on projects): where they came from, for a short time, and
-- marks that a moderator discounted by a pattern. Ballots of participatory budgets are none of these.
-- A person who is erased: traces, discounted marks and contests of the person are removed, discounts
-- and contests lose their moderator.
create table mark_traces (
    kind    text    not null, -- comment, project or proposal
    subject blob    not null, -- UUID, 16 bytes
    account blob    not null, -- UUID of an account, 16 bytes
    address text    not null, -- keyed hash of the address it came from, hexadecimal
    device  text    not null, -- keyed hash of what the browser says of itself, hexadecimal
    at      integer not null, -- microseconds since 1970
    primary key (kind, subject, account)
);

create index mark_traces_by_account on mark_traces (account);
create index mark_traces_by_age on mark_traces (at);

create table discounts (
    batch     blob    not null primary key, -- UUID, 16 bytes
    kind      text    not null,
    subject   blob    not null,             -- UUID, 16 bytes
    pattern   text    not null,             -- address, device or wording
    place     integer not null,             -- KATO of the subject
    code      text    not null,             -- code of the reason
    words     text    not null,             -- the reason in words, for everybody
    n         integer not null,             -- marks that were discounted
    made_by   blob,                         -- UUID of an account, 16 bytes
    month     text    not null,             -- such as 2026-11
    at        integer not null,             -- microseconds since 1970
    undone_at integer                       -- when it was undone
);

create index discounts_by_subject on discounts (kind, subject, at desc);
create index discounts_by_age on discounts (at desc);
create index discounts_by_maker on discounts (made_by) where made_by is not null;

-- Marks that are kept and not counted.
create table discounted_marks (
    kind    text    not null,
    subject blob    not null, -- UUID, 16 bytes
    account blob    not null, -- UUID of an account, 16 bytes
    batch   blob    not null, -- the discount
    value   integer not null, -- of a vote: 1 to 5; otherwise 0
    primary key (kind, subject, account)
);

create index discounted_marks_by_batch on discounted_marks (batch);
create index discounted_marks_by_account on discounted_marks (account);

-- People who do not agree that their mark is not counted: once each, and another moderator decides.
create table discount_contests (
    batch    blob not null, -- the discount
    account  blob not null, -- UUID of an account
    words    text not null,
    at       integer not null, -- microseconds since 1970
    against  blob, -- moderator who discounted it
    ruled_at integer,
    ruled_by blob,
    granted  integer, -- 1: counted again
    ruling   text, -- words of the ruling
    primary key (batch, account)
);

create index discount_contests_by_account on discount_contests (account);
create index discount_contests_open on discount_contests (batch) where ruled_at is null;
