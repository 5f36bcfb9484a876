-- Projects that were registered twice: what became one with which, and the record as it stood.
create table merged_projects (
    former         blob    not null primary key, -- UUID of the project that is no more, 16 bytes
    version        integer not null,             -- of its last record
    place          integer not null,             -- KATO in its last record
    number         text    not null,             -- in its last record
    into_project   blob    not null,             -- UUID of the project that stays, 16 bytes
    into_place     integer not null,             -- KATO of it
    reason         text    not null,
    merged_by      blob,                         -- UUID of an account, 16 bytes
    merged_by_name text    not null,             -- office and name
    at             integer not null,             -- microseconds since 1970
    record         text    not null              -- JSON of the project and of its moves
);

create index merged_projects_by_project on merged_projects (into_project, at desc, former);
create index merged_projects_by_number on merged_projects (place, number);
