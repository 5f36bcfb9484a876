### Expected appeals and reports by service, and officers.

demand-title = { $place }: expected appeals and reports
demand-intro = How many appeals and reports of residents each service may expect in the next six months, and how many officers that takes under the assumptions that you set.
demand-entry = Expected appeals and reports
demand-entry-text = How many appeals will each service get, and how many officers does that take?
demand-empty = No monthly counts of appeals and reports of this territory have been imported yet.
demand-import = Once a table with monthly counts is imported, the forecast appears here. The operator imports it as figures about territories:
demand-import-row = A row is one month of one service of one territory, with its year in the column “year”. The code of the series ends with the month; July of the roads is:
demand-form-title = Service and assumptions
demand-service = Service
demand-service-heating = Heating
demand-service-lighting = Street lighting
demand-service-roads = Roads
demand-service-waste = Waste collection
demand-service-water = Water supply
demand-field-minutes = Minutes of work on a case
demand-field-minutes-hint = Assumption if you change nothing: 45
demand-field-day = Minutes a day an officer gives to cases
demand-field-day-hint = Assumption if you change nothing: 360 of 480
demand-field-share = Handled within the month, %
demand-field-share-hint = Assumption if you change nothing: 95
demand-field-days = Working days a month
demand-field-days-hint = Empty: by the calendar
demand-field-range = Please enter a whole number from { $from } to { $to }.
demand-assumed-title = The number of officers rests on assumptions
demand-assumed-default = A case takes { $minutes } minutes, an officer gives { $day } minutes of a working day to cases, { $share } of the cases are handled within their month. Nobody has measured these numbers: they are defaults of the platform. Please replace them with your own.
demand-assumed-own = A case takes { $minutes } minutes, an officer gives { $day } minutes of a working day to cases, { $share } of the cases are handled within their month. At least one of these settings was set in the form.
demand-all-heading = All services
demand-all-title = { $place }: appeals and reports by service
demand-all-caption = Cases, months and officers
demand-all-note = Officers of the busiest of the six months, if each service has its own team. A shared team may need fewer. Ranges of the services must not be added up.
demand-track-link = How published forecasts of appeals came out
demand-months-known = Months known
demand-last-year = Cases in the last 12 months
demand-next-months = Expected in the next 6 months
demand-next-naive = The same by the naive method
demand-officers-busiest = Officers in the busiest month
demand-officers-busiest-upper = Officers, upper end of the 80% range
demand-too-few =
    { $have ->
        [one] { $have } month is known, a forecast needs at least { $need }. Please import earlier months, or come back when there are more.
       *[other] { $have } months are known, a forecast needs at least { $need }. Please import earlier months, or come back when there are more.
    }
demand-not-a-count = The figure for { $month } is not a whole number from 0 to 1,000,000. Please correct it and import it again.
demand-no-forecast = This service has no forecast; the reason stands above. Its known months are below.
demand-cases = cases a month
demand-expected = Expected
demand-observed = Received
demand-chart-title = { $service }: cases by month
demand-chart-about = Cases received, the expected number of the next six months with its ranges, and the naive method.
demand-source = Source of the counts: { $source }
demand-stat-cases = Cases, { $month }
demand-stat-range = 80% range: { $low } to { $high }
demand-stat-officers = Officers for the expected cases, { $month }
demand-stat-chance = Enough with a probability of { $chance }
demand-stat-officers-upper = Officers for the upper end, { $month }
demand-stat-upper-note = Enough in about nine months of ten
demand-staffing-heading = Officers month by month
demand-staffing-title = { $service }: officers by month
demand-staffing-caption = Officers of this service, rounded up
demand-working-days = Working days
demand-officers = For the expected cases
demand-officers-chance = Probability that they are enough
demand-officers-upper = For the upper end of the 80% range
demand-days-own = The working days were set in the form.
demand-days-calendar = Working days after the calendar of public holidays, without transfers of days by the Government.
demand-days-assumed = ≈ The calendar of public holidays does not reach this month: the working days of the same month of its last year are assumed.
demand-history-heading = All known months
demand-history-title = { $service }: cases received
demand-method = The monthly counts are continued with the same method as all forecasts of the platform: several models, weighted by their past errors on this series, with ranges as wide as those errors demand. For each month the work is the number of cases times the minutes of a case times the wanted share; an officer has the working days times the minutes of a day. Work divided by that, rounded up, is the number of officers.
demand-formula = officers = ⌈ cases × minutes × share ÷ (working days × minutes a day) ⌉
demand-limits = The probability that a team is enough takes the counts as negative binomial with the spread of the 80% range. Leave, illness, cases left from earlier months and cases that take much longer than others are not in it. It is a hint for a conversation about staff, not a norm.
