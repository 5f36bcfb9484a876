### Photographs of projects, and acceptance of works by residents.

## Photographs of projects

project-tab-photos = Photographs
project-tab-acceptance = Residents’ acceptance
photos-title = Photographs
photos-all = All photographs
photos-none-title = There are no photographs yet
photos-none-text = The project manager adds photographs from before and after the works.
photos-count =
    { $n ->
        [one] { $n } photograph, pairs before and after: { $pairs }.
       *[other] { $n } photographs, pairs before and after: { $pairs }.
    }
photos-page = Page { $page } of { $pages }
photos-pair-needed =
    { $n ->
        [one] To call the works finished, { $n } more pair is needed.
       *[other] To call the works finished, { $n } more pairs are needed.
    }
photos-privacy = Only the time and the place to within { $metres } metres are kept. Everything else in the file, such as the camera, names and the exact place, is removed.
photo-pair = Before and after the works
photo-kind = What it shows
photo-kind-before = Before the works
photo-kind-progress = Works in progress
photo-kind-after = After the works
photo-kind-document = Document or site board
photo-kind-opening = Opening
photo-kind-resident = Resident’s photograph
photo-alt-resident = Photograph sent by a resident, without a description
photo-time-unknown = The day it was taken is unknown
photo-time-camera = Taken on { $when } (by the camera’s clock)
photo-time-stated = Taken on { $when } (as stated by { $name })
photo-added-by = added by { $name }, { $when }
photo-place = near { $lat }, { $lon }, to within { $metres } m
photo-map-title = Where the photographs were taken
photo-map-remark = Places are coarsened to the middle of a square and do not show where the photographer stood.
photo-hidden = A moderator hid this photograph ({ $when }). Reason: { $reason }
photo-erased = The picture is erased; only its record is left.
photo-invented = invented drawing
photo-invented-title = These pictures are invented
photo-invented-text = They were drawn for the demonstration and show no real place.

## Adding and describing

photo-add-title = Add photographs
photo-for-finishing = Photographs before and after the works, needed to call them finished
photo-edit-title = Change the description
photo-before = Photograph of this place before the works
photo-before-hint = Needed for a photograph after the works: the two make a pair.
photo-before-none = none chosen
photo-before-option = { $caption } ({ $when })
photo-caption-kk = Caption in Kazakh
photo-caption-ru = Caption in Russian
photo-caption-en = Caption in English
photo-caption-hint = In at least one language: what is to be seen. It is read out to those who do not see the picture.
photo-stated-on = Day it was taken
photo-stated-on-hint = Only if the camera did not write it or wrote it wrongly.
photo-files = Photograph files
photo-files-hint = JPEG, PNG or WebP, each up to { $mb } MB and { $mp } megapixels. Up to { $files } files can be chosen at once.
photo-file-hint = JPEG, PNG or WebP, up to { $mb } MB and { $mp } megapixels.
photo-submit = Upload the photographs
photo-added = The photographs are added.
photo-saved = The description is saved.
photo-is-added = Added
photo-outcomes = What became of the files
photo-outcome = Result
photo-file-name = File
photo-there = Photographs of this project
photo-changed-meanwhile = Somebody else changed the description meanwhile. If you save again, your words stay.
photo-alike-here = This project has a photograph that looks the same. Please check that it was not added twice.
photo-alike-elsewhere = A photograph that looks the same stands in the project “{ $title }”. Please check which project it belongs to.

## What is wrong with a file

photo-refused-empty = The file is empty. Please choose another one.
photo-refused-foreign =
    { $what ->
        [markup] This is no photograph but text with markup (HTML or SVG). Please send JPEG, PNG or WebP.
        [pdf] This is no photograph but a PDF document. Please send JPEG, PNG or WebP.
        [archive] This is no photograph but an archive. Please send JPEG, PNG or WebP.
        [program] This is no photograph but a program. Please send JPEG, PNG or WebP.
        [other_picture] Pictures in this format are not taken (such as HEIC or GIF). Please save it as JPEG.
       *[unknown] This is no photograph. Please send JPEG, PNG or WebP.
    }
photo-refused-bytes = The file has { $have } MB, up to { $max } MB are allowed. Please make it smaller.
photo-refused-pixels = The picture has { $width } × { $height } pixels, up to { $max } megapixels are allowed. Please make it smaller.
photo-refused-small = The picture has { $width } × { $height } pixels; each side needs at least { $min }.
photo-refused-memory = Opening the picture takes too much memory. Please save it as JPEG and send it again.
photo-refused-truncated = The end of the file is missing: it seems to have been copied incompletely. Please send it again.
photo-refused-damaged = The file is damaged and cannot be opened. Please send another copy.
photo-refused-hidden =
    { $what ->
        [markup] Text with markup (HTML or SVG) is hidden behind the picture. Please send the picture alone.
        [pdf] A PDF document is hidden behind the picture. Please send the picture alone.
        [archive] An archive is hidden behind the picture. Please send the picture alone.
        [program] A program is hidden behind the picture. Please send the picture alone.
        [other_picture] Another picture is hidden behind the picture. Please send the picture alone.
       *[unknown] Something else is hidden behind the picture. Please send the picture alone.
    }

