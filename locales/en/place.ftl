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
