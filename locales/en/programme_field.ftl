### What is wrong with what a programme asks; the job that solves it.

job-kind-solve_programme = Solve a programme
job-solve-plan = Best plan so far, points
job-solve-bound = No plan brings more, points
field-programme-too-many = There are too many entries. At most { $max } are allowed.
field-programme-years = Please give one value for each of the { $years } years.
field-programme-no-source = Please name at least one source of money.
field-programme-source-twice = A source stands here twice. Please keep one line for each source.
field-programme-project-unknown = This project is not a candidate of the programme. It may have changed its status meanwhile; please choose another or take the line out.
field-programme-window = The first year comes after the last one. Please correct one of them.
field-programme-wait-itself = A project cannot wait for itself. Please choose two different projects.
field-programme-exclusive = Please choose at least two different projects of which only one may start.
field-programme-ruled-twice = This project is ruled on twice. Please keep one ruling.
field-programme-not-ruled = Nobody can rule on this project: it is under contract, has no cost here, or cannot start in these years.
field-programme-no-candidate = The territory has no project in appraisal and no running contract. Register projects first.
field-programme-cycle = Projects wait for one another in a circle: { $keys }. Please take one of the links away.
field-programme-extension = A further rule is wrong: { $detail }. Please correct it.
field-programme-data = The data do not make a programme: { $detail }. Please correct them.
field-programme-criteria = These criteria are not the approved ones of the first year. Please choose the approved criteria.
field-programme-start = The project cannot start in this year. Please choose a year of its window or leave it out.
field-programme-overspent = In { $year } the plan exceeds a budget ({ $source }) by { $over } thousand tenge. Please leave a project out or move it to another year.
field-programme-duty-missing = Project { $key } must start: it is under contract or was kept in. Please leave it in the plan.
field-programme-too-early = Project { $after } waits for { $before }; years that must pass between the two starts: { $lag }. Please choose a later year.
field-programme-below-floor = The plan falls short of a floor by { $short } thousand tenge. Please keep more projects of that sector or territory.
field-programme-rule-broken = The plan breaks a rule of the programme. Please undo the last deviation.
