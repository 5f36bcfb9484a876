-- Photographs of projects. The pictures lie in parts of 64 KiB beside their record, written in one transaction.
create table photos (
    id            blob    not null primary key, -- UUID, 16 bytes
    project       blob    not null,             -- UUID of a project, 16 bytes
    place         integer not null,             -- KATO of the project on that day
    kind          text    not null,             -- PhotoKind
    before_id     blob,                         -- UUID of the photograph before the works, 16 bytes
    caption_kk    text    not null,
    caption_ru    text    not null,
    caption_en    text    not null,
    taken_at      text,                         -- ISO 8601 by the clock at the place; null when unknown
    taken_source  text,                         -- TimeSource
    lat_e6        integer,                      -- millionths of a degree, the middle of the cell
    lon_e6        integer,
    cell_m        integer,                      -- side of the cell, metres
    sha256        text    not null,             -- of the file as it was sent
    look          integer not null,             -- fingerprint of what is seen, 64 bits
    web_width     integer not null,
    web_height    integer not null,
    web_bytes     integer not null,
    thumb_width   integer not null,
    thumb_height  integer not null,
    thumb_bytes   integer not null,
    added_by      blob,                         -- UUID of an account, 16 bytes
    by_name       text    not null,
    at            integer not null,             -- microseconds since 1970
    hidden_reason text,
    hidden_at     integer,                      -- microseconds since 1970
    erased        integer not null,
    invented      integer not null,
    version       integer not null
);

create unique index photos_by_project on photos (project, sha256);
create index photos_by_place on photos (place, at desc, id desc);
create index photos_by_file on photos (sha256);
create index photos_by_look on photos (look);

create table photo_parts (
    photo blob    not null, -- UUID, 16 bytes
    size  text    not null, -- PhotoSize
    part  integer not null, -- from 0
    bytes blob    not null,
    primary key (photo, size, part)
) without rowid;

-- What residents say about works reported as finished, one word a person and completion.
create table acceptances (
    id            blob    not null primary key, -- UUID, 16 bytes
    project       blob    not null,             -- UUID of a project, 16 bytes
    place         integer not null,             -- KATO
    finished_on   text    not null,             -- ISO 8601
    account       blob    not null,             -- UUID of an account, 16 bytes
    by_name       text    not null,
    verdict       text    not null,             -- Verdict
    lang          text    not null,
    body          text    not null,
    photo         blob,                         -- UUID of a photograph, 16 bytes
    at            integer not null,             -- microseconds since 1970
    hidden_reason text,
    hidden_at     integer,                      -- microseconds since 1970
    invented      integer not null
);

create unique index acceptances_by_person on acceptances (project, finished_on, account);
create index acceptances_by_time on acceptances (project, at desc, id desc);
create index acceptances_by_place on acceptances (place, finished_on);

create table acceptance_answers (
    id          blob    not null primary key, -- UUID, 16 bytes
    project     blob    not null,             -- UUID of a project, 16 bytes
    finished_on text    not null,             -- ISO 8601
    account     blob,                         -- UUID of an account, 16 bytes
    office      text    not null,
    lang        text    not null,
    body        text    not null,
    at          integer not null              -- microseconds since 1970
);

create index acceptance_answers_by_project on acceptance_answers (project, finished_on, at);
