### Қызметкерлердің жұмыс орны.

admin-title = Жұмыс орны
admin-hello = Қош келдіңіз, { $name }
admin-your-place = Сіздің аумағыңыз: { $place }
admin-nothing-waits = Сізді күтіп тұрған іс жоқ.

## Жоба басшысы

admin-projects-heading = Сіздің жобаларыңыз
admin-projects-silent =
    { $n ->
        [one] { $n } жоба бойынша көптен бері жаңалық жоқ
       *[other] { $n } жоба бойынша көптен бері жаңалық жоқ
    }
admin-projects-new = Жаңа жобаны тіркеу
admin-projects-import = Жобаларды файлдан жүктеу

## Талдаушы

admin-budgets-heading = Бюджеттер
admin-budgets-import = Бюджетті файлдан жүктеу
admin-recommend = Ұсыным дайындау
admin-findings-waiting =
    { $n ->
        [one] { $n } сәйкессіздік бар
       *[other] { $n } сәйкессіздік бар
    }

## Әкім

admin-head-heading = Шешім күтіп тұр
admin-head-late = Кешіккен жобалар

## Модератор

admin-moderation-heading = Қаралатын пікірлер

## Әкімші

admin-accounts-heading = Тіркелгілер
admin-account-new = Тіркелгі ашу
admin-account-opened = { $login } тіркелгісі ашылды.
admin-account-login = Логин
admin-account-name = Көрсетілетін есім
admin-account-role = Рөлі
admin-account-place = Аумағы
admin-account-password = Бастапқы құпиясөз
admin-audit-heading = Әрекеттер жазбасы
admin-audit-when = Уақыты
admin-audit-who = Кім
admin-audit-what = Не істелді
admin-audit-empty = Жазба әлі жоқ.
admin-health-heading = Платформаның жай-күйі

## Файлдан жүктеу

import-file = Файл
import-check = Тексеру
import-bad-rows =
    { $n ->
        [0] Қате табылмады
        [one] { $n } қате табылды
       *[other] { $n } қате табылды
    }
import-refused = Файлда қате бар, сондықтан ештеңе сақталмады. Төмендегі жолдарды түзетіп, файлды қайта жүктеңіз.
import-at = { $row }-жол, { $column } бағаны
import-problem = Не түзету керек

## More

admin-account-office = Мекеме
admin-audit-subject = Неге қатысты
audit-operator = платформа операторы
desk-projects-new = Жаңа жобаны тіркеу
desk-projects-new-text = Атауы, құны, мерзімі және күтілетін нәтижесі.
desk-projects-import = Жобаларды файлдан енгізу
desk-projects-import-text = CSV немесе XLSX кестесі. Алдымен тексеріледі.
desk-budgets-import = Бюджетті файлдан енгізу
desk-budgets-import-text = Мәслихат шешімінің қосымшасы, CSV немесе JSON. Теңдіктер бірден тексеріледі.
desk-decisions = Жарияланған шешімдер
desk-decisions-text = Бұрын не шешілді және неге.
desk-moderation = Пікірлерді қарау
desk-moderation-text = Соңғы пікірлер; жасырылса, себебі көрсетіледі.
desk-accounts = Есептік жазбалар
desk-accounts-text = Қызметкерлерге рөл беріп, есептік жазба ашу.
desk-audit = Әрекеттер журналы
desk-audit-text = Кім, қашан және не істеді.
import-budget-exists = Бұл аумақта осы жылға осындай атаумен бюджет бар. Басқа атау беріңіз.
import-result = Тексеру нәтижесі
import-save = Тексеріп, сақтау
import-where = Қай жерде
