-- Projects that were registered twice: what became one with which, and the record as it stood.
create table merged_projects (
    former         uuid    not null primary key, -- of the project that is no more
    version        integer not null,             -- of its last record
    place          integer not null,             -- KATO in its last record
    number         text collate "C" not null,    -- in its last record
    into_project   uuid    not null,             -- the project that stays
    into_place     integer not null,             -- KATO of it
    reason         text collate "C" not null,
    merged_by      uuid,                         -- of an account
    merged_by_name text collate "C" not null,    -- office and name
    at             bigint not null,              -- microseconds since 1970
    record         text collate "C" not null     -- JSON of the project and of its moves
);

create index merged_projects_by_project on merged_projects (into_project, at desc, former);
create index merged_projects_by_number on merged_projects (place, number);
