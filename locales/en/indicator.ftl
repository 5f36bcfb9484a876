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
