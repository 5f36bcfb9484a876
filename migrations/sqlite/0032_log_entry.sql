-- The transparency log: leaves, the tree over them, signed checkpoints, what witnesses said. Nothing here is about a
-- person, and nothing is ever changed or removed: erasing a person leaves these tables as they are.

-- Leaves. One without an index waits until a server integrates it.
create table log_entries (
    id          integer not null primary key autoincrement, -- order of arrival
    entry_index integer unique,       -- place in the tree
    kind        text    not null,     -- what kind of act it records
    subject     text    not null,     -- what it is about: a noun and its identifier
    at          integer not null,     -- when it happened, microseconds since 1970
    hash        blob    not null,     -- SHA-256 after RFC 6962, 32 bytes
    leaf        text    not null      -- canonical JSON
);

create index log_entries_waiting on log_entries (id) where entry_index is null;
create index log_entries_by_subject on log_entries (subject, id desc);
create index log_entries_by_hash on log_entries (hash, id);

-- Leaves in the tree: one row, which lets one integration at a time pass.
create table log_head (
    one  integer not null primary key check (one = 1),
    size integer not null
);

insert into log_head (one, size) values (1, 0);

-- Hashes of the tree, 256 a tile; level 0 holds those of leaves.
create table log_tiles (
    level  integer not null,
    number integer not null,
    hashes blob    not null,          -- 32 bytes each
    primary key (level, number)
);

-- Signed statements about the tree.
create table log_checkpoints (
    size      integer not null primary key,
    root      blob    not null,       -- 32 bytes
    note      text    not null,       -- the signed note
    signed_at integer not null        -- microseconds since 1970
);

-- Witnesses that found a checkpoint consistent with what they saw before.
create table log_cosignatures (
    size    integer not null references log_checkpoints (size),
    witness text    not null,         -- name of its key
    line    text    not null,         -- line of the signed note
    at      integer not null,         -- microseconds since 1970
    primary key (size, witness)
);

create index log_cosignatures_by_witness on log_cosignatures (witness, size desc);

-- Other logs that this platform witnesses.
create table witnessed_logs (
    origin text    not null primary key,
    size   integer not null,
    root   blob    not null,          -- 32 bytes
    at     integer not null           -- microseconds since 1970
);
