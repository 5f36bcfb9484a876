-- The life of projects: stages, documents of moves, the plan as amended, bills, programmes, whom they serve, partners.
alter table projects add column stage text collate "C" not null default '';          -- word of the modality's stages
alter table projects add column news_at bigint not null default 0;        -- microseconds since 1970
alter table projects add column beneficiaries text collate "C" not null default '[]'; -- JSON list
alter table projects add column partners text collate "C" not null default '[]';     -- JSON list of KATO
alter table projects add column international boolean not null default false; -- yes or no
alter table projects add column amended bigint;                           -- tiyn, sum of project_money
alter table projects add column invoiced bigint;                          -- tiyn, sum of project_money

update projects set amended = planned, news_at = coalesce(
    (select max(u.at) from project_updates u where u.project_id = projects.id), created_at
);

create index projects_by_news on projects (news_at, id, place, status, sector, kind, modality, years);
create index projects_by_manager on projects (manager, updated_at desc);

alter table project_money add column programme text collate "C" not null default ''; -- administrator/programme/subprogramme
alter table project_money add column amended bigint;                      -- tiyn
alter table project_money add column invoiced bigint;                     -- tiyn

create index project_money_sums on project_money (place, year, source, planned, amended, paid);

alter table project_statuses add column stage text collate "C" not null default '';
alter table project_statuses add column basis_kind text collate "C" not null default '';
alter table project_statuses add column basis_number text collate "C" not null default '';
alter table project_statuses add column basis_on text collate "C";                   -- ISO date

-- With which territories a project is shared beside its own; 0 stands for partners from abroad.
create table project_ties (
    place      integer not null,
    project_id uuid not null references projects (id),
    primary key (place, project_id)
);

create index project_ties_by_project on project_ties (project_id);
