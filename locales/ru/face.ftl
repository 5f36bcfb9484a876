### Реестр проектов для жителей: карта, сравнение, календарь, ленты, подписка по почте, паспорт и табличка.

## Список

face-views = Как показать проекты
face-view-list = Списком
face-view-map = На карте
face-view-calendar = Календарём
face-more-filters = Другие условия
face-year = Год, в котором есть деньги
face-cost-min = Стоимость от, млн тенге
face-cost-max = Стоимость до, млн тенге
face-reach = Участники
face-reach-intermunicipal = Межмуниципальный
face-reach-international = Международный
project-sort-quiet = дольше всего без новостей
face-list-what = Условия
face-list-subscribe = Получать новости по этим условиям на почту
face-list-feed = Лента Atom с этими условиями
face-list-save = Скопировать адрес этого поиска
face-copied = Скопировано
face-copy = Скопировать
face-print = Напечатать

## Карта

face-map-title = Карта проектов
face-map-intro = Где идут проекты. Двигайте и приближайте карту стрелками под ней; справа те же проекты списком.
face-map-alt = Карта с отметками проектов. Тот же перечень стоит рядом с картой.
face-map-found =
    { $n ->
        [0] В этой части карты проектов с такими условиями нет.
        [one] В этой части карты { $n } проект.
        [few] В этой части карты { $n } проекта.
        [many] В этой части карты { $n } проектов.
       *[other] В этой части карты { $n } проекта.
    }
face-map-empty = Здесь нет отметок. Отодвиньте карту или вернитесь ко всем проектам.
face-map-crowd =
    { $n ->
        [one] { $n } проект рядом
        [few] { $n } проекта рядом
        [many] { $n } проектов рядом
       *[other] { $n } проекта рядом
    }
face-map-nearer = приблизить
face-map-as-list = открыть списком
face-map-list = Проекты на карте
face-map-key = Обозначения
face-map-key-crowd = Несколько проектов рядом, с их числом
face-map-move-label = Движение карты
face-map-move-west = На запад
face-map-move-north = На север
face-map-move-south = На юг
face-map-move-east = На восток
face-map-move-in = Ближе
face-map-move-out = Дальше
face-map-move-whole = Показать все проекты
face-map-open-list = Открыть эту часть карты списком
face-map-subscribe = Получать новости о проектах вокруг этого места
face-map-borders = Границы

## Сравнение

face-compare-title = Сравнение проектов
face-compare-intro = От двух до шести проектов рядом: деньги, сроки, риски, результаты.
face-compare-pick = Сравнить
face-compare-button = Сравнить отмеченные
face-compare-hint = Отметьте от двух до шести проектов.
face-compare-none = Сравнивать пока нечего
face-compare-none-text = Отметьте в списке не меньше двух проектов и нажмите «Сравнить отмеченные».
face-compare-left-out = Рядом помещаются шесть проектов. Остальные отмеченные не показаны.
face-compare-key = Знаком ≠ отмечены строки, в которых проекты различаются.
face-compare-caption = Проекты рядом
face-compare-what = Показатель
face-compare-without = Убрать из сравнения
face-compare-differs = Проекты различаются
face-compare-about = О проекте
face-compare-risks = Риски
face-compare-results = Ожидаемые результаты
face-amended = Уточнённый план
face-paid-share = Оплачено от плана
face-invoiced = По счетам
face-programme = Программа
face-partners = Другие территории
face-milestones-reached = Пройдено этапов
face-last-slip = Сдвиг последнего этапа
face-days =
    { $n ->
        [0] без сдвига
        [one] { $n } день
        [few] { $n } дня
        [many] { $n } дней
       *[other] { $n } дня
    }
face-of = { $part } из { $whole }
face-open-risks = Открытых рисков
face-unit-cost = { $target } (за единицу: { $cost })

## Календарь

face-calendar-title = Календарь открытий
face-calendar-intro = Что и когда открывается и какие этапы впереди.
face-calendar-opens = Открытие
face-calendar-opened = Открыт
face-calendar-previous = Предыдущий месяц
face-calendar-next = Следующий месяц
face-calendar-as-list = Показать списком
face-calendar-as-month = Показать месяцем
face-calendar-too-many = Проектов слишком много, поэтому показаны только открытия. Выберите территорию или отрасль, чтобы увидеть этапы.
face-calendar-none = В этом месяце событий нет
face-calendar-none-text = Посмотрите следующий месяц или уберите часть условий.
face-calendar-file = Календарь для телефона и компьютера (ICS)
face-calendar-file-hint = Вставьте адрес этой ссылки в свой календарь как подписку: новые даты появятся там сами.
face-calendar-name = Проекты: { $what }
face-weekday-1 = понедельник
face-weekday-2 = вторник
face-weekday-3 = среда
face-weekday-4 = четверг
face-weekday-5 = пятница
face-weekday-6 = суббота
face-weekday-7 = воскресенье
face-weekday-short-1 = Пн
face-weekday-short-2 = Вт
face-weekday-short-3 = Ср
face-weekday-short-4 = Чт
face-weekday-short-5 = Пт
face-weekday-short-6 = Сб
face-weekday-short-7 = Вс

