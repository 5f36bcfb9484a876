# The record of acts, closed day by day.

job-kind-close_audit_days = Closing the record of actions of the days that are over
log-kind-audit_closed = The record of actions of staff was closed for a day
admin-audit-closed = Closed days
admin-audit-closed-about = Every night the actions of the day go into the transparency log as one entry that carries on the chain of the entries before. An action that is changed, left out or added afterwards is named by the command “akimat audit verify”.
admin-audit-closed-none = No day is closed yet: the first one is closed tonight.
admin-audit-until = Until
admin-audit-acts = Actions
admin-audit-hash = Fingerprint of the chain
audit-cli-none = No day is closed yet.
audit-cli-agrees = The record agrees with the log until { $until }. Entries: { $leaves }, actions: { $acts }.
audit-cli-waiting = The last entry waits for its place in the log.
audit-cli-erased = Actions of which only time, kind and place could be compared, because a person was erased after them: { $acts }.
audit-cli-without-key = Actions of which only time, kind and place could be compared, because the key of the platform is or was missing: { $acts }.
audit-cli-place = Entry { $index } of the log, which covers actions until { $until }:
audit-cli-chain = This entry does not carry on the one before.
audit-cli-act = Actions were changed, left out or added: { $wanted } were closed, { $found } are there. The first that differs: { $act }.
audit-cli-words = Who acted, on what, or with which facts was changed in the action { $act }.
audit-cli-nowhere = not to be told
