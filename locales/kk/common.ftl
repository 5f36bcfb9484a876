### Барлық бетке ортақ сөздер.

## Атауы мен мақсаты

site-name = Әкімат
site-tagline = Ауданыңыздың жоспары, қаражаты мен жобалары көз алдыңызда
site-description = Жергілікті билік тұрғындармен бірге жоспарлайтын, шешім қабылдайтын, іске асыратын және есеп беретін ашық платформа.

## Навигация

skip-to-content = Мазмұнға өту
menu-label = Негізгі мәзір
menu-open = Мәзір
menu-home = Басты бет
menu-places = Аумақтар
menu-budgets = Бюджеттер
menu-analysis = Талдау
menu-projects = Жобалар
menu-budgeting = Қатысу
menu-forecasts = Болжамдар
menu-decisions = Шешімдер
menu-admin = Жұмыс орны
menu-account = Менің профилім
menu-sign-in = Кіру
menu-sign-out = Шығу
menu-register = Тіркелу
menu-help = Көмек
menu-about = Платформа туралы
menu-api = API және ашық деректер
menu-accessibility = Қолжетімділік
menu-source-code = Бастапқы код
breadcrumbs-label = Сіз осы жердесіз
footer-label = Платформа туралы мәлімет
footer-licence = EUPL-1.2 лицензиясымен таратылатын еркін бағдарлама.

## Тілдер

language-label = Тіл
language-switch = Тілді ауыстыру
language-kk = Қазақша
language-ru = Русский
language-en = English
language-name-kk = қазақ тілі
language-name-ru = орыс тілі
language-name-en = ағылшын тілі
not-translated-kk = Әзірге аударылмаған, қазақ тілінде көрсетілді.
not-translated-ru = Әзірге аударылмаған, орыс тілінде көрсетілді.
not-translated-en = Әзірге аударылмаған, ағылшын тілінде көрсетілді.

## Батырмалар мен сілтемелер

action-save = Сақтау
action-cancel = Бас тарту
action-search = Іздеу
action-filter = Сүзгі
action-apply = Қолдану
action-reset = Тазарту
action-send = Жіберу
action-edit = Өзгерту
action-delete = Жою
action-add = Қосу
action-confirm = Растау
action-close = Жабу
action-back = Артқа
action-next = Келесі
action-previous = Алдыңғы
action-more = Толығырақ
action-show-all = Барлығын көрсету
action-show-map = Картада көрсету
action-show-table = Кесте түрінде көрсету
action-download = Жүктеп алу
action-download-csv = CSV жүктеп алу
action-download-xlsx = XLSX жүктеп алу
action-download-json = JSON жүктеп алу
action-print = Басып шығару
action-upload = Файл жүктеу
action-choose = Таңдау
action-how-computed = Бұл қалай есептелді

## Тізімдер мен кестелер

search-label = Іздеу
sort-label = Реті
sort-ascending = өсу ретімен
sort-descending = кему ретімен
filter-all = Барлығы
filter-heading = Іріктеу
pagination-label = Беттер
pagination-page = { $pages } беттің { $page }-беті
pagination-next = Келесі бет
pagination-previous = Алдыңғы бет
list-count =
    { $n ->
        [0] Ештеңе табылмады
        [one] { $n } жазба табылды
       *[other] { $n } жазба табылды
    }
no-data = Дерек жоқ
no-data-short = —
not-known = Көрсетілмеген
not-known-yet = Әзірге белгісіз
total = Барлығы
of-which = оның ішінде
table-year = Жыл
table-name = Атауы
table-value = Мәні
table-share = Үлесі
table-amount = Сома
table-change = Өзгерісі
table-of-chart = Сол деректер кесте түрінде
chart-label = Диаграмма
yes = Иә
no = Жоқ
required = міндетті
optional = міндетті емес
and-more =
    { $n ->
        [one] және тағы { $n }
       *[other] және тағы { $n }
    }

## Өлшем бірліктері

unit-tenge = теңге
unit-thousand-tenge = мың теңге
unit-million-tenge = млн теңге
unit-percent = %
unit-points = балл
unit-in = Өлшем бірлігі: { $unit }
money-in-tenge = { $amount } теңге
money-in-thousand-tenge = { $amount } мың теңге
money-in-million-tenge = { $amount } млн теңге
money-short-tenge = { $amount } теңге
money-short-thousand = { $amount } мың теңге
money-short-million = { $amount } млн теңге
money-short-billion = { $amount } млрд теңге
money-short-trillion = { $amount } трлн теңге
count-days =
    { $n ->
        [one] { $n } күн
       *[other] { $n } күн
    }
