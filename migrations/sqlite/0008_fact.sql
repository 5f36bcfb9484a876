-- The cube of budget facts: see crates/akimat-storage/src/fact.rs.
create table fact_state (
    generation integer not null, -- grows with every change
    n_reports  integer not null,
    n_facts    integer not null, -- lines of all reports
    year_first integer,          -- null while empty
    year_last  integer
);
insert into fact_state values (0, 0, 0, null, null);

-- Each line that occurs has a number, from 1 without gaps.
create table fact_lines (
    id      integer not null primary key,
    item    text    not null,
    code    text    not null, -- classification code, empty for summary items
    name_kk text    not null,
    name_ru text    not null,
    name_en text    not null
);
create unique index fact_lines_key on fact_lines (item, code);

-- Where reports come from.
create table fact_sources (
    id        integer not null primary key,
    file_name text    not null,
    sha256    text    not null, -- of the file, hexadecimal
    budget_id blob,             -- UUID of the budget whose lines these are
    invented  integer not null  -- 0 or 1
);
create index fact_sources_by_sha256 on fact_sources (sha256);

create table fact_units (
    place integer not null primary key, -- KATO
    level integer not null              -- 1 republican to 4 village, 5 extra-budgetary fund
);

-- What a unit states as of the end of a month, all lines in one block.
create table fact_reports (
    id        integer not null primary key,
    place     integer not null, -- KATO
    year      integer not null,
    month     integer not null, -- 1 to 12, 0 for the plan alone
    level     integer not null,
    source_id integer not null references fact_sources (id),
    n_lines   integer not null,
    lines     blob    not null  -- format: fact/block.rs
);
create unique index fact_reports_key on fact_reports (place, year, month);

-- The latest report of each unit and year.
create table fact_latest (
    level integer not null,
    year  integer not null,
    place integer not null, -- KATO
    month integer not null,
    primary key (level, year, place)
) without rowid;

-- Sums of the reports of one level below a territory.
create table fact_sums (
    id        integer not null primary key,
    level     integer not null,
    under     integer not null, -- KATO; 0 is the country
    year      integer not null,
    month     integer not null, -- 0 to 12; 13: of the latest reports of the year
    month_min integer not null, -- of the reports behind it
    month_max integer not null,
    lines     blob    not null  -- format: fact/block.rs
);
create unique index fact_sums_key on fact_sums (level, under, year, month);

-- The totals of years once more, line by line, for questions about one line of many units.
create table fact_unit_totals (
    level    integer not null,
    line     integer not null,
    year     integer not null,
    place    integer not null, -- KATO
    month    integer not null, -- of the latest report
    approved integer,          -- tiyn
    amended  integer,          -- tiyn
    executed integer,          -- tiyn
    primary key (level, line, year, place)
) without rowid;

create table fact_sum_totals (
    level      integer not null,
    line       integer not null,
    year       integer not null,
    depth      integer not null, -- 1 below regions, 2 below districts
    under      integer not null, -- KATO
    month_min  integer not null,
    month_max  integer not null,
    approved   integer not null, -- tiyn
    amended    integer not null, -- tiyn
    executed   integer not null, -- tiyn
    n_approved integer not null, -- units that state it
    n_amended  integer not null,
    n_executed integer not null,
    primary key (level, line, year, depth, under)
) without rowid;
