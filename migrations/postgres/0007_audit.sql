-- Who did what, when.
create table audit (
    id      uuid not null primary key,
    at      bigint not null,           -- microseconds since 1970
    actor   uuid,                      -- UUID of an account; null for the platform itself
    verb    text collate "C" not null,
    subject text collate "C" not null, -- identifier of what it was done to
    place   integer,                   -- KATO
    detail  text collate "C" not null  -- JSON without personal data
);

create index audit_by_time on audit (at desc, id desc);
