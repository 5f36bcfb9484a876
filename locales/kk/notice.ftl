### Хабарламалар: не болды, қалай хабарлау керек, нені қадағалау керек.

told-title = Хабарламалар
told-lead = Сізге және сіз қадағалайтын нәрсеге қатысты оқиғалар.
told-none = Әзірге хабарлама жоқ
told-none-text = Сізге жауап берілгенде немесе сіз қадағалайтын нәрсе өзгергенде пайда болады. Жобаны оның бетіндегі «Бөлісу» бөлімінен қадағалауға болады.
told-unread = { $n ->
    [one] Оқылмаған { $n } хабарлама
   *[other] Оқылмаған { $n } хабарлама
}
told-new = жаңа
told-read-all = Барлығын оқылды деп белгілеу
told-read-one = Оқылды

## Не болды

told-reply = Пікіріңізге жауап берілді: «{ $title }».
told-official-answer = Мекеме жауап берді: «{ $title }».
told-comment-hidden = Модератор пікіріңізді жасырды: «{ $title }». Ереже: { $rule }. Сіз бір рет қарсылық білдіре аласыз.
told-comment-shown = Пікіріңіз қайта көрінеді: «{ $title }».
told-contest-granted = Қарсылығыңыз қанағаттандырылды, пікір қайта көрінеді: «{ $title }».
told-contest-refused = Қарсылығыңыз қабылданбады, пікір жасырын қалады: «{ $title }».
told-project-moved = «{ $title }» жобасының жаңа күйі: «{ $status }».
told-project-dates = «{ $title }» жобасының аяқталу мерзімі жаңартылды: { $date }.
told-project-dates-none = «{ $title }» жобасының жоспарлы аяқталу мерзімі енді жоқ.
told-programme-decided = { $year } жылға жобалар бағдарламасы қабылданды: { $title }.
told-ballot-unfinished = «{ $title }»: парағыңыз сақталған, бірақ тапсырылмаған. Дауыс берудің аяқталуына { $hours } сағаттан аз қалды.
told-new-device = Есептік жазбаңызға жаңа құрылғыдан кірілді: { $device }.
told-new-device-unknown = Есептік жазбаңызға жаңа құрылғыдан кірілді.
told-reason = Негіздеме: { $reason }

## Хаттар

told-subject = { $n ->
    [one] Платформадан { $n } хабарлама
   *[other] Платформадан { $n } хабарлама
}
told-subject-messenger = Платформа хабарламалары
told-open = Платформада ашу
told-why = Бұл хабарды хабарламалар баптауыңызға сәйкес алдыңыз.
told-stop-link = Хабарламаларды осы жолмен жібермеу
letter-kind-notice = Хабарлама
letter-kind-code = Бір реттік код
letter-kind-account_notice = Есептік жазба қауіпсіздігі

## Баптаулар

