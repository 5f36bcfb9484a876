-- Exercises in dividing a budget: consultative. A division stands under a keyed hash of the person, the key of which is
-- outside the database; when the exercise is closed, chance takes the place of the hash.

create table exercises (
    id         uuid   not null primary key, -- UUID
    place      bigint not null,             -- KATO code
    code       text collate "C" not null,             -- the word in its address
    state      text collate "C" not null,             -- draft, open or closed
    edit       bigint not null,             -- raised by one with every change
    turns      bigint not null,             -- how often a division was handed in, changes included
    document   text collate "C" not null,             -- JSON: everything, published once it is open
    created_at bigint not null,             -- microseconds since 1970
    updated_at bigint not null              -- microseconds since 1970
);

create unique index exercises_by_code on exercises (place, code);

create table exercise_answers (
    exercise uuid  not null, -- UUID of an exercise
    person   bytea not null, -- keyed hash, 32 bytes; chance once it is closed
    units    text collate "C" not null, -- JSON: units of each group, in their order
    primary key (exercise, person)
);
