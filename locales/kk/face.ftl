### Тұрғындарға арналған жобалар тізілімі: карта, салыстыру, күнтізбе, таспалар, поштаға жазылу, паспорт және тақтайша.

## Тізім

face-views = Жобаларды қалай көрсету керек
face-view-list = Тізім
face-view-map = Карта
face-view-calendar = Күнтізбе
face-more-filters = Басқа шарттар
face-year = Қаражат бар жыл
face-cost-min = Құны, млн теңгеден бастап
face-cost-max = Құны, млн теңгеге дейін
face-reach = Қатысушылар
face-reach-intermunicipal = Муниципалитетаралық
face-reach-international = Халықаралық
project-sort-quiet = жаңалығы ең көптен бері жоқ
face-list-what = Шарттар
face-list-subscribe = Осы шарттар бойынша жаңалықтарды поштаға алу
face-list-feed = Осы шарттар бойынша Atom таспасы
face-list-save = Осы іздеудің мекенжайын көшіру
face-copied = Көшірілді
face-copy = Көшіру
face-print = Басып шығару

## Карта

face-map-title = Жобалар картасы
face-map-intro = Жобалар қайда жүріп жатыр. Картаны астындағы көрсеткілермен жылжытыңыз және жақындатыңыз; сол жобалар қасында тізіммен де берілген.
face-map-alt = Жобалар белгіленген карта. Сол тізім картаның қасында тұр.
face-map-found =
    { $n ->
        [0] Картаның бұл бөлігінде мұндай шарттарға сай жоба жоқ.
        [one] Картаның бұл бөлігінде { $n } жоба бар.
       *[other] Картаның бұл бөлігінде { $n } жоба бар.
    }
face-map-empty = Бұл жерде белгі жоқ. Картаны алыстатыңыз немесе барлық жобаға оралыңыз.
face-map-crowd =
    { $n ->
        [one] Қатар орналасқан { $n } жоба
       *[other] Қатар орналасқан { $n } жоба
    }
face-map-nearer = жақындату
face-map-as-list = тізіммен ашу
face-map-list = Картадағы жобалар
face-map-key = Шартты белгілер
face-map-key-crowd = Қатар орналасқан бірнеше жоба, саны көрсетілген
face-map-move-label = Картаны жылжыту
face-map-move-west = Батысқа
face-map-move-north = Солтүстікке
face-map-move-south = Оңтүстікке
face-map-move-east = Шығысқа
face-map-move-in = Жақындату
face-map-move-out = Алыстату
face-map-move-whole = Барлық жобаны көрсету
face-map-open-list = Картаның осы бөлігін тізіммен ашу
face-map-subscribe = Осы жердің маңындағы жобалардың жаңалықтарын алу
face-map-borders = Шекаралар

## Салыстыру

face-compare-title = Жобаларды салыстыру
face-compare-intro = Екіден алтыға дейінгі жоба қатар: қаражаты, мерзімі, тәуекелі, нәтижесі.
face-compare-pick = Салыстыру
face-compare-button = Белгіленгендерді салыстыру
face-compare-hint = Екіден алтыға дейін жобаны белгілеңіз.
face-compare-none = Әзірге салыстыратын ештеңе жоқ
face-compare-none-text = Тізімнен кемінде екі жобаны белгілеп, «Белгіленгендерді салыстыру» түймесін басыңыз.
face-compare-left-out = Қатар алты жоба сияды. Қалған белгіленгендері көрсетілген жоқ.
face-compare-key = Жобалар айырмашылығы бар жолдар ≠ таңбасымен белгіленген.
face-compare-caption = Қатар қойылған жобалар
face-compare-what = Көрсеткіш
face-compare-without = Салыстырудан алып тастау
face-compare-differs = Жобалардың айырмашылығы бар
face-compare-about = Жоба туралы
face-compare-risks = Тәуекелдер
face-compare-results = Күтілетін нәтижелер
face-amended = Нақтыланған жоспар
face-paid-share = Жоспардан төленгені
face-invoiced = Шот бойынша
face-programme = Бағдарлама
face-partners = Басқа аумақтар
face-milestones-reached = Өтілген кезеңдер
face-last-slip = Соңғы кезеңнің жылжуы
face-days =
    { $n ->
        [0] жылжу жоқ
        [one] { $n } күн
       *[other] { $n } күн
    }
face-of = { $whole } ішінен { $part }
face-open-risks = Ашық тәуекелдер
face-unit-cost = { $target } (бір бірлігі: { $cost })

## Күнтізбе

