-- What proves that somebody is whose account it is. Erasing a person removes every row of that account here, and the
-- codes that were sent to the person's addresses.

-- Addresses that an account was shown to hold. An address is of one account.
create table contacts (
    id uuid not null primary key,
    account_id uuid not null references accounts (id),
    kind text collate "C" not null, -- email or phone
    address text collate "C" not null, -- as it is written to
    address_key text collate "C" not null, -- folded: what makes two addresses one
    lang text collate "C" not null, -- kk, ru or en: what is written there
    confirmed_at bigint not null -- microseconds since 1970
);

create unique index contacts_by_address on contacts (kind, address_key);
create index contacts_by_account on contacts (account_id, confirmed_at, id);

-- Codes that were sent, and sign-ins that wait for a second factor. Removed a day after they end.
create table one_time_codes (
    id uuid not null primary key,
    purpose text collate "C" not null, -- sign_in, add_contact, reset or second_factor
    kind text collate "C" not null, -- email or phone
    address text collate "C" not null, -- where the code went; for a second factor how the first was given
    address_key text collate "C" not null, -- folded
    lang text collate "C" not null, -- kk, ru or en
    account_id uuid, -- whose, when that is known
    code_hash bytea not null, -- HMAC-SHA-256 with a key outside the database
    attempts bigint not null,
    created_at bigint not null, -- microseconds since 1970
    expires_at bigint not null, -- microseconds since 1970
    used_at bigint -- microseconds since 1970
);

create index one_time_codes_by_address on one_time_codes (kind, address_key, created_at);
create index one_time_codes_by_end on one_time_codes (expires_at);

-- Sessions can be told apart by their person.
alter table sessions add column device text collate "C" not null default ''; -- words such as Firefox, Linux
alter table sessions add column way text collate "C" not null default 'password'; -- password, code, passkey or provider
alter table sessions add column seen_at bigint not null default 0; -- to ten minutes; microseconds since 1970
alter table sessions add column issuer text collate "C" not null default ''; -- the identity provider, when it signed in
alter table sessions add column subject text collate "C" not null default ''; -- the person there
alter table sessions add column provider_session text collate "C" not null default ''; -- the session there

create index sessions_by_subject on sessions (issuer, subject) where issuer <> '';

-- Browsers that an account has signed in from.
create table known_devices (
    account_id uuid not null references accounts (id),
    device_hash bytea not null, -- SHA-256 of what the browser keeps
    words text collate "C" not null, -- such as Firefox, Linux
    first_seen_at bigint not null, -- microseconds since 1970
    last_seen_at bigint not null, -- microseconds since 1970
    primary key (account_id, device_hash)
);

-- Second factors by time (RFC 6238).
create table second_factors (
    account_id uuid not null primary key references accounts (id),
    secret bytea not null, -- sealed with a key outside the database
    created_at bigint not null, -- microseconds since 1970
    confirmed_at bigint, -- microseconds since 1970; not asked for before
    last_step bigint not null -- the latest step of time whose code was used
);

-- Codes for the day when the second factor is lost; each works once.
create table recovery_codes (
    account_id uuid not null references accounts (id),
    code_hash bytea not null, -- HMAC-SHA-256 with a key outside the database
    used_at bigint, -- microseconds since 1970
    primary key (account_id, code_hash)
);

-- Keys that a device keeps (WebAuthn); here is only what checks them.
create table passkeys (
    id uuid not null primary key,
    account_id uuid not null references accounts (id),
    credential_id bytea not null, -- as the device names the key
    public_key bytea not null, -- point on P-256, 65 bytes
    sign_count bigint not null,
    name text collate "C" not null, -- what the person calls it
    created_at bigint not null, -- microseconds since 1970
    last_used_at bigint -- microseconds since 1970
);

create unique index passkeys_by_credential on passkeys (credential_id);
create index passkeys_by_account on passkeys (account_id, created_at, id);

-- Who an account is at an identity provider.
create table provider_identities (
    issuer text collate "C" not null,
    subject text collate "C" not null,
    account_id uuid not null references accounts (id),
    level bigint not null, -- of assurance, 1 to 3
    linked_at bigint not null, -- microseconds since 1970
    primary key (issuer, subject)
);

create index provider_identities_by_account on provider_identities (account_id, issuer, subject);
