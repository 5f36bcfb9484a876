-- Who a person is, as far as somebody checked it; roles by territory; who looked at whose record.
-- A person who is erased: verifications keep the keyed hash and nothing else, for the term in data/identity; grants of
-- the person and looks at the person's record are removed; where the person acted for others the name goes.

create table verifications (
    id               blob    not null primary key, -- UUID, 16 bytes
    account_id       blob,                         -- UUID of an account, 16 bytes; null once erased
    level            integer not null,             -- 2 or 3
    way              text    not null,             -- desk, list, post or provider
    state            text    not null,             -- waiting, code_sent, valid, ended or erased
    place            integer,                      -- KATO where the person lives
    born_on          text,                         -- ISO date
    identity         text,                         -- HMAC-SHA-256 of the national identifier, hexadecimal
    document         text    not null,             -- kind of the document that was seen
    made_by          blob,                         -- UUID of an account, 16 bytes
    made_by_name     text    not null,             -- office or name
    seconded_by      blob,                         -- UUID of an account, 16 bytes
    seconded_by_name text    not null,             -- office or name
    code_hash        text,                         -- SHA-256 of the code in a letter, hexadecimal
    attempts         integer not null,             -- wrong codes so far
    at               integer not null,             -- microseconds since 1970
    until            integer,                      -- microseconds since 1970
    ended_at         integer,                      -- microseconds since 1970; of an erased one, when it was erased
    version          integer not null
);

-- One person, one account: the only constraint of persons that spans territories.
create unique index verifications_identity on verifications (identity) where identity is not null;
create index verifications_by_account on verifications (account_id, at desc, id);
create index verifications_open on verifications (at desc, id) where state = 'waiting';

create table role_grants (
    id              blob    not null primary key, -- UUID, 16 bytes
    account_id      blob    not null,             -- UUID of an account, 16 bytes
    role            text    not null,
    place           integer not null,             -- KATO: here and below
    office          text    not null,             -- in whose name the person then speaks
    granted_by      blob,                         -- UUID of an account, 16 bytes
    granted_by_name text    not null,             -- office or name
    delegated       integer not null,             -- 0 or 1: out of the giver's own role
    reason          text    not null,
    valid_from      integer not null,             -- microseconds since 1970
    valid_until     integer not null,             -- microseconds since 1970
    granted_at      integer not null,             -- microseconds since 1970
    revoked_at      integer                       -- microseconds since 1970
);

create index role_grants_by_account on role_grants (account_id, granted_at desc, id);
create index role_grants_by_giver on role_grants (granted_by, granted_at desc, id);

create table access_records (
    id          blob    not null primary key, -- UUID, 16 bytes
    subject     blob    not null,             -- UUID of the account that was looked at, 16 bytes
    reader      blob,                         -- UUID of an account, 16 bytes
    reader_name text    not null,             -- office or name
    act         text    not null,             -- what was done: code
    reason      text    not null,
    at          integer not null              -- microseconds since 1970
);

create index access_records_by_subject on access_records (subject, at desc, id desc);
create index access_records_by_time on access_records (at);
