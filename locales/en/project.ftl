### Register of projects.


## Statuses

status-idea = Idea
status-appraisal = Under appraisal
status-planned = Planned
status-tender = Tender
status-contract = Contract signed
status-implementing = Under way
status-completed = Completed
status-operating = In operation
status-suspended = Suspended
status-terminated = Terminated

## Sectors

sector-education = Education
sector-health = Health
sector-social = Social protection
sector-housing = Housing
sector-water = Water and sewerage
sector-energy = Heat, electricity, gas
sector-transport = Roads and transport
sector-improvement = Public spaces
sector-culture = Culture and sport
sector-environment = Environment
sector-agriculture = Agriculture
sector-digital = Digital services and communications

## Kind, modality, level, source of money

kind-infrastructure = Infrastructure
kind-social = Social
kind-energy = Energy
kind-innovation = Innovation
modality-budget = Budget investment
modality-ppp = Public-private partnership
modality-grant = Grant
modality-participatory = Participatory budget
project-level-national = Republican
project-level-regional = Regional
project-level-district = District
project-level-local = Local
money-source-own = Own revenue of the budget
money-source-transfer = Transfer from the budget above
money-source-private = Private partner
money-source-grant = Grants and donations

## List

projects-title = Projects
projects-title-of = Projects: { $place }
projects-intro = What is being built, what it costs and when it will be ready.
projects-found =
    { $n ->
        [0] No project matches.
        [one] { $n } project found.
       *[other] { $n } projects found.
    }
projects-empty = There are no such projects. Try to remove one of the filters.
projects-search-label = Title, number or contractor
project-sort-updated = recently updated
project-sort-title = by title
project-sort-planned = by cost
project-sort-ends_on = by date of completion
project-sort-progress = by progress
project-sort-rating = by rating

## Project page

project-number = Number in the register
project-title = Title
project-summary = In short
project-place = Territory
project-sector = Sector
project-kind = Kind
project-modality = Modality
project-level = Level
project-status = Status
project-progress = Progress
project-progress-of = { $percent } done
project-contractor = Contractor
project-contractor-none = No contractor has been chosen yet.
project-manager = Project manager
project-dates = Dates
project-starts = Start
project-ends = Completion
project-money = Money
project-money-caption = By year and source
project-planned = Planned
project-contracted = Contracted
project-paid = Paid
project-money-source = Source
project-money-none = The cost of the project is not known yet.
project-paid-of-planned = Of the planned { $planned }, { $paid } has been paid.
project-milestones = Milestones
project-milestone = Milestone
project-milestone-planned = Planned
project-milestone-forecast = Expected
project-milestone-actual = Reached
project-milestone-late =
    { $n ->
        [one] { $n } day late
       *[other] { $n } days late
    }
project-milestones-none = No milestones have been set yet.
project-results = Expected results
project-result = Result
project-result-unit = Unit
project-result-baseline = Before
project-result-target = Target
project-result-measured = Measured
project-results-none = No expected results have been described yet.
project-news = News
project-news-none = No news of this project has been posted yet.
project-news-silence =
    { $n ->
        [one] No news for { $n } day
       *[other] No news for { $n } days
    }
project-news-by = { $name }, { $when }
project-history = History of statuses
project-history-registered = Registered as: { $to }
project-history-moved = { $from } → { $to }
project-history-reason = Reason: { $reason }
project-location = Location
project-location-coordinates = Latitude { $lat }, longitude { $lon }
project-location-none = No place on the map is given.
project-scores = Scores by criterion
project-decision = Decision

## Editing

project-edit-title = Edit the project
project-new-title = Register a project
project-edit-saved = The project is saved. The changes are visible on its page.
project-edit-title-kk = Title in Kazakh
project-edit-title-ru = Title in Russian
project-edit-title-en = Title in English
project-edit-summary-kk = Summary in Kazakh
project-edit-summary-ru = Summary in Russian
project-edit-summary-en = Summary in English
project-post-title = Post news
project-post-body = What was done and what comes next
project-post-hint = Write briefly and clearly for residents. It will appear on the project’s page.
project-post-progress = Progress now, 0 to 100 per cent
project-post-status = New status (if it changes)
project-post-status-same = No change
project-post-reason = Why the status changes
project-post-submit = Post
project-posted = The news is posted.

## More

project-edit-lat = Latitude, degrees
project-edit-lon = Longitude, degrees
project-exclusive-group = Group of mutually exclusive projects
project-exclusive-group-hint = Only one project of a group can be funded.
project-facts = Key facts
project-milestone-delay = Delay
project-milestone-reached-late = { $n ->
    [one] reached { $n } day late
   *[other] reached { $n } days late
}
