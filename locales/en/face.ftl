### The register of projects for residents: map, comparison, calendar, feeds, mail, passport and board.

## The list

face-views = How projects are shown
face-view-list = As a list
face-view-map = On a map
face-view-calendar = As a calendar
face-more-filters = More conditions
face-year = Year in which there is money
face-cost-min = Cost from, million tenge
face-cost-max = Cost up to, million tenge
face-reach = Partners
face-reach-intermunicipal = Intermunicipal
face-reach-international = International
project-sort-quiet = longest without news
face-list-what = Conditions
face-list-subscribe = Get news on these conditions by mail
face-list-feed = Atom feed of these conditions
face-list-save = Copy the address of this search
face-copied = Copied
face-copy = Copy
face-print = Print

## The map

face-map-title = Map of projects
face-map-intro = Where the projects are. Move and zoom the map with the arrows below it; the same projects stand beside it as a list.
face-map-alt = A map with marks of projects. The same list stands beside the map.
face-map-found =
    { $n ->
        [0] There are no such projects in this part of the map.
        [one] There is { $n } project in this part of the map.
       *[other] There are { $n } projects in this part of the map.
    }
face-map-empty = There are no marks here. Zoom out or go back to all projects.
face-map-crowd =
    { $n ->
        [one] { $n } project close together
       *[other] { $n } projects close together
    }
face-map-nearer = zoom in
face-map-as-list = open as a list
face-map-list = Projects on the map
face-map-key = Key
face-map-key-crowd = Several projects close together, with their number
face-map-move-label = Moving the map
face-map-move-west = West
face-map-move-north = North
face-map-move-south = South
face-map-move-east = East
face-map-move-in = Nearer
face-map-move-out = Farther
face-map-move-whole = Show all projects
face-map-open-list = Open this part of the map as a list
face-map-subscribe = Get news on projects around this place
face-map-borders = Borders

## Comparison

face-compare-title = Comparison of projects
face-compare-intro = Two to six projects side by side: money, dates, risks, results.
face-compare-pick = Compare
face-compare-button = Compare the chosen ones
face-compare-hint = Choose two to six projects.
face-compare-none = There is nothing to compare yet
face-compare-none-text = Choose at least two projects in the list and press “Compare the chosen ones”.
face-compare-left-out = Six projects fit side by side. The others that were chosen are not shown.
face-compare-key = Rows in which the projects differ carry the sign ≠.
face-compare-caption = Projects side by side
face-compare-what = Figure
face-compare-without = Take out of the comparison
face-compare-differs = The projects differ
face-compare-about = About the project
face-compare-risks = Risks
face-compare-results = Expected results
face-amended = Amended plan
face-paid-share = Paid of the plan
face-invoiced = Invoiced
face-programme = Programme
face-partners = Other territories
face-milestones-reached = Milestones reached
face-last-slip = Slip of the last milestone
face-days =
    { $n ->
        [0] no slip
        [one] { $n } day
       *[other] { $n } days
    }
face-of = { $part } of { $whole }
face-open-risks = Open risks
face-unit-cost = { $target } ({ $cost } for each)

## Calendar

face-calendar-title = Calendar of openings
face-calendar-intro = What opens when, and which milestones are ahead.
face-calendar-opens = Opening
face-calendar-opened = Opened
face-calendar-previous = Previous month
face-calendar-next = Next month
face-calendar-as-list = Show as a list
face-calendar-as-month = Show as a month
face-calendar-too-many = There are too many projects, so only openings are shown. Choose a territory or a sector to see milestones.
face-calendar-none = Nothing happens in this month
face-calendar-none-text = Look at the next month, or take away some conditions.
face-calendar-file = Calendar for phone and computer (ICS)
face-calendar-file-hint = Give the address of this link to your calendar as a subscription: new dates will appear there by themselves.
face-calendar-name = Projects: { $what }
face-weekday-1 = Monday
face-weekday-2 = Tuesday
face-weekday-3 = Wednesday
face-weekday-4 = Thursday
face-weekday-5 = Friday
face-weekday-6 = Saturday
face-weekday-7 = Sunday
face-weekday-short-1 = Mon
face-weekday-short-2 = Tue
face-weekday-short-3 = Wed
face-weekday-short-4 = Thu
face-weekday-short-5 = Fri
face-weekday-short-6 = Sat
face-weekday-short-7 = Sun

## Feed

face-feed-title = News of projects: { $what }
event-registered = Registered: { $to }
event-moved = Status changed: { $from } → { $to }
event-reason = Reason: { $reason }
event-news = News, { $percent } done

## Shown elsewhere

face-share = Share
face-share-title = Share: { $title }
face-share-intro = News by mail and feed, a passport to print, a board for the site, a card for other websites.
face-share-more = Board, QR code, card for websites
face-share-tell = Follow the project
face-share-subscribe = Get news of the project by mail
face-share-feed = News feed of the project (Atom)
face-share-paper = On paper
face-share-passport = Passport of the project, to print
face-share-pdf = Passport of the project (PDF)
face-share-board = Board for the site, one A4 sheet
face-share-qr = QR code as a file (SVG)
face-share-embed = On another website
face-share-embed-how = Put this code into a page of your website. The card shows status, progress and dates and keeps itself up to date.
face-share-snippet = Code to put in
face-share-embed-look = Look at the card
face-board-title = Board
face-board-back = Back to “Share”
face-board-scan = Point the camera of a phone here to see money, dates, photographs and news of the project.
face-invented-short = An invented project of the demonstration
face-updated = Updated

