-- Sections of the dossiers of projects: every version stays, the newest counts.
create table sections (
    id           uuid not null,             -- the section, the same in all its versions
    project      uuid not null,
    place        integer not null,          -- KATO, as in the project
    kind         text collate "C" not null, -- word of the room that reads the body
    version      integer not null,          -- from 1
    state        text collate "C" not null, -- word of the kind, may be empty
    due_on       text collate "C",          -- ISO date
    amount       bigint,                    -- tiyn
    removed      boolean not null,          -- this version takes the section out
    body         text collate "C" not null, -- JSON
    reason       text collate "C" not null,
    basis        text collate "C" not null, -- document that the version rests on
    made_by      uuid,                      -- UUID of an account
    made_by_name text collate "C" not null, -- office and name
    at           bigint not null,           -- microseconds since 1970
    due_key      text collate "C" not null, -- due_on, or 9999-12-31: sorts by what is due
    newest       boolean not null,
    primary key (id, version)
);

create index sections_by_project on sections (project, kind, id) where newest;
create index sections_by_time on sections (project, at desc, id desc);
create index sections_by_due on sections (kind, due_key, id, place, state) where newest;
create index sections_by_state on sections (kind, place, state, amount) where newest;
