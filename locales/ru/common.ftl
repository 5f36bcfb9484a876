### Слова, общие для всех страниц.

## Имя и назначение

site-name = Акимат
site-tagline = Планы, деньги и проекты вашего района на виду
site-description = Открытая платформа, на которой местная власть вместе с жителями планирует, решает, строит и отчитывается.

## Навигация

skip-to-content = Перейти к содержанию
menu-label = Главное меню
menu-open = Меню
menu-home = Главная
menu-places = Территории
menu-budgets = Бюджеты
menu-analysis = Анализ
menu-projects = Проекты
menu-budgeting = Участие
menu-forecasts = Прогнозы
menu-decisions = Решения
menu-admin = Рабочее место
menu-account = Мой профиль
menu-sign-in = Войти
menu-sign-out = Выйти
menu-register = Зарегистрироваться
menu-help = Помощь
menu-about = О платформе
menu-api = API и открытые данные
menu-accessibility = Доступность
menu-source-code = Исходный код
breadcrumbs-label = Где вы находитесь
footer-label = Сведения о платформе
footer-licence = Свободная программа под лицензией EUPL-1.2.

## Языки

language-label = Язык
language-switch = Сменить язык
language-kk = Қазақша
language-ru = Русский
language-en = English
language-name-kk = казахский
language-name-ru = русский
language-name-en = английский
not-translated-kk = Пока не переведено, показано на казахском языке.
not-translated-ru = Пока не переведено, показано на русском языке.
not-translated-en = Пока не переведено, показано на английском языке.

## Кнопки и ссылки

action-save = Сохранить
action-cancel = Отмена
action-search = Найти
action-filter = Фильтр
action-apply = Применить
action-reset = Сбросить
action-send = Отправить
action-edit = Изменить
action-delete = Удалить
action-add = Добавить
action-confirm = Подтвердить
action-close = Закрыть
action-back = Назад
action-next = Далее
action-previous = Вернуться
action-more = Подробнее
action-show-all = Показать все
action-show-map = Показать на карте
action-show-table = Показать таблицей
action-download = Скачать
action-download-csv = Скачать CSV
action-download-xlsx = Скачать XLSX
action-download-json = Скачать JSON
action-print = Напечатать
action-upload = Загрузить файл
action-choose = Выбрать
action-how-computed = Как это посчитано

## Списки и таблицы

search-label = Поиск
sort-label = Порядок
sort-ascending = по возрастанию
sort-descending = по убыванию
filter-all = Все
filter-heading = Отобрать
pagination-label = Страницы
pagination-page = Страница { $page } из { $pages }
pagination-next = Следующая страница
pagination-previous = Предыдущая страница
list-count =
    { $n ->
        [0] Ничего не найдено
        [one] Найдена { $n } запись
        [few] Найдены { $n } записи
        [many] Найдено { $n } записей
       *[other] Найдено { $n } записи
    }
no-data = Нет данных
no-data-short = —
not-known = Не указано
not-known-yet = Пока неизвестно
total = Всего
of-which = в том числе
table-year = Год
table-name = Название
table-value = Значение
table-share = Доля
table-amount = Сумма
table-change = Изменение
table-of-chart = Те же данные таблицей
chart-label = Диаграмма
yes = Да
no = Нет
required = обязательно
optional = необязательно
and-more =
    { $n ->
        [one] и ещё { $n }
        [few] и ещё { $n }
        [many] и ещё { $n }
       *[other] и ещё { $n }
    }

## Единицы

unit-tenge = тенге
unit-thousand-tenge = тыс. тенге
unit-million-tenge = млн тенге
unit-percent = %
unit-points = баллов
unit-in = Единица: { $unit }
money-in-tenge = { $amount } тенге
money-in-thousand-tenge = { $amount } тыс. тенге
money-in-million-tenge = { $amount } млн тенге
money-short-tenge = { $amount } тенге
money-short-thousand = { $amount } тыс. тенге
money-short-million = { $amount } млн тенге
money-short-billion = { $amount } млрд тенге
money-short-trillion = { $amount } трлн тенге
count-days =
    { $n ->
        [one] { $n } день
        [few] { $n } дня
        [many] { $n } дней
       *[other] { $n } дня
    }
