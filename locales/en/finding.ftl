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
