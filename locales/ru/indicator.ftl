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
