-- Drafts of programmes that an office has put out to public discussion: each is one version, frozen as it was shown.
-- A person who is erased: who opened a discussion loses identifier and name, the discussion stays.
create table programme_drafts (
    id             uuid    not null primary key,
    programme      uuid    not null,             -- UUID of the scenario
    place          integer not null,             -- KATO
    title          text collate "C" not null,
    number         integer not null,             -- 1 for the first draft of a scenario
    words          text collate "C" not null,             -- what the office asks of the readers; may be empty
    opened_by      uuid,                         -- UUID of an account
    opened_by_name text collate "C" not null,
    opened_at      bigint  not null,             -- microseconds since 1970
    closes_at      bigint  not null,             -- the first instant after the last day, microseconds since 1970
    ended_at       bigint,                       -- ended before its time, microseconds since 1970
    invented       boolean not null,
    document       text collate "C" not null              -- JSON, ProgrammeRecord, byte for byte as it was put out
);

create unique index programme_drafts_by_number on programme_drafts (programme, number);
create index programme_drafts_by_place on programme_drafts (place, opened_at desc, id);
create index programme_drafts_by_opener on programme_drafts (opened_by) where opened_by is not null;

-- Everything said about one subject: counts, mentions, and who is told when an office speaks.
create index comments_by_subject on comments (subject, at desc) where subject is not null;
