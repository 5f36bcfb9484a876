### Recommendation and decision.

decisions-title = Decisions
decisions-empty = No decision has been published yet.
decision-title = { $place }: decision of { $date }
decision-by = Decided by { $name }
decision-why = Reason for the decision
decision-state-accepted = The recommendation was accepted unchanged
decision-state-changed = The recommendation was accepted with changes

## Recommendation

recommend-criteria = Criteria and weights
recommend-criterion = Criterion
recommend-weight = Weight
recommend-cost = Cost

## More

decisions-intro = Decisions of the akim: what was recommended, what was decided, and why.
decision-published = The decision is published. It cannot be changed silently: a correction appears as a new decision.
