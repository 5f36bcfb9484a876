-- Budgets, each with the main figures that lists show.
create table budgets (
    id          blob    not null primary key, -- UUID, 16 bytes
    key         text    not null,             -- name of the record in its file
    place       integer,                      -- KATO; null while unknown
    level       integer not null,             -- 1 republican to 4 village
    year        integer not null,
    unit        text    not null,             -- in which the source prints
    complete    integer not null,             -- 0 or 1
    invented    integer not null,             -- 0 or 1
    adopted_on  text,                         -- ISO date
    file_name   text    not null,
    sha256      text    not null,             -- of the file, hexadecimal
    source_url  text    not null,
    note        text    not null,
    imported_at integer not null,             -- microseconds since 1970
    stage       text,                         -- the state that the figures are of
    revenue     integer,                      -- tiyn
    transfers   integer,                      -- tiyn
    expenditure integer,                      -- tiyn
    n_errors    integer not null,
    n_warnings  integer not null
);

create unique index budgets_key on budgets (coalesce(place, 0), year, key);
create index budgets_by_place on budgets (place, year desc, id desc);
create index budgets_by_year on budgets (year desc, id desc);

-- Every line as printed.
create table budget_lines (
    budget_id  blob    not null references budgets (id), -- UUID, 16 bytes
    position   integer not null,                         -- order of the source, from 0
    place      integer,                                  -- KATO, as in the budget
    year       integer not null,
    source_row integer not null,                         -- row of the source, from 1
    item       text    not null,
    code       text    not null,                         -- classification code, parts joined by /
    name_kk    text    not null,
    name_ru    text    not null,
    name_en    text    not null,
    approved   integer,                                  -- tiyn
    amended    integer,                                  -- tiyn
    executed   integer,                                  -- tiyn
    primary key (budget_id, position)
) without rowid;

create index budget_lines_by_item on budget_lines (place, item, code, year);
