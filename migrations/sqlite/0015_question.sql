-- Questions of residents about lines of a budget, with the office's answer.
create table questions (
    id             blob    not null primary key, -- UUID, 16 bytes
    place          integer not null,             -- KATO
    year           integer not null,
    budget_id      blob,                         -- UUID, 16 bytes; null when asked beside the cube
    item           text    not null,
    code           text    not null,             -- classification code; empty for summary lines
    author         blob    not null,             -- UUID of an account, 16 bytes
    author_name    text    not null,
    lang           text    not null,
    body           text    not null,
    at             integer not null,             -- microseconds since 1970
    answer_account blob,                         -- UUID of an account, 16 bytes
    answer_office  text,
    answer_lang    text,
    answer_body    text,
    answer_at      integer,                      -- microseconds since 1970
    hidden_reason  text,
    hidden_at      integer                       -- microseconds since 1970
);

create index questions_by_place on questions (place, year, at desc, id desc);
create index questions_by_time on questions (at desc, id desc);
