-- Conversation: comments answer one another, up to three levels, on projects and on other subjects; support, reports,
-- acts of moderators, blocks, contests.
-- A person who is erased: comments lose author, name and words (as a tombstone), supports, reports, contests and
-- blocks of the person are removed, acts lose the person they were about and the moderator they were by.

alter table comments alter column project_id drop not null;
alter table comments add column subject text collate "C"; -- null on a project, otherwise kind and identifier
alter table comments add column about_kk text collate "C"; -- name of the subject when it is no project
alter table comments add column about_ru text collate "C";
alter table comments add column about_en text collate "C";
alter table comments add column parent uuid; -- what it answers
alter table comments add column thread uuid; -- the comment that began it all; itself for one that answers nothing
alter table comments add column depth smallint not null default 0; -- 0 to 2
alter table comments add column edited_at bigint; -- microseconds since 1970
alter table comments add column removed_at bigint; -- when the author took it back; the words are gone
alter table comments add column pinned smallint not null default 0; -- 1: stands before others beside it
alter table comments add column answered smallint not null default 0; -- 1: an office speaks in the thread
alter table comments add column n_support integer not null default 0;
alter table comments add column n_replies integer not null default 0; -- in the whole thread, kept at its first comment
alter table comments add column n_reports integer not null default 0;
alter table comments add column waiting smallint not null default 0; -- 1: shown to its author and moderators only
alter table comments add column queued_at bigint; -- since when a moderator should look; null: nobody need
alter table comments add column queue_why text collate "C" not null default ''; -- codes with commas
alter table comments add column score smallint not null default 0; -- of the explainable spam score, 0 to 100
alter table comments add column score_why text collate "C" not null default '[]'; -- features with weights, JSON
alter table comments add column wording text collate "C" not null default ''; -- fingerprint of the words
alter table comments add column hidden_code text collate "C"; -- code of the reason
alter table comments add column links smallint not null default 0; -- 1: addresses in the words may be followed
update comments set thread = id, pinned = official::integer, answered = official::integer;
alter table comments alter column thread set not null;

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
    comment uuid   not null references comments (id),
    account uuid   not null,
    at      bigint not null, -- microseconds since 1970
    primary key (comment, account)
);

create index comment_supports_by_account on comment_supports (account);

create table comment_reports (
    comment uuid     not null references comments (id),
    account uuid     not null,
    reason  text collate "C" not null, -- code
    words   text collate "C" not null, -- may be empty
    at      bigint   not null, -- microseconds since 1970
    weighs  smallint not null, -- 1: the person has a history here
    primary key (comment, account)
);

create index comment_reports_by_account on comment_reports (account);

-- What moderators did. Never changed.
create table moderation_acts (
    id      uuid    not null primary key,
    comment uuid,   -- null when it is about a person
    about   uuid,   -- account the act is about
    place   integer not null, -- KATO
    kind    text collate "C" not null,
    code    text collate "C" not null, -- code of the reason; empty without one
    words   text collate "C" not null, -- the reason in words
    act_by  uuid,   -- account of the moderator
    at      bigint  not null, -- microseconds since 1970
    month   text collate "C" not null, -- year and month where the platform is
    batch   uuid    -- acts that were done together
);

create index moderation_acts_by_comment on moderation_acts (comment, at desc);
create index moderation_acts_by_about on moderation_acts (about, at desc);
create index moderation_acts_by_by on moderation_acts (act_by);
create index moderation_acts_by_month on moderation_acts (month, place);
create index moderation_acts_by_batch on moderation_acts (batch) where batch is not null;

create table comment_blocks (
    id       uuid     not null primary key,
    account  uuid     not null,
    place    integer  not null, -- KATO: here and below
    since    bigint   not null, -- microseconds since 1970
    until    bigint,  -- null: for good
    hides    smallint not null, -- 1: what was written is hidden, too
    code     text collate "C" not null,
    words    text collate "C" not null,
    block_by uuid,
    ended_at bigint   -- lifted by a moderator
);

create index comment_blocks_by_account on comment_blocks (account, since desc);
create index comment_blocks_by_by on comment_blocks (block_by);

-- The author's word against a hiding: once.
create table comment_contests (
    comment  uuid    not null primary key references comments (id),
    account  uuid    not null,
    place    integer not null, -- KATO
    words    text collate "C" not null,
    at       bigint  not null, -- microseconds since 1970
    against  uuid,   -- moderator who hid it
    ruled_at bigint,
    ruled_by uuid,
    granted  smallint, -- 1: shown again
    ruling   text collate "C" -- words of the ruling
);

create index comment_contests_by_account on comment_contests (account);
create index comment_contests_open on comment_contests (at) where ruled_at is null;
