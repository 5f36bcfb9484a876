-- Forecasts as they were published: never changed, a better one is a new record.
create table published_forecasts (
    id             uuid not null primary key,
    place          integer not null,          -- KATO
    item           text collate "C" not null, -- item of the budget, or series
    code           text collate "C" not null, -- classification code, or code of the series
    frequency      text collate "C" not null, -- yearly, quarterly or monthly
    stage          text collate "C",          -- state of the figures; null for observations
    origin         text collate "C" not null, -- last period known
    known_at       text collate "C" not null, -- ISO 8601 date whose knowledge it uses
    hindcast       boolean not null,          -- computed later
    published_at   bigint not null,           -- microseconds since 1970
    publisher      uuid,                      -- UUID of an account
    publisher_name text collate "C" not null,
    model          text collate "C" not null, -- code of the method
    model_version  text collate "C" not null,
    invented       boolean not null,          -- made of invented data
    body           text collate "C" not null  -- JSON: history, steps, intervals, weights
);

create index published_forecasts_by_place on published_forecasts (place, known_at desc, id desc);
create index published_forecasts_by_date on published_forecasts (known_at desc, id desc);

-- Facts held against steps of forecasts; what the record is grouped by is repeated from the forecast.
create table judgements (
    forecast       uuid not null,             -- UUID of a published forecast
    period         text collate "C" not null,
    revision       smallint not null,         -- 1 for the fact as it first became known
    horizon        smallint not null,         -- steps ahead, from 1
    counted        boolean not null,          -- it enters the track record
    fact           bigint not null,           -- thousandths of the unit, as all values here
    source         text collate "C" not null, -- which record states the fact
    known_on       text collate "C" not null, -- ISO 8601 date
    judged_at      bigint not null,           -- microseconds since 1970
    error          bigint not null,           -- fact less forecast
    naive_error    bigint not null,           -- fact less naive forecast
    scaled         bigint,                    -- absolute error in millionths of the scale
    naive_scaled   bigint,
    relative       bigint,                    -- absolute error in millionths of the fact
    inside50       smallint,                  -- 0 or 1; null when there was no such interval
    inside80       smallint,
    inside90       smallint,
    inside95       smallint,
    adjusted_error bigint,                    -- fact less a person's value
    year           smallint not null,         -- of the period
    place          integer not null,          -- KATO
    item           text collate "C" not null,
    code           text collate "C" not null,
    hindcast       boolean not null,
    model_version  text collate "C" not null,
    primary key (forecast, period, revision)
);

create index judgements_by_place on judgements (place, item, code);

-- Values that persons put in place of the model's.
create table adjustments (
    id           uuid not null primary key,
    forecast     uuid not null,             -- UUID of a published forecast
    period       text collate "C" not null,
    value        bigint not null,           -- thousandths of the unit
    percent      bigint,                    -- thousandths of a per cent, when it was given so
    reason       text collate "C" not null,
    account      uuid not null,             -- UUID of an account
    account_name text collate "C" not null,
    at           bigint not null            -- microseconds since 1970
);

create index adjustments_by_forecast on adjustments (forecast, at, id);
