### Исполнение по месяцам.

execution-title = { $place }: исполнение по месяцам
execution-lead = План, уточнённый план и исполнение по данным месячных отчётов рядом с теми же месяцами прошлых лет.
execution-entry = Исполнение по месяцам
execution-entry-text = Годовой план исполняется быстрее или медленнее, чем в прошлые годы?
execution-empty = Для этой территории и для единиц ниже её месячные отчёты ещё не загружены. Выберите другую территорию.
execution-filter = Чьи цифры, какая строка
execution-scope = Чей бюджет
execution-scope-own = Собственный бюджет
execution-scope-sum = Сумма ниже: { $level }
execution-no-months = В отчётах нет такой строки. Выберите другую.
execution-missing = Нет отчётов за: { $months }. Сумма после пропуска охватывает несколько месяцев.
execution-uneven = Не все единицы отчитались за каждый месяц, поэтому месяцы складываются из разного числа единиц: см. последний столбец.
execution-stat-plan = План
execution-stat-approved = Утверждено
execution-stat-amended = Уточнено
execution-stat-executed = Исполнено, { $month }
execution-stat-share = Исполнено от плана года
execution-stat-usual = { $n ->
    [one] Тот же месяц { $n } прошлого года
    [few] Тот же месяц { $n } прошлых лет, медиана
    [many] Тот же месяц { $n } прошлых лет, медиана
   *[other] Тот же месяц { $n } прошлого года, медиана
}
execution-months-heading = По месяцам
execution-pace-chart = Исполнено от плана года нарастающим итогом, %
execution-flow-chart = За каждый месяц, млн тенге
execution-median = Прошлые годы, медиана
execution-min = Прошлые годы, наименьшее
execution-max = Прошлые годы, наибольшее
execution-month = Месяц
execution-plan = План года
execution-executed = Исполнено с января
execution-flow = За месяц
execution-share = Исполнение
execution-usual-column = Прошлые годы
execution-usual = { $n ->
    [one] { $median } ({ $n } год)
    [few] { $median } (от { $min } до { $max }, { $n } года)
    [many] { $median } (от { $min } до { $max }, { $n } лет)
   *[other] { $median } (от { $min } до { $max }, { $n } года)
}
execution-flow-months = { $n ->
    [one] { $amount } (за { $n } месяц)
    [few] { $amount } (за { $n } месяца)
    [many] { $amount } (за { $n } месяцев)
   *[other] { $amount } (за { $n } месяца)
}
execution-changes-heading = Изменения плана
execution-plan-change = { $month }: с { $was } до { $now }
execution-growth-heading = Рост по годам
execution-growth-prices = Реальный рост в ценах { $year } года. Ряд цен: { $source }. Годы с изменёнными границами не сравниваются.
execution-growth-no-prices = Ряд цен не загружен, поэтому показан только номинальный рост. Годы с изменёнными границами не сравниваются.
execution-growth-nominal = Номинальный рост
execution-growth-real = Реальный рост
execution-refusal-no-figure = Нет итоговой суммы за { $year } год.
execution-refusal-base = Сумма за { $year } год не больше нуля.
execution-refusal-index = Ряд цен не доходит до { $year } года.
execution-refusal-border = Границы изменились { $date }: эти годы не сравниваются.
execution-refusal-size = Суммы слишком велики для сравнения.
