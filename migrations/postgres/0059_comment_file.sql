-- What people attach to comments: pictures encoded anew, documents as they came. The bytes lie in parts of 64 KiB beside
-- their record, written in one transaction with the comment.
-- A person who is erased: records and bytes are removed, as they are when the author takes the comment back.
create table comment_files (
    id           uuid    not null primary key,
    comment      uuid    not null,             -- UUID of a comment
    author       uuid    not null,             -- UUID of an account
    nth          integer not null,             -- 1 for the first of its comment
    kind         text collate "C" not null,             -- picture, or a kind of document: pdf, docx, ...
    title        text collate "C" not null,             -- name of a document as sent, without folders; empty for a picture
    sha256       text collate "C" not null,             -- of the file as it was sent
    n_bytes      integer not null,             -- of what is given out
    width        integer not null,             -- pixels; 0 for a document
    height       integer not null,
    thumb_width  integer not null,             -- of the picture for lists
    thumb_height integer not null,
    thumb_bytes  integer not null,
    at           bigint  not null              -- microseconds since 1970
);

create index comment_files_by_comment on comment_files (comment, nth);
create index comment_files_by_author on comment_files (author);

create table comment_file_parts (
    file  uuid    not null,
    size  text collate "C" not null, -- whole or thumb
    part  integer not null, -- from 0
    bytes bytea   not null,
    primary key (file, size, part)
);
