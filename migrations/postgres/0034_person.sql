-- Who a person is, as far as somebody checked it; roles by territory; who looked at whose record.
-- A person who is erased: verifications keep the keyed hash and nothing else, for the term in data/identity; grants of
-- the person and looks at the person's record are removed; where the person acted for others the name goes.

create table verifications (
    id               uuid not null primary key,
    account_id       uuid,                         -- UUID of an account; null once erased
    level            smallint not null,             -- 2 or 3
    way              text collate "C" not null,             -- desk, list, post or provider
    state            text collate "C" not null,             -- waiting, code_sent, valid, ended or erased
    place            integer,                      -- KATO where the person lives
    born_on          text collate "C",                         -- ISO date
    identity         text collate "C",                         -- HMAC-SHA-256 of the national identifier, hexadecimal
    document         text collate "C" not null,             -- kind of the document that was seen
    made_by          uuid,                         -- UUID of an account
    made_by_name     text collate "C" not null,             -- office or name
    seconded_by      uuid,                         -- UUID of an account
    seconded_by_name text collate "C" not null,             -- office or name
    code_hash        text collate "C",                         -- SHA-256 of the code in a letter, hexadecimal
    attempts         smallint not null,             -- wrong codes so far
    at               bigint  not null,             -- microseconds since 1970
    until            bigint ,                      -- microseconds since 1970
    ended_at         bigint ,                      -- microseconds since 1970; of an erased one, when it was erased
    version          integer not null
);

-- One person, one account: the only constraint of persons that spans territories.
create unique index verifications_identity on verifications (identity) where identity is not null;
create index verifications_by_account on verifications (account_id, at desc, id);
create index verifications_open on verifications (at desc, id) where state = 'waiting';

create table role_grants (
    id              uuid not null primary key,
    account_id      uuid not null,             -- UUID of an account
    role            text collate "C" not null,
    place           integer not null,             -- KATO: here and below
    office          text collate "C" not null,             -- in whose name the person then speaks
    granted_by      uuid,                         -- UUID of an account
    granted_by_name text collate "C" not null,             -- office or name
    delegated       boolean not null, -- out of the giver's own role
    reason          text collate "C" not null,
    valid_from      bigint  not null,             -- microseconds since 1970
    valid_until     bigint  not null,             -- microseconds since 1970
    granted_at      bigint  not null,             -- microseconds since 1970
    revoked_at      bigint                        -- microseconds since 1970
);

create index role_grants_by_account on role_grants (account_id, granted_at desc, id);
create index role_grants_by_giver on role_grants (granted_by, granted_at desc, id);

create table access_records (
    id          uuid not null primary key,
    subject     uuid not null,             -- UUID of the account that was looked at
    reader      uuid,                         -- UUID of an account
    reader_name text collate "C" not null,             -- office or name
    act         text collate "C" not null,             -- what was done: code
    reason      text collate "C" not null,
    at          bigint  not null              -- microseconds since 1970
);

create index access_records_by_subject on access_records (subject, at desc, id desc);
create index access_records_by_time on access_records (at);
