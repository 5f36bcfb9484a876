### Notices: what happened, how to be told, what to follow.

told-title = Notices
told-lead = What concerns you and what you follow.
told-none = No notices yet
told-none-text = They appear when somebody answers you or when something you follow changes. You can follow a project from its page, under “Share”.
told-unread = { $n ->
    [one] { $n } unread notice
   *[other] { $n } unread notices
}
told-new = new
told-read-all = Mark all as read
told-read-one = Mark as read

## What happened

told-reply = Somebody answered your comment: “{ $title }”.
told-official-answer = An office answered: “{ $title }”.
told-comment-hidden = A moderator hid your comment: “{ $title }”. Rule: { $rule }. You may contest this once.
told-comment-shown = Your comment is shown again: “{ $title }”.
told-contest-granted = Your objection was upheld and the comment is shown again: “{ $title }”.
told-contest-refused = Your objection was rejected and the comment stays hidden: “{ $title }”.
told-project-moved = The project “{ $title }” is now: { $status }.
told-project-dates = The project “{ $title }” has a new planned end: { $date }.
told-project-dates-none = The project “{ $title }” no longer has a planned end.
told-programme-decided = The programme of projects for { $year } was decided: { $title }.
told-ballot-unfinished = “{ $title }”: your ballot is saved and not handed in. The vote ends in less than { $hours } hours.
told-new-device = Somebody signed in to your account from a new device: { $device }.
told-new-device-unknown = Somebody signed in to your account from a new device.
told-reason = Reason given: { $reason }

## Letters

told-subject = { $n ->
    [one] { $n } notice from the platform
   *[other] { $n } notices from the platform
}
told-subject-messenger = Notices of the platform
told-open = Open on the platform
told-why = You receive this because of the notices you chose.
told-stop-link = Send me no more notices this way
letter-kind-notice = Notice
letter-kind-code = One-time code
letter-kind-account_notice = Account security

## Settings

told-settings-title = Notice settings
told-settings-lead = For each event choose how and when to be told.
told-lang = Language of the messages
told-lang-kk = қазақша
told-lang-ru = русский
told-lang-en = English
told-zone = Time zone
told-zone-hint = Digests come at seven in the morning of this zone, weekly ones on Monday.
told-kind-reply = An answer to my comment
told-kind-official_answer = An office answers where I wrote or what I follow
told-kind-comment_moderated = A moderator hid or restored my comment
told-kind-contest_decided = The decision on my objection
told-kind-project_moved = A project I follow moved to another stage
told-kind-project_dates = The dates of a project I follow changed
told-kind-programme_decided = A programme was decided in a territory I follow
told-kind-correction_decided = The decision on my request to correct my record
told-kind-ballot_unfinished = My saved ballot is not handed in and the vote ends soon
told-kind-new_device = Sign-in from a new device
told-channel-page = On the page
told-channel-email = E-mail
told-channel-phone = SMS
told-channel-telegram = Telegram
told-pace-shown = show
told-pace-never = do not tell me
told-pace-at_once = at once
told-pace-daily = once a day
told-pace-weekly = once a week
told-missing-email = You have no confirmed e-mail address, so no letters come.
told-missing-phone = You have no confirmed phone number, so no SMS come.
told-stopped = { $channel }: your address refused a message on { $when }. Notices this way are paused.
told-resume = Try again
told-device-letter = A separate letter always tells of a sign-in from a new device; it cannot be switched off.
told-messenger-join = To receive notices in Telegram, open the bot and press “Start”. The link works for half an hour.
told-messenger-open = Open Telegram
told-messenger-is = Telegram is connected.
told-messenger-leave = Disconnect Telegram
told-messenger-joined = Done: notices will come here. To end them, write /stop.
told-messenger-left = Notices no longer come here.
told-messenger-how = To connect notices, open “Notice settings” on the platform and follow the link to Telegram.
told-subscriptions = Subscribe to projects by mail without an account
field-follows-many = You can follow at most { $max } projects and territories at a time.

## Ending

told-stop-title = No more notices
told-stop-words = Notices will no longer come this way: { $channel }. They stay on the page of notices.
told-stop-button = Send me no more
told-stopped-title = Notices ended
told-stopped-words = Notices no longer come this way. You can switch them on again in the settings.

## Following

follow-title = Follow
follow-lead = You hear of changes the way you chose in the notice settings.
follow-is-on = You follow this.
follow-is-off = You do not follow this yet.
follow-begin = Follow
follow-end = Follow no more
follow-list = What I follow
follow-none = Nothing yet. The button “Follow” is on the page “Share” of every project and on the page of a territory.
follow-project = Follow this project with your account
follow-place = Follow decisions in this territory
told-correction-granted = Your record was corrected as you asked.
told-correction-refused = Your request to correct your record was declined.

## Messages to browsers

told-channel-push = Browser
told-push-title = Notices in this browser
told-push-lead = A notice appears on this device even when the page is closed. Each browser is connected on its own.
told-push-on = Send them to this browser
told-push-is = Connected browsers:
told-push-off = Disconnect
told-push-refused = The browser did not allow it. Allow notices in the settings of the site.
told-push-bad = The answer of the browser cannot be read. Try again.
follow-feeds = Addresses of your own for reading programs. Whoever knows the address sees what you follow.
follow-feed = Atom feed
follow-calendar = Calendar (iCalendar)
told-push-since = since { $when }
told-push-many = { $max } browsers are written to already. Switch one of them off first.
told-feed-renew = Make another address
told-feed-renew-lead = Whoever has these addresses reads along. If one got into wrong hands, make another: the former ones stop at once.
told-feed-renewed = Feed and calendar have another address now.
