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
forecast-lower = Lower bound
forecast-upper = Upper bound
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

## The page of a line

forecast-frequency = How often
forecast-prices = Prices
forecast-prices-current = of each year
forecast-prices-constant = of one year, without inflation
forecast-levels = Intervals
forecast-interval = { $level } interval
forecast-plan = Plan
forecast-past = What the method would have said a step before
forecast-past-help = For each period the same method was fitted to what was known before it, with the shares that the models have today.
forecast-caption = { $series }: facts and forecast. The darker the band, the more often the fact should lie outside of it.
forecast-between-covered =
    { $n ->
        [one] { $period }: between { $low } and { $high } with 80% probability; in { $n } past forecast of this kind { $covered } of the facts fell inside.
       *[other] { $period }: between { $low } and { $high } with 80% probability; in { $n } past forecasts of this kind { $covered } of the facts fell inside.
    }
forecast-in-prices = All amounts are in prices of { $year }. Source of the price series: { $source }.
forecast-beyond-prices = The price series does not reach these periods, so they were left out: { $periods }.
forecast-refusal-no-prices = No series of prices is stored, so amounts cannot be put into prices of one year. Choose the prices of each year, or import the deflator.
forecast-quarters =
    { $n ->
        [one] { $n } quarter
       *[other] { $n } quarters
    }
forecast-months =
    { $n ->
        [one] { $n } month
       *[other] { $n } months
    }
forecast-models-link = How forecasts are made, and by which models

## A coming year

forecast-next-short = budget of the next year
forecast-next-link = The whole budget of the next year
forecast-line-link = One line over the years
forecast-next-title = Expected budget for { $year }: { $place }
forecast-next-title-empty = Expected budget of the next year: { $place }
forecast-next-intro = What revenue and expenditure by function would be if the past went on, with the plan beside. It is no proposal and no plan.
forecast-next-empty = No budget with totals is stored for this territory. Choose another one.
forecast-next-about = Past figures: { $stage }, up to { $last }.
forecast-next-range = 80% range: { $low } to { $high }
forecast-next-revenue = Revenue in { $year }: { $place }
forecast-next-expenditure = Expenditure by function in { $year }: { $place }
forecast-next-panels = A panel a line, all on one scale: facts, the forecast, both ends of its range.
forecast-next-note = Lower and upper bound: the { $level } interval. The lines of a total add up to it exactly.
forecast-next-fact = Fact, { $year }
forecast-next-plan = Plan, { $year }
forecast-next-point = Forecast, { $year }
forecast-next-change = Change against the fact
forecast-next-beside = Plan beside the range
forecast-next-below = below
forecast-next-within = inside
forecast-next-above = above
forecast-next-remarks = What is not a forecast here
forecast-next-repeated = { $line }: the last figure is repeated so that the sum is whole. { $why }
forecast-next-ended = { $line }: last stated in { $year }, left out.
forecast-next-method = Each line and each total is forecast by itself. Then they are made coherent: each figure moves the more, the less sure it was in the past, until the lines add up to their totals to the tiyn (MinT with shrinkage; with few past years totals are simply the sums of their lines). Ranges move along, and their width follows the past errors after this step.

## Models

