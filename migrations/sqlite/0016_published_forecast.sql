-- Forecasts as they were published: never changed, a better one is a new record.
create table published_forecasts (
    id             blob    not null primary key, -- UUID, 16 bytes
    place          integer not null,             -- KATO
    item           text    not null,             -- item of the budget, or series
    code           text    not null,             -- classification code, or code of the series
    frequency      text    not null,             -- yearly, quarterly or monthly
    stage          text,                         -- state of the figures; null for observations
    origin         text    not null,             -- last period known
    known_at       text    not null,             -- ISO 8601 date whose knowledge it uses
    hindcast       integer not null,             -- 0 or 1: computed later
    published_at   integer not null,             -- microseconds since 1970
    publisher      blob,                         -- UUID of an account, 16 bytes
    publisher_name text    not null,
    model          text    not null,             -- code of the method
    model_version  text    not null,
    invented       integer not null,             -- 0 or 1: made of invented data
    body           text    not null              -- JSON: history, steps, intervals, weights
);

create index published_forecasts_by_place on published_forecasts (place, known_at desc, id desc);
create index published_forecasts_by_date on published_forecasts (known_at desc, id desc);

-- Facts held against steps of forecasts; what the record is grouped by is repeated from the forecast.
create table judgements (
    forecast       blob    not null, -- UUID of a published forecast, 16 bytes
    period         text    not null,
    revision       integer not null, -- 1 for the fact as it first became known
    horizon        integer not null, -- steps ahead, from 1
    counted        integer not null, -- 0 or 1: it enters the track record
    fact           integer not null, -- thousandths of the unit, as all values here
    source         text    not null, -- which record states the fact
    known_on       text    not null, -- ISO 8601 date
    judged_at      integer not null, -- microseconds since 1970
    error          integer not null, -- fact less forecast
    naive_error    integer not null, -- fact less naive forecast
    scaled         integer,          -- absolute error in millionths of the scale
    naive_scaled   integer,
    relative       integer,          -- absolute error in millionths of the fact
    inside50       integer,          -- 0 or 1; null when there was no such interval
    inside80       integer,
    inside90       integer,
    inside95       integer,
    adjusted_error integer,          -- fact less a person's value
    year           integer not null, -- of the period
    place          integer not null, -- KATO
    item           text    not null,
    code           text    not null,
    hindcast       integer not null, -- 0 or 1
    model_version  text    not null,
    primary key (forecast, period, revision)
) without rowid;

create index judgements_by_place on judgements (place, item, code);

-- Values that persons put in place of the model's.
create table adjustments (
    id           blob    not null primary key, -- UUID, 16 bytes
    forecast     blob    not null,             -- UUID of a published forecast, 16 bytes
    period       text    not null,
    value        integer not null,             -- thousandths of the unit
    percent      integer,                      -- thousandths of a per cent, when it was given so
    reason       text    not null,
    account      blob    not null,             -- UUID of an account, 16 bytes
    account_name text    not null,
    at           integer not null              -- microseconds since 1970
);

create index adjustments_by_forecast on adjustments (forecast, at, id);
