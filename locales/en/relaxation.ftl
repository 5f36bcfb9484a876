### Why no plan keeps the rules, and the smallest way out.

relaxation-duties-money = The projects that must start cost more than this money, by at least { $by }: { $rule }. The projects are: { $projects }.
relaxation-duties-starts =
    { $n ->
        [one] { $n } project more must start than this rule allows: { $rule }. The projects are: { $projects }.
       *[other] { $n } projects more must start than this rule allows: { $rule }. The projects are: { $projects }.
    }
relaxation-duties = The projects that must start need more than this rule allows: { $rule }. The projects are: { $projects }.
relaxation-duties-exclude = These projects must start, but only one of their list may: { $projects }.
relaxation-duty-waits = “{ $after }” must start, but waits for “{ $before }”, which cannot start in time.
relaxation-floor-by = All projects that may start together do not reach this floor; at least { $by } is lacking: { $rule }.
relaxation-floor = All projects that may start together do not reach this floor: { $rule }.
relaxation-floors-caps-by = These floors ask for more than the limits can pay: { $floors }. The limits are: { $caps }. A single floor would have to fall by at least { $by } to end this.
relaxation-floors-caps = These floors ask for more than the limits allow: { $floors }. The limits are: { $caps }.
relaxation-way-floors = If only floors may fall, they must fall by { $total } together.
relaxation-way-floors-none = Lower floors alone do not help.
relaxation-way-caps = If only limits of money may rise, they must rise by { $total } together.
relaxation-way-caps-none = Higher limits alone do not help.

fairness-no-population = Benefit per head needs the population of every district with projects. It is missing for number { $row } of the districts.
fairness-no-district = No project belongs to a district, so benefit per head cannot be made even.
