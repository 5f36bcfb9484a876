### Recommendation and decision.

decisions-title = Decisions
decisions-empty = No decision has been published yet.
decision-title = { $place }: decision of { $date }
decision-by = Decided by { $name }
decision-why = Reason for the decision
decision-state-accepted = The recommendation was accepted unchanged
decision-state-changed = The recommendation was accepted with changes

## Recommendation

recommend-title = Recommended portfolio of projects
recommend-intro = Give the money for each year. The platform picks the projects of greatest total benefit within it and explains every choice. A person decides.
recommend-envelope = Envelope
recommend-envelope-year = Envelope of { $year }, thousand tenge
recommend-compute = Compute the recommendation
recommend-criteria = Criteria and weights
recommend-criterion = Criterion
recommend-weight = Weight
recommend-score = Score
recommend-benefit = Benefit, points
recommend-cost = Cost
recommend-rate = Benefit per million tenge
recommend-rate-value = { $rate } points per million tenge
recommend-total-benefit = Total benefit of the portfolio: { $points }
recommend-spent = Spent
recommend-left = Left
recommend-in = In the portfolio
recommend-out = Not in the portfolio
recommend-why = Why
recommend-optimal = It is proven that no better portfolio exists.
recommend-not-proven = Within the time allowed the best portfolio was not proven: this one falls short of it by at most { $gap }.
recommend-infeasible = The mandatory projects do not all fit into this envelope. Please raise it.
recommend-nothing = There are no appraised projects. Please score the projects by the criteria first.

## Reasons

reason-funded = Funded: its benefit is { $rate }, place { $rank } of { $of }.
reason-mandatory = Funded: it is a running contract or a duty by law.
reason-barred_by_person = A responsible person ruled this project out.
reason-out_not_assessable = It cannot be compared: scores are missing for { $missing }.
reason-out_no_benefit = Its points by the criteria are zero, so it would add nothing to the portfolio.
reason-out_larger_than_envelope = In { $year } it alone needs { $needs }, while the whole envelope is { $envelope }.
reason-out_mandatory_leave_too_little = In { $year } it needs { $needs }, and the mandatory projects leave { $left }.
reason-out_exclusion = Of the projects that exclude each other only one can be funded, and that is “{ $by }”.
reason-out_envelope_spent = In { $year } it needs { $needs } and { $left } is left; its benefit ({ $rate }) is lower than that of every project chosen for that year, such as “{ $weakest }” ({ $weakest_rate }).
reason-out_envelope_spent_equal = In { $year } it needs { $needs } and { $left } is left; its benefit ({ $rate }) equals that of the chosen “{ $weakest }”, but it does not fit into what is left.
reason-out_does_not_fit = Although its benefit ({ $rate }) is higher than that of “{ $weakest }” ({ $weakest_rate }), it needs { $needs } in { $year } and { $left } is left; no exchange is known that brings more points.
reason-out_equal_plan = In { $year } it needs { $needs } and { $left } is left. An equally good portfolio contains it; the choice follows the published tie rule.
reason-price-exact =
    { $points ->
        [one] Taking it in would cost the portfolio { $points } point.
       *[other] Taking it in would cost the portfolio { $points } points.
    }
reason-price-between = Taking it in would cost the portfolio between { $at_least } and { $at_most } points.

## Deciding

decide-title = Decide
decide-accept = Accept the recommendation
decide-change = Change the recommendation
decide-include = Include: { $project }
decide-reason = Reason for the decision
decide-reason-hint = Everybody sees the reason, and it is kept together with the recommendation.
decide-publish = Publish the decision
decide-published = The decision is published. It cannot be changed silently: a correction appears as a new version.
decide-price =
    { $points ->
        [one] The price of the change: { $points } point fewer than recommended.
       *[other] The price of the change: { $points } points fewer than recommended.
    }
decide-added = Added
decide-removed = Removed

## What is wrong with a plan

fault-unknown = “{ $project }” is not among the candidates.
fault-repeated = “{ $project }” is named twice.
fault-overspent = In { $year } the envelope is exceeded by { $over }: envelope { $envelope }, plan { $spent }.
fault-mandatory_missing = The mandatory project “{ $project }” is missing.
fault-barred = “{ $project }” was ruled out by a responsible person.
fault-not_assessable = “{ $project }” lacks scores.
fault-group_crowded = Several projects of the group “{ $group }” are chosen: { $projects }. Please keep one.

## More

decide-include-label = Include in the portfolio
decisions-intro = Decisions of the akim: what was recommended, what was decided, and why.
decision-published = The decision is published. It cannot be changed silently: a correction appears as a new decision.
missing-cost = the cost in the chosen years
recommend-group-clash = All of these projects are marked as mandatory, but only one of them can be funded: { $projects }. Please keep one.
