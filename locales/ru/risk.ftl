# Реестр рисков проекта и портфеля.
project-tab-risks = Риски и предупреждения
risk-page-title = Риски и предупреждения: { $project }
risk-page-lead = Что может помешать проекту, какие признаки уже видны, кто и что с этим делает.
risk-card-link = Реестр рисков и предупреждения
risk-card-confidence = Уверенность в исполнении: { $grade }
risk-card-risks = { $n ->
    [0] Открытых рисков в реестре нет.
    [one] В реестре { $n } открытый риск.
    [few] В реестре { $n } открытых риска.
    [many] В реестре { $n } открытых рисков.
   *[other] В реестре { $n } открытого риска.
}
risk-register = Реестр рисков
risk-none = Рисков в реестр ещё не внесли. Это не значит, что их нет.
risk-new = Внести риск
risk-edit = Изменить риск
risk-list = Открытые риски, сначала с наибольшим ожидаемым ущербом
risk-closed = Закрытые риски
risk-heat = Карта рисков: сколько открытых рисков в каждой клетке
risk-heat-corner = Вероятность, влияние
risk-heat-link = { $likelihood }, { $impact }: показать риски
risk-band = Степень
risk-band-low = низкая
risk-band-medium = средняя
risk-band-high = высокая
risk-band-extreme = крайняя
risk-band-score = { $band }, { $score } из 25
risk-loss = Ожидаемый ущерб
risk-contingency = Ожидаемый ущерб по открытым рискам — { $expected }. Резерва в { $enough } хватает в { $chance } смоделированных случаев. Рисков с оценкой ущерба: { $n }, без неё: { $unknown }.
risk-internal = не публикуется
risk-internal-count = { $n ->
    [one] Ещё { $n } риск учтён на карте и в сумме, но его описание не публикуется.
    [few] Ещё { $n } риска учтены на карте и в сумме, но их описание не публикуется.
    [many] Ещё { $n } рисков учтены на карте и в сумме, но их описание не публикуется.
   *[other] Ещё { $n } риска учтены на карте и в сумме, но их описание не публикуется.
}
risk-overdue = просрочен
risk-overdue-count = { $n ->
    [one] Срок пересмотра прошёл у { $n } риска.
    [few] Срок пересмотра прошёл у { $n } рисков.
    [many] Срок пересмотра прошёл у { $n } рисков.
   *[other] Срок пересмотра прошёл у { $n } риска.
}
risk-action-done = { $what }: { $who }, сделано { $day }
risk-action-due = { $what }: { $who }, до { $day }
risk-action-open = { $what }: { $who }, срок не назначен
risk-action-nobody = исполнитель не назначен
risk-event = Что может случиться
risk-event-hint = Одно событие одним предложением: «Подрядчик не получит трубы до морозов».
risk-cause = Причина
risk-effect = К чему это приведёт
risk-category-field = Категория
risk-category-technical = Технический
risk-category-schedule = Сроки других
risk-category-financial = Финансовый
risk-category-contract = Договор и подрядчик
risk-category-legal = Правовой
risk-category-nature = Природа и климат
risk-category-social = Люди и безопасность
risk-category-organisation = Организация работы
risk-rated = Оценка сегодня
risk-residual = После принятых мер
risk-likelihood-field = Вероятность
risk-likelihood-1 = почти невероятно
risk-likelihood-2 = маловероятно
risk-likelihood-3 = возможно
risk-likelihood-4 = вероятно
risk-likelihood-5 = почти наверняка
risk-impact-1 = незначительное
risk-impact-2 = малое
risk-impact-3 = заметное
risk-impact-4 = большое
risk-impact-5 = очень большое
risk-on-cost = Влияние на стоимость
risk-on-time = Влияние на сроки
risk-on-people = Влияние на людей
risk-not-rated = не оценено
risk-cost-low = Ущерб от, млн тенге
risk-cost-high = Ущерб до, млн тенге
risk-cost-hint = Если оценки нет, берётся доля от плановой стоимости по влиянию на стоимость.
risk-owner = Ответственный
risk-response = Меры
risk-response-avoid = избежать
risk-response-reduce = снизить
risk-response-transfer = передать
risk-response-accept = принять
risk-review = Дата пересмотра
risk-actions = Действия
risk-action-what = Что сделать
risk-action-who = Кто делает
risk-action-due-on = Срок
risk-action-done-on = Сделано
risk-ending-field = Чем закончился
risk-ending-passed = больше не может случиться
risk-ending-happened = случился
risk-ending-removed = устранён принятыми мерами
risk-ending-mistaken = внесён по ошибке
risk-ending-note = Что произошло
risk-stays-open = риск остаётся открытым
risk-form-lead = Причина, событие и последствие раздельно: так видно, на что можно повлиять. Запись хранится со всеми прежними версиями.
risk-form-what = Описание
risk-form-response = Что с этим делают
risk-form-close = Закрыть риск
risk-form-record = Запись
risk-internal-field = Почему не публикуется
risk-internal-hint = Оставьте пустым: риск видят все. Заполните, если публикация повредит торгам или людям; причина останется в записи.
risk-reason = Причина изменения
risk-basis = Документ-основание
risk-basis-hint = Вид, номер и дата: протокол № 12 от 3 марта 2026 г.
risk-fault-not-rated = Выберите вероятность и все три влияния от 1 до 5.
risk-fault-cost-range = Укажите обе суммы, вторая не меньше первой.
risk-fault-residual-worse = После мер риск не может стать больше, чем сегодня.
risk-fault-review-missing = Назначьте день, когда открытый риск пересмотрят.
risk-fault-too-many = В реестре проекта не больше { $max } рисков. Закрытые не удаляются; соедините похожие.
risk-fault-too-many-actions = У риска не больше 20 действий.
risk-outlook-none = Прогноза задержки и удорожания для этого проекта нет: он уже закончен или ещё не начат, или похожих завершённых проектов слишком мало.
risk-outlook-note = Прогноз рассчитан по завершённым проектам той же сферы и размера; в уверенность в исполнении он не входит.

