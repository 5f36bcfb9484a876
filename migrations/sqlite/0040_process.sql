-- Participatory budgets: processes with their rules, and the proposals of residents.
-- A person who is erased: drafts go, what was handed in stays without the person; supports are taken back.

create table processes (
    id          blob    not null primary key, -- UUID, 16 bytes
    place       integer not null,             -- KATO code
    code        text    not null,             -- the word in its address
    year        integer not null,
    phase       text    not null,
    edit        integer not null,             -- raised by one with every change
    document    text    not null,             -- JSON: everything else, published
    created_at  integer not null,             -- microseconds since 1970
    updated_at  integer not null              -- microseconds since 1970
);

create unique index processes_by_code on processes (place, code);

create table process_moves (
    process     blob    not null,             -- UUID, 16 bytes
    at          integer not null,             -- microseconds since 1970
    phase_from  text    not null,
    phase_to    text    not null,
    reason      text    not null,
    undecided   integer not null,
    by_office   text    not null              -- office of who moved it
);

create index process_moves_by_process on process_moves (process, at);

create table proposals (
    id            blob    not null primary key, -- UUID, 16 bytes
    process       blob    not null,             -- UUID, 16 bytes
    place         integer not null,             -- KATO code of the process
    author        blob,                         -- UUID of an account, 16 bytes; null: erased
    author_name   text    not null,
    assessor      blob,                         -- UUID of an account, 16 bytes
    assessor_name text    not null,
    state         text    not null,
    number        integer,                      -- in the process
    ballot_number integer,
    envelope      text    not null,
    category      text    not null,
    title         text    not null,             -- folded, of all languages, to search
    cost          integer,                      -- tiyn
    due_at        integer,                      -- microseconds since 1970: the term that runs
    n_support     integer not null,
    shuffle       integer not null,             -- 0 to 2147483646, for orders by chance
    edit          integer not null,             -- raised by one with every change
    document      text    not null,             -- JSON: everything else
    created_at    integer not null,             -- microseconds since 1970
    updated_at    integer not null              -- microseconds since 1970
);

create unique index proposals_by_number on proposals (process, number) where number is not null;
create index proposals_by_state on proposals (process, state);
create index proposals_by_author on proposals (author) where author is not null;
create index proposals_by_assessor on proposals (assessor) where assessor is not null;
create index proposals_by_due on proposals (due_at) where due_at is not null;

create table proposal_moves (
    proposal    blob    not null,             -- UUID, 16 bytes
    at          integer not null,             -- microseconds since 1970
    state_from  text    not null,
    state_to    text    not null,
    code        text    not null,
    words       text    not null,
    by_office   text    not null              -- empty: the author
);

create index proposal_moves_by_proposal on proposal_moves (proposal, at);

create table proposal_people (
    proposal    blob    not null,             -- UUID, 16 bytes
    account     blob    not null,             -- UUID of an account, 16 bytes
    tie         text    not null,             -- invited, co_author, supporter or consents
    name        text    not null,             -- name shown
    at          integer not null,             -- microseconds since 1970
    primary key (proposal, account, tie)
) without rowid;

create index proposal_people_by_account on proposal_people (account);
