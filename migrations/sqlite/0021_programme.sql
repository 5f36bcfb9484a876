-- Scenarios of the programme of a territory. What was decided never changes.
create table programmes (
    id              blob    not null primary key, -- UUID, 16 bytes
    place           integer not null,             -- KATO
    title           text    not null,
    first_year      integer not null,
    n_years         integer not null,
    state           text    not null,             -- draft, solving, solved, infeasible, decided, published
    edit            integer not null,             -- raised by one with every change
    invented        integer not null,             -- 0 or 1: made of invented data
    objective       integer,                      -- 1e-4 points; null without a plan
    bound           integer,                      -- 1e-4 points; null without a plan
    parent          blob,                         -- UUID of the scenario that it was copied from
    job             blob,                         -- UUID of the last job that worked on it
    decision        blob,                         -- UUID of the published decision
    created_by      blob    not null,             -- UUID of an account
    created_by_name text    not null,
    created_at      integer not null,             -- microseconds since 1970
    updated_at      integer not null,             -- microseconds since 1970
    request         text    not null,             -- JSON, ProgrammeRequest
    solution        text    not null,             -- JSON, ProgrammeSolution; empty before
    record          text    not null              -- JSON, ProgrammeRecord; empty before
);

create index programmes_by_place on programmes (place, updated_at);
create unique index programmes_by_decision on programmes (decision) where decision is not null;

-- What the budget commission and the public council say about a scenario; it stays as written.
create table programme_comments (
    id        blob    not null primary key, -- UUID, 16 bytes
    programme blob    not null,             -- UUID of a scenario
    voice     text    not null,             -- for whom the person speaks
    account   blob    not null,             -- UUID of an account
    by_name   text    not null,             -- office and name as it was then
    at        integer not null,             -- microseconds since 1970
    body      text    not null
);

create index programme_comments_by_programme on programme_comments (programme, at, id);
