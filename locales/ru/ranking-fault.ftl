## Почему ранжирование не выполнено: строка или поле и что делать.
ranking-fault-missing = Не хватает: { $field }. Добавьте, пожалуйста.
ranking-fault-unreadable = Не удаётся прочитать { $field }: { $found }. Запишите так, как показано в справочнике.
ranking-fault-too-many = { $field }: { $n } — слишком много, предел — { $limit }. Разделите файл.
ranking-fault-too-few = { $field }: { $n } — слишком мало, нужно не меньше { $limit }.
ranking-fault-length = { $field }: записей { $n } вместо { $expected }. Заполните пропуск или уберите лишнее.
ranking-fault-duplicate = { $field }: { $id } встречается дважды. Дайте каждому своё имя.
ranking-fault-not-finite = { $row }: значение { $criterion } — не число. Запишите число.
ranking-fault-negative = { $row }: значение { $criterion } равно { $value }, это меньше нуля, а метод таких значений не допускает. Исправьте его или выберите другой метод.
ranking-fault-range = { $row }: диапазон { $criterion } нарушен. Нижняя граница не может быть выше оценки, а оценка — выше верхней границы.
ranking-fault-constant = { $criterion } у всех проектов равен { $value } и ничего не различает. Уберите этот критерий.
ranking-fault-units = { $criterion } указан в единицах «{ $found }» вместо «{ $expected }». Приведите значения к одной единице.
ranking-fault-weight-sum = Сумма весов — { $sum } вместо { $expected }. Исправьте веса.
ranking-fault-weight = Вес критерия { $criterion } — { $value }. Вес — это число не меньше нуля.
ranking-fault-judgement = Сравнение { $row } и { $column } — { $value }. Сравнение — это число больше нуля, а критерия с самим собой — единица.
ranking-fault-not-reciprocal = Сравнения { $row } с { $column } и обратно противоречат друг другу: { $value } умножить на { $mirrored } — не единица. Исправьте одно из них.
ranking-fault-threshold = Пороги критерия { $criterion } заданы неверно: q { $q }, p { $p }. Они не могут быть отрицательными, и q не может быть больше p.
ranking-fault-value-function = Функция ценности критерия { $criterion } нарушена в точке { $point }: значения должны возрастать, а ценность — меняться в одну сторону от 0 до 1.
