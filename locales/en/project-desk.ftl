manager-none = Nobody reports on this project yet.
manager-office = Reported on by { $office }
manager-take-over = Take over this project
manager-taken-over = You report on this project now.
work-whose-none = Projects nobody reports on
search-stage = stage: { $name }
import-fact-format = Format
import-format-register = table of projects
import-format-open_contracting = open contracting package (OC4IDS or OCDS)
package-hint = A JSON package of OC4IDS or OCDS can be sent here, too. It is looked at first and can be taken back later, as a table can.
package-verdict = { $projects } new projects, { $known } already in the register; { $processes } new contracting processes, { $changed } changed, { $same } as they stand.
package-wrong = { $n ->
    [one] { $n } place in the package is wrong.
   *[other] { $n } places in the package are wrong.
  }
package-refused = Nothing of the package comes in until these places are right. Correct them at the source and send the package again.
package-processes-title = Contracting processes: { $n }
package-process-new = new
package-process-changed = changed
package-brought = Projects added: { $added }; contracting processes added or changed: { $changed }
