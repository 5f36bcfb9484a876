-- Appraisals of projects: every saving is a new version, a version never changes but for its signature.
create table appraisals (
    id         blob    not null primary key, -- UUID, 16 bytes
    project    blob    not null,             -- UUID of a project, 16 bytes
    place      integer not null,             -- KATO of the project on that day
    version    integer not null,             -- from 1 for each project
    npv        integer,                      -- net present value, tiyn; null when there is none
    npv_low    integer,                      -- with every impact at its unfavourable end
    npv_high   integer,                      -- with every impact at its favourable end
    bcr_e4     integer,                      -- benefit-cost ratio, ten-thousandths
    document   text    not null,             -- JSON, AppraisalDocument
    drafted_by text    not null,             -- office and name
    drafted_at integer not null,             -- microseconds since 1970
    signed_by  text,                         -- office and name; null for a draft
    signed_at  integer                       -- microseconds since 1970
);

create unique index appraisals_by_project on appraisals (project, version);
create index appraisals_by_place on appraisals (place);
