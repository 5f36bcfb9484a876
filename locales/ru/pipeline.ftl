pipeline-title = Будущие и идущие закупки
pipeline-lead = Для предпринимателей: что местные органы собираются купить или построить, когда ждать объявления, какая плановая сумма и что важно знать поставщику.
pipeline-all-places = Все территории
pipeline-from = Плановая сумма от, млн тенге
pipeline-to = Плановая сумма до, млн тенге
pipeline-cut = Показаны первые { $n }; в файле — все.
pipeline-none-title = Подходящих закупок нет
pipeline-none-text = Выберите другие условия или загляните позже, когда заказчики внесут планы.
pipeline-table = Закупки
pipeline-what = Что
pipeline-where = Где
pipeline-words = Что важно поставщику
pipeline-is-expected = Дата ожидаемая
pipeline-expected = { $day } (ожидается)
pipeline-late = { $day } (ожидалось, прошло)
pipeline-closed = { $day }, подводят итоги
pipeline-no-process = В реестре есть проект; закупка ещё не внесена.
pipeline-funnel = На какой стадии все закупки
pipeline-funnel-text = Все закупки выбранной территории и отрасли по стадиям.
pipeline-hub-text = Что скоро закупят и построят: ожидаемые даты, суммы, места.
procurement-title = Закупки и ГЧП в цифрах
procurement-title-of = Закупки и ГЧП в цифрах: { $place }
procurement-lead = Количество, суммы, конкуренция и длительность стадий по регионам, отраслям, видам, уровням, стадиям, годам и способам.
procurement-hub-title = Закупки и ГЧП в цифрах
procurement-hub-text = Кто что закупает, сколько участников, сколько длится; рядом опубликованные данные по стране.
procurement-by = По
procurement-none-title = Закупок не внесено
procurement-none-text = Выберите другие условия или загляните позже.
procurement-table = Количество и суммы
procurement-contracted-million = Законтрактовано, млн тенге
procurement-paid-million = Оплачено, млн тенге
procurement-competition = Конкуренция, соглашения, малый бизнес
procurement-competition-text = Учтены только конкурсы с внесёнными заявками; доля малого бизнеса — среди поставщиков с известным размером.
procurement-bidding = Конкурсы с известными заявками
procurement-bids-each = Заявок на закупку
procurement-single = С одним участником
procurement-small = Малый и средний бизнес
procurement-size-known = Поставщики известного размера
procurement-of-known = из { $n } поставщиков с известным размером
procurement-survival-contract = От объявления до договора
procurement-survival-termination = От договора до досрочного расторжения
procurement-survival-text-contract = Какая доля закупок ещё без договора, по дням от объявления. Отменённые и идущие закупки учтены за дни наблюдения.
procurement-survival-text-termination = Какая доля договоров не расторгнута досрочно, по дням от подписания. Исполненные и действующие учтены за дни наблюдения.
procurement-survival-few = Наблюдений { $n }; кривая строится от { $least }.
procurement-survival-said = Наблюдений { $n }, из них не завершились { $censored }. Половина завершилась за { $median } дн.
procurement-survival-no-median = Наблюдений { $n }, из них не завершились { $censored }. Завершилось меньше половины.
procurement-survival-table = кривая по шагам
procurement-survival-unit = %
procurement-survival-method = Оценка Каплана — Мейера; 95-процентный интервал по Гринвуду в шкале log(-log).
procurement-days = Дни
procurement-days-axis = Дни от начала
procurement-at-risk = Под наблюдением
procurement-ended = Завершилось
procurement-share-left = Доля продолжающихся
procurement-interval = 95-процентный интервал
procurement-low = Нижняя граница
procurement-high = Верхняя граница
published-ppp-title = Опубликованные данные о ГЧП по стране для сверки
published-lead = Что опубликовано о ГЧП в Казахстане, рядом с тем же подсчётом по этому реестру.
published-table = Опубликовано и внесено здесь
published-what = Показатель
published-as-of = На дату
published-n = Договоров опубликовано
published-sum = Сумма опубликована
published-our-n = Договоров здесь
published-our-sum = Сумма здесь
published-source = Источник
published-why = Числа различаются, потому что в этом реестре только внесённое его территориями, а опубликованные охватывают всю страну с 2006 года; демонстрация целиком вымышлена. Суммы различаются и потому, что опубликованные округлены, а здесь берётся сумма после соглашений.
published-sum-status = Действующие, завершённые и расторгнутые дают { $parts }; опубликовано всего: { $whole }.
published-sum-level = Республиканские и местные дают { $parts }; опубликовано всего: { $whole }.
published-sum-money = Суммы республиканских и местных дают { $parts }, опубликовано { $whole }: разницу объясняет округление («более 1,7 трлн»).
published-sum-obligations = Исполненные и оставшиеся обязательства дают { $parts }; опубликовано { $whole }, округлённо.
published-more = Статусы и регионы другой публикации
published-statuses = Доли статусов, 2024
published-status = Статус
published-share = Доля
published-regions = Проекты по регионам, 2015–2023
published-doubts = Эти доли расходятся с числами по стране: 149 из 1 257 расторгнутых — это 11,9 %, а не 7. Региональный ряд смешивает границы (область Абай выделена в 2022 году); известны только пять регионов, названных в тексте.
published-sources = Публикации
published-figure-contracts_all = Заключено договоров всего
published-figure-contracts_active = из них действующие
published-figure-contracts_completed = из них завершены
published-figure-contracts_terminated = из них расторгнуты
published-figure-contracts_national = Республиканские договоры
published-figure-contracts_local = Местные договоры
published-figure-obligations_all = Принято государственных обязательств
published-figure-obligations_paid = из них выплачено
published-figure-obligations_left = из них осталось
published-figure-obligations_2026_2028 = к выплате в 2026–2028 годах
published-figure-contracts_2019 = Заключено договоров к июлю 2019 года
published-status-planned = Планируется
published-status-active = Реализуется
published-status-terminated = Расторгнут
published-status-expired = Истёк срок
published-status-competition = Стадия конкурса
obligation-title = Обязательства по ГЧП: { $place }
obligation-lead = Что бюджет территории обязался платить по государственно-частному партнёрству по годам, и установленные лимиты.
obligation-hub-title = Обязательства по ГЧП и лимиты
obligation-hub = Сколько бюджет должен платить по ГЧП в каждом году и где лимит превышен.
obligation-none-title = Договоров ГЧП здесь не внесено
obligation-none-text = Обязательства появятся, когда внесут договор ГЧП с платежами по годам.
obligation-over = { $year } год: лимит превышен на { $over } (использовано { $used }).
obligation-within = Ни в одном году известный лимит не превышен.
obligation-limit-unknown = Лимиты этой территории не внесены. Это не значит, что их нет.
obligation-chart = Платежи по годам
obligation-chart-text = Столбцы — платежи, линия — лимит.
obligation-due = К оплате
obligation-limit = Лимит
obligation-due-tenge = К оплате, тенге
obligation-limit-tenge = Лимит, тенге
obligation-used = Использовано
obligation-over-tenge = Сверх лимита, тенге
obligation-kinds = За что платят
obligation-contracts = Договоры ГЧП
obligation-done = Исполнено обязательств
obligation-basis = Откуда лимиты
obligation-act-unverified = Текст приказа был недоступен; лимит по нему не вычисляется.
obligation-rule = Учтены подписанные договоры; обязательства после года досрочного расторжения не учитываются. Отсутствующий лимит — неизвестен, а не ноль.
obligation-debt = Лимит обслуживания долга и влияние долга на бюджет — в сценариях
pipeline-found = { $n ->
    [one] Подходит { $n } закупка.
    [few] Подходят { $n } закупки.
    [many] Подходит { $n } закупок.
   *[other] Подходит { $n } закупки.
}
pipeline-days-left = { $n ->
    [one] { $day }, остался { $n } день
    [few] { $day }, осталось { $n } дня
    [many] { $day }, осталось { $n } дней
   *[other] { $day }, осталось { $n } дня
}
pipeline-risks = { $n ->
    [one] В реестре проекта { $n } риск.
    [few] В реестре проекта { $n } риска.
    [many] В реестре проекта { $n } рисков.
   *[other] В реестре проекта { $n } риска.
}