told-settings-title = Хабарламалар баптауы
told-settings-lead = Әр оқиға туралы қалай және қашан хабарлау керегін таңдаңыз.
told-lang = Хабарлама тілі
told-lang-kk = қазақша
told-lang-ru = русский
told-lang-en = English
told-zone = Уақыт белдеуі
told-zone-hint = Жиынтық хаттар осы уақыт бойынша таңғы жетіде, апталығы дүйсенбі күні келеді.
told-kind-reply = Пікіріме жауап
told-kind-official_answer = Мен жазған немесе қадағалайтын жердегі мекеме жауабы
told-kind-comment_moderated = Модератор пікірімді жасырды немесе қайтарды
told-kind-contest_decided = Қарсылығым бойынша шешім
told-kind-project_moved = Мен қадағалайтын жоба басқа сатыға өтті
told-kind-project_dates = Мен қадағалайтын жобаның мерзімі өзгерді
told-kind-programme_decided = Мен қадағалайтын аумақта бағдарлама қабылданды
told-kind-correction_decided = Мәліметімді түзету туралы өтінішіме шешім
told-kind-ballot_unfinished = Сақталған парағым тапсырылмаған, дауыс беру аяқталып келеді
told-kind-new_device = Жаңа құрылғыдан кіру
told-channel-page = Бетте
told-channel-email = Электрондық пошта
told-channel-phone = SMS
told-channel-telegram = Telegram
told-pace-shown = көрсету
told-pace-never = хабарламау
told-pace-at_once = бірден
told-pace-daily = күніне бір рет
told-pace-weekly = аптасына бір рет
told-missing-email = Расталған электрондық поштаңыз жоқ, сондықтан хаттар келмейді.
told-missing-phone = Расталған телефоныңыз жоқ, сондықтан SMS келмейді.
told-stopped = { $channel }: алушының мекенжайы хабарды қабылдамады, { $when }. Осы жолмен хабарлау тоқтатылды.
told-resume = Қайта көру
told-device-letter = Жаңа құрылғыдан кіру туралы әрдайым жеке хат келеді; оны өшіруге болмайды.
told-messenger-join = Хабарламаларды Telegram арқылы алу үшін ботты ашып, «Старт» түймесін басыңыз. Сілтеме жарты сағат жарамды.
told-messenger-open = Telegram ашу
told-messenger-is = Telegram қосылған.
told-messenger-leave = Telegram-ды өшіру
told-messenger-joined = Дайын: хабарламалар осында келеді. Өшіру үшін /stop деп жазыңыз.
told-messenger-left = Хабарламалар енді мұнда келмейді.
told-messenger-how = Хабарламаларды қосу үшін платформада «Хабарламалар баптауын» ашып, Telegram сілтемесіне өтіңіз.
told-subscriptions = Есептік жазбасыз жобаларға пошта арқылы жазылу
field-follows-many = Бір мезгілде ең көбі { $max } жоба мен аумақты қадағалауға болады.

## Бас тарту

told-stop-title = Хабарламаларды жібермеу
told-stop-words = Хабарламалар осы жолмен келмейтін болады: { $channel }. Хабарламалар бетінде олар қалады.
told-stop-button = Жібермеу
told-stopped-title = Хабарламалар өшірілді
told-stopped-words = Хабарламалар бұл жолмен енді келмейді. Оларды баптауларда қайта қосуға болады.

## Қадағалау

follow-title = Қадағалау
follow-lead = Өзгерістер туралы хабарламалар баптауында таңдағаныңыздай білесіз.
follow-is-on = Сіз мұны қадағалап отырсыз.
follow-is-off = Сіз мұны әзірге қадағаламайсыз.
follow-begin = Қадағалау
follow-end = Қадағалауды тоқтату
follow-list = Мен қадағалайтындар
follow-none = Әзірге ештеңе жоқ. «Қадағалау» түймесі әр жобаның «Бөлісу» бетінде және аумақ бетінде бар.
follow-project = Жобаны есептік жазба арқылы қадағалау
follow-place = Осы аумақтағы шешімдерді қадағалау
told-correction-granted = Өтінішіңіз бойынша сіз туралы мәлімет түзетілді.
told-correction-refused = Сіз туралы мәліметті түзетуден бас тартылды.

## Messages to browsers

told-channel-push = Браузер
told-push-title = Осы браузердегі хабарламалар
told-push-lead = Хабарлама бет жабық тұрса да осы құрылғыда көрінеді. Әр браузер бөлек қосылады.
told-push-on = Осы браузерге жіберу
told-push-is = Қосылған браузерлер:
told-push-off = Ажырату
told-push-refused = Браузер рұқсат бермеді. Рұқсатты сайт баптауларынан беріңіз.
told-push-bad = Браузердің жауабы түсініксіз. Қайталап көріңіз.
follow-feeds = Жазылым бағдарламаларына арналған өз мекенжайыңыз. Мекенжайды білетін адам сіз не бақылайтыныңызды көреді.
follow-feed = Atom таспасы
follow-calendar = Күнтізбе (iCalendar)
told-push-since = { $when } бастап
told-push-many = Хабарламалар { $max } браузерге келіп тұр. Алдымен біреуін өшіріңіз.
told-feed-renew = Басқа мекенжай жасау
told-feed-renew-lead = Бұл мекенжайларды білген адам сізбен бірге оқиды. Мекенжай бөтен қолға түссе, басқасын жасаңыз: бұрынғылары бірден тоқтайды.
told-feed-renewed = Енді арна мен күнтізбенің мекенжайы басқа.
