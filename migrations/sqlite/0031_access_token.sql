-- Keys by which systems of an office speak for an account; the key itself is kept nowhere.
create table access_tokens (
    id         blob    not null primary key,              -- UUID, 16 bytes
    account_id blob    not null references accounts (id), -- UUID, 16 bytes
    name       text    not null,                          -- which system it is for
    token_hash blob    not null,                          -- SHA-256, 32 bytes
    created_at integer not null,                          -- microseconds since 1970
    expires_at integer not null,                          -- microseconds since 1970
    revoked_at integer                                    -- microseconds since 1970
);

create unique index access_tokens_by_hash on access_tokens (token_hash);
create index access_tokens_by_account on access_tokens (account_id, created_at desc, id);
