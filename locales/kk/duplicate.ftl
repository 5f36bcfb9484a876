duplicates-title = Екі рет тіркелген жобалар
duplicates-intro = Атауы, аумағы, саласы, құны және картадағы орны бойынша ұқсас жұптар. Ұқсастық — тек белгі: бір жоба ма, екеу ме, өзіңіз шешесіз.
duplicates-none = Қарайтын жұп жоқ
duplicates-none-text = Аумағыңызда бір-біріне ұқсас жобалар жоқ немесе ондай жұптардың бәрі қаралған.
duplicates-found = { $n ->
    [one] Қарайтын { $n } жұп бар.
   *[other] Қарайтын { $n } жұп бар.
}
duplicate-total = Ұқсастығы
duplicate-why = Несімен ұқсас
duplicate-why-title = Атаулары { $share } ұқсас.
duplicate-why-title-across = «{ $one }» тіліндегі атауы «{ $other }» тіліндегі атауға { $share } ұқсас.
duplicate-why-place-same = Аумағы бір.
duplicate-why-place-within = Бір аумақ екіншісінің ішінде.
duplicate-why-place-apart = Аумақтары бөлек.
duplicate-why-sector-same = Саласы бір.
duplicate-why-sector-other = Салалары бөлек.
duplicate-why-cost = Жоспарлы құны азының үлесі көбінің { $share } құрайды.
duplicate-why-metres = { $n ->
    [one] Арасы { $n } метр.
   *[other] Арасы { $n } метр.
}
duplicate-pair-title = Бір жоба ма, екеу ме?
duplicate-pair-intro = Екі жазбаны салыстырып, шешім қабылдаңыз. Кететін жазбаның пікірлері, бағалары, жаңалықтары, суреттері мен жоспарлары қалатын жазбада сақталады, мекенжайы да соған апарады.
duplicate-differences = Жазбалардың айырмашылығы
duplicate-same-fields = { $n ->
    [one] { $n } өріс екеуінде бірдей, көрсетілмеді.
   *[other] { $n } өріс екеуінде бірдей, көрсетілмеді.
}
duplicate-decide = Сіздің шешіміңіз
duplicate-stays = Қай жазба қалады?
duplicate-stays-hint = Оның нөмірі мен мекенжайы сақталады; екінші жазбаны тарихтан оқуға болады.
duplicate-fill = Тек екінші жазбада барын алу
duplicate-fill-hint = Бос өрістер мен жетіспейтін қаржы жолдары толтырылады; белгілі деректер ауыстырылмайды.
duplicate-reason = Неліктен бұл бір жоба немесе екі жоба?
duplicate-merge = Жазбаларды біріктіру
duplicate-merge-confirm = Екі жазба бір болады. Мұны қайтару мүмкін емес. Жалғастырасыз ба?
duplicate-apart = Бұл екі бөлек жоба
duplicate-told-apart = Жобалар бөлек деп танылды, бұл жұп енді көрсетілмейді.
duplicate-merged = Екі жазба біріктірілді.
duplicate-both-appraised = Екі жобаның да экономикалық бағасы бар, ал жобада ол біреу болады. Алдымен біреуін қайтарып алыңыз.
duplicate-both-scored = Екі жобаның да бір критерийлер жинағында балы бар. Алдымен біреуінің балдарын қайтарып алыңыз.
duplicate-both-planned = Екі жобаның да жұмыс жоспары бар, ал жобада ол біреу болады. Алдымен біреуін алып тастаңыз.
duplicate-similar-title = Бұл жоба бұрын тіркелмеген бе?
duplicate-similar-intro = Мына жобалар сіз енгізіп жатқан жобаға ұқсас. Сіздікі осылардың ішінде болса, соны ашыңыз. Болмаса, басқа жоба екенін растап, қайта сақтаңыз.
duplicate-another = Бұл басқа жоба
duplicate-another-needed = Ұқсас жобаларды қарап, бұл басқа жоба екенін растаңыз.
former-title = Бұрынғы жазба { $name }
former-told = { $date } басқа жазбамен біріктірілді, шешім: { $by }.
former-open = Қалған жобаны ашу
former-record = Жазбаның соңғы күйі
former-list = Осы жобаның бұрынғы жазбалары
import-number-former = Бұл нөмірлі жоба { $number } жобасымен біріктірілген. Сол нөмірді жазыңыз.
desk-duplicates = Екі рет тіркелген жобалар
desk-duplicates-text = Ұқсас жұптарды қараңыз: біріктіріңіз немесе бөлек деп таныңыз.
