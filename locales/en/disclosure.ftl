### What units publish, and by when.

disclosure-title = What is published, and what is not
disclosure-lead = What law or policy obliges each budget unit to publish, by when, and what of it an officer has noted as published.
disclosure-entry = Disclosure
disclosure-entry-text = Which offices published what they must, and which are late?
disclosure-empty = No budget unit is known yet. Once budgets or reports are imported, their duties stand here.
disclosure-filter = Which duties
disclosure-nothing = Nothing fits this choice.
disclosure-obligation = To be published
disclosure-period = For
disclosure-due = Due
disclosure-due-unknown = not known
disclosure-published = Published
disclosure-standing-label = How it stands
disclosure-standing-overdue = Nothing noted, or late
disclosure-standing-missing = Nothing noted, term over
disclosure-standing-late = Late
disclosure-standing-on_time = In time
disclosure-standing-published = Published, day or term not known
disclosure-standing-not_yet_due = Not yet due
disclosure-standing-unknown = Term not known
disclosure-standing-all = All
disclosure-law-heading = What obliges
disclosure-law-intro = The duties are data with their legal basis. A term marked as unverified was not read in the text of the act: it is a parameter that a municipality may change. That nothing is noted here does not prove that nothing was published.
disclosure-term = Term
disclosure-levels = Whom it binds
disclosure-basis = Legal basis
disclosure-unverified = unverified
disclosure-term-next = by { $date } of the next year
disclosure-term-same = by { $date } of the year
disclosure-term-before = by { $date } of the year before
disclosure-note-title = Note a publication
disclosure-note-lead = What was published, when and where. The note is public and stays on record; a later note about the same thing replaces it.
disclosure-note-link = Note a publication
disclosure-note-one = Note
disclosure-note-place-hint = The nine digits of the unit’s KATO code.
disclosure-note-date = Published on
disclosure-note-date-hint = Leave empty to take an earlier note back; then the remark says why.
disclosure-note-address = Address
disclosure-note-address-hint = Where it can be read, beginning with https://.
disclosure-note-remark-hint = What others should know about this publication.
disclosure-part-year = The whole year
field-publication-address = Give an address that begins with https:// or http://.
field-publication-future = The date of publication cannot be after today. Give the day on which it was published.
disclosure-found = { $n ->
    [one] One duty fits.
   *[other] { $n } duties fit.
}
disclosure-missing-days = { $n ->
    [one] Nothing noted, one day over the term
   *[other] Nothing noted, { $n } days over the term
}
disclosure-late-days = { $n ->
    [one] One day late
   *[other] { $n } days late
}
disclosure-term-adoption = { $n ->
    [one] one working day after adoption
   *[other] { $n } working days after adoption
}
disclosure-term-period = { $n ->
    [one] one day after the period
   *[other] { $n } days after the period
}
disclosure-day-unknown = published, day not known
