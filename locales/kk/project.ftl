### Жобалар тізілімі.


## Мәртебелер

status-idea = Ұсыныс
status-appraisal = Бағалауда
status-planned = Жоспарда
status-tender = Конкурс жүріп жатыр
status-contract = Шарт жасалды
status-implementing = Іске асырылуда
status-completed = Аяқталды
status-operating = Пайдаланылуда
status-suspended = Тоқтатыла тұрды
status-terminated = Тоқтатылды

## Салалар

sector-education = Білім беру
sector-health = Денсаулық сақтау
sector-social = Әлеуметтік қорғау
sector-housing = Тұрғын үй
sector-water = Су және кәріз
sector-energy = Жылу, электр, газ
sector-transport = Жол және көлік
sector-improvement = Абаттандыру
sector-culture = Мәдениет және спорт
sector-environment = Қоршаған орта
sector-agriculture = Ауыл шаруашылығы
sector-digital = Цифрлық қызметтер мен байланыс

## Түрі, тәсілі, деңгейі, қаражат көзі

kind-infrastructure = Инфрақұрылымдық
kind-social = Әлеуметтік
kind-energy = Энергетикалық
kind-innovation = Инновациялық
modality-budget = Бюджеттік инвестиция
modality-ppp = Мемлекеттік-жекешелік әріптестік
modality-grant = Грант
modality-participatory = Халық қатысатын бюджет
project-level-national = Республикалық
project-level-regional = Облыстық
project-level-district = Аудандық
project-level-local = Ауылдық
money-source-own = Жергілікті бюджеттің өз кірістері
money-source-transfer = Жоғары тұрған бюджеттен трансферт
money-source-private = Жеке серіктес
money-source-grant = Гранттар мен қайырымдылық

## Тізім

projects-title = Жобалар
projects-title-of = { $place }: жобалар
projects-intro = Не салынып жатыр, қанша тұрады, қашан бітеді.
projects-found =
    { $n ->
        [0] Бұл шарттарға сай жоба табылмады.
        [one] { $n } жоба табылды.
       *[other] { $n } жоба табылды.
    }
projects-empty = Бұл шарттарға сай жоба жоқ. Сүзгілердің бірін алып тастап көріңіз.
projects-search-label = Атауы, нөмірі немесе мердігері
project-sort-updated = соңғы жаңартылғандар
project-sort-title = атауы бойынша
project-sort-planned = құны бойынша
project-sort-ends_on = аяқталу күні бойынша
project-sort-progress = орындалуы бойынша
project-sort-rating = бағасы бойынша

## Жоба беті

project-number = Тізілімдегі нөмірі
project-title = Атауы
project-summary = Қысқаша
project-place = Аумақ
project-sector = Сала
project-kind = Түрі
project-modality = Іске асыру тәсілі
project-level = Деңгейі
project-status = Мәртебесі
project-progress = Орындалуы
project-progress-of = { $percent } орындалды
project-contractor = Мердігер
project-contractor-none = Мердігер әлі таңдалмаған.
project-manager = Жоба басшысы
project-dates = Мерзімі
project-starts = Басталуы
project-ends = Аяқталуы
project-money = Қаражат
project-money-caption = Жылдар мен қаражат көздері бойынша
project-planned = Жоспарланған
project-contracted = Шарт бойынша
project-paid = Төленген
project-money-source = Қаражат көзі
project-money-none = Жобаның құны әлі белгісіз.
project-paid-of-planned = Жоспардағы { $planned } қаражаттан { $paid } төленді.
project-milestones = Кезеңдер
project-milestone = Кезең
project-milestone-planned = Жоспар
project-milestone-forecast = Болжам
project-milestone-actual = Іс жүзінде
project-milestone-late =
    { $n ->
        [one] { $n } күнге кешігуде
       *[other] { $n } күнге кешігуде
    }
project-milestones-none = Кезеңдер әлі белгіленбеген.
project-results = Күтілетін нәтижелер
project-result = Нәтиже
project-result-unit = Өлшем бірлігі
project-result-baseline = Жобаға дейін
project-result-target = Мақсат
project-result-measured = Өлшенді
project-results-none = Күтілетін нәтижелер әлі жазылмаған.
project-news = Жаңалықтар
project-news-none = Бұл жоба туралы жаңалық әлі жарияланған жоқ.
project-news-silence =
    { $n ->
        [one] { $n } күннен бері жаңалық жоқ
       *[other] { $n } күннен бері жаңалық жоқ
    }
project-news-by = { $name }, { $when }
project-history = Мәртебелер тарихы
project-history-registered = Тізілімге енгізілді: { $to }
project-history-moved = { $from } → { $to }
project-history-reason = Себебі: { $reason }
project-location = Орналасқан жері
project-location-coordinates = Ендік { $lat }, бойлық { $lon }
project-location-none = Картадағы орны көрсетілмеген.
project-scores = Критерийлер бойынша бағалар
project-decision = Шешім

## Өңдеу

project-edit-title = Жобаны өзгерту
project-new-title = Жобаны тіркеу
project-edit-saved = Жоба сақталды. Өзгерістер оның бетінде көрінеді.
project-edit-title-kk = Қазақша атауы
project-edit-title-ru = Орысша атауы
project-edit-title-en = Ағылшынша атауы
project-edit-summary-kk = Қазақша қысқаша сипаттамасы
project-edit-summary-ru = Орысша қысқаша сипаттамасы
project-edit-summary-en = Ағылшынша қысқаша сипаттамасы
project-post-title = Жаңалық жариялау
project-post-body = Не істелді, енді не болады
project-post-hint = Тұрғындарға түсінікті етіп, қысқа жазыңыз. Бұл жазба жоба бетінде көрінеді.
project-post-progress = Қазіргі орындалу пайызы, 0–100
project-post-status = Жаңа мәртебе (өзгерсе)
project-post-status-same = Өзгеріссіз
project-post-reason = Мәртебе неге өзгереді
project-post-submit = Жариялау
project-posted = Жаңалық жарияланды.

## More

project-edit-lat = Ендік, градус
project-edit-lon = Бойлық, градус
project-exclusive-group = Бірін-бірі алмастыратын жобалар тобы
project-exclusive-group-hint = Бір топтағы жобалардың біреуі ғана қаржыландырылады.
project-facts = Негізгі мәліметтер
project-milestone-delay = Кешігу
project-milestone-reached-late = { $n ->
    [one] { $n } күн кешігіп аяқталды
   *[other] { $n } күн кешігіп аяқталды
}