face-calendar-title = Ашылу күнтізбесі
face-calendar-intro = Не қашан ашылады және алда қандай кезеңдер бар.
face-calendar-opens = Ашылуы
face-calendar-opened = Ашылды
face-calendar-previous = Алдыңғы ай
face-calendar-next = Келесі ай
face-calendar-as-list = Тізіммен көрсету
face-calendar-as-month = Ай бойынша көрсету
face-calendar-too-many = Жобалар тым көп, сондықтан ашылу күндері ғана көрсетілді. Кезеңдерді көру үшін аумақты немесе саланы таңдаңыз.
face-calendar-none = Бұл айда оқиға жоқ
face-calendar-none-text = Келесі айды қараңыз немесе шарттардың бір бөлігін алып тастаңыз.
face-calendar-file = Телефон мен компьютерге арналған күнтізбе (ICS)
face-calendar-file-hint = Осы сілтеменің мекенжайын күнтізбеңізге жазылым ретінде қосыңыз: жаңа күндер өздігінен пайда болады.
face-calendar-name = Жобалар: { $what }
face-weekday-1 = дүйсенбі
face-weekday-2 = сейсенбі
face-weekday-3 = сәрсенбі
face-weekday-4 = бейсенбі
face-weekday-5 = жұма
face-weekday-6 = сенбі
face-weekday-7 = жексенбі
face-weekday-short-1 = Дс
face-weekday-short-2 = Сс
face-weekday-short-3 = Ср
face-weekday-short-4 = Бс
face-weekday-short-5 = Жм
face-weekday-short-6 = Сн
face-weekday-short-7 = Жс

## Таспа

face-feed-title = Жобалар жаңалықтары: { $what }
event-registered = Тізілімге енгізілді: { $to }
event-moved = Мәртебесі өзгерді: { $from } → { $to }
event-reason = Себебі: { $reason }
event-news = Жаңалық, орындалғаны { $percent }

## Басқа жерде көрсету

face-share = Бөлісу
face-share-title = Бөлісу: { $title }
face-share-intro = Поштаға және таспаға келетін жаңалықтар, басып шығаратын паспорт, нысанға қойылатын тақтайша, басқа сайттарға арналған карточка.
face-share-more = Тақтайша, QR-код, сайтқа арналған карточка
face-share-tell = Жобаны бақылау
face-share-subscribe = Жоба жаңалықтарын поштаға алу
face-share-feed = Жоба жаңалықтарының таспасы (Atom)
face-share-paper = Қағазда
face-share-passport = Басып шығаруға арналған жоба паспорты
face-share-pdf = Жоба паспорты (PDF)
face-share-board = Нысанға қойылатын тақтайша, A4 парағы
face-share-qr = QR-код жеке файлмен (SVG)
face-share-embed = Басқа сайтта
face-share-embed-how = Бұл кодты сайтыңыздың бетіне қойыңыз. Карточка мәртебені, орындалуын және мерзімін көрсетеді, өзі жаңарып тұрады.
face-share-snippet = Қоюға арналған код
face-share-embed-look = Карточканы қарау
face-board-title = Тақтайша
face-board-back = «Бөлісу» бетіне
face-board-scan = Жобаның қаражатын, мерзімін, суреттері мен жаңалықтарын көру үшін телефон камерасын бағыттаңыз.
face-invented-short = Көрсетілімге арналған ойдан шығарылған жоба
face-updated = Жаңартылды

## Паспорт

face-passport = Жоба паспорты
face-passport-title = { $number } жобасының паспорты
face-passport-fact = Көрсеткіш
face-passport-value = Мәні
face-passport-none = Мәлімет жоқ.
face-passport-date = Күні
face-passport-by = Кім
face-passport-reason = Негізі
face-passport-source = Дереккөз: { $link }, { $version }-нұсқа, { $changed }. Жасалған уақыты: { $printed }.

## Жазылу

face-subscribe-title = Жаңалықтарды поштаға алу
face-subscribe-intro = Хат жобаларда бірдеңе болғанда ғана келеді. Кез келген хаттан бір басумен бас тартуға болады.
face-subscribe-what = Не туралы хабарлау керек
face-subscribe-around = Кеңірек те бақылауға болады:
face-subscribe-where = Қайда жазу керек
face-subscribe-email = Электрондық пошта
face-subscribe-email-hint = Мысалы, aliya@example.kz. Алдымен жазылуды растауды сұрайтын хат келеді.
field-email = Мекенжайды толық жазыңыз, мысалы aliya@example.kz.
face-subscribe-frequency = Қаншалықты жиі
face-subscribe-button = Жазылу
face-subscribe-privacy = Мекенжай кемінде бір жазылым болғанда ғана сақталады және тек осы хаттар үшін қолданылады. Ол дауыстарыңыз бен пікірлеріңізге байланыстырылмайды.
face-subscribe-off-title = Пошта қосылмаған
face-subscribe-off = Әкімші хат жіберуді әлі баптаған жоқ. Сол жаңалықтар Atom таспасында бар.
face-subscribe-feed = Сол жаңалықтар Atom таспасымен
face-subscribe-choose = Басқасын таңдау
face-subscribe-take = Не шығатынын көрсету
face-subscribe-map = Картадан орын таңдау
face-subscribe-told-title = Поштаңызды тексеріңіз
face-subscribe-told =
    { $n ->
        [one] Бұл мекенжайға жазу мүмкін болса, жақында сілтемесі бар хат келеді. Сілтемені ашып растағаннан кейін жазыласыз; ол { $n } күн жарамды.
       *[other] Бұл мекенжайға жазу мүмкін болса, жақында сілтемесі бар хат келеді. Сілтемені ашып растағаннан кейін жазыласыз; ол { $n } күн жарамды.
    }
