### Бюджеты.


## Разделы (статья 9 Бюджетного кодекса)

budget-section-revenue = Доходы
budget-section-expenditure = Затраты
budget-section-net_lending = Чистое бюджетное кредитование
budget-section-financial_assets = Сальдо по операциям с финансовыми активами
budget-section-balance = Дефицит (профицит) бюджета
budget-section-non_oil_balance = Ненефтяной дефицит (профицит) бюджета
budget-section-financing = Финансирование дефицита (использование профицита) бюджета
budget-section-numbered = { $number }. { $name }

## Строки бюджета

budget-item-revenue_total = Доходы, всего
budget-item-tax = Налоговые поступления
budget-item-non_tax = Неналоговые поступления
budget-item-fixed_capital = Поступления от продажи основного капитала
budget-item-special = Специальные поступления
budget-item-transfers = Поступления трансфертов
budget-item-revenue_detail = Строка классификации доходов
budget-item-expenditure_total = Затраты, всего
budget-item-functional_group = Функциональная группа
budget-item-functional_detail = Строка функциональной классификации
budget-item-lending_detail = Строка бюджетного кредитования
budget-item-asset_detail = Строка операций с финансовыми активами
budget-item-financing_detail = Строка финансирования
budget-item-programme = Бюджетная программа
budget-item-net_lending = Чистое бюджетное кредитование
budget-item-loans = Бюджетные кредиты
budget-item-loan_repayment = Погашение бюджетных кредитов
budget-item-financial_assets = Сальдо по операциям с финансовыми активами
budget-item-asset_acquisition = Приобретение финансовых активов
budget-item-asset_sales = Поступления от продажи финансовых активов государства
budget-item-balance = Дефицит (профицит) бюджета
budget-item-non_oil_balance = Ненефтяной дефицит (профицит) бюджета
budget-item-financing_total = Финансирование дефицита (использование профицита) бюджета
budget-item-borrowing = Поступления займов
budget-item-debt_repayment = Погашение займов
budget-item-used_balances = Используемые остатки бюджетных средств

## Состояния, уровни, структура

budget-stage-approved = Утверждено
budget-stage-amended = Уточнено
budget-stage-executed = Исполнено
budget-level-1 = Республиканский бюджет
budget-level-2 = Бюджет области, города республиканского значения, столицы
budget-level-3 = Бюджет района, города областного значения
budget-level-4 = Бюджет города районного значения, села, посёлка, сельского округа
budget-level-5 = Внебюджетный фонд
budget-layout-code2008 = По Бюджетному кодексу 2008 года
budget-layout-code2025 = По Бюджетному кодексу 2025 года

## Страницы

budgets-title = Бюджеты
budgets-empty = Бюджеты ещё не загружены.
budget-title = { $place }: бюджет на { $year } год
budget-year = Год
budget-stage = Состояние
budget-adopted = Решение принято { $date }
budget-unit-note = Суммы: { $unit }
budget-sections-heading = Разделы и проверка
budget-section-column = Раздел
budget-verdict-column = Проверка
budget-verdict-holds = Сходится
budget-verdict-finding =
    { $n ->
        [one] { $n } расхождение
        [few] { $n } расхождения
        [many] { $n } расхождений
       *[other] { $n } расхождения
    }
budget-verdict-unknown = Для проверки не хватает данных
budget-findings-heading = Расхождения в цифрах
budget-findings-none = Все проверенные равенства выполняются.
budget-findings-intro = Цифры показаны так, как они напечатаны в источнике. Платформа не исправляет их, а показывает расхождение.
budget-finding-printed = Напечатано
budget-finding-expected = По расчёту
budget-finding-difference = Разница
budget-finding-rule = Правило
budget-finding-error = Ошибка
budget-finding-warning = Предупреждение
budget-revenue-heading = Откуда приходят деньги
budget-expenditure-heading = На что идут деньги
budget-revenue-chart = Структура доходов
budget-expenditure-chart = Затраты по функциональным группам
budget-indicators-heading = Показатели
budget-indicator-formula = Формула
budget-indicator-source = Источник определения
budget-indicator-inputs = Взятые цифры
budget-indicator-unknown = Для расчёта не хватает данных
budget-dynamics-heading = По годам
budget-dynamics-single = Для сравнения нужны бюджеты хотя бы за два года.
budget-lines-heading = Все строки
budget-lines-code = Код
budget-provenance-heading = Откуда эти цифры
budget-downloads-heading = Скачать данные
budget-forecast-link = Прогноз по этому ряду
budget-deficit = дефицит
budget-surplus = профицит
budget-balanced = сбалансирован

## Загрузка

budget-upload-title = Загрузить бюджет
budget-upload-intro = Выберите приложение к решению маслихата, файл CSV или JSON. Сначала файл проверяется, без вашего подтверждения ничего не сохранится.
budget-upload-file = Файл (XLSX, CSV или JSON)
budget-upload-place = Территория, если в файле её нет
budget-upload-year = Год, если в файле его нет
budget-upload-stage = Состояние цифр, если в файле его нет
budget-upload-unit = Единица, если в файле её нет
budget-upload-source = Адрес источника
budget-upload-check = Проверить
budget-upload-save = Сохранить
budget-upload-saved =
    { $n ->
        [one] Сохранён { $n } бюджет.
        [few] Сохранено { $n } бюджета.
        [many] Сохранено { $n } бюджетов.
       *[other] Сохранено { $n } бюджета.
    }
budget-upload-unreadable = Файл не удалось прочитать, поэтому ничего не сохранено. Ниже сказано, что нужно исправить.
budget-upload-findings-note = Расхождения не мешают сохранению: бюджет останется таким, как напечатан, а расхождения будут показаны на его странице.

## More

budgets-intro = Откуда деньги, на что они идут и сходятся ли цифры.
budget-other-years = Другие бюджеты этой территории
budget-upload-key = Короткое имя бюджета
budget-upload-key-hint = Например, district-2026. Не должно повторяться в пределах территории и года.
budget-upload-level = Уровень бюджета, если в файле не указан
budget-adopted-label = Дата принятия
budget-item-label = Показатель
