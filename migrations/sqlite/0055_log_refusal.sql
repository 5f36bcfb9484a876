-- Witnesses that did not sign the transparency log: why, until they sign again. Nothing here is about a person.
create table log_refusals (
    witness text    not null primary key, -- name of its key
    reason  text    not null,             -- silent, stranger, larger, rewritten, other
    seen    integer,                      -- entries that the witness says it saw
    size    integer not null,             -- entries of the checkpoint that it was asked about
    since   integer not null,             -- when it first answered so, microseconds since 1970
    at      integer not null              -- when it answered so last
);
