# The work of the akimat: my projects, board, portfolio, staff meeting.

desk-work = Менің жұмысым
desk-work-text = Жобалар бойынша сізден не күтіледі: жаңалық, мерзім, тапсырма.
desk-board = Кезеңдер тақтасы
desk-board-text = Аумақ жобалары кезеңдер бойынша.
desk-portfolio = Жобалар портфелі
desk-portfolio-text = Қанша жоба мен қаржы: аумақ, сала, кезең және жыл бойынша.
desk-meeting = Аппарат кеңесі
desk-meeting-text = Тапсырмалар, ескертулер, шешімдер және апта ішіндегі өзгерістер.
work-tabs = Жұмыс бөлімдері
work-tab-mine = Менің жобаларым
work-tab-board = Тақта
work-tab-portfolio = Портфель
work-tab-meeting = Кеңес
work-title = Менің жұмысым
work-lead = Алдымен ең ұзақ күткені.
work-whose = Кімнің жобалары
work-whose-own = менікі
work-whose-all = аумақтағы барлығы
work-waiting = { $n ->
    [0] Ештеңе күтіп тұрған жоқ
    [one] { $n } жоба күтіп тұр
   *[other] { $n } жоба күтіп тұр
}
work-waiting-more = { $n ->
    [one] Тағы { $n } жоба.
   *[other] Тағы { $n } жоба.
}
work-nothing = Бәрі істелді
work-nothing-text = Қазір ешбір жоба жаңалық, күн немесе жауап күтіп тұрған жоқ.
work-need-news = { $n ->
    [one] { $n } күн жаңалық жоқ
   *[other] { $n } күн жаңалық жоқ
}
work-need-end = { $n ->
    [one] Жоспарлы мерзім { $n } күн бұрын өтті: жаңа күн мен себеп керек
   *[other] Жоспарлы мерзім { $n } күн бұрын өтті: жаңа күн мен себеп керек
}
work-need-milestone = { $n ->
    [one] «{ $title }» кезеңі { $n } күн бұрын күтілген: белгілеңіз немесе жаңа күнін атаңыз
   *[other] «{ $title }» кезеңі { $n } күн бұрын күтілген: белгілеңіз немесе жаңа күнін атаңыз
}
work-need-due = { $n ->
    [one] { $what }: мерзімі { $n } күн бұрын өтті
   *[other] { $what }: мерзімі { $n } күн бұрын өтті
}
work-need-results = { $n ->
    [one] Жұмыс аяқталды, { $n } нәтиже өлшенбеген
   *[other] Жұмыс аяқталды, { $n } нәтиже өлшенбеген
}
work-due-task = Кеңес тапсырмасы
work-due-alert = Ескертуге жауап
work-due-risk = Тәуекелді қайта қарау
work-due-contract = Шарт мерзімі
work-due-plan = Жоспардағы жұмыс
work-projects = Жобалар
work-projects-caption = Соңғы өзгергені жоғарыда
work-projects-none = Жоба жоқ
work-projects-none-text = Сізге бірде-бір жоба бекітілмеген.
work-show-all = Аумақтағы барлығын көрсету
work-news-fresh = бар
work-board-title = Кезеңдер тақтасы
work-board-lead = Жобалар күйі бойынша. Тәсілін таңдасаңыз, бағандар сол жолдың кезеңдеріне айналады.
work-board-basis = Кезеңдердің негізі: { $basis }.
work-board-empty = Бос
work-board-until = дейін
work-board-more = тағы { $n }
work-board-over = Аяқталған және тоқтатылған
work-portfolio-title = Жобалар портфелі
work-portfolio-lead = Бөлігін көру үшін жолды басыңыз.
work-portfolio-chosen = Таңдалғаны:
work-portfolio-drop = алып тастау
work-portfolio-list = Осы жобалардың тізімі
work-portfolio-caption = Жобалар мен қаржы
work-portfolio-share = Жоспардан төленгені
work-portfolio-years = Қаржы жылдар мен көздер бойынша
work-portfolio-chart = Жоспар: { $what }
work-portfolio-one = Енді бөлетін ештеңе жоқ
work-portfolio-one-text = Бір ғана бөлік қалды. Жобалар тізімін ашыңыз немесе таңдауды алып тастаңыз.
work-portfolio-late = { $n ->
    [one] { $n } жоба кешігуде
   *[other] { $n } жоба кешігуде
}
work-portfolio-silent = { $n ->
    [one] { $n } жобада көптен жаңалық жоқ
   *[other] { $n } жобада көптен жаңалық жоқ
}
work-portfolio-stopped = { $n ->
    [one] { $n } жоба тоқтатыла тұрған
   *[other] { $n } жоба тоқтатыла тұрған
}
work-meeting-title = Аппарат кеңесі
work-meeting-lead = { $from } – { $to }
work-meeting-span = Қай уақыт үшін
work-meeting-days = { $n ->
    [one] { $n } күн
   *[other] { $n } күн
}
work-print = Басып шығару
work-tasks-overdue = Мерзімі өткен тапсырмалар
work-tasks-overdue-none = Мерзімі өткен тапсырма жоқ.
work-tasks-open = Орындалып жатқан тапсырмалар
work-tasks-open-none = Орындалып жатқан тапсырма жоқ.
work-task-late = { $n ->
    [one] { $n } күн кешікті
   *[other] { $n } күн кешікті
}
work-task-due = мерзімі
work-task-given = берілген күні
work-task-result = Не істелді
work-task-done = Тапсырманы жабу
work-task-give = Тапсырма беру
work-task-number = Жоба нөмірі
work-task-number-hint = Жоба бетінде тұрған тізілімдегі нөмір.
work-task-due-on = Мерзімі
work-task-text = Не істеу керек
work-task-owner = Кім жауап береді
work-task-submit = Тапсырма беру
work-alerts-none = Ашық ескерту жоқ.
work-alert-project = Жоба
work-alerts-caption = Ашық ескертулер, жауап мерзімі жақыны жоғарыда
work-decisions = Бағдарламалар туралы шешімдер
work-decisions-none = Бұл уақытта бағдарламалар туралы шешім болған жоқ.
work-changed = Не өзгерді
work-changed-none = Бұл уақытта ештеңе өзгерген жоқ.
work-moved = { $when }: «{ $stage }» кезеңі ({ $by })
work-moved-because = { $when }: «{ $stage }» кезеңі ({ $by }). Себебі: { $reason }
work-news = { $when }: дайындығы { $percent }. { $body }
work-progress = { $when }: дайындығы { $percent }
work-edited = { $when }: { $changes }
task-given = Тапсырма берілді
task-done = Тапсырма жабылды
task-no-project = Сіздің аумағыңызда мұндай нөмірлі жоба жоқ.
task-due-before-given = Тапсырма мерзімі бүгіннен ерте болмайды.
