### Бірліктер нені және қай мерзімге жариялайды.

disclosure-title = Не жарияланды, не жарияланбады
disclosure-lead = Әр бюджеттік бірлік нені, қай мерзімге дейін жариялауға міндетті және оның қайсысы жарияланды деп белгіленген.
disclosure-entry = Ашықтық
disclosure-entry-text = Кім міндеттісін жариялады, кім кешігіп жүр?
disclosure-empty = Бюджеттік бірліктер әзірге жоқ. Бюджеттер немесе есептер жүктелгенде, олардың міндеттері осында тұрады.
disclosure-filter = Қандай міндеттер
disclosure-nothing = Бұл таңдауға сай ештеңе жоқ.
disclosure-obligation = Не жарияланады
disclosure-period = Кезең
disclosure-due = Мерзімі
disclosure-due-unknown = белгісіз
disclosure-published = Жарияланды
disclosure-standing-label = Жағдайы
disclosure-standing-overdue = Белгі жоқ немесе кешіккен
disclosure-standing-missing = Белгі жоқ, мерзімі өтті
disclosure-standing-late = Кешіккен
disclosure-standing-on_time = Мерзімінде
disclosure-standing-published = Жарияланды, күні немесе мерзімі белгісіз
disclosure-standing-not_yet_due = Мерзімі келген жоқ
disclosure-standing-unknown = Мерзімі белгісіз
disclosure-standing-all = Барлығы
disclosure-law-heading = Қандай негізде
disclosure-law-intro = Міндеттер құқықтық негізі бар деректермен берілген. «Тексерілмеген» деген белгісі бар мерзім акт мәтінінен оқылмаған: бұл өзгертуге болатын параметр. Белгінің болмауы жарияланбағанын дәлелдемейді.
disclosure-term = Мерзімі
disclosure-levels = Кімді міндеттейді
disclosure-basis = Құқықтық негіз
disclosure-unverified = тексерілмеген
disclosure-term-next = келесі жылғы { $date } дейін
disclosure-term-same = сол жылғы { $date } дейін
disclosure-term-before = алдыңғы жылғы { $date } дейін
disclosure-note-title = Жарияланымды белгілеу
disclosure-note-lead = Не жарияланды, қашан және қайда. Белгі бәріне көрінеді және жазбада қалады; сол туралы кейінгі белгі оның орнын басады.
disclosure-note-link = Жарияланымды белгілеу
disclosure-note-one = Белгілеу
disclosure-note-place-hint = Бірліктің ӘАОЖ кодының тоғыз цифры.
disclosure-note-date = Жарияланған күні
disclosure-note-date-hint = Бұрынғы белгіні қайтарып алу үшін бос қалдырыңыз; онда себебі ескертпеде жазылады.
disclosure-note-address = Мекенжайы
disclosure-note-address-hint = Қай жерден оқуға болады, https:// деп басталады.
disclosure-note-remark-hint = Бұл жарияланым туралы басқалар нені білуі керек.
disclosure-part-year = Бүкіл жыл
field-publication-address = https:// немесе http:// деп басталатын мекенжайды көрсетіңіз.
field-publication-future = Жарияланған күн бүгіннен кейін бола алмайды. Құжат жарияланған күнді көрсетіңіз.
disclosure-found = { $n ->
    [one] { $n } міндет сай келеді.
   *[other] { $n } міндет сай келеді.
}
disclosure-missing-days = { $n ->
    [one] Белгі жоқ, мерзімі { $n } күн бұрын өткен
   *[other] Белгі жоқ, мерзімі { $n } күн бұрын өткен
}
disclosure-late-days = { $n ->
    [one] { $n } күн кешіккен
   *[other] { $n } күн кешіккен
}
disclosure-term-adoption = { $n ->
    [one] бекітілгеннен кейін { $n } жұмыс күні
   *[other] бекітілгеннен кейін { $n } жұмыс күні
}
disclosure-term-period = { $n ->
    [one] кезең біткеннен кейін { $n } күн
   *[other] кезең біткеннен кейін { $n } күн
}
disclosure-day-unknown = жарияланды, күні белгісіз
