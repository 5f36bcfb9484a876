-- What units published, as officers noted it; never changed, the newest note counts.
create table publications (
    id           blob    not null primary key, -- UUID, 16 bytes
    place        integer not null,             -- KATO of the unit
    obligation   text    not null,             -- code in data/disclosure/obligations.json
    year         integer not null,             -- financial year that it is about
    part         integer not null,             -- month 1 to 12, or 0 for the whole year
    published_on text,                         -- ISO date; null: the note takes an earlier one back
    address      text    not null,             -- where it can be read
    remark       text    not null,
    noted_by     text    not null,             -- office and name
    noted_at     integer not null              -- microseconds since 1970
);

create index publications_by_place on publications (place, year, noted_at, id);
