-- Sections of the dossiers of projects: every version stays, the newest counts.
create table sections (
    id           blob    not null,    -- UUID of the section, 16 bytes, the same in all its versions
    project      blob    not null,    -- UUID, 16 bytes
    place        integer not null,    -- KATO, as in the project
    kind         text    not null,    -- word of the room that reads the body
    version      integer not null,    -- from 1
    state        text    not null,    -- word of the kind, may be empty
    due_on       text,                -- ISO date
    amount       integer,             -- tiyn
    removed      integer not null,    -- 0 or 1: this version takes the section out
    body         text    not null,    -- JSON
    reason       text    not null,
    basis        text    not null,    -- document that the version rests on
    made_by      blob,                -- UUID of an account, 16 bytes
    made_by_name text    not null,    -- office and name
    at           integer not null,    -- microseconds since 1970
    due_key      text    not null,    -- due_on, or 9999-12-31: sorts by what is due
    newest       integer not null,    -- 0 or 1
    primary key (id, version)
);

create index sections_by_project on sections (project, kind, id) where newest;
create index sections_by_time on sections (project, at desc, id desc);
create index sections_by_due on sections (kind, due_key, id, place, state) where newest;
create index sections_by_state on sections (kind, place, state, amount) where newest;
