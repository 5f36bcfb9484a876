### Indicators of a budget.

indicator-own_source_share = Share of own revenue
indicator-own_source_share-help = What part of revenue does not come from transfers. The higher it is, the more the territory relies on its own means.

indicator-transfer_dependence = Dependence on transfers
indicator-transfer_dependence-help = What part of revenue is transfers. Together with the share of own revenue it makes 100 %.

indicator-self_sufficiency = Self-sufficiency
indicator-self_sufficiency-help = What part of expenditure own revenue covers. For districts and villages transfers from any budget above are subtracted.

indicator-tax_share = Share of taxes
indicator-tax_share-help = What part of revenue is taxes.

indicator-balance_ratio = Balance to revenue
indicator-balance_ratio-help = Negative is a deficit, positive a surplus. The balance is computed from the totals of the sections.

indicator-vertical_gap = Vertical gap
indicator-vertical_gap-help = The part of expenditure that own revenue does not cover.

indicator-debt_service_ratio = Debt service
indicator-debt_service_ratio-help = Interest and repayment of loans in relation to own revenue.

indicator-social_share = Share of the social sphere
indicator-social_share-help = Education, health, social assistance, culture and sport in expenditure.

indicator-hhi = Concentration of expenditure
indicator-hhi-help = The sum of squared shares of the groups: close to 1 means that one group takes nearly everything.

indicator-structure = Structure of expenditure
indicator-structure-help = The share of a functional group in expenditure.

indicator-revenue_structure = Structure of revenue
indicator-revenue_structure-help = The share of a category in revenue.

indicator-execution = Execution
indicator-execution-help = The executed amount in relation to the amended plan, or to the approved one where there is no amended.

indicator-growth = Change
indicator-growth-help = The change from the year before, without inflation.

indicator-expenditure_per_capita = Expenditure per resident
indicator-expenditure_per_capita-help = Expenditure divided by the population of the same date, in tenge.

indicator-own_revenue_per_capita = Own revenue per resident
indicator-own_revenue_per_capita-help = Revenue without transfers divided by the population of the same date, in tenge.

indicator-tax_per_capita = Taxes per resident
indicator-tax_per_capita-help = Tax revenue divided by the population of the same date, in tenge.

indicator-tax_autonomy = Tax autonomy
indicator-tax_autonomy-help = The share of taxes whose rate or base the maslikhat of this level may set. The tax of the simplified regime has no line of its own in the classification, so this is a lower bound.
indicator-tax_effort = Tax effort
indicator-tax_effort-help = Taxes over their base, divided by the same of similar territories. 1 is the usual effort.
indicator-capital_share = Share of development programmes
indicator-capital_share-help = The share of development programmes in expenditure.
indicator-unspent = Unspent funds, at most
indicator-unspent-help = Plan of payments less what was paid, in tenge. Savings, undistributed reserve and permitted carry-overs are not stated in the reports and so not subtracted.
indicator-cagr = Compound annual growth
indicator-cagr-help = The yearly growth that leads from the first year to the last.
indicator-variation = Coefficient of variation
indicator-variation-help = Standard deviation over the years in relation to the mean. At least five years in a row are needed.
indicator-log_growth_deviation = Deviation of growth
indicator-log_growth_deviation-help = Standard deviation of the logarithms of growth.
indicator-drawdown = Largest fall
indicator-drawdown-help = The largest fall from an earlier peak.
indicator-forecast_error = Deviation from the plan
indicator-forecast_error-help = What was executed less the plan, as a share of the plan.
indicator-forecast_error_mean = Mean absolute deviation from the plan
indicator-forecast_error_mean-help = The mean of the deviations without their sign: how realistic the budget is.

## Why something is not computed

refusal-title = Not computed
refusal-lines_missing = Not computed: the source does not give these lines: { $lines }.
refusal-zero_line = Not computed: the line to divide by is zero: { $line }.
refusal-groups_incomplete = Not computed: the functional groups do not add up to expenditure, so an absent group cannot be taken for zero.
refusal-taxes_not_broken_down = Not computed: taxes are not broken down into classes that add up to them.
refusal-no_tax_rights = Not computed: there is no list in force for this year of the taxes whose rates a maslikhat may set.
refusal-no_development_list = Not computed: no list of development programmes is loaded for this year.
refusal-no_population = Not computed: the population of this year is not known.
refusal-no_base = Not computed: the tax base (gross regional product) of the territory or of its peers is not known.
refusal-not_executed = Not computed: the report does not state executed amounts.
refusal-no_plan = Not computed: there is no plan to compare with.
refusal-too_few_years = Not computed: there are { $have } years in a row, at least { $need } are needed.
refusal-not_positive = Not computed: the amount of { $year } is not above zero.
refusal-too_few_units = Not computed: { $have } territories have complete data, at least { $need } are needed.
refusal-negative_unit = Not computed: the amount of { $place } is negative, and shares of negative amounts have no meaning.
refusal-nothing_to_share = Not computed: every amount is zero.
refusal-too_large = Not computed: the figures are too large for exact arithmetic.

indicator-refused = Indicators that are not computed, and why
indicator-execution-lines = By line
indicator-plan = Plan
indicator-own-revenue = Own revenue
indicator-steadiness = Steadiness over the years
indicator-steadiness-about = From what was executed in years that are over; the rise of prices is not taken out.
