### Бағалар, пікірлер, модерация.


## Бағалар

rating-title = Тұрғындардың бағасы
rating-question = Бұл жобаны қалай бағалайсыз?
rating-value-1 = 1, өте нашар
rating-value-2 = 2, нашар
rating-value-3 = 3, орташа
rating-value-4 = 4, жақсы
rating-value-5 = 5, өте жақсы
rating-submit = Баға беру
rating-change = Бағаны өзгерту
rating-yours = Сіздің бағаңыз: { $value }. Оны кез келген уақытта өзгерте аласыз.
rating-saved = Бағаңыз есепке алынды.
rating-mean = Орташа баға { $mean }, ең жоғарысы 5
rating-none = Әлі ешкім баға берген жоқ. Бірінші болыңыз.
rating-votes =
    { $n ->
        [one] { $n } дауыс
       *[other] { $n } дауыс
    }
rating-distribution = Дауыстардың бөлінуі
rating-sign-in = Баға беру үшін жүйеге кіріңіз.
rating-residents-only = Жобаларды тек тұрғындар бағалайды.
rating-one-person = Бір адам бір жобаға бір дауыс береді.

## Пікірлер

comments-title = Пікірлер
comments-count =
    { $n ->
        [0] Пікір жоқ
        [one] { $n } пікір
       *[other] { $n } пікір
    }
comments-none = Пікір әлі жоқ. Ойыңызды бірінші болып жазыңыз.
comment-label = Сіздің пікіріңіз
comment-hint = Ең көбі { $max } таңба. Есіміңіз пікірдің жанында көрінеді.
comment-submit = Пікірді жариялау
comment-posted = Пікіріңіз жарияланды.
comment-sign-in = Пікір жазу үшін жүйеге кіріңіз.
comment-official = Ресми жауап
comment-by = { $name }, { $when }
comment-hidden = Бұл пікірді модератор жасырды ({ $when }). Себебі: { $reason }
comment-older = Бұрынғы пікірлер
comment-newer = Кейінгі пікірлер

## Модерация

moderation-title = Модерация
moderation-intro = Пікір сыпайы әрі тақырыпқа сай болса, қалады. Жасырсаңыз, себебін бәрі көреді.
moderation-queue = Соңғы пікірлер
moderation-queue-empty = Қаралмаған пікір жоқ.
moderation-hide = Жасыру
moderation-show = Қайта көрсету
moderation-reason = Жасыру себебі
moderation-reason-hint = Мысалы: жеке деректер, балағат сөз, жарнама. Себеп пікірдің орнында көрінеді.
moderation-hidden = Пікір жасырылды.
moderation-shown = Пікір қайта көрінеді.
moderation-original = Жасырылған мәтін (тек модераторға көрінеді)
