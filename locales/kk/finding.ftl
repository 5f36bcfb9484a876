### Бюджеттегі сәйкессіздіктер.

finding-revenue_total-title = Кірістердің жиынтығы
finding-revenue_total = Кірістердің жиынтығы { $printed } деп жазылған, ал санаттардың қосындысы { $expected }. Айырмасы { $difference }. Санаттарды шешімнің түпнұсқасымен салыстырыңыз.

finding-net_lending-title = Таза бюджеттік кредиттеу
finding-net_lending = Таза бюджеттік кредиттеу { $printed } деп жазылған, ал кредиттерден олардың өтелуін шегергенде { $expected } шығады. Айырмасы { $difference }. Екі соманы да тексеріңіз.

finding-financial_assets-title = Қаржы активтері
finding-financial_assets = Қаржы активтері бойынша сальдо { $printed } деп жазылған, ал сатып алудан сатуды шегергенде { $expected } шығады. Айырмасы { $difference }. Екі соманы да тексеріңіз.

finding-balance-title = Бюджет тапшылығы (профициті)
finding-balance = Тапшылық (профицит) { $printed } деп жазылған. Кірістерден шығындарды, таза кредиттеуді және қаржы активтері бойынша сальдоны шегергенде { $expected } шығады. Айырмасы { $difference }. Бөлімдердің жиынтықтарын шешіммен салыстырыңыз.

finding-balance-sign = Тапшылық (профицит) { $printed } деп жазылған: мөлшері дұрыс, бірақ таңбасы кері. Бөлімдер бойынша { $expected } болуы керек. Мұндай олқылық ресми шешімдердің кіріспесінде де кездеседі.

finding-balance_omits_lending-title = Кредиттеу мен активтер есепке алынбаған
finding-balance_omits_lending = Жазылған { $printed } – кірістер мен шығындардың айырмасы ғана. Кредиттеу мен қаржы активтерін қосып есептегенде { $expected } болады.

finding-financing_sign-title = Қаржыландырудың таңбасы
finding-financing_sign = Қаржыландыру { $printed } деп жазылған, бірақ оның таңбасы тапшылықтың (профициттің) таңбасына кері болуы керек: { $expected }. Тапшылықты қаржыландыру оң, профицитті пайдалану теріс санмен көрсетіледі.

finding-financing_total-title = Қаржыландырудың жиынтығы
finding-financing_total = Қаржыландыру { $printed } деп жазылған, ал қарыздар түсімі, оларды өтеу және пайдаланылатын қалдықтар бойынша { $expected } шығады. Айырмасы { $difference }. Осы жолдарды тексеріңіз.

finding-financing_total-balance = Қаржыландыру { $printed } деп жазылған, ал тапшылықты (профицитті) жабу үшін { $expected } болуы керек. Айырмасы { $difference }. Қаржыландыру мен бөлімдердің жиынтықтарын салыстырыңыз.

finding-functional_total-title = Функционалдық топтардың қосындысы
finding-functional_total = Шығындардың жиынтығы { $printed } деп жазылған, ал функционалдық топтардың қосындысы { $expected }. Айырмасы { $difference }. Барлық топ енгізілгенін тексеріңіз.

finding-detail_total-title = Құрамдас жолдардың қосындысы
finding-detail_total = Жолда { $printed } деп жазылған, ал оның құрамындағы жолдардың қосындысы { $expected }. Айырмасы { $difference }. Осы жол мен одан төменгі жолдарды тексеріңіз.

finding-duplicate_line-title = Қайталанған жол
finding-duplicate_line = Бұл жол бюджетте екі рет тұр; есепте алғашқысы қолданылды. Артық жолды алып тастаңыз.

finding-unknown_code-title = Сыныптамада жоқ код
finding-unknown_code = Бұл код сол жылдың бюджеттік сыныптамасынан табылмады. Кодты шешімнің түпнұсқасымен салыстырыңыз.

finding-layout-title = Бюджет құрылымында жоқ жол
finding-layout = Осы жылғы немесе осы деңгейдегі бюджеттің құрылымында мұндай жол болмайды. Бюджеттің жылы мен деңгейін тексеріңіз.

### Бюджеттер арасында, жазбалар арасында және әдеттен тыс жайттар.

finding-transfer_mismatch-title = Трансферттер: екі деңгейдің деректері сәйкес емес
finding-transfer_mismatch = Жоғары тұрған бюджет пен төмен тұрған бюджеттер сол бір трансферттерді әртүрлі көрсетеді: берілгені { $expected }, алынғаны { $printed }. Айырмасы { $difference }. Екі есепті бір күнге салыстырыңыз.

finding-credit_mismatch-title = Бюджеттік кредиттер: екі деңгейдің деректері сәйкес емес
finding-credit_mismatch = Кредитордың деректерінде { $expected }, қарыз алушыда { $printed }. Айырмасы { $difference }. Екі есепті бір күнге салыстырыңыз.

finding-record_contradiction-title = Екі жазба әртүрлі соманы атайды
finding-record_contradiction = Сол бірлік, сол жыл және сол жол үшін бір жазбада { $printed }, екіншісінде { $expected } делінген. Айырмасы { $difference }. Қайсысы дұрыс екені анықталмаған: екі дереккөзді де тексеріңіз.

finding-sign_error-title = Нөлден төмен сома
finding-sign_error = Жолда { $printed } деп жазылған. Мұндай жол әдетте теріс болмайды. Таңбаның қате жазылғанын немесе өткен айлардың түзетуі екенін тексеріңіз.

