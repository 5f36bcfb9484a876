-- The register of projects.
create table projects (
    id              uuid not null primary key,
    number          text collate "C" not null, -- printed number in the register of the territory
    place           integer not null,          -- KATO
    title_kk        text collate "C" not null,
    title_ru        text collate "C" not null,
    title_en        text collate "C" not null,
    summary_kk      text collate "C" not null,
    summary_ru      text collate "C" not null,
    summary_en      text collate "C" not null,
    sector          text collate "C" not null,
    kind            text collate "C" not null,
    modality        text collate "C" not null,
    level           text collate "C" not null,
    status          text collate "C" not null,
    progress_pct    smallint not null,         -- per cent
    contractor      text collate "C" not null,
    starts_on       text collate "C",          -- ISO date
    ends_on         text collate "C",          -- ISO date
    lat_e6          integer,                   -- millionths of a degree
    lon_e6          integer,                   -- millionths of a degree
    scores          text collate "C" not null, -- JSON: [[criterion, 0 to 100], ...]
    exclusive_group text collate "C" not null,
    manager         uuid,                      -- UUID of an account
    invented        boolean not null,
    version         bigint not null,
    created_at      bigint not null,           -- microseconds since 1970
    updated_at      bigint not null,           -- microseconds since 1970
    milestones      text collate "C" not null, -- JSON list
    results         text collate "C" not null, -- JSON list
    planned         bigint,                    -- tiyn, sum of project_money
    contracted      bigint,                    -- tiyn, sum of project_money
    paid            bigint,                    -- tiyn, sum of project_money
    cost_key        bigint not null,           -- planned, or -1: sorts by cost
    ends_key        text collate "C" not null, -- ends_on, or 9999-12-31: sorts by end
    years           bigint not null,           -- set of years with money, bit 0 is 2000
    n_comments      bigint not null default 0  -- hidden ones included
);

-- The beginning and a hash stand for a number of any length: an index takes no more than 2,704 bytes.
create unique index projects_number on projects (place, left(number, 200), hashtextextended(number, 0));
-- One walk an order; what filters ask for is in the index, so that passing over a row is cheap.
create index projects_by_update on projects (updated_at desc, id desc, place, status, sector, kind, modality, years);
create index projects_by_cost on projects (cost_key desc, id desc, place, status, sector, kind, modality, years);
create index projects_by_end on projects (ends_key, id, place, status, sector, kind, modality, years);
create index projects_facts on projects (id, place, status, sector, kind, modality, years, planned, paid);
create index projects_sums on projects (place, status, sector, kind, modality, years, planned, paid);

-- The folded number, titles and contractor of each project, each after a bar. The index finds them by any one,
-- two or three characters that follow one another, packed into a number; it needs no extension, and works
-- whatever the locale of the database.
create table project_words (
    project_id uuid not null primary key references projects (id),
    place      integer not null,                       -- KATO, as in the project
    key        text collate "C" not null,
    grams      bigint[] not null
);

create index project_words_by_gram on project_words using gin (grams);

-- How often the register changed, in its only row: what was counted at one number holds until the next.
create table project_generation (
    n bigint not null
);

insert into project_generation values (0);

-- Money of a project by year and source.
create table project_money (
    project_id uuid not null references projects (id),
    position   integer not null,                       -- order as entered, from 0
    place      integer not null,                       -- KATO, as in the project
    year       smallint not null,
    source     text collate "C" not null,
    planned    bigint,                                 -- tiyn
    contracted bigint,                                 -- tiyn
    paid       bigint,                                 -- tiyn
    primary key (project_id, position)
);

-- Every move of a project, kept for ever, in the order of entry.
create table project_statuses (
    entry       bigint generated always as identity primary key, -- order of entry
    project_id  uuid not null references projects (id),
    from_status text collate "C",                                -- null at registration
    to_status   text collate "C" not null,
    at          bigint not null,                                 -- microseconds since 1970
    moved_by    text collate "C" not null,
    reason      text collate "C" not null
);

create index project_statuses_by_project on project_statuses (project_id, at);

-- News of projects.
create table project_updates (
    id           uuid not null primary key,
    project_id   uuid not null references projects (id),
    at           bigint not null,                        -- microseconds since 1970
    posted_by    text collate "C" not null,
    lang         text collate "C" not null,
    body         text collate "C" not null,
    progress_pct smallint not null                       -- per cent
);

create index project_updates_by_project on project_updates (project_id, at desc, id desc);
