-- The cube of budget facts: see crates/akimat-storage/src/fact.rs.
create table fact_state (
    generation bigint not null, -- grows with every change
    n_reports  bigint not null,
    n_facts    bigint not null, -- lines of all reports
    year_first smallint,        -- null while empty
    year_last  smallint
);
insert into fact_state values (0, 0, 0, null, null);

-- Each line that occurs has a number, from 1 without gaps.
create table fact_lines (
    id      integer not null primary key,
    item    text collate "C" not null,
    code    text collate "C" not null, -- classification code, empty for summary items
    name_kk text collate "C" not null,
    name_ru text collate "C" not null,
    name_en text collate "C" not null
);
create unique index fact_lines_key on fact_lines (item, left(code, 200), hashtextextended(code, 0));

-- Where reports come from.
create table fact_sources (
    id        integer not null primary key,
    file_name text collate "C" not null,
    sha256    text collate "C" not null, -- of the file, hexadecimal
    budget_id uuid,                       -- UUID of the budget whose lines these are
    invented  boolean not null
);
create index fact_sources_by_sha256 on fact_sources (sha256);

create table fact_units (
    place integer not null primary key, -- KATO
    level smallint not null              -- 1 republican to 4 village, 5 extra-budgetary fund
);

-- What a unit states as of the end of a month, all lines in one block.
create table fact_reports (
    place     integer not null, -- KATO
    year      smallint not null,
    month     smallint not null, -- 1 to 12, 0 for the plan alone
    level     smallint not null,
    source_id integer not null references fact_sources (id),
    n_lines   integer not null,
    lines     bytea not null, -- format: fact/block.rs
    primary key (place, year, month)
);
-- Packed already.
alter table fact_reports alter column lines set storage external;

-- The latest report of each unit and year.
create table fact_latest (
    level smallint not null,
    year  smallint not null,
    place integer not null, -- KATO
    month smallint not null,
    primary key (level, year, place)
);

-- Sums of the reports of one level below a territory.
create table fact_sums (
    level     smallint not null,
    under     integer not null, -- KATO; 0 is the country
    year      smallint not null,
    month     smallint not null, -- 0 to 12; 13: of the latest reports of the year
    month_min smallint not null, -- of the reports behind it
    month_max smallint not null,
    lines     bytea not null, -- format: fact/block.rs
    primary key (level, under, year, month)
);
alter table fact_sums alter column lines set storage external;

-- The totals of years once more, line by line, for questions about one line of many units.
create table fact_unit_totals (
    level    smallint not null,
    line     integer not null,
    year     smallint not null,
    place    integer not null, -- KATO
    month    smallint not null, -- of the latest report
    approved bigint,  -- tiyn
    amended  bigint,  -- tiyn
    executed bigint,  -- tiyn
    primary key (level, line, year, place)
);

create table fact_sum_totals (
    level      smallint not null,
    line       integer not null,
    year       smallint not null,
    depth      smallint not null, -- 1 below regions, 2 below districts
    under      integer not null, -- KATO
    month_min  smallint not null,
    month_max  smallint not null,
    approved   bigint not null, -- tiyn
    amended    bigint not null, -- tiyn
    executed   bigint not null, -- tiyn
    n_approved integer not null, -- units that state it
    n_amended  integer not null,
    n_executed integer not null,
    primary key (level, line, year, depth, under)
);
