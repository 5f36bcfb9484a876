-- Appraisals of projects: every saving is a new version, a version never changes but for its signature.
create table appraisals (
    id         uuid    not null primary key,
    project    uuid    not null,             -- UUID of a project
    place      integer not null,             -- KATO of the project on that day
    version    integer not null,             -- from 1 for each project
    npv        bigint,                       -- net present value, tiyn; null when there is none
    npv_low    bigint,                       -- with every impact at its unfavourable end
    npv_high   bigint,                       -- with every impact at its favourable end
    bcr_e4     bigint,                       -- benefit-cost ratio, ten-thousandths
    document   text collate "C" not null,    -- JSON, AppraisalDocument
    drafted_by text collate "C" not null,    -- office and name
    drafted_at bigint  not null,             -- microseconds since 1970
    signed_by  text collate "C",             -- office and name; null for a draft
    signed_at  bigint                        -- microseconds since 1970
);

create unique index appraisals_by_project on appraisals (project, version);
create index appraisals_by_place on appraisals (place);
