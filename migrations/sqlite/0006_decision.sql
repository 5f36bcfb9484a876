-- Published decisions on portfolios; never changed.
create table decisions (
    id         blob    not null primary key, -- UUID, 16 bytes
    place      integer not null,             -- KATO
    year       integer not null,             -- first year of the plan
    decided_by text    not null,
    decided_at integer not null,             -- microseconds since 1970
    reason     text    not null,
    changed    integer not null,             -- 0 or 1: differs from the recommendation
    document   text    not null              -- JSON
);

create index decisions_by_time on decisions (decided_at desc, id desc, place);
