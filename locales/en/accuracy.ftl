### The track record of forecasts, and published forecasts.

accuracy-title = How accurate the forecasts were: { $place }
accuracy-title-all = How accurate the forecasts were
accuracy-lead = Every published forecast is kept as it was. When the fact becomes known, its error and whether the interval held enter this record.
analysis-group-forecasts = Forecasts
accuracy-entry = Accuracy of forecasts
accuracy-entry-text = How often did facts fall inside the intervals, and did a naive method do better?
accuracy-link = The record of forecasts of this territory
accuracy-to-forecast = The forecast of today
accuracy-own-revenue = Own revenue (revenue less transfers)

## Sentences

accuracy-record-heading = The record in short
accuracy-said-here =
    { $n ->
        [one] The { $n } forecast like this one that has met its fact: { $covered } of facts fell inside the { $level } interval.
       *[other] In the last { $n } forecasts like this one in this territory, { $covered } of facts fell inside the { $level } interval.
    }
accuracy-said-all =
    { $n ->
        [one] The { $n } forecast like this one in all territories that has met its fact: { $covered } of facts fell inside the { $level } interval.
       *[other] In the last { $n } forecasts like this one in all territories, { $covered } of facts fell inside the { $level } interval.
    }
accuracy-later-here =
    { $n ->
        [one] Computed later from past figures: in { $n } forecast like this one in this territory, { $covered } of facts fell inside the { $level } interval. It was not published before the fact.
       *[other] Computed later from past figures: in { $n } forecasts like this one in this territory, { $covered } of facts fell inside the { $level } interval. They were not published before the facts.
    }
accuracy-later-all =
    { $n ->
        [one] Computed later from past figures: in { $n } forecast like this one in all territories, { $covered } of facts fell inside the { $level } interval. It was not published before the fact.
       *[other] Computed later from past figures: in { $n } forecasts like this one in all territories, { $covered } of facts fell inside the { $level } interval. They were not published before the facts.
    }
accuracy-none-yet = No published forecast like this one has met its fact yet. The first facts will be judged when they are imported.
accuracy-none-later = No forecast of this kind was computed later from past figures.
accuracy-naive-nearer = The naive method, which repeats the last value or the last season, did better: its error was { $percent } smaller.
accuracy-model-nearer = The error was { $percent } smaller than that of the naive method, which repeats the last value or the last season.
accuracy-naive-same = The error was the same as that of the naive method, which repeats the last value or the last season.
accuracy-naive-title = The naive method was nearer
accuracy-naive-advice = Rely on the intervals rather than on the point, and compare with the line of the naive method on the picture.
accuracy-without = The facts of these years are left out: { $years }.

## Choosing

accuracy-choose = Which forecasts
accuracy-basis = What is forecast
accuracy-basis-period = Whole years
accuracy-basis-year_to_date = The year that runs, since January
accuracy-basis-cases = Appeals and reports, by month
accuracy-cases = Appeals and reports: { $service }
accuracy-record = Record
accuracy-record-published = Published before the facts
accuracy-record-later = Computed later from past figures
accuracy-other-published = Show the forecasts that were published before the facts
accuracy-other-later = Show what the method would have said in the past, computed later
accuracy-line = Line
accuracy-steps-ahead = Steps ahead
accuracy-steps =
    { $n ->
        [one] { $n } step ahead
       *[other] { $n } steps ahead
    }
accuracy-months =
    { $n ->
        [one] { $n } month ahead
       *[other] { $n } months ahead
    }
accuracy-version = Version of the methods
accuracy-any = All
accuracy-breaks = Years of breaks
accuracy-breaks-hint = Years when something unforeseeable happened, such as 2020, 2022.
accuracy-calm = Leave these years out everywhere on the page

## Figures

accuracy-facts = Facts
accuracy-inside = Inside { $level }
accuracy-relative = Mean error, share of the fact
accuracy-scaled = Scaled error (MASE)
accuracy-scaled-naive = MASE of the naive method
accuracy-naive-share = Naive was nearer
accuracy-naive-beside = naive method: { $error }
accuracy-naive = Naive method
accuracy-model = Forecast
accuracy-nominal = Interval asked for, %
accuracy-observed = Facts inside, %
accuracy-inside-count = Inside
accuracy-chance-low = By chance from
accuracy-chance-high = By chance to
accuracy-reliability = Intervals: promised and kept
accuracy-reliability-about = Each dot is a level of intervals: across what was promised, up how many facts fell inside. On the line the intervals hold exactly what they say; below it they are too narrow.
accuracy-reliability-heading = Do the intervals hold what they say
accuracy-reliability-caption = Levels of intervals
accuracy-reliability-note = The last two columns say between which shares exact intervals would hold if the facts were independent. Neighbouring lines and years are not, so somewhat wider deviations are no proof of a fault.
accuracy-by-steps = Scaled error by steps ahead
accuracy-by-steps-about = For each number of steps ahead, the mean error of the naive method and of the forecast in units of the mean yearly change of the series.
accuracy-by-steps-heading = How the error grows with distance
accuracy-scaled-note = The scaled error (MASE) divides the error by the mean change of the series from year to year as it was known at the time. Below 1 the forecast errs less than a usual change. A single error counts at most 10, so that one line that suddenly jumps does not decide the mean.
accuracy-tables = The record in tables
accuracy-table-caption = Facts held against forecasts
accuracy-by-line = By line
accuracy-by-year = By year of the fact
accuracy-by-breaks = With and without the years of breaks
accuracy-by-version = By version of the methods
accuracy-by-place = By territory
accuracy-year = Year
accuracy-years = Years
accuracy-place = Territory
accuracy-with = All years
accuracy-without-short = Without { $years }
accuracy-adjusted-heading = Adjustments by people
accuracy-adjusted-none = No adjusted forecast has met its fact yet.
accuracy-adjusted-nearer =
    { $n ->
        [one] In { $n } adjusted step a person was nearer to the fact than the model in { $better }. All in all, the adjustments made the forecast better.
       *[other] In { $n } adjusted steps a person was nearer to the fact than the model in { $better }. All in all, the adjustments made the forecasts better.
    }
