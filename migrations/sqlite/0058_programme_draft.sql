-- Drafts of programmes that an office has put out to public discussion: each is one version, frozen as it was shown.
-- A person who is erased: who opened a discussion loses identifier and name, the discussion stays.
create table programme_drafts (
    id             blob    not null primary key, -- UUID, 16 bytes
    programme      blob    not null,             -- UUID of the scenario, 16 bytes
    place          integer not null,             -- KATO
    title          text    not null,
    number         integer not null,             -- 1 for the first draft of a scenario
    words          text    not null,             -- what the office asks of the readers; may be empty
    opened_by      blob,                         -- UUID of an account, 16 bytes
    opened_by_name text    not null,
    opened_at      integer not null,             -- microseconds since 1970
    closes_at      integer not null,             -- the first instant after the last day, microseconds since 1970
    ended_at       integer,                      -- ended before its time, microseconds since 1970
    invented       integer not null,
    document       text    not null              -- JSON, ProgrammeRecord, byte for byte as it was put out
);

create unique index programme_drafts_by_number on programme_drafts (programme, number);
create index programme_drafts_by_place on programme_drafts (place, opened_at desc, id);
create index programme_drafts_by_opener on programme_drafts (opened_by) where opened_by is not null;

-- Everything said about one subject: counts, mentions, and who is told when an office speaks.
create index comments_by_subject on comments (subject, at desc) where subject is not null;
