-- Pieces of analysis that people keep: views, scenarios, reports.
create table saved (
    id         blob    not null primary key, -- UUID, 16 bytes
    kind       text    not null,             -- view, scenario or report
    title      text    not null,
    owner      blob    not null,             -- UUID of an account, 16 bytes
    owner_name text    not null,             -- office or name, as it was when it was saved
    place      integer,                      -- KATO; null when it is of no one territory
    public     integer not null,             -- 0 or 1: anybody may read it
    invented   integer not null,             -- 0 or 1: made of invented data
    created_at integer not null,             -- microseconds since 1970
    updated_at integer not null,             -- microseconds since 1970
    version    integer not null,
    body       text    not null              -- JSON
);

create index saved_by_time on saved (created_at desc, id desc);
create index saved_by_owner on saved (owner, created_at desc, id desc);
