### Талқылау: жауаптар, қолдау, хабарлау, менің пікірлерім.

talk-order-label = Пікірлердің реті
talk-order-newest = Жаңалары алдымен
talk-order-supported = Көп қолдағаны алдымен
talk-order-official = Ресми жауабы барлары алдымен
comment-answer = Жауап беру
comment-open = Пікірді ашу
comment-support-on = Қолдаймын
comment-support-off = Қолдауды қайтарып алу
comment-support-count =
    { $n ->
        [0] Қолдаған ешкім жоқ
        [one] Қолдағандар: { $n }
       *[other] Қолдағандар: { $n }
    }
comment-edited-at = { $when } өзгертілді
comment-removed-at = Бұл пікірді авторы { $when } өшірді.
comment-hidden-code = Бұл пікірді модератор жасырды ({ $when }). Ереже: { $code }. Себебі: { $reason }
comment-waiting-tag = Тексеруді күтуде
comment-waiting = Пікірді модератор қарағанша тек сіз көресіз.
comment-more-replies =
    { $n ->
        [one] Тағы { $n } жауап
       *[other] Тағы { $n } жауап
    }
comment-page-title = Пікір: { $about }
comment-back = Барлық пікірге оралу
comment-answer-title = Жауап
comment-answer-label = Сіздің жауабыңыз
comment-answer-submit = Жауапты жариялау
comment-edit-title = Мәтінді түзету
comment-edit-hint = Мәтінді жарияланғаннан кейін { $minutes } минут ішінде өзгертуге болады. Өзгеріс белгіленеді.
comment-edit-submit = Өзгерісті сақтау
comment-edit-late = Мәтінді өзгертуге берілген { $minutes } минут өтіп кетті. Пікірді өшіріп, жаңасын жазуға болады.
comment-remove-title = Пікірді өшіру
comment-remove-text = Мәтін біржола жойылады, орнында «авторы өшірді» деген белгі қалады. Жауаптар сақталады.
comment-remove-submit = Пікірді өшіру
comment-remove-confirm = Пікірді өшіру керек пе? Мәтінді қайтару мүмкін болмайды.
comment-pin-on = Басына бекіту
comment-pin-off = Бекітуден алу
comment-report-title = Ереже бұзылды деп хабарлау
comment-report-text = Хабарламаны модератор қарайды. Сіздің атыңызды автор көрмейді.
comment-report-reason = Қандай ереже бұзылды
comment-report-choose = Тізімнен таңдаңыз
comment-report-words = Түсініктеме
comment-report-submit = Хабарлау
comment-reported-already = Сіз бұл пікір туралы бұрын хабарлағансыз. Модератор оны қарайды.
comment-blocked = Модератор сізге бұл аумақта жазуды шектеді. Мерзімі мен себебі «Менің пікірлерім» бетінде.
comment-too-often = Бір сағатта { $max } пікірге дейін жазуға болады. Кейінірек қайталаңыз.
comment-waits = Пікіріңіз сақталды. Модератор қарағаннан кейін жарияланады; оның күйі «Менің пікірлерім» бетінде.
comment-edited = Өзгеріс сақталды.
comment-removed = Пікіріңіз өшірілді.
comment-supported = Сіз бұл пікірді қолдадыңыз.
comment-withdrawn = Қолдауыңыз қайтарып алынды.
comment-reported = Рақмет. Модератор хабарламаңызды қарайды.
talk-line-title = «{ $line }» жолын талқылау: { $place }, { $year } жыл
talk-line-lead = Бюджеттің осы жолы туралы пікірлер. Ресми жауаптар жоғарыда тұрады.
talk-line-back = Түсінікті бюджетке оралу
talk-lines-title = Бюджет жолдарын талқылау
talk-lines-text = Әр жол бойынша пікір айтуға және басқалардың пікірін оқуға болады.
talk-lines-show = Жолдар тізімі
my-comments-title = Менің пікірлерім
my-comments-lead = Сіз жазған пікірлер және модераторлардың олар бойынша шешімдері.
my-comments-none = Сіз әлі пікір жазған жоқсыз.
my-comments-projects = Жобаларға өту
comment-not-yours = Бұл сіздің пікіріңіз емес.
comment-closed = Модератор жасырған немесе өшірілген пікірді өзгертуге болмайды.
comment-own-support = Өз пікіріңізді қолдай алмайсыз.
comment-own-report = Өз пікіріңіз туралы хабарлай алмайсыз, оны өшіруге болады.