finding-unit_slip-title = Мың мен миллион шатастырылған болуы мүмкін
finding-unit_slip = Жолда { $printed } деп жазылған, ал қатар тұрған сандар шамамен { $expected } екенін көрсетеді: айырмасы { $factor } есе. Осы соманың өлшем бірлігін тексеріңіз.

finding-history_jump-title = Басқа жылдардан қатты ерекшеленеді
finding-history_jump = Жолда { $printed } көрсетілген; басқа { $n } жылдың ортасы шамамен { $expected } (робасты z-баға { $z }). Орынды себебі болуы мүмкін: жаңа нысан, заңның өзгеруі. Бұл тек қарап шығуға түрткі.

finding-year_end_spike-title = Жылдық шығыстың көбі желтоқсанға келген
finding-year_end_spike = Желтоқсанға { $printed } келген, бұл жылдың { $share } %-ы; бұрынғы { $n } жылда әдетте { $usual } % болған (робасты z-баға { $z }). Шарттар бойынша төлем мерзімі жыл соңында келуі мүмкін. Бұл тек қарап шығуға түрткі.

finding-round_numbers-title = Дөңгелек сомалар көп
finding-round_numbers = Атқарылған { $n } соманың { $round }-і өлшем бірлігінің жүзге еселігі; кездейсоқ жағдайда жүзден бірі ғана болар еді (z-баға { $z }). Дөңгелек бағамен жасалған шарттар да мұны түсіндіреді. Бұл тек қарап шығуға түрткі.

finding-first_digits-title = Алғашқы цифрлар Бенфорд заңынан ауытқиды
finding-first_digits = { $n } соманың алғашқы цифрлары Бенфорд заңынан орта есеппен { $deviation } ауытқиды; әдетте { $limit } аспайды. Тұрақты тарифтер мен жалақылар да мұны түсіндіреді. Бұл тек қарап шығуға түрткі.

### Барлық ескертулер беті.

findings-title = Ескертулер
findings-lead = Жүктелген бюджеттер мен есептердегі өзіне, басқа жазбаға қайшы келетін немесе әдеттен тыс көрінетін барлық жайт. Ескерту адамдар туралы емес, сандар туралы, оның көбіне орынды себебі болады.
findings-entry = Ескертулер
findings-entry-text = Қай сандар бір-біріне қайшы және мекемелер бұл туралы не айтты?
findings-filter = Қандай ескертулер
findings-everywhere = Барлық жерде
findings-any = Кез келген
findings-rule = Ереже
findings-severity = Маңыздылығы
findings-state = Күйі
findings-found = { $n ->
    [one] { $n } ескерту, қаралған жазбалар: { $records }.
   *[other] { $n } ескерту, қаралған жазбалар: { $records }.
}
findings-range = { $n } ескертудің { $from }–{ $until }
findings-left-out = { $n ->
    [one] { $n } ескірек жазба қаралған жоқ. Барлық жазбасын қарау үшін аумақты таңдаңыз.
   *[other] { $n } ескірек жазба қаралған жоқ. Барлық жазбасын қарау үшін аумақты таңдаңыз.
}
findings-empty = Бұл таңдауға сай ескерту жоқ.
findings-not-tested-heading = Жүргізілмеген тексерулер
findings-not-tested-intro = Шарты орындалмаған тексеру жақсы да, жаман да ештеңе айтпайды.
findings-not-tested-few = { $found } мән болды, ал кемінде { $needed } керек ({ $n } рет).
findings-not-tested-size = Сомалар бір шамада, сондықтан алғашқы цифрлары заңға бағынбайды ({ $n } рет).
findings-not-tested-spread = Басқа жылдар бірдей, сондықтан әдеттегінің өлшемі жоқ ({ $n } рет).
findings-record-heading = Бұл туралы не айтылды
findings-record-empty = Бұл ескертуді әлі ешкім түсіндірген де, қабылдамаған да жоқ.
findings-note-heading = Ескертуге жауап беру
findings-note-verdict = Бұл не
findings-note-reason = Себебі
findings-note-hint = Оны бәрі көреді, ол жазбада қалады. Адамдардың атын атамаңыз.
findings-note-save = Жазбаға енгізу
finding-page-title = { $rule }: { $place }, { $year }
finding-severity-error = Қайшылық
finding-severity-warning = Тексерген жөн
finding-severity-hint = Түрткі
finding-state-all = Барлық күйлер
finding-state-open = Ашық
finding-state-explained = Түсіндірілген
finding-state-dismissed = Қабылданбаған
finding-verdict-explained = Сандар дұрыс, себебі мынау
finding-verdict-dismissed = Ескерту қате
finding-verdict-reopened = Бұрынғы түсіндірме расталмайды
finding-direction-down = Жоғары тұрған бюджеттен төмен
finding-direction-up = Төмен тұрған бюджеттерден жоғары
finding-evidence-given = { $name } деректері бойынша берілді, { $year } ({ $record }, { $row }-жол)
finding-evidence-received = { $name } деректері бойынша алынды, { $year } ({ $record }, { $row }-жол)
finding-evidence-history = { $name }, { $year } ({ $record }, { $row }-жол)
finding-evidence-stated = { $record }: { $name }, { $year }, { $row }-жол
finding-note-explained = Түсіндірген: { $name }, { $when }. { $reason }
finding-note-dismissed = Қабылдамаған: { $name }, { $when }. { $reason }
finding-note-reopened = Қайта ашқан: { $name }, { $when }. { $reason }
field-finding-open = Бұл ескерту онсыз да ашық. Басқа жауапты таңдаңыз.
