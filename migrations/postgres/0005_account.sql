-- Accounts of people.
create table accounts (
    id            uuid not null primary key,
    login         text collate "C" not null, -- folded to lower case
    display_name  text collate "C" not null,
    role          text collate "C" not null,
    place         integer,                   -- KATO where the role holds; null for everywhere
    office        text collate "C" not null,
    disabled      boolean not null,
    created_at    bigint not null,           -- microseconds since 1970
    password_hash text collate "C" not null  -- Argon2id, PHC string
);

-- See projects_number: a login of any length.
create unique index accounts_login on accounts (left(login, 200), hashtextextended(login, 0));

-- Signed-in browsers.
create table sessions (
    token_hash bytea not null primary key,             -- SHA-256, 32 bytes
    account_id uuid not null references accounts (id),
    created_at bigint not null,                        -- microseconds since 1970
    expires_at bigint not null                         -- microseconds since 1970
);

create index sessions_by_end on sessions (expires_at);
create index sessions_by_account on sessions (account_id);