count-years =
    { $n ->
        [one] { $n } год
        [few] { $n } года
        [many] { $n } лет
       *[other] { $n } года
    }
count-people =
    { $n ->
        [one] { $n } человек
        [few] { $n } человека
        [many] { $n } человек
       *[other] { $n } человека
    }
count-territories =
    { $n ->
        [one] { $n } территория
        [few] { $n } территории
        [many] { $n } территорий
       *[other] { $n } территории
    }
count-budgets =
    { $n ->
        [one] { $n } бюджет
        [few] { $n } бюджета
        [many] { $n } бюджетов
       *[other] { $n } бюджета
    }
count-projects =
    { $n ->
        [one] { $n } проект
        [few] { $n } проекта
        [many] { $n } проектов
       *[other] { $n } проекта
    }
count-rows =
    { $n ->
        [one] { $n } строка
        [few] { $n } строки
        [many] { $n } строк
       *[other] { $n } строки
    }

## Даты

date-long = { $day } { $month } { $year } г.
date-short = { $day2 }.{ $month2 }.{ $year }
date-time = { $date }, { $time }
date-month-year = { $month } { $year } г.
date-quarter = { $quarter } квартал { $year } г.
date-from = с { $date }
date-until = до { $date }
date-range = { $from } – { $to }
date-today = Сегодня
month-of-1 = января
month-of-2 = февраля
month-of-3 = марта
month-of-4 = апреля
month-of-5 = мая
month-of-6 = июня
month-of-7 = июля
month-of-8 = августа
month-of-9 = сентября
month-of-10 = октября
month-of-11 = ноября
month-of-12 = декабря
month-1 = январь
month-2 = февраль
month-3 = март
month-4 = апрель
month-5 = май
month-6 = июнь
month-7 = июль
month-8 = август
month-9 = сентябрь
month-10 = октябрь
month-11 = ноябрь
month-12 = декабрь
month-short-1 = янв.
month-short-2 = февр.
month-short-3 = мар.
month-short-4 = апр.
month-short-5 = мая
month-short-6 = июн.
month-short-7 = июл.
month-short-8 = авг.
month-short-9 = сент.
month-short-10 = окт.
month-short-11 = нояб.
month-short-12 = дек.
frequency-yearly = по годам
frequency-quarterly = по кварталам
frequency-monthly = по месяцам

## Происхождение сведений

invented-banner = Этот район вымышлен: он показывает, как работает платформа. Его люди, проекты и суммы не настоящие.
invented-mark = вымышленные данные
source-label = Источник
source-file = Файл
source-row = Строка { $row }
source-fingerprint = Отпечаток SHA-256
source-imported = Загружено { $when }
source-link = Открыть первоисточник
source-note = Примечание
source-as-printed = Показано так, как напечатано в источнике.
source-partial = Источник сохранился не полностью: отсутствующая строка не считается ошибкой.
updated-at = Обновлено { $when }
created-at = Создано { $when }
saved = Сохранено.

## More

help-title = Справка
help-intro = Как читать страницы, по каким правилам считаются цифры и где взять данные.
help-read-heading = Как читать
help-read-source = Внизу каждого бюджета указаны источник, файл и его отпечаток SHA-256.
help-read-findings = Противоречие — цифры не сходятся между собой. Платформа их не исправляет, а показывает.
help-read-forecast = Прогноз не обещание: полоса показывает, насколько он может ошибаться.
help-read-decision = Рекомендацию считает платформа, решает человек; публикуется и то и другое.
help-formulas-heading = Формулы показателей
help-formulas-letters = R — доходы, T — налоги, X — полученные трансферты, O = R − X — собственные доходы, E — затраты, V — баланс, P — население.
help-criteria-intro = Польза проекта — сумма произведений веса на балл. Каждый балл от 0 до 100; больше — лучше.
help-criterion-meaning = Что означает
help-accessibility = Страницы работают без JavaScript, с клавиатуры и с программой экранного доступа. Если что-то мешает, сообщите в акимат.
help-open-data = Всё опубликованное доступно в машиночитаемом виде.
source-row-label = Строка
source-imported-label = Загружено
unit-billion-tenge = млрд тенге
