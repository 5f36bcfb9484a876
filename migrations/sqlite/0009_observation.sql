-- Figures about territories that are not lines of a budget: people, area, regional product, price indices.
create table observations (
    series      text    not null, -- code, such as population
    place       integer not null, -- KATO; 0 for the whole country
    year        integer not null,
    mantissa    integer not null, -- digits without the point
    decimals    integer not null, -- digits after the point
    unit        text    not null,
    source      text    not null, -- who published it
    source_url  text    not null,
    file_name   text    not null,
    sha256      text    not null, -- of the file, hexadecimal
    source_row  integer not null, -- row of the file, from 1
    invented    integer not null, -- 0 or 1
    imported_at integer not null, -- microseconds since 1970
    primary key (series, place, year)
) without rowid;

create index observations_by_place on observations (place, year);
