-- What people say about findings; never changed, the newest counts.
create table finding_notes (
    id         blob    not null primary key, -- UUID, 16 bytes
    finding    text    not null,             -- stable identifier of the finding, 32 hexadecimal digits
    place      integer not null,             -- KATO of the unit that the finding is about
    verdict    text    not null,             -- explained, dismissed or reopened
    reason     text    not null,
    written_by text    not null,             -- office and name
    written_at integer not null              -- microseconds since 1970
);

create index finding_notes_by_finding on finding_notes (finding, written_at, id);
create index finding_notes_by_place on finding_notes (place);
