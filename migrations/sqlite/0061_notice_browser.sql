-- Several browsers of one person, each with words by which the person knows it again; addresses of feeds that a person
-- had made anew.
-- A person who is erased: both go.
alter table notice_addresses add column words text not null default ''; -- such as Firefox, Linux

create table notice_feeds (
    account_id blob    not null primary key, -- UUID of an account, 16 bytes
    renewed    integer not null              -- how often: part of what proves the address
) without rowid;
