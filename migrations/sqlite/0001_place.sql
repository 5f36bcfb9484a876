-- Territories as the classifier has them, each with its term of validity.
create table places (
    id         blob    not null primary key, -- UUID, 16 bytes
    code       integer not null,             -- KATO, nine digits as a number
    parent     integer,                      -- KATO of the territory above; null at the top
    depth      integer not null,             -- steps from the top, 1 for the top-level units
    kind       text    not null,
    name_kk    text    not null,
    name_ru    text    not null,
    name_en    text    not null,
    valid_from text    not null,             -- ISO date, first day
    valid_to   text,                         -- ISO date, first day after; null while valid
    invented   integer not null,             -- 0 or 1
    folded     text    not null              -- the names folded for search, each after a bar
);

create index places_by_code on places (code, valid_from);
create index places_by_parent on places (parent, code);
