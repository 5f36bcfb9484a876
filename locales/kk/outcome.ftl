outcome-title = Кешігу қаншалықты ықтимал
outcome-target-delay = Кешігу
outcome-target-cost_growth = Құнның өсуі
outcome-target-completed = Аяқталу
outcome-chance-delay = Жоба жоспарланған мерзімнен оның оннан бірінен артық уақытқа созылу ықтималдығы — { $chance }.
outcome-chance-cost = Жоба жоспардан қымбатқа түсу ықтималдығы — { $chance }.
outcome-chance-completed = Жоба тоқтатылмай аяқталу ықтималдығы — { $chance }.
outcome-range-delay = Осыған ұқсас аяқталған 10 жобаның 8-і { $from } ({ $early }) мен { $to } ({ $late }) аралығында бітер еді.
outcome-range-cost = Осыған ұқсас аяқталған 10 жобаның 8-і жоспардың { $low }–{ $high } құнына түсер еді.
outcome-days-late = { $n ->
    [0] жоспарланған күні
    [one] { $n } күн кеш
   *[other] { $n } күн кеш
}
outcome-days-early = { $n ->
    [one] { $n } күн ерте
   *[other] { $n } күн ерте
}
outcome-class = Негізі — «{ $class }» сыныбы: { $n ->
    [one] { $n } аяқталған жоба.
   *[other] { $n } аяқталған жоба.
}
outcome-class-parent = «{ $class }» сыныбында бар болғаны { $n ->
    [one] { $n } аяқталған жоба бар, ал тоғызы керек, сондықтан жоғарғы сынып алынды.
   *[other] { $n } аяқталған жоба бар, ал тоғызы керек, сондықтан жоғарғы сынып алынды.
}
outcome-class-all = барлық аяқталған жоба
outcome-size-small = 100 млн теңгеге дейін
outcome-size-medium = 100 млн – 1 млрд теңге
outcome-size-large = 1 млрд теңгеден бастап
outcome-refused-few = { $target }: ештеңе айтуға болмайды. Нәтижесі белгілі аяқталған жоба — { $have }, ал { $need } керек.
outcome-refused-constant = { $target }: ештеңе айтуға болмайды, өйткені барлық аяқталған жоба бірдей бітті.
outcome-shares = Кешігу ықтималдығы неден құралады
outcome-shares-note = Әдеттегі аяқталған жобалардың ықтималдығы мен осы жоба белгілерінің үлестері қосылып, оның ықтималдығын береді. Үлес — себеп емес.
outcome-share-name = Белгі
outcome-share-value = Үлесі
outcome-points = { $points } п. т.
outcome-base = Әдеттегі аяқталған жобалар
outcome-total = Осы жоба
outcome-feature-sector = Сала
outcome-feature-size = Көлемі
outcome-feature-kind = Түрі
outcome-feature-modality = Қаржыландыру тәсілі
outcome-feature-level = Деңгейі
outcome-feature-planned_cost = Жоспарлы құны
outcome-feature-planned_time = Жоспарлы мерзімі
outcome-similar = Ең ұқсас аяқталған жобалар
outcome-similar-project = Жоба
outcome-similar-outcome = Немен бітті
outcome-similar-late = жоспарлы мерзімнен { $share } ұзақ
outcome-similar-early = жоспарлы мерзімнен { $share } қысқа
outcome-similar-alike = Ұқсастығы
outcome-record = Жарияланған болжамдар мен шешімдер
outcome-record-empty = Бұл жоба туралы әлі ештеңе жарияланған жоқ.
outcome-record-published = { $target }: { $chance }. Үлгі { $model }, { $n ->
    [one] сыныпта { $n } аяқталған жоба,
   *[other] сыныпта { $n } аяқталған жоба,
} деректер { $date } дейін.
outcome-record-decided = { $target }: { $verdict }. { $reason }
outcome-verdict-accepted = назарға алынды
outcome-verdict-set_aside = шетке қойылды
outcome-verdict-acted_on = шара қолданылды
outcome-work-title = Болжамдар мен шешімдер
outcome-work-lead = Талдаушы бүгін жобадан не күтілетінін жариялайды. Жоба жетекшісі немесе әкім осыған орай не істелгенін белгілейді. Жарияланғаны өзгертілмейді.
outcome-work-today = Бүгінгі күтілім
outcome-work-publish = Жариялау
outcome-work-publish-hint = Болжам күнімен бірге жобаның бетінде қалады және нәтижемен салыстырылады.
outcome-decide = Болжам бойынша шешім
outcome-decide-about = Болжам
outcome-decide-verdict = Шешім
outcome-decide-reason = Себебі
outcome-decide-hint = Оны бәрі көреді, ол жазбада қалады. Адамдардың атын атамаңыз.
outcome-decide-save = Жазбаға енгізу
outcome-warning-title = Ерте ескерту
outcome-warning-hub = Қай жүріп жатқан жобалар кешігуі немесе қымбаттауы мүмкін?
outcome-warning-lead = Аяқталған жобалар бойынша бағаланған тәуекелі бар жүріп жатқан жобалар. Ескерту — қарап көруге себеп, айыптау емес.
outcome-warning-filter = Не туралы ескерту
outcome-warning-target = Тәуекел
outcome-warning-from-red = Қызыл, пайыздан бастап
outcome-warning-from-amber = Сары, пайыздан бастап
outcome-warning-place = Аумақ, ӘАОЖ коды
outcome-warning-summary = { $n ->
    [one] { $n } жүріп жатқан жоба:
   *[other] { $n } жүріп жатқан жоба:
} қызыл — { $red }, сары — { $amber }.
outcome-warning-silent = { $n ->
    [one] Тағы { $n } жоба туралы ештеңе айтуға болмайды.
   *[other] Тағы { $n } жоба туралы ештеңе айтуға болмайды.
}
outcome-warning-red = қызыл
outcome-warning-amber = сары
outcome-warning-green = жасыл
outcome-warning-none = Жүріп жатқан жоба жоқ
outcome-warning-none-text = Бұл аумақта бірдеңе айтуға болатын жүріп жатқан жоба жоқ.
outcome-warning-caption = Жүріп жатқан жобалар, алдымен тәуекелі ең үлкені
outcome-warning-sign = Белгі
outcome-warning-chance = Тәуекел
outcome-warning-class = Сынып және ондағы аяқталған жобалар
outcome-warning-note = Қызыл мен сарының шегін өзіңіз қоясыз; беттің мекенжайы оны сақтайды.
outcome-card-link = Бұл қалай есептелді және қаншалықты расталды
outcome-card-title = Жобалардың нәтижесі қалай болжанады
outcome-card-lead = Деректер, әдіс, аяқталған жобалардағы тексеру және болжамға сенуге болмайтын жағдайлар.
outcome-card-survivors = Тек біткен жобалар үйретеді
outcome-card-survivors-text = Созылып кеткен жобалар аяқталғандардың ішінде әлі жоқ. Сондықтан аяқталған жобалардың кешігуі мен құны сол жылдары басталған барлық жобадан төмен.
outcome-card-method = Деректер мен әдіс
outcome-card-data = { $n ->
    [one] Платформаның { $n } біткен жобасы, деректер { $date } дейін.
   *[other] Платформаның { $n } біткен жобасы, деректер { $date } дейін.
}
outcome-card-class = Жобадан сол саладағы, сол көлемдегі аяқталған жобалар қалай бітсе, соны күтеді. n жобадан тұратын сыныптың салмағы n / (n + 10), қалғаны жоғарғы сыныпқа тиеді. Аяқталған жобасы тоғыздан аз сынып аталмайды: оның орнына жоғарғы сынып алынады, бет бұл туралы айтады.
outcome-card-prior = Барлық аяқталған жобаның үстінде жарияланған үстемелер тұрады: жолдар үшін — Ұлыбритания Көлік министрлігінікі (Фливбьерг және COWI, 2004), басқа салалар үшін — Ұлыбритания Қазынашылығынікі (Mott MacDonald, 2002).
outcome-card-challengers = 50 аяқталған жобадан бастап сызықтық үлгі, шешім ағаштары мен шағын нейрондық желі кейінгі жобаларда бақ сынасады. Олар сынып үлесінен қаншалықты дәл болса, соншалықты алынады.
outcome-card-ranges = Аралықтар үлгі көрмеген жобалардағы қателерден алынған. 80 % аралыққа кемінде 4, 90 % аралыққа кемінде 9 қате керек.
outcome-card-events = Соңғы кезең жоспарлы мерзімнің оннан бірінен артық кешіксе, кешігу деп саналады. Жоспардан артық төленсе, құнның өсуі деп саналады.
outcome-card-n = Аяқталған жобалар
outcome-card-share = Болған үлесі
outcome-card-model = Үлгі және нұсқасы
outcome-card-choice = Не қолданылады
outcome-choice-few = сынып үлесі: аяқталған жоба 50-ден аз
outcome-choice-class = сынып үлесі: басқа үлгілер кейінгі жобаларда нашар
outcome-choice-partly = сынып үлесі басқа үлгілермен бірге
outcome-choice-mixture = кейінгі жобаларда жеңген барлық үлгінің қоспасы
outcome-card-brier = Көрмеген жобалардағы Брайер бағасы (төмені жақсы)
outcome-card-brier-base = Жай үлестің Брайер бағасы
outcome-card-auc = Көрмеген жобалардағы AUC (0,5 — кездейсоқтық)
outcome-card-better = Көрмеген жобаларда болжамдар жай үлестен дәлірек болды. Оның сенімділігін стандартты қателер көрсетеді.
outcome-card-worse = Көрмеген жобаларда болжамдар жай үлестен дәл болмады: пайызға емес, сынып пен оның көлеміне қараңыз.
outcome-card-diagram = Не болжанды, не болды
outcome-card-said = Болжанған ықтималдық
outcome-card-seen = Болған үлесі
outcome-card-projects = Жоба саны
outcome-past = Жарияланған болжамдар және не шықты
outcome-past-text = Әр жоба мен сұрақ бойынша алғаш жарияланған болжам есептеледі: ол бәрінен аз білген. Деректер тізілімнің бүгінгі күйінен алынады: онда түзетілген күн бұл жазбаны да түзетеді.
outcome-past-waiting = { $n ->
    [one] { $n } болжам күтуде: оның жобасы әлі біткен жоқ.
   *[other] { $n } болжам күтуде: олардың жобалары әлі біткен жоқ.
}
outcome-past-listed = Кестеде соңғы { $n } болжам тұр; барлығы API арқылы беріледі.
outcome-past-none = Болжамы жарияланған бірде-бір жоба әлі біткен жоқ
outcome-past-none-text = Ондай жоба біткенде, болжанғаны мұнда шыққан нәтижемен қатар тұрады.
outcome-past-n = Нәтижесі белгілі болған болжамдар
outcome-past-said = Болжанған ықтималдықтың орташасы
outcome-past-brier = Болжамдардың Брайер бағасы (төмені жақсы)
outcome-past-brier-base = Қарапайым жобалар ықтималдығының Брайер бағасы
outcome-past-range = Нәтиже { $level } аралықтың ішінде
outcome-past-held = { $n } ішінен { $held }
outcome-past-error = Медиананың орташа қатесі
outcome-past-error-plan = Жоспардың өзінің орташа қатесі
outcome-past-few = Нәтиже оннан аз: болжамдардың жақсылығын айтуға жеткіліксіз.
outcome-past-better = Болжамдар болған нәрсеге қарапайым жобалардың ықтималдығынан жақынырақ болды.
outcome-past-worse = Болжамдар болған нәрсеге қарапайым жобалардың ықтималдығынан жақын болмады.
outcome-past-caption = Болжамдар бір-бірлеп, алдымен соңғы жарияланғандары
outcome-past-on = Жарияланған күні
outcome-past-came = Не шықты
outcome-came-title = Болжанғаннан не шықты
outcome-came = { $target }: алғаш болжанған ықтималдық — { $chance }. { $came }
outcome-came-delay = Жоба { $days } бітті.
outcome-came-cost = Жоспардың { $share } құнына түсті.
outcome-came-completed = Жоба аяқталды.
outcome-came-given-up = Жоба тоқтатылды.
outcome-came-held = Бұл { $level } аралықтың ішінде.
outcome-came-missed = Бұл { $level } аралықтан тыс.
outcome-card-banks = Сол әдіс шетелдік жобаларда
outcome-card-banks-text = Азия даму банкінің 326 инфрақұрылымдық жобасы мен Нью-Йорктің 204 жобасында әдіс кейінгі және бөлек қойылған жобаларда тексерілді; сандары құжаттамада, docs/method/project-outcome.md. Жоба нәтижесінің жартысынан үштен екісіне дейіні мақұлдау кезінде белгілі бағандардан көрінбейді.
outcome-effect-title = Жобалардың әсері
outcome-effect-hub = Жоба не береді және іс жүзінде не берді?
outcome-effect-lead = Алдын ала аралығы бар бағалау, ал дерек болғанда «бұрын және кейін» салыстыруы.
outcome-effect-before = Алдын ала
outcome-effect-parameter = Неге қол жетеді
outcome-effect-output = Көлемі
outcome-effect-output-hint = Жолда айтылғандай километр, аула, шам немесе орын.
outcome-effect-output-wrong = Көлемді 0-ден басталатын санмен енгізіңіз.
outcome-effect-count = Бағалау
outcome-effect-estimate = { $name }: жылына шамамен { $central }, { $low }–{ $high } аралығында.
outcome-effect-table = Көлем бірлігі жылына береді
outcome-effect-low = Төменгі
outcome-effect-central = Орташа
outcome-effect-high = Жоғарғы
outcome-effect-valid = Қай күннен
outcome-effect-invented = көрсету үшін ойдан алынған
outcome-effect-of-road_time = Жолдың километріне үнемделген көлік-сағат
outcome-effect-of-water_health = Сумен қамтылған аулаға шаққанда болмаған ауру күндері
outcome-effect-of-lamps_safety = Бір шамға шаққанда қауіпсіз кешкі жүріс
outcome-effect-of-school_places = Бір орынға шаққанда үшінші ауысымнан шыққан оқушылар
outcome-effect-after = Бұрын және кейін
outcome-effect-after-text = Жобасы бар бірліктер жобасы жоқтармен басталғанға дейін және кейін салыстырылады: айырымдар айырымы, стандартты қателер бірліктер бойынша. Әрқайсысынан кемінде бес бірлік керек.
outcome-effect-facts = Деректер
outcome-effect-facts-hint = Әр жолда: бірлік, бүтін санмен кезең, жобасы болса 1, болмаса 0, мән. Тақырыпсыз.
outcome-effect-start = Жобасы бар алғашқы кезең
outcome-effect-start-wrong = Жобасы бар алғашқы кезеңді бүтін санмен енгізіңіз.
outcome-effect-line-wrong = { $line }-жол оқылмайды: төрт мән керек, үшіншісі — 1 немесе 0.
outcome-effect-compare = Салыстыру
outcome-effect-effect = Әсер ± стандартты қате
outcome-effect-units = Жобасы бар / жоқ бірліктер
outcome-effect-trend = Басталғанға дейінгі трендтердің айырымы ± стандартты қате
outcome-effect-few = Нәтиже жоқ: жобасы бар кемінде бес және жобасы жоқ кемінде бес бірлік керек.
outcome-effect-one-sided = Нәтиже жоқ: екі жақта да басталғанға дейінгі және кейінгі мәндер керек.
outcome-effect-mixed = Нәтиже жоқ: бір бірлік екі жақта да тұр.
outcome-effect-trends-differ = Трендтер басталғанға дейін-ақ өзгеше болған: бұл әсерге сенуге болмайды.
outcome-effect-trends-alike = Басталғанға дейін трендтер екі стандартты қатеден артық өзгешеленген жоқ.
outcome-effect-trends-unknown = Басталғанға дейінгі трендтерді салыстыруға болмайды: оған дейінгі екі кезең керек.
field-outcome-ended = Жоба бітті: ол бойынша болжам енді жарияланбайды.
field-outcome-refused = Аяқталған жоба тым аз, жариялайтын ештеңе жоқ.
