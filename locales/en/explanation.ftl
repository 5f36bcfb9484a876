### Why a project is in the plan or out of it: whole sentences over computed figures.

## Where the project stands

explanation-in = “{ $project }” is in the plan and starts in { $year }.
explanation-in-mandatory = “{ $project }” is in the plan and starts in { $year }: a rule says that it must, whatever it brings.
explanation-out = “{ $project }” is not in the plan.
explanation-against-optimum = The plan is proven to be the best under these rules, and the figures are against it.
explanation-against-recommended = The plan is not proven to be the best. The figures are against the recommended plan and may only go down as more is computed.
explanation-points =
    { $n ->
        [one] { $n } point
       *[other] { $n } points
    }

## What it would cost to have it in

explanation-regret-zero = An equally good plan with it exists: having it in costs nothing.
explanation-regret-exact = Having it in would cost the plan exactly { $points }. This is proven.
explanation-regret-sufficient = Having it in would cost at most this: { $points }. A plan shows it; perhaps less would be lost.
explanation-regret-interval = What having it in would cost, in points: at least { $lower }, at most { $upper }.
explanation-regret-least = What having it in would cost, in points: at least { $lower }. No plan with it has been found yet.
explanation-regret-unknown = No plan with it has been found yet, and it is not proven that there is none.
explanation-regret-never = No plan that keeps the rules can contain it. This is proven.

## What it brings to the plan

explanation-value-zero = It could be replaced at no loss: an equally good plan without it exists.
explanation-value-exact = Without it even the best plan would bring less, by exactly { $points }. This is proven.
explanation-value-sufficient = Without it the plan would lose at most this: { $points }. A plan shows it; perhaps less would be lost.
explanation-value-interval = What the plan would lose without it, in points: at least { $lower }, at most { $upper }.
explanation-value-least = What the plan would lose without it, in points: at least { $lower }. No plan without it has been found yet.
explanation-value-unknown = No plan without it has been found yet, and it is not proven that there is none.
explanation-value-never = No plan that keeps the rules does without it. This is proven.

## What would bring it in

explanation-benefit-exact = It would come in at no loss if its benefit were higher by { $points }. One point less would not be enough.
explanation-benefit-sufficient = It would certainly come in at no loss if its benefit were higher by { $points }. Perhaps less would do.
explanation-benefit-interval = By how many points its benefit would have to be higher for it to come in at no loss: at least { $lower }, certainly enough is { $upper }.
explanation-benefit-least = By how many points its benefit would have to be higher for it to come in at no loss: at least { $lower }. How much is enough is not known yet.
explanation-cut-exact = It would come in at no loss if its payments were { $percent } lower. One percent less would not be enough.
explanation-cut-sufficient = It would certainly come in at no loss if its payments were { $percent } lower. Perhaps less would do.
explanation-cut-interval = By how much its payments would have to fall for it to come in at no loss: at least { $lower }, certainly enough is { $upper }.
explanation-cut-least = By how much its payments would have to fall for it to come in at no loss: at least { $lower }. How much is enough is not known yet.
explanation-cut-never = Lower payments alone would not bring it in: not even 99 % less.

## What stops it

explanation-stop-barred = It may not be chosen: data are missing or a person ruled it out.
explanation-stop-window = It may start from { $from } to { $to } only, and the programme has no such year.
explanation-stop-excluded = Only one project of its list may be chosen, and that is “{ $by }”.
explanation-stop-predecessor = It waits for “{ $first }”, which is not in the plan.
explanation-stop-predecessor-late = It waits for “{ $first }”, which starts in { $year }: too late for its own years.
explanation-stop-conflict = With it these rules cannot be kept together: { $rules }.
explanation-stop-price = Started in { $year } it would bring { $worth }, but the money and places that it needs bring more elsewhere, by { $short }. Most is charged by { $row }.
explanation-stop-fit = At the going price of money and places it would pay for itself, but it does not fit with the others in whole projects.
explanation-carried = Started in { $year } it brings { $worth }. That is more than the money and places that it takes would bring elsewhere, by { $over }.

## Who took its place

explanation-exchange-none = It fits without anybody leaving.
explanation-exchange-one = The nearest swap: it comes in, “{ $first }” leaves, the plan loses { $points }.
explanation-exchange-two = The nearest swap: it comes in, “{ $first }” and “{ $second }” leave, the plan loses { $points }.
explanation-witness-enter = In the plan that shows it these come in: { $projects }.
explanation-witness-leave = In the plan that shows it these leave: { $projects }.
explanation-witness-move = In the plan that shows it these start in another year: { $projects }.
explanation-start = “{ $project }” ({ $year })
explanation-quoted = “{ $project }”

## Rules by name

explanation-rule-budget = { $source } of { $year }
explanation-rule-tail = { $source } promised for later years
explanation-rule-sector = the least to be invested in the sector “{ $name }”
explanation-rule-district = the least to be invested in “{ $name }”
explanation-rule-starts = the number of starts in { $year }
explanation-rule-exclusive = the list of which at most one may be chosen: { $projects }
explanation-rule-precedence = “{ $after }” waits for “{ $before }”
explanation-rule-once = “{ $project }” starts once at most
explanation-rule-extension = an additional rule of the programme
explanation-rule-carry = { $source }, money carried over to { $year }
explanation-rule-capacity = the number of starts of a sector in { $year }
explanation-rule-obligation = the limit of obligations of { $year }
explanation-rule-benefit = the least benefit for “{ $name }”
explanation-rule-synergy = what two projects add to each other
explanation-rule-margin = the reserve for projects that turn out dearer
explanation-rule-worst = the worst cases of benefit
explanation-rule-stability = the price of changes against the approved plan
explanation-rule-fairness = the even benefit of the territories
explanation-fall-worth = Worth when started in { $year }
explanation-fall-charge = Charged by { $row }
explanation-fall-credit = Credited by { $row }
explanation-fall-net = Left over

## More or less money, and unsure inputs

explanation-marginal-more = { $source }, all years, { $percent } more: the plan gains { $points }.
explanation-marginal-less = { $source }, all years, { $percent } less: the plan loses { $points }.
explanation-marginal-more-year = { $source }, { $year }, { $percent } more: the plan gains { $points }.
explanation-marginal-less-year = { $source }, { $year }, { $percent } less: the plan loses { $points }.
explanation-marginal-same = { $source }, change by { $percent }: the worth of the plan does not change.
explanation-marginal-none = { $source }, change by { $percent }: no plan keeps the rules.
explanation-marginal-found = This is the difference between the plans found; the best ones are not proven.
explanation-frequency-core = Chosen in { $share } of { $draws } trials with other inputs ({ $low } to { $high }): it belongs to the core of the programme.
explanation-frequency-likely = Chosen in { $share } of { $draws } trials with other inputs ({ $low } to { $high }): mostly chosen.
explanation-frequency-marginal = Chosen in { $share } of { $draws } trials with other inputs ({ $low } to { $high }): its place depends on the estimates.
explanation-frequency-unlikely = Chosen in { $share } of { $draws } trials with other inputs ({ $low } to { $high }): seldom chosen.
