-- Published decisions on portfolios; never changed.
create table decisions (
    id         uuid not null primary key,
    place      integer not null,          -- KATO
    year       smallint not null,         -- first year of the plan
    decided_by text collate "C" not null,
    decided_at bigint not null,           -- microseconds since 1970
    reason     text collate "C" not null,
    changed    boolean not null,          -- differs from the recommendation
    document   text collate "C" not null  -- JSON
);

create index decisions_by_time on decisions (decided_at desc, id desc, place);
