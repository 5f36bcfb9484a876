-- Photographs of projects. The pictures lie in parts of 64 KiB beside their record, written in one transaction.
create table photos (
    id            uuid not null primary key,
    project       uuid not null,                 -- UUID of a project
    place         integer not null,              -- KATO of the project on that day
    kind          text collate "C" not null,     -- PhotoKind
    before_id     uuid,                          -- UUID of the photograph before the works
    caption_kk    text collate "C" not null,
    caption_ru    text collate "C" not null,
    caption_en    text collate "C" not null,
    taken_at      text collate "C",              -- ISO 8601 by the clock at the place; null when unknown
    taken_source  text collate "C",              -- TimeSource
    lat_e6        integer,                       -- millionths of a degree, the middle of the cell
    lon_e6        integer,
    cell_m        integer,                       -- side of the cell, metres
    sha256        text collate "C" not null,     -- of the file as it was sent
    look          bigint not null,               -- fingerprint of what is seen, 64 bits
    web_width     integer not null,
    web_height    integer not null,
    web_bytes     integer not null,
    thumb_width   integer not null,
    thumb_height  integer not null,
    thumb_bytes   integer not null,
    added_by      uuid,                          -- UUID of an account
    by_name       text collate "C" not null,
    at            bigint not null,               -- microseconds since 1970
    hidden_reason text collate "C",
    hidden_at     bigint,                        -- microseconds since 1970
    erased        boolean not null,
    invented      boolean not null,
    version       integer not null
);

create unique index photos_by_project on photos (project, sha256);
create index photos_by_place on photos (place, at desc, id desc);
create index photos_by_file on photos (sha256);
create index photos_by_look on photos (look);

create table photo_parts (
    photo         uuid not null,
    size          text collate "C" not null,     -- PhotoSize
    part          integer not null,              -- from 0
    bytes         bytea not null,
    primary key (photo, size, part)
);

-- What residents say about works reported as finished, one word a person and completion.
create table acceptances (
    id            uuid not null primary key,
    project       uuid not null,                 -- UUID of a project
    place         integer not null,              -- KATO
    finished_on   text collate "C" not null,     -- ISO 8601
    account       uuid not null,                 -- UUID of an account
    by_name       text collate "C" not null,
    verdict       text collate "C" not null,     -- Verdict
    lang          text collate "C" not null,
    body          text collate "C" not null,
    photo         uuid,                          -- UUID of a photograph
    at            bigint not null,               -- microseconds since 1970
    hidden_reason text collate "C",
    hidden_at     bigint,                        -- microseconds since 1970
    invented      boolean not null
);

create unique index acceptances_by_person on acceptances (project, finished_on, account);
create index acceptances_by_time on acceptances (project, at desc, id desc);
create index acceptances_by_place on acceptances (place, finished_on);

create table acceptance_answers (
    id            uuid not null primary key,
    project       uuid not null,                 -- UUID of a project
    finished_on   text collate "C" not null,     -- ISO 8601
    account       uuid,                          -- UUID of an account
    office        text collate "C" not null,
    lang          text collate "C" not null,
    body          text collate "C" not null,
    at            bigint not null                -- microseconds since 1970
);

create index acceptance_answers_by_project on acceptance_answers (project, finished_on, at);
