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
plan-scatter-help = Толық дөңгелек — жоспардағы жоба, бос дөңгелек — жоспардан тыс жоба. Нөмір — кестедегі жол. Балы жоқ жобалар суретте жоқ.
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

## Себептер сөзбен

plan-rule-exclusive = Тізімнен біреуі ғана: { $projects }
plan-barred-no_cost = Жоспарланған қаражаты белгісіз, сондықтан басқа жобалармен салыстыруға болмайды.
plan-barred-other_sources = Ол осы бағдарламада шектелген қаржы көздерінен қаражат алмайды.
plan-barred-no_scores = Мына критерийлер бойынша баға жоқ: { $missing }.
plan-barred-data_quality = Ол туралы деректер жеткіліксіз: сапасы 100-ден { $score }, автоматты ұсынымға кемінде { $least } керек.
plan-barred-too_large = Сомасы бағдарлама есептей алатын шектен асады.
plan-barred-years = Ол ең ерте { $year } жылы басталуы мүмкін, бұл бағдарлама жылдарынан тыс.
plan-barred-ruled = Жауапты адам оны шығарып тастаған: { $reason }
plan-duty-running = Алдымен төленеді, өйткені ол бекітілген немесе шарты бар ({ $status }).
plan-duty-kept = Жауапты адам оны жоспарда қалдырған: { $reason }
plan-sure-exact = дәл
plan-sure-enough = жеткілікті
plan-sure-between = аралық

## Шешім парағы

plan-decide-title = Шешім: { $title }
plan-decide-lead = Есептелген жоспарды қабылдаңыз немесе себебін жазып, жеке жобалар бойынша басқаша шешіңіз. Қол қойғанға дейін өзгерістің құны көрсетіледі.
plan-decide-about = { $number } · басталуы: { $start } · { $cost } · балл: { $points }
plan-decide-otherwise = Басқаша шешу
plan-decide-how = Шешім
plan-decide-as-computed = Есептелгендей
plan-decide-start = { $year } жылы бастау
plan-decide-out = Жоспарға қоспау
plan-decide-reason = Себебі
plan-decide-cost = Құнын көрсету
plan-decide-accepted = Жоспар есептелген күйінде қабылданады: ештеңе жоғалмайды.
plan-decide-free = Өзгерістер жоспардың пайдасын азайтпайды.
plan-decide-gain = Өзгерістерден кейін жоспардың пайдасы есептелгеннен артық, балл: { $n }. Жоспарды қайта есептеген жөн.
plan-decide-loss = Өзгерістердің құны: есептелген жоспармен салыстырғанда жоғалатын балл — { $n }.
plan-decide-closed-title = Шешім қабылдайтын жоспар әлі жоқ
plan-decide-closed = Сценарий есептелмеген немесе есептелгеннен кейін өзгертілген. Алдымен оны есептеңіз.
plan-decide-head-only = Шешімді аумақ әкімі қабылдайды. Сіз оқып, пікір қалдыра аласыз.
plan-why-link = Толық түсіндірме
plan-preview-title = Өзгерістердің құны
plan-deviations = Есептелгеннен ауытқулар
plan-deviations-caption = Жоба: есептелген және шешілген басталу жылы, балл айырмасы
plan-computed = Есептелген
plan-decided = Шешілген
plan-sign-title = Қол қою
plan-sign-reason = Шешімнің негіздемесі
plan-sign-reason-hint = Барлығы оқиды. Ауытқу болмаса, бос қалдыруға болады.
plan-sign = Шешімге қол қою
plan-signed-title = Шешімге қол қойылды
plan-signed-by = Шешім қабылдаған: { $name }, { $when }
plan-publish-help = Жарияланғаннан кейін шешімді бәрі оқиды, ол бұдан былай өзгермейді.
plan-publish = Шешімді жариялау
plan-published-link = Жарияланған шешім
plan-comments = Комиссия мен қоғамдық кеңестің пікірлері
plan-comments-none = Пікір әлі жоқ.
plan-comment-voice = Кімнің атынан
plan-comment-body = Пікір
plan-comment-send = Пікірді сақтау
plan-voice-commission = Бюджет комиссиясы
plan-voice-council = Қоғамдық кеңес
plan-voice-office = Бағдарламаны дайындаған бөлім
plan-standing-optimal = Жоспардың пайдасы, балл: { $n }. Бұдан жақсы жоспар жоқ екені дәлелденді.
plan-standing-gap = Жоспардың пайдасы, балл: { $n }. Ең жақсысы дәлелденбеді: бұдан артық жоспар болса, айырмасы { $gap } балдан аспайды.

