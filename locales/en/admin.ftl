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
admin-head-recommendation = Recommendation of { $date }
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

import-projects-title = Import projects
import-projects-intro = Choose a CSV or XLSX table. Every row is checked first; nothing is saved until you confirm.
import-file = File
import-template = Download a sample table
import-check = Check
import-confirm =
    { $n ->
        [one] Save { $n } row
       *[other] Save { $n } rows
    }
import-dry-run = This is only a check: nothing has been saved yet.
import-good-rows =
    { $n ->
        [one] { $n } row is ready
       *[other] { $n } rows are ready
    }
import-bad-rows =
    { $n ->
        [0] No faults found
        [one] { $n } fault found
       *[other] { $n } faults found
    }
import-refused = The file has faults, so nothing was saved. Please correct the rows below and upload it again.
import-done =
    { $n ->
        [one] { $n } project is saved.
       *[other] { $n } projects are saved.
    }
import-at = Row { $row }, column { $column }
import-problem = What to correct
import-more-problems =
    { $n ->
        [one] There is { $n } more fault: please correct these first.
       *[other] There are { $n } more faults: please correct these first.
    }
