### Бюджет көрсеткіштері.

indicator-own_source_share = Меншікті кірістердің үлесі
indicator-own_source_share-help = Жоғары тұрған бюджеттен түскен трансферттерсіз алынатын кірістердің барлық кірістегі үлесі. Жоғары болған сайын аумақ өз қаражатына көбірек сүйенеді.

indicator-transfer_dependence = Трансферттерге тәуелділік
indicator-transfer_dependence-help = Кірістердің қандай бөлігін трансферттер құрайтынын көрсетеді. Меншікті кірістердің үлесімен қосқанда 100 % болады.

indicator-self_sufficiency = Өзін-өзі қамтамасыз ету
indicator-self_sufficiency-help = Шығындардың қандай бөлігін меншікті кірістер жабатынын көрсетеді. Аудан мен ауыл деңгейінде кез келген жоғары бюджеттің трансферттері шегеріледі.

indicator-tax_share = Салықтардың үлесі
indicator-tax_share-help = Кірістердің қандай бөлігін салықтық түсімдер құрайтынын көрсетеді.

indicator-balance_ratio = Тапшылықтың (профициттің) кірістерге қатынасы
indicator-balance_ratio-help = Теріс мән тапшылықты, оң мән профицитті білдіреді. Баланс бөлімдердің жиынтықтары бойынша есептеледі.

indicator-vertical_gap = Тік алшақтық
indicator-vertical_gap-help = Шығындардың меншікті кірістер жаппайтын бөлігі.

indicator-debt_service_ratio = Борыш жүктемесі
indicator-debt_service_ratio-help = Сыйақы мен қарыздарды өтеуге кететін қаражаттың меншікті кірістерге қатынасы.

indicator-social_share = Әлеуметтік саланың үлесі
indicator-social_share-help = Білім беру, денсаулық сақтау, әлеуметтік көмек, мәдениет және спорт топтарының шығындардағы үлесі.

indicator-hhi = Шығындардың шоғырлануы
indicator-hhi-help = Топтар үлестерінің квадраттарының қосындысы: 1-ге жақын болса, шығындар бір топқа жиналған.

indicator-structure = Шығындардың құрылымы
indicator-structure-help = Функционалдық топтың шығындардағы үлесі.

indicator-revenue_structure = Кірістердің құрылымы
indicator-revenue_structure-help = Санаттың кірістердегі үлесі.

indicator-execution = Атқарылуы
indicator-execution-help = Атқарылған соманың нақтыланған жоспарға, ол болмаса, бекітілген жоспарға қатынасы.

indicator-growth = Өзгеруі
indicator-growth-help = Алдыңғы жылмен салыстырғандағы өзгеріс, инфляция есепке алынбаған.

indicator-expenditure_per_capita = Бір тұрғынға шаққандағы шығындар
indicator-expenditure_per_capita-help = Шығындардың сол күнгі халық санына қатынасы, теңге.

indicator-own_revenue_per_capita = Бір тұрғынға шаққандағы меншікті кірістер
indicator-own_revenue_per_capita-help = Трансфертсіз кірістердің сол күнгі халық санына қатынасы, теңге.

indicator-tax_per_capita = Бір тұрғынға шаққандағы салықтар
indicator-tax_per_capita-help = Салықтық түсімдердің сол күнгі халық санына қатынасы, теңге.

indicator-tax_autonomy = Салықтық дербестік
indicator-tax_autonomy-help = Мөлшерлемесін немесе базасын осы деңгейдің мәслихаты белгілей алатын салықтардың барлық салықтардағы үлесі. Оңайлатылған режимнің мөлшерлемесі жіктеуіште бөлек тұрмайды, сондықтан бұл – ең төменгі баға.
indicator-tax_effort = Салықтық күш-жігер
indicator-tax_effort-help = Салықтардың базаға қатынасы ұқсас аумақтардағы сондай қатынасқа бөлінген. 1 – әдеттегі күш-жігер.
indicator-capital_share = Даму бағдарламаларының үлесі
indicator-capital_share-help = Бюджеттік даму бағдарламаларының шығындардағы үлесі.
indicator-unspent = Игерілмеген қаражат, ең көбі
indicator-unspent-help = Төлем жоспары мен төленген соманың айырмасы, теңге. Үнемдеу, бөлінбеген резерв және рұқсат етілген ауыстыру есептерде жоқ, сондықтан шегерілмеген.
indicator-cagr = Орташа жылдық өсім
indicator-cagr-help = Бірінші жылдан соңғысына дейінгі жылдық өсім қарқыны.
indicator-variation = Вариация коэффициенті
indicator-variation-help = Жылдар бойынша стандартты ауытқудың орташаға қатынасы. Кемінде қатарынан бес жыл керек.
indicator-log_growth_deviation = Өсімнің құбылмалылығы
indicator-log_growth_deviation-help = Өсім логарифмдерінің стандартты ауытқуы.
indicator-drawdown = Ең үлкен төмендеу
indicator-drawdown-help = Бұрынғы шыңнан ең үлкен төмендеу.
indicator-forecast_error = Жоспардан ауытқу
indicator-forecast_error-help = Нақты соманың жоспардан ауытқуы, жоспардың үлесімен.
indicator-forecast_error_mean = Жоспардан орташа абсолюттік ауытқу
indicator-forecast_error_mean-help = Ауытқулардың таңбасыз орташасы: бюджеттің шынайылығы.

## Неге есептелмейді

refusal-title = Есептелмеді
refusal-lines_missing = Есептелмеді: дереккөзде мына жолдар жоқ: { $lines }.
refusal-zero_line = Есептелмеді: бөлінетін жол нөлге тең: { $line }.
refusal-groups_incomplete = Есептелмеді: функционалдық топтардың қосындысы жалпы шығындарға тең емес, сондықтан жоқ топ нөл деп саналмайды.
refusal-taxes_not_broken_down = Есептелмеді: салықтар олардың жиынтығын беретін сыныптарға бөлінбеген.
refusal-no_tax_rights = Есептелмеді: осы жылы мөлшерлемесін мәслихат белгілей алатын салықтардың тізімі жоқ.
refusal-no_development_list = Есептелмеді: осы жылға бюджеттік даму бағдарламаларының тізімі жүктелмеген.
refusal-no_population = Есептелмеді: осы жылғы халық саны белгісіз.
refusal-no_base = Есептелмеді: аумақтың немесе ұқсас аумақтардың салық базасы (жалпы өңірлік өнім) белгісіз.
refusal-not_executed = Есептелмеді: есепте атқарылған сомалар жоқ.
refusal-no_plan = Есептелмеді: салыстыратын жоспар жоқ.
refusal-too_few_years = Есептелмеді: қатарынан { $have } жыл бар, кемінде { $need } керек.
refusal-not_positive = Есептелмеді: { $year } жылғы сома нөлден артық емес.
refusal-too_few_units = Есептелмеді: деректері толық { $have } аумақ бар, кемінде { $need } керек.
refusal-negative_unit = Есептелмеді: { $place } аумағының сомасы теріс, ал теріс сомалардың үлесінің мәні жоқ.
refusal-nothing_to_share = Есептелмеді: барлық сома нөлге тең.
refusal-too_large = Есептелмеді: сандар дәл есептеуге тым үлкен.

indicator-refused = Есептелмеген көрсеткіштер және себептері
indicator-execution-lines = Жолдар бойынша
indicator-plan = Жоспар
indicator-own-revenue = Меншікті кірістер
indicator-steadiness = Жылдар бойынша тұрақтылық
indicator-steadiness-about = Аяқталған жылдардың нақты сомалары бойынша; бағаның өсуі шегерілмеген.