## Лента

face-feed-title = Новости проектов: { $what }
event-registered = Внесён в реестр: { $to }
event-moved = Состояние изменилось: { $from } → { $to }
event-reason = Причина: { $reason }
event-news = Новость, выполнено { $percent }

## Показать в другом месте

face-share = Поделиться
face-share-title = Поделиться: { $title }
face-share-intro = Новости на почту и в ленту, паспорт для печати, табличка для объекта, карточка для других сайтов.
face-share-more = Табличка, QR-код, карточка для сайта
face-share-tell = Следить за проектом
face-share-subscribe = Получать новости проекта на почту
face-share-feed = Лента новостей проекта (Atom)
face-share-paper = На бумаге
face-share-passport = Паспорт проекта для печати
face-share-pdf = Паспорт проекта (PDF)
face-share-board = Табличка для объекта, лист A4
face-share-qr = QR-код отдельным файлом (SVG)
face-share-embed = На другом сайте
face-share-embed-how = Вставьте этот код на страницу сайта. Карточка показывает состояние, выполнение и сроки и обновляется сама.
face-share-snippet = Код для вставки
face-share-embed-look = Посмотреть карточку
face-board-title = Табличка
face-board-back = К странице «Поделиться»
face-board-scan = Наведите камеру телефона, чтобы увидеть деньги, сроки, фотографии и новости проекта.
face-invented-short = Вымышленный проект демонстрации
face-updated = Обновлено

## Паспорт

face-passport = Паспорт проекта
face-passport-title = Паспорт проекта { $number }
face-passport-fact = Показатель
face-passport-value = Значение
face-passport-none = Сведений нет.
face-passport-date = Дата
face-passport-by = Кто
face-passport-reason = Основание
face-passport-source = Источник: { $link }, версия { $version } от { $changed }. Составлено { $printed }.

## Подписка

face-subscribe-title = Новости на почту
face-subscribe-intro = Письмо придёт, только когда в проектах что-то произойдёт. Отписаться можно одним нажатием из любого письма.
face-subscribe-what = О чём сообщать
face-subscribe-around = Можно следить и шире:
face-subscribe-where = Куда писать
face-subscribe-email = Электронная почта
face-subscribe-email-hint = Например, aliya@example.kz. Сначала придёт письмо с просьбой подтвердить подписку.
field-email = Напишите адрес целиком, например aliya@example.kz.
face-subscribe-frequency = Как часто
face-subscribe-button = Подписаться
face-subscribe-privacy = Адрес хранится, только пока есть хотя бы одна подписка, и используется только для этих писем. Он не связан с вашими голосами и комментариями.
face-subscribe-off-title = Почта не подключена
face-subscribe-off = Администратор ещё не настроил отправку писем. Те же новости есть в ленте Atom.
face-subscribe-feed = Те же новости лентой Atom
face-subscribe-choose = Выбрать другое
face-subscribe-take = Показать, что получится
face-subscribe-map = Выбрать место на карте
face-subscribe-told-title = Проверьте почту
face-subscribe-told =
    { $n ->
        [one] Если письма на этот адрес возможны, скоро придёт письмо со ссылкой. Подпишем, когда вы её откроете и подтвердите; ссылка действует { $n } день.
        [few] Если письма на этот адрес возможны, скоро придёт письмо со ссылкой. Подпишем, когда вы её откроете и подтвердите; ссылка действует { $n } дня.
        [many] Если письма на этот адрес возможны, скоро придёт письмо со ссылкой. Подпишем, когда вы её откроете и подтвердите; ссылка действует { $n } дней.
       *[other] Если письма на этот адрес возможны, скоро придёт письмо со ссылкой. Подпишем, когда вы её откроете и подтвердите; ссылка действует { $n } дня.
    }