forecast-models-title = How forecasts are made
forecast-models-intro = Every forecast is the answer of several models. None of them sees anything later than the last figure of the series.
forecast-models-steps = Steps
forecast-models-step-refuse = A series that is too short, constant or full of gaps gets no forecast, but the reason.
forecast-models-step-fit = Every model is fitted to the series.
forecast-models-step-backtest = The series is cut at earlier dates, every model continues it from there, and its errors against the facts are kept.
forecast-models-step-mix = Models with smaller errors get larger shares; with few past forecasts the shares stay close to equal. Where repeating the last figure was clearly better, it stands alone.
forecast-models-step-interval = Intervals are as wide as the past errors of this and of similar series demand.
forecast-models-list = Models
forecast-about-naive = Repeats the last figure. Every other model must beat it.
forecast-about-seasonal_naive = Repeats the figure of the same month or quarter a year before.
forecast-about-naive2 = Repeats the last figure after the season has been taken out, as in the M4 competition.
forecast-about-ses = A level that follows the newest figures more than old ones. Gardner 1985.
forecast-about-holt = A level and a trend, both smoothed. Holt 1957.
forecast-about-damped = A level and a trend that fades out. Gardner and McKenzie 1985.
forecast-about-ets = Level, trend and season in all admissible combinations, mixed by the Akaike criterion. Hyndman and others 2008.
forecast-about-theta = Half of a trend line and half of a smoothed level; the shares are estimated. Assimakopoulos and Nikolopoulos 2000.
forecast-about-dot = The Theta method with its parameters chosen for the series. Fiorucci and others 2016.
forecast-about-ces = Complex exponential smoothing: level and potential move together. Svetunkov and others 2022.
forecast-about-arima = Autoregression, differences and moving averages, chosen automatically. Hyndman and Khandakar 2008.
forecast-about-croston = For series with many zeros: how often and how much, separately. Croston 1972.
forecast-about-tsb = As Croston’s, but the chance of demand falls while nothing comes. Teunter, Syntetos and Babai 2011.
forecast-about-negbin = Counts with more spread than chance alone: a smoothed mean and the negative binomial law. Snyder, Ord and Beaumont 2012.
forecast-about-neural = A small network trained on many public series; see its card below.
forecast-card-title = Card of the neural model
forecast-card-intro = What it was trained on, how well it did, and where it does worse.
forecast-card-absent = This build carries no neural model. All forecasts come from the models above.
forecast-budget-about = How these figures may go on, with ranges, past errors and the plan beside.
forecast-refusal-repeated = { $period } stands twice in the series. Leave one of the two out.
forecast-refusal-mixed = The series mixes years, quarters and months. Keep to one of them.
forecast-about-ets_auto = All admissible kinds of exponential smoothing, one chosen by the Akaike criterion. Hyndman and others 2008.
forecast-about-sba = Croston’s method with the correction for its bias. Syntetos and Boylan 2005.
forecast-model-ets_auto = Exponential smoothing, one kind chosen
forecast-model-ces = Complex exponential smoothing
forecast-model-arima = ARIMA
forecast-model-croston = Croston’s method
forecast-model-sba = Croston’s method, corrected
forecast-model-tsb = Method of Teunter, Syntetos and Babai
forecast-model-negbin = Negative binomial counts
forecast-model-neural = Neural network
forecast-model-plan_as_is = Plan as it stands
forecast-model-linear = The pace since January goes on
forecast-model-pace = Share of the year executed by this month in former years
forecast-model-remaining = Share of the plan executed in the months left in former years
forecast-model-plan = Plan of the fiscal year
forecast-published-key = As published, { $date }
forecast-hindcast-key = As it would have been, { $date }
forecast-published-heading = The last forecast before the newest facts
forecast-published-about = Published on { $when } from what was known on { $known }; methods { $version }. It has not been changed since.
forecast-hindcast-about = Computed on { $when } from today’s figures cut off at { $known }; methods { $version }. It was not published before the facts.
forecast-published-link = The whole record of this forecast
forecast-accuracy-link = How accurate the published forecasts of this territory were
forecast-history-more = All past figures
forecast-next-index = per cent of the fact of { $year }
forecast-refusal-gaps = { $missing } of { $of } periods of this series are missing, more than half. Import them first.
forecast-refusal-assumption = An assumption cannot be used: shares lie above 0 and up to 100%, and the range of price growth is smaller than 100%.
forecast-assumed-prices = The history was put into prices of one year ({ $source }), continued there and brought back with prices growing by { $growth } a year, give or take { $range }. The intervals cover both.
forecast-assumed-share = The forecast assumes that the budget’s share of this revenue goes from { $now } to { $then }.
forecast-filled = These periods are missing and were filled from their neighbours for fitting: { $periods }.
forecast-noted = { $period } ({ $was } → { $is })
forecast-outliers-kept = Far from their neighbours, but kept: { $list }. The second figure is what the neighbours suggest.
forecast-outliers-aside = Put aside for fitting because they lie far from their neighbours: { $list }.
forecast-breaks-kept = The level changed and stayed: { $list }. All figures are used all the same.
forecast-breaks-cut = The level changed and stayed: { $list }. Only figures after the last change are used.
forecast-negatives = Below zero, as corrections of earlier periods are; kept: { $periods }.
forecast-assumptions = Assumptions and cleaning
forecast-inflation = Growth of prices, % a year
forecast-inflation-hint = Together with the prices of one year.
forecast-inflation-range = Give or take, points
forecast-share-now = Share of the tax now, %
forecast-share-hint = What the budget keeps of the tax.
forecast-share-then = Assumed share, %
forecast-put-outliers-aside = Put outliers aside for fitting
forecast-use-after-break = Use only figures after the last break
forecast-refusal-holdout = The series is shorter than what is held back. Choose fewer periods ahead.
forecast-card-version = Version of the weights
forecast-card-networks = Networks in this build
forecast-card-lags = Values seen
forecast-card-scale = Scale
forecast-card-log = logarithms
forecast-card-level = values
forecast-card-size = Weights
forecast-card-untold = The record of its training (data, licences, scores) is not part of this build.
forecast-series-faulty = Series with faults: { $id }. Correct the rows and run the command again; nothing was written.
forecast-card-sha256 = Checksum (SHA-256)
forecast-card-bytes = Bytes
forecast-card-method = Method
forecast-card-licence = Licence
forecast-card-held-back = Held back
forecast-card-data = Data learnt from
forecast-card-scores = Scores where nothing was learnt
forecast-card-recipes = How each network was trained
forecast-card-collection = Collection
forecast-card-n-series = Series
forecast-card-n-copies = Copies left out
forecast-card-share = Share of draws
forecast-card-horizon = Steps ahead
forecast-card-mase = MASE of the networks
forecast-card-mase-seasonal-naive = MASE of seasonal naive
forecast-card-mase-classical = MASE of ETS and Theta
forecast-card-owa = OWA (Naive2 = 1)
forecast-card-coverage80 = Inside 80%
forecast-card-coverage95 = Inside 95%
forecast-card-msis95 = MSIS 95%
forecast-card-worse = Worse than a simple method
forecast-card-season = Steps of a season
forecast-card-logarithms = On logarithms
forecast-card-blocks = Blocks
forecast-card-width = Width
forecast-card-steps = Steps of training
forecast-card-batch = Windows a step
forecast-card-seed = Seed
forecast-card-said-method = Residual perceptrons after N-BEATS (Oreshkin et al., ICLR 2020), nine quantiles, pinball loss.
forecast-card-said-licence = Weights: EUPL-1.2. M4 is published for research use; the public-finance collections have the licences named in docs/method/forecast.md.
forecast-card-said-held-back = The scores are those of networks of the same recipes that learnt nothing of the last horizon of any series; the shipped ones then learnt from all values.
forecast-collection-m4-yearly = M4 competition, yearly
forecast-collection-us-local-gov-annual-2004-2019 = US local governments 2004–2019, yearly
forecast-collection-us-local-gov-annual-to-2000 = US local governments to 2000, yearly
forecast-collection-kz-regional-annual = Regions of Kazakhstan, yearly
forecast-collection-m4-quarterly-short = M4 competition, quarterly, short
forecast-collection-us-state-tax-quarterly = Taxes of US states, quarterly
forecast-collection-ua-budget-revenue-quarterly = Budgets of Ukraine, quarterly
forecast-collection-kz-macro-quarterly = Economy of Kazakhstan, quarterly
forecast-collection-m4-monthly-short-trainonly = M4 competition, monthly, short
forecast-collection-ua-city-budget-monthly = Cities of Ukraine, monthly
forecast-collection-ua-hromada-revenue-monthly = Communities of Ukraine, monthly
forecast-collection-uk-fixmystreet-monthly = Citizens’ reports in the United Kingdom, monthly
