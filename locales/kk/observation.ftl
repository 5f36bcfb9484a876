### Аумақтар туралы сандар.

observation-series-population = Тұрғындар, 1 қаңтар
