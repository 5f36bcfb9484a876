-- Scenarios of the programme of a territory. What was decided never changes.
create table programmes (
    id              uuid not null primary key,
    place           integer not null,           -- KATO
    title           text collate "C" not null,
    first_year      smallint not null,
    n_years         integer not null,
    state           text collate "C" not null,  -- draft, solving, solved, infeasible, decided, published
    edit            integer not null,           -- raised by one with every change
    invented        boolean not null,           -- made of invented data
    objective       bigint,                     -- 1e-4 points; null without a plan
    bound           bigint,                     -- 1e-4 points; null without a plan
    parent          uuid,                       -- UUID of the scenario that it was copied from
    job             uuid,                       -- UUID of the last job that worked on it
    decision        uuid,                       -- UUID of the published decision
    created_by      uuid not null,              -- UUID of an account
    created_by_name text collate "C" not null,
    created_at      bigint not null,            -- microseconds since 1970
    updated_at      bigint not null,            -- microseconds since 1970
    request         text collate "C" not null,  -- JSON, ProgrammeRequest
    solution        text collate "C" not null,  -- JSON, ProgrammeSolution; empty before
    record          text collate "C" not null   -- JSON, ProgrammeRecord; empty before
);

create index programmes_by_place on programmes (place, updated_at);
create unique index programmes_by_decision on programmes (decision) where decision is not null;

-- What the budget commission and the public council say about a scenario; it stays as written.
create table programme_comments (
    id        uuid not null primary key,
    programme uuid not null,              -- UUID of a scenario
    voice     text collate "C" not null,  -- for whom the person speaks
    account   uuid not null,              -- UUID of an account
    by_name   text collate "C" not null,  -- office and name as it was then
    at        bigint not null,            -- microseconds since 1970
    body      text collate "C" not null
);

create index programme_comments_by_programme on programme_comments (programme, at, id);
