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
plan-scatter-help = A filled circle is a project of the plan, a hollow one is left out. The number is the row of the table. Projects without points are not drawn.
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

## Reasons in words

plan-rule-exclusive = Only one of a list: { $projects }
plan-barred-no_cost = Its planned money is not known, so it cannot be compared with the others.
plan-barred-other_sources = It takes no money of the sources that are limited in this programme.
plan-barred-no_scores = There are no scores under: { $missing }.
plan-barred-data_quality = Too little is known of it: data quality { $score } of 100, an automatic recommendation needs { $least }.
plan-barred-too_large = Its amount is beyond what a programme can hold.
plan-barred-years = It could start in { $year } at the earliest, outside the years of the programme.
plan-barred-ruled = A person left it out: { $reason }
plan-duty-running = It is paid first, being approved or under contract ({ $status }).
plan-duty-kept = A person kept it in the plan: { $reason }
plan-sure-exact = exact
plan-sure-enough = enough
plan-sure-between = between

## The page of the decision

plan-decide-title = Decision: { $title }
plan-decide-lead = Accept the computed plan, or decide otherwise on single projects with a reason. The cost of the changes is shown before you sign.
plan-decide-about = { $number } · start: { $start } · { $cost } · points: { $points }
plan-decide-otherwise = Decide otherwise
plan-decide-how = Decision
plan-decide-as-computed = As computed
plan-decide-start = Start in { $year }
plan-decide-out = Leave out of the plan
plan-decide-reason = Reason
plan-decide-cost = Show the cost
plan-decide-accepted = The plan is accepted as computed: nothing is lost.
plan-decide-free = The changes do not lessen the worth of the plan.
plan-decide-gain = With the changes the plan is worth more than computed, in points: { $n }. It should be computed again.
plan-decide-loss = Cost of the changes: points lost against the computed plan: { $n }.
plan-decide-closed-title = There is no plan to decide on yet
plan-decide-closed = The scenario is not computed, or was changed since. Compute it first.
plan-decide-head-only = The head of the territory decides. You can read and comment.
plan-why-link = The whole explanation
plan-preview-title = Cost of the changes
plan-deviations = Deviations from the computed plan
plan-deviations-caption = Project: computed and decided year of start, difference in points
plan-computed = Computed
plan-decided = Decided
plan-sign-title = Signing
plan-sign-reason = Grounds of the decision
plan-sign-reason-hint = Everybody can read it. It may stay empty when nothing deviates.
plan-sign = Sign the decision
plan-signed-title = The decision is signed
plan-signed-by = Decided by { $name }, { $when }
plan-publish-help = Once published, everybody can read the decision, and it never changes.
plan-publish = Publish the decision
plan-published-link = The published decision
plan-comments = Comments of the commission and the public council
plan-comments-none = There are no comments yet.
plan-comment-voice = On whose behalf
plan-comment-body = Comment
plan-comment-send = Save the comment
plan-voice-commission = Budget commission
plan-voice-council = Public council
plan-voice-office = Office that prepares the programme
plan-standing-optimal = Worth of the plan in points: { $n }. It is proven that no plan is better.
plan-standing-gap = Worth of the plan in points: { $n }. It is not proven to be the best: another plan can be better by { $gap } at most.

## The published programme

plan-public-title = { $place }: programme of projects for { $from }–{ $to }
plan-public-lead = Projects in the plan: { $in }, left out: { $out }. The reason of each is below.
plan-public-parts = Parts of the page
plan-public-out = Projects left out, and why
plan-public-out-none = No project was left out.
plan-public-labels = The reasons are about the computed plan. The label says how sure a number is: exact is proven; enough certainly suffices, less may do; between lies between two limits.
plan-public-money = Money
plan-public-rules = Rules and weights
plan-public-rules-none = There are no rules besides the limits of money.
plan-public-changes = What changed since the last plan, and why
plan-public-previous = The plan published before
plan-public-first = This is the first programme published here.
plan-public-computed = How this was computed
plan-public-computed-help = With these facts and parameters anybody can compute the plan again and obtain the same.
plan-public-files = Files
plan-download-json = The whole record (JSON)
plan-stat-money = Spent in the years of the programme
plan-stat-later = Promised for later years
plan-deviation = Decided otherwise by the head
plan-deviation-text = Computed: { $computed }. Decided: { $decided }. Difference in points: { $n }. Reason: { $reason }
plan-number-register = Number
plan-state = Decision
plan-reason = Reason
plan-projects-caption = All projects with the decision and its reason
plan-rule-discount = Points of a project that starts in { $year } count { $share }.
plan-rule-cap = Projects that start in { $year }: { $n } at most.
plan-rule-floor = { $part }: at least { $amount }.
plan-rule-wait =
    { $lag ->
        [0] First “{ $before }”, in the same year or later “{ $after }”.
        [one] First “{ $before }”, then, { $lag } year later or more, “{ $after }”.
       *[other] First “{ $before }”, then, { $lag } years later or more, “{ $after }”.
    }
