### Ұсыным және шешім.

decisions-title = Шешімдер
decisions-empty = Шешім әлі жарияланған жоқ.
decision-title = { $place }: { $date } күнгі шешім
decision-by = Шешімді қабылдаған: { $name }
decision-why = Шешімнің негіздемесі
decision-state-accepted = Ұсыным өзгеріссіз қабылданды
decision-state-changed = Ұсыным өзгертіліп қабылданды

## Ұсыным

recommend-title = Жобалар портфелінің ұсынымы
recommend-intro = Жылдарға бөлінген қаражатты көрсетіңіз. Платформа осы шекте жиынтық пайдасы ең көп жобаларды таңдап, әрқайсысының себебін айтады. Шешімді адам қабылдайды.
recommend-envelope = Қаражат шегі
recommend-envelope-year = { $year } жылғы шек, мың теңге
recommend-compute = Ұсынымды есептеу
recommend-criteria = Критерийлер мен салмақтар
recommend-criterion = Критерий
recommend-weight = Салмағы
recommend-score = Бағасы
recommend-benefit = Пайдасы, балл
recommend-cost = Құны
recommend-rate = 1 млн теңгеге пайдасы
recommend-rate-value = 1 млн теңгеге { $rate } балл
recommend-total-benefit = Портфельдің жиынтық пайдасы: { $points }
recommend-spent = Жұмсалады
recommend-left = Қалады
recommend-in = Портфельде
recommend-out = Портфельден тыс
recommend-why = Неліктен
recommend-optimal = Бұдан жақсы портфель жоқ екені дәлелденді.
recommend-not-proven = Уақыт шегінде ең жақсысы дәлелденбеді: бұл портфель ең жақсысынан ең көбі { $gap } төмен.
recommend-infeasible = Бұл шекте міндетті жобалардың бәрі сыймайды. Шекті көбейтіңіз.
recommend-nothing = Бағаланған жоба жоқ. Алдымен жобаларға критерийлер бойынша баға беріңіз.

## Себептер

reason-funded = Қаржыландырылады: пайдасы { $rate }, { $of } жобаның ішінде { $rank }‑орын.
reason-mandatory = Қаржыландырылады: бұл қолданыстағы шарт немесе заң бойынша міндет.
reason-barred_by_person = Жауапты адам бұл жобаны тізімнен шығарған.
reason-out_not_assessable = Салыстыруға болмайды: мына критерийлер бойынша баға жоқ: { $missing }.
reason-out_no_benefit = Критерийлер бойынша жиынтық балы нөлге тең, сондықтан портфельге ештеңе қоспайды.
reason-out_larger_than_envelope = { $year } жылы оның өзіне { $needs } керек, ал бүкіл шек { $envelope }.
reason-out_mandatory_leave_too_little = { $year } жылы оған { $needs } керек, ал міндетті жобалардан кейін { $left } қалады.
reason-out_exclusion = Бірін-бірі алмастыратын жобалардың біреуі ғана қаржыландырыла алады, ол — «{ $by }».
reason-out_envelope_spent = { $year } жылы оған { $needs } керек, ал { $left } қалды; пайдасы ({ $rate }) сол жылға таңдалған кез келген жобадан төмен, мысалы «{ $weakest }» ({ $weakest_rate }).
reason-out_envelope_spent_equal = { $year } жылы оған { $needs } керек, ал { $left } қалды; пайдасы ({ $rate }) таңдалған «{ $weakest }» жобасымен тең, бірақ ол қалған қаражатқа сыймайды.
reason-out_does_not_fit = Пайдасы ({ $rate }) «{ $weakest }» жобасынан ({ $weakest_rate }) жоғары болса да, { $year } жылы оған { $needs } керек, ал { $left } қалды; көбірек балл беретін алмастыру табылмады.
reason-out_equal_plan = { $year } жылы оған { $needs } керек, ал { $left } қалды. Ол кіретін, пайдасы дәл осындай басқа портфель де бар; таңдау жарияланған ереже бойынша жасалды.
reason-price-exact =
    { $points ->
        [one] Оны қосу портфельге { $points } балға түседі.
       *[other] Оны қосу портфельге { $points } балға түседі.
    }
reason-price-between = Оны қосу портфельге { $at_least } – { $at_most } балға түседі.

## Шешім қабылдау

decide-title = Шешім қабылдау
decide-accept = Ұсынымды қабылдау
decide-change = Ұсынымды өзгерту
decide-include = Портфельге қосу: { $project }
decide-reason = Шешімнің себебі
decide-reason-hint = Себепті бәрі көреді және ол ұсыныммен бірге сақталады.
decide-publish = Шешімді жариялау
decide-published = Шешім жарияланды. Енді оны үнсіз өзгерту мүмкін емес: түзету жаңа нұсқа ретінде шығады.
decide-price =
    { $points ->
        [one] Өзгерістің құны: ұсыныммен салыстырғанда { $points } балл кем.
       *[other] Өзгерістің құны: ұсыныммен салыстырғанда { $points } балл кем.
    }
decide-added = Қосылды
decide-removed = Алынды

## Жоспардағы кемшіліктер

fault-unknown = «{ $project }» жобасы үміткерлер арасында жоқ.
fault-repeated = «{ $project }» жобасы екі рет аталған.
fault-overspent = { $year } жылы шектен { $over } асады: шек { $envelope }, жоспар { $spent }.
fault-mandatory_missing = Міндетті «{ $project }» жобасы жоқ.
fault-barred = «{ $project }» жобасын жауапты адам шығарған.
fault-not_assessable = «{ $project }» жобасының бағалары толық емес.
fault-group_crowded = «{ $group }» тобынан бірнеше жоба таңдалған: { $projects }. Тек біреуін қалдырыңыз.

## More

decide-include-label = Портфельге енгізу
decisions-intro = Әкімнің қабылдаған шешімдері: не ұсынылды, не шешілді және неге.
decision-published = Шешім жарияланды. Оны білдіртпей өзгерту мүмкін емес: түзету жаңа шешім ретінде шығады.
missing-cost = таңдалған жылдардағы құны
recommend-group-clash = Мына жобалардың бәрі міндетті деп белгіленген, бірақ олардың біреуі ғана қаржыландырыла алады: { $projects }. Біреуін қалдырыңыз.