face-near = Орын: ендік пен бойлық
face-near-hint = Мысалы, 43.238,76.945. Координаттарды телефондағы кез келген карта көрсетеді.
face-radius = Радиус, метр
face-confirm-title = Жазылуды растаңыз
face-confirm-words = Осы мекенжайға мына туралы хабарлауды сұрадыңыз:
face-confirm-button = Иә, жіберіңіз
face-confirmed = Жазылу расталды.
face-stop-title = Жазылудан бас тарту
face-stop-words = Осы мекенжайға мына туралы енді хабарламау:
face-stop-button = Бас тарту
face-stopped-title = Жазылым тоқтатылды
face-stopped-words = Бұл туралы енді жазбаймыз.
face-stopped-already = Бұл жазылым бұрын жойылған. Ештеңе істеудің қажеті жоқ.
face-stopped-all = Барлық жазылым мекенжаймен бірге жойылды.
face-manage-title = Жазылымдарыңыз
face-manage-intro = Мекенжайыңызға не туралы және қаншалықты жиі жазамыз.
face-manage-address = Мекенжай
face-manage-waiting = Хаттағы растауды күтуде
face-manage-none = Жазылым жоқ
face-manage-none-text = Жобаға, көшеге, салаға немесе сақталған іздеуге жазылыңыз.
face-manage-stop-all = Бәрінен бас тарту және мекенжайды жою
face-manage-forget = Соңғы жазылыммен бірге мекенжай да жойылады.

## Сақталған іздеу нені білдіреді

search-everything = Барлық жобалар
search-project = «{ $title }» жобасы
search-place = Аумақ: { $place }
search-words = Сөздер: «{ $words }»
search-status = Мәртебесі: { $names }
search-year = { $year } жылы қаражаты бар
search-cost-min = Құны { $cost } немесе одан көп
search-cost-max = Құны { $cost } немесе одан аз
search-near = { $point } нүктесінен { $metres } м радиуста
search-ends = Аяқталуы { $first } – { $last } аралығында
search-late = Мерзімі өткен, бірақ аяқталмаған
search-silent = 30 күннен астам жаңалықсыз
search-real = Ойдан шығарылған жобаларсыз
search-bounds = Картаның таңдалған бөлігінде

## Хаттар

mail-frequency-at_once = Бірден
mail-frequency-daily = Күніне бір рет
mail-frequency-weekly = Аптасына бір рет
mail-confirm-subject = Жобалар жаңалықтарына жазылуды растаңыз
mail-confirm-what = Біреу, бәлкім сіз, осы мекенжайға мына туралы хабарлауды сұрады: { $what }.
mail-confirm-frequency = Қаншалықты жиі: { $frequency }.
mail-confirm-link = Жазылу үшін осы сілтемені ашып, растаңыз:
mail-confirm-ignore =
    { $n ->
        [one] Бұл сіз болмасаңыз, ештеңе істемеңіз: { $n } күннен кейін сұрау мен мекенжай жойылады.
       *[other] Бұл сіз болмасаңыз, ештеңе істемеңіз: { $n } күннен кейін сұрау мен мекенжай жойылады.
    }
mail-digest-subject =
    { $n ->
        [one] Жобалар туралы { $n } жаңалық
       *[other] Жобалар туралы { $n } жаңалық
    }
mail-digest-subject-one = «{ $title }» жобасының жаңалықтары
mail-digest-intro = Не болды. Жазылымыңыз: { $what }.
mail-digest-more =
    { $n ->
        [one] Сайтта тағы { $n } жаңалық
       *[other] Сайтта тағы { $n } жаңалық
    }
mail-footer-why = Бұл хатты жобалар жаңалықтарына жазылғаныңыз үшін алдыңыз.
mail-footer-stop = Бұл хаттардан бас тарту
mail-footer-manage = Барлық жазылымдарыңыз

## Шығыс хаттар

desk-letters = Шығыс хаттар
desk-letters-text = Тұрғындарға арналған қай хаттар күтуде, қайсысы қабылданбады.
outbox-title = Шығыс хаттар
outbox-intro = Хаттар пошта сервері қабылдағанша дерекқорда күтеді. Жіберілген хаттың мекенжайы да, мәтіні де сақталмайды.
outbox-carrier = Хаттар мына арқылы кетеді: { $where }
outbox-none = Хат жіберу бапталмаған. Баптауларда mail.smtp немесе mail.folder көрсетіңіз.
outbox-subscriptions = Мекенжайлар: { $people }, расталған жазылымдар: { $confirmed }, растауды күтуде: { $waiting }
outbox-empty = Хат жоқ
outbox-empty-text = Тұрғындар жобалар жаңалықтарына жазылғанда хаттар осында пайда болады.
outbox-created = Жасалған
outbox-kind = Түрі
outbox-state = Күйі
outbox-attempts = Әрекеттер
outbox-at = Мерзімі немесе аяқталуы
outbox-fault = Неге қабылданбады
letter-kind-confirm = Растауды сұрау
letter-kind-digest = Жаңалықтар
letter-state-queued = Күтуде
letter-state-sent = Жіберілді
letter-state-failed = Қабылданбады
