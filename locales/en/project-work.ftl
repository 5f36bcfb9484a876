# The work of the akimat: my projects, board, portfolio, staff meeting.

desk-work = My work
desk-work-text = What waits for you in your projects: news, dates, tasks.
desk-board = Board by stage
desk-board-text = Projects of the territory by stage.
desk-portfolio = Portfolio of projects
desk-portfolio-text = How many projects and how much money: by territory, sector, stage and year.
desk-meeting = Staff meeting
desk-meeting-text = Tasks, alerts, decisions and what changed in a week.
work-tabs = Parts of the work
work-tab-mine = My projects
work-tab-board = Board
work-tab-portfolio = Portfolio
work-tab-meeting = Meeting
work-title = My work
work-lead = What has waited longest comes first.
work-whose = Whose projects
work-whose-own = mine
work-whose-all = all of the territory
work-waiting = { $n ->
    [0] Nothing waits
    [one] { $n } project waits
   *[other] { $n } projects wait
}
work-waiting-more = { $n ->
    [one] And { $n } more project.
   *[other] And { $n } more projects.
}
work-nothing = All done
work-nothing-text = No project waits for news, a date or an answer now.
work-need-news = { $n ->
    [one] No news for { $n } day
   *[other] No news for { $n } days
}
work-need-end = { $n ->
    [one] The planned end passed { $n } day ago: a new date and a reason are needed
   *[other] The planned end passed { $n } days ago: a new date and a reason are needed
}
work-need-milestone = { $n ->
    [one] “{ $title }” was expected { $n } day ago: mark it or give a new date
   *[other] “{ $title }” was expected { $n } days ago: mark it or give a new date
}
work-need-due = { $n ->
    [one] { $what }: due { $n } day ago
   *[other] { $what }: due { $n } days ago
}
work-need-results = { $n ->
    [one] Works are finished, { $n } result is not measured
   *[other] Works are finished, { $n } results are not measured
}
work-due-task = Task of a meeting
work-due-alert = Answer to an alert
work-due-risk = Review of a risk
work-due-contract = Date of a contract
work-due-plan = Work in the plan
work-projects = Projects
work-projects-caption = Last changed first
work-projects-none = No projects
work-projects-none-text = You do not report on any project.
work-show-all = Show all of the territory
work-news-fresh = fresh
work-board-title = Board by stage
work-board-lead = Projects by status. Choose a modality, and the columns become the stages of its way.
work-board-basis = What the stages rest on: { $basis }.
work-board-empty = Empty
work-board-until = until
work-board-more = { $n } more
work-board-over = Finished and given up
work-portfolio-title = Portfolio of projects
work-portfolio-lead = Follow a row to see its part.
work-portfolio-chosen = Chosen:
work-portfolio-drop = remove
work-portfolio-list = List of these projects
work-portfolio-caption = Projects and money
work-portfolio-share = Paid of the plan
work-portfolio-years = Money by year and source
work-portfolio-chart = Planned: { $what }
work-portfolio-one = Nothing left to divide
work-portfolio-one-text = One part is left. Open the list of projects or remove a choice.
work-portfolio-late = { $n ->
    [one] { $n } project is late
   *[other] { $n } projects are late
}
work-portfolio-silent = { $n ->
    [one] { $n } project has had no news for long
   *[other] { $n } projects have had no news for long
}
work-portfolio-stopped = { $n ->
    [one] { $n } project is suspended
   *[other] { $n } projects are suspended
}
work-meeting-title = Staff meeting
work-meeting-lead = From { $from } to { $to }
work-meeting-span = Over what time
work-meeting-days = { $n ->
    [one] { $n } day
   *[other] { $n } days
}
work-print = Print
work-tasks-overdue = Overdue tasks
work-tasks-overdue-none = No task is overdue.
work-tasks-open = Tasks under way
work-tasks-open-none = No task is under way.
work-task-late = { $n ->
    [one] { $n } day overdue
   *[other] { $n } days overdue
}
work-task-due = due
work-task-given = given
work-task-result = What was done
work-task-done = Close the task
work-task-give = Give a task
work-task-number = Number of the project
work-task-number-hint = Its number in the register, as on the project’s page.
work-task-due-on = Due
work-task-text = What is to be done
work-task-owner = Who answers for it
work-task-submit = Give the task
work-alerts-none = There are no open alerts.
work-alert-project = Project
work-alerts-caption = Open alerts, the nearest deadline first
work-decisions = Decisions on programmes
work-decisions-none = No decision on a programme was made in this time.
work-changed = What changed
work-changed-none = Nothing changed in this time.
work-moved = { $when }: stage “{ $stage }” ({ $by })
work-moved-because = { $when }: stage “{ $stage }” ({ $by }). Reason: { $reason }
work-news = { $when }: { $percent } done. { $body }
work-progress = { $when }: { $percent } done
work-edited = { $when }: { $changes }
task-given = The task is given
task-done = The task is closed
task-no-project = There is no project of this number in your territory.
task-due-before-given = A task cannot be due before today.
