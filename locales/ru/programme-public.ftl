### Программа: сравнение, объяснение, решение и публикация.

## Картины плана

plan-in = В плане
plan-out = Вне плана
plan-not-in = Не в плане
plan-number = №
plan-project = Проект
plan-projects = Проектов
plan-cost-thousand = Стоимость, тыс. тенге
plan-invested-thousand = Вложения, тыс. тенге
plan-benefit = Польза, баллы
plan-points = Баллы
plan-start = Год начала
plan-source = Источник средств
plan-source-year = { $source }, { $year }
plan-source-later = { $source }, последующие годы
plan-sector = Отрасль
plan-sectors = По отраслям
plan-district = Территория
plan-districts = По территориям
plan-later = Последующие годы
plan-limit = Предел
plan-spent = Расходует план
plan-left = Остаётся
plan-no-limit = без предела
plan-floor = Не менее, тыс. тенге
plan-no-floor = требования нет
plan-no-plan = нет плана по правилам
plan-rows-left =
    { $n ->
        [one] Ещё { $n } проект есть в таблице.
        [few] Ещё { $n } проекта есть в таблице.
        [many] Ещё { $n } проектов есть в таблице.
       *[other] Ещё { $n } проекта есть в таблице.
    }
plan-scatter = Стоимость и польза проектов
plan-scatter-help = Закрашенный круг означает проект плана, пустой — проект вне плана. Число — номер строки таблицы. Проектов без баллов на рисунке нет.
plan-scatter-caption = Все проекты: стоимость, польза, год начала
plan-axis-cost = Стоимость, млн тенге
plan-axis-benefit = Польза, баллы
plan-axis-budget = Доля нынешнего предела
plan-axis-value = Польза плана, баллы
plan-gantt = План по годам
plan-gantt-help = Закрашенная клетка означает год оплаты. Высота полосы — доля источника в этом году, порядок как в условных обозначениях.
plan-gantt-caption = Платежи по проектам, источникам и годам, тыс. тенге
plan-gantt-row = с { $year } · { $cost }
plan-money = Деньги: предел и план
plan-money-help = По каждому источнику и году: сколько можно израсходовать и сколько расходует план.
plan-money-caption = Предел, расход и остаток, тыс. тенге
plan-parts-help = Полная оценённая стоимость начинаемых проектов.
plan-parts-caption = Число проектов, вложения и наименьшее требование, тыс. тенге
plan-frontier = Если денег будет больше или меньше
plan-frontier-help = Все годовые пределы меняются на одинаковый процент. Вертикальная линия — нынешний предел. Полоса — ещё не доказанный промежуток.
plan-frontier-caption = Польза плана при разном объёме денег, баллы
plan-frontier-free = Свой план для каждого объёма
plan-frontier-nested = Проекты меньшего объёма сохраняются
plan-frontier-bound = Больше быть не может
plan-frontier-band = Недоказанный промежуток
plan-tornado = От чего зависит польза плана
plan-tornado-help = На сколько баллов изменится польза лучшего плана, если изменить одно условие и оставить остальные.
plan-tornado-caption = Изменение пользы, баллы
plan-assumption = Условие
plan-less = На 10 % меньше
plan-more = На 10 % больше
plan-label = Точность
plan-label-exact = точно
plan-label-found = по найденным планам
plan-frequency = Как часто проект выбирается
plan-frequency-help = Доля случаев, в которых проект выбран, когда польза и стоимость случайно меняются в своих пределах. Отрезок — 95-процентный интервал, вертикальные линии — 30, 70 и 90 %. Жёлтая полоса — пограничный проект.
plan-frequency-caption = Частота выбора и 95-процентный интервал
plan-frequency-share = Доля выбора
plan-frequency-low = Нижняя граница
plan-frequency-high = Верхняя граница
plan-frequency-class = Положение
plan-waterfall-help = Из пользы проекта вычитается цена денег и мест, которые он занимает; если остаток ниже нуля, проект не окупает своей цены.
plan-waterfall-caption = Польза, цена каждого правила и остаток, баллы
plan-waterfall-part = Слагаемое

## Причины словами

plan-rule-exclusive = Только один из списка: { $projects }
plan-barred-no_cost = Запланированные деньги неизвестны, поэтому сравнить проект с другими нельзя.
plan-barred-other_sources = Он не берёт денег из источников, ограниченных в этой программе.
plan-barred-no_scores = Нет оценок по критериям: { $missing }.
plan-barred-data_quality = Данных о нём недостаточно: качество { $score } из 100, для автоматической рекомендации нужно не менее { $least }.
plan-barred-too_large = Сумма больше, чем может вместить программа.
plan-barred-years = Он может начаться не раньше { $year } года, это вне лет программы.
plan-barred-ruled = Ответственное лицо исключило его: { $reason }
plan-duty-running = Оплачивается первым, так как утверждён или по нему есть договор ({ $status }).
plan-duty-kept = Ответственное лицо оставило его в плане: { $reason }
plan-sure-exact = точно
plan-sure-enough = достаточно
plan-sure-between = промежуток

## Страница решения

