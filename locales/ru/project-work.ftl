# The work of the akimat: my projects, board, portfolio, staff meeting.

desk-work = Моя работа
desk-work-text = Что ждёт вас по проектам: новости, сроки, поручения.
desk-board = Доска стадий
desk-board-text = Проекты территории по стадиям.
desk-portfolio = Портфель проектов
desk-portfolio-text = Сколько проектов и денег: по территориям, отраслям, стадиям и годам.
desk-meeting = Аппаратное совещание
desk-meeting-text = Поручения, тревоги, решения и что изменилось за неделю.
work-tabs = Разделы работы
work-tab-mine = Мои проекты
work-tab-board = Доска
work-tab-portfolio = Портфель
work-tab-meeting = Совещание
work-title = Моя работа
work-lead = Сначала то, что ждёт дольше всего.
work-whose = Чьи проекты
work-whose-own = мои
work-whose-all = все на территории
work-waiting = { $n ->
    [0] Ничего не ждёт
    [one] Ждёт { $n } проект
    [few] Ждут { $n } проекта
    [many] Ждут { $n } проектов
   *[other] Ждут { $n } проекта
}
work-waiting-more = { $n ->
    [one] И ещё { $n } проект.
    [few] И ещё { $n } проекта.
    [many] И ещё { $n } проектов.
   *[other] И ещё { $n } проекта.
}
work-nothing = Всё сделано
work-nothing-text = Ни один проект сейчас не ждёт новости, даты или ответа.
work-need-news = { $n ->
    [one] Новостей нет { $n } день
    [few] Новостей нет { $n } дня
    [many] Новостей нет { $n } дней
   *[other] Новостей нет { $n } дня
}
work-need-end = { $n ->
    [one] Плановый срок прошёл { $n } день назад: нужна новая дата и причина
    [few] Плановый срок прошёл { $n } дня назад: нужна новая дата и причина
    [many] Плановый срок прошёл { $n } дней назад: нужна новая дата и причина
   *[other] Плановый срок прошёл { $n } дня назад: нужна новая дата и причина
}
work-need-milestone = { $n ->
    [one] Этап «{ $title }» ожидался { $n } день назад: отметьте или назовите новую дату
    [few] Этап «{ $title }» ожидался { $n } дня назад: отметьте или назовите новую дату
    [many] Этап «{ $title }» ожидался { $n } дней назад: отметьте или назовите новую дату
   *[other] Этап «{ $title }» ожидался { $n } дня назад: отметьте или назовите новую дату
}
work-need-due = { $n ->
    [one] { $what }: срок прошёл { $n } день назад
    [few] { $what }: срок прошёл { $n } дня назад
    [many] { $what }: срок прошёл { $n } дней назад
   *[other] { $what }: срок прошёл { $n } дня назад
}
work-need-results = { $n ->
    [one] Работы закончены, не измерен { $n } результат
    [few] Работы закончены, не измерены { $n } результата
    [many] Работы закончены, не измерены { $n } результатов
   *[other] Работы закончены, не измерены { $n } результата
}
work-due-task = Поручение совещания
work-due-alert = Ответ на тревогу
work-due-risk = Пересмотр риска
work-due-contract = Срок по договору
work-due-plan = Работа по плану
work-projects = Проекты
work-projects-caption = Последние изменённые сверху
work-projects-none = Проектов нет
work-projects-none-text = За вами не закреплён ни один проект.
work-show-all = Показать все на территории
work-news-fresh = есть
work-board-title = Доска стадий
work-board-lead = Проекты по состояниям. Выберите способ, и столбцами станут стадии его пути.
work-board-basis = На чём основаны стадии: { $basis }.
work-board-empty = Пусто
work-board-until = до
work-board-more = ещё { $n }
work-board-over = Завершённые и прекращённые
work-portfolio-title = Портфель проектов
work-portfolio-lead = Нажмите на строку, чтобы увидеть её часть.
work-portfolio-chosen = Выбрано:
work-portfolio-drop = убрать
work-portfolio-list = Список этих проектов
work-portfolio-caption = Проекты и деньги
work-portfolio-share = Оплачено от плана
work-portfolio-years = Деньги по годам и источникам
work-portfolio-chart = План: { $what }
work-portfolio-one = Делить больше нечего
work-portfolio-one-text = Осталась одна часть. Откройте список проектов или снимите выбор.
work-portfolio-late = { $n ->
    [one] { $n } проект опаздывает
    [few] { $n } проекта опаздывают
    [many] { $n } проектов опаздывают
   *[other] { $n } проекта опаздывают
}
work-portfolio-silent = { $n ->
    [one] { $n } проект давно без новостей
    [few] { $n } проекта давно без новостей
    [many] { $n } проектов давно без новостей
   *[other] { $n } проекта давно без новостей
}
work-portfolio-stopped = { $n ->
    [one] { $n } проект приостановлен
    [few] { $n } проекта приостановлены
    [many] { $n } проектов приостановлены
   *[other] { $n } проекта приостановлены
}
work-meeting-title = Аппаратное совещание
work-meeting-lead = С { $from } по { $to }
work-meeting-span = За какое время
work-meeting-days = { $n ->
    [one] { $n } день
    [few] { $n } дня
    [many] { $n } дней
   *[other] { $n } дня
}
work-print = Распечатать
work-tasks-overdue = Просроченные поручения
work-tasks-overdue-none = Просроченных поручений нет.
work-tasks-open = Поручения в работе
work-tasks-open-none = Поручений в работе нет.
work-task-late = { $n ->
    [one] просрочено на { $n } день
    [few] просрочено на { $n } дня
    [many] просрочено на { $n } дней
   *[other] просрочено на { $n } дня
}
work-task-due = срок
work-task-given = дано
work-task-result = Что сделано
work-task-done = Закрыть поручение
work-task-give = Дать поручение
work-task-number = Номер проекта
work-task-number-hint = Номер в реестре, как он стоит на странице проекта.
work-task-due-on = Срок
work-task-text = Что сделать
work-task-owner = Кто отвечает
work-task-submit = Дать поручение
work-alerts-none = Открытых тревог нет.
work-alert-project = Проект
work-alerts-caption = Открытые тревоги, ближайший срок ответа сверху
work-decisions = Решения о программах
work-decisions-none = За это время решений о программах не было.
work-changed = Что изменилось
work-changed-none = За это время ничего не изменилось.
work-moved = { $when }: стадия «{ $stage }» ({ $by })
work-moved-because = { $when }: стадия «{ $stage }» ({ $by }). Причина: { $reason }
work-news = { $when }: готовность { $percent }. { $body }
work-progress = { $when }: готовность { $percent }
work-edited = { $when }: { $changes }
task-given = Поручение дано
task-done = Поручение закрыто
task-no-project = На вашей территории нет проекта с таким номером.
task-due-before-given = Срок поручения не может быть раньше сегодняшнего дня.
