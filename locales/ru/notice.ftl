### Уведомления: что произошло, как сообщать, за чем следить.

told-title = Уведомления
told-lead = То, что касается вас и того, за чем вы следите.
told-none = Уведомлений пока нет
told-none-text = Они появятся, когда вам ответят или когда изменится то, за чем вы следите. Следить за проектом можно с его страницы, раздел «Поделиться».
told-unread = { $n ->
    [one] { $n } непрочитанное уведомление
    [few] { $n } непрочитанных уведомления
    [many] { $n } непрочитанных уведомлений
   *[other] { $n } непрочитанного уведомления
}
told-new = новое
told-read-all = Отметить все прочитанными
told-read-one = Прочитано

## Что произошло

told-reply = На ваш отзыв ответили: «{ $title }».
told-official-answer = Ответило учреждение: «{ $title }».
told-comment-hidden = Модератор скрыл ваш отзыв: «{ $title }». Правило: { $rule }. Вы можете один раз возразить.
told-comment-shown = Ваш отзыв снова виден: «{ $title }».
told-contest-granted = Ваше возражение удовлетворено, отзыв снова виден: «{ $title }».
told-contest-refused = Ваше возражение отклонено, отзыв остаётся скрытым: «{ $title }».
told-project-moved = Проект «{ $title }» перешёл в состояние «{ $status }».
told-project-dates = У проекта «{ $title }» новый плановый срок завершения: { $date }.
told-project-dates-none = У проекта «{ $title }» больше нет планового срока завершения.
told-programme-decided = Принята программа проектов на { $year } год: { $title }.
told-ballot-unfinished = «{ $title }»: ваш бюллетень сохранён, но не сдан. До конца голосования меньше чем { $hours } ч.
told-new-device = В вашу учётную запись вошли с нового устройства: { $device }.
told-new-device-unknown = В вашу учётную запись вошли с нового устройства.
told-reason = Обоснование: { $reason }

## Письма

told-subject = { $n ->
    [one] { $n } уведомление с платформы
    [few] { $n } уведомления с платформы
    [many] { $n } уведомлений с платформы
   *[other] { $n } уведомления с платформы
}
told-subject-messenger = Уведомления платформы
told-open = Открыть на платформе
told-why = Вы получили это сообщение, потому что так настроены ваши уведомления.
told-stop-link = Больше не присылать уведомления этим способом
letter-kind-notice = Уведомление
letter-kind-code = Одноразовый код
letter-kind-account_notice = Безопасность учётной записи

## Настройки

told-settings-title = Настройки уведомлений
told-settings-lead = Для каждого события выберите, как и когда вам о нём сообщать.
told-lang = Язык сообщений
told-lang-kk = қазақша
told-lang-ru = русский
told-lang-en = English
told-zone = Часовой пояс
told-zone-hint = Сводки приходят в семь утра по этому времени, недельные по понедельникам.
told-kind-reply = Ответ на мой отзыв
told-kind-official_answer = Ответ учреждения там, где я писал или за чем слежу
told-kind-comment_moderated = Модератор скрыл или вернул мой отзыв
told-kind-contest_decided = Решение по моему возражению
told-kind-project_moved = Проект, за которым я слежу, перешёл на другую стадию
told-kind-project_dates = У проекта, за которым я слежу, изменился срок
told-kind-programme_decided = Принята программа на территории, за которой я слежу
told-kind-correction_decided = Решение по моему заявлению об исправлении сведений
told-kind-ballot_unfinished = Мой сохранённый бюллетень не сдан, а голосование заканчивается
told-kind-new_device = Вход с нового устройства
told-channel-page = На странице
told-channel-email = Электронная почта
told-channel-phone = SMS
told-channel-telegram = Telegram
told-pace-shown = показывать
told-pace-never = не сообщать
told-pace-at_once = сразу
told-pace-daily = раз в день
told-pace-weekly = раз в неделю
told-missing-email = У вас нет подтверждённого адреса электронной почты, поэтому письма не приходят.
told-missing-phone = У вас нет подтверждённого телефона, поэтому SMS не приходят.
told-stopped = { $channel }: адрес получателя отказался принять сообщение, { $when }. Уведомления этим способом приостановлены.
told-resume = Попробовать снова
told-device-letter = О входе с нового устройства всегда приходит отдельное письмо; его отключить нельзя.
told-messenger-join = Чтобы получать уведомления в Telegram, откройте бота и нажмите «Старт». Ссылка действует полчаса.
told-messenger-open = Открыть Telegram
told-messenger-is = Telegram подключён.
told-messenger-leave = Отключить Telegram
told-messenger-joined = Готово: уведомления будут приходить сюда. Чтобы отключить их, напишите /stop.
told-messenger-left = Уведомления сюда больше не приходят.
told-messenger-how = Чтобы подключить уведомления, откройте на платформе «Настройки уведомлений» и перейдите по ссылке на Telegram.
told-subscriptions = Подписка на проекты по почте без учётной записи
field-follows-many = Одновременно можно следить не более чем за { $max } проектами и территориями.

## Отписка

told-stop-title = Больше не присылать уведомления
told-stop-words = Уведомления перестанут приходить этим способом: { $channel }. На странице уведомлений они останутся.
told-stop-button = Больше не присылать
told-stopped-title = Уведомления отключены
told-stopped-words = Этим способом уведомления больше не приходят. Включить их снова можно в настройках.

## Следить

follow-title = Следить
follow-lead = Вы узнаете об изменениях так, как выбрали в настройках уведомлений.
follow-is-on = Вы следите за этим.
follow-is-off = Вы пока не следите за этим.
follow-begin = Следить
follow-end = Больше не следить
follow-list = За чем я слежу
follow-none = Пока ни за чем. Кнопка «Следить» есть на странице «Поделиться» каждого проекта и на странице территории.
follow-project = Следить за проектом с учётной записью
follow-place = Следить за решениями на этой территории
told-correction-granted = Сведения о вас исправлены по вашему заявлению.
told-correction-refused = В исправлении сведений о вас отказано.

## Messages to browsers

told-channel-push = Браузер
told-push-title = Уведомления в этом браузере
told-push-lead = Сообщение появляется на этом устройстве, даже когда страница закрыта. Каждый браузер подключается отдельно.
told-push-on = Присылать в этот браузер
told-push-is = Подключённые браузеры:
told-push-off = Отключить
told-push-refused = Браузер не дал разрешения. Разрешите уведомления в настройках сайта.
told-push-bad = Ответ браузера непонятен. Попробуйте ещё раз.
follow-feeds = Ваши личные адреса для программ чтения. Кто знает адрес, видит, за чем вы следите.
follow-feed = Лента Atom
follow-calendar = Календарь (iCalendar)
told-push-since = с { $when }
told-push-many = Сообщения уже приходят в { $max } браузеров. Сначала отключите один из них.
told-feed-renew = Создать другой адрес
told-feed-renew-lead = Кто знает эти адреса, тот читает вместе с вами. Если адрес попал в чужие руки, создайте другой: прежние сразу перестанут работать.
told-feed-renewed = У ленты и календаря теперь другой адрес.
