-- What was predicted about projects, as published; never changed, a later prediction stands beside it.
create table outcome_predictions (
    id             blob not null primary key,
    project        blob not null,
    place          integer not null,          -- KATO of the project on that day
    target         text not null, -- delay, cost_growth or completed
    probability_e4 integer,                    -- ten-thousandths; null when refused
    point_e4       integer,                    -- ten-thousandths of the unit of the target; null when there is none
    class          text not null, -- class of finished projects, a path of codes
    n_class        integer not null,           -- finished projects in the class
    model          text not null, -- name and version
    data_on        text not null, -- last day whose facts were used, ISO 8601
    document       text not null, -- JSON, OutcomeDocument
    published_by   text not null, -- office and name
    published_at   integer not null            -- microseconds since 1970
);

create index outcome_predictions_by_project on outcome_predictions (project, target, published_at, id);
create index outcome_predictions_by_place on outcome_predictions (place);

-- What persons decided about predictions; never changed, the newest counts.
create table outcome_decisions (
    id         blob not null primary key,
    prediction blob not null references outcome_predictions (id),
    verdict    text not null,     -- accepted, set_aside or acted_on
    reason     text not null,
    decided_by text not null,     -- office and name
    decided_at integer not null                -- microseconds since 1970
);

create index outcome_decisions_by_prediction on outcome_decisions (prediction, decided_at, id);
