-- Files of projects on their way into the register, and what each brought.
create table imports (
    id           uuid not null primary key,
    place        integer,                   -- KATO of rows that name none
    file_name    text collate "C" not null,
    sha256       text collate "C" not null, -- hexadecimal
    mapping      text collate "C" not null, -- JSON, empty as the columns stand
    state        text collate "C" not null, -- draft, queued, done or undone
    edit         integer not null,          -- raised by one with every change
    n_rows       integer not null,
    n_added      integer not null,
    n_changed    integer not null,
    job          uuid,                      -- of a job
    made_by      uuid,                      -- of an account
    made_by_name text collate "C" not null, -- office and name
    created_at   bigint not null,           -- microseconds since 1970
    updated_at   bigint not null,           -- microseconds since 1970
    reason       text collate "C" not null  -- why it was undone
);

create index imports_by_time on imports (created_at desc, id desc);

create table import_files (
    import uuid  not null primary key,
    bytes  bytea not null
);

create table imported_projects (
    import   uuid not null,
    position integer not null, -- order in the file, from 0
    project  uuid not null,
    version  integer not null, -- as the import left it
    before   text collate "C", -- JSON of the project before; null when added
    primary key (import, position)
);
