-- Who did what, when.
create table audit (
    id      blob    not null primary key, -- UUID, 16 bytes
    at      integer not null,             -- microseconds since 1970
    actor   blob,                         -- UUID of an account, 16 bytes; null for the platform itself
    verb    text    not null,
    subject text    not null,             -- identifier of what it was done to
    place   integer,                      -- KATO
    detail  text    not null              -- JSON without personal data
);

create index audit_by_time on audit (at desc, id desc);