## Passport

face-passport = Passport of the project
face-passport-title = Passport of project { $number }
face-passport-fact = Figure
face-passport-value = Value
face-passport-none = Nothing is known.
face-passport-date = Date
face-passport-by = Who
face-passport-reason = Grounds
face-passport-source = Source: { $link }, version { $version } of { $changed }. Made on { $printed }.

## Subscription

face-subscribe-title = News by mail
face-subscribe-intro = A letter comes only when something happens to the projects. One click in any letter ends it.
face-subscribe-what = What to tell you
face-subscribe-around = You can also follow more:
face-subscribe-where = Where to write
face-subscribe-email = E-mail address
face-subscribe-email-hint = For example, aliya@example.kz. First a letter comes that asks you to confirm.
field-email = Write the whole address, for example aliya@example.kz.
face-subscribe-frequency = How often
face-subscribe-button = Subscribe
face-subscribe-privacy = The address is kept only while there is a subscription, and used only for these letters. It is not linked to your votes and comments.
face-subscribe-off-title = Mail is not set up
face-subscribe-off = The administrator has not set up sending letters yet. The same news is in the Atom feed.
face-subscribe-feed = The same news as an Atom feed
face-subscribe-choose = Choose something else
face-subscribe-take = Show what this means
face-subscribe-map = Choose a place on the map
face-subscribe-told-title = Look into your mail
face-subscribe-told =
    { $n ->
        [one] If this address can be written to, a letter with a link comes soon. You are subscribed once you open the link and confirm; it works for { $n } day.
       *[other] If this address can be written to, a letter with a link comes soon. You are subscribed once you open the link and confirm; it works for { $n } days.
    }
face-near = Place: latitude and longitude
face-near-hint = For example, 43.238,76.945. Any map on a phone shows these numbers.
face-radius = Radius, metres
face-confirm-title = Confirm the subscription
face-confirm-words = You asked to be told at this address about:
face-confirm-button = Yes, write to me
face-confirmed = The subscription is confirmed.
face-stop-title = Unsubscribe
face-stop-words = Tell this address no more about:
face-stop-button = Unsubscribe
face-stopped-title = You are unsubscribed
face-stopped-words = We will not write about this any more.
face-stopped-already = This subscription is gone already. There is nothing to do.
face-stopped-all = All subscriptions are deleted, and the address with them.
face-manage-title = Your subscriptions
face-manage-intro = What we write to your address about, and how often.
face-manage-address = Address
face-manage-waiting = Waits for the confirmation in a letter
face-manage-none = There are no subscriptions
face-manage-none-text = Subscribe to a project, a street, a sector or a saved search.
face-manage-stop-all = Unsubscribe from everything and delete the address
face-manage-forget = The address goes with the last subscription.

## What a saved search means

search-everything = All projects
search-project = Project “{ $title }”
search-place = Territory: { $place }
search-words = Words: “{ $words }”
search-status = Status: { $names }
search-year = Money in { $year }
search-cost-min = Costs { $cost } or more
search-cost-max = Costs { $cost } or less
search-near = Within { $metres } m of { $point }
search-ends = Ends between { $first } and { $last }
search-late = Past its date and not finished
search-silent = No news for more than 30 days
search-real = Without invented projects
search-bounds = In the chosen part of the map

## Letters

mail-frequency-at_once = At once
mail-frequency-daily = Once a day
mail-frequency-weekly = Once a week
mail-confirm-subject = Confirm your subscription to news of projects
mail-confirm-what = Somebody, probably you, asked that this address be told about: { $what }.
mail-confirm-frequency = How often: { $frequency }.
mail-confirm-link = To subscribe, open this link and confirm:
mail-confirm-ignore =
    { $n ->
        [one] If it was not you, do nothing: after { $n } day the request and the address are deleted.
       *[other] If it was not you, do nothing: after { $n } days the request and the address are deleted.
    }
mail-digest-subject =
    { $n ->
        [one] { $n } piece of news about projects
       *[other] { $n } pieces of news about projects
    }
mail-digest-subject-one = News of the project “{ $title }”
mail-digest-intro = What happened. Your subscription: { $what }.
mail-digest-more =
    { $n ->
        [one] And { $n } more on the website
       *[other] And { $n } more on the website
    }
mail-footer-why = You get this letter because you subscribed to news of projects.
mail-footer-stop = Unsubscribe from these letters
mail-footer-manage = All your subscriptions

## Outgoing mail

desk-letters = Outgoing letters
desk-letters-text = Which letters to residents wait, and which were refused.
outbox-title = Outgoing letters
outbox-intro = Letters wait in the database until a mail server takes them. Letters that are over keep neither address nor text.
outbox-carrier = Letters leave through: { $where }
outbox-none = Sending letters is not set up. Give mail.smtp or mail.folder in the settings.
outbox-subscriptions = Addresses: { $people }, confirmed subscriptions: { $confirmed }, waiting for confirmation: { $waiting }
outbox-empty = There are no letters
outbox-empty-text = Letters appear here when residents subscribe to news of projects.
outbox-created = Written
outbox-kind = Kind
outbox-state = State
outbox-attempts = Attempts
outbox-at = Due or ended
outbox-fault = Why it was not taken
letter-kind-confirm = Asks to confirm
letter-kind-digest = News
letter-state-queued = Waiting
letter-state-sent = Sent
letter-state-failed = Refused
