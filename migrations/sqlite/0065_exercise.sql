-- Exercises in dividing a budget: consultative. A division stands under a keyed hash of the person, the key of which is
-- outside the database; when the exercise is closed, chance takes the place of the hash.

create table exercises (
    id         blob    not null primary key, -- UUID, 16 bytes
    place      integer not null,             -- KATO code
    code       text    not null,             -- the word in its address
    state      text    not null,             -- draft, open or closed
    edit       integer not null,             -- raised by one with every change
    turns      integer not null,             -- how often a division was handed in, changes included
    document   text    not null,             -- JSON: everything, published once it is open
    created_at integer not null,             -- microseconds since 1970
    updated_at integer not null              -- microseconds since 1970
);

create unique index exercises_by_code on exercises (place, code);

create table exercise_answers (
    exercise blob not null, -- UUID of an exercise, 16 bytes
    person   blob not null, -- keyed hash, 32 bytes; chance once it is closed
    units    text not null, -- JSON: units of each group, in their order
    primary key (exercise, person)
) without rowid;
