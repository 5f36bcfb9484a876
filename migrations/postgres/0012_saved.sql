-- Pieces of analysis that people keep: views, scenarios, reports.
create table saved (
    id         uuid not null primary key,
    kind       text collate "C" not null, -- view, scenario or report
    title      text collate "C" not null,
    owner      uuid not null,             -- UUID of an account
    owner_name text collate "C" not null, -- office or name, as it was when it was saved
    place      integer,                   -- KATO; null when it is of no one territory
    public     boolean not null,          -- anybody may read it
    invented   boolean not null,          -- made of invented data
    created_at bigint not null,           -- microseconds since 1970
    updated_at bigint not null,           -- microseconds since 1970
    version    integer not null,
    body       text collate "C" not null  -- JSON
);

create index saved_by_time on saved (created_at desc, id desc);
create index saved_by_owner on saved (owner, created_at desc, id desc);
