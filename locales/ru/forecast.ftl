### Прогнозы.

forecasts-title = Прогнозы
forecast-title = Прогноз: { $series }
forecast-intro = Продолжение считается по цифрам прошлых лет. Прогноз не обещание: полоса показывает, насколько он может ошибиться.
forecast-series = Ряд
forecast-horizon = На сколько шагов вперёд
forecast-period = Период
forecast-point = Прогноз
forecast-fact = Факт
forecast-history = Прошлые годы
forecast-lower = Нижняя граница
forecast-upper = Верхняя граница
forecast-between = { $period }: с вероятностью 80 % от { $low } до { $high }.
forecast-model = Метод
forecast-model-ets = Экспоненциальное сглаживание (ETS)
forecast-model-theta = Метод Тета
forecast-model-naive = Повторение последнего значения
forecast-model-seasonal_naive = Повторение того же сезона прошлого года
forecast-model-naive2 = Повторение последнего значения без сезонных колебаний

## Насколько точно было раньше

forecast-backtest-heading = Насколько точным этот метод был раньше
forecast-backtest-covered =
    { $n ->
        [one] В { $n } прошлом прогнозе такого рода в интервал { $level } попало { $covered } фактов.
        [few] В { $n } прошлых прогнозах такого рода в интервал { $level } попало { $covered } фактов.
        [many] В { $n } прошлых прогнозах такого рода в интервал { $level } попало { $covered } фактов.
       *[other] В { $n } прошлого прогноза такого рода в интервал { $level } попало { $covered } фактов.
    }
forecast-backtest-error = Средняя ошибка: { $error }
forecast-backtest-few =
    { $n ->
        [one] Для проверки есть только { $n } прошлый прогноз, поэтому относитесь к этим цифрам осторожно.
        [few] Для проверки есть только { $n } прошлых прогноза, поэтому относитесь к этим цифрам осторожно.
        [many] Для проверки есть только { $n } прошлых прогнозов, поэтому относитесь к этим цифрам осторожно.
       *[other] Для проверки есть только { $n } прошлого прогноза, поэтому относитесь к этим цифрам осторожно.
    }
forecast-naive-worse = Ошибка на { $percent } меньше, чем у простого способа.
forecast-naive-better = На этом ряду простой способ оказался точнее, поэтому прогноз опирается на него.
forecast-compare-heading = Сравнение методов
forecast-chosen = выбран

## Почему прогноза нет

forecast-refusal-title = Прогноза нет
forecast-refusal-too-few-points =
    { $have ->
        [one] В этом ряду { $have } значение, а для надёжного интервала нужно не меньше { $need }. Загрузите недостающие годы.
        [few] В этом ряду { $have } значения, а для надёжного интервала нужно не меньше { $need }. Загрузите недостающие годы.
        [many] В этом ряду { $have } значений, а для надёжного интервала нужно не меньше { $need }. Загрузите недостающие годы.
       *[other] В этом ряду { $have } значения, а для надёжного интервала нужно не меньше { $need }. Загрузите недостающие годы.
    }
forecast-refusal-gap = В ряду нет периода { $period }. Сначала загрузите его.
forecast-refusal-not-finite = Одно из значений ряда не является числом. Исправьте его и загрузите снова.
forecast-refusal-constant = Все значения одинаковы, поэтому оценить ошибку нельзя.
forecast-refusal-horizon = Прогноз возможен не более чем на { $max } шагов вперёд. Выберите меньше.
forecast-refusal-too-large = Значения слишком велики для расчёта. Выберите более крупную единицу.

## More

forecast-contradicted = Цифры за эти годы противоречат друг другу, поэтому они не вошли в ряд: { $years }. Противоречия показаны на страницах бюджетов.
forecast-last-budget = последний бюджет
forecast-mase = MASE
forecast-mase-help = MASE — отношение средней ошибки к среднему годовому изменению ряда. Меньше 1 — метод точнее, чем повтор последнего значения.
forecast-mean-error = Средняя ошибка
forecast-weight = Доля в прогнозе
forecast-picture = Прогноз
forecast-naive-better-kept = На этом ряду повтор последнего значения был точнее, но разница может быть случайной: его доля в прогнозе сохранена.
forecast-model-ses = Простое экспоненциальное сглаживание
forecast-model-holt = Метод Хольта
forecast-model-damped = Затухающий тренд
forecast-model-dot = Оптимизированный метод Theta
forecast-model-combined = Среднее методов

## Страница одной строки

