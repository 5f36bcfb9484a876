-- Ballots of participatory budgets. What somebody chose is sealed with a key outside the database and stands under a
-- keyed hash of the person; at the end it is written anew without the person, in random order, as the published file.

create table ballot_boxes (
    process    blob    not null primary key, -- UUID of a process, 16 bytes
    place      integer not null,             -- KATO code
    salt       blob    not null,             -- 32 bytes of chance in the keys of this box; empty once the link is cut
    state      text    not null,             -- open, frozen, cut, counted or published
    latest_at  integer not null,             -- microseconds since 1970: the latest instant ever seen
    frozen_at  integer,                      -- microseconds since 1970
    published_at integer                     -- microseconds since 1970
) without rowid;

create table ballots (
    process    blob    not null,             -- UUID of a process, 16 bytes
    pseudonym  blob    not null,             -- keyed hash of the person, 32 bytes
    sealed     blob    not null,             -- choices, AES-256-GCM
    counted    integer not null,             -- 0 or 1: it was handed in
    version    integer not null,
    primary key (process, pseudonym)
) without rowid;

-- Who takes part, without what: one person, one ballot. The traits are there until they are counted and removed.
create table ballot_voters (
    process    blob    not null,             -- UUID of a process, 16 bytes
    voter      blob    not null,             -- another keyed hash of the person, 32 bytes
    account_id blob,                         -- UUID of an account, 16 bytes
    channel    text    not null,             -- online or paper
    counted    integer not null,             -- 0 or 1: a ballot was handed in
    at         integer not null,             -- microseconds since 1970, whole hours
    area       integer,                      -- KATO code
    age_band   text    not null,
    sex        text    not null,
    reminded   integer not null,             -- reminders sent
    primary key (process, voter)
) without rowid;

create index ballot_voters_by_account on ballot_voters (account_id) where account_id is not null;

create table ballot_refusals (
    process    blob    not null,             -- UUID of a process, 16 bytes
    day        text    not null,             -- ISO 8601
    reason     text    not null,
    n          integer not null,
    primary key (process, day, reason)
) without rowid;

-- Ballots on paper that wait for a second clerk: what is on them is sealed, whose they are is a keyed hash.
create table ballot_papers (
    id         blob    not null primary key, -- UUID, 16 bytes
    process    blob    not null,             -- UUID of a process, 16 bytes
    number     text    not null,             -- number of the form
    pseudonym  blob    not null,             -- keyed hash of the person, 32 bytes
    voter      blob    not null,             -- another one, 32 bytes
    account_id blob,                         -- UUID of an account, 16 bytes
    area       integer,                      -- KATO code
    age_band   text    not null,
    sex        text    not null,
    sealed     blob    not null,             -- choices, AES-256-GCM; empty once confirmed or refused
    state      text    not null,             -- waiting, confirmed or refused
    made_by    blob,                         -- UUID of an account, 16 bytes
    made_at    integer not null,             -- microseconds since 1970
    ended_by   blob,                         -- UUID of an account, 16 bytes
    ended_at   integer                       -- microseconds since 1970
);

create unique index ballot_papers_by_number on ballot_papers (process, number);

-- What is published: the anonymised ballots of each envelope, the trace of the count, the result, the receipts.
create table ballot_files (
    process    blob    not null,             -- UUID of a process, 16 bytes
    envelope   text    not null,             -- code of an envelope; empty for what is of the whole process
    kind       text    not null,
    sha256     blob    not null,             -- 32 bytes
    body       blob    not null,
    at         integer not null,             -- microseconds since 1970
    primary key (process, envelope, kind)
);

-- What was chosen becomes projects of the register.
create table ballot_projects (
    proposal   blob    not null primary key, -- UUID of a proposal, 16 bytes
    process    blob    not null,             -- UUID of a process, 16 bytes
    project    blob    not null,             -- UUID of a project, 16 bytes
    at         integer not null              -- microseconds since 1970
) without rowid;

create unique index ballot_projects_by_project on ballot_projects (project);
create index ballot_projects_by_process on ballot_projects (process);
