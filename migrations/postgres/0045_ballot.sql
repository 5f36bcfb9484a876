-- Ballots of participatory budgets. What somebody chose is sealed with a key outside the database and stands under a
-- keyed hash of the person; at the end it is written anew without the person, in random order, as the published file.

create table ballot_boxes (
    process uuid not null primary key, -- UUID of a process
    place bigint not null, -- KATO code
    salt bytea not null, -- 32 bytes of chance in the keys of this box; empty once the link is cut
    state text collate "C" not null, -- open, frozen, cut, counted or published
    latest_at bigint not null, -- microseconds since 1970: the latest instant ever seen
    frozen_at bigint, -- microseconds since 1970
    published_at bigint  -- microseconds since 1970
);

create table ballots (
    process uuid not null, -- UUID of a process
    pseudonym bytea not null, -- keyed hash of the person, 32 bytes
    sealed bytea not null, -- choices, AES-256-GCM
    counted bigint not null, -- 0 or 1: it was handed in
    version bigint not null,
    primary key (process, pseudonym)
);

-- Who takes part, without what: one person, one ballot. The traits are there until they are counted and removed.
create table ballot_voters (
    process uuid not null, -- UUID of a process
    voter bytea not null, -- another keyed hash of the person, 32 bytes
    account_id uuid, -- UUID of an account
    channel text collate "C" not null, -- online or paper
    counted bigint not null, -- 0 or 1: a ballot was handed in
    at bigint not null, -- microseconds since 1970, whole hours
    area bigint, -- KATO code
    age_band text collate "C" not null,
    sex text collate "C" not null,
    reminded bigint not null, -- reminders sent
    primary key (process, voter)
);

create index ballot_voters_by_account on ballot_voters (account_id) where account_id is not null;

create table ballot_refusals (
    process uuid not null, -- UUID of a process
    day text collate "C" not null, -- ISO 8601
    reason text collate "C" not null,
    n bigint not null,
    primary key (process, day, reason)
);

-- Ballots on paper that wait for a second clerk: what is on them is sealed, whose they are is a keyed hash.
create table ballot_papers (
    id uuid not null primary key, -- UUID
    process uuid not null, -- UUID of a process
    number text collate "C" not null, -- number of the form
    pseudonym bytea not null, -- keyed hash of the person, 32 bytes
    voter bytea not null, -- another one, 32 bytes
    account_id uuid, -- UUID of an account
    area bigint, -- KATO code
    age_band text collate "C" not null,
    sex text collate "C" not null,
    sealed bytea not null, -- choices, AES-256-GCM; empty once confirmed or refused
    state text collate "C" not null, -- waiting, confirmed or refused
    made_by uuid, -- UUID of an account
    made_at bigint not null, -- microseconds since 1970
    ended_by uuid, -- UUID of an account
    ended_at bigint  -- microseconds since 1970
);

create unique index ballot_papers_by_number on ballot_papers (process, number);

-- What is published: the anonymised ballots of each envelope, the trace of the count, the result, the receipts.
create table ballot_files (
    process uuid not null, -- UUID of a process
    envelope text collate "C" not null, -- code of an envelope; empty for what is of the whole process
    kind text collate "C" not null,
    sha256 bytea not null, -- 32 bytes
    body bytea not null,
    at bigint not null, -- microseconds since 1970
    primary key (process, envelope, kind)
);

-- What was chosen becomes projects of the register.
create table ballot_projects (
    proposal uuid not null primary key, -- UUID of a proposal
    process uuid not null, -- UUID of a process
    project uuid not null, -- UUID of a project
    at bigint not null -- microseconds since 1970
);

create unique index ballot_projects_by_project on ballot_projects (project);
create index ballot_projects_by_process on ballot_projects (process);
