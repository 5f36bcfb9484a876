## Why a ranking is refused: the row or field, and what to do.
ranking-fault-missing = { $field } is missing. Please add it.
ranking-fault-unreadable = { $field } cannot be read: { $found }. Please write it as the reference page shows.
ranking-fault-too-many = { $n } { $field } are too many; the limit is { $limit }. Please divide the file.
ranking-fault-too-few = { $field }: { $n } are too few; at least { $limit } are needed.
ranking-fault-length = { $field } has { $n } entries instead of { $expected }. Please fill the gap or remove what is too much.
ranking-fault-duplicate = { $field }: { $id } stands twice. Please give each its own name.
ranking-fault-not-finite = { $row }: { $criterion } is not a number. Please write a number.
ranking-fault-negative = { $row }: { $criterion } is { $value }, below zero, which this method cannot use. Please correct it or choose another method.
ranking-fault-range = { $row }: the range of { $criterion } is in disorder. Low must not exceed the point, nor the point the high end.
ranking-fault-constant = { $criterion } has the value { $value } for every project and distinguishes nothing. Please leave it out.
ranking-fault-units = { $criterion } is in { $found } instead of { $expected }. Please bring the values to one unit.
ranking-fault-weight-sum = The weights sum to { $sum } instead of { $expected }. Please correct them.
ranking-fault-weight = The weight of { $criterion } is { $value }. A weight is a number from zero up.
ranking-fault-judgement = The judgement { $row }, { $column } is { $value }. A judgement is a number above zero, and 1 of a criterion with itself.
ranking-fault-not-reciprocal = The judgements { $row } with { $column } and back contradict one another: { $value } times { $mirrored } is not 1. Please correct one of them.
ranking-fault-threshold = The thresholds of { $criterion } are in disorder: q { $q }, p { $p }. Neither may be negative, and q must not exceed p.
ranking-fault-value-function = The value function of { $criterion } breaks at point { $point }: values must rise, and worth must run one way between 0 and 1.
