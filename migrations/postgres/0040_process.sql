-- Participatory budgets: processes with their rules, and the proposals of residents.
-- A person who is erased: drafts go, what was handed in stays without the person; supports are taken back.

create table processes (
    id          uuid not null primary key, -- UUID
    place       bigint not null,             -- KATO code
    code        text collate "C" not null,             -- the word in its address
    year        bigint not null,
    phase       text collate "C" not null,
    edit        bigint not null,             -- raised by one with every change
    document    text collate "C" not null,             -- JSON: everything else, published
    created_at  bigint not null,             -- microseconds since 1970
    updated_at  bigint not null              -- microseconds since 1970
);

create unique index processes_by_code on processes (place, code);

create table process_moves (
    process     uuid not null,             -- UUID
    at          bigint not null,             -- microseconds since 1970
    phase_from  text collate "C" not null,
    phase_to    text collate "C" not null,
    reason      text collate "C" not null,
    undecided   bigint not null,
    by_office   text collate "C" not null              -- office of who moved it
);

create index process_moves_by_process on process_moves (process, at);

create table proposals (
    id            uuid not null primary key, -- UUID
    process       uuid not null,             -- UUID
    place         bigint not null,             -- KATO code of the process
    author        uuid,                         -- UUID of an account; null: erased
    author_name   text collate "C" not null,
    assessor      uuid,                         -- UUID of an account
    assessor_name text collate "C" not null,
    state         text collate "C" not null,
    number        bigint,                      -- in the process
    ballot_number bigint,
    envelope      text collate "C" not null,
    category      text collate "C" not null,
    title         text collate "C" not null,             -- folded, of all languages, to search
    cost          bigint,                      -- tiyn
    due_at        bigint,                      -- microseconds since 1970: the term that runs
    n_support     bigint not null,
    shuffle       bigint not null,             -- 0 to 2147483646, for orders by chance
    edit          bigint not null,             -- raised by one with every change
    document      text collate "C" not null,             -- JSON: everything else
    created_at    bigint not null,             -- microseconds since 1970
    updated_at    bigint not null              -- microseconds since 1970
);

create unique index proposals_by_number on proposals (process, number) where number is not null;
create index proposals_by_state on proposals (process, state);
create index proposals_by_author on proposals (author) where author is not null;
create index proposals_by_assessor on proposals (assessor) where assessor is not null;
create index proposals_by_due on proposals (due_at) where due_at is not null;

create table proposal_moves (
    proposal    uuid not null,             -- UUID
    at          bigint not null,             -- microseconds since 1970
    state_from  text collate "C" not null,
    state_to    text collate "C" not null,
    code        text collate "C" not null,
    words       text collate "C" not null,
    by_office   text collate "C" not null              -- empty: the author
);

create index proposal_moves_by_proposal on proposal_moves (proposal, at);

create table proposal_people (
    proposal    uuid not null,             -- UUID
    account     uuid not null,             -- UUID of an account
    tie         text collate "C" not null,             -- invited, co_author, supporter or consents
    name        text collate "C" not null,             -- name shown
    at          bigint not null,             -- microseconds since 1970
    primary key (proposal, account, tie)
);

create index proposal_people_by_account on proposal_people (account);
