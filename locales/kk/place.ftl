### Аумақтар мен карта.


## Аумақ түрлері

place-kind-region = Облыс
place-kind-capital = Астана
place-kind-republican_city = Республикалық маңызы бар қала
place-kind-district = Аудан
place-kind-city_administration = Қала әкімдігі
place-kind-city_district = Қаладағы аудан
place-kind-town_administration = Аудандық маңызы бар қала әкімдігі
place-kind-rural_okrug = Ауылдық округ
place-kind-settlement_administration = Кент әкімдігі
place-kind-village_administration = Ауыл әкімдігі
place-kind-city = Қала
place-kind-settlement = Кент
place-kind-village = Ауыл
place-kind-other_locality = Басқа елді мекен

## Іздеу

place-search-title = Аумақты табу
place-search-label = Облыс, аудан, қала немесе ауыл
place-search-hint = Қазақша немесе орысша жазыңыз. Пернетақта тілі ауыспай қалса да табылады.
place-search-results =
    { $n ->
        [0] «{ $query }» бойынша ештеңе табылмады.
        [one] «{ $query }» бойынша { $n } аумақ табылды.
       *[other] «{ $query }» бойынша { $n } аумақ табылды.
    }
place-search-nothing = Атауды қысқартып немесе басқа тілде жазып көріңіз.

## Аумақ беті

places-title = Аумақтар
places-intro = Қазақстанның 17 облысы мен 3 қаласы. Аумақты таңдап, бюджетін, жобалары мен шешімдерін көріңіз.
place-code = ӘАОЖ коды
place-parent = Құрамына кіретін аумақ
place-children = Құрамындағы аумақтар
place-children-none = Құрамында басқа аумақ жоқ.
place-valid = { $from } күнінен бастап қолданыста
place-no-longer-valid = Бұл аумақ { $until } күнінен бері жұмыс істемейді.
place-budgets-none = Бұл аумақтың бюджеті әлі жүктелмеген.
place-projects-none = Бұл аумақта тіркелген жоба әлі жоқ.
place-open = { $name } бетін ашу

## Карта

map-title = Қазақстан картасы
map-caption = Әр шаршы бір облыс немесе қала, шамамен өз орнында. Түсі таңдалған көрсеткішті білдіреді.
map-indicator-label = Көрсеткіш
map-indicator-budgets = Жүктелген бюджеттер саны
map-indicator-projects = Жобалар саны
map-indicator-own_source_share = Өз кірістерінің үлесі
map-indicator-transfer_dependence = Трансферттерге тәуелділік
map-indicator-units = Құрамындағы аумақтар саны
map-no-data = Бұл аумақ бойынша дерек жоқ
map-legend = Түстердің мағынасы
map-legend-low = аз
map-legend-high = көп

## More

place-forecast-link = Бюджет болжамы
place-open-short = Аумақ
place-validity = Қолданылуы
map-note-own_source_share = Соңғы енгізілген бюджеттегі өз кірістерінің үлесі. Жылдары әртүрлі, кестеде көрсетілген.
map-note-transfer_dependence = Соңғы енгізілген бюджеттегі трансферттердің үлесі. Жылдары әртүрлі, кестеде көрсетілген.
map-note-projects = Тізілімдегі жобалар саны.
map-note-units = ӘАОЖ жіктеуіші бойынша аумақтық бірліктер саны: жаңасы енгізілгенше 2022 жылғы 17 қазандағы жағдай.
map-short-100000000 = Абай
map-short-110000000 = Ақм
map-short-150000000 = Ақт
map-short-190000000 = Алм о
map-short-230000000 = Аты
map-short-270000000 = БҚО
map-short-310000000 = Жам
map-short-330000000 = Жет
map-short-350000000 = Қар
map-short-390000000 = Қос
map-short-430000000 = Қыз
map-short-470000000 = Маң
map-short-550000000 = Пав
map-short-590000000 = СҚО
map-short-610000000 = Түр
map-short-620000000 = Ұлы
map-short-630000000 = ШҚО
map-short-710000000 = Аст
map-short-750000000 = Алм
map-short-790000000 = Шым
