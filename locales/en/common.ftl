### Words shared by all pages.

## Name and purpose

site-name = Akimat
site-tagline = Your district’s plans, money and projects in plain sight
site-description = An open platform on which a local government plans, decides, delivers and answers together with its residents.

## Navigation

skip-to-content = Skip to the content
menu-label = Main menu
menu-open = Menu
menu-home = Home
menu-places = Territories
menu-budgets = Budgets
menu-analysis = Analysis
menu-projects = Projects
menu-budgeting = Participation
menu-forecasts = Forecasts
menu-decisions = Decisions
menu-admin = Workplace
menu-account = My profile
menu-sign-in = Sign in
menu-sign-out = Sign out
menu-register = Register
menu-help = Help
menu-about = About the platform
menu-api = API and open data
menu-accessibility = Accessibility
menu-source-code = Source code
breadcrumbs-label = Where you are
footer-label = About the platform
footer-licence = Free software under the EUPL-1.2 licence.

## Languages

language-label = Language
language-switch = Change the language
language-kk = Қазақша
language-ru = Русский
language-en = English
language-name-kk = Kazakh
language-name-ru = Russian
language-name-en = English
not-translated-kk = Not translated yet, shown in Kazakh.
not-translated-ru = Not translated yet, shown in Russian.
not-translated-en = Not translated yet, shown in English.

## Buttons and links

action-save = Save
action-cancel = Cancel
action-search = Search
action-filter = Filter
action-apply = Apply
action-reset = Reset
action-send = Send
action-edit = Edit
action-delete = Delete
action-add = Add
action-confirm = Confirm
action-close = Close
action-back = Back
action-next = Next
action-previous = Previous
action-more = More
action-show-all = Show all
action-show-map = Show on the map
action-show-table = Show as a table
action-download = Download
action-download-csv = Download CSV
action-download-xlsx = Download XLSX
action-download-json = Download JSON
action-print = Print
action-upload = Upload a file
action-choose = Choose
action-how-computed = How this is computed

## Lists and tables

search-label = Search
sort-label = Order
sort-ascending = ascending
sort-descending = descending
filter-all = All
filter-heading = Narrow down
pagination-label = Pages
pagination-page = Page { $page } of { $pages }
pagination-next = Next page
pagination-previous = Previous page
list-count =
    { $n ->
        [0] Nothing found
        [one] { $n } entry found
       *[other] { $n } entries found
    }
no-data = No data
no-data-short = —
not-known = Not given
not-known-yet = Not known yet
total = Total
of-which = of which
table-year = Year
table-name = Name
table-value = Value
table-share = Share
table-amount = Amount
table-change = Change
table-of-chart = The same data as a table
chart-label = Chart
yes = Yes
no = No
required = required
optional = optional
and-more =
    { $n ->
        [one] and { $n } more
       *[other] and { $n } more
    }

## Units

unit-tenge = tenge
unit-thousand-tenge = thousand tenge
unit-million-tenge = million tenge
unit-percent = %
unit-points = points
unit-in = Unit: { $unit }
money-in-tenge = { $amount } tenge
money-in-thousand-tenge = { $amount } thousand tenge
money-in-million-tenge = { $amount } million tenge
money-short-tenge = KZT { $amount }
money-short-thousand = KZT { $amount } thousand
money-short-million = KZT { $amount } million
money-short-billion = KZT { $amount } billion
money-short-trillion = KZT { $amount } trillion
count-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }
count-years =
    { $n ->
        [one] { $n } year
       *[other] { $n } years
    }
count-people =
    { $n ->
        [one] { $n } person
       *[other] { $n } people
    }
count-territories =
    { $n ->
        [one] { $n } territory
       *[other] { $n } territories
    }
count-budgets =
    { $n ->
        [one] { $n } budget
       *[other] { $n } budgets
    }
count-projects =
    { $n ->
        [one] { $n } project
       *[other] { $n } projects
    }
count-rows =
    { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }

## Dates

date-long = { $day } { $month } { $year }
date-short = { $day } { $month } { $year }
date-time = { $date }, { $time }
date-month-year = { $month } { $year }
date-quarter = Quarter { $quarter }, { $year }
date-from = from { $date }
date-until = until { $date }
date-range = { $from } – { $to }
date-today = Today
month-of-1 = January
month-of-2 = February
month-of-3 = March
month-of-4 = April
month-of-5 = May
month-of-6 = June
month-of-7 = July
month-of-8 = August
month-of-9 = September
month-of-10 = October
month-of-11 = November
month-of-12 = December
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
frequency-yearly = by year
frequency-quarterly = by quarter
frequency-monthly = by month

## Where the data come from

invented-banner = This district is invented: it shows how the platform works. Its people, projects and sums are not real.
invented-mark = invented data
source-label = Source
source-file = File
source-row = Row { $row }
source-fingerprint = SHA-256 fingerprint
source-imported = Imported { $when }
source-link = Open the original
source-note = Remark
source-as-printed = Shown as printed in the source.
source-partial = The source is not whole: a missing line is not counted as an error.
updated-at = Updated { $when }
created-at = Created { $when }
saved = Saved.

## More

help-title = Help
help-intro = How to read the pages, by which rules figures are computed, and where to get the data.
help-read-heading = How to read
help-read-source = At the bottom of each budget stand its source, the file and its SHA-256 fingerprint.
help-read-findings = A contradiction means that figures do not fit each other. The platform does not correct them; it shows them.
help-read-forecast = A forecast is no promise: the band shows how far off it may be.
help-read-decision = The platform computes the recommendation, a person decides; both are published.
help-formulas-heading = Formulas of the indicators
help-formulas-letters = R is revenue, T tax, X transfers received, O = R − X own revenue, E expenditure, V balance, P population.
help-criteria-intro = The benefit of a project is the sum of weight times score. Each score is 0 to 100; more is better.
help-criterion-meaning = Meaning
help-accessibility = The pages work without JavaScript, by keyboard and with a screen reader. If something stands in your way, please tell the akimat.
help-open-data = Everything published is available in machine-readable form.
source-row-label = Row
source-imported-label = Imported
unit-billion-tenge = billion tenge
