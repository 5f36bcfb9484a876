# Two people saved the same thing at once.
clash-title = Somebody else saved the same fields. Nothing of yours is stored yet.
clash-said = { $by } saved a new version on { $when }.
clash-somebody = The platform
clash-hint = The form below holds what you entered. Compare, change what you want to change, and save again: what you then send is stored. Fields that only the other person changed are kept.
clash-caption = Fields that both of you changed
clash-field = Field
clash-before = Before
clash-theirs = Saved now
clash-yours = Yours
clash-anew = Open the form with what is saved now and give up mine
clash-yes = Yes
clash-no = No
