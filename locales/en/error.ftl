### Errors: what happened and what can be done.

## Pages

error-prefix = Error
error-summary-title = Please check these fields
error-summary-body =
    { $n ->
        [one] One field needs to be corrected. Nothing has been saved yet.
       *[other] { $n } fields need to be corrected. Nothing has been saved yet.
    }
error-reference = Reference: { $reference }. Please quote it if you ask for help.
error-what-now = What you can do
error-go-home = Go to the home page
error-go-back = Go back to the previous page
error-not_found-title = There is no such page
error-not_found-body = The page may have been moved or removed, or the address may be mistyped. Check the address or use the search.
error-forbidden-title = You do not have access to this page
error-forbidden-body = This action belongs to another role or another territory. If you need it for your work, please ask the administrator.
error-sign_in_needed-title = Please sign in first
error-sign_in_needed-body = This page is open to people who have signed in. Sign in or register and you will come back here.
error-too_many_requests-title = Too many requests
error-too_many_requests-body = Too many requests came within a short time. Please wait a minute and try again.
error-too_large-title = The file or text is too large
error-too_large-body = What was sent is larger than allowed, so nothing was saved. Please split it into parts and send them one by one.
error-bad_form-title = The form has expired
error-bad_form-body = The page was open for too long, or you signed out in another tab. Reload the page and send the form again.
error-conflict-title = Someone else has changed this record meanwhile
error-conflict-body = Your changes were not saved. Open the new version and make them again.
error-bad_request-title = The request could not be understood
error-bad_request-body = Some of the information is missing or not written as expected. Go back to the previous page and try again.
error-method_not_allowed-title = This address does not accept that action
error-method_not_allowed-body = Please use the buttons on the page.
error-unsupported_media_type-title = This kind of file is not accepted
error-unsupported_media_type-body = Save the file in one of the formats named on the page and send it again.
error-internal-title = Something went wrong on our side
error-internal-body = The action was not carried out, and your data are unharmed. Try again later; if it happens again, please tell us the reference below.
error-busy-title = The platform is busy just now
error-busy-body = Too many requests came at once. Try again in a few seconds.
error-unavailable-title = The platform is temporarily unavailable
error-unavailable-body = The database could not be reached. Try again in a few minutes; everything saved is still there.

## Form fields

field-required = Please fill in this field.
field-too-long = The text is too long. The limit is { $max } characters.
field-too-short = The text is too short. At least { $min } characters are needed.
field-not-a-date = Please give a date, such as 2026-03-31.
field-not-an-amount = Please write the amount in figures, such as 1250.5.
field-amount-too-fine = The amount is finer than one tiyn. Please remove the extra decimals.
field-amount-too-large = The amount is too large. Please check the unit.
field-not-a-number = Please enter a number.
field-between = Please enter a number between { $min } and { $max }.
field-negative = The amount cannot be negative.
field-ends-before-start = The end comes before the start. Please correct one of the dates.
field-off-the-earth = There is no such point on the map. Latitude lies between −90 and 90, longitude between −180 and 180.
field-title-missing = Please write the title in at least one language.
field-nothing-new = Please write some news or change the progress.
field-move-impossible = The project cannot move from its present status to this one. Please choose another from the list.
field-number-taken = This number is already used in the territory. Please give another one.
field-place-unknown = There is no territory with the code { $code }. Please check the code.
field-login-form = A login consists of Latin letters, digits, dot, hyphen and underscore, and begins with a letter.
field-login-taken = This login is taken. Please choose another one.
field-wrong-login = The login or the password does not match. Please check both and try again.
field-password-short = The password is too short. At least { $min } characters are needed.
field-password-common = This password is common and easy to guess. Please think of another one, for example several words.
field-password-differs = The two passwords differ. Please type them again.
field-choose-from-list = Please choose from the list.
field-file-missing = Please choose a file.
field-reason-needed = Please write the reason: everybody will see it.
field-body-empty = The comment is empty. Please write something.

## More

field-plan-group = Only one of these projects can be funded: { $keys }. Please keep one.
