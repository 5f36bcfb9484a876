-- A lost second step is removed at a desk: one administrator asks, another confirms. Erasing a person removes the
-- rows about the person; who asked and who confirmed become nobody.
create table factor_resets (
    id uuid not null primary key,
    account_id uuid not null references accounts (id),
    reason text collate "C" not null, -- how the person showed who it is
    asked_by uuid, -- an account
    asked_by_name text collate "C" not null,
    asked_at bigint not null, -- microseconds since 1970
    state text collate "C" not null, -- waiting, done or refused
    ended_by uuid, -- an account
    ended_by_name text collate "C" not null,
    ended_at bigint -- microseconds since 1970
);

create index factor_resets_by_account on factor_resets (account_id, asked_at desc, id);
create unique index factor_resets_waiting on factor_resets (account_id) where state = 'waiting';
