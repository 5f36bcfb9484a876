duplicates-title = Projects registered twice
duplicates-intro = Pairs that resemble each other by title, territory, sector, cost and place on the map. The resemblance is a hint: you say whether they are one.
duplicates-none = No pairs to look at
duplicates-none-text = No two projects of your territory resemble each other, or you have looked at all that do.
duplicates-found = { $n ->
    [one] { $n } pair to look at.
   *[other] { $n } pairs to look at.
}
duplicate-total = Resemblance
duplicate-why = How they resemble each other
duplicate-why-title = Titles resemble each other by { $share }.
duplicate-why-title-across = The title in { $one } resembles the title in { $other } by { $share }.
duplicate-why-place-same = The territory is the same.
duplicate-why-place-within = One territory lies within the other.
duplicate-why-place-apart = The territories are different.
duplicate-why-sector-same = The sector is the same.
duplicate-why-sector-other = The sectors are different.
duplicate-why-cost = The smaller planned cost is { $share } of the greater.
duplicate-why-metres = { $n ->
    [one] They lie { $n } metre apart.
   *[other] They lie { $n } metres apart.
}
duplicate-pair-title = One project or two?
duplicate-pair-intro = Compare the two records, then decide. Comments, votes, news, photographs and plans of the record that goes are kept with the one that stays, and its address leads there.
duplicate-differences = Where the records differ
duplicate-same-fields = { $n ->
    [one] { $n } field is the same in both and is left out.
   *[other] { $n } fields are the same in both and are left out.
}
duplicate-decide = Your decision
duplicate-stays = Which record stays?
duplicate-stays-hint = Its number and its address go on; the other record stays readable in the history.
duplicate-fill = Take over what only the other record knows
duplicate-fill-hint = Empty fields and lines of money that are missing are filled; nothing that is known is replaced.
duplicate-reason = Why are they one project, or two?
duplicate-merge = Make them one
duplicate-merge-confirm = The two records become one. This cannot be undone. Go on?
duplicate-apart = They are two projects
duplicate-told-apart = The two projects are told apart and will not be shown again.
duplicate-merged = The two records are one now.
duplicate-both-appraised = Both projects have an appraisal, and a project has one. Please withdraw one of them first.
duplicate-both-scored = Both projects have scores in the same set of criteria. Please withdraw the scores of one of them first.
duplicate-both-planned = Both projects have a work plan, and a project has one. Please remove one of them first.
duplicate-similar-title = Is it registered already?
duplicate-similar-intro = These projects resemble the one you are entering. If yours is among them, please open it instead. Otherwise confirm that it is another one and save again.
duplicate-another = It is another project
duplicate-another-needed = Please look at the similar projects and confirm that this is another one.
former-title = Former record { $name }
former-told = Became one with another record on { $date }, said by { $by }.
former-open = Open the project that stays
former-record = The record as it last stood
former-list = Former records of this project
import-number-former = The project with this number became one with the project { $number }. Please write that number.
desk-duplicates = Projects registered twice
desk-duplicates-text = Look at pairs that resemble each other; make them one or tell them apart.