## Жарияланған бағдарлама

plan-public-title = { $place }: { $from }–{ $to } жылдарға арналған жобалар бағдарламасы
plan-public-lead = Жоспардағы жобалар: { $in }, жоспардан тыс: { $out }. Әрқайсысының себебі төменде.
plan-public-parts = Парақтың бөлімдері
plan-public-out = Жоспардан тыс жобалар және себебі
plan-public-out-none = Жоспардан тыс қалған жоба жоқ.
plan-public-labels = Себептер есептелген жоспарға қатысты. Белгі санның дәлдігін айтады: дәл — дәлелденген; жеткілікті — бұл мөлшер анық жетеді, аздау да жетуі мүмкін; аралық — екі шектің арасында.
plan-public-money = Қаражат
plan-public-rules = Ережелер мен салмақтар
plan-public-rules-none = Қаражат шегінен басқа ереже жоқ.
plan-public-changes = Алдыңғы жоспардан бері не өзгерді және неге
plan-public-previous = Алдыңғы жарияланған жоспар
plan-public-first = Бұл аумақтың алғашқы жарияланған бағдарламасы.
plan-public-computed = Бұл қалай есептелді
plan-public-computed-help = Осы деректер мен параметрлер бойынша кез келген адам жоспарды қайта есептеп, дәл сол нәтижені алады.
plan-public-files = Файлдар
plan-download-json = Толық жазба (JSON)
plan-stat-money = Бағдарлама жылдарында жұмсалады
plan-stat-later = Кейінгі жылдарға уәде етілген
plan-deviation = Басшы басқаша шешті
plan-deviation-text = Есептелген: { $computed }. Шешілген: { $decided }. Балл айырмасы: { $n }. Себебі: { $reason }
plan-number-register = Нөмірі
plan-state = Шешім
plan-reason = Себебі
plan-projects-caption = Барлық жобалар шешімімен және себебімен
plan-rule-discount = { $year } жылы басталған жобаның балы { $share } мөлшерінде есептеледі.
plan-rule-cap = { $year } жылы басталатын жобалар саны: ең көбі { $n }.
plan-rule-floor = { $part }: кемінде { $amount }.
plan-rule-wait =
    { $lag ->
        [0] Алдымен «{ $before }», сол жылы немесе кейін «{ $after }».
        [one] Алдымен «{ $before }», одан кейін кемінде { $lag } жыл өткен соң «{ $after }».
       *[other] Алдымен «{ $before }», одан кейін кемінде { $lag } жыл өткен соң «{ $after }».
    }
plan-compare-nth = { $n }-сценарий
plan-public-year = { $year } жыл: { $n } жоба, толық құны — { $amount }
plan-rule-further = Қосымша ережелер қолданылды; олар толық жазбада.
plan-ruling-keep = «{ $project }» жоспарда қалдырылды: { $name }. Себебі: { $reason }
plan-ruling-bar = «{ $project }» жоспардан шығарылды: { $name }. Себебі: { $reason }
plan-criterion = Критерий
plan-weight = Салмағы
plan-weights = Критерийлердің салмақтары
plan-weights-caption = Балл осы салмақтармен есептелді
plan-record-hash = Деректердің бақылау сомасы (SHA-256)
plan-record-solver = Есептеуіш
plan-record-version = Платформа нұсқасы
plan-record-seed = Кездейсоқ сандардың бастауы
plan-record-objective = Есептелген жоспардың пайдасы, балл
plan-record-bound = Бұдан артық болмайды, балл
plan-record-gap = Дәлелденбеген айырма, балл
plan-record-proven = Ең жақсы екені дәлелденді
plan-record-repeatable = Қайталап есептегенде дәл сол нәтиже шығады
plan-record-decided = Шешілген жоспардың пайдасы, балл
plan-record-holds = Жазба өзін-өзі тексеруден өтті: бақылау сомасы, шектер мен сомалар сәйкес келеді.
plan-record-broken = Жазба өзін-өзі тексеруден өтпеді. Бұл туралы платформа қызметіне хабарлаңыз.

## Жоспарлардың айырмасы

