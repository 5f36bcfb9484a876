### Contradictions in a budget.

finding-revenue_total-title = Total of revenue
finding-revenue_total = The total of revenue is printed as { $printed }, but its categories add up to { $expected }. The difference is { $difference }. Compare the categories with the decision.

finding-net_lending-title = Net budget lending
finding-net_lending = Net lending is printed as { $printed }, but loans less their repayment give { $expected }. The difference is { $difference }. Check both amounts.

finding-financial_assets-title = Financial assets
finding-financial_assets = The balance of financial assets is printed as { $printed }, but acquisition less sale gives { $expected }. The difference is { $difference }. Check both amounts.

finding-balance-title = Deficit (surplus)
finding-balance = The balance is printed as { $printed }. Revenue less expenditure, net lending and financial assets gives { $expected }. The difference is { $difference }. Compare the totals of the sections with the decision.

finding-balance-sign = The balance is printed as { $printed }: its size is right, its sign is not. By the sections it is { $expected }. This also occurs in the preambles of official decisions.

finding-balance_omits_lending-title = Lending and assets are left out
finding-balance_omits_lending = The printed { $printed } is only revenue less expenditure. With lending and financial assets it is { $expected }.

finding-financing_sign-title = Sign of financing
finding-financing_sign = Financing is printed as { $printed }, but its sign must be opposite to that of the balance: { $expected }. Financing of a deficit is positive, use of a surplus is negative.

finding-financing_total-title = Total of financing
finding-financing_total = Financing is printed as { $printed }, but borrowing, repayment and used balances give { $expected }. The difference is { $difference }. Check these lines.

finding-financing_total-balance = Financing is printed as { $printed }, but { $expected } is needed to offset the balance. The difference is { $difference }. Compare financing with the totals of the sections.

finding-functional_total-title = Sum of the functional groups
finding-functional_total = The total of expenditure is printed as { $printed }, but the functional groups add up to { $expected }. The difference is { $difference }. Check that every group is there.

finding-detail_total-title = Sum of the lines below
finding-detail_total = The line prints { $printed }, but the lines below it add up to { $expected }. The difference is { $difference }. Check this line and those below it.

finding-duplicate_line-title = Repeated line
finding-duplicate_line = This line stands in the budget twice; the first one was used. Remove the other.

finding-unknown_code-title = Code not in the classification
finding-unknown_code = This code is not in the budget classification of that year. Compare it with the decision.

finding-layout-title = Line foreign to the layout
finding-layout = A budget of this year or level does not have such a line. Check the year and the level of the budget.

### Between budgets, between records, and what looks unusual.

finding-transfer_mismatch-title = Transfers: the two levels disagree
finding-transfer_mismatch = The upper level and the units below it record the same transfers differently: { $expected } given, { $printed } received. The difference is { $difference }. Compare the two reports for the same date.

finding-credit_mismatch-title = Budget credits: the two levels disagree
finding-credit_mismatch = The lender records { $expected }, the borrower { $printed }. The difference is { $difference }. Compare the two reports for the same date.

finding-record_contradiction-title = Two records state different amounts
finding-record_contradiction = One record states { $printed }, another { $expected } for the same unit, year and line. The difference is { $difference }. Which one is right is open: check both sources.

finding-sign_error-title = Amount below zero
finding-sign_error = The line prints { $printed }. Such a line is normally not negative. Check whether the sign is a slip or a correction of an earlier month.

finding-unit_slip-title = Perhaps thousands for millions
finding-unit_slip = The line prints { $printed }; the figures around it suggest about { $expected }, { $factor } times as much or as little. Check the unit of this figure.

finding-history_jump-title = Far from other years
finding-history_jump = The line states { $printed }; the middle of { $n } other years is about { $expected } (robust z-score { $z }). There may be a good reason: a new building, a change of the law. It is a hint to look, nothing more.

finding-year_end_spike-title = December took much of the year
finding-year_end_spike = December took { $printed }, which is { $share } % of the year; in { $n } former years it was usually { $usual } % (robust z-score { $z }). Payments may fall due at the end of a contract. It is a hint to look, nothing more.

finding-round_numbers-title = Many round amounts
finding-round_numbers = Of { $n } executed amounts { $round } are whole hundreds of the unit; about one in a hundred would be by chance (z-score { $z }). Contracts at round prices explain this too. It is a hint to look, nothing more.

finding-first_digits-title = First digits off Benford’s law
finding-first_digits = The first digits of { $n } amounts differ from Benford’s law by { $deviation } on average; up to { $limit } is usual. Fixed tariffs and salaries explain this too. It is a hint to look, nothing more.

### The page of all findings.

findings-title = Findings
findings-lead = Everything in the stored budgets and reports that contradicts itself, contradicts another record, or looks unusual. A finding is about figures, not about people, and often has a good reason.
findings-entry = Findings
findings-entry-text = Which figures contradict each other, and what did the offices say about it?
findings-filter = Which findings
findings-everywhere = Everywhere
findings-any = Any
findings-rule = Rule
findings-severity = Severity
findings-state = State
findings-found = { $n ->
    [one] One finding in { $records } records.
   *[other] { $n } findings in { $records } records.
}
findings-range = { $from } to { $until } of { $n }
findings-left-out = { $n ->
    [one] One older record was not looked through. Choose a territory to look through all of its own.
   *[other] { $n } older records were not looked through. Choose a territory to look through all of its own.
}
findings-empty = No finding fits this choice.
findings-not-tested-heading = Tests that were not made
findings-not-tested-intro = A test whose conditions are not met says nothing, neither good nor bad.
findings-not-tested-few = { $found } values were there where at least { $needed } are needed ({ $n } times).
findings-not-tested-size = The amounts are of one size, so their first digits follow no law ({ $n } times).
findings-not-tested-spread = The other years are all the same, so there is no measure of what is usual ({ $n } times).
findings-record-heading = What was said about it
findings-record-empty = Nobody has explained or dismissed this finding yet.
findings-note-heading = Say something about this finding
findings-note-verdict = What it is
findings-note-reason = Reason
findings-note-hint = Everybody can read it, and it stays on record. Do not name people.
findings-note-save = Put on record
finding-page-title = { $rule }: { $place }, { $year }
finding-severity-error = Contradiction
finding-severity-warning = Worth checking
finding-severity-hint = Hint
finding-state-all = All states
finding-state-open = Open
finding-state-explained = Explained
finding-state-dismissed = Dismissed
finding-verdict-explained = The figures are right, here is why
finding-verdict-dismissed = The finding is mistaken
finding-verdict-reopened = An earlier explanation does not hold
finding-direction-down = From the upper budget down
finding-direction-up = From the budgets below up
finding-evidence-given = { $name } says it gave, { $year } ({ $record }, row { $row })
finding-evidence-received = { $name } says it got, { $year } ({ $record }, row { $row })
finding-evidence-history = { $name }, { $year } ({ $record }, row { $row })
finding-evidence-stated = { $record } states, { $name } { $year }, row { $row }
finding-note-explained = Explained by { $name }, { $when }: { $reason }
finding-note-dismissed = Dismissed by { $name }, { $when }: { $reason }
finding-note-reopened = Reopened by { $name }, { $when }: { $reason }
field-finding-open = This finding is open already. Choose another answer.
