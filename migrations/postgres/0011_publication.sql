-- What units published, as officers noted it; never changed, the newest note counts.
create table publications (
    id           uuid not null primary key,
    place        integer not null,          -- KATO of the unit
    obligation   text collate "C" not null, -- code in data/disclosure/obligations.json
    year         smallint not null,         -- financial year that it is about
    part         smallint not null,         -- month 1 to 12, or 0 for the whole year
    published_on text collate "C",          -- ISO date; null: the note takes an earlier one back
    address      text collate "C" not null, -- where it can be read
    remark       text collate "C" not null,
    noted_by     text collate "C" not null, -- office and name
    noted_at     bigint not null            -- microseconds since 1970
);

create index publications_by_place on publications (place, year, noted_at, id);