plan-compare-nth = Scenario { $n }
plan-public-year = { $year }: projects — { $n }, full cost — { $amount }
plan-rule-further = Further rules apply; they are in the whole record.
plan-ruling-keep = “{ $project }” is kept in the plan by { $name }. Reason: { $reason }
plan-ruling-bar = “{ $project }” is left out by { $name }. Reason: { $reason }
plan-criterion = Criterion
plan-weight = Weight
plan-weights = Weights of the criteria
plan-weights-caption = Points were computed with these weights
plan-record-hash = Checksum of the facts (SHA-256)
plan-record-solver = Solver
plan-record-version = Version of the platform
plan-record-seed = Seed
plan-record-objective = Worth of the computed plan, points
plan-record-bound = Not more than, points
plan-record-gap = Not yet proven, points
plan-record-proven = Proven to be the best
plan-record-repeatable = Computing again gives the same
plan-record-decided = Worth of the decided plan, points
plan-record-holds = The record passes its own check: checksum, limits and sums agree.
plan-record-broken = The record fails its own check. Please tell the service of the platform.

## How plans differ

plan-changes = Projects that changed
plan-changes-lead = Worth of the plan in points: { $before } before, { $after } now (change { $change }).
plan-changes-caption = Projects that entered, left or moved to another year
plan-changes-causes = What differs in the terms
plan-changes-none = Neither the projects nor their years changed.
plan-before = Before
plan-after = Now
plan-why = Why
plan-not-asked = not stated
plan-cause-new = It was no candidate before.
plan-cause-gone = It is no candidate any more.
plan-cause-now-barred = Now it must not start. { $why }
plan-cause-was-barred = What kept it out before no longer holds: { $why }
plan-cause-now-duty = Now it must start. { $why }
plan-cause-was-duty = It no longer must start. Before: { $why }
plan-cause-cost = Its cost changed: { $before } → { $after }.
plan-cause-benefit = Its points changed: { $before } → { $after }.
plan-cause-window = The years in which it may start changed: { $before } → { $after }.
plan-cause-budget = { $source }, { $year }: limit { $before } → { $after }.
plan-cause-floor = { $part }: least { $before } → { $after }.
plan-cause-rules = Other rules (starts, order, groups, weights) changed.
plan-cause-competition = Nothing about the project changed: the money or the other projects did.

## Comparison

plan-compare-title = Scenarios side by side
plan-compare-lead = Plans beside each other: points, money, sectors, territories, who enters, who leaves, and why.
plan-compare-few-title = There is nothing to compare yet
plan-compare-few = Choose two or three computed scenarios in the list.
plan-compare-list = List of scenarios
plan-compare-no-plan = The scenario “{ $title }” has no computed plan, so it is not in the comparison.
plan-compare-main = Main figures
plan-compare-figure = Figure
plan-compare-change = Difference from the first, points
plan-compare-part = Part
plan-compare-help = Each bar is a scenario, in the order of the table.
plan-compare-money = Money by source and year
plan-compare-money-caption = Spending, thousand tenge
plan-compare-invested-caption = Appraised total of the projects that start, thousand tenge
plan-compare-pair = “{ $first }” and “{ $second }”
plan-compare-same = The terms are the same.

## The page of pictures

plan-pictures-title = The plan in pictures: { $title }
plan-weights-none = The projects have no points by criterion, so other weights cannot be tried.
plan-weights-later = What other weights would change is still being computed. Open the page again in a minute.
plan-report-none = The whole explanation is not computed yet: compute the scenario in full.
plan-frequency-none = The points of the projects have no ranges, so how often they are chosen is not computed.
plan-steady-core = core
plan-steady-likely = likely
plan-steady-marginal = marginal
plan-steady-unlikely = unlikely
plan-tornado-weights = If a criterion weighed more or less
plan-tornado-weights-help = By how many points another plan would beat the recommended one if the weight changed by 10%. Zero: the recommended plan stays the best.
plan-tornado-weights-caption = Gain of another plan in points, and how many projects change
plan-weight-less = Weight 10% less
plan-weight-more = Weight 10% more
plan-weight-less-moved = Projects that change, if less
plan-weight-more-moved = Projects that change, if more

## The explanation of one project

plan-why-title = Why: { $project }
plan-why-project = Page of the project
plan-why-outcome = Similar finished projects
plan-why-cost = Reason and cost
plan-why-needs = What would bring it in
plan-why-place = Who took its place
plan-why-price = Benefit, and the price of the money it takes
plan-why-scores = What its points are made of
plan-why-decide = Decide this way
plan-window = Years in which it may start
plan-witness = In this plan
plan-witness-title = The plan that shows it
plan-witness-caption = Who enters, who leaves, who moves to another year
plan-scores-help = The criteria add up to the points of the project, but for rounding.
plan-scores-caption = Points from each criterion
plan-pictures-link = The plan in pictures
