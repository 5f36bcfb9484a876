-- Photographs of proposals lie beside those of projects: the column `project` then holds the proposal.
alter table photos add column subject text not null default 'project'; -- PhotoSubject