plan-changes = Өзгерген жобалар
plan-changes-lead = Жоспардың пайдасы, балл: бұрын { $before }, енді { $after } (айырмасы { $change }).
plan-changes-caption = Қосылған, шығарылған және жылы ауысқан жобалар
plan-changes-causes = Шарттардағы айырма
plan-changes-none = Жобалар құрамы мен жылдары өзгерген жоқ.
plan-before = Бұрын
plan-after = Енді
plan-why = Себебі
plan-not-asked = көрсетілмеген
plan-cause-new = Бұрын үміткер болмаған.
plan-cause-gone = Енді үміткер емес.
plan-cause-now-barred = Енді бастауға болмайды. { $why }
plan-cause-was-barred = Бұрынғы кедергі жойылды: { $why }
plan-cause-now-duty = Енді міндетті. { $why }
plan-cause-was-duty = Енді міндетті емес. Бұрын: { $why }
plan-cause-cost = Құны өзгерді: { $before } → { $after }.
plan-cause-benefit = Балы өзгерді: { $before } → { $after }.
plan-cause-window = Басталу жылдары өзгерді: { $before } → { $after }.
plan-cause-budget = { $source }, { $year }: шек { $before } → { $after }.
plan-cause-floor = { $part }: ең аз көлем { $before } → { $after }.
plan-cause-rules = Басқа ережелер (жылдық шек, кезек, топтар, салмақтар) өзгерді.
plan-cause-competition = Жобаның өзінде ештеңе өзгерген жоқ: қаражат немесе басқа жобалар өзгерді.

## Салыстыру

plan-compare-title = Сценарийлерді салыстыру
plan-compare-lead = Жоспарлар қатар қойылған: балл, қаражат, салалар, аумақтар, қай жоба кіреді, қайсысы шығады және неге.
plan-compare-few-title = Салыстыратын жоспар жетпейді
plan-compare-few = Есептелген екі немесе үш сценарийді тізімнен таңдаңыз.
plan-compare-list = Сценарийлер тізімі
plan-compare-no-plan = «{ $title }» сценарийінің есептелген жоспары жоқ, сондықтан ол салыстыруға кірмеді.
plan-compare-main = Негізгі көрсеткіштер
plan-compare-figure = Көрсеткіш
plan-compare-change = Біріншіден айырмасы, балл
plan-compare-part = Бөлік
plan-compare-help = Әр жолақ — бір сценарий, реті кестедегідей.
plan-compare-money = Қаржы көздері мен жылдар бойынша қаражат
plan-compare-money-caption = Жұмсалатын қаражат, мың теңге
plan-compare-invested-caption = Басталатын жобалардың бағаланған құны, мың теңге
plan-compare-pair = «{ $first }» және «{ $second }»
plan-compare-same = Шарттар бірдей.

## Суреттер парағы

plan-pictures-title = Жоспар суреттермен: { $title }
plan-weights-none = Жобалардың критерийлер бойынша балы жоқ, сондықтан салмақтардың әсері есептелмейді.
plan-weights-later = Басқа салмақтардың әсері есептеліп жатыр. Парақты бір минуттан кейін қайта ашыңыз.
plan-report-none = Толық түсіндірме әлі есептелмеген: сценарийді толық есептеңіз.
plan-frequency-none = Жобалардың балында ауқым көрсетілмеген, сондықтан таңдалу жиілігі есептелмейді.
plan-steady-core = өзек жоба
plan-steady-likely = ықтимал
plan-steady-marginal = шекаралық
plan-steady-unlikely = ықтималдығы аз
plan-tornado-weights = Критерий салмағы басқа болса
plan-tornado-weights-help = Салмақ 10 % өзгергенде басқа жоспар ұсынылғаннан неше балға артық болар еді. Нөл — ұсынылған жоспар ең жақсысы болып қалады.
plan-tornado-weights-caption = Басқа жоспардың артықшылығы, балл, және ауысатын жобалар саны
plan-weight-less = Салмағы 10 % аз
plan-weight-more = Салмағы 10 % көп
plan-weight-less-moved = Аз болса ауысатын жобалар
plan-weight-more-moved = Көп болса ауысатын жобалар

## Бір жобаның түсіндірмесі

plan-why-title = Неге: { $project }
plan-why-project = Жобаның парағы
plan-why-outcome = Ұқсас аяқталған жобалар
plan-why-cost = Себебі және құны
plan-why-needs = Ол кіру үшін не керек
plan-why-place = Оның орнын кім алды
plan-why-price = Пайдасы және ол алатын қаражаттың бағасы
plan-why-scores = Балы неден құралған
plan-why-decide = Дәл осылай шешу
plan-window = Басталуы мүмкін жылдар
plan-witness = Осы жоспарда
plan-witness-title = Мұны көрсететін жоспар
plan-witness-caption = Кім кіреді, кім шығады, кімнің жылы ауысады
plan-scores-help = Критерийлердің қосындысы жобаның балына тең (дөңгелектеу дәлдігімен).
plan-scores-caption = Әр критерий қосатын балл
plan-pictures-link = Жоспар суреттермен
