### Figures about territories.

observation-series-population = Residents on 1 January
