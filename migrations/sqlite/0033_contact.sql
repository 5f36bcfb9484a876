-- What proves that somebody is whose account it is. Erasing a person removes every row of that account here, and the
-- codes that were sent to the person's addresses.

-- Addresses that an account was shown to hold. An address is of one account.
create table contacts (
    id           blob    not null primary key,              -- UUID, 16 bytes
    account_id   blob    not null references accounts (id), -- UUID, 16 bytes
    kind         text    not null,                          -- email or phone
    address      text    not null,                          -- as it is written to
    address_key  text    not null,                          -- folded: what makes two addresses one
    lang         text    not null,                          -- kk, ru or en: what is written there
    confirmed_at integer not null                           -- microseconds since 1970
);

create unique index contacts_by_address on contacts (kind, address_key);
create index contacts_by_account on contacts (account_id, confirmed_at, id);

-- Codes that were sent, and sign-ins that wait for a second factor. Removed a day after they end.
create table one_time_codes (
    id          blob    not null primary key, -- UUID, 16 bytes
    purpose     text    not null,             -- sign_in, add_contact, reset or second_factor
    kind        text    not null,             -- email or phone
    address     text    not null,             -- where the code went; for a second factor how the first was given
    address_key text    not null,             -- folded
    lang        text    not null,             -- kk, ru or en
    account_id  blob,                         -- whose, when that is known
    code_hash   blob    not null,             -- HMAC-SHA-256 with a key outside the database
    attempts    integer not null,
    created_at  integer not null,             -- microseconds since 1970
    expires_at  integer not null,             -- microseconds since 1970
    used_at     integer                       -- microseconds since 1970
);

create index one_time_codes_by_address on one_time_codes (kind, address_key, created_at);
create index one_time_codes_by_end on one_time_codes (expires_at);

-- Sessions can be told apart by their person.
alter table sessions add column device text not null default '';      -- words such as Firefox, Linux
alter table sessions add column way text not null default 'password'; -- password, code, passkey or provider
alter table sessions add column seen_at integer not null default 0;   -- to ten minutes; microseconds since 1970
alter table sessions add column issuer text not null default '';      -- the identity provider, when it signed in
alter table sessions add column subject text not null default '';     -- the person there
alter table sessions add column provider_session text not null default ''; -- the session there

create index sessions_by_subject on sessions (issuer, subject) where issuer <> '';

-- Browsers that an account has signed in from.
create table known_devices (
    account_id    blob    not null references accounts (id), -- UUID, 16 bytes
    device_hash   blob    not null,                          -- SHA-256 of what the browser keeps
    words         text    not null,                          -- such as Firefox, Linux
    first_seen_at integer not null,                          -- microseconds since 1970
    last_seen_at  integer not null,                          -- microseconds since 1970
    primary key (account_id, device_hash)
) without rowid;

-- Second factors by time (RFC 6238).
create table second_factors (
    account_id   blob    not null primary key references accounts (id), -- UUID, 16 bytes
    secret       blob    not null, -- sealed with a key outside the database
    created_at   integer not null, -- microseconds since 1970
    confirmed_at integer,          -- microseconds since 1970; not asked for before
    last_step    integer not null  -- the latest step of time whose code was used
) without rowid;

-- Codes for the day when the second factor is lost; each works once.
create table recovery_codes (
    account_id blob    not null references accounts (id), -- UUID, 16 bytes
    code_hash  blob    not null,                          -- HMAC-SHA-256 with a key outside the database
    used_at    integer,                                   -- microseconds since 1970
    primary key (account_id, code_hash)
) without rowid;

-- Keys that a device keeps (WebAuthn); here is only what checks them.
create table passkeys (
    id            blob    not null primary key,              -- UUID, 16 bytes
    account_id    blob    not null references accounts (id), -- UUID, 16 bytes
    credential_id blob    not null,                          -- as the device names the key
    public_key    blob    not null,                          -- point on P-256, 65 bytes
    sign_count    integer not null,
    name          text    not null,                          -- what the person calls it
    created_at    integer not null,                          -- microseconds since 1970
    last_used_at  integer                                    -- microseconds since 1970
);

create unique index passkeys_by_credential on passkeys (credential_id);
create index passkeys_by_account on passkeys (account_id, created_at, id);

-- Who an account is at an identity provider.
create table provider_identities (
    issuer     text    not null,
    subject    text    not null,
    account_id blob    not null references accounts (id), -- UUID, 16 bytes
    level      integer not null,                          -- of assurance, 1 to 3
    linked_at  integer not null,                          -- microseconds since 1970
    primary key (issuer, subject)
) without rowid;

create index provider_identities_by_account on provider_identities (account_id, issuer, subject);
