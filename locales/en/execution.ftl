### Execution by month.

execution-title = { $place }: execution by month
execution-lead = Plan, amended plan and execution as the monthly reports state them, beside the same months of former years.
execution-entry = Execution by month
execution-entry-text = Is the year’s plan carried out faster or slower than in former years?
execution-empty = No monthly reports of this territory or of the units below it have been imported yet. Choose another territory.
execution-filter = Whose figures, which line
execution-scope = Whose
execution-scope-own = Own budget
execution-scope-sum = Sum below: { $level }
execution-no-months = The reports do not state this line. Choose another one.
execution-missing = Reports are missing for: { $months }. The flow after a gap covers several months.
execution-uneven = Not every unit reported each month, so the months are sums of different numbers of units: see the last column.
execution-stat-plan = Plan
execution-stat-approved = Approved
execution-stat-amended = Amended
execution-stat-executed = Executed, { $month }
execution-stat-share = Executed in the plan of the year
execution-stat-usual = { $n ->
    [one] The same month of one former year
   *[other] The same month of { $n } former years, median
}
execution-months-heading = Month by month
execution-pace-chart = Executed in the plan of the year, cumulative, %
execution-flow-chart = What each month added, million tenge
execution-median = Former years, median
execution-min = Former years, least
execution-max = Former years, greatest
execution-month = Month
execution-plan = Plan of the year
execution-executed = Executed since January
execution-flow = In the month
execution-share = Executed
execution-usual-column = Former years
execution-usual = { $n ->
    [one] { $median } (one year)
   *[other] { $median } ({ $min } to { $max }, { $n } years)
}
execution-flow-months = { $n ->
    [one] { $amount } (one month)
   *[other] { $amount } ({ $n } months)
}
execution-changes-heading = Changes of the plan
execution-plan-change = { $month }: from { $was } to { $now }
execution-growth-heading = Growth from year to year
execution-growth-prices = Real growth in prices of { $year }. Price series: { $source }. Years with changed borders are not compared.
execution-growth-no-prices = No series of prices has been imported, so only nominal growth is shown. Years with changed borders are not compared.
execution-growth-nominal = Nominal growth
execution-growth-real = Real growth
execution-refusal-no-figure = There is no closed figure of { $year }.
execution-refusal-base = The figure of { $year } is not above zero.
execution-refusal-index = The price series does not reach { $year }.
execution-refusal-border = The borders changed on { $date }: the years are not compared.
execution-refusal-size = The figures are too large to compare.
