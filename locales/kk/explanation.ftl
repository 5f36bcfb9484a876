### Жоба неге жоспарда немесе жоспардан тыс: есептелген мәндер бойынша тұтас сөйлемдер.

## Жобаның орны

explanation-in = «{ $project }» жобасы жоспарға енді, басталуы — { $year } жыл.
explanation-in-mandatory = «{ $project }» жобасы жоспарға енді, басталуы — { $year } жыл: пайдасына қарамастан, ереже бойынша міндетті.
explanation-out = «{ $project }» жобасы жоспарға енбеді.
explanation-against-optimum = Осы ережелермен бұдан жақсы жоспар жоқ екені дәлелденді; сандар сол жоспармен салыстырылған.
explanation-against-recommended = Бұл жоспардың ең жақсы екені дәлелденген жоқ. Сандар ұсынылған жоспармен салыстырылған, әрі қарай есептегенде тек кемуі мүмкін.
explanation-points =
    { $n ->
        [one] { $n } балл
       *[other] { $n } балл
    }

## Енгізу құны

explanation-regret-zero = Онымен бірге пайдасы дәл сондай жоспар бар: оны енгізу ештеңеге түспейді.
explanation-regret-exact = Оны енгізгенде жоспардың жоғалтатыны — дәл { $points }. Бұл дәлелденді.
explanation-regret-sufficient = Оны енгізгенде жоспардың жоғалтатыны — ең көбі { $points }. Мұны табылған жоспар көрсетеді; одан аз болуы да мүмкін.
explanation-regret-interval = Оны енгізгенде жоспардың жоғалтатыны, балмен: кемінде { $lower }, ең көбі { $upper }.
explanation-regret-least = Оны енгізгенде жоспардың жоғалтатыны, балмен: кемінде { $lower }. Ол кіретін жоспар әлі табылған жоқ.
explanation-regret-unknown = Ол кіретін жоспар әлі табылған жоқ, бірақ ондай жоспардың жоқ екені де дәлелденбеді.
explanation-regret-never = Ережелерді сақтайтын бірде-бір жоспарға ол кіре алмайды. Бұл дәлелденді.

## Жоспарға қосатын үлесі

explanation-value-zero = Оны шығынсыз алмастыруға болады: онсыз да пайдасы дәл сондай жоспар бар.
explanation-value-exact = Онсыз ең жақсы жоспардың өзі азырақ берер еді, айырмасы — дәл { $points }. Бұл дәлелденді.
explanation-value-sufficient = Онсыз жоспардың жоғалтатыны — ең көбі { $points }. Мұны табылған жоспар көрсетеді; одан аз болуы да мүмкін.
explanation-value-interval = Онсыз жоспардың жоғалтатыны, балмен: кемінде { $lower }, ең көбі { $upper }.
explanation-value-least = Онсыз жоспардың жоғалтатыны, балмен: кемінде { $lower }. Онсыз жоспар әлі табылған жоқ.
explanation-value-unknown = Онсыз жоспар әлі табылған жоқ, бірақ ондай жоспардың жоқ екені де дәлелденбеді.
explanation-value-never = Ережелерді сақтайтын бірде-бір жоспар онсыз құрылмайды. Бұл дәлелденді.

## Шешімді не өзгертер еді

explanation-benefit-exact = Пайдасы жоғарырақ болса, ол жоспарға шығынсыз енер еді. Керек үстеме — { $points }; одан бір балл кем болса, жетпейді.
explanation-benefit-sufficient = Пайдасы жоғарырақ болса, ол жоспарға сөзсіз шығынсыз енер еді. Жеткілікті үстеме — { $points }; одан азы да жетуі мүмкін.
explanation-benefit-interval = Жоспарға шығынсыз енуі үшін пайдасына керек үстеме, балмен: кемінде { $lower }, сөзсіз жететіні — { $upper }.
explanation-benefit-least = Жоспарға шығынсыз енуі үшін пайдасына керек үстеме, балмен: кемінде { $lower }. Қаншасы жететіні әлі белгісіз.
explanation-cut-exact = Төлемдері { $percent } азайса, ол жоспарға шығынсыз енер еді. Одан бір пайыз кем болса, жетпейді.
explanation-cut-sufficient = Төлемдері { $percent } азайса, ол жоспарға сөзсіз шығынсыз енер еді. Одан азы да жетуі мүмкін.
explanation-cut-interval = Жоспарға шығынсыз енуі үшін төлемдерінің азаюы: кемінде { $lower }, сөзсіз жететіні — { $upper }.
explanation-cut-least = Жоспарға шығынсыз енуі үшін төлемдерінің азаюы: кемінде { $lower }. Қаншасы жететіні әлі белгісіз.
explanation-cut-never = Төлемдердің азаюы ғана жеткіліксіз: 99 % азайса да енбейді.

## Оны не тоқтатады