risk-portfolio-title = Риски всех проектов
risk-portfolio-hub = Какие риски открыты в проектах, где их больше всего и что уже показывают признаки?
risk-portfolio-lead = Открытые риски идущих и готовящихся проектов на одной карте. Число в клетке ведёт к списку.
risk-portfolio-filter = Какие риски показать
risk-portfolio-place = Территория, код КАТО
risk-portfolio-category = Категория
risk-portfolio-likelihood = Вероятность
risk-portfolio-impact = Наибольшее влияние
risk-portfolio-any = любая
risk-portfolio-any-impact = любое
risk-portfolio-summary = Открытых рисков: { $n }, проектов с ними: { $projects }. Ожидаемый ущерб вместе: { $loss }; без оценки ущерба рисков: { $unknown }.
risk-portfolio-whole = По всем территориям
risk-portfolio-of = Территория: { $place }
risk-portfolio-cut = Прочитаны первые { $max } рисков; выберите территорию поменьше.
risk-portfolio-none = Открытых рисков нет
risk-portfolio-none-text = На этой территории с такими условиями в реестрах проектов открытых рисков нет.
risk-portfolio-caption = Риски, сначала с наибольшим ожидаемым ущербом
risk-portfolio-shown = Показаны { $shown } из { $n }.
risk-portfolio-event = Риск
risk-portfolio-untold = Описание не публикуется
risk-portfolio-places = По территориям
risk-portfolio-place-name = Территория
risk-portfolio-n = Рисков
risk-portfolio-grave = Из них высоких и крайних
risk-portfolio-categories = По категориям
risk-portfolio-alerts = Что предупреждает сейчас
risk-portfolio-alerts-lead = Открытые предупреждения по признакам; подтверждённые ответственным видны всем, остальные — по опубликованному правилу.
risk-portfolio-indicator = Признак
risk-portfolio-red = Красных
risk-portfolio-amber = Жёлтых
risk-portfolio-projects = Проекты
risk-portfolio-alerts-none = Открытых предупреждений, которые уже можно показать, на этой территории нет.
risk-portfolio-watched = Ночная проверка: { $when }. Просмотрено проектов: { $n }.
risk-portfolio-unwatched = Ночная проверка ещё не проводилась.
risk-portfolio-json = Те же риски для программ (JSON)
risk-portfolio-map = Карта рисков
risk-portfolio-risks = Риски
risk-portfolio-elsewhere = Другие территории
