-- What people say about findings; never changed, the newest counts.
create table finding_notes (
    id         uuid not null primary key,
    finding    text collate "C" not null, -- stable identifier of the finding, 32 hexadecimal digits
    place      integer not null,          -- KATO of the unit that the finding is about
    verdict    text collate "C" not null, -- explained, dismissed or reopened
    reason     text collate "C" not null,
    written_by text collate "C" not null, -- office and name
    written_at bigint not null            -- microseconds since 1970
);

create index finding_notes_by_finding on finding_notes (finding, written_at, id);
create index finding_notes_by_place on finding_notes (place);