forecast-frequency = Как часто
forecast-prices = Цены
forecast-prices-current = каждого года
forecast-prices-constant = одного года, без инфляции
forecast-levels = Интервалы
forecast-interval = Интервал { $level }
forecast-plan = План
forecast-past = Что метод сказал бы шагом раньше
forecast-past-help = Для каждого периода тот же метод подобран по тому, что было известно до него, с нынешними долями моделей.
forecast-caption = { $series }: факт и прогноз. Чем темнее полоса, тем чаще факт будет вне её.
forecast-between-covered =
    { $n ->
        [one] { $period }: с вероятностью 80 % от { $low } до { $high }; в { $n } прошлом прогнозе такого рода внутрь попало { $covered } фактов.
        [few] { $period }: с вероятностью 80 % от { $low } до { $high }; в { $n } прошлых прогнозах такого рода внутрь попало { $covered } фактов.
        [many] { $period }: с вероятностью 80 % от { $low } до { $high }; в { $n } прошлых прогнозах такого рода внутрь попало { $covered } фактов.
       *[other] { $period }: с вероятностью 80 % от { $low } до { $high }; в { $n } прошлого прогноза такого рода внутрь попало { $covered } фактов.
    }
forecast-in-prices = Все суммы в ценах { $year } года. Источник ряда цен: { $source }.
forecast-beyond-prices = Ряд цен не доходит до этих периодов, поэтому они не вошли: { $periods }.
forecast-refusal-no-prices = Ряд цен не загружен, поэтому привести суммы к ценам одного года нельзя. Выберите цены каждого года или загрузите дефлятор.
forecast-quarters =
    { $n ->
        [one] { $n } квартал
        [few] { $n } квартала
        [many] { $n } кварталов
       *[other] { $n } квартала
    }
forecast-months =
    { $n ->
        [one] { $n } месяц
        [few] { $n } месяца
        [many] { $n } месяцев
       *[other] { $n } месяца
    }
forecast-models-link = Как строятся прогнозы и какими моделями

## Будущий год

forecast-next-short = бюджет следующего года
forecast-next-link = Весь бюджет следующего года
forecast-line-link = Одна строка по годам
forecast-next-title = Ожидаемый бюджет на { $year } год: { $place }
forecast-next-title-empty = Ожидаемый бюджет следующего года: { $place }
forecast-next-intro = Какими были бы доходы и расходы по функциональным группам, если прошлое продолжится, и план рядом. Это не предложение и не план.
forecast-next-empty = Для этой территории нет бюджета с итогами. Выберите другую.
forecast-next-about = Прошлые цифры: { $stage }, по { $last } год.
forecast-next-range = Диапазон 80 %: от { $low } до { $high }
forecast-next-revenue = Доходы на { $year } год: { $place }
forecast-next-expenditure = Расходы по функциональным группам на { $year } год: { $place }
forecast-next-panels = Для каждой строки своё поле, масштаб общий: факты, прогноз, обе границы его диапазона.
forecast-next-note = Нижняя и верхняя граница: интервал { $level }. Строки складываются в итог точно.
forecast-next-fact = Факт, { $year }
forecast-next-plan = План, { $year }
forecast-next-point = Прогноз, { $year }
forecast-next-change = Изменение к факту
forecast-next-beside = План и диапазон
forecast-next-below = ниже
forecast-next-within = внутри
forecast-next-above = выше
forecast-next-remarks = Что здесь не является прогнозом
forecast-next-repeated = { $line }: повторена последняя цифра, чтобы сумма была полной. { $why }
forecast-next-ended = { $line }: последний раз указано за { $year } год, не вошло.
forecast-next-method = Каждая строка и каждый итог прогнозируются отдельно. Затем они согласуются: цифра сдвигается тем больше, чем менее точной была раньше, пока строки не сложатся в итоги до тиына (MinT со сжатием; если прошлых лет мало, итоги — просто суммы строк). Диапазоны сдвигаются вместе с ними, а их ширина следует прошлым ошибкам после этого шага.

## Модели

