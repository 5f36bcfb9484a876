### Болжамдар.

forecasts-title = Болжамдар
forecast-title = Болжам: { $series }
forecast-intro = Өткен жылдардың сандарынан жалғасы есептеледі. Болжам уәде емес: жолақ оның қаншалықты қателесуі мүмкін екенін көрсетеді.
forecast-series = Қатар
forecast-horizon = Қанша қадам алға
forecast-period = Кезең
forecast-point = Болжам
forecast-fact = Факт
forecast-history = Өткен жылдар
forecast-interval-80 = 80 % аралық
forecast-interval-95 = 95 % аралық
forecast-lower = Төменгі шегі
forecast-upper = Жоғарғы шегі
forecast-naive = Қарапайым тәсіл: соңғы мән қайталанады
forecast-chart-caption = { $series }: факт пен болжам. Қою жолақ 80 %, ашық жолақ 95 % аралық.
forecast-between = { $period }: 80 % ықтималдықпен { $low } – { $high } аралығында.
forecast-model = Тәсіл
forecast-model-ets = Экспоненциалды тегістеу (ETS)
forecast-model-theta = Тета әдісі
forecast-model-naive = Соңғы мәнді қайталау
forecast-model-seasonal_naive = Өткен жылдың сол маусымын қайталау
forecast-model-naive2 = Маусымдық ауытқудан тазартылған соңғы мәнді қайталау

## Өткенде қаншалықты дәл болды

forecast-backtest-heading = Бұл тәсіл бұрын қаншалықты дәл болды
forecast-backtest-covered =
    { $n ->
        [one] { $level } аралық: осындай { $n } өткен болжамда фактілердің { $covered } осы аралыққа түсті.
       *[other] { $level } аралық: осындай { $n } өткен болжамда фактілердің { $covered } осы аралыққа түсті.
    }
forecast-backtest-error = Орташа қате: { $error }
forecast-backtest-few =
    { $n ->
        [one] Тексеру үшін тек { $n } өткен болжам бар, сондықтан бұл сандарға сақтықпен қараңыз.
       *[other] Тексеру үшін тек { $n } өткен болжам бар, сондықтан бұл сандарға сақтықпен қараңыз.
    }
forecast-naive-worse = Қарапайым тәсілмен салыстырғанда қате { $percent } аз.
forecast-naive-better = Бұл қатарда қарапайым тәсіл дәлірек болды, сондықтан болжам соған сүйенеді.
forecast-compare-heading = Тәсілдерді салыстыру
forecast-chosen = таңдалды

## Болжам неге берілмейді

forecast-refusal-title = Болжам берілмейді
forecast-refusal-too-few-points =
    { $have ->
        [one] Бұл қатарда { $have } мән бар, ал сенімді аралық үшін кемінде { $need } керек. Жетіспейтін жылдарды жүктеңіз.
       *[other] Бұл қатарда { $have } мән бар, ал сенімді аралық үшін кемінде { $need } керек. Жетіспейтін жылдарды жүктеңіз.
    }
forecast-refusal-gap = Қатарда { $period } кезеңі жоқ. Алдымен оны жүктеңіз.
forecast-refusal-not-finite = Қатардағы мәндердің бірі сан емес. Оны түзетіп, қайта жүктеңіз.
forecast-refusal-constant = Барлық мән бірдей, сондықтан қателікті бағалау мүмкін емес.
forecast-refusal-horizon = Ең көбі { $max } қадам алға болжауға болады. Азырақ таңдаңыз.
forecast-refusal-too-large = Мәндер тым үлкен, есептеу мүмкін емес. Ірірек өлшем бірлігін таңдаңыз.

## More

forecast-contradicted = Мына жылдардың сандары бір-біріне қайшы келеді, сондықтан олар қатарға кірмеді: { $years }. Қайшылықтар бюджет бетінде көрсетілген.
forecast-last-budget = соңғы бюджет
forecast-mase = MASE
forecast-mase-help = MASE — орташа қатенің қатардағы жыл сайынғы орташа өзгеріске қатынасы. 1-ден кіші болса, әдіс соңғы мәнді қайталаудан дәлірек.
forecast-mean-error = Орташа қате
forecast-weight = Болжамдағы үлесі
forecast-picture = Болжам
forecast-naive-better-kept = Бұл қатарда соңғы мәнді қайталау дәлірек болған, бірақ айырма кездейсоқ болуы мүмкін: болжамда оның үлесі сақталған.
forecast-model-ses = Қарапайым экспоненциалды тегістеу
forecast-model-holt = Холт әдісі
forecast-model-damped = Басылатын тренд
forecast-model-dot = Оңтайландырылған Theta
forecast-model-combined = Әдістердің орташасы
