### Прогнозы.

forecasts-title = Прогнозы
forecast-title = Прогноз: { $series }
forecast-intro = Продолжение считается по цифрам прошлых лет. Прогноз не обещание: полоса показывает, насколько он может ошибиться.
forecast-series = Ряд
forecast-horizon = На сколько шагов вперёд
forecast-period = Период
forecast-point = Прогноз
forecast-fact = Факт
forecast-history = Прошлые годы
forecast-interval-80 = Интервал 80 %
forecast-interval-95 = Интервал 95 %
forecast-lower = Нижняя граница
forecast-upper = Верхняя граница
forecast-naive = Простой способ: повторяется последнее значение
forecast-chart-caption = { $series }: факт и прогноз. Тёмная полоса показывает интервал 80 %, светлая 95 %.
forecast-between = { $period }: с вероятностью 80 % от { $low } до { $high }.
forecast-model = Метод
forecast-model-ets = Экспоненциальное сглаживание (ETS)
forecast-model-theta = Метод Тета
forecast-model-naive = Повторение последнего значения
forecast-model-seasonal_naive = Повторение того же сезона прошлого года
forecast-model-naive2 = Повторение последнего значения без сезонных колебаний

## Насколько точно было раньше

forecast-backtest-heading = Насколько точным этот метод был раньше
forecast-backtest-covered =
    { $n ->
        [one] В { $n } прошлом прогнозе такого рода в интервал { $level } попало { $covered } фактов.
        [few] В { $n } прошлых прогнозах такого рода в интервал { $level } попало { $covered } фактов.
        [many] В { $n } прошлых прогнозах такого рода в интервал { $level } попало { $covered } фактов.
       *[other] В { $n } прошлого прогноза такого рода в интервал { $level } попало { $covered } фактов.
    }
forecast-backtest-error = Средняя ошибка: { $error }
forecast-backtest-few =
    { $n ->
        [one] Для проверки есть только { $n } прошлый прогноз, поэтому относитесь к этим цифрам осторожно.
        [few] Для проверки есть только { $n } прошлых прогноза, поэтому относитесь к этим цифрам осторожно.
        [many] Для проверки есть только { $n } прошлых прогнозов, поэтому относитесь к этим цифрам осторожно.
       *[other] Для проверки есть только { $n } прошлого прогноза, поэтому относитесь к этим цифрам осторожно.
    }
forecast-naive-worse = Ошибка на { $percent } меньше, чем у простого способа.
forecast-naive-better = На этом ряду простой способ оказался точнее, поэтому прогноз опирается на него.
forecast-compare-heading = Сравнение методов
forecast-chosen = выбран

## Почему прогноза нет

forecast-refusal-title = Прогноза нет
forecast-refusal-too-few-points =
    { $have ->
        [one] В этом ряду { $have } значение, а для надёжного интервала нужно не меньше { $need }. Загрузите недостающие годы.
        [few] В этом ряду { $have } значения, а для надёжного интервала нужно не меньше { $need }. Загрузите недостающие годы.
        [many] В этом ряду { $have } значений, а для надёжного интервала нужно не меньше { $need }. Загрузите недостающие годы.
       *[other] В этом ряду { $have } значения, а для надёжного интервала нужно не меньше { $need }. Загрузите недостающие годы.
    }
forecast-refusal-gap = В ряду нет периода { $period }. Сначала загрузите его.
forecast-refusal-not-finite = Одно из значений ряда не является числом. Исправьте его и загрузите снова.
forecast-refusal-constant = Все значения одинаковы, поэтому оценить ошибку нельзя.
forecast-refusal-horizon = Прогноз возможен не более чем на { $max } шагов вперёд. Выберите меньше.
forecast-refusal-too-large = Значения слишком велики для расчёта. Выберите более крупную единицу.

## More

forecast-contradicted = Цифры за эти годы противоречат друг другу, поэтому они не вошли в ряд: { $years }. Противоречия показаны на страницах бюджетов.
forecast-last-budget = последний бюджет
forecast-mase = MASE
forecast-mase-help = MASE — отношение средней ошибки к среднему годовому изменению ряда. Меньше 1 — метод точнее, чем повтор последнего значения.
forecast-mean-error = Средняя ошибка
forecast-weight = Доля в прогнозе
forecast-picture = Прогноз
forecast-naive-better-kept = На этом ряду повтор последнего значения был точнее, но разница может быть случайной: его доля в прогнозе сохранена.
forecast-model-ses = Простое экспоненциальное сглаживание
forecast-model-holt = Метод Хольта
forecast-model-damped = Затухающий тренд
forecast-model-dot = Оптимизированный метод Theta
forecast-model-combined = Среднее методов
