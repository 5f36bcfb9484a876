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
plan-scatter-help = Закрашенный круг означает проект плана, пустой — проект вне плана. Число — номер строки таблицы.
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