face-near = Место: широта и долгота
face-near-hint = Например, 43.238,76.945. Координаты показывает любая карта в телефоне.
face-radius = Радиус, метров
face-confirm-title = Подтвердите подписку
face-confirm-words = Вы просили сообщать на этот адрес:
face-confirm-button = Да, присылайте
face-confirmed = Подписка подтверждена.
face-stop-title = Отписаться
face-stop-words = Больше не сообщать на этот адрес:
face-stop-button = Отписаться
face-stopped-title = Вы отписаны
face-stopped-words = Об этом больше не напишем.
face-stopped-already = Этой подписки уже нет. Делать ничего не нужно.
face-stopped-all = Все подписки удалены вместе с адресом.
face-manage-title = Ваши подписки
face-manage-intro = О чём и как часто мы пишем на ваш адрес.
face-manage-address = Адрес
face-manage-waiting = Ждёт подтверждения из письма
face-manage-none = Подписок нет
face-manage-none-text = Подпишитесь на проект, улицу, отрасль или сохранённый поиск.
face-manage-stop-all = Отписаться от всего и удалить адрес
face-manage-forget = Вместе с последней подпиской удаляется и адрес.

## Что значит сохранённый поиск

search-everything = Все проекты
search-project = Проект «{ $title }»
search-place = Территория: { $place }
search-words = Слова: «{ $words }»
search-status = Состояние: { $names }
search-year = Деньги в { $year } году
search-cost-min = Не дешевле { $cost }
search-cost-max = Не дороже { $cost }
search-near = Не дальше { $metres } м от точки { $point }
search-ends = Окончание с { $first } по { $last }
search-late = Срок прошёл, а проект не завершён
search-silent = Больше 30 дней без новостей
search-real = Без вымышленных проектов
search-bounds = В выбранной части карты

## Письма

mail-frequency-at_once = Сразу
mail-frequency-daily = Раз в день
mail-frequency-weekly = Раз в неделю
mail-confirm-subject = Подтвердите подписку на новости проектов
mail-confirm-what = Кто-то, вероятно вы, попросил сообщать на этот адрес: { $what }.
mail-confirm-frequency = Как часто: { $frequency }.
mail-confirm-link = Чтобы подписаться, откройте эту ссылку и подтвердите:
mail-confirm-ignore =
    { $n ->
        [one] Если это были не вы, ничего не делайте: через { $n } день просьба и адрес будут удалены.
        [few] Если это были не вы, ничего не делайте: через { $n } дня просьба и адрес будут удалены.
        [many] Если это были не вы, ничего не делайте: через { $n } дней просьба и адрес будут удалены.
       *[other] Если это были не вы, ничего не делайте: через { $n } дня просьба и адрес будут удалены.
    }
mail-digest-subject =
    { $n ->
        [one] { $n } новость о проектах
        [few] { $n } новости о проектах
        [many] { $n } новостей о проектах
       *[other] { $n } новости о проектах
    }
mail-digest-subject-one = Новости проекта «{ $title }»
mail-digest-intro = Что произошло. Ваша подписка: { $what }.
mail-digest-more =
    { $n ->
        [one] И ещё { $n } новость на сайте
        [few] И ещё { $n } новости на сайте
        [many] И ещё { $n } новостей на сайте
       *[other] И ещё { $n } новости на сайте
    }
mail-footer-why = Вы получили это письмо, потому что подписались на новости проектов.
mail-footer-stop = Отписаться от этих писем
mail-footer-manage = Все ваши подписки

## Исходящая почта

desk-letters = Исходящие письма
desk-letters-text = Какие письма жителям ждут отправки и какие не приняты.
outbox-title = Исходящие письма
outbox-intro = Письма ждут в базе данных, пока их не примет почтовый сервер. У отправленных писем не остаётся ни адреса, ни текста.
outbox-carrier = Письма уходят через: { $where }
outbox-none = Отправка писем не настроена. Укажите mail.smtp или mail.folder в настройках.
outbox-subscriptions = Адресов: { $people }, подтверждённых подписок: { $confirmed }, ждут подтверждения: { $waiting }
outbox-empty = Писем нет
outbox-empty-text = Здесь появятся письма, когда жители подпишутся на новости проектов.
outbox-created = Составлено
outbox-kind = Вид
outbox-state = Состояние
outbox-attempts = Попыток
outbox-at = Срок или окончание
outbox-fault = Почему не принято
letter-kind-confirm = Просьба подтвердить
letter-kind-digest = Новости
letter-state-queued = Ждёт
letter-state-sent = Отправлено
letter-state-failed = Не принято
