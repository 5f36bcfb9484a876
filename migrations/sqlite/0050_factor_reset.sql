-- A lost second step is removed at a desk: one administrator asks, another confirms. Erasing a person removes the
-- rows about the person; who asked and who confirmed become nobody.
create table factor_resets (
    id            blob    not null primary key,              -- UUID, 16 bytes
    account_id    blob    not null references accounts (id), -- UUID, 16 bytes
    reason        text    not null,                          -- how the person showed who it is
    asked_by      blob,                                      -- UUID of an account, 16 bytes
    asked_by_name text    not null,
    asked_at      integer not null,                          -- microseconds since 1970
    state         text    not null,                          -- waiting, done or refused
    ended_by      blob,                                      -- UUID of an account, 16 bytes
    ended_by_name text    not null,
    ended_at      integer                                    -- microseconds since 1970
);

create index factor_resets_by_account on factor_resets (account_id, asked_at desc, id);
create unique index factor_resets_waiting on factor_resets (account_id) where state = 'waiting';
