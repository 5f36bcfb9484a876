-- Budgets, each with the main figures that lists show.
create table budgets (
    id          uuid not null primary key,
    key         text collate "C" not null, -- name of the record in its file
    place       integer,                   -- KATO; null while unknown
    level       smallint not null,         -- 1 republican to 4 village
    year        smallint not null,
    unit        text collate "C" not null, -- in which the source prints
    complete    boolean not null,
    invented    boolean not null,
    adopted_on  text collate "C",          -- ISO date
    file_name   text collate "C" not null,
    sha256      text collate "C" not null, -- of the file, hexadecimal
    source_url  text collate "C" not null,
    note        text collate "C" not null,
    imported_at bigint not null,           -- microseconds since 1970
    stage       text collate "C",          -- the state that the figures are of
    revenue     bigint,                    -- tiyn
    transfers   bigint,                    -- tiyn
    expenditure bigint,                    -- tiyn
    n_errors    bigint not null,
    n_warnings  bigint not null
);

-- The beginning and a hash stand for a key of any length: an index takes no more than 2,704 bytes.
create unique index budgets_key on budgets (coalesce(place, 0), year, left(key, 200), hashtextextended(key, 0));
create index budgets_by_place on budgets (place, year desc, id desc);
create index budgets_by_year on budgets (year desc, id desc);

-- Every line as printed.
create table budget_lines (
    budget_id  uuid not null references budgets (id),
    position   integer not null,                      -- order of the source, from 0
    place      integer,                               -- KATO, as in the budget
    year       smallint not null,
    source_row bigint not null,                       -- row of the source, from 1
    item       text collate "C" not null,
    code       text collate "C" not null,             -- classification code, parts joined by /
    name_kk    text collate "C" not null,
    name_ru    text collate "C" not null,
    name_en    text collate "C" not null,
    approved   bigint,                                -- tiyn
    amended    bigint,                                -- tiyn
    executed   bigint,                                -- tiyn
    primary key (budget_id, position)
);

create index budget_lines_by_item on budget_lines (place, item, left(code, 200), year);
