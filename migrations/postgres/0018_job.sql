-- Background work: done by one server at a time, cancelled by a person, taken up again after a restart.
create table jobs (
    id           uuid not null primary key,
    kind         text collate "C" not null, -- what is to be done
    place        integer,                   -- KATO; null when it is of no one territory
    params       text collate "C" not null, -- JSON
    state        text collate "C" not null, -- queued, running, done, failed or cancelled
    done         integer not null,          -- parts done
    total        integer not null,          -- parts in all; 0 while unknown
    message      text collate "C" not null, -- catalogue word
    checkpoint   text collate "C" not null, -- JSON; empty before the first
    cancel_asked boolean not null,
    attempts     integer not null,          -- times that a server took it up
    account      uuid,                      -- UUID of an account
    account_name text collate "C" not null,
    created_at   bigint not null,           -- microseconds since 1970
    started_at   bigint,                    -- microseconds since 1970
    finished_at  bigint,                    -- microseconds since 1970
    runner       uuid,                      -- UUID of the server that works on it
    heartbeat_at bigint                     -- microseconds since 1970
);

create index jobs_by_time on jobs (created_at desc, id desc);
create index jobs_by_state on jobs (state, created_at, id);
