### Publishing forecasts, and background work.

desk-publish = Publish forecasts
desk-publish-text = Publish the forecast of a line or of all territories, and hold facts against them.
desk-jobs = Background work
desk-jobs-text = How far long computations are, and how to stop them.
publish-title = Publish forecasts
publish-lead = A published forecast is never changed. When the facts become known, everybody sees how far off it was.
publish-one = One line
publish-button = Publish the forecast
publish-year = The year that runs
publish-year-about = Publishes how every line of a budget goes on from the newest monthly report to December, with its ranges. Each later report shows in public how far off it was.
publish-year-button = Publish the year
publish-year-no-reports = No budget of your territory has monthly reports
publish-year-no-reports-text = Import reports on the execution of the budget first.
publish-year-over = The newest report is of a year that is over. There is nothing left to forecast until the first report of this year is imported.
publish-all = All territories
publish-all-about =
    { $n ->
        [one] Publishes { $n } line of each budget: own revenue and its sources, transfers, expenditure in all and by functional group. What has not changed is not published again.
       *[other] Publishes { $n } lines of each budget: own revenue and its sources, transfers, expenditure in all and by functional group. What has not changed is not published again.
    }
publish-all-button = Publish in the background
publish-no-budgets = There are no budgets in your territory
publish-no-budgets-text = Import the budgets of several years first.
judge-all = Facts
judge-all-about = Imports hold new facts against forecasts by themselves. Here you can ask for it again; nothing is counted twice.
judge-all-button = Hold facts against forecasts
forecast-published = The forecast is published.
forecast-same = The same forecast was published before, so there is no new record.
job-asked = The work was asked for. This page shows how far it is.
job-cancel-asked = The work will stop after its present step. What was done stays.
jobs-title = Background work
jobs-lead = Long computations run beside the pages and go on after a restart of the server.
jobs-empty = There is no background work yet
jobs-empty-text = It begins when forecasts of all territories are asked for.
job-kind-publish_forecasts = Publish forecasts of all territories
job-kind-hindcast_forecasts = Compute forecasts as of past dates
job-kind-judge_forecasts = Hold facts against forecasts
job-state-queued = waits
job-state-running = runs
job-state-done = finished
job-state-failed = failed
job-state-cancelled = stopped
job-lead-queued = The work waits for a server and begins within seconds.
job-lead-running = The work is under way. Refresh the page to see how far it is.
job-lead-stopping = The work stops after its present step.
job-lead-done = The work is finished.
job-lead-failed = The work ended with a fault. What was done before stays. Ask for it again; if it fails once more, tell the administrator.
job-lead-cancelled = The work was stopped. What was done before stays.
job-progress-heading = Progress
job-progress = { $done } of { $total }
job-refresh = Refresh
job-cancel = Stop the work
job-cancel-confirm = Stop this work? What was done stays.
job-results = Results so far
job-published = Forecasts published
job-same = Unchanged, not published again
job-refused = Lines without an honest forecast
job-judged = Facts held against forecasts
job-about = About this work
job-by = Asked for by
job-by-platform = the platform itself
job-created = Asked for
job-started = Begun
job-heartbeat = Last sign of life
job-finished = Ended
job-attempts = Times taken up
