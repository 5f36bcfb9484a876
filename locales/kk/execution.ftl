### Айлар бойынша атқарылуы.

execution-title = { $place }: айлар бойынша атқарылуы
execution-lead = Айлық есептердегі жоспар, нақтыланған жоспар және атқарылуы, өткен жылдардың сол айларымен қатар.
execution-entry = Айлар бойынша атқарылуы
execution-entry-text = Жылдық жоспар өткен жылдардағыдан тезірек пе, баяуырақ па атқарылып жатыр?
execution-empty = Бұл аумақтың және одан төмен бірліктердің айлық есептері әлі жүктелмеген. Басқа аумақты таңдаңыз.
execution-filter = Кімнің сандары, қай жол
execution-scope = Кімнің бюджеті
execution-scope-own = Өз бюджеті
execution-scope-sum = Төменгілердің қосындысы: { $level }
execution-no-months = Есептерде мұндай жол жоқ. Басқасын таңдаңыз.
execution-missing = Мына айлардың есебі жоқ: { $months }. Үзілістен кейінгі сома бірнеше айды қамтиды.
execution-uneven = Әр айда барлық бірлік есеп бермеген, сондықтан айлар бірліктердің әртүрлі санынан құралады: соңғы бағанды қараңыз.
execution-stat-plan = Жоспар
execution-stat-approved = Бекітілген
execution-stat-amended = Нақтыланған
execution-stat-executed = Атқарылған, { $month }
execution-stat-share = Жылдық жоспардан атқарылғаны
execution-stat-usual = { $n ->
    [one] Өткен { $n } жылдың сол айы
   *[other] Өткен { $n } жылдың сол айы, медиана
}
execution-months-heading = Айлар бойынша
execution-pace-chart = Жылдық жоспардан атқарылғаны, өсу қорытындысымен, %
execution-flow-chart = Әр айда, млн теңге
execution-median = Өткен жылдар, медиана
execution-min = Өткен жылдар, ең азы
execution-max = Өткен жылдар, ең көбі
execution-month = Ай
execution-plan = Жылдық жоспар
execution-executed = Қаңтардан бері атқарылды
execution-flow = Ай ішінде
execution-share = Атқарылуы
execution-usual-column = Өткен жылдар
execution-usual = { $n ->
    [one] { $median } ({ $n } жыл)
   *[other] { $median } ({ $min } – { $max }, { $n } жыл)
}
execution-flow-months = { $n ->
    [one] { $amount } ({ $n } ай)
   *[other] { $amount } ({ $n } ай)
}
execution-changes-heading = Жоспардың өзгерістері
execution-plan-change = { $month }: { $was } орнына { $now }
execution-growth-heading = Жылдар бойынша өсу
execution-growth-prices = Нақты өсу { $year } жылғы бағалармен. Баға қатары: { $source }. Шекарасы өзгерген жылдар салыстырылмайды.
execution-growth-no-prices = Баға қатары жүктелмеген, сондықтан тек номиналды өсу көрсетілген. Шекарасы өзгерген жылдар салыстырылмайды.
execution-growth-nominal = Номиналды өсу
execution-growth-real = Нақты өсу
execution-refusal-no-figure = { $year } жылдың қорытынды сомасы жоқ.
execution-refusal-base = { $year } жылдың сомасы нөлден жоғары емес.
execution-refusal-index = Баға қатары { $year } жылға жетпейді.
execution-refusal-border = Шекара { $date } өзгерді: бұл жылдар салыстырылмайды.
execution-refusal-size = Сомалар салыстыру үшін тым үлкен.
