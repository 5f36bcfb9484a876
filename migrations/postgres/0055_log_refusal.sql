-- Witnesses that did not sign the transparency log: why, until they sign again. Nothing here is about a person.
create table log_refusals (
    witness text   not null primary key, -- name of its key
    reason  text   not null,             -- silent, stranger, larger, rewritten, other
    seen    bigint,                      -- entries that the witness says it saw
    size    bigint not null,             -- entries of the checkpoint that it was asked about
    since   bigint not null,             -- when it first answered so, microseconds since 1970
    at      bigint not null              -- when it answered so last
);
