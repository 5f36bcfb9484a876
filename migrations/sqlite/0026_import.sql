-- Files of projects on their way into the register, and what each brought.
create table imports (
    id           blob    not null primary key, -- UUID, 16 bytes
    place        integer,                      -- KATO of rows that name none
    file_name    text    not null,
    sha256       text    not null,             -- hexadecimal
    mapping      text    not null,             -- JSON, empty as the columns stand
    state        text    not null,             -- draft, queued, done or undone
    edit         integer not null,             -- raised by one with every change
    n_rows       integer not null,
    n_added      integer not null,
    n_changed    integer not null,
    job          blob,                         -- UUID of a job, 16 bytes
    made_by      blob,                         -- UUID of an account, 16 bytes
    made_by_name text    not null,             -- office and name
    created_at   integer not null,             -- microseconds since 1970
    updated_at   integer not null,             -- microseconds since 1970
    reason       text    not null              -- why it was undone
);

create index imports_by_time on imports (created_at desc, id desc);

create table import_files (
    import blob not null primary key, -- UUID of an import, 16 bytes
    bytes  blob not null
);

create table imported_projects (
    import   blob    not null, -- UUID of an import, 16 bytes
    position integer not null, -- order in the file, from 0
    project  blob    not null, -- UUID, 16 bytes
    version  integer not null, -- as the import left it
    before   text,             -- JSON of the project before; null when added
    primary key (import, position)
) without rowid;
