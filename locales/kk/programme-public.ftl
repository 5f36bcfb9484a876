### Бағдарлама: салыстыру, түсіндіру, шешім және жариялау.

## Жоспардың суреттері

plan-in = Жоспарда
plan-out = Жоспардан тыс
plan-not-in = Жоспарда жоқ
plan-number = №
plan-project = Жоба
plan-projects = Жобалар саны
plan-cost-thousand = Құны, мың теңге
plan-invested-thousand = Салынады, мың теңге
plan-benefit = Пайдасы, балл
plan-points = Балл
plan-start = Басталатын жылы
plan-source = Қаржы көзі
plan-source-year = { $source }, { $year }
plan-source-later = { $source }, кейінгі жылдар
plan-sector = Сала
plan-sectors = Салалар бойынша
plan-district = Аумақ
plan-districts = Аумақтар бойынша
plan-later = Кейінгі жылдар
plan-limit = Шек
plan-spent = Жоспар жұмсайды
plan-left = Қалады
plan-no-limit = шек жоқ
plan-floor = Ең аз көлем, мың теңге
plan-no-floor = талап жоқ
plan-no-plan = ережелерге сай жоспар жоқ
plan-rows-left =
    { $n ->
        [one] Суретке сыймаған тағы { $n } жоба кестеде бар.
       *[other] Суретке сыймаған тағы { $n } жоба кестеде бар.
    }
plan-scatter = Жобалардың құны мен пайдасы
plan-scatter-help = Толық дөңгелек — жоспардағы жоба, бос дөңгелек — жоспардан тыс жоба. Нөмір — кестедегі жол.
plan-scatter-caption = Барлық жобалар: құны, пайдасы, басталатын жылы
plan-axis-cost = Құны, млн теңге
plan-axis-benefit = Пайдасы, балл
plan-axis-budget = Қазіргі шектің үлесі
plan-axis-value = Жоспардың пайдасы, балл
plan-gantt = Жоспар жылдар бойынша
plan-gantt-help = Боялған ұяшық — ақы төленетін жыл. Жолақтың биіктігі — сол жылғы қаржы көзінің үлесі, реті шартты белгілердегідей.
plan-gantt-caption = Төлемдер жоба, қаржы көзі және жыл бойынша, мың теңге
plan-gantt-row = { $year } бастап · { $cost }
plan-money = Қаражат: шек және жоспар
plan-money-help = Әр қаржы көзі мен жыл бойынша: қанша жұмсауға болады және жоспар қанша жұмсайды.
plan-money-caption = Шек, жұмсалатын және қалатын қаражат, мың теңге
plan-parts-help = Басталатын жобалардың бағаланған толық құны.
plan-parts-caption = Жобалар саны, салынатын қаражат және ең аз талап, мың теңге
plan-frontier = Қаражат көп не аз болса
plan-frontier-help = Жылдық шектердің бәрі бірдей пайызға өзгереді. Тік сызық — қазіргі шек. Жолақ — әлі дәлелденбеген аралық.
plan-frontier-caption = Жоспардың пайдасы қаражат көлемі бойынша, балл
plan-frontier-free = Әр көлемге өз жоспары
plan-frontier-nested = Кіші көлемнің жобалары сақталады
plan-frontier-bound = Бұдан артық болмайды
plan-frontier-band = Дәлелденбеген аралық
plan-tornado = Жоспардың пайдасы неге тәуелді
plan-tornado-help = Бір шарт өзгеріп, қалғаны сол қалпында қалғанда, ең жақсы жоспардың пайдасы қанша балға өзгереді.
plan-tornado-caption = Пайданың өзгеруі, балл
plan-assumption = Шарт
plan-less = 10 % аз
plan-more = 10 % көп
plan-label = Дәлдігі
plan-label-exact = дәл
plan-label-found = табылған жоспарлар бойынша
plan-frequency = Жоба қаншалықты жиі таңдалады
plan-frequency-help = Пайда мен құн өз ауқымында кездейсоқ өзгергенде жоба таңдалған жағдайлардың үлесі. Сызық — 95 % сенім аралығы, тік сызықтар — 30, 70 және 90 %. Сары жолақ — шекаралық жоба.
plan-frequency-caption = Таңдалу жиілігі және 95 % сенім аралығы
plan-frequency-share = Таңдалу үлесі
plan-frequency-low = Төменгі шегі
plan-frequency-high = Жоғарғы шегі
plan-frequency-class = Орны
plan-waterfall-help = Жобаның пайдасынан ол пайдаланатын қаражат пен орынның бағасы шегеріледі; қалғаны нөлден төмен болса, жоба өз бағасын ақтамайды.
plan-waterfall-caption = Пайдасы, әр ереженің бағасы және қалғаны, балл
plan-waterfall-part = Құрамы
