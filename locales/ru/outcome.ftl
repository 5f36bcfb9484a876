outcome-title = Насколько вероятна задержка
outcome-target-delay = Задержка
outcome-target-cost_growth = Рост стоимости
outcome-target-completed = Завершение
outcome-chance-delay = Вероятность того, что проект займёт дольше плана более чем на десятую часть планового срока, — { $chance }.
outcome-chance-cost = Вероятность того, что проект обойдётся дороже плана, — { $chance }.
outcome-chance-completed = Вероятность того, что проект завершат, а не прекратят, — { $chance }.
outcome-range-delay = 8 из 10 подобных завершённых проектов закончились бы между { $from } ({ $early }) и { $to } ({ $late }).
outcome-range-cost = 8 из 10 подобных завершённых проектов обошлись бы в { $low }–{ $high } от плана.
outcome-days-late = { $n ->
    [0] в плановый день
    [one] на { $n } день позже
    [few] на { $n } дня позже
    [many] на { $n } дней позже
   *[other] на { $n } дня позже
}
outcome-days-early = { $n ->
    [one] на { $n } день раньше
    [few] на { $n } дня раньше
    [many] на { $n } дней раньше
   *[other] на { $n } дня раньше
}
outcome-class = Основа — класс «{ $class }»: { $n ->
    [one] { $n } завершённый проект.
    [few] { $n } завершённых проекта.
    [many] { $n } завершённых проектов.
   *[other] { $n } завершённого проекта.
}
outcome-class-parent = В классе «{ $class }» всего { $n ->
    [one] { $n } завершённый проект, а нужно девять, поэтому взят вышестоящий класс.
    [few] { $n } завершённых проекта, а нужно девять, поэтому взят вышестоящий класс.
    [many] { $n } завершённых проектов, а нужно девять, поэтому взят вышестоящий класс.
   *[other] { $n } завершённого проекта, а нужно девять, поэтому взят вышестоящий класс.
}
outcome-class-all = все завершённые проекты
outcome-size-small = до 100 млн тенге
outcome-size-medium = от 100 млн до 1 млрд тенге
outcome-size-large = от 1 млрд тенге
outcome-refused-few = { $target }: сказать ничего нельзя. Завершённых проектов с известным исходом { $have }, а нужно { $need }.
outcome-refused-constant = { $target }: сказать ничего нельзя, потому что все завершённые проекты закончились одинаково.
outcome-shares = Из чего складывается вероятность задержки
outcome-shares-note = Вероятность для обычных завершённых проектов и вклады признаков этого проекта в сумме дают его вероятность. Вклад — не причина.
outcome-share-name = Признак
outcome-share-value = Вклад
outcome-points = { $points } п. п.
outcome-base = Обычные завершённые проекты
outcome-total = Этот проект
outcome-feature-sector = Сфера
outcome-feature-size = Размер
outcome-feature-kind = Вид
outcome-feature-modality = Способ финансирования
outcome-feature-level = Уровень
outcome-feature-planned_cost = Плановая стоимость
outcome-feature-planned_time = Плановый срок
outcome-similar = Самые похожие завершённые проекты
outcome-similar-project = Проект
outcome-similar-outcome = Чем закончился
outcome-similar-late = дольше плана на { $share } планового срока
outcome-similar-early = быстрее плана на { $share } планового срока
outcome-similar-alike = Сходство
outcome-record = Опубликованные прогнозы и решения
outcome-record-empty = Об этом проекте пока ничего не опубликовано.
outcome-record-published = { $target }: { $chance }. Модель { $model }, { $n ->
    [one] в классе { $n } завершённый проект,
    [few] в классе { $n } завершённых проекта,
    [many] в классе { $n } завершённых проектов,
   *[other] в классе { $n } завершённого проекта,
} данные по { $date }.
outcome-record-decided = { $target }: { $verdict }. { $reason }
outcome-verdict-accepted = принято во внимание
outcome-verdict-set_aside = отложено
outcome-verdict-acted_on = приняты меры
outcome-work-title = Прогнозы и решения
outcome-work-lead = Аналитик публикует, чего ожидать от проекта сегодня. Руководитель проекта или аким отмечает, что по этому поводу сделано. Опубликованное не меняется.
outcome-work-today = Ожидания на сегодня
outcome-work-publish = Опубликовать
outcome-work-publish-hint = Прогноз с датой останется на странице проекта и будет сопоставлен с исходом.
outcome-decide = Решение по прогнозу
outcome-decide-about = Прогноз
outcome-decide-verdict = Решение
outcome-decide-reason = Причина
outcome-decide-hint = Её увидят все, и она останется в записи. Не называйте людей по имени.
outcome-decide-save = Внести в запись
outcome-warning-title = Раннее предупреждение
outcome-warning-hub = Какие идущие проекты могут затянуться или подорожать?
outcome-warning-lead = Идущие проекты по риску, оценённому на завершённых. Предупреждение — повод присмотреться, а не обвинение.
outcome-warning-filter = О чём предупреждать
outcome-warning-target = Риск
outcome-warning-from-red = Красный от, процентов
outcome-warning-from-amber = Жёлтый от, процентов
outcome-warning-place = Территория, код КАТО
outcome-warning-summary = { $n ->
    [one] { $n } идущий проект:
    [few] { $n } идущих проекта:
    [many] { $n } идущих проектов:
   *[other] { $n } идущего проекта:
} красных { $red }, жёлтых { $amber }.
outcome-warning-silent = { $n ->
    [one] Ещё об { $n } сказать ничего нельзя.
    [few] Ещё о { $n } сказать ничего нельзя.
    [many] Ещё о { $n } сказать ничего нельзя.
   *[other] Ещё о { $n } сказать ничего нельзя.
}
outcome-warning-red = красный
outcome-warning-amber = жёлтый
outcome-warning-green = зелёный
outcome-warning-none = Идущих проектов нет
outcome-warning-none-text = На этой территории нет идущего проекта, о котором можно что-то сказать.
outcome-warning-caption = Идущие проекты, сначала с наибольшим риском
outcome-warning-sign = Знак
outcome-warning-chance = Риск
outcome-warning-class = Класс и число завершённых в нём
outcome-warning-note = Границы красного и жёлтого задаёте вы сами; адрес страницы их хранит.
outcome-card-link = Как это рассчитано и насколько сбывалось
outcome-card-title = Как предсказываются исходы проектов
outcome-card-lead = Данные, метод, проверка на завершённых проектах и случаи, когда прогнозам не стоит верить.
outcome-card-survivors = Учат только закончившиеся проекты
outcome-card-survivors-text = Затянувшихся проектов среди завершённых ещё нет. Поэтому задержки и стоимость у завершённых проектов меньше, чем у всех начатых в те же годы.
outcome-card-method = Данные и метод
outcome-card-data = { $n ->
    [one] { $n } закончившийся проект платформы, данные по { $date }.
    [few] { $n } закончившихся проекта платформы, данные по { $date }.
    [many] { $n } закончившихся проектов платформы, данные по { $date }.
   *[other] { $n } закончившегося проекта платформы, данные по { $date }.
}
outcome-card-class = От проекта ожидается то же, что вышло у завершённых проектов той же сферы и размера. Класс из n проектов весит n / (n + 10), остальное приходится на вышестоящий класс. Класс, где завершённых меньше девяти, не называется: вместо него берётся вышестоящий, и страница говорит об этом.
outcome-card-prior = Над всеми завершёнными проектами стоят опубликованные надбавки: для дорог — Министерства транспорта Великобритании (Фливбьерг и COWI, 2004), для остальных сфер — Казначейства Великобритании (Mott MacDonald, 2002).
outcome-card-challengers = Начиная с 50 завершённых проектов линейная модель, деревья решений и небольшая нейронная сеть соревнуются на более поздних проектах. Они берутся настолько, насколько точнее доли по классу.
outcome-card-ranges = Границы получены из ошибок на проектах, которых модель не видела. Для границ 80 % нужно не меньше 4 таких ошибок, для 90 % — не меньше 9.
outcome-card-events = Задержкой считается опоздание последнего этапа более чем на десятую часть планового срока. Ростом стоимости — если оплачено больше плана.
outcome-card-n = Завершённых проектов
outcome-card-share = Доля, где это произошло
outcome-card-model = Модель и версия
outcome-card-choice = Что применяется
outcome-choice-few = доля по классу: завершённых проектов меньше 50
outcome-choice-class = доля по классу: остальные модели на поздних проектах хуже
outcome-choice-partly = доля по классу вместе с остальными моделями
outcome-choice-mixture = смесь всех моделей, выигравшая на поздних проектах
outcome-card-brier = Оценка Брайера на невиденных проектах (чем ниже, тем лучше)
outcome-card-brier-base = Оценка Брайера простой доли
outcome-card-auc = AUC на невиденных проектах (0,5 — случайность)
outcome-card-better = На невиденных проектах прогнозы были точнее простой доли. Насколько это надёжно, показывают стандартные ошибки.
outcome-card-worse = На невиденных проектах прогнозы были не точнее простой доли: смотрите на класс и его размер, а не на проценты.
outcome-card-diagram = Что предсказано и что произошло
outcome-card-said = Предсказанная вероятность
outcome-card-seen = Доля произошедшего
outcome-card-projects = Проектов
outcome-past = Опубликованные прогнозы и что вышло
outcome-past-text = По каждому проекту и вопросу считается первый опубликованный прогноз: он знал меньше всего. Факты берутся из реестра на сегодня: исправленная там дата исправит и эту запись.
outcome-past-waiting = { $n ->
    [one] { $n } прогноз ждёт: его проект ещё не закончился.
    [few] { $n } прогноза ждут: их проекты ещё не закончились.
    [many] { $n } прогнозов ждут: их проекты ещё не закончились.
   *[other] { $n } прогноза ждут: их проекты ещё не закончились.
}
outcome-past-listed = В таблице последние { $n }; все прогнозы отдаёт API.
outcome-past-none = Ни один проект с опубликованным прогнозом ещё не закончился
outcome-past-none-text = Когда такой проект закончится, прогноз будет стоять здесь рядом с тем, что вышло.
outcome-past-n = Прогнозов, дождавшихся факта
outcome-past-said = Средняя предсказанная вероятность
outcome-past-brier = Оценка Брайера прогнозов (меньше — лучше)
outcome-past-brier-base = Оценка Брайера вероятности для обычных проектов
outcome-past-range = Факт внутри границ { $level }
outcome-past-held = { $held } из { $n }
outcome-past-error = Средняя ошибка медианы
outcome-past-error-plan = Средняя ошибка самого плана
outcome-past-few = Фактов меньше десяти: по ним нельзя судить, хороши ли прогнозы.
outcome-past-better = Прогнозы оказались ближе к случившемуся, чем вероятность для обычных проектов.
outcome-past-worse = Прогнозы оказались не ближе к случившемуся, чем вероятность для обычных проектов.
outcome-past-caption = Прогнозы по одному, сначала опубликованные последними
outcome-past-on = Опубликован
outcome-past-came = Что вышло
outcome-came-title = Что вышло из предсказанного
outcome-came = { $target }: первая предсказанная вероятность — { $chance }. { $came }
outcome-came-delay = Закончен { $days }.
outcome-came-cost = Обошёлся в { $share } плана.
outcome-came-completed = Проект завершён.
outcome-came-given-up = Проект прекращён.
outcome-came-held = Это внутри границ { $level }.
outcome-came-missed = Это вне границ { $level }.
outcome-card-banks = Тот же метод на зарубежных проектах
outcome-card-banks-text = На 326 инфраструктурных проектах Азиатского банка развития и 204 проектах Нью-Йорка метод проверен на более поздних и отложенных проектах; цифры в документации, docs/method/project-outcome.md. От половины до двух третей исхода проекта не видно из того, что известно при одобрении.
outcome-effect-title = Эффект проектов
outcome-effect-hub = Что даёт проект и что он дал на деле?
outcome-effect-lead = Оценка с границами заранее и сравнение «до и после», когда есть факты.
outcome-effect-before = Заранее
outcome-effect-parameter = Что достигается
outcome-effect-output = Объём
outcome-effect-output-hint = Километры, дворы, светильники или места, как сказано в строке.
outcome-effect-output-wrong = Введите объём числом от 0.
outcome-effect-count = Оценить
outcome-effect-estimate = { $name }: около { $central }, от { $low } до { $high } в год.
outcome-effect-table = Единица объёма даёт в год
outcome-effect-low = Нижняя
outcome-effect-central = Средняя
outcome-effect-high = Верхняя
outcome-effect-valid = С какого дня
outcome-effect-invented = вымышлено для демонстрации
outcome-effect-of-road_time = Сбережённые машино-часы на километр дороги
outcome-effect-of-water_health = Предотвращённые дни болезни на двор с водой
outcome-effect-of-lamps_safety = Безопасные вечерние прогулки на светильник
outcome-effect-of-school_places = Ученики, ушедшие из третьей смены, на место
outcome-effect-after = До и после
outcome-effect-after-text = Единицы с проектом сравниваются с единицами без него до начала и после: разность разностей со стандартными ошибками по единицам. Нужно не меньше пяти тех и других.
outcome-effect-facts = Факты
outcome-effect-facts-hint = По строке: единица, период целым числом, 1 с проектом или 0 без него, значение. Без заголовка.
outcome-effect-start = Первый период с проектом
outcome-effect-start-wrong = Введите первый период с проектом целым числом.
outcome-effect-line-wrong = Строку { $line } прочитать нельзя: нужны четыре значения, третье — 1 или 0.
outcome-effect-compare = Сравнить
outcome-effect-effect = Эффект ± стандартная ошибка
outcome-effect-units = Единиц с проектом / без него
outcome-effect-trend = Разность трендов до начала ± стандартная ошибка
outcome-effect-few = Результата нет: нужно не меньше пяти единиц с проектом и пяти без него.
outcome-effect-one-sided = Результата нет: с обеих сторон нужны значения до начала и после.
outcome-effect-mixed = Результата нет: одна и та же единица стоит с обеих сторон.
outcome-effect-trends-differ = Тренды различались уже до начала: этому эффекту верить нельзя.
outcome-effect-trends-alike = До начала тренды различались не больше чем на две стандартные ошибки.
outcome-effect-trends-unknown = Тренды до начала сравнить нельзя: нужны два периода до него.
field-outcome-ended = Проект закончился: прогнозы по нему больше не публикуются.
field-outcome-refused = Завершённых проектов слишком мало, публиковать нечего.
