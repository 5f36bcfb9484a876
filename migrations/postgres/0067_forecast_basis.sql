-- What values of a forecast state: period, the amount of each period alone; year_to_date, what was executed from
-- January to the end of each month; cases, appeals and reports of a month. They are counted apart.
alter table published_forecasts add column basis text collate "C" not null default 'period';
alter table judgements add column basis text collate "C" not null default 'period';
