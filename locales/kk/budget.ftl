### Бюджеттер.


## Бөлімдер (Бюджет кодексінің 9-бабы)

budget-section-revenue = Кірістер
budget-section-expenditure = Шығындар
budget-section-net_lending = Таза бюджеттік кредиттеу
budget-section-financial_assets = Қаржы активтерімен операциялар бойынша сальдо
budget-section-balance = Бюджет тапшылығы (профициті)
budget-section-non_oil_balance = Бюджеттің мұнайға қатысты емес тапшылығы (профициті)
budget-section-financing = Бюджет тапшылығын қаржыландыру (профицитін пайдалану)
budget-section-numbered = { $number }. { $name }

## Көрсеткіш жолдары

budget-item-revenue_total = Кірістер, барлығы
budget-item-tax = Салықтық түсімдер
budget-item-non_tax = Салықтық емес түсімдер
budget-item-fixed_capital = Негізгі капиталды сатудан түсетін түсімдер
budget-item-special = Арнайы түсімдер
budget-item-transfers = Трансферттер түсімдері
budget-item-revenue_detail = Кірістер сыныптамасының жолы
budget-item-expenditure_total = Шығындар, барлығы
budget-item-functional_group = Функционалдық топ
budget-item-functional_detail = Функционалдық сыныптаманың жолы
budget-item-lending_detail = Бюджеттік кредиттеу сыныптамасының жолы
budget-item-asset_detail = Қаржы активтерімен операциялардың жолы
budget-item-financing_detail = Қаржыландыру жолы
budget-item-programme = Бюджеттік бағдарлама
budget-item-net_lending = Таза бюджеттік кредиттеу
budget-item-loans = Бюджеттік кредиттер
budget-item-loan_repayment = Бюджеттік кредиттерді өтеу
budget-item-financial_assets = Қаржы активтерімен операциялар бойынша сальдо
budget-item-asset_acquisition = Қаржы активтерін сатып алу
budget-item-asset_sales = Мемлекеттің қаржы активтерін сатудан түсетін түсімдер
budget-item-balance = Бюджет тапшылығы (профициті)
budget-item-non_oil_balance = Бюджеттің мұнайға қатысты емес тапшылығы (профициті)
budget-item-financing_total = Бюджет тапшылығын қаржыландыру (профицитін пайдалану)
budget-item-borrowing = Қарыздар түсімдері
budget-item-debt_repayment = Қарыздарды өтеу
budget-item-used_balances = Бюджет қаражатының пайдаланылатын қалдықтары

## Күйлері, деңгейлері, құрылымы

budget-stage-approved = Бекітілген
budget-stage-amended = Нақтыланған
budget-stage-executed = Атқарылған
budget-level-1 = Республикалық бюджет
budget-level-2 = Облыстың, республикалық маңызы бар қаланың, астананың бюджеті
budget-level-3 = Ауданның, облыстық маңызы бар қаланың бюджеті
budget-level-4 = Аудандық маңызы бар қаланың, ауылдың, кенттің, ауылдық округтің бюджеті
budget-level-5 = Бюджеттен тыс қор
budget-layout-code2008 = 2008 жылғы Бюджет кодексі бойынша
budget-layout-code2025 = 2025 жылғы Бюджет кодексі бойынша

## Беттер

budgets-title = Бюджеттер
budgets-empty = Бюджеттер әлі жүктелмеген.
budget-title = { $place }: { $year } жылғы бюджет
budget-year = Жыл
budget-stage = Күйі
budget-adopted = Шешім { $date } күні қабылданған
budget-unit-note = Сомалар: { $unit }
budget-sections-heading = Бөлімдер және тексеру
budget-section-column = Бөлім
budget-verdict-column = Тексеру
budget-verdict-holds = Сәйкес келеді
budget-verdict-finding =
    { $n ->
        [one] { $n } сәйкессіздік
       *[other] { $n } сәйкессіздік
    }
budget-verdict-unknown = Тексеруге дерек жеткіліксіз
budget-findings-heading = Сандардағы сәйкессіздіктер
budget-findings-none = Тексерілген теңдіктердің бәрі сақталған.
budget-findings-intro = Сандар дереккөзде басылғандай көрсетілген. Платформа оларды түзетпейді, тек сәйкессіздікті көрсетеді.
budget-finding-printed = Басылған
budget-finding-expected = Есеп бойынша
budget-finding-difference = Айырма
budget-finding-rule = Ереже
budget-finding-error = Қате
budget-finding-warning = Ескерту
budget-revenue-heading = Ақша қайдан келеді
budget-expenditure-heading = Ақша неге жұмсалады
budget-revenue-chart = Кірістер құрылымы
budget-expenditure-chart = Шығындар функционалдық топтар бойынша
budget-indicators-heading = Көрсеткіштер
budget-indicator-formula = Формула
budget-indicator-source = Анықтаманың дереккөзі
budget-indicator-inputs = Есепке алынған сандар
budget-indicator-unknown = Есептеуге дерек жеткіліксіз
budget-dynamics-heading = Жылдар бойынша
budget-dynamics-single = Салыстыру үшін кемінде екі жылдың бюджеті керек.
budget-lines-heading = Барлық жолдар
budget-lines-code = Коды
budget-provenance-heading = Бұл сандар қайдан алынды
budget-downloads-heading = Деректерді жүктеп алу
budget-forecast-link = Осы қатар бойынша болжам
budget-deficit = тапшылық
budget-surplus = профицит
budget-balanced = тең

## Жүктеу

budget-upload-title = Бюджетті жүктеу
budget-upload-intro = Мәслихат шешімінің қосымшасын, CSV немесе JSON файлын таңдаңыз. Алдымен файл тексеріледі, сіз растағанша ештеңе сақталмайды.
budget-upload-file = Файл (XLSX, CSV немесе JSON)
budget-upload-place = Аумақ, файлда көрсетілмесе
budget-upload-year = Жыл, файлда көрсетілмесе
budget-upload-stage = Сандардың күйі, файлда көрсетілмесе
budget-upload-unit = Өлшем бірлігі, файлда көрсетілмесе
budget-upload-source = Дереккөздің мекенжайы
budget-upload-check = Тексеру
budget-upload-save = Сақтау
budget-upload-saved =
    { $n ->
        [one] { $n } бюджет сақталды.
       *[other] { $n } бюджет сақталды.
    }
budget-upload-unreadable = Файлды оқу мүмкін болмады, сондықтан ештеңе сақталмады. Төменде не түзету керегі жазылған.
budget-upload-findings-note = Сәйкессіздіктер сақтауға кедергі емес: бюджет басылғандай сақталып, олар бетінде көрсетіледі.

## More

budgets-intro = Қаржы қайдан келіп, неге жұмсалады және сандар өзара сәйкес келе ме.
budget-other-years = Осы аумақтың басқа бюджеттері
budget-upload-key = Бюджеттің қысқа атауы
budget-upload-key-hint = Мысалы, district-2026. Аумақ пен жыл ішінде қайталанбауы керек.
budget-upload-level = Бюджет деңгейі, егер файлда көрсетілмесе
budget-adopted-label = Қабылданған күні
budget-item-label = Көрсеткіш