plan-decide-title = Решение: { $title }
plan-decide-lead = Примите рассчитанный план или решите по отдельным проектам иначе, указав причину. До подписи показывается цена изменений.
plan-decide-about = { $number } · начало: { $start } · { $cost } · баллы: { $points }
plan-decide-otherwise = Решить иначе
plan-decide-how = Решение
plan-decide-as-computed = Как рассчитано
plan-decide-start = Начать в { $year } году
plan-decide-out = Не включать в план
plan-decide-reason = Причина
plan-decide-cost = Показать цену
plan-decide-accepted = План принимается как рассчитан: ничего не теряется.
plan-decide-free = Изменения не уменьшают пользу плана.
plan-decide-gain = После изменений польза плана выше рассчитанной, в баллах: { $n }. План стоит рассчитать заново.
plan-decide-loss = Цена изменений: потеря в баллах по сравнению с рассчитанным планом — { $n }.
plan-decide-closed-title = Плана для решения пока нет
plan-decide-closed = Сценарий не рассчитан или изменён после расчёта. Сначала рассчитайте его.
plan-decide-head-only = Решение принимает аким территории. Вы можете читать и оставлять замечания.
plan-why-link = Подробное объяснение
plan-preview-title = Цена изменений
plan-deviations = Отклонения от расчёта
plan-deviations-caption = Проект: год начала по расчёту и по решению, разница в баллах
plan-computed = По расчёту
plan-decided = По решению
plan-sign-title = Подписание
plan-sign-reason = Обоснование решения
plan-sign-reason-hint = Увидят все. Без отклонений можно оставить пустым.
plan-sign = Подписать решение
plan-signed-title = Решение подписано
plan-signed-by = Решение принял: { $name }, { $when }
plan-publish-help = После публикации решение увидят все, и оно больше не изменится.
plan-publish = Опубликовать решение
plan-published-link = Опубликованное решение
plan-comments = Замечания комиссии и общественного совета
plan-comments-none = Замечаний пока нет.
plan-comment-voice = От чьего имени
plan-comment-body = Замечание
plan-comment-send = Сохранить замечание
plan-voice-commission = Бюджетная комиссия
plan-voice-council = Общественный совет
plan-voice-office = Отдел, готовящий программу
plan-standing-optimal = Польза плана в баллах: { $n }. Доказано, что лучшего плана нет.
plan-standing-gap = Польза плана в баллах: { $n }. Лучший не доказан: другой план может быть лучше не более чем на { $gap }.

## Опубликованная программа

plan-public-title = { $place }: программа проектов на { $from }–{ $to } годы
plan-public-lead = Проектов в плане: { $in }, вне плана: { $out }. Причина по каждому ниже.
plan-public-parts = Разделы страницы
plan-public-out = Проекты вне плана и причина
plan-public-out-none = Вне плана не осталось ни одного проекта.
plan-public-labels = Причины относятся к рассчитанному плану. Пометка говорит о точности числа: точно — доказано; достаточно — столько заведомо хватит, может хватить и меньшего; промежуток — между двумя границами.
plan-public-money = Деньги
plan-public-rules = Правила и веса
plan-public-rules-none = Других правил, кроме пределов денег, нет.
plan-public-changes = Что изменилось с прошлого плана и почему
plan-public-previous = Предыдущий опубликованный план
plan-public-first = Это первая опубликованная программа территории.
plan-public-computed = Как это посчитано
plan-public-computed-help = По этим данным и параметрам любой может рассчитать план заново и получить тот же результат.
plan-public-files = Файлы
plan-download-json = Полная запись (JSON)
plan-stat-money = Расход за годы программы
plan-stat-later = Обещано на последующие годы
plan-deviation = Решено руководителем иначе
plan-deviation-text = По расчёту: { $computed }. По решению: { $decided }. Разница в баллах: { $n }. Причина: { $reason }
plan-number-register = Номер
plan-state = Решение
plan-reason = Причина
plan-projects-caption = Все проекты с решением и причиной
plan-rule-discount = Баллы проекта, начатого в { $year } году, учитываются в размере { $share }.
plan-rule-cap = Проектов, начатых в { $year } году: не более { $n }.
plan-rule-floor = { $part }: не менее { $amount }.
plan-rule-wait =
    { $lag ->
        [0] Сначала «{ $before }», в том же году или позже — «{ $after }».
        [one] Сначала «{ $before }», не раньше чем через { $lag } год — «{ $after }».
        [few] Сначала «{ $before }», не раньше чем через { $lag } года — «{ $after }».
        [many] Сначала «{ $before }», не раньше чем через { $lag } лет — «{ $after }».
       *[other] Сначала «{ $before }», не раньше чем через { $lag } года — «{ $after }».
    }
