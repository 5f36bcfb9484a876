### Бюджет туралы сұрақтар.

question-title = Сұрақтар мен жауаптар
question-hub = Тұрғындар бюджет жолдары туралы не сұрады және мекеме не жауап берді?
question-lead = Бюджет жолдары туралы сұрақтар және мекемелердің ресми жауаптары.
question-about = Кез келген жол туралы сұраңыз. Мекеменің жауабы сұрақтың астына бекітіледі.
question-none = Бұл бюджет туралы әлі ешкім сұраған жоқ.
question-none-listed = Мұндай сұрақ жоқ. Сұрақ азаматтық бюджет бетінде қойылады.
question-ask = Сұрақ қою
question-line = Қай жол туралы
question-body = Сұрағыңыз
question-body-hint = Бәріне көрінеді. Жеке деректерді жазбаңыз.
question-send = Сұрақты жіберу
question-sign-in = Сұрақ қою үшін кіріңіз
question-all = Осы аумақтағы барлық сұрақтар
question-by = { $name }, { $when }
question-answered-by = Ресми жауап: { $office }, { $when }
question-waits = Жауап күтуде.
question-answer = Жауап беру
question-answer-label = Мекеменің атынан жауап; бұрынғы жауап болса, соның орнына
question-hidden = Модератор { $when } жасырды. Себебі: { $reason }
question-asked = Сұрағыңыз жарияланды. Жауабы осы жерде шығады.
question-answered = Жауап жарияланды.
question-filter = Қай сұрақтар
question-state = Жауап
question-state-all = Барлығы
question-state-open = Жауап күтуде
question-state-answered = Жауабы бар
