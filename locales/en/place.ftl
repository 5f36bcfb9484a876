### Territories and the map.


## Kinds of territory

place-kind-region = Region
place-kind-capital = Capital
place-kind-republican_city = City of republican significance
place-kind-district = District
place-kind-city_administration = City administration
place-kind-city_district = District in a city
place-kind-town_administration = Town administration
place-kind-rural_okrug = Rural okrug
place-kind-settlement_administration = Settlement administration
place-kind-village_administration = Village administration
place-kind-city = City
place-kind-settlement = Settlement
place-kind-village = Village
place-kind-other_locality = Other locality

## Search

place-search-title = Find a territory
place-search-label = Region, district, city or village
place-search-hint = Write in Kazakh or Russian; Latin letters work too.
place-search-results =
    { $n ->
        [0] Nothing was found for “{ $query }”.
        [one] { $n } territory was found for “{ $query }”.
       *[other] { $n } territories were found for “{ $query }”.
    }
place-search-nothing = Try a shorter name or another language.

## Page of a territory

places-title = Territories
places-intro = The 17 regions and 3 cities of Kazakhstan. Choose a territory to see its budget, projects and decisions.
place-code = KATO code
place-parent = Part of
place-children = Territories within
place-children-none = There are no territories within.
place-valid = Valid from { $from }
place-no-longer-valid = This territory has not existed since { $until }.
place-budgets-none = No budget of this territory has been imported yet.
place-projects-none = No project is registered in this territory yet.
place-open = Open the page of { $name }

## Map

map-title = Map of Kazakhstan
map-caption = Each square is a region or city, roughly in its place. The colour shows the chosen indicator.
map-indicator-label = Indicator
map-indicator-budgets = Number of imported budgets
map-indicator-projects = Number of projects
map-indicator-own_source_share = Share of own revenue
map-indicator-transfer_dependence = Dependence on transfers
map-indicator-units = Number of territories within
map-no-data = No data for this territory
map-legend = What the colours mean
map-legend-low = less
map-legend-high = more

## More

place-forecast-link = Forecast of the budget
place-open-short = Territory
place-validity = Validity
map-note-own_source_share = Share of own revenue in the latest imported budget. The years differ; the table shows them.
map-note-transfer_dependence = Share of transfers in the latest imported budget. The years differ; the table shows them.
map-note-projects = Number of projects in the register.
map-note-units = Number of territorial units by the KATO classifier: as of 17 October 2022 until a newer one is imported.
map-short-100000000 = Abai
map-short-110000000 = Akm
map-short-150000000 = Akt
map-short-190000000 = Alm R
map-short-230000000 = Aty
map-short-270000000 = WKR
map-short-310000000 = Zham
map-short-330000000 = Zhet
map-short-350000000 = Kar
map-short-390000000 = Kos
map-short-430000000 = Kyz
map-short-470000000 = Man
map-short-550000000 = Pav
map-short-590000000 = NKR
map-short-610000000 = Tur
map-short-620000000 = Uly
map-short-630000000 = EKR
map-short-710000000 = Ast
map-short-750000000 = Alm
map-short-790000000 = Shym
