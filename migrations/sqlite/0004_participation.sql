-- Comments on projects; a hidden one keeps its words and its place.
create table comments (
    id            blob    not null primary key,              -- UUID, 16 bytes
    project_id    blob    not null references projects (id), -- UUID, 16 bytes
    author        blob    not null,                          -- UUID of an account, 16 bytes
    author_name   text    not null,
    official      integer not null,                          -- 0 or 1
    lang          text    not null,
    body          text    not null,
    at            integer not null,                          -- microseconds since 1970
    hidden_reason text,                                      -- null while shown
    hidden_at     integer,                                   -- microseconds since 1970
    place         integer not null                           -- KATO of the project
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
    project_id blob    not null, -- UUID, 16 bytes
    account_id blob    not null, -- UUID, 16 bytes
    place      integer not null, -- KATO of the project
    value      integer not null, -- 1 to 5
    previous   integer,          -- value before the last vote; null for a first vote
    rated_at   integer not null, -- microseconds since 1970
    primary key (project_id, account_id)
) without rowid;

-- How many gave each value. One row a project: there is one writer, so that no row is fought over.
create table rating_counts (
    project_id blob    not null primary key, -- UUID, 16 bytes
    n1         integer not null default 0,
    n2         integer not null default 0,
    n3         integer not null default 0,
    n4         integer not null default 0,
    n5         integer not null default 0
) without rowid;
