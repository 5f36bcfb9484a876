### Что и к какому сроку публикуют единицы.

disclosure-title = Что опубликовано, а что нет
disclosure-lead = Что каждая бюджетная единица обязана публиковать, к какому сроку и что из этого отмечено как опубликованное.
disclosure-entry = Открытость
disclosure-entry-text = Кто опубликовал то, что обязан, а кто опаздывает?
disclosure-empty = Бюджетных единиц пока нет. Когда будут загружены бюджеты или отчёты, здесь появятся их обязанности.
disclosure-filter = Какие обязанности
disclosure-nothing = Под этот выбор ничего не подходит.
disclosure-obligation = Что публикуется
disclosure-period = За период
disclosure-due = Срок
disclosure-due-unknown = не известен
disclosure-published = Опубликовано
disclosure-standing-label = Состояние
disclosure-standing-overdue = Нет отметки или с опозданием
disclosure-standing-missing = Нет отметки, срок прошёл
disclosure-standing-late = С опозданием
disclosure-standing-on_time = В срок
disclosure-standing-published = Опубликовано, день или срок не известен
disclosure-standing-not_yet_due = Срок не наступил
disclosure-standing-unknown = Срок не известен
disclosure-standing-all = Все
disclosure-law-heading = На каком основании
disclosure-law-intro = Обязанности заданы данными с правовым основанием. Срок с пометкой «не проверено» не прочитан в тексте акта: это параметр, который можно изменить. Отсутствие отметки не доказывает, что публикации не было.
disclosure-term = Срок
disclosure-levels = Кого обязывает
disclosure-basis = Правовое основание
disclosure-unverified = не проверено
disclosure-term-next = до { $date } следующего года
disclosure-term-same = до { $date } этого года
disclosure-term-before = до { $date } предыдущего года
disclosure-note-title = Отметить публикацию
disclosure-note-lead = Что опубликовано, когда и где. Отметка видна всем и остаётся в записи; более поздняя отметка о том же заменяет её.
disclosure-note-link = Отметить публикацию
disclosure-note-one = Отметить
disclosure-note-place-hint = Девять цифр кода КАТО единицы.
disclosure-note-date = Дата публикации
disclosure-note-date-hint = Оставьте пустым, чтобы отозвать прежнюю отметку; тогда причина указывается в примечании.
disclosure-note-address = Адрес
disclosure-note-address-hint = Где это можно прочитать, начиная с https://.
disclosure-note-remark-hint = Что другим следует знать об этой публикации.
disclosure-part-year = Весь год
field-publication-address = Укажите адрес, начинающийся с https:// или http://.
field-publication-future = Дата публикации не может быть позже сегодняшней. Укажите день, когда документ был опубликован.
disclosure-found = { $n ->
    [one] Подходит { $n } обязанность.
    [few] Подходят { $n } обязанности.
    [many] Подходят { $n } обязанностей.
   *[other] Подходят { $n } обязанности.
}
disclosure-missing-days = { $n ->
    [one] Нет отметки, срок прошёл { $n } день назад
    [few] Нет отметки, срок прошёл { $n } дня назад
    [many] Нет отметки, срок прошёл { $n } дней назад
   *[other] Нет отметки, срок прошёл { $n } дня назад
}
disclosure-late-days = { $n ->
    [one] Опоздание { $n } день
    [few] Опоздание { $n } дня
    [many] Опоздание { $n } дней
   *[other] Опоздание { $n } дня
}
disclosure-term-adoption = { $n ->
    [one] { $n } рабочий день после утверждения
    [few] { $n } рабочих дня после утверждения
    [many] { $n } рабочих дней после утверждения
   *[other] { $n } рабочих дня после утверждения
}
disclosure-term-period = { $n ->
    [one] { $n } день после периода
    [few] { $n } дня после периода
    [many] { $n } дней после периода
   *[other] { $n } дня после периода
}
disclosure-day-unknown = опубликовано, день не известен
