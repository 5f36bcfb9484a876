-- By what projects of a territory are judged in a year. A version that was approved is never changed.
create table criteria_sets (
    id              uuid not null primary key,
    place           integer not null,          -- KATO
    year            smallint not null,
    version         integer not null,          -- from 1 within a territory and year
    state           text collate "C" not null, -- draft, approved or withdrawn
    edit            integer not null,          -- raised by one with every change of a draft
    invented        boolean not null,          -- made of invented data
    document        text collate "C" not null, -- JSON, CriteriaDocument
    created_by      uuid not null,             -- UUID of an account
    created_by_name text collate "C" not null,
    created_at      bigint not null,           -- microseconds since 1970
    updated_at      bigint not null,           -- microseconds since 1970
    approved_by     text collate "C",          -- office and name
    approved_at     bigint,                    -- microseconds since 1970
    unique (place, year, version)
);

-- What members of the commission say about a project under a criterion; a later version stands beside the earlier.
create table scores (
    criteria_set uuid not null,             -- UUID of a criteria set
    project      uuid not null,
    criterion    text collate "C" not null, -- code within the set
    scorer       uuid not null,             -- UUID of an account
    version      integer not null,          -- from 1
    scorer_name  text collate "C" not null, -- office and name
    low          bigint,                    -- ten-thousandths of the unit of the criterion; null when withdrawn
    point        bigint,
    high         bigint,
    note         text collate "C" not null,
    at           bigint not null,           -- microseconds since 1970
    primary key (criteria_set, project, criterion, scorer, version)
);

create index scores_by_project on scores (project);