forecast-models-title = Как строятся прогнозы
forecast-models-intro = Каждый прогноз — ответ нескольких моделей. Ни одна из них не видит ничего позже последней цифры ряда.
forecast-models-steps = Шаги
forecast-models-step-refuse = Слишком короткий, постоянный или дырявый ряд получает не прогноз, а причину отказа.
forecast-models-step-fit = Каждая модель подбирается по ряду.
forecast-models-step-backtest = Ряд обрезается на более ранних датах, каждая модель продолжает его оттуда, и её ошибки против фактов сохраняются.
forecast-models-step-mix = Чем меньше ошибка модели, тем больше её доля; при малом числе прошлых прогнозов доли почти равны. Где повтор последней цифры был явно точнее, остаётся он один.
forecast-models-step-interval = Ширина интервалов такая, какой требуют прошлые ошибки этого и похожих рядов.
forecast-models-list = Модели
forecast-about-naive = Повторяет последнюю цифру. Остальные модели обязаны быть точнее.
forecast-about-seasonal_naive = Повторяет цифру того же месяца или квартала год назад.
forecast-about-naive2 = Повторяет последнюю цифру после снятия сезонности, как в соревновании M4.
forecast-about-ses = Уровень, который следует за новыми цифрами больше, чем за старыми. Gardner 1985.
forecast-about-holt = Уровень и тренд, оба сглажены. Holt 1957.
forecast-about-damped = Уровень и затухающий тренд. Gardner, McKenzie 1985.
forecast-about-ets = Уровень, тренд и сезон во всех допустимых сочетаниях, смешанных по критерию Акаике. Hyndman и др. 2008.
forecast-about-theta = Половина линии тренда и половина сглаженного уровня; доли оцениваются. Assimakopoulos, Nikolopoulos 2000.
forecast-about-dot = Метод Тета с параметрами, подобранными для ряда. Fiorucci и др. 2016.
forecast-about-ces = Комплексное экспоненциальное сглаживание: уровень и потенциал движутся вместе. Svetunkov и др. 2022.
forecast-about-arima = Авторегрессия, разности и скользящие средние, выбор автоматический. Hyndman, Khandakar 2008.
forecast-about-croston = Для рядов со многими нулями: как часто и сколько, отдельно. Croston 1972.
forecast-about-tsb = Как у Кростона, но шанс спроса падает, пока ничего не приходит. Teunter, Syntetos, Babai 2011.
forecast-about-negbin = Счётные данные с разбросом больше случайного: сглаженное среднее и отрицательное биномиальное распределение. Snyder, Ord, Beaumont 2012.
forecast-about-neural = Небольшая сеть, обученная на множестве открытых рядов; её карточка ниже.
forecast-card-title = Карточка нейронной модели
forecast-card-intro = На чём она обучена, насколько точна и где хуже.
forecast-card-absent = В этой сборке нет нейронной модели. Все прогнозы дают модели, перечисленные выше.
forecast-budget-about = Как эти цифры могут продолжиться: с диапазонами, прошлыми ошибками и планом рядом.
forecast-refusal-repeated = Период { $period } встречается в ряду дважды. Оставьте один из двух.
forecast-refusal-mixed = В ряду смешаны годы, кварталы и месяцы. Оставьте что-то одно.
forecast-about-ets_auto = Все допустимые виды экспоненциального сглаживания, один выбран по критерию Акаике. Hyndman и др. 2008.
forecast-about-sba = Метод Кростона с поправкой на смещение. Syntetos, Boylan 2005.
forecast-model-ets_auto = Экспоненциальное сглаживание, выбран один вид
forecast-model-ces = Комплексное экспоненциальное сглаживание
forecast-model-arima = ARIMA
forecast-model-croston = Метод Кростона
forecast-model-sba = Метод Кростона с поправкой
forecast-model-tsb = Метод Тойнтера, Синтетоса и Бабаи
forecast-model-negbin = Отрицательные биномиальные счётчики
forecast-model-neural = Нейронная сеть
forecast-model-plan_as_is = План как есть
forecast-model-linear = Темп с января сохранится
forecast-model-pace = Доля года, исполненная к этому месяцу в прошлые годы
forecast-model-remaining = Доля плана, исполненная за оставшиеся месяцы в прошлые годы
forecast-model-plan = План финансового года
forecast-published-key = Как опубликован { $date }
forecast-hindcast-key = Каким был бы { $date }
forecast-published-heading = Последний прогноз до новейших фактов
forecast-published-about = Опубликован { $when } по данным на { $known }; методы { $version }. С тех пор не менялся.
forecast-hindcast-about = Рассчитан { $when } по нынешним цифрам, обрезанным на { $known }; методы { $version }. До фактов он не публиковался.
forecast-published-link = Вся запись этого прогноза
forecast-accuracy-link = Насколько точны были опубликованные прогнозы этой территории
forecast-history-more = Все прошлые цифры
forecast-next-index = в процентах к факту { $year } года
forecast-refusal-gaps = В ряду нет { $missing } периодов из { $of }, это больше половины. Сначала загрузите их.
forecast-refusal-assumption = Предположение применить нельзя: доли больше 0 и не больше 100 %, а разброс роста цен меньше 100 %.
forecast-assumed-prices = Прошлое приведено к ценам одного года ({ $source }), продолжено и возвращено с ростом цен на { $growth } в год, плюс-минус { $range }. Интервалы учитывают и то и другое.
forecast-assumed-share = Прогноз предполагает, что доля бюджета в этом доходе изменится с { $now } до { $then }.
forecast-filled = Этих периодов нет, для расчёта они заполнены по соседним: { $periods }.
forecast-noted = { $period } ({ $was } → { $is })
forecast-outliers-kept = Далеки от соседних, но оставлены: { $list }. Вторая цифра — то, что подсказывают соседние.
forecast-outliers-aside = Не учтены при расчёте, потому что далеки от соседних: { $list }.
forecast-breaks-kept = Уровень изменился и остался: { $list }. Используются всё равно все цифры.
forecast-breaks-cut = Уровень изменился и остался: { $list }. Используются только цифры после последней смены.
forecast-negatives = Ниже нуля, как бывает при исправлении прошлых периодов; оставлены: { $periods }.
forecast-assumptions = Предположения и очистка
forecast-inflation = Рост цен, % в год
forecast-inflation-hint = Вместе с ценами одного года.
forecast-inflation-range = Плюс-минус, пунктов
forecast-share-now = Доля налога сейчас, %
forecast-share-hint = Сколько налога остаётся бюджету.
forecast-share-then = Предполагаемая доля, %
forecast-put-outliers-aside = Не учитывать выбросы при расчёте
forecast-use-after-break = Только цифры после последнего слома
forecast-refusal-holdout = Ряд короче отложенной части. Выберите меньше периодов вперёд.
forecast-card-version = Версия весов
forecast-card-networks = Сети этой сборки
forecast-card-lags = Видит значений
forecast-card-scale = Шкала
forecast-card-log = логарифмы
forecast-card-level = значения
forecast-card-size = Весов
forecast-card-untold = Сведения об обучении (данные, лицензии, оценки) не входят в эту сборку.
forecast-series-faulty = Ряды с ошибками: { $id }. Исправьте строки и повторите команду; ничего не записано.
forecast-card-sha256 = Контрольная сумма (SHA-256)
forecast-card-bytes = Байты
forecast-card-method = Метод
forecast-card-licence = Лицензия
forecast-card-held-back = Отложено для проверки
forecast-card-data = Данные обучения
forecast-card-scores = Точность на отложенных данных
forecast-card-recipes = Как обучалась каждая сеть
forecast-card-collection = Набор
forecast-card-n-series = Рядов
forecast-card-n-copies = Исключено копий
forecast-card-share = Доля выборки
forecast-card-horizon = Шагов вперёд
forecast-card-mase = MASE сетей
forecast-card-mase-seasonal-naive = MASE сезонного повтора
forecast-card-mase-classical = MASE ETS и Theta
forecast-card-owa = OWA (Naive2 = 1)
forecast-card-coverage80 = Внутри 80 %
forecast-card-coverage95 = Внутри 95 %
forecast-card-msis95 = MSIS 95 %
forecast-card-worse = Хуже простого метода
forecast-card-season = Шагов в сезоне
forecast-card-logarithms = По логарифмам
forecast-card-blocks = Блоков
forecast-card-width = Ширина
forecast-card-steps = Шагов обучения
forecast-card-batch = Окон за шаг
forecast-card-seed = Зерно
forecast-card-said-method = Остаточные перцептроны по образцу N-BEATS (Oreshkin и др., ICLR 2020), девять квантилей, квантильная функция потерь.
forecast-card-said-licence = Веса: EUPL-1.2. M4 опубликован для исследований; лицензии наборов о государственных финансах названы в docs/method/forecast.md.
forecast-card-said-held-back = Оценки получены на сетях, построенных так же, но не видевших последнего отрезка ни одного ряда; сети этой сборки затем обучены на всех значениях.
forecast-collection-m4-yearly = Конкурс M4, годовые
forecast-collection-us-local-gov-annual-2004-2019 = Местные власти США 2004–2019, годовые
forecast-collection-us-local-gov-annual-to-2000 = Местные власти США до 2000 года, годовые
forecast-collection-kz-regional-annual = Регионы Казахстана, годовые
forecast-collection-m4-quarterly-short = Конкурс M4, квартальные, короткие
forecast-collection-us-state-tax-quarterly = Налоги штатов США, квартальные
forecast-collection-ua-budget-revenue-quarterly = Бюджеты Украины, квартальные
forecast-collection-kz-macro-quarterly = Экономика Казахстана, квартальные
forecast-collection-m4-monthly-short-trainonly = Конкурс M4, месячные, короткие
forecast-collection-ua-city-budget-monthly = Города Украины, месячные
forecast-collection-ua-hromada-revenue-monthly = Громады Украины, месячные
forecast-collection-uk-fixmystreet-monthly = Сообщения жителей Великобритании, месячные
