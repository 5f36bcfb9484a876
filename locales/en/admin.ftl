### The officers’ workplace.

admin-title = Workplace
admin-hello = Welcome, { $name }
admin-your-place = Your territory: { $place }
admin-nothing-waits = Nothing is waiting for you.

## Project manager

admin-projects-heading = Your projects
admin-projects-silent =
    { $n ->
        [one] { $n } project has had no news for long
       *[other] { $n } projects have had no news for long
    }
admin-projects-new = Register a new project
admin-projects-import = Import projects from a file

## Analyst

admin-budgets-heading = Budgets
admin-budgets-import = Import a budget from a file
admin-recommend = Prepare a recommendation
admin-findings-waiting =
    { $n ->
        [one] There is { $n } contradiction
       *[other] There are { $n } contradictions
    }

## Akim

admin-head-heading = Waiting for a decision
admin-head-late = Projects that are late

## Moderator

admin-moderation-heading = Comments to look at

## Administrator

admin-accounts-heading = Accounts
admin-account-new = Open an account
admin-account-opened = The account { $login } is open.
admin-account-login = Login
admin-account-name = Name shown
admin-account-role = Role
admin-account-place = Territory
admin-account-password = Initial password
admin-audit-heading = Record of actions
admin-audit-when = When
admin-audit-who = Who
admin-audit-what = What
admin-audit-empty = There are no entries yet.
admin-health-heading = State of the platform

## Import from a file

import-file = File
import-check = Check
import-bad-rows =
    { $n ->
        [0] No faults found
        [one] { $n } fault found
       *[other] { $n } faults found
    }
import-refused = The file has faults, so nothing was saved. Please correct the rows below and upload it again.
import-at = Row { $row }, column { $column }
import-problem = What to correct

## More

admin-account-office = Office
admin-audit-subject = Subject
audit-operator = operator of the platform
desk-projects-new = Register a project
desk-projects-new-text = Its title, cost, dates and expected result.
desk-projects-import = Import projects from a file
desk-projects-import-text = A CSV or XLSX table. It is checked first.
desk-budgets-import = Import a budget from a file
desk-budgets-import-text = The annex of a maslikhat’s decision, CSV or JSON. Its identities are checked at once.
desk-decisions = Published decisions
desk-decisions-text = What was decided before, and why.
desk-moderation = Look at comments
desk-moderation-text = The latest comments; if you hide one, everybody sees the reason.
desk-accounts = Accounts
desk-accounts-text = Open an account for an officer and give it a role.
desk-audit = Record of actions
desk-audit-text = Who did what, and when.
import-budget-exists = This territory already has a budget of this year with this name. Please give it another name.
import-result = Result of the check
import-save = Check and save
import-where = Where
