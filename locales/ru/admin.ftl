### Рабочее место сотрудников.

admin-title = Рабочее место
admin-hello = Здравствуйте, { $name }
admin-your-place = Ваша территория: { $place }
admin-nothing-waits = Дел, которые вас ждут, нет.

## Руководитель проектов

admin-projects-heading = Ваши проекты
admin-projects-silent =
    { $n ->
        [one] По { $n } проекту давно нет новостей
        [few] По { $n } проектам давно нет новостей
        [many] По { $n } проектам давно нет новостей
       *[other] По { $n } проекта давно нет новостей
    }
admin-projects-new = Внести новый проект
admin-projects-import = Загрузить проекты из файла

## Аналитик

admin-budgets-heading = Бюджеты
admin-budgets-import = Загрузить бюджет из файла
admin-recommend = Подготовить рекомендацию
admin-findings-waiting =
    { $n ->
        [one] Есть { $n } расхождение
        [few] Есть { $n } расхождения
        [many] Есть { $n } расхождений
       *[other] Есть { $n } расхождения
    }

## Аким

admin-head-heading = Ждут решения
admin-head-late = Проекты с опозданием

## Модератор

admin-moderation-heading = Отзывы на рассмотрении

## Администратор

admin-accounts-heading = Учётные записи
admin-account-new = Открыть учётную запись
admin-account-opened = Учётная запись { $login } открыта.
admin-account-login = Логин
admin-account-name = Имя на страницах
admin-account-role = Роль
admin-account-place = Территория
admin-account-password = Начальный пароль
admin-audit-heading = Журнал действий
admin-audit-when = Когда
admin-audit-who = Кто
admin-audit-what = Что сделано
admin-audit-empty = Записей пока нет.
admin-health-heading = Состояние платформы

## Загрузка из файла

import-file = Файл
import-check = Проверить
import-bad-rows =
    { $n ->
        [0] Ошибок не найдено
        [one] Найдена { $n } ошибка
        [few] Найдены { $n } ошибки
        [many] Найдено { $n } ошибок
       *[other] Найдено { $n } ошибки
    }
import-refused = В файле есть ошибки, поэтому ничего не сохранено. Исправьте строки ниже и загрузите файл снова.
import-at = Строка { $row }, столбец { $column }
import-problem = Что исправить

## More

admin-account-office = Учреждение
admin-audit-subject = К чему относится
audit-operator = оператор платформы
desk-projects-new = Зарегистрировать проект
desk-projects-new-text = Название, стоимость, сроки и ожидаемый результат.
desk-projects-import = Загрузить проекты из файла
desk-projects-import-text = Таблица CSV или XLSX. Сначала она проверяется.
desk-budgets-import = Загрузить бюджет из файла
desk-budgets-import-text = Приложение к решению маслихата, CSV или JSON. Тождества проверяются сразу.
desk-decisions = Опубликованные решения
desk-decisions-text = Что решено раньше и почему.
desk-moderation = Просмотреть комментарии
desk-moderation-text = Последние комментарии; если скрыть, причина видна всем.
desk-accounts = Учётные записи
desk-accounts-text = Открыть учётную запись сотруднику и назначить роль.
desk-audit = Журнал действий
desk-audit-text = Кто, когда и что сделал.
import-budget-exists = На этой территории за этот год уже есть бюджет с таким именем. Задайте другое имя.
import-result = Результат проверки
import-save = Проверить и сохранить
import-where = Где
