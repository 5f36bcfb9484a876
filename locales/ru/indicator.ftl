### Показатели бюджета.

indicator-own_source_share = Доля собственных доходов
indicator-own_source_share-help = Какая часть доходов получена без трансфертов из вышестоящего бюджета. Чем она выше, тем больше территория опирается на собственные средства.

indicator-transfer_dependence = Зависимость от трансфертов
indicator-transfer_dependence-help = Какую часть доходов составляют трансферты. Вместе с долей собственных доходов даёт 100 %.

indicator-self_sufficiency = Самообеспеченность
indicator-self_sufficiency-help = Какую часть затрат покрывают собственные доходы. Для районов и сёл вычитаются трансферты из любого вышестоящего бюджета.

indicator-tax_share = Доля налогов
indicator-tax_share-help = Какую часть доходов составляют налоговые поступления.

indicator-balance_ratio = Дефицит (профицит) к доходам
indicator-balance_ratio-help = Отрицательное значение означает дефицит, положительное — профицит. Баланс вычислен по итогам разделов.

indicator-vertical_gap = Вертикальный разрыв
indicator-vertical_gap-help = Часть затрат, которую не покрывают собственные доходы.

indicator-debt_service_ratio = Долговая нагрузка
indicator-debt_service_ratio-help = Проценты и погашение займов по отношению к собственным доходам.

indicator-social_share = Доля социальной сферы
indicator-social_share-help = Доля образования, здравоохранения, социальной помощи, культуры и спорта в затратах.

indicator-hhi = Концентрация затрат
indicator-hhi-help = Сумма квадратов долей групп: чем ближе к 1, тем больше затраты собраны в одной группе.

indicator-structure = Структура затрат
indicator-structure-help = Доля функциональной группы в затратах.

indicator-revenue_structure = Структура доходов
indicator-revenue_structure-help = Доля категории в доходах.

indicator-execution = Исполнение
indicator-execution-help = Отношение исполненной суммы к уточнённому плану, а если его нет — к утверждённому.

indicator-growth = Изменение
indicator-growth-help = Изменение по сравнению с предыдущим годом, без учёта инфляции.

indicator-expenditure_per_capita = Затраты на одного жителя
indicator-expenditure_per_capita-help = Затраты, делённые на численность населения на ту же дату, в тенге.

indicator-own_revenue_per_capita = Собственные доходы на одного жителя
indicator-own_revenue_per_capita-help = Доходы без трансфертов, делённые на численность населения на ту же дату, в тенге.

indicator-tax_per_capita = Налоги на одного жителя
indicator-tax_per_capita-help = Налоговые поступления, делённые на численность населения на ту же дату, в тенге.

indicator-tax_autonomy = Налоговая автономия
indicator-tax_autonomy-help = Доля налогов, ставку или базу которых может менять маслихат этого уровня. Налог по упрощённому режиму в классификации отдельно не выделен, поэтому это нижняя оценка.
indicator-tax_effort = Налоговое усилие
indicator-tax_effort-help = Отношение налогов к базе, делённое на такое же отношение у похожих территорий. 1 – обычное усилие.
indicator-capital_share = Доля программ развития
indicator-capital_share-help = Доля бюджетных программ развития в затратах.
indicator-unspent = Неосвоенные средства, не более
indicator-unspent-help = План по платежам минус оплачено, тенге. Экономия, нераспределённый резерв и разрешённые переносы в отчётах не указаны и поэтому не вычтены.
indicator-cagr = Среднегодовой рост
indicator-cagr-help = Годовой темп роста от первого года к последнему.
indicator-variation = Коэффициент вариации
indicator-variation-help = Стандартное отклонение по годам к среднему. Нужно не менее пяти лет подряд.
indicator-log_growth_deviation = Колебания роста
indicator-log_growth_deviation-help = Стандартное отклонение логарифмов роста.
indicator-drawdown = Наибольшее падение
indicator-drawdown-help = Наибольшее падение от прежней вершины.
indicator-forecast_error = Отклонение от плана
indicator-forecast_error-help = Отклонение исполнения от плана в долях плана.
indicator-forecast_error_mean = Среднее абсолютное отклонение от плана
indicator-forecast_error_mean-help = Среднее отклонений без знака: реалистичность бюджета.

## Почему не рассчитано

refusal-title = Не рассчитано
refusal-lines_missing = Не рассчитано: в источнике нет строк: { $lines }.
refusal-zero_line = Не рассчитано: строка, на которую делят, равна нулю: { $line }.
refusal-groups_incomplete = Не рассчитано: функциональные группы в сумме не дают затрат, поэтому отсутствующую группу нельзя считать нулём.
refusal-taxes_not_broken_down = Не рассчитано: налоги не разбиты на классы, дающие в сумме все налоги.
refusal-no_tax_rights = Не рассчитано: нет действующего на этот год списка налогов, ставки которых может менять маслихат.
refusal-no_development_list = Не рассчитано: на этот год не загружен перечень бюджетных программ развития.
refusal-no_population = Не рассчитано: неизвестна численность населения за этот год.
refusal-no_base = Не рассчитано: неизвестна налоговая база (валовой региональный продукт) территории или похожих на неё.
refusal-not_executed = Не рассчитано: в отчёте нет исполненных сумм.
refusal-no_plan = Не рассчитано: нет плана, с которым сравнивать.
refusal-too_few_years = Не рассчитано: подряд есть { $have } лет, нужно не менее { $need }.
refusal-not_positive = Не рассчитано: сумма за { $year } год не больше нуля.
refusal-too_few_units = Не рассчитано: территорий с полными данными { $have }, нужно не менее { $need }.
refusal-negative_unit = Не рассчитано: сумма территории «{ $place }» отрицательна, а доли отрицательных сумм не имеют смысла.
refusal-nothing_to_share = Не рассчитано: все суммы равны нулю.
refusal-too_large = Не рассчитано: числа слишком велики для точного счёта.

indicator-refused = Не рассчитанные показатели и причины
indicator-execution-lines = По строкам
indicator-plan = План
indicator-own-revenue = Собственные доходы
indicator-steadiness = Устойчивость по годам
indicator-steadiness-about = По исполнению завершённых лет; рост цен не вычтен.
