-- Territories as the classifier has them, each with its term of validity.
create table places (
    id         uuid not null primary key,
    code       integer not null,          -- KATO, nine digits as a number
    parent     integer,                   -- KATO of the territory above; null at the top
    depth      smallint not null,         -- steps from the top, 1 for the top-level units
    kind       text collate "C" not null,
    name_kk    text collate "C" not null,
    name_ru    text collate "C" not null,
    name_en    text collate "C" not null,
    valid_from text collate "C" not null, -- ISO date, first day
    valid_to   text collate "C",          -- ISO date, first day after; null while valid
    invented   boolean not null,
    folded     text collate "C" not null  -- the names folded for search, each after a bar
);

create index places_by_code on places (code, valid_from);
create index places_by_parent on places (parent, code);
