-- Accounts of people.
create table accounts (
    id            blob    not null primary key, -- UUID, 16 bytes
    login         text    not null,             -- folded to lower case
    display_name  text    not null,
    role          text    not null,
    place         integer,                      -- KATO where the role holds; null for everywhere
    office        text    not null,
    disabled      integer not null,             -- 0 or 1
    created_at    integer not null,             -- microseconds since 1970
    password_hash text    not null              -- Argon2id, PHC string
);

create unique index accounts_login on accounts (login);

-- Signed-in browsers.
create table sessions (
    token_hash blob    not null primary key,              -- SHA-256, 32 bytes
    account_id blob    not null references accounts (id), -- UUID, 16 bytes
    created_at integer not null,                          -- microseconds since 1970
    expires_at integer not null                           -- microseconds since 1970
) without rowid;

create index sessions_by_end on sessions (expires_at);
create index sessions_by_account on sessions (account_id);
