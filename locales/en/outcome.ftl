outcome-title = How likely is a delay
outcome-target-delay = Delay
outcome-target-cost_growth = Growth of cost
outcome-target-completed = Completion
outcome-chance-delay = The chance that it takes longer than planned by more than a tenth of the planned time is { $chance }.
outcome-chance-cost = The chance that it costs more than planned is { $chance }.
outcome-chance-completed = The chance that it is completed and not given up is { $chance }.
outcome-range-delay = 8 of 10 finished projects like this one would have ended between { $from } ({ $early }) and { $to } ({ $late }).
outcome-range-cost = 8 of 10 finished projects like this one would have cost between { $low } and { $high } of the plan.
outcome-days-late = { $n ->
    [0] on the planned day
    [one] { $n } day late
   *[other] { $n } days late
}
outcome-days-early = { $n ->
    [one] { $n } day early
   *[other] { $n } days early
}
outcome-class = Learnt from the class “{ $class }”: { $n ->
    [one] { $n } finished project.
   *[other] { $n } finished projects.
}
outcome-class-parent = The class “{ $class }” has only { $n ->
    [one] { $n } finished project, nine are needed, so the class above it stands in.
   *[other] { $n } finished projects, nine are needed, so the class above it stands in.
}
outcome-class-all = all finished projects
outcome-size-small = below 100 million tenge
outcome-size-medium = 100 million to 1 billion tenge
outcome-size-large = from 1 billion tenge
outcome-refused-few = { $target }: nothing can be said. There are { $have } finished projects with a known outcome, { $need } are needed.
outcome-refused-constant = { $target }: nothing can be said, because all finished projects ended the same way.
outcome-shares = What the chance of a delay is made of
outcome-shares-note = The chance for ordinary finished projects and the contributions of this project's features add up to the chance. A contribution is not a cause.
outcome-share-name = Feature
outcome-share-value = Contribution
outcome-points = { $points } points
outcome-base = Ordinary finished projects
outcome-total = This project
outcome-feature-sector = Field
outcome-feature-size = Size
outcome-feature-kind = Kind
outcome-feature-modality = How it is paid
outcome-feature-level = Whose it is
outcome-feature-planned_cost = Planned cost
outcome-feature-planned_time = Planned time
outcome-similar = The most similar finished projects
outcome-similar-project = Project
outcome-similar-outcome = What became of it
outcome-similar-late = took { $share } of the planned time longer
outcome-similar-early = took { $share } of the planned time less
outcome-similar-alike = Alike
outcome-record = Published predictions and decisions
outcome-record-empty = Nothing has been published about this project yet.
outcome-record-published = { $target }: { $chance }. Model { $model }, { $n ->
    [one] { $n } finished project in the class,
   *[other] { $n } finished projects in the class,
} data up to { $date }.
outcome-record-decided = { $target }: { $verdict }. { $reason }
outcome-verdict-accepted = taken into account
outcome-verdict-set_aside = set aside
outcome-verdict-acted_on = acted on
outcome-work-title = Predictions and decisions
outcome-work-lead = An analyst publishes what is expected of the project today. The project's manager or the akim says what is done about it. Nothing that was published is changed.
outcome-work-today = Expected today
outcome-work-publish = Publish
outcome-work-publish-hint = The prediction stays on the project's page with its date, and is compared with what comes out.
outcome-decide = Decide about a prediction
outcome-decide-about = Prediction
outcome-decide-verdict = Decision
outcome-decide-reason = Reason
outcome-decide-hint = Everybody can read it, and it stays on record. Name no persons.
outcome-decide-save = Put on record
outcome-warning-title = Early warning
outcome-warning-hub = Which running projects are likely to be late or dearer than planned?
outcome-warning-lead = Running projects by risk, learnt from finished ones. A warning is a reason to look, not an accusation.
outcome-warning-filter = What to warn about
outcome-warning-target = Risk
outcome-warning-from-red = Red from, per cent
outcome-warning-from-amber = Amber from, per cent
outcome-warning-place = Territory, KATO code
outcome-warning-summary = { $n ->
    [one] { $n } running project:
   *[other] { $n } running projects:
} { $red } red, { $amber } amber.
outcome-warning-silent = { $n ->
    [one] Of { $n } more nothing can be said.
   *[other] Of { $n } more nothing can be said.
}
outcome-warning-red = red
outcome-warning-amber = amber
outcome-warning-green = green
outcome-warning-none = No running project
outcome-warning-none-text = There is no running project in this territory of which something can be said.
outcome-warning-caption = Running projects, the greatest risk first
outcome-warning-sign = Sign
outcome-warning-chance = Risk
outcome-warning-class = Class and its finished projects
outcome-warning-note = Red and amber begin where you set them above; the address keeps them.
outcome-card-link = How this is computed and how good it was
outcome-card-title = How outcomes of projects are predicted
outcome-card-lead = Data, method, record on finished projects, and where the predictions are not to be trusted.
outcome-card-survivors = Only projects that ended can teach
outcome-card-survivors-text = Projects that drag on are not among the finished ones yet. Delays and costs of finished projects are therefore lower than those of all projects that began in the same years.
outcome-card-method = Data and method
outcome-card-data = { $n ->
    [one] { $n } ended project of the platform, facts up to { $date }.
   *[other] { $n } ended projects of the platform, facts up to { $date }.
}
outcome-card-class = A project is expected to end as the finished projects of its field and size did. A class of n projects weighs n / (n + 10), the class above it has the rest. A class under nine finished projects is not named: the class above it stands in, and the page says so.
outcome-card-prior = Above all finished projects stand published uplifts: for roads those of the UK Department for Transport (Flyvbjerg and COWI, 2004), for other fields those of HM Treasury (Mott MacDonald, 2002).
outcome-card-challengers = From 50 finished projects on, a linear model, boosted trees and a small network compete on later projects. They are used as far as they do better there than the class rate.
outcome-card-ranges = Ranges come from errors on projects that the model had not seen. A range of 80 % needs at least 4 such errors, one of 90 % at least 9.
outcome-card-events = A delay counts when the last step comes later than planned by more than a tenth of the planned time. Growth of cost counts when more is paid than was planned.
outcome-card-n = Finished projects
outcome-card-share = Share in which it happened
outcome-card-model = Model and version
outcome-card-choice = What is used
outcome-choice-few = the class rate, because there are fewer than 50 finished projects
outcome-choice-class = the class rate, because the other models were worse on later projects
outcome-choice-partly = the class rate mixed with the other models
outcome-choice-mixture = the mixture of all models, which won on later projects
outcome-card-brier = Brier score on unseen projects (lower is better)
outcome-card-brier-base = Brier score of the plain base rate
outcome-card-auc = AUC on unseen projects (0.5 is chance)
outcome-card-better = On unseen projects the predictions were nearer than the plain base rate. How sure that is, the standard errors show.
outcome-card-worse = On unseen projects the predictions were no nearer than the plain base rate: use the class and its size, not the decimals.
outcome-card-diagram = What was said and what happened
outcome-card-said = Chance said
outcome-card-seen = Share that happened
outcome-card-projects = Projects
outcome-past = Published predictions and what came of them
outcome-past-text = Of each project and question the first published prediction counts, which knew least. The facts are those of the register today: a date that is corrected there corrects the record.
outcome-past-waiting = { $n ->
    [one] { $n } prediction waits: its project has not ended yet.
   *[other] { $n } predictions wait: their projects have not ended yet.
}
outcome-past-listed = The table shows the last { $n }; the API has all of them.
outcome-past-none = No project with a published prediction has ended yet
outcome-past-none-text = Once one ends, what was predicted stands here beside what came of it.
outcome-past-n = Predictions that met their fact
outcome-past-said = Mean chance said
outcome-past-brier = Brier score of what was said (lower is better)
outcome-past-brier-base = Brier score of the chance for ordinary projects
outcome-past-range = The { $level } range held
outcome-past-held = { $held } of { $n }
outcome-past-error = Mean error of the median
outcome-past-error-plan = Mean error of the plan itself
outcome-past-few = Fewer than ten facts: too few to say whether the predictions are good.
outcome-past-better = The predictions were nearer to what happened than the chance for ordinary projects.
outcome-past-worse = The predictions were no nearer to what happened than the chance for ordinary projects.
outcome-past-caption = Predictions one by one, the last published first
outcome-past-on = Published
outcome-past-came = What came of it
outcome-came-title = What came of what was predicted
outcome-came = { $target }: the chance that was said first was { $chance }. { $came }
outcome-came-delay = It was finished { $days }.
outcome-came-cost = It cost { $share } of the plan.
outcome-came-completed = It was completed.
outcome-came-given-up = It was given up.
outcome-came-held = That is within the { $level } range.
outcome-came-missed = That is outside the { $level } range.
outcome-card-banks = The same method on foreign projects
outcome-card-banks-text = On 326 infrastructure projects of the Asian Development Bank and 204 of New York City the method was tested on later and left-out projects; the figures are in the documentation, docs/method/project-outcome.md. Half to two thirds of what becomes of a project is not in the columns known at approval.
outcome-effect-title = Effects of projects
outcome-effect-hub = What does a project bring about, and what did it?
outcome-effect-lead = An estimate with a range beforehand, and before and after once there are facts.
outcome-effect-before = Beforehand
outcome-effect-parameter = What is brought about
outcome-effect-output = Output
outcome-effect-output-hint = Kilometres, households, lamps or places, as the line says.
outcome-effect-output-wrong = Enter the output as a number from 0.
outcome-effect-count = Estimate
outcome-effect-estimate = { $name }: about { $central }, from { $low } to { $high } a year.
outcome-effect-table = A unit of output brings about, a year
outcome-effect-low = Low
outcome-effect-central = Central
outcome-effect-high = High
outcome-effect-valid = From
outcome-effect-invented = invented for the demonstration
outcome-effect-of-road_time = Vehicle hours saved a kilometre of road
outcome-effect-of-water_health = Days of illness avoided a household with water
outcome-effect-of-lamps_safety = Evening walks that feel safe, a lamp
outcome-effect-of-school_places = Pupils out of the third shift, a place
outcome-effect-after = Before and after
outcome-effect-after-text = Units with the project are compared with units without it, before its start and after: difference in differences with standard errors by unit. At least five units of each are needed.
outcome-effect-facts = Facts
outcome-effect-facts-hint = A line each: unit, period as a whole number, 1 with the project or 0 without, value. No header.
outcome-effect-start = First period with the project
outcome-effect-start-wrong = Enter the first period with the project as a whole number.
outcome-effect-line-wrong = Line { $line } cannot be read: four values are needed, the third is 1 or 0.
outcome-effect-compare = Compare
outcome-effect-effect = Effect ± standard error
outcome-effect-units = Units with / without the project
outcome-effect-trend = Difference of the trends before ± standard error
outcome-effect-few = There is no result: at least five units with and five without the project are needed.
outcome-effect-one-sided = There is no result: values before and after the start are needed on both sides.
outcome-effect-mixed = There is no result: a unit stands on both sides.
outcome-effect-trends-differ = The trends differed before the start already: this effect is not to be believed.
outcome-effect-trends-alike = Before the start the trends did not differ by more than two standard errors.
outcome-effect-trends-unknown = The trends before the start cannot be compared: two periods before it are needed.
field-outcome-ended = The project has ended: nothing is predicted any more.
field-outcome-refused = There are too few finished projects to publish anything.
