-- Figures about territories that are not lines of a budget: people, area, regional product, price indices.
create table observations (
    series      text collate "C" not null, -- code, such as population
    place       integer not null,          -- KATO; 0 for the whole country
    year        smallint not null,
    mantissa    bigint not null,           -- digits without the point
    decimals    smallint not null,         -- digits after the point
    unit        text collate "C" not null,
    source      text collate "C" not null, -- who published it
    source_url  text collate "C" not null,
    file_name   text collate "C" not null,
    sha256      text collate "C" not null, -- of the file, hexadecimal
    source_row  bigint not null,           -- row of the file, from 1
    invented    boolean not null,
    imported_at bigint not null,           -- microseconds since 1970
    primary key (series, place, year)
);

create index observations_by_place on observations (place, year);