explanation-stop-barred = Оны таңдауға болмайды: деректер жетіспейді немесе жауапты адам тізімнен шығарған.
explanation-stop-window = Оны тек { $from } жылдан { $to } жылға дейін бастауға болады, ал бағдарламада ондай жыл жоқ.
explanation-stop-excluded = Оның тізімінен бір ғана жоба таңдалады, ол — «{ $by }».
explanation-stop-predecessor = Ол «{ $first }» жобасын күтеді, ал ол жоспарда жоқ.
explanation-stop-predecessor-late = Ол «{ $first }» жобасын күтеді, оның басталуы — { $year } жыл: өз мерзіміне кеш.
explanation-stop-conflict = Онымен бірге мына ережелерді қатар сақтау мүмкін емес: { $rules }.
explanation-stop-price = { $year } жылы басталса, пайдасы — { $worth }, бірақ ол алатын ақша мен орын басқа жобаларда көбірек береді, айырмасы — { $short }. Ең қымбат шектеу: { $row }.
explanation-stop-fit = Ақша мен орынның қазіргі құнымен ол өзін ақтайды, бірақ басқа тұтас жобалармен бірге сыймайды.
explanation-carried = { $year } жылы басталса, пайдасы — { $worth }. Бұл ол алған ақша мен орын басқа жобаларда беретін пайдадан көп, айырмасы — { $over }.

## Оның орнын кім алды

explanation-exchange-none = Ол ешкім шықпай-ақ сыяды.
explanation-exchange-one = Ең жақын алмастыру: ол кіреді, «{ $first }» шығады, жоспардың жоғалтатыны — { $points }.
explanation-exchange-two = Ең жақын алмастыру: ол кіреді, «{ $first }» және «{ $second }» шығады, жоспардың жоғалтатыны — { $points }.
explanation-witness-enter = Мұны көрсететін жоспарға кіретіндер: { $projects }.
explanation-witness-leave = Мұны көрсететін жоспардан шығатындар: { $projects }.
explanation-witness-move = Мұны көрсететін жоспарда басқа жылы басталатындар: { $projects }.
explanation-start = «{ $project }» ({ $year })
explanation-quoted = «{ $project }»

## Ережелердің атаулары

explanation-rule-budget = { $source }, { $year } жыл
explanation-rule-tail = { $source }, кейінгі жылдардың міндеттемелері
explanation-rule-sector = «{ $name }» саласына салынатын ең аз қаражат
explanation-rule-district = «{ $name }» аумағына салынатын ең аз қаражат
explanation-rule-starts = басталатын жобалар саны, { $year } жыл
explanation-rule-exclusive = бір ғана жоба таңдалатын тізім: { $projects }
explanation-rule-precedence = «{ $after }» жобасы «{ $before }» жобасын күтеді
explanation-rule-once = «{ $project }» бір реттен артық басталмайды
explanation-rule-extension = бағдарламаның қосымша ережесі
explanation-rule-carry = { $source }, { $year } жылға ауыстырылатын қалдық
explanation-rule-capacity = саланың басталатын жобаларының саны, { $year } жыл
explanation-rule-obligation = міндеттемелер шегі, { $year } жыл
explanation-rule-benefit = «{ $name }» аумағына тиесілі ең аз пайда
explanation-rule-synergy = екі жобаның бірін-бірі толықтыруы
explanation-rule-margin = жобалардың қымбаттауына арналған қор
explanation-rule-worst = пайданың ең нашар жағдайлары
explanation-rule-stability = бекітілген жоспардан ауытқудың бағасы
explanation-rule-fairness = аумақтар арасындағы пайданың теңдігі
explanation-fall-worth = { $year } жылы басталғандағы пайдасы
explanation-fall-charge = Шектеу ақысы: { $row }
explanation-fall-credit = Талап үшін есепке алынады: { $row }
explanation-fall-net = Қалғаны

## Көбірек немесе азырақ ақша, бағалардың белгісіздігі

explanation-marginal-more = { $source }, барлық жыл, { $percent } артық: жоспарға қосылатыны — { $points }.
explanation-marginal-less = { $source }, барлық жыл, { $percent } кем: жоспардың жоғалтатыны — { $points }.
explanation-marginal-more-year = { $source }, { $year } жыл, { $percent } артық: жоспарға қосылатыны — { $points }.
explanation-marginal-less-year = { $source }, { $year } жыл, { $percent } кем: жоспардың жоғалтатыны — { $points }.
explanation-marginal-same = { $source }, { $percent } өзгергенде: жоспардың пайдасы өзгермейді.
explanation-marginal-none = { $source }, { $percent } өзгергенде: ережелерді сақтайтын жоспар жоқ.
explanation-marginal-found = Бұл — табылған жоспарлардың айырмасы; олардың ең жақсы екені дәлелденген жоқ.
explanation-frequency-core = Басқа бағалармен жасалған { $draws } сынақта таңдалу үлесі — { $share } ({ $low } – { $high }): бағдарламаның өзегі.
explanation-frequency-likely = Басқа бағалармен жасалған { $draws } сынақта таңдалу үлесі — { $share } ({ $low } – { $high }): көбіне таңдалады.
explanation-frequency-marginal = Басқа бағалармен жасалған { $draws } сынақта таңдалу үлесі — { $share } ({ $low } – { $high }): орны бағаларға байланысты.
explanation-frequency-unlikely = Басқа бағалармен жасалған { $draws } сынақта таңдалу үлесі — { $share } ({ $low } – { $high }): сирек таңдалады.
