### Аумақтың бюджеті төмен тұрған бюджеттермен бірге.

consolidation-title = { $place }: шоғырландырылған бюджет
consolidation-lead = Аумақтың өз бюджеті мен төмен тұрған бюджеттердің қосындысы; олардың бір-біріне беретін қаражаты алып тасталды, әр тарап өзі көрсеткен сомада.
consolidation-entry = Шоғырландырылған бюджет
consolidation-entry-text = Бюджеттері арасындағы трансферттерді екі рет есептемегенде бүкіл аумақта қанша ақша бар?
consolidation-empty = Бұл аумақтың және одан төмен бірліктердің бірде-бір бюджеті немесе есебі әлі жүктелмеген. Басқа аумақты таңдаңыз немесе бюджетті жүктеңіз.
consolidation-empty-action = Басқа аумақты таңдау
consolidation-filter = Жыл және күйі
consolidation-whole = Толық: аумақтың барлық { $n } бюджеті бар, әр трансферттің екі тарабы да белгілі.
consolidation-partial = Толық емес: { $n } бюджет бар, { $missing } жоқ немесе деректер жеткіліксіз. Жоқ нәрсе нөл деп саналмайды; төмендегі сомалар бар деректерге ғана қатысты.
consolidation-months-differ = Бірліктердің соңғы есептері әр айға қатысты, сондықтан қосындысы бір күнге жатпайды.
consolidation-stat-revenue = Шоғырландырылған кірістер
consolidation-stat-own = Оның ішінде меншікті кірістер
consolidation-stat-expenditure = Шоғырландырылған шығындар
consolidation-stat-eliminated = Кірістерден алып тасталды
consolidation-lines-heading = Қосылды, алып тасталды, қалды
consolidation-chart = Кірістер: қосылды, алып тасталды, қалды
consolidation-sum = Қосылды
consolidation-eliminated = Алып тасталды
consolidation-left = Қалды
consolidation-units = Бірліктер
consolidation-units-of = { $all } бірліктен { $n }
consolidation-pairs-heading = Деңгейлер бір-бірі туралы не дейді
consolidation-pairs-intro = Бюджеттер арасындағы ақша екі жазбада тұрады: берушіде және алушыда. Олар сәйкес келмесе, айырма нәтижеде қалады және ескерту болады.
consolidation-pairs-none = Бұл бюджеттер арасында трансферттер мен кредиттер көрсетілмеген.
consolidation-pair-transfer-down = Төмен тұрған бюджеттерге трансферттер: { $name }
consolidation-pair-transfer-up = Төмен тұрған бюджеттерден трансферттер: { $name }
consolidation-pair-credit-down = Төмен тұрған бюджеттерге бюджеттік кредиттер: { $name }
consolidation-pair-credit-up = Бюджеттік кредиттерді өтеу: { $name }
consolidation-pair-missing = { $n ->
    [one] { $n } бірліктің бюджеті жоқ.
   *[other] { $n } бірліктің бюджеті жоқ.
}
consolidation-pair-silent = { $n ->
    [one] { $n } бірлік өз тарапын көрсетпейді.
   *[other] { $n } бірлік өз тарапын көрсетпейді.
}
consolidation-pair-undivided = Жазбада екі бағыттың немесе барлық қарыз алушыға берілген кредиттердің тек жиынтығы бар; ол әдеттегідей деп оқылды.
consolidation-given = Берілді
consolidation-received = Алынды
consolidation-gave = { $name } деректері бойынша берілді ({ $record })
consolidation-got = { $name } деректері бойынша алынды ({ $record })
consolidation-findings-link = Осы аумақ бойынша ескертулер
consolidation-units-heading = Қосылған бюджеттер
consolidation-units-more = { $n ->
    [one] Тағы { $n } бірлік файлдарда бар.
   *[other] Тағы { $n } бірлік файлдарда бар.
}
consolidation-source-report = { $month }-айдың есебі, { $file }
consolidation-missing-heading = Жоқ бюджеттер
consolidation-missing-text = { $n ->
    [one] Заң бойынша өз бюджеті болуға тиіс { $n } бірліктің осы жылғы бюджеті мұнда жоқ.
   *[other] Заң бойынша өз бюджеті болуға тиіс { $n } бірліктің осы жылғы бюджеті мұнда жоқ.
}
consolidation-execution-link = Айлар бойынша атқарылуы
