### Болжамдар.

forecasts-title = Болжамдар
forecast-title = Болжам: { $series }
forecast-intro = Өткен жылдардың сандарынан жалғасы есептеледі. Болжам уәде емес: жолақ оның қаншалықты қателесуі мүмкін екенін көрсетеді.
forecast-series = Қатар
forecast-horizon = Қанша қадам алға
forecast-period = Кезең
forecast-point = Болжам
forecast-fact = Факт
forecast-history = Өткен жылдар
forecast-lower = Төменгі шегі
forecast-upper = Жоғарғы шегі
forecast-between = { $period }: 80 % ықтималдықпен { $low } – { $high } аралығында.
forecast-model = Тәсіл
forecast-model-ets = Экспоненциалды тегістеу (ETS)
forecast-model-theta = Тета әдісі
forecast-model-naive = Соңғы мәнді қайталау
forecast-model-seasonal_naive = Өткен жылдың сол маусымын қайталау
forecast-model-naive2 = Маусымдық ауытқудан тазартылған соңғы мәнді қайталау

## Өткенде қаншалықты дәл болды

forecast-backtest-heading = Бұл тәсіл бұрын қаншалықты дәл болды
forecast-backtest-covered =
    { $n ->
        [one] { $level } аралық: осындай { $n } өткен болжамда фактілердің { $covered } осы аралыққа түсті.
       *[other] { $level } аралық: осындай { $n } өткен болжамда фактілердің { $covered } осы аралыққа түсті.
    }
forecast-backtest-error = Орташа қате: { $error }
forecast-backtest-few =
    { $n ->
        [one] Тексеру үшін тек { $n } өткен болжам бар, сондықтан бұл сандарға сақтықпен қараңыз.
       *[other] Тексеру үшін тек { $n } өткен болжам бар, сондықтан бұл сандарға сақтықпен қараңыз.
    }
forecast-naive-worse = Қарапайым тәсілмен салыстырғанда қате { $percent } аз.
forecast-naive-better = Бұл қатарда қарапайым тәсіл дәлірек болды, сондықтан болжам соған сүйенеді.
forecast-compare-heading = Тәсілдерді салыстыру
forecast-chosen = таңдалды

## Болжам неге берілмейді

forecast-refusal-title = Болжам берілмейді
forecast-refusal-too-few-points =
    { $have ->
        [one] Бұл қатарда { $have } мән бар, ал сенімді аралық үшін кемінде { $need } керек. Жетіспейтін жылдарды жүктеңіз.
       *[other] Бұл қатарда { $have } мән бар, ал сенімді аралық үшін кемінде { $need } керек. Жетіспейтін жылдарды жүктеңіз.
    }
forecast-refusal-gap = Қатарда { $period } кезеңі жоқ. Алдымен оны жүктеңіз.
forecast-refusal-not-finite = Қатардағы мәндердің бірі сан емес. Оны түзетіп, қайта жүктеңіз.
forecast-refusal-constant = Барлық мән бірдей, сондықтан қателікті бағалау мүмкін емес.
forecast-refusal-horizon = Ең көбі { $max } қадам алға болжауға болады. Азырақ таңдаңыз.
forecast-refusal-too-large = Мәндер тым үлкен, есептеу мүмкін емес. Ірірек өлшем бірлігін таңдаңыз.

## More

forecast-contradicted = Мына жылдардың сандары бір-біріне қайшы келеді, сондықтан олар қатарға кірмеді: { $years }. Қайшылықтар бюджет бетінде көрсетілген.
forecast-last-budget = соңғы бюджет
forecast-mase = MASE
forecast-mase-help = MASE — орташа қатенің қатардағы жыл сайынғы орташа өзгеріске қатынасы. 1-ден кіші болса, әдіс соңғы мәнді қайталаудан дәлірек.
forecast-mean-error = Орташа қате
forecast-weight = Болжамдағы үлесі
forecast-picture = Болжам
forecast-naive-better-kept = Бұл қатарда соңғы мәнді қайталау дәлірек болған, бірақ айырма кездейсоқ болуы мүмкін: болжамда оның үлесі сақталған.
forecast-model-ses = Қарапайым экспоненциалды тегістеу
forecast-model-holt = Холт әдісі
forecast-model-damped = Басылатын тренд
forecast-model-dot = Оңтайландырылған Theta
forecast-model-combined = Әдістердің орташасы

