### How the fiscal year will end.

forecast-year-title = { $place }: how { $year } will end
forecast-year-title-empty = { $place }: how this year will end
forecast-year-intro = Plan, execution to date and the total expected at the end of the year, from the monthly reports of this budget and of its neighbours.
forecast-year-entry = How this year will end
forecast-year-entry-text = What will be collected and spent by December, and which lines will stay behind their plans?
forecast-year-no-reports = There are no monthly execution reports of this budget yet. Once they are loaded, the forecast of the year appears here.
forecast-year-no-former-year = The reports do not hold a former year to its end. With one full former year the forecast of the current one appears here.
forecast-year-no-lines = The report of this month does not state totals of revenue or expenditure. Choose another territory.
forecast-year-overflow = The amounts of the reports are too large to compute with. Check the unit of the imported files.
forecast-year-from = Known up to
forecast-year-line = Line of the chart
forecast-year-about = { $n ->
    [one] Known up to: { $month }. Amendments and execution after this month are not used. The method learns from the former years of this budget alone.
   *[other] Known up to: { $month }. Amendments and execution after this month are not used. The method learns from the former years of { $n } budgets of the same level.
}
forecast-year-range = 80% range: { $low } to { $high }
forecast-year-level-refused = The { $level } range is not shown: it needs { $need } former years of lines, the reports hold { $have }.
forecast-year-chart-heading = The year month by month
forecast-year-chart = { $line }, { $year }: from January, cumulative
forecast-year-chart-about = Executed since January, the plan as it stood in each month, and the months ahead with their ranges.
forecast-year-executed = Executed
forecast-year-expected = Expected for the year
forecast-year-cumulative = Since January: executed, then expected
forecast-year-plan = Plan
forecast-year-share = Expected, % of plan
forecast-year-under = Probability of less than 95% of plan
forecast-year-fact = Executed in the year
forecast-year-lines-heading = All main lines
forecast-year-lines = { $place }, { $year }: plan, execution and expected total
forecast-year-sums = Each total equals the sum of its parts to the tiyn. What the printed parts leave of a printed total is a line of its own.
forecast-year-other-revenue = Own revenue not printed by kind
forecast-year-other-expenditure = Expenditure not printed by group
forecast-year-hints-heading = Likely to stay behind the plan
forecast-year-hint = { $line }: less than 95% of the plan is executed with a probability of { $probability }; expected { $share } of the plan.
forecast-year-hints-note = A hint computed from the pace of former years. It does not say why, and it is no accusation.
forecast-year-record-heading = In former years
forecast-year-record = Mean error of forecasts from the same month, { $first } to { $last }
forecast-year-record-note = Of four simple rules the table shows the one that was nearest to the facts of these years; it is chosen in hindsight, in its favour.
forecast-year-track-link = How published forecasts of the year came out
forecast-year-rule = Best simple rule
forecast-year-rule-total = This year by the rule
forecast-year-rule-error = Mean error of the rule
forecast-year-own-error = Mean error of this forecast
forecast-year-nearer = Which was nearer
forecast-year-nearer-own = This forecast
forecast-year-nearer-rule = The simple rule
forecast-year-nearer-both = Equal
forecast-year-rule-plan = The plan as it stands
forecast-year-rule-linear = The pace since January goes on
forecast-year-rule-last-year = The same amount as in the rest of last year
forecast-year-rule-last-share = The same share as in the rest of last year
forecast-year-next-link = Next year’s revenue and expenditure
forecast-year-method = Five rules are mixed for each line: the plan, the pace since January, what the rest of last year brought, the share of the year and the share of the plan that former years executed in their remaining months. A rule weighs more the nearer it was to the facts of former years of this line, of the same line of the neighbours and of all lines. Then all lines are brought together so that parts add up to their totals.
forecast-year-limits = The ranges come from the errors that the same forecast would have made in former years. They do not foresee what those years did not see. No year may end below what is executed, unless the line has seen corrections before.
forecast-year-history-heading = What stands out in the past
forecast-year-history-about = { $line }: { $n ->
    [one] { $n } month was looked through for outliers, breaks and corrections.
   *[other] { $n } months were looked through for outliers, breaks and corrections.
} The forecast leaves none of them out; they tell you how far to trust it.
forecast-year-history-nothing = Nothing stands out.
forecast-year-history-gaps = More than half of the months are missing: nothing can be said.
forecast-year-history-break = { $month }: from here on the monthly amount is about { $after } instead of { $before }, seasons aside.
forecast-year-history-outlier = { $month }: { $value }, where about { $expected } was to be expected.
forecast-year-history-negative = { $month }: { $value }, a correction of earlier months.
forecast-year-history-missing = { $month }: the amount of the month is not known, because a report is missing.
