### Реестр проектов.


## Состояния

status-idea = Предложение
status-appraisal = На оценке
status-planned = В плане
status-tender = Идёт конкурс
status-contract = Заключён договор
status-implementing = Выполняется
status-completed = Завершён
status-operating = Эксплуатируется
status-suspended = Приостановлен
status-terminated = Прекращён

## Отрасли

sector-education = Образование
sector-health = Здравоохранение
sector-social = Социальная защита
sector-housing = Жильё
sector-water = Вода и канализация
sector-energy = Тепло, электричество, газ
sector-transport = Дороги и транспорт
sector-improvement = Благоустройство
sector-culture = Культура и спорт
sector-environment = Окружающая среда
sector-agriculture = Сельское хозяйство
sector-digital = Цифровые услуги и связь

## Вид, способ, уровень, источник денег

kind-infrastructure = Инфраструктурный
kind-social = Социальный
kind-energy = Энергетический
kind-innovation = Инновационный
modality-budget = Бюджетные инвестиции
modality-ppp = Государственно-частное партнёрство
modality-grant = Грант
modality-participatory = Бюджет народного участия
project-level-national = Республиканский
project-level-regional = Областной
project-level-district = Районный
project-level-local = Сельский
money-source-own = Собственные доходы бюджета
money-source-transfer = Трансферт из вышестоящего бюджета
money-source-private = Частный партнёр
money-source-grant = Гранты и пожертвования

## Список

projects-title = Проекты
projects-title-of = { $place }: проекты
projects-intro = Что строится, сколько стоит и когда будет готово.
projects-found =
    { $n ->
        [0] Проектов с такими условиями нет.
        [one] Найден { $n } проект.
        [few] Найдены { $n } проекта.
        [many] Найдено { $n } проектов.
       *[other] Найдено { $n } проекта.
    }
projects-empty = Таких проектов нет. Попробуйте убрать один из фильтров.
projects-search-label = Название, номер или подрядчик
project-sort-updated = недавно обновлённые
project-sort-title = по названию
project-sort-planned = по стоимости
project-sort-ends_on = по дате окончания
project-sort-progress = по выполнению
project-sort-rating = по оценке жителей

## Страница проекта

project-number = Номер в реестре
project-title = Название
project-summary = Коротко
project-place = Территория
project-sector = Отрасль
project-kind = Вид
project-modality = Способ выполнения
project-level = Уровень
project-status = Состояние
project-progress = Выполнение
project-progress-of = Выполнено { $percent }
project-contractor = Подрядчик
project-contractor-none = Подрядчик ещё не выбран.
project-manager = Руководитель проекта
project-dates = Сроки
project-starts = Начало
project-ends = Окончание
project-money = Деньги
project-money-caption = По годам и источникам
project-planned = По плану
project-contracted = По договорам
project-paid = Оплачено
project-money-source = Источник
project-money-none = Стоимость проекта пока неизвестна.
project-paid-of-planned = Из { $planned } по плану оплачено { $paid }.
project-milestones = Этапы
project-milestone = Этап
project-milestone-planned = План
project-milestone-forecast = Ожидается
project-milestone-actual = Факт
project-milestone-late =
    { $n ->
        [one] опаздывает на { $n } день
        [few] опаздывает на { $n } дня
        [many] опаздывает на { $n } дней
       *[other] опаздывает на { $n } дня
    }
project-milestones-none = Этапы ещё не намечены.
project-results = Ожидаемые результаты
project-result = Результат
project-result-unit = Единица
project-result-baseline = До проекта
project-result-target = Цель
project-result-measured = Измерено
project-results-none = Ожидаемые результаты ещё не описаны.
project-news = Новости
project-news-none = Новостей об этом проекте ещё не было.
project-news-silence =
    { $n ->
        [one] Новостей нет { $n } день
        [few] Новостей нет { $n } дня
        [many] Новостей нет { $n } дней
       *[other] Новостей нет { $n } дня
    }
project-news-by = { $name }, { $when }
project-history = История состояний
project-history-registered = Внесён в реестр: { $to }
project-history-moved = { $from } → { $to }
project-history-reason = Причина: { $reason }
project-location = Где находится
project-location-coordinates = Широта { $lat }, долгота { $lon }
project-location-none = Место на карте не указано.
project-scores = Оценки по критериям
project-decision = Решение

## Правка

project-edit-title = Изменить проект
project-new-title = Внести проект в реестр
project-edit-saved = Проект сохранён. Изменения видны на его странице.
project-edit-title-kk = Название на казахском
project-edit-title-ru = Название на русском
project-edit-title-en = Название на английском
project-edit-summary-kk = Краткое описание на казахском
project-edit-summary-ru = Краткое описание на русском
project-edit-summary-en = Краткое описание на английском
project-post-title = Опубликовать новость
project-post-body = Что сделано и что дальше
project-post-hint = Пишите коротко и понятно жителям. Запись появится на странице проекта.
project-post-progress = Процент выполнения сейчас, от 0 до 100
project-post-status = Новое состояние (если изменилось)
project-post-status-same = Без изменений
project-post-reason = Почему меняется состояние
project-post-submit = Опубликовать
project-posted = Новость опубликована.

## More

project-edit-lat = Широта, градусы
project-edit-lon = Долгота, градусы
project-exclusive-group = Группа взаимоисключающих проектов
project-exclusive-group-hint = Из проектов одной группы финансируется только один.
project-facts = Основные сведения
project-milestone-delay = Опоздание
project-milestone-reached-late = { $n ->
    [one] завершён на { $n } день позже
    [few] завершён на { $n } дня позже
    [many] завершён на { $n } дней позже
   *[other] завершён на { $n } дня позже
}