count-years =
    { $n ->
        [one] { $n } жыл
       *[other] { $n } жыл
    }
count-people =
    { $n ->
        [one] { $n } адам
       *[other] { $n } адам
    }
count-territories =
    { $n ->
        [one] { $n } аумақ
       *[other] { $n } аумақ
    }
count-budgets =
    { $n ->
        [one] { $n } бюджет
       *[other] { $n } бюджет
    }
count-projects =
    { $n ->
        [one] { $n } жоба
       *[other] { $n } жоба
    }
count-rows =
    { $n ->
        [one] { $n } жол
       *[other] { $n } жол
    }

## Күндер

date-long = { $year } жылғы { $day } { $month }
date-short = { $day2 }.{ $month2 }.{ $year }
date-time = { $date }, { $time }
date-month-year = { $year } жылғы { $month }
date-quarter = { $year } жылғы { $quarter } тоқсан
date-from = { $date } күнінен бастап
date-until = { $date } күніне дейін
date-range = { $from } – { $to }
date-today = Бүгін
month-of-1 = қаңтар
month-of-2 = ақпан
month-of-3 = наурыз
month-of-4 = сәуір
month-of-5 = мамыр
month-of-6 = маусым
month-of-7 = шілде
month-of-8 = тамыз
month-of-9 = қыркүйек
month-of-10 = қазан
month-of-11 = қараша
month-of-12 = желтоқсан
month-1 = қаңтар
month-2 = ақпан
month-3 = наурыз
month-4 = сәуір
month-5 = мамыр
month-6 = маусым
month-7 = шілде
month-8 = тамыз
month-9 = қыркүйек
month-10 = қазан
month-11 = қараша
month-12 = желтоқсан
month-short-1 = қаң.
month-short-2 = ақп.
month-short-3 = нау.
month-short-4 = сәу.
month-short-5 = мам.
month-short-6 = мау.
month-short-7 = шіл.
month-short-8 = там.
month-short-9 = қыр.
month-short-10 = қаз.
month-short-11 = қар.
month-short-12 = жел.
frequency-yearly = жылдар бойынша
frequency-quarterly = тоқсандар бойынша
frequency-monthly = айлар бойынша

## Деректің шығу тегі

invented-banner = Бұл аудан ойдан шығарылған: ол платформаның қалай жұмыс істейтінін көрсетеді. Ондағы адамдар, жобалар мен сомалар шынайы емес.
invented-mark = ойдан шығарылған деректер
source-label = Дереккөз
source-file = Файл
source-row = { $row }-жол
source-fingerprint = SHA-256 таңбасы
source-imported = Жүктелген уақыты: { $when }
source-link = Түпнұсқаны ашу
source-note = Ескертпе
source-as-printed = Дереккөзде қалай басылса, солай көрсетілді.
source-partial = Дереккөз толық сақталмаған: жетіспейтін жол қате деп саналмайды.
updated-at = Жаңартылған уақыты: { $when }
created-at = Құрылған уақыты: { $when }
saved = Сақталды.

## More

help-title = Анықтама
help-intro = Беттерді қалай оқу керек, сандар қандай ережемен есептеледі және деректерді қайдан алуға болады.
help-read-heading = Қалай оқу керек
help-read-source = Әр бюджеттің төменгі жағында дереккөзі, файлы және оның SHA-256 таңбасы тұр.
help-read-findings = Қайшылық — сандардың өзара сәйкес келмеуі. Платформа оларды түзетпейді, көрсетеді.
help-read-forecast = Болжам — уәде емес: жолақ қателіктің қаншалықты болуы мүмкін екенін көрсетеді.
help-read-decision = Ұсынысты платформа есептейді, шешімді адам қабылдайды; екеуі де жарияланады.
help-formulas-heading = Көрсеткіштердің формулалары
help-formulas-letters = R — кірістер, T — салық, X — алынған трансферттер, O = R − X — өз кірістері, E — шығындар, V — баланс, P — халық саны.
help-criteria-intro = Жобаның пайдасы — салмақ пен баллдың көбейтінділерінің қосындысы. Әр балл 0-ден 100-ге дейін; көбірек болса, жақсырақ.
help-criterion-meaning = Мағынасы
help-accessibility = Беттер JavaScript-сіз, пернетақтамен және экран оқығышпен жұмыс істейді. Кедергі кездессе, әкімдікке хабарлаңыз.
help-open-data = Жарияланғанның бәрін машина оқитын түрде алуға болады.
source-row-label = Жол
source-imported-label = Енгізілген уақыты
unit-billion-tenge = млрд теңге
