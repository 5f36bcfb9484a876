### Рекомендация и решение.

decisions-title = Решения
decisions-empty = Решений ещё не опубликовано.
decision-title = { $place }: решение от { $date }
decision-by = Автор решения: { $name }
decision-why = Обоснование решения
decision-state-accepted = Рекомендация принята без изменений
decision-state-changed = Рекомендация принята с изменениями

## Рекомендация

recommend-title = Рекомендация портфеля проектов
recommend-intro = Укажите деньги по годам. Платформа выберет проекты с наибольшей общей пользой в этих пределах и объяснит каждый выбор. Решает человек.
recommend-envelope = Предел средств
recommend-envelope-year = Предел на { $year } год, тыс. тенге
recommend-compute = Рассчитать рекомендацию
recommend-criteria = Критерии и веса
recommend-criterion = Критерий
recommend-weight = Вес
recommend-score = Балл
recommend-benefit = Польза, баллы
recommend-cost = Стоимость
recommend-rate = Польза на 1 млн тенге
recommend-rate-value = { $rate } балла на 1 млн тенге
recommend-total-benefit = Общая польза портфеля: { $points }
recommend-spent = Будет потрачено
recommend-left = Останется
recommend-in = В портфеле
recommend-out = Вне портфеля
recommend-why = Почему
recommend-optimal = Доказано, что лучшего портфеля нет.
recommend-not-proven = За отведённое время лучший портфель не доказан: этот уступает ему не более чем на { $gap }.
recommend-infeasible = В этих пределах не помещаются все обязательные проекты. Увеличьте предел.
recommend-nothing = Оценённых проектов нет. Сначала поставьте проектам баллы по критериям.

## Причины

reason-funded = Финансируется: польза { $rate }, место { $rank } из { $of }.
reason-mandatory = Финансируется: это действующий договор или обязанность по закону.
reason-barred_by_person = Ответственное лицо исключило этот проект.
reason-out_not_assessable = Сравнить нельзя: нет баллов по критериям: { $missing }.
reason-out_no_benefit = Сумма баллов по критериям равна нулю, поэтому проект ничего не добавит портфелю.
reason-out_larger_than_envelope = В { $year } году ему одному нужно { $needs }, а весь предел составляет { $envelope }.
reason-out_mandatory_leave_too_little = В { $year } году ему нужно { $needs }, а после обязательных проектов остаётся { $left }.
reason-out_exclusion = Из взаимоисключающих проектов можно финансировать только один, и это «{ $by }».
reason-out_envelope_spent = В { $year } году ему нужно { $needs }, а осталось { $left }; его польза ({ $rate }) ниже, чем у любого выбранного на этот год проекта, например «{ $weakest }» ({ $weakest_rate }).
reason-out_envelope_spent_equal = В { $year } году ему нужно { $needs }, а осталось { $left }; его польза ({ $rate }) такая же, как у выбранного проекта «{ $weakest }», но в остаток он не помещается.
reason-out_does_not_fit = Хотя его польза ({ $rate }) выше, чем у проекта «{ $weakest }» ({ $weakest_rate }), в { $year } году ему нужно { $needs }, а осталось { $left }; замена, которая дала бы больше баллов, не найдена.
reason-out_equal_plan = В { $year } году ему нужно { $needs }, а осталось { $left }. Есть равный по пользе портфель с этим проектом; выбор сделан по опубликованному правилу.
reason-price-exact =
    { $points ->
        [one] Включить его стоило бы портфелю { $points } балл.
        [few] Включить его стоило бы портфелю { $points } балла.
        [many] Включить его стоило бы портфелю { $points } баллов.
       *[other] Включить его стоило бы портфелю { $points } балла.
    }
reason-price-between = Включить его стоило бы портфелю от { $at_least } до { $at_most } баллов.

## Принятие решения

decide-title = Принять решение
decide-accept = Принять рекомендацию
decide-change = Изменить рекомендацию
decide-include = Включить в портфель: { $project }
decide-reason = Причина решения
decide-reason-hint = Причину увидят все, она хранится вместе с рекомендацией.
decide-publish = Опубликовать решение
decide-published = Решение опубликовано. Незаметно изменить его нельзя: исправление выйдет новой версией.
decide-price =
    { $points ->
        [one] Цена изменений: на { $points } балл меньше, чем в рекомендации.
        [few] Цена изменений: на { $points } балла меньше, чем в рекомендации.
        [many] Цена изменений: на { $points } баллов меньше, чем в рекомендации.
       *[other] Цена изменений: на { $points } балла меньше, чем в рекомендации.
    }
decide-added = Добавлено
decide-removed = Убрано

## Что не так с планом

fault-unknown = Проекта «{ $project }» нет среди кандидатов.
fault-repeated = Проект «{ $project }» назван дважды.
fault-overspent = В { $year } году предел превышен на { $over }: предел { $envelope }, план { $spent }.
fault-mandatory_missing = Нет обязательного проекта «{ $project }».
fault-barred = Проект «{ $project }» исключён ответственным лицом.
fault-not_assessable = У проекта «{ $project }» не хватает баллов.
fault-group_crowded = Из группы «{ $group }» выбрано несколько проектов: { $projects }. Оставьте один.

## More

decide-include-label = Включить в портфель
decisions-intro = Решения акима: что было рекомендовано, что решено и почему.
decision-published = Решение опубликовано. Незаметно изменить его нельзя: исправление выйдет новым решением.
missing-cost = стоимость в выбранные годы
recommend-group-clash = Все эти проекты отмечены обязательными, но финансировать можно только один: { $projects }. Оставьте один из них.