plan-compare-nth = Сценарий { $n }
plan-public-year = { $year } год: проектов — { $n }, полная стоимость — { $amount }
plan-rule-further = Применены дополнительные правила; они в полной записи.
plan-ruling-keep = «{ $project }» оставлен в плане: { $name }. Причина: { $reason }
plan-ruling-bar = «{ $project }» исключён: { $name }. Причина: { $reason }
plan-criterion = Критерий
plan-weight = Вес
plan-weights = Веса критериев
plan-weights-caption = Баллы рассчитаны с этими весами
plan-record-hash = Контрольная сумма данных (SHA-256)
plan-record-solver = Решатель
plan-record-version = Версия платформы
plan-record-seed = Начальное число
plan-record-objective = Польза рассчитанного плана, баллы
plan-record-bound = Больше быть не может, баллы
plan-record-gap = Недоказанная разница, баллы
plan-record-proven = Доказано, что план лучший
plan-record-repeatable = Повторный расчёт даёт то же
plan-record-decided = Польза принятого плана, баллы
plan-record-holds = Запись прошла самопроверку: контрольная сумма, пределы и суммы сходятся.
plan-record-broken = Запись не прошла самопроверку. Сообщите об этом службе платформы.

## Разница планов

plan-changes = Изменившиеся проекты
plan-changes-lead = Польза плана в баллах: было { $before }, стало { $after } (изменение { $change }).
plan-changes-caption = Проекты, которые вошли, выбыли или сменили год
plan-changes-causes = Что изменилось в условиях
plan-changes-none = Состав и годы проектов не изменились.
plan-before = Было
plan-after = Стало
plan-why = Почему
plan-not-asked = не указано
plan-cause-new = Раньше не был кандидатом.
plan-cause-gone = Больше не кандидат.
plan-cause-now-barred = Теперь начать нельзя. { $why }
plan-cause-was-barred = Прежнее препятствие снято: { $why }
plan-cause-now-duty = Теперь обязателен. { $why }
plan-cause-was-duty = Больше не обязателен. Раньше: { $why }
plan-cause-cost = Стоимость изменилась: { $before } → { $after }.
plan-cause-benefit = Баллы изменились: { $before } → { $after }.
plan-cause-window = Годы начала изменились: { $before } → { $after }.
plan-cause-budget = { $source }, { $year }: предел { $before } → { $after }.
plan-cause-floor = { $part }: минимум { $before } → { $after }.
plan-cause-rules = Изменились прочие правила (число начал, очерёдность, группы, веса).
plan-cause-competition = Сам проект не изменился: изменились деньги или другие проекты.

## Сравнение

plan-compare-title = Сравнение сценариев
plan-compare-lead = Планы рядом: баллы, деньги, отрасли, территории, кто входит, кто выбывает и почему.
plan-compare-few-title = Сравнивать пока нечего
plan-compare-few = Выберите в списке два или три рассчитанных сценария.
plan-compare-list = Список сценариев
plan-compare-no-plan = У сценария «{ $title }» нет рассчитанного плана, поэтому он не вошёл в сравнение.
plan-compare-main = Основные показатели
plan-compare-figure = Показатель
plan-compare-change = Отличие от первого, баллы
plan-compare-part = Часть
plan-compare-help = Каждая полоса — один сценарий, порядок как в таблице.
plan-compare-money = Деньги по источникам и годам
plan-compare-money-caption = Расход, тыс. тенге
plan-compare-invested-caption = Оценённая стоимость начинаемых проектов, тыс. тенге
plan-compare-pair = «{ $first }» и «{ $second }»
plan-compare-same = Условия одинаковы.

## Страница картин

plan-pictures-title = План в картинах: { $title }
plan-weights-none = У проектов нет баллов по критериям, поэтому влияние весов не считается.
plan-weights-later = Влияние других весов ещё считается. Откройте страницу через минуту.
plan-report-none = Полное объяснение ещё не рассчитано: рассчитайте сценарий полностью.
plan-frequency-none = У баллов проектов нет диапазонов, поэтому частота выбора не считается.
plan-steady-core = ядро
plan-steady-likely = вероятный
plan-steady-marginal = пограничный
plan-steady-unlikely = маловероятный
plan-tornado-weights = Если вес критерия будет другим
plan-tornado-weights-help = На сколько баллов другой план превзошёл бы рекомендованный, если изменить вес на 10 %. Ноль — рекомендованный план остаётся лучшим.
plan-tornado-weights-caption = Преимущество другого плана в баллах и число сменившихся проектов
plan-weight-less = Вес на 10 % меньше
plan-weight-more = Вес на 10 % больше
plan-weight-less-moved = Сменится проектов, если меньше
plan-weight-more-moved = Сменится проектов, если больше

## Объяснение одного проекта

plan-why-title = Почему: { $project }
plan-why-project = Страница проекта
plan-why-outcome = Похожие завершённые проекты
plan-why-cost = Причина и цена
plan-why-needs = Что нужно, чтобы он вошёл
plan-why-place = Кто занял его место
plan-why-price = Польза и цена занимаемых денег
plan-why-scores = Из чего складываются баллы
plan-why-decide = Решить именно так
plan-window = Возможные годы начала
plan-witness = В этом плане
plan-witness-title = План, который это показывает
plan-witness-caption = Кто входит, кто выбывает, у кого меняется год
plan-scores-help = Сумма по критериям равна баллам проекта (с точностью до округления).
plan-scores-caption = Баллы от каждого критерия
plan-pictures-link = План в картинах
