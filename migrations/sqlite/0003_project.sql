-- The register of projects.
create table projects (
    entry           integer primary key,          -- order of entry; the row of project_words
    id              blob    not null unique,      -- UUID, 16 bytes
    number          text    not null,             -- printed number in the register of the territory
    place           integer not null,             -- KATO
    title_kk        text    not null,
    title_ru        text    not null,
    title_en        text    not null,
    summary_kk      text    not null,
    summary_ru      text    not null,
    summary_en      text    not null,
    sector          text    not null,
    kind            text    not null,
    modality        text    not null,
    level           text    not null,
    status          text    not null,
    progress_pct    integer not null,             -- per cent
    contractor      text    not null,
    starts_on       text,                         -- ISO date
    ends_on         text,                         -- ISO date
    lat_e6          integer,                      -- millionths of a degree
    lon_e6          integer,                      -- millionths of a degree
    scores          text    not null,             -- JSON: [[criterion, 0 to 100], ...]
    exclusive_group text    not null,
    manager         blob,                         -- UUID of an account, 16 bytes
    invented        integer not null,             -- 0 or 1
    version         integer not null,
    created_at      integer not null,             -- microseconds since 1970
    updated_at      integer not null,             -- microseconds since 1970
    milestones      text    not null,             -- JSON list
    results         text    not null,             -- JSON list
    planned         integer,                      -- tiyn, sum of project_money
    contracted      integer,                      -- tiyn, sum of project_money
    paid            integer,                      -- tiyn, sum of project_money
    cost_key        integer not null,             -- planned, or -1: sorts by cost
    ends_key        text    not null,             -- ends_on, or 9999-12-31: sorts by end
    years           integer not null,             -- set of years with money, bit 0 is 2000
    n_comments      integer not null default 0    -- hidden ones included
);

create unique index projects_number on projects (place, number);
-- One walk an order; what filters ask for is in the index, so that passing over a row is cheap.
create index projects_by_update on projects (updated_at desc, id desc, place, status, sector, kind, modality, years);
create index projects_by_cost on projects (cost_key desc, id desc, place, status, sector, kind, modality, years);
create index projects_by_end on projects (ends_key, id, place, status, sector, kind, modality, years);
create index projects_facts on projects (entry, place, status, sector, kind, modality, years, planned, paid);
create index projects_sums on projects (place, status, sector, kind, modality, years, planned, paid);

-- The folded number, titles and contractor of each project, each after a bar, found by any three characters
-- that follow one another. The rowid is projects.entry.
create virtual table project_words using fts5 (key, tokenize = 'trigram case_sensitive 1', columnsize = 0);

-- How often the register changed, in its only row: what was counted at one number holds until the next.
create table project_generation (
    n integer not null
);

insert into project_generation values (0);

-- Any one or two characters that follow one another in project_words, each packed into a number and written in
-- hexadecimal: what is too short for the other table. The rowid is projects.entry.
create virtual table project_pairs using fts5 (
    grams, content = '', contentless_delete = 1, tokenize = 'ascii', detail = none
);

-- Money of a project by year and source.
create table project_money (
    project_id blob    not null references projects (id), -- UUID, 16 bytes
    position   integer not null,                          -- order as entered, from 0
    place      integer not null,                          -- KATO, as in the project
    year       integer not null,
    source     text    not null,
    planned    integer,                                   -- tiyn
    contracted integer,                                   -- tiyn
    paid       integer,                                   -- tiyn
    primary key (project_id, position)
) without rowid;

-- Every move of a project, kept for ever, in the order of entry.
create table project_statuses (
    entry       integer primary key,                       -- order of entry
    project_id  blob    not null references projects (id), -- UUID, 16 bytes
    from_status text,                                      -- null at registration
    to_status   text    not null,
    at          integer not null,                          -- microseconds since 1970
    moved_by    text    not null,
    reason      text    not null
);

create index project_statuses_by_project on project_statuses (project_id, at);

-- News of projects.
create table project_updates (
    id           blob    not null primary key,              -- UUID, 16 bytes
    project_id   blob    not null references projects (id), -- UUID, 16 bytes
    at           integer not null,                          -- microseconds since 1970
    posted_by    text    not null,
    lang         text    not null,
    body         text    not null,
    progress_pct integer not null                           -- per cent
);

create index project_updates_by_project on project_updates (project_id, at desc, id desc);
