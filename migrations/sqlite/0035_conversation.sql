-- Conversation: comments answer one another, up to three levels, on projects and on other subjects; support, reports,
-- acts of moderators, blocks, contests.
-- A person who is erased: comments lose author, name and words (as a tombstone), supports, reports, contests and
-- blocks of the person are removed, acts lose the person they were about and the moderator they were by.

create table comments_of_0035 (
    id            blob    not null primary key,     -- UUID, 16 bytes
    project_id    blob    references projects (id), -- UUID, 16 bytes; null on another subject
    author        blob    not null,                 -- UUID of an account, 16 bytes
    author_name   text    not null,
    official      integer not null,                 -- 0 or 1
    lang          text    not null,
    body          text    not null,
    at            integer not null,                 -- microseconds since 1970
    hidden_reason text,                             -- null while shown
    hidden_at     integer,                          -- microseconds since 1970
    place         integer not null,                 -- KATO of the subject
    subject       text,                             -- null on a project, otherwise kind and identifier
    about_kk      text,                             -- name of the subject when it is no project
    about_ru      text,
    about_en      text,
    parent        blob,                             -- what it answers
    thread        blob    not null,                 -- the comment that began it all; itself for one that answers nothing
    depth         integer not null default 0,       -- 0 to 2
    edited_at     integer,                          -- microseconds since 1970
    removed_at    integer,                          -- when the author took it back; the words are gone
    pinned        integer not null default 0,       -- 1: stands before others beside it
    answered      integer not null default 0,       -- 1: an office speaks in the thread
    n_support     integer not null default 0,
    n_replies     integer not null default 0,       -- in the whole thread, kept at its first comment
    n_reports     integer not null default 0,
    waiting       integer not null default 0,       -- 1: shown to its author and moderators only
    queued_at     integer,                          -- since when a moderator should look; null: nobody need
    queue_why     text    not null default '',      -- codes with commas
    score         integer not null default 0,       -- of the explainable spam score, 0 to 100
    score_why     text    not null default '[]',    -- features with weights, JSON
    wording       text    not null default '',      -- fingerprint of the words
    hidden_code   text,                             -- code of the reason
    links         integer not null default 0        -- 1: addresses in the words may be followed
);

insert into comments_of_0035 (id, project_id, author, author_name, official, lang, body, at, hidden_reason,
    hidden_at, place, thread, pinned, answered)
select id, project_id, author, author_name, official, lang, body, at, hidden_reason, hidden_at, place, id, official,
    official from comments;
drop table comments;
alter table comments_of_0035 rename to comments;

create index comments_by_project on comments (project_id, at desc, id desc);
create index comments_by_region on comments ((place / 10000000), at desc, id desc);
create index comments_by_district on comments ((place / 100000), at desc, id desc);
create index comments_by_okrug on comments ((place / 1000), at desc, id desc);
create index comments_by_locality on comments ((place / 100), at desc, id desc);
create index comments_by_place on comments (place, at desc, id desc);
create index comments_new on comments (project_id, pinned desc, at desc, id desc) where parent is null;
create index comments_supported on comments (project_id, pinned desc, n_support desc, at desc, id desc)
    where parent is null;
create index comments_answered on comments (project_id, answered desc, at desc, id desc) where parent is null;
create index comments_subject_new on comments (subject, pinned desc, at desc, id desc)
    where parent is null and subject is not null;
create index comments_subject_supported on comments (subject, pinned desc, n_support desc, at desc, id desc)
    where parent is null and subject is not null;
create index comments_subject_answered on comments (subject, answered desc, at desc, id desc)
    where parent is null and subject is not null;
create index comments_by_thread on comments (thread, pinned desc, at, id) where parent is not null;
create index comments_by_author on comments (author, at desc);
create index comments_queue on comments (queued_at, id) where queued_at is not null;
create index comments_wording on comments (wording, at desc) where wording <> '';

create table comment_supports (
    comment blob   not null references comments (id),
    account blob   not null,
    at      integer not null, -- microseconds since 1970
    primary key (comment, account)
);

create index comment_supports_by_account on comment_supports (account);

create table comment_reports (
    comment blob     not null references comments (id),
    account blob     not null,
    reason  text not null, -- code
    words   text not null, -- may be empty
    at      integer   not null, -- microseconds since 1970
    weighs  integer not null, -- 1: the person has a history here
    primary key (comment, account)
);

create index comment_reports_by_account on comment_reports (account);

-- What moderators did. Never changed.
create table moderation_acts (
    id      blob    not null primary key,
    comment blob,   -- null when it is about a person
    about   blob,   -- account the act is about
    place   integer not null, -- KATO
    kind    text not null,
    code    text not null, -- code of the reason; empty without one
    words   text not null, -- the reason in words
    act_by  blob,   -- account of the moderator
    at      integer  not null, -- microseconds since 1970
    month   text not null, -- year and month where the platform is
    batch   blob    -- acts that were done together
);

create index moderation_acts_by_comment on moderation_acts (comment, at desc);
create index moderation_acts_by_about on moderation_acts (about, at desc);
create index moderation_acts_by_by on moderation_acts (act_by);
create index moderation_acts_by_month on moderation_acts (month, place);
create index moderation_acts_by_batch on moderation_acts (batch) where batch is not null;

create table comment_blocks (
    id       blob     not null primary key,
    account  blob     not null,
    place    integer  not null, -- KATO: here and below
    since    integer   not null, -- microseconds since 1970
    until    integer,  -- null: for good
    hides    integer not null, -- 1: what was written is hidden, too
    code     text not null,
    words    text not null,
    block_by blob,
    ended_at integer   -- lifted by a moderator
);

create index comment_blocks_by_account on comment_blocks (account, since desc);
create index comment_blocks_by_by on comment_blocks (block_by);

-- The author's word against a hiding: once.
create table comment_contests (
    comment  blob    not null primary key references comments (id),
    account  blob    not null,
    place    integer not null, -- KATO
    words    text not null,
    at       integer  not null, -- microseconds since 1970
    against  blob,   -- moderator who hid it
    ruled_at integer,
    ruled_by blob,
    granted  integer, -- 1: shown again
    ruling   text -- words of the ruling
);

create index comment_contests_by_account on comment_contests (account);
create index comment_contests_open on comment_contests (at) where ruled_at is null;
