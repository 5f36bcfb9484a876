-- What comments have in common beside their words, for a short time; and what moderators hid by such a pattern.
-- A person who is erased: traces of the person's comments are removed. Patterns name nobody.
create table comment_traces (
    comment uuid not null primary key,  -- UUID of a comment
    address text not null,                -- keyed hash of the address it came from, hexadecimal
    device  text not null,                -- keyed hash of what the browser says of itself, hexadecimal
    at      bigint not null                 -- microseconds since 1970
);

create index comment_traces_by_address on comment_traces (address, at);
create index comment_traces_by_device on comment_traces (device, at);
create index comment_traces_by_age on comment_traces (at);

create table comment_patterns (
    batch     uuid not null primary key, -- by which the acts on single comments are found
    pattern   text not null,               -- address, device or wording
    place     integer not null,            -- KATO of the moderator
    n         integer not null,            -- comments that were hidden
    month     text not null,               -- such as 2026-11
    at        bigint not null,               -- microseconds since 1970
    undone_at bigint                         -- when it was undone
);

create index comment_patterns_by_age on comment_patterns (at);
