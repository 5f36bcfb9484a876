### Budgets.


## Sections (Budget Code, article 9)

budget-section-revenue = Revenue
budget-section-expenditure = Expenditure
budget-section-net_lending = Net budget lending
budget-section-financial_assets = Balance of operations with financial assets
budget-section-balance = Deficit (surplus) of the budget
budget-section-non_oil_balance = Non-oil deficit (surplus) of the budget
budget-section-financing = Financing of the deficit (use of the surplus)
budget-section-numbered = { $number }. { $name }

## Items

budget-item-revenue_total = Revenue, total
budget-item-tax = Tax revenue
budget-item-non_tax = Non-tax revenue
budget-item-fixed_capital = Proceeds from the sale of fixed capital
budget-item-special = Special revenue
budget-item-transfers = Transfers received
budget-item-revenue_detail = Line of the revenue classification
budget-item-expenditure_total = Expenditure, total
budget-item-functional_group = Functional group
budget-item-functional_detail = Line of the functional classification
budget-item-lending_detail = Line of budget lending
budget-item-asset_detail = Line of operations with financial assets
budget-item-financing_detail = Line of financing
budget-item-programme = Budget programme
budget-item-net_lending = Net budget lending
budget-item-loans = Budget loans
budget-item-loan_repayment = Repayment of budget loans
budget-item-financial_assets = Balance of operations with financial assets
budget-item-asset_acquisition = Acquisition of financial assets
budget-item-asset_sales = Proceeds from the sale of state financial assets
budget-item-balance = Deficit (surplus) of the budget
budget-item-non_oil_balance = Non-oil deficit (surplus) of the budget
budget-item-financing_total = Financing of the deficit (use of the surplus)
budget-item-borrowing = Borrowing
budget-item-debt_repayment = Repayment of loans
budget-item-used_balances = Used balances of budget funds

## Stages, levels, layouts

budget-stage-approved = Approved
budget-stage-amended = Amended
budget-stage-executed = Executed
budget-level-1 = Republican budget
budget-level-2 = Budget of a region, city of republican significance or the capital
budget-level-3 = Budget of a district or city of regional significance
budget-level-4 = Budget of a town of district significance, village, settlement or rural okrug
budget-level-5 = Extra-budgetary fund
budget-layout-code2008 = After the Budget Code of 2008
budget-layout-code2025 = After the Budget Code of 2025

## Pages

budgets-title = Budgets
budgets-empty = No budget has been imported yet.
budget-title = { $place }: budget of { $year }
budget-year = Year
budget-stage = Stage
budget-adopted = Adopted on { $date }
budget-unit-note = Amounts in { $unit }
budget-sections-heading = Sections and checks
budget-section-column = Section
budget-verdict-column = Check
budget-verdict-holds = Adds up
budget-verdict-finding =
    { $n ->
        [one] { $n } contradiction
       *[other] { $n } contradictions
    }
budget-verdict-unknown = Not enough data to check
budget-findings-heading = Contradictions in the figures
budget-findings-none = Every identity checked holds.
budget-findings-intro = The figures are shown as printed in the source. The platform does not correct them; it shows the contradiction.
budget-finding-printed = Printed
budget-finding-expected = By arithmetic
budget-finding-difference = Difference
budget-finding-rule = Rule
budget-finding-error = Error
budget-finding-warning = Warning
budget-revenue-heading = Where the money comes from
budget-expenditure-heading = What the money is spent on
budget-revenue-chart = Structure of revenue
budget-expenditure-chart = Expenditure by functional group
budget-indicators-heading = Indicators
budget-indicator-formula = Formula
budget-indicator-source = Source of the definition
budget-indicator-inputs = Figures used
budget-indicator-unknown = Not enough data to compute
budget-dynamics-heading = Over the years
budget-dynamics-single = Comparing needs budgets of at least two years.
budget-lines-heading = All lines
budget-lines-code = Code
budget-provenance-heading = Where these figures come from
budget-downloads-heading = Download the data
budget-forecast-link = Forecast of this series
budget-deficit = deficit
budget-surplus = surplus
budget-balanced = balanced

## Upload

budget-upload-title = Import a budget
budget-upload-intro = Choose the annex of a maslikhat’s decision, a CSV or a JSON file. It is checked first; nothing is saved until you confirm.
budget-upload-file = File (XLSX, CSV or JSON)
budget-upload-place = Territory, if the file does not say
budget-upload-year = Year, if the file does not say
budget-upload-stage = Stage of the figures, if the file does not say
budget-upload-unit = Unit, if the file does not say
budget-upload-source = Address of the source
budget-upload-check = Check
budget-upload-save = Save
budget-upload-saved =
    { $n ->
        [one] { $n } budget is saved.
       *[other] { $n } budgets are saved.
    }
budget-upload-unreadable = The file could not be read, so nothing was saved. What needs correcting is listed below.
budget-upload-findings-note = Contradictions do not prevent saving: the budget is kept as printed and they are shown on its page.

## More

budgets-intro = Where the money comes from, what it is spent on, and whether the figures add up.
budget-other-years = Other budgets of this territory
budget-upload-key = Short name of the budget
budget-upload-key-hint = For example, district-2026. It must be unique within the territory and year.
budget-upload-level = Level of the budget, if the file does not say
budget-adopted-label = Adopted on
budget-item-label = Item
