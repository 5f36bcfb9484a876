### Рекомендация и решение.

decisions-title = Решения
decisions-empty = Решений ещё не опубликовано.
decision-title = { $place }: решение от { $date }
decision-by = Автор решения: { $name }
decision-why = Обоснование решения
decision-state-accepted = Рекомендация принята без изменений
decision-state-changed = Рекомендация принята с изменениями

## Рекомендация

recommend-criteria = Критерии и веса
recommend-criterion = Критерий
recommend-weight = Вес
recommend-cost = Стоимость

## More

decisions-intro = Решения акима: что было рекомендовано, что решено и почему.
decision-published = Решение опубликовано. Незаметно изменить его нельзя: исправление выйдет новым решением.
