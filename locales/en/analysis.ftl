### Analysis of budgets and territories.

analysis-title = Analysis
analysis-lead = Questions about budgets, transfers and territories. Each page says which question it answers, by which formula and from which data.
analysis-place-label = Territory: name or KATO code
analysis-place-choose = Choose
analysis-place-chosen = Chosen territory: { $place }.
analysis-place-needed = Choose a territory in the field above first.

analysis-group-budgets = Budgets
analysis-group-territories = Territories
analysis-group-scenarios = Scenarios
analysis-group-statistics = Statistics
analysis-group-reports = Reports
analysis-all = All analysis
