-- By what projects of a territory are judged in a year. A version that was approved is never changed.
create table criteria_sets (
    id              blob    not null primary key, -- UUID, 16 bytes
    place           integer not null,             -- KATO
    year            integer not null,
    version         integer not null,             -- from 1 within a territory and year
    state           text    not null,             -- draft, approved or withdrawn
    edit            integer not null,             -- raised by one with every change of a draft
    invented        integer not null,             -- 0 or 1: made of invented data
    document        text    not null,             -- JSON, CriteriaDocument
    created_by      blob    not null,             -- UUID of an account, 16 bytes
    created_by_name text    not null,
    created_at      integer not null,             -- microseconds since 1970
    updated_at      integer not null,             -- microseconds since 1970
    approved_by     text,                         -- office and name
    approved_at     integer,                      -- microseconds since 1970
    unique (place, year, version)
);

-- What members of the commission say about a project under a criterion; a later version stands beside the earlier.
create table scores (
    criteria_set blob    not null,             -- UUID of a criteria set, 16 bytes
    project      blob    not null,             -- UUID, 16 bytes
    criterion    text    not null,             -- code within the set
    scorer       blob    not null,             -- UUID of an account, 16 bytes
    version      integer not null,             -- from 1
    scorer_name  text    not null,             -- office and name
    low          integer,                      -- ten-thousandths of the unit of the criterion; null when withdrawn
    point        integer,
    high         integer,
    note         text    not null,
    at           integer not null,             -- microseconds since 1970
    primary key (criteria_set, project, criterion, scorer, version)
) without rowid;

create index scores_by_project on scores (project);
