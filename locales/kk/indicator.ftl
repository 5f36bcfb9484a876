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
