-- Keys by which systems of an office speak for an account; the key itself is kept nowhere.
create table access_tokens (
    id         uuid   not null primary key,
    account_id uuid   not null references accounts (id),
    name       text collate "C" not null, -- which system it is for
    token_hash bytea  not null,           -- SHA-256, 32 bytes
    created_at bigint not null,           -- microseconds since 1970
    expires_at bigint not null,           -- microseconds since 1970
    revoked_at bigint                     -- microseconds since 1970
);

create unique index access_tokens_by_hash on access_tokens (token_hash);
create index access_tokens_by_account on access_tokens (account_id, created_at desc, id);
