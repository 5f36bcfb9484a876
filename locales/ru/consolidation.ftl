### Бюджет территории вместе с нижестоящими бюджетами.

consolidation-title = { $place }: консолидированный бюджет
consolidation-lead = Собственный бюджет территории и нижестоящие бюджеты вместе; то, что они только передают друг другу, исключено, причём каждая сторона так, как она сама это отразила.
consolidation-entry = Консолидированный бюджет
consolidation-entry-text = Сколько денег у всей территории, если не считать дважды трансферты между её бюджетами?
consolidation-empty = Для этой территории и для единиц ниже её ещё не загружен ни один бюджет или отчёт. Выберите другую территорию или загрузите бюджет.
consolidation-empty-action = Выбрать другую территорию
consolidation-filter = Год и состояние
consolidation-whole = Полностью: есть бюджеты всех единиц территории ({ $n }), и у каждого трансферта известны обе стороны.
consolidation-partial = Не полностью: бюджетов есть { $n }, отсутствует { $missing } или данных недостаточно. Отсутствующее не считается нулём; суммы ниже относятся к тому, что есть.
consolidation-months-differ = Последние отчёты единиц относятся к разным месяцам, поэтому их сумма не относится к одной дате.
consolidation-stat-revenue = Консолидированные доходы
consolidation-stat-own = Из них собственные доходы
consolidation-stat-expenditure = Консолидированные затраты
consolidation-stat-eliminated = Исключено из доходов
consolidation-lines-heading = Сложено, исключено, осталось
consolidation-chart = Доходы: сложено, исключено, осталось
consolidation-sum = Сложено
consolidation-eliminated = Исключено
consolidation-left = Осталось
consolidation-units = Единиц
consolidation-units-of = { $n } из { $all }
consolidation-pairs-heading = Что уровни говорят друг о друге
consolidation-pairs-intro = Деньги между бюджетами стоят в двух записях: у передающего и у получающего. Где они расходятся, разница остаётся в результате и становится замечанием.
consolidation-pairs-none = Трансферты и кредиты между этими бюджетами не отражены.
consolidation-pair-transfer-down = Трансферты нижестоящим бюджетам: { $name }
consolidation-pair-transfer-up = Трансферты из нижестоящих бюджетов: { $name }
consolidation-pair-credit-down = Бюджетные кредиты нижестоящим бюджетам: { $name }
consolidation-pair-credit-up = Погашение бюджетных кредитов: { $name }
consolidation-pair-missing = { $n ->
    [one] Отсутствует бюджет { $n } единицы.
    [few] Отсутствуют бюджеты { $n } единиц.
    [many] Отсутствуют бюджеты { $n } единиц.
   *[other] Отсутствуют бюджеты { $n } единицы.
}
consolidation-pair-silent = { $n ->
    [one] { $n } единица не отражает свою сторону.
    [few] Свою сторону не отражают { $n } единицы.
    [many] Свою сторону не отражают { $n } единиц.
   *[other] Свою сторону не отражают { $n } единицы.
}
consolidation-pair-undivided = В записи есть только итог для обоих направлений или по кредитам всем заёмщикам; он прочитан как обычный.
consolidation-given = Передано
consolidation-received = Получено
consolidation-gave = Передано по данным: { $name } ({ $record })
consolidation-got = Получено по данным: { $name } ({ $record })
consolidation-findings-link = Замечания по этой территории
consolidation-units-heading = Какие бюджеты сложены
consolidation-units-more = { $n ->
    [one] Ещё { $n } единица есть в файлах.
    [few] Ещё { $n } единицы есть в файлах.
    [many] Ещё { $n } единиц есть в файлах.
   *[other] Ещё { $n } единицы есть в файлах.
}
consolidation-source-report = отчёт за месяц { $month }, { $file }
consolidation-missing-heading = Каких бюджетов нет
consolidation-missing-text = { $n ->
    [one] { $n } единица по закону имеет свой бюджет, но за этот год его здесь нет.
    [few] { $n } единицы по закону имеют свой бюджет, но за этот год их здесь нет.
    [many] { $n } единиц по закону имеют свой бюджет, но за этот год их здесь нет.
   *[other] { $n } единицы по закону имеют свой бюджет, но за этот год их здесь нет.
}
consolidation-execution-link = Исполнение по месяцам