## Бір жолдың беті

forecast-frequency = Қаншалықты жиі
forecast-prices = Бағалар
forecast-prices-current = әр жылдікі
forecast-prices-constant = бір жылдікі, инфляциясыз
forecast-levels = Аралықтар
forecast-interval = { $level } аралық
forecast-plan = Жоспар
forecast-past = Әдіс бір қадам бұрын не айтар еді
forecast-past-help = Әр кезең үшін сол әдіс оған дейін белгілі болған сандарға, модельдердің бүгінгі үлестерімен келтірілді.
forecast-caption = { $series }: факт пен болжам. Жолақ неғұрлым қою болса, факт соғұрлым жиі одан тыс жатады.
forecast-between-covered =
    { $n ->
        [one] { $period }: 80 % ықтималдықпен { $low } – { $high } аралығында; осындай { $n } өткен болжамда фактілердің { $covered } ішіне түсті.
       *[other] { $period }: 80 % ықтималдықпен { $low } – { $high } аралығында; осындай { $n } өткен болжамда фактілердің { $covered } ішіне түсті.
    }
forecast-in-prices = Барлық сома { $year } жылғы бағамен берілген. Бағалар қатарының дереккөзі: { $source }.
forecast-beyond-prices = Бағалар қатары бұл кезеңдерге жетпейді, сондықтан олар кірмеді: { $periods }.
forecast-refusal-no-prices = Бағалар қатары жүктелмеген, сондықтан сомаларды бір жылдың бағасына келтіру мүмкін емес. Әр жылдың бағасын таңдаңыз немесе дефляторды жүктеңіз.
forecast-quarters =
    { $n ->
        [one] { $n } тоқсан
       *[other] { $n } тоқсан
    }
forecast-months =
    { $n ->
        [one] { $n } ай
       *[other] { $n } ай
    }
forecast-models-link = Болжам қалай және қандай модельдермен жасалады

## Келесі жыл

forecast-next-short = келесі жылдың бюджеті
forecast-next-link = Келесі жылдың бүкіл бюджеті
forecast-line-link = Бір жол жылдар бойынша
forecast-next-title = { $year } жылға күтілетін бюджет: { $place }
forecast-next-title-empty = Келесі жылға күтілетін бюджет: { $place }
forecast-next-intro = Өткен үрдіс жалғасса, кірістер мен функционалдық топтар бойынша шығыстар қандай болар еді, жанында жоспар. Бұл ұсыныс та, жоспар да емес.
forecast-next-empty = Бұл аумақ үшін жиынтығы бар бюджет жоқ. Басқасын таңдаңыз.
forecast-next-about = Өткен сандар: { $stage }, { $last } жылға дейін.
forecast-next-range = 80 % аралық: { $low } – { $high }
forecast-next-revenue = { $year } жылғы кірістер: { $place }
forecast-next-expenditure = { $year } жылғы функционалдық топтар бойынша шығыстар: { $place }
forecast-next-panels = Әр жолға бір алаң, ауқымы ортақ: фактілер, болжам, оның аралығының екі шегі.
forecast-next-note = Төменгі және жоғарғы шегі: { $level } аралық. Жолдар жиынтыққа дәл қосылады.
forecast-next-fact = Факт, { $year }
forecast-next-plan = Жоспар, { $year }
forecast-next-point = Болжам, { $year }
forecast-next-change = Фактіге қарағандағы өзгеріс
forecast-next-beside = Жоспар мен аралық
forecast-next-below = төмен
forecast-next-within = ішінде
forecast-next-above = жоғары
forecast-next-remarks = Мұнда не болжам емес
forecast-next-repeated = { $line }: жиынтық толық болуы үшін соңғы сан қайталанды. { $why }
forecast-next-ended = { $line }: соңғы рет { $year } жылы көрсетілген, кірмеді.
forecast-next-method = Әр жол мен әр жиынтық жеке болжанады. Содан кейін олар үйлестіріледі: бұрын дәлдігі аз болған сан көбірек жылжиды, жолдар жиынтыққа тиынына дейін қосылғанша (сығылған MinT; өткен жыл аз болса, жиынтық — жолдардың қосындысы). Аралықтар бірге жылжиды, ал олардың ені осы қадамнан кейінгі өткен қателерге сай.

