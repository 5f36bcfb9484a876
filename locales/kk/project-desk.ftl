manager-none = Бұл жоба туралы әзірге ешкім есеп бермейді.
manager-office = Жоба туралы есеп беретін: { $office }
manager-take-over = Жобаны өзіме алу
manager-taken-over = Енді жоба туралы сіз есеп бересіз.
work-whose-none = Жауаптысы жоқ жобалар
search-stage = кезең: { $name }
import-fact-format = Пішімі
import-format-register = жобалар кестесі
import-format-open_contracting = келісімшарттар туралы ашық деректер топтамасы (OC4IDS немесе OCDS)
package-hint = Мұнда JSON пішіміндегі OC4IDS немесе OCDS топтамасын да жіберуге болады. Ол алдымен қаралады, кейін кесте сияқты қайтарып алуға болады.
package-verdict = Жаңа жобалар: { $projects }, тізілімде бар: { $known }; жаңа сатып алу рәсімдері: { $processes }, өзгергені: { $changed }, өзгеріссіз: { $same }.
package-wrong = { $n ->
    [one] Топтамада { $n } қате жер бар.
   *[other] Топтамада { $n } қате жер бар.
  }
package-refused = Бұл жерлер түзетілмейінше, топтамадан ештеңе енгізілмейді. Оларды дереккөзде түзетіп, топтаманы қайта жіберіңіз.
package-processes-title = Сатып алу рәсімдері: { $n }
package-process-new = жаңа
package-process-changed = өзгерген
package-brought = Қосылған жобалар: { $added }; қосылған не өзгерген сатып алу рәсімдері: { $changed }
