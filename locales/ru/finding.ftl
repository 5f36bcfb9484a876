### Расхождения в бюджете.

finding-revenue_total-title = Итог доходов
finding-revenue_total = Итог доходов указан как { $printed }, а категории дают в сумме { $expected }. Разница { $difference }. Сверьте категории с текстом решения.

finding-net_lending-title = Чистое бюджетное кредитование
finding-net_lending = Чистое бюджетное кредитование указано как { $printed }, а кредиты за вычетом погашения дают { $expected }. Разница { $difference }. Проверьте обе суммы.

finding-financial_assets-title = Финансовые активы
finding-financial_assets = Сальдо по финансовым активам указано как { $printed }, а приобретение за вычетом продажи даёт { $expected }. Разница { $difference }. Проверьте обе суммы.

finding-balance-title = Дефицит (профицит) бюджета
finding-balance = Дефицит (профицит) указан как { $printed }. Доходы за вычетом затрат, чистого кредитования и сальдо по финансовым активам дают { $expected }. Разница { $difference }. Сверьте итоги разделов с решением.

finding-balance-sign = Дефицит (профицит) указан как { $printed }: размер верен, но знак обратный. По разделам должно быть { $expected }. Такое бывает и в преамбулах официальных решений.

finding-balance_omits_lending-title = Кредитование и активы не учтены
finding-balance_omits_lending = Указанные { $printed } — это только доходы минус затраты. С учётом кредитования и финансовых активов должно быть { $expected }.

finding-financing_sign-title = Знак финансирования
finding-financing_sign = Финансирование указано как { $printed }, но его знак должен быть противоположен знаку баланса: { $expected }. Финансирование дефицита показывают с плюсом, использование профицита — с минусом.

finding-financing_total-title = Итог финансирования
finding-financing_total = Финансирование указано как { $printed }, а поступления займов, их погашение и используемые остатки дают { $expected }. Разница { $difference }. Проверьте эти строки.

finding-financing_total-balance = Финансирование указано как { $printed }, а чтобы покрыть дефицит (использовать профицит), нужно { $expected }. Разница { $difference }. Сравните финансирование с итогами разделов.

finding-functional_total-title = Сумма функциональных групп
finding-functional_total = Итог затрат указан как { $printed }, а функциональные группы дают в сумме { $expected }. Разница { $difference }. Проверьте, все ли группы внесены.

finding-detail_total-title = Сумма составляющих строк
finding-detail_total = В строке указано { $printed }, а строки, из которых она состоит, дают { $expected }. Разница { $difference }. Проверьте эту строку и строки под ней.

finding-duplicate_line-title = Повторная строка
finding-duplicate_line = Эта строка стоит в бюджете дважды; в расчёте использована первая. Уберите лишнюю.

finding-unknown_code-title = Кода нет в классификации
finding-unknown_code = Этого кода нет в бюджетной классификации этого года. Сверьте его с текстом решения.

finding-layout-title = Строки нет в структуре бюджета
finding-layout = В структуре бюджета этого года или уровня такой строки нет. Проверьте год и уровень бюджета.

### Между бюджетами, между записями и необычное.

finding-transfer_mismatch-title = Трансферты: данные двух уровней расходятся
finding-transfer_mismatch = Вышестоящий бюджет и нижестоящие бюджеты отражают одни и те же трансферты по-разному: передано { $expected }, получено { $printed }. Разница { $difference }. Сверьте оба отчёта на одну и ту же дату.

finding-credit_mismatch-title = Бюджетные кредиты: данные двух уровней расходятся
finding-credit_mismatch = У кредитора отражено { $expected }, у заёмщика { $printed }. Разница { $difference }. Сверьте оба отчёта на одну и ту же дату.

finding-record_contradiction-title = Две записи называют разные суммы
finding-record_contradiction = Одна запись называет { $printed }, другая { $expected } для той же единицы, того же года и той же строки. Разница { $difference }. Какая из них верна, не установлено: проверьте оба источника.

finding-sign_error-title = Сумма меньше нуля
finding-sign_error = В строке указано { $printed }. Обычно такая строка не бывает отрицательной. Проверьте, описка ли это или исправление прошлых месяцев.

finding-unit_slip-title = Возможно, перепутаны тысячи и миллионы
finding-unit_slip = В строке указано { $printed }, а соседние цифры говорят примерно о { $expected }: отличие в { $factor } раз. Проверьте единицу измерения этой суммы.

finding-history_jump-title = Сильно отличается от других лет
finding-history_jump = В строке указано { $printed }; середина { $n } других лет около { $expected } (робастная z-оценка { $z }). Причина может быть уважительной: новый объект, изменение закона. Это лишь повод посмотреть.