## Модельдер

forecast-models-title = Болжам қалай жасалады
forecast-models-intro = Әр болжам — бірнеше модельдің жауабы. Олардың ешқайсысы қатардың соңғы санынан кейінгіні көрмейді.
forecast-models-steps = Қадамдар
forecast-models-step-refuse = Тым қысқа, тұрақты немесе олқылығы көп қатарға болжам емес, себебі беріледі.
forecast-models-step-fit = Әр модель қатарға келтіріледі.
forecast-models-step-backtest = Қатар бұрынғы күндерде кесіліп, әр модель оны сол жерден жалғастырады, фактілермен айырмасы сақталады.
forecast-models-step-mix = Қатесі аз модельдің үлесі үлкен; өткен болжам аз болса, үлестер теңге жақын. Соңғы санды қайталау анық дәлірек болған жерде тек сол қалады.
forecast-models-step-interval = Аралықтардың ені осы және ұқсас қатарлардың өткен қателеріне сай.
forecast-models-list = Модельдер
forecast-about-naive = Соңғы санды қайталайды. Қалған модельдер одан дәл болуға тиіс.
forecast-about-seasonal_naive = Бір жыл бұрынғы сол айдың немесе тоқсанның санын қайталайды.
forecast-about-naive2 = Маусымдық ауытқу алынғаннан кейінгі соңғы санды қайталайды, M4 жарысындағыдай.
forecast-about-ses = Ескіден гөрі жаңа сандарға көбірек ілесетін деңгей. Gardner 1985.
forecast-about-holt = Деңгей мен тренд, екеуі де тегістелген. Holt 1957.
forecast-about-damped = Деңгей мен басылатын тренд. Gardner, McKenzie 1985.
forecast-about-ets = Деңгей, тренд және маусым барлық рұқсат етілген үйлесімде, Акаике өлшемі бойынша араласқан. Hyndman т.б. 2008.
forecast-about-theta = Тренд сызығының жартысы мен тегістелген деңгейдің жартысы; үлестері бағаланады. Assimakopoulos, Nikolopoulos 2000.
forecast-about-dot = Параметрлері қатарға таңдалған Тета әдісі. Fiorucci т.б. 2016.
forecast-about-ces = Комплексті экспоненциалды тегістеу: деңгей мен әлеует бірге қозғалады. Svetunkov т.б. 2022.
forecast-about-arima = Авторегрессия, айырымдар және жылжымалы орташалар, автоматты таңдау. Hyndman, Khandakar 2008.
forecast-about-croston = Нөлі көп қатарларға: қаншалықты жиі және қанша, бөлек. Croston 1972.
forecast-about-tsb = Кростондікі сияқты, бірақ ештеңе келмесе, сұраныс ықтималдығы төмендейді. Teunter, Syntetos, Babai 2011.
forecast-about-negbin = Кездейсоқтықтан көбірек шашырайтын санақ: тегістелген орташа және теріс биномдық үлестірім. Snyder, Ord, Beaumont 2012.
forecast-about-neural = Көптеген ашық қатарда оқытылған шағын желі; картасы төменде.
forecast-card-title = Нейрондық модельдің картасы
forecast-card-intro = Неде оқытылған, қаншалықты дәл және қай жерде нашар.
forecast-card-absent = Бұл жинақта нейрондық модель жоқ. Барлық болжамды жоғарыдағы модельдер береді.
forecast-budget-about = Бұл сандар қалай жалғасуы мүмкін: аралықтармен, өткен қателермен және жанында жоспармен.
forecast-refusal-repeated = { $period } кезеңі қатарда екі рет кездеседі. Біреуін қалдырыңыз.
forecast-refusal-mixed = Қатарда жыл, тоқсан және ай араласқан. Біреуін қалдырыңыз.
forecast-about-ets_auto = Экспоненциалды тегістеудің барлық рұқсат етілген түрі, біреуі Акаике өлшемімен таңдалады. Hyndman т.б. 2008.
forecast-about-sba = Ауытқуы түзетілген Кростон әдісі. Syntetos, Boylan 2005.
forecast-model-ets_auto = Экспоненциалды тегістеу, бір түрі таңдалған
forecast-model-ces = Комплексті экспоненциалды тегістеу
forecast-model-arima = ARIMA
forecast-model-croston = Кростон әдісі
forecast-model-sba = Түзетілген Кростон әдісі
forecast-model-tsb = Тойнтер, Синтетос және Бабаи әдісі
forecast-model-negbin = Теріс биномдық санақ
forecast-model-neural = Нейрондық желі
forecast-model-plan_as_is = Жоспар сол күйінде
forecast-model-linear = Қаңтардан бергі қарқын сақталады
forecast-model-pace = Өткен жылдары осы айға дейін атқарылған жыл үлесі
forecast-model-remaining = Өткен жылдары қалған айларда атқарылған жоспар үлесі
forecast-model-plan = Қаржы жылының жоспары
forecast-published-key = { $date } жарияланғандай
forecast-hindcast-key = { $date } қандай болар еді
forecast-published-heading = Ең жаңа фактілерге дейінгі соңғы болжам
forecast-published-about = { $when } күні { $known } белгілі болғаны бойынша жарияланған; әдістер { $version }. Содан бері өзгермеген.
forecast-hindcast-about = { $when } күні бүгінгі сандардың { $known } дейінгі бөлігінен есептелген; әдістер { $version }. Фактілерге дейін жарияланбаған.
forecast-published-link = Осы болжамның толық жазбасы
forecast-accuracy-link = Осы аумақтың жарияланған болжамдары қаншалықты дәл болды
forecast-history-more = Барлық өткен сандар
forecast-next-index = { $year } жылғы фактіге пайызбен
forecast-refusal-gaps = Қатардағы { $of } кезеңнің { $missing } жоқ, бұл жартысынан көп. Алдымен оларды жүктеңіз.
forecast-refusal-assumption = Болжал қолданылмайды: үлестер 0-ден көп, 100 %-дан аспайды, баға өсімінің ауытқуы 100 %-дан аз.
forecast-assumed-prices = Өткені бір жылдың бағасына келтіріліп ({ $source }), жалғастырылып, бағаның жылына { $growth } өсуімен (± { $range }) қайтарылды. Аралықтар екеуін де қамтиды.
forecast-assumed-share = Болжам бюджеттің осы кірістегі үлесі { $now }-дан { $then }-ға өзгереді деп алады.
forecast-filled = Бұл кезеңдер жоқ, есептеу үшін көршілері бойынша толтырылды: { $periods }.
forecast-noted = { $period } ({ $was } → { $is })
forecast-outliers-kept = Көршілерінен алшақ, бірақ қалдырылды: { $list }. Екінші сан — көршілері бойынша.
forecast-outliers-aside = Көршілерінен алшақ болғандықтан есептеуге алынбады: { $list }.
forecast-breaks-kept = Деңгей өзгеріп, сол күйі қалды: { $list }. Сонда да барлық сан қолданылады.
forecast-breaks-cut = Деңгей өзгеріп, сол күйі қалды: { $list }. Тек соңғы өзгерістен кейінгі сандар қолданылады.
forecast-negatives = Нөлден төмен (өткен кезеңдерді түзету); қалдырылды: { $periods }.
forecast-assumptions = Болжалдар мен тазарту
forecast-inflation = Баға өсімі, жылына %
forecast-inflation-hint = Бір жылдың бағасымен бірге.
forecast-inflation-range = Қосу-алу, тармақ
forecast-share-now = Салық үлесі қазір, %
forecast-share-hint = Салықтан бюджетте қалатыны.
forecast-share-then = Болжалды үлес, %
forecast-put-outliers-aside = Есептеуде ауытқыған мәндерді алмау
forecast-use-after-break = Тек соңғы үзілістен кейінгі сандар
forecast-refusal-holdout = Қатар кейінге қалдырылған бөліктен қысқа. Алға азырақ кезең таңдаңыз.
forecast-card-version = Салмақтар нұсқасы
forecast-card-networks = Осы жинақтағы желілер
forecast-card-lags = Көретін мәндері
forecast-card-scale = Шкала
forecast-card-log = логарифмдер
forecast-card-level = мәндер
forecast-card-size = Салмақтар саны
forecast-card-untold = Оқыту туралы мәлімет (деректер, лицензиялар, бағалар) бұл жинаққа кірмейді.
forecast-series-faulty = Қатесі бар қатарлар: { $id }. Жолдарды түзетіп, команданы қайталаңыз; ештеңе жазылған жоқ.
forecast-card-sha256 = Бақылау сомасы (SHA-256)
forecast-card-bytes = Байт
forecast-card-method = Әдіс
forecast-card-licence = Лицензия
forecast-card-held-back = Тексеруге қалдырылды
forecast-card-data = Үйрену деректері
forecast-card-scores = Қалдырылған деректердегі дәлдік
forecast-card-recipes = Әр желі қалай үйретілді
forecast-card-collection = Жинақ
forecast-card-n-series = Қатар саны
forecast-card-n-copies = Алынған көшірмелер
forecast-card-share = Іріктеу үлесі
forecast-card-horizon = Алға қадам
forecast-card-mase = Желілердің MASE
forecast-card-mase-seasonal-naive = Маусымдық қайталаудың MASE
forecast-card-mase-classical = ETS пен Theta MASE
forecast-card-owa = OWA (Naive2 = 1)
forecast-card-coverage80 = 80 % ішінде
forecast-card-coverage95 = 95 % ішінде
forecast-card-msis95 = MSIS 95 %
forecast-card-worse = Қарапайым әдістен нашар
forecast-card-season = Маусым қадамы
forecast-card-logarithms = Логарифммен
forecast-card-blocks = Блок саны
forecast-card-width = Ені
forecast-card-steps = Үйрету қадамы
forecast-card-batch = Қадамдағы терезе
forecast-card-seed = Бастапқы сан
forecast-card-said-method = N-BEATS үлгісіндегі қалдық перцептрондар (Oreshkin және т.б., ICLR 2020), тоғыз квантиль, квантильдік шығын функциясы.
forecast-card-said-licence = Салмақтар: EUPL-1.2. M4 зерттеу үшін жарияланған; мемлекеттік қаржы жинақтарының лицензиялары docs/method/forecast.md бетінде аталған.
forecast-card-said-held-back = Бағалар дәл сондай құрылған, бірақ бірде-бір қатардың соңғы мерзімін көрмеген желілерге тиесілі; жинақтағы желілер кейін барлық мәннен үйренді.
forecast-collection-m4-yearly = M4 байқауы, жылдық
forecast-collection-us-local-gov-annual-2004-2019 = АҚШ жергілікті билігі 2004–2019, жылдық
forecast-collection-us-local-gov-annual-to-2000 = АҚШ жергілікті билігі 2000 жылға дейін, жылдық
forecast-collection-kz-regional-annual = Қазақстан өңірлері, жылдық
forecast-collection-m4-quarterly-short = M4 байқауы, тоқсандық, қысқа
forecast-collection-us-state-tax-quarterly = АҚШ штаттарының салықтары, тоқсандық
forecast-collection-ua-budget-revenue-quarterly = Украина бюджеттері, тоқсандық
forecast-collection-kz-macro-quarterly = Қазақстан экономикасы, тоқсандық
forecast-collection-m4-monthly-short-trainonly = M4 байқауы, айлық, қысқа
forecast-collection-ua-city-budget-monthly = Украина қалалары, айлық
forecast-collection-ua-hromada-revenue-monthly = Украина қауымдары, айлық
forecast-collection-uk-fixmystreet-monthly = Ұлыбританиядағы тұрғындар хабарламалары, айлық
