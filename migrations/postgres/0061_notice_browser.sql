-- Several browsers of one person, each with words by which the person knows it again; addresses of feeds that a person
-- had made anew.
-- A person who is erased: both go.
alter table notice_addresses add column words text collate "C" not null default ''; -- such as Firefox, Linux

create table notice_feeds (
    account_id uuid not null primary key, -- UUID of an account
    renewed bigint not null -- how often: part of what proves the address
);