finding-year_end_spike-title = Большая часть расходов пришлась на декабрь
finding-year_end_spike = На декабрь пришлось { $printed }, то есть { $share } % года; за { $n } прежних лет обычно было { $usual } % (робастная z-оценка { $z }). Срок оплаты по договорам может наступать в конце года. Это лишь повод посмотреть.

finding-round_numbers-title = Много круглых сумм
finding-round_numbers = Из { $n } исполненных сумм { $round } кратны ста единицам; случайно такой бывает примерно одна из ста (z-оценка { $z }). Договоры по круглым ценам тоже это объясняют. Это лишь повод посмотреть.

finding-first_digits-title = Первые цифры отклоняются от закона Бенфорда
finding-first_digits = Первые цифры { $n } сумм в среднем отклоняются от закона Бенфорда на { $deviation }; обычно не больше { $limit }. Твёрдые тарифы и оклады тоже это объясняют. Это лишь повод посмотреть.

### Страница всех замечаний.

findings-title = Замечания
findings-lead = Всё, что в загруженных бюджетах и отчётах противоречит себе, другой записи или выглядит необычно. Замечание говорит о цифрах, а не о людях, и у него часто есть уважительная причина.
findings-entry = Замечания
findings-entry-text = Какие цифры противоречат друг другу и что об этом сказали ведомства?
findings-filter = Какие замечания
findings-everywhere = Везде
findings-any = Любые
findings-rule = Правило
findings-severity = Важность
findings-state = Состояние
findings-found = { $n ->
    [one] { $n } замечание, просмотрено записей: { $records }.
    [few] { $n } замечания, просмотрено записей: { $records }.
    [many] { $n } замечаний, просмотрено записей: { $records }.
   *[other] { $n } замечания, просмотрено записей: { $records }.
}
findings-range = с { $from } по { $until } из { $n }
findings-left-out = { $n ->
    [one] Не просмотрена { $n } более старая запись. Выберите территорию, чтобы просмотреть все её записи.
    [few] Не просмотрены { $n } более старые записи. Выберите территорию, чтобы просмотреть все её записи.
    [many] Не просмотрено { $n } более старых записей. Выберите территорию, чтобы просмотреть все её записи.
   *[other] Не просмотрено более старых записей: { $n }. Выберите территорию, чтобы просмотреть все её записи.
}
findings-empty = Под этот выбор не подходит ни одно замечание.
findings-not-tested-heading = Какие проверки не проводились
findings-not-tested-intro = Проверка, условия которой не выполнены, не говорит ничего, ни хорошего, ни плохого.
findings-not-tested-few = Значений было { $found }, а нужно не меньше { $needed } (случаев: { $n }).
findings-not-tested-size = Суммы одного порядка, поэтому их первые цифры не следуют закону (случаев: { $n }).
findings-not-tested-spread = Другие годы одинаковы, поэтому нет меры обычного (случаев: { $n }).
findings-record-heading = Что об этом сказано
findings-record-empty = Это замечание ещё никто не объяснил и не отклонил.
findings-note-heading = Ответить на замечание
findings-note-verdict = Что это
findings-note-reason = Причина
findings-note-hint = Её увидят все, и она останется в записи. Не называйте людей.
findings-note-save = Внести в запись
finding-page-title = { $rule }: { $place }, { $year }
finding-severity-error = Противоречие
finding-severity-warning = Стоит проверить
finding-severity-hint = Подсказка
finding-state-all = Все состояния
finding-state-open = Открыто
finding-state-explained = Объяснено
finding-state-dismissed = Отклонено
finding-verdict-explained = Цифры верны, и вот почему
finding-verdict-dismissed = Замечание ошибочно
finding-verdict-reopened = Прежнее объяснение не подтверждается
finding-direction-down = Из вышестоящего бюджета вниз
finding-direction-up = Из нижестоящих бюджетов вверх
finding-evidence-given = Передано по данным: { $name }, { $year } ({ $record }, строка { $row })
finding-evidence-received = Получено по данным: { $name }, { $year } ({ $record }, строка { $row })
finding-evidence-history = { $name }, { $year } ({ $record }, строка { $row })
finding-evidence-stated = { $record }: { $name }, { $year }, строка { $row }
finding-note-explained = Объяснено: { $name }, { $when }. { $reason }
finding-note-dismissed = Отклонено: { $name }, { $when }. { $reason }
finding-note-reopened = Открыто заново: { $name }, { $when }. { $reason }
field-finding-open = Это замечание и так открыто. Выберите другой ответ.
