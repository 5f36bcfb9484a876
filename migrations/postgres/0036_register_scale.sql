-- The register at a hundred thousand projects: whatever a list is filtered by stands in every index that a list, a count
-- or a portfolio walks, also the stage and the last news. The sums of a portfolio are walked in the order in which they
-- are divided, so that nothing is sorted. Files in the open contracting standards stand among the imports.
drop index projects_by_update;
drop index projects_by_cost;
drop index projects_by_end;
drop index projects_by_news;
drop index projects_facts;
drop index projects_sums;
drop index projects_on_map;
create index projects_by_update on projects (updated_at desc, id desc, place, status, stage, sector, kind, modality, years, level, invented,
    cost_key, ends_key, lat_e6, lon_e6, news_at);
create index projects_by_cost on projects (cost_key desc, id desc, place, status, stage, sector, kind, modality, years, level, invented,
    ends_key, lat_e6, lon_e6, news_at);
create index projects_by_end on projects (ends_key, id, place, status, stage, sector, kind, modality, years, level, invented,
    cost_key, lat_e6, lon_e6, news_at);
create index projects_by_news on projects (news_at, id, place, status, stage, sector, kind, modality, years, level, invented,
    cost_key, ends_key, lat_e6, lon_e6);
create index projects_facts on projects (id, place, status, stage, sector, kind, modality, years, level, invented,
    cost_key, ends_key, lat_e6, lon_e6, news_at, planned, paid);
create index projects_sums on projects (place, status, stage, sector, modality, kind, years, level, invented,
    cost_key, ends_key, lat_e6, lon_e6, news_at, planned, paid, id);
create index projects_on_map on projects (lat_e6, lon_e6, place, status, stage, sector, kind, modality, years, level, invented,
    cost_key, ends_key, news_at, planned, paid, id) where lat_e6 is not null;

alter table imports add column format text collate "C" not null default 'register'; -- register or open_contracting

-- Sections of dossiers that an import added or changed: the version as it left them.
create table imported_sections (
    import   uuid    not null, -- UUID of an import
    position integer not null, -- order in the file, from 0
    project  uuid    not null, -- UUID
    section  uuid    not null, -- UUID
    version  bigint not null,
    primary key (import, position)
);
