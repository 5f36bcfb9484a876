### The programme: comparison, explanation, decision, publication.

## Pictures of a plan

plan-in = In the plan
plan-out = Left out
plan-not-in = Not in the plan
plan-number = No.
plan-project = Project
plan-projects = Projects
plan-cost-thousand = Cost, thousand tenge
plan-invested-thousand = Invested, thousand tenge
plan-benefit = Benefit, points
plan-points = Points
plan-start = Year of start
plan-source = Source of money
plan-source-year = { $source }, { $year }
plan-source-later = { $source }, later years
plan-sector = Sector
plan-sectors = By sector
plan-district = Territory
plan-districts = By territory
plan-later = Later years
plan-limit = Limit
plan-spent = The plan spends
plan-left = Left
plan-no-limit = no limit
plan-floor = At least, thousand tenge
plan-no-floor = no demand
plan-no-plan = no plan within the rules
plan-rows-left =
    { $n ->
        [one] { $n } more project is in the table.
       *[other] { $n } more projects are in the table.
    }
plan-scatter = Cost and benefit of the projects
plan-scatter-help = A filled circle is a project of the plan, a hollow one is left out. The number is the row of the table.
plan-scatter-caption = All projects: cost, benefit, year of start
plan-axis-cost = Cost, million tenge
plan-axis-benefit = Benefit, points
plan-axis-budget = Share of the present limit
plan-axis-value = Worth of the plan, points
plan-gantt = The plan by year
plan-gantt-help = A filled box is a year of payment. The height of a stripe is the share of a source in that year, in the order of the key.
plan-gantt-caption = Payments by project, source and year, thousand tenge
plan-gantt-row = from { $year } · { $cost }
plan-money = Money: limit and plan
plan-money-help = For each source and year: what may be spent and what the plan spends.
plan-money-caption = Limit, spending and rest, thousand tenge
plan-parts-help = Appraised total cost of the projects that start.
plan-parts-caption = Projects, money invested and the least demanded, thousand tenge
plan-frontier = With more or less money
plan-frontier-help = All annual limits change by the same percentage. The upright line is the present limit. The band is what is not yet proven.
plan-frontier-caption = Worth of the plan by amount of money, points
plan-frontier-free = A plan of its own for each amount
plan-frontier-nested = Projects of the smaller amount stay
plan-frontier-bound = Not more than
plan-frontier-band = Not yet proven
plan-tornado = What the worth of the plan depends on
plan-tornado-help = By how many points the worth of the best plan changes when one assumption changes and the others stay.
plan-tornado-caption = Change of worth, points
plan-assumption = Assumption
plan-less = 10% less
plan-more = 10% more
plan-label = How sure
plan-label-exact = exact
plan-label-found = by the plans found
plan-frequency = How often a project is chosen
plan-frequency-help = Share of the draws that choose the project when benefits and costs vary within their ranges. The line is the 95% interval; the upright lines are 30, 70 and 90%. A yellow bar is a marginal project.
plan-frequency-caption = Selection frequency with its 95% interval
plan-frequency-share = Share chosen
plan-frequency-low = Lower end
plan-frequency-high = Upper end
plan-frequency-class = Standing
plan-waterfall-help = From the benefit of the project the price of the money and places that it uses is taken; if less than zero is left, it is not worth its price.
plan-waterfall-caption = Benefit, the price of each rule and what is left, points
plan-waterfall-part = Part
