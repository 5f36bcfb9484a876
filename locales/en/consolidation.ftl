### A territory's budget with the budgets below it.

consolidation-title = { $place }: consolidated budget
consolidation-lead = The territory’s own budget and the budgets below it, added up; what they only pass to one another is taken out, each side as that side recorded it.
consolidation-entry = Consolidated budget
consolidation-entry-text = How much money does the whole territory have once transfers between its budgets are not counted twice?
consolidation-empty = No budget or report of this territory or of the units below it has been imported yet. Choose another territory, or import one.
consolidation-empty-action = Choose another territory
consolidation-filter = Year and state
consolidation-whole = Whole: all { $n } budgets of the territory are here, and both sides of every transfer are known.
consolidation-partial = Not whole: { $n } budgets are here, { $missing } are missing or say too little. What is missing is not taken as zero; the sums below are of what is here.
consolidation-months-differ = The units’ latest reports are of different months, so their sum is of no single date.
consolidation-stat-revenue = Consolidated revenue
consolidation-stat-own = Of it own revenue
consolidation-stat-expenditure = Consolidated expenditure
consolidation-stat-eliminated = Taken out of revenue
consolidation-lines-heading = Added up, taken out, left
consolidation-chart = Revenue: added up, taken out, left
consolidation-sum = Added up
consolidation-eliminated = Taken out
consolidation-left = Left
consolidation-units = Units
consolidation-units-of = { $n } of { $all }
consolidation-pairs-heading = What the levels say about each other
consolidation-pairs-intro = Money between budgets stands in two records: the giver’s and the receiver’s. Where they differ, the difference stays in the result and is a finding.
consolidation-pairs-none = No transfers or credits between these budgets are recorded.
consolidation-pair-transfer-down = Transfers from { $name } to the budgets below it
consolidation-pair-transfer-up = Transfers to { $name } from the budgets below it
consolidation-pair-credit-down = Budget credits from { $name } to the budgets below it
consolidation-pair-credit-up = Repayment of budget credits to { $name }
consolidation-pair-missing = { $n ->
    [one] One unit’s budget is missing.
   *[other] The budgets of { $n } units are missing.
}
consolidation-pair-silent = { $n ->
    [one] One unit does not state its side.
   *[other] { $n } units do not state their side.
}
consolidation-pair-undivided = A record gives only a total for both directions, or for loans to all borrowers; it was read as the usual one.
consolidation-given = Given
consolidation-received = Received
consolidation-gave = { $name } says it gave ({ $record })
consolidation-got = { $name } says it got ({ $record })
consolidation-findings-link = Findings of this territory
consolidation-units-heading = The budgets that were added
consolidation-units-more = { $n ->
    [one] One more unit is in the files.
   *[other] { $n } more units are in the files.
}
consolidation-source-report = report of month { $month }, { $file }
consolidation-missing-heading = Budgets that are missing
consolidation-missing-text = { $n ->
    [one] One unit that has a budget of its own by law has none here for this year.
   *[other] { $n } units that have a budget of their own by law have none here for this year.
}
consolidation-execution-link = Execution by month