## What is wrong with the words

field-photo-same = The project already has this file.
field-photos-many = A project has at most { $max } photographs.
field-photo-caption-missing = Please write a caption in at least one language.
field-photo-future = A photograph cannot be taken in the future. Please correct the day.
field-photo-old = Photographs from { $year } on are taken. Please correct the day.
field-photo-before-missing = Please choose the photograph of this place before the works.
field-photo-pair-order = The photograph after the works is older than the one before. Please check the days.
field-photo-pair-same = Both photographs look the same. A pair needs two different ones.
field-photo-answered = This photograph is the “before” of a pair. Please choose another one for its “after” first.
field-photo-shown = Please hide the photograph with a reason first.
field-pair-missing = To call the works finished, pairs of photographs before and after are needed: at least { $need }, there are { $have }. Please add them on the page “Photographs”.

## Moderation of photographs

photo-hide = Hide
photo-show = Show again
photo-erase = Erase the picture for good
photo-erase-confirm = Erase the picture for good? It cannot be brought back.
photo-reason-hint = For example: faces, a number plate, a personal document, advertising. Everybody sees the reason.
photo-is-hidden = The photograph is hidden.
photo-is-shown = The photograph is shown again.
photo-is-erased = The picture is erased.
photo-moderation-title = Checking photographs
photo-moderation-lead = The newest photographs of the territory. In place of a hidden one its reason stays.
photo-moderation-none = They appear here when managers and residents add them.
desk-photos = Check photographs
desk-photos-text = The newest photographs; hide those that show faces or personal data.

## Acceptance by residents

acceptance-title = Are the works finished
acceptance-term-open = The works were reported as finished on { $from }. Until { $to } residents confirm or dispute it.
acceptance-term-over = The works were reported as finished on { $from }. Residents spoke until { $to }; the result stays.
acceptance-rule = Where the rules come from:
acceptance-n-confirm = Confirm
acceptance-n-dispute = Dispute
acceptance-share = { $n } of { $all } confirm
acceptance-nobody = Nobody has spoken yet.
acceptance-due = Many dispute it: the office must answer in public by { $day }.
acceptance-late = Overdue
acceptance-speak = Say whether the works are finished
acceptance-read = What residents say
acceptance-question = Are the works really finished?
acceptance-verdict = Your view
acceptance-verdict-confirm = I confirm: the works are finished
acceptance-verdict-dispute = I dispute it: not finished, or not as promised
acceptance-body = What you see
acceptance-body-hint = If you dispute it, write what is missing. Up to 2,000 characters. Your name is shown next to it.
acceptance-file = Photograph
acceptance-remove-photo = Take my earlier photograph back
acceptance-submit = Send
acceptance-change = Change what I said
acceptance-one-person = Each person speaks once and may change it until the term ends.
acceptance-mine = You said: “{ $verdict }”. You can change it until the term ends.
acceptance-sign-in = Sign in to speak.
acceptance-residents-only = Only residents confirm finished works.
acceptance-unfinished-title = The works are not finished yet
acceptance-unfinished-text = When the works are reported as finished, residents confirm or dispute it here.
acceptance-words = What residents say
acceptance-earlier = about an earlier completion
acceptance-hidden = A moderator hid these words ({ $when }). Reason: { $reason }
acceptance-answers = Answer of the office
acceptance-answer = Answer in public
acceptance-answer-hint = Write what will be done and when. Up to 2,000 characters.
acceptance-answer-submit = Publish the answer
acceptance-said = What you said is counted.
acceptance-answered = The answer is published.
acceptance-is-hidden = The words are hidden.
acceptance-is-shown = The words are shown again.
field-works-unfinished = The works are not reported as finished, so nobody can speak yet.
field-term-over = The term ended on { $day }. You can still read the result.
field-dispute-words = Please write what is missing, so that it can be mended.
field-nothing-disputed = There is nothing to answer: nobody disputes it.
disputes-title = Disputed works
disputes-rule = If at least { $people } people and { $share } of those who spoke dispute the works, the office answers in public within { $days } days after the term.
disputes-caption = Projects that wait for an answer
disputes-project = Project
disputes-due = Answer due
disputes-none-title = Nothing waits for an answer
disputes-none-text = When residents dispute finished works, the project appears here.
desk-disputes = Disputed works
desk-disputes-text = Answer on projects where residents do not agree with “finished”.
