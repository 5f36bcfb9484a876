-- Requests of persons to have their record corrected.
-- A person who is erased: the person's requests are removed; where the person decided as a clerk the name goes.
create table corrections (
    id              blob not null primary key, -- UUID, 16 bytes
    account_id      blob not null,             -- whose record: UUID of an account
    place           integer,                     -- KATO where the person lives, when it is known
    field           text not null,               -- name, place, born_on, identity, contact or other
    wanted          text not null,               -- what should stand there; a name is set by the decision
    words           text not null,               -- what is wrong, and what shows it
    asked_at        integer not null,               -- microseconds since 1970
    due_on          text not null,               -- ISO date by which it is to be decided
    state           text not null,               -- open, granted, refused or withdrawn
    reason          text not null,               -- of the decision; the person reads it
    decided_by      blob,                        -- UUID of an account
    decided_by_name text not null,               -- office or name
    decided_at      integer                         -- microseconds since 1970
);

create index corrections_by_account on corrections (account_id, asked_at desc, id);
create index corrections_open on corrections (due_on, id) where state = 'open';
