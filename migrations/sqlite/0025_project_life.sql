-- The life of projects: stages, documents of moves, the plan as amended, bills, programmes, whom they serve, partners.
alter table projects add column stage text not null default '';          -- word of the modality's stages
alter table projects add column news_at integer not null default 0;        -- microseconds since 1970
alter table projects add column beneficiaries text not null default '[]'; -- JSON list
alter table projects add column partners text not null default '[]';     -- JSON list of KATO
alter table projects add column international integer not null default 0; -- 0 or 1
alter table projects add column amended integer;                           -- tiyn, sum of project_money
alter table projects add column invoiced integer;                          -- tiyn, sum of project_money

update projects set amended = planned, news_at = coalesce(
    (select max(u.at) from project_updates u where u.project_id = projects.id), created_at
);

create index projects_by_news on projects (news_at, id, place, status, sector, kind, modality, years);
create index projects_by_manager on projects (manager, updated_at desc);

alter table project_money add column programme text not null default ''; -- administrator/programme/subprogramme
alter table project_money add column amended integer;                      -- tiyn
alter table project_money add column invoiced integer;                     -- tiyn

create index project_money_sums on project_money (place, year, source, planned, amended, paid);

alter table project_statuses add column stage text not null default '';
alter table project_statuses add column basis_kind text not null default '';
alter table project_statuses add column basis_number text not null default '';
alter table project_statuses add column basis_on text;                   -- ISO date

-- With which territories a project is shared beside its own; 0 stands for partners from abroad.
create table project_ties (
    place      integer not null,
    project_id blob not null references projects (id),
    primary key (place, project_id)
) without rowid;

create index project_ties_by_project on project_ties (project_id);
