### Forecasts.

forecasts-title = Forecasts
forecast-title = Forecast: { $series }
forecast-intro = The continuation is computed from past figures. A forecast is no promise: the band shows how far off it may be.
forecast-series = Series
forecast-horizon = Steps ahead
forecast-period = Period
forecast-point = Forecast
forecast-fact = Fact
forecast-history = History
forecast-interval-80 = 80% interval
forecast-interval-95 = 95% interval
forecast-lower = Lower bound
forecast-upper = Upper bound
forecast-naive = Naive method: the last value repeats
forecast-chart-caption = { $series }: facts and forecast. The dark band is the 80% interval, the light band the 95% interval.
forecast-between = { $period }: between { $low } and { $high } with 80% probability.
forecast-model = Method
forecast-model-ets = Exponential smoothing (ETS)
forecast-model-theta = Theta method
forecast-model-naive = Last value repeated
forecast-model-seasonal_naive = Same season of last year repeated
forecast-model-naive2 = Last value repeated after removing the season

## The track record

forecast-backtest-heading = How accurate this method has been
forecast-backtest-covered =
    { $n ->
        [one] In { $n } past forecast of this kind { $covered } of the facts fell inside the { $level } interval.
       *[other] In { $n } past forecasts of this kind { $covered } of the facts fell inside the { $level } interval.
    }
forecast-backtest-error = Mean error: { $error }
forecast-backtest-few =
    { $n ->
        [one] Only { $n } past forecast is available for the check, so treat these figures with caution.
       *[other] Only { $n } past forecasts are available for the check, so treat these figures with caution.
    }
forecast-naive-worse = The error is { $percent } smaller than that of the naive method.
forecast-naive-better = On this series the naive method was more accurate, so the forecast relies on it.
forecast-compare-heading = Methods compared
forecast-chosen = chosen

## Why there is no forecast

forecast-refusal-title = No forecast is given
forecast-refusal-too-few-points =
    { $have ->
        [one] This series has { $have } value, and an honest interval needs at least { $need }. Please import the missing years.
       *[other] This series has { $have } values, and an honest interval needs at least { $need }. Please import the missing years.
    }
forecast-refusal-gap = The series lacks { $period }. Please import it first.
forecast-refusal-not-finite = One of the values is not a number. Please correct it and import it again.
forecast-refusal-constant = All values are the same, so the error cannot be estimated.
forecast-refusal-horizon = A forecast is possible at most { $max } steps ahead. Please choose fewer.
forecast-refusal-too-large = The values are too large to compute with. Please choose a larger unit.

## More

forecast-contradicted = The figures of these years contradict each other, so they were left out of the series: { $years }. The contradictions are shown on the pages of the budgets.
forecast-last-budget = latest budget
forecast-mase = MASE
forecast-mase-help = MASE is the mean error divided by the mean yearly change of the series. Below 1 the method is more accurate than repeating the last value.
forecast-mean-error = Mean error
forecast-weight = Share in the forecast
forecast-picture = Forecast
forecast-naive-better-kept = On this series repeating the last value was more accurate, but the difference may be chance: it keeps its share in the forecast.
forecast-model-ses = Simple exponential smoothing
forecast-model-holt = Holt’s method
forecast-model-damped = Damped trend
forecast-model-dot = Optimised Theta
forecast-model-combined = Mean of the methods
