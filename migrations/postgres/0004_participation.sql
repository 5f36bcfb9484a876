-- Comments on projects; a hidden one keeps its words and its place.
create table comments (
    id            uuid not null primary key,
    project_id    uuid not null references projects (id),
    author        uuid not null,                          -- UUID of an account
    author_name   text collate "C" not null,
    official      boolean not null,
    lang          text collate "C" not null,
    body          text collate "C" not null,
    at            bigint not null,                        -- microseconds since 1970
    hidden_reason text collate "C",                       -- null while shown
    hidden_at     bigint,                                 -- microseconds since 1970
    place         integer not null                        -- KATO of the project
);

create index comments_by_project on comments (project_id, at desc, id desc);
-- What is said in a territory and below it, newest first: one index a level of the classifier, by the leading
-- digits that the codes of one territory share.
create index comments_by_region on comments ((place / 10000000), at desc, id desc);
create index comments_by_district on comments ((place / 100000), at desc, id desc);
create index comments_by_okrug on comments ((place / 1000), at desc, id desc);
create index comments_by_locality on comments ((place / 100), at desc, id desc);
create index comments_by_place on comments (place, at desc, id desc);

-- One vote of a person on a project, and what it was before.
create table ratings (
    project_id uuid not null,
    account_id uuid not null,
    place      integer not null,  -- KATO of the project
    value      smallint not null, -- 1 to 5
    previous   smallint,          -- value before the last vote; null for a first vote
    rated_at   bigint not null,   -- microseconds since 1970
    primary key (project_id, account_id)
);

-- How many gave each value, in sixteen rows a project, by person: a popular project is no row that
-- everybody waits for. Readers add them up.
create table rating_counts (
    project_id uuid     not null,
    shard      smallint not null, -- 0 to 15
    n1         bigint   not null default 0,
    n2         bigint   not null default 0,
    n3         bigint   not null default 0,
    n4         bigint   not null default 0,
    n5         bigint   not null default 0,
    primary key (project_id, shard)
);
