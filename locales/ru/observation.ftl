### Показатели территорий.

observation-series-population = Жители на 1 января
