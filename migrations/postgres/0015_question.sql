-- Questions of residents about lines of a budget, with the office's answer.
create table questions (
    id             uuid not null primary key,
    place          integer not null,          -- KATO
    year           smallint not null,
    budget_id      uuid,                      -- null when asked beside the cube
    item           text collate "C" not null,
    code           text collate "C" not null, -- classification code; empty for summary lines
    author         uuid not null,             -- UUID of an account
    author_name    text collate "C" not null,
    lang           text collate "C" not null,
    body           text collate "C" not null,
    at             bigint not null,           -- microseconds since 1970
    answer_account uuid,                      -- UUID of an account
    answer_office  text collate "C",
    answer_lang    text collate "C",
    answer_body    text collate "C",
    answer_at      bigint,                    -- microseconds since 1970
    hidden_reason  text collate "C",
    hidden_at      bigint                     -- microseconds since 1970
);

create index questions_by_place on questions (place, year, at desc, id desc);
create index questions_by_time on questions (at desc, id desc);
