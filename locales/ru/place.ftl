### Территории и карта.


## Виды территорий

place-kind-region = Область
place-kind-capital = Столица
place-kind-republican_city = Город республиканского значения
place-kind-district = Район
place-kind-city_administration = Городская администрация
place-kind-city_district = Район в городе
place-kind-town_administration = Администрация города районного значения
place-kind-rural_okrug = Сельский округ
place-kind-settlement_administration = Поселковая администрация
place-kind-village_administration = Сельская администрация
place-kind-city = Город
place-kind-settlement = Посёлок
place-kind-village = Село
place-kind-other_locality = Иной населённый пункт

## Поиск

place-search-title = Найти территорию
place-search-label = Область, район, город или село
place-search-hint = Пишите по-казахски или по-русски. Найдётся, даже если раскладка не переключена.
place-search-results =
    { $n ->
        [0] По запросу «{ $query }» ничего не найдено.
        [one] По запросу «{ $query }» найдена { $n } территория.
        [few] По запросу «{ $query }» найдены { $n } территории.
        [many] По запросу «{ $query }» найдено { $n } территорий.
       *[other] По запросу «{ $query }» найдено { $n } территории.
    }
place-search-nothing = Попробуйте сократить название или написать его на другом языке.

## Страница территории

places-title = Территории
places-intro = 17 областей и 3 города Казахстана. Выберите территорию, чтобы увидеть её бюджет, проекты и решения.
place-code = Код КАТО
place-parent = Входит в состав
place-children = Территории в составе
place-children-none = Других территорий в составе нет.
place-valid = Действует с { $from }
place-no-longer-valid = Эта территория не существует с { $until }.
place-budgets-none = Бюджеты этой территории ещё не загружены.
place-projects-none = На этой территории ещё нет проектов в реестре.
place-open = Открыть страницу: { $name }

## Карта

map-title = Карта Казахстана
map-caption = Каждый квадрат обозначает область или город примерно на своём месте. Цвет показывает выбранный показатель.
map-indicator-label = Показатель
map-indicator-budgets = Число загруженных бюджетов
map-indicator-projects = Число проектов
map-indicator-own_source_share = Доля собственных доходов
map-indicator-transfer_dependence = Зависимость от трансфертов
map-indicator-units = Число территорий в составе
map-no-data = По этой территории нет данных
map-legend = Что означают цвета
map-legend-low = меньше
map-legend-high = больше

## More

place-forecast-link = Прогноз бюджета
place-open-short = Территория
place-validity = Действует
map-note-own_source_share = Доля собственных доходов в последнем загруженном бюджете. Годы разные, они указаны в таблице.
map-note-transfer_dependence = Доля трансфертов в последнем загруженном бюджете. Годы разные, они указаны в таблице.
map-note-projects = Число проектов в реестре.
map-note-units = Число территориальных единиц по классификатору КАТО: на 17 октября 2022 года, пока не загружен более новый.
map-short-100000000 = Абай
map-short-110000000 = Акм
map-short-150000000 = Акт
map-short-190000000 = Алм о
map-short-230000000 = Аты
map-short-270000000 = ЗКО
map-short-310000000 = Жам
map-short-330000000 = Жет
map-short-350000000 = Кар
map-short-390000000 = Кос
map-short-430000000 = Кыз
map-short-470000000 = Ман
map-short-550000000 = Пав
map-short-590000000 = СКО
map-short-610000000 = Тур
map-short-620000000 = Улы
map-short-630000000 = ВКО
map-short-710000000 = Аст
map-short-750000000 = Алм
map-short-790000000 = Шым
