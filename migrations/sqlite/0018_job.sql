-- Background work: done by one server at a time, cancelled by a person, taken up again after a restart.
create table jobs (
    id           blob    not null primary key, -- UUID, 16 bytes
    kind         text    not null,             -- what is to be done
    place        integer,                      -- KATO; null when it is of no one territory
    params       text    not null,             -- JSON
    state        text    not null,             -- queued, running, done, failed or cancelled
    done         integer not null,             -- parts done
    total        integer not null,             -- parts in all; 0 while unknown
    message      text    not null,             -- catalogue word
    checkpoint   text    not null,             -- JSON; empty before the first
    cancel_asked integer not null,             -- 0 or 1
    attempts     integer not null,             -- times that a server took it up
    account      blob,                         -- UUID of an account, 16 bytes
    account_name text    not null,
    created_at   integer not null,             -- microseconds since 1970
    started_at   integer,                      -- microseconds since 1970
    finished_at  integer,                      -- microseconds since 1970
    runner       blob,                         -- UUID of the server that works on it, 16 bytes
    heartbeat_at integer                       -- microseconds since 1970
);

create index jobs_by_time on jobs (created_at desc, id desc);
create index jobs_by_state on jobs (state, created_at, id);