accuracy-adjusted-same =
    { $n ->
        [one] In { $n } adjusted step a person was nearer to the fact than the model in { $better }. All in all, the adjustments changed nothing.
       *[other] In { $n } adjusted steps a person was nearer to the fact than the model in { $better }. All in all, the adjustments changed nothing.
    }
accuracy-adjusted-farther =
    { $n ->
        [one] In { $n } adjusted step a person was nearer to the fact than the model in { $better }. All in all, the adjustments made the forecast worse.
       *[other] In { $n } adjusted steps a person was nearer to the fact than the model in { $better }. All in all, the adjustments made the forecasts worse.
    }
accuracy-empty = No fact has met a forecast of this choice yet
accuracy-empty-text = Choose another record or fewer conditions, or come back after the next report on the execution of the budget.
accuracy-list = Forecasts as published
accuracy-list-empty = There is no forecast of this choice.
accuracy-row = known on { $known }, last figure { $origin }, version { $version }
accuracy-tag-later = Computed later
accuracy-method = A fact is held against a forecast when it is imported, and once only: a revised figure gives one more judgement, and the first one stays and counts. Of several forecasts from the same last figure the last one counts. Forecasts that were published before the facts and those computed later are two records and are never added.

## One forecast

published-title = { $line }, { $place }: forecast as published
published-title-year = { $line }, { $place }: how { $year } goes on, as published
published-since-january = All amounts are executed from January to the end of the month.
published-when = Published on { $when }.
published-by = Published on { $when } by { $name }.
published-unchanged = This page shows the forecast as it was published. A later one is a new record.
published-later = Computed on { $when } from figures cut off at { $known }. It shows what the method would have said then; it was not published before the facts. Figures that were revised later are used in their present form.
published-newer = There is a newer forecast of this line.
published-newer-link = Open the newest one
published-picture = The picture of that day
published-known = Known then
published-since = Facts since
published-interval = { $level } interval
published-fan-about = What was known on the day of the forecast, the forecast with its intervals, the naive method, and the facts that became known since.
published-facts = What came of it
published-no-facts = None of the facts is known yet.
published-steps = Forecast and facts
published-error = Fact less forecast
published-adjusted = Adjusted by a person
published-inside-80 = { $period }: the fact is { $fact } and fell inside the 80% interval. The forecast was { $off } off.
published-inside-95 = { $period }: the fact is { $fact } and fell outside the 80% interval, but inside the 95% interval. The forecast was { $off } off.
published-outside = { $period }: the fact is { $fact } and fell outside the 95% interval. The forecast was { $off } off.
published-naive-nearer = The naive method was nearer here.
published-revised = { $period }: the fact was revised to { $fact } on { $known }. The first judgement stays in the record.
published-adjustments = Adjustments by people
published-adjustments-none = Nobody has adjusted this forecast.
published-adjusted-value = { $period }: { $value }
published-adjusted-percent = { $period }: { $value } ({ $percent } to the forecast)
published-adjusted-open = The fact is not known yet.
published-adjusted-replaced = Replaced by a later adjustment.
published-person-nearer = The person was nearer to the fact than the model.
published-model-nearer = The model was nearer to the fact than the person.
published-both-same = The person and the model were equally near to the fact.
published-adjust = Put a value beside the forecast
published-adjust-about = If you know what the figures do not yet tell, such as a plant that opens, enter a value or a per cent. The forecast stays as it is; later both are held against the fact in public.
published-value-money = Value, thousand tenge
published-value-count = Value
published-percent = or a change in %
published-percent-hint = With a minus when it is less than the forecast.
published-reason = Reason
published-reason-hint = Everybody will see it.
published-adjust-button = Put on record
published-made-of = What it is made of
published-origin = Last figure known
published-known-at = Date of knowledge
published-weights = Methods and their weights
published-assumptions = Assumptions
published-nominal = Amounts in the prices of each year, no change of law
published-gaps-filled = missing periods were filled between their neighbours and the season ({ $periods })

field-forecast-decided = This step can no longer be adjusted: its fact is known, or the forecast was computed later. Choose another period.
field-forecast-value = Please give either a value or a per cent.
field-date-not-past = Please give a date before today.
