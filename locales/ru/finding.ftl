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
