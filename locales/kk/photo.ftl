### Жобалардың суреттері және тұрғындардың жұмысты қабылдауы.

## Photographs of projects

project-tab-photos = Суреттер
project-tab-acceptance = Тұрғындар тексеруі
photos-title = Суреттер
photos-all = Барлық суреттер
photos-none-title = Әзірге суреттер жоқ
photos-none-text = Жұмыстың «дейін» және «кейін» суреттерін жоба менеджері қосады.
photos-count = { $n } сурет, оның ішінде «дейін» және «кейін» жұбы: { $pairs }.
photos-page = { $page }-бет, барлығы { $pages }
photos-pair-needed = Жұмысты аяқталды деу үшін тағы { $n } жұп керек.
photos-privacy = Түсірілген уақыты мен { $metres } метр дәлдіктегі орны ғана сақталады. Файлдағы қалған деректер — камера, адамдардың аты, нақты орын — жойылады.
photo-pair = Жұмысқа дейін және жұмыстан кейін
photo-kind = Суретте не көрсетілген
photo-kind-before = Жұмысқа дейін
photo-kind-progress = Жұмыс барысы
photo-kind-after = Жұмыстан кейін
photo-kind-document = Құжат немесе паспорт тақтасы
photo-kind-opening = Ашылу
photo-kind-resident = Тұрғынның суреті
photo-alt-resident = Тұрғын жіберген сурет, сипаттамасыз
photo-time-unknown = Түсірілген күні белгісіз
photo-time-camera = Түсірілген уақыты: { $when } (камера бойынша)
photo-time-stated = Түсірілген күні: { $when } ({ $name } көрсеткен)
photo-added-by = қосқан: { $name }, { $when }
photo-place = { $lat }, { $lon } маңы, дәлдігі { $metres } м
photo-map-title = Суреттер қайда түсірілген
photo-map-remark = Орындар шаршының ортасына дейін дөңгелектенген, сондықтан түсіруші тұрған жерді көрсетпейді.
photo-hidden = Модератор бұл суретті жасырған ({ $when }). Себебі: { $reason }
photo-erased = Сурет жойылған, тек жазбасы қалды.
photo-invented = ойдан салынған сурет
photo-invented-title = Бұл суреттер ойдан салынған
photo-invented-text = Олар көрсетілім үшін салынған, ешқандай нақты жерді көрсетпейді.

## Adding and describing

photo-add-title = Суреттер қосу
photo-for-finishing = Жұмысты аяқталды деу үшін керек «дейін» және «кейін» суреттері
photo-edit-title = Сурет сипаттамасын өзгерту
photo-before = Осы жердің жұмысқа дейінгі суреті
photo-before-hint = «Жұмыстан кейін» суретіне қажет: екеуі жұп құрайды.
photo-before-none = таңдалмаған
photo-before-option = { $caption } ({ $when })
photo-caption-kk = Қазақша сипаттама
photo-caption-ru = Орысша сипаттама
photo-caption-en = Ағылшынша сипаттама
photo-caption-hint = Кемінде бір тілде: не көрініп тұр. Көрмейтін адамдарға осы мәтін оқылады.
photo-stated-on = Түсірілген күні
photo-stated-on-hint = Камера жазбаған немесе қате жазған болса ғана.
photo-files = Сурет файлдары
photo-files-hint = JPEG, PNG немесе WebP, әрқайсысы { $mb } МБ және { $mp } мегапиксельге дейін. Бір рет { $files } файлға дейін таңдауға болады.
photo-file-hint = JPEG, PNG немесе WebP, { $mb } МБ және { $mp } мегапиксельге дейін.
photo-submit = Суреттерді жүктеу
photo-added = Суреттер қосылды.
photo-saved = Сипаттама сақталды.
photo-is-added = Қосылды
photo-outcomes = Файлдардың нәтижесі
photo-outcome = Нәтиже
photo-file-name = Файл
photo-there = Осы жобаның суреттері
photo-changed-meanwhile = Сипаттаманы осы уақытта басқа адам өзгертті. Қайта сақтасаңыз, сіздің сөздеріңіз қалады.
photo-alike-here = Осы жобада дәл осындай сурет бар. Бір сурет екі рет қосылмағанын тексеріңіз.
photo-alike-elsewhere = Дәл осындай сурет «{ $title }» жобасында бар. Қай жобаға тиесілі екенін тексеріңіз.

## What is wrong with a file

photo-refused-empty = Файл бос. Басқасын таңдаңыз.
photo-refused-foreign =
    { $what ->
        [markup] Бұл сурет емес, белгіленген мәтін (HTML немесе SVG). JPEG, PNG немесе WebP жіберіңіз.
        [pdf] Бұл сурет емес, PDF құжаты. JPEG, PNG немесе WebP жіберіңіз.
        [archive] Бұл сурет емес, мұрағат. JPEG, PNG немесе WebP жіберіңіз.
        [program] Бұл сурет емес, бағдарлама. JPEG, PNG немесе WebP жіберіңіз.
        [other_picture] Бұл пішімдегі сурет қабылданбайды (мысалы HEIC немесе GIF). Оны JPEG ретінде сақтап жіберіңіз.
       *[unknown] Бұл сурет емес. JPEG, PNG немесе WebP жіберіңіз.
    }
photo-refused-bytes = Файл { $have } МБ, ал { $max } МБ-қа дейін рұқсат етіледі. Суретті кішірейтіңіз.
photo-refused-pixels = Сурет өлшемі { $width } × { $height } пиксель, ал { $max } мегапиксельге дейін рұқсат етіледі. Суретті кішірейтіңіз.
photo-refused-small = Сурет өлшемі { $width } × { $height } пиксель, ал әр қабырғасына кемінде { $min } пиксель керек.
photo-refused-memory = Суретті ашуға тым көп жад керек. Оны JPEG пішімінде сақтап, қайта жіберіңіз.
photo-refused-truncated = Файлдың соңы жоқ: толық жүктелмеген сияқты. Қайта жіберіңіз.
photo-refused-damaged = Файл бүлінген, оны ашу мүмкін емес. Басқа көшірмесін жіберіңіз.
photo-refused-hidden =
    { $what ->
        [markup] Суреттің артында белгіленген мәтін (HTML немесе SVG) жасырылған. Суреттің өзін жіберіңіз.
        [pdf] Суреттің артында PDF құжаты жасырылған. Суреттің өзін жіберіңіз.
        [archive] Суреттің артында мұрағат жасырылған. Суреттің өзін жіберіңіз.
        [program] Суреттің артында бағдарлама жасырылған. Суреттің өзін жіберіңіз.
        [other_picture] Суреттің артында басқа сурет жасырылған. Суреттің өзін жіберіңіз.
       *[unknown] Суреттің артында бөгде дерек жасырылған. Суреттің өзін жіберіңіз.
    }

## What is wrong with the words

field-photo-same = Бұл жобада осы файл бұрыннан бар.
field-photos-many = Бір жобада { $max } суреттен артық болмайды.
field-photo-caption-missing = Кемінде бір тілде сипаттама жазыңыз.
field-photo-future = Сурет болашақта түсірілуі мүмкін емес. Күнін түзетіңіз.
field-photo-old = { $year } жылдан бергі суреттер ғана қабылданады. Күнін түзетіңіз.
field-photo-before-missing = Осы жердің жұмысқа дейінгі суретін таңдаңыз.
field-photo-pair-order = Жұмыстан кейінгі сурет жұмысқа дейінгіден ерте түсірілген. Күндерін тексеріңіз.
field-photo-pair-same = Екі сурет бірдей. Жұпқа екі бөлек сурет керек.
field-photo-answered = Бұл сурет жұпта «дейін» ретінде тұр. Алдымен «кейін» суретіне басқасын таңдаңыз.
field-photo-shown = Алдымен суретті себебін жазып жасырыңыз.
field-pair-missing = Жұмысты аяқталды деу үшін «дейін» және «кейін» суреттерінің кемінде { $need } жұбы керек, қазір { $have }. Оларды «Суреттер» бетінде қосыңыз.

## Moderation of photographs

photo-hide = Жасыру
photo-show = Қайта көрсету
photo-erase = Суретті біржола өшіру
photo-erase-confirm = Суретті біржола өшіру керек пе? Оны қайтару мүмкін емес.
photo-reason-hint = Мысалы: адамдардың беті, көлік нөмірі, жеке құжат, жарнама. Себебін барлығы көреді.
photo-is-hidden = Сурет жасырылды.
photo-is-shown = Сурет қайта көрсетілді.
photo-is-erased = Сурет өшірілді.
photo-moderation-title = Суреттерді тексеру
photo-moderation-lead = Аумақтың соңғы суреттері. Жасырылған суреттің орнында себебі тұрады.
photo-moderation-none = Тұрғындар мен менеджерлер сурет қосқанда, олар осында шығады.
desk-photos = Суреттерді тексеру
desk-photos-text = Соңғы суреттер; бет-жүз бен жеке деректер көрінсе, жасыру.

## Acceptance by residents

acceptance-title = Жұмыс аяқталды ма
acceptance-term-open = Жұмыс { $from } күні аяқталды деп жарияланды. Тұрғындар { $to } күніне дейін растайды немесе келіспейді.
acceptance-term-over = Жұмыс { $from } күні аяқталды деп жарияланды. Тұрғындардың пікірі { $to } күніне дейін қабылданды, нәтижесі сақталады.
acceptance-rule = Ереже қайдан:
acceptance-n-confirm = Растайды
acceptance-n-dispute = Келіспейді
acceptance-share = { $all } адамның { $n } растайды
acceptance-nobody = Әзірге ешкім пікір білдірген жоқ.
acceptance-due = Келіспейтіндер көп: мекеме { $day } күніне дейін көпшілік алдында жауап беруі керек.
acceptance-late = Мерзімі өтті
acceptance-speak = Жұмыс аяқталғанын айту
acceptance-read = Тұрғындар не дейді
acceptance-question = Жұмыс шынымен аяқталды ма?
acceptance-verdict = Сіздің пікіріңіз
acceptance-verdict-confirm = Растаймын: жұмыс аяқталған
acceptance-verdict-dispute = Келіспеймін: аяқталмаған немесе уәде бойынша емес
acceptance-body = Не байқадыңыз
acceptance-body-hint = Келіспесеңіз, не жетпейтінін жазыңыз. 2 000 таңбаға дейін. Атыңыз бірге көрсетіледі.
acceptance-file = Сурет
acceptance-remove-photo = Бұрын жіберген суретімді алып тастау
acceptance-submit = Пікірді жіберу
acceptance-change = Пікірді өзгерту
acceptance-one-person = Әр адам бір рет айтады, мерзім біткенше пікірін өзгерте алады.
acceptance-mine = Сіз былай дедіңіз: «{ $verdict }». Мерзім біткенше өзгерте аласыз.
acceptance-sign-in = Пікір білдіру үшін кіріңіз.
acceptance-residents-only = Жұмыстың аяқталғанын тек тұрғындар растайды.
acceptance-unfinished-title = Жұмыс әлі аяқталған жоқ
acceptance-unfinished-text = Жұмыс аяқталды деп жарияланғанда, тұрғындар осында растайды немесе келіспейді.
acceptance-words = Тұрғындар не дейді
acceptance-earlier = бұрынғы аяқталу туралы
acceptance-hidden = Модератор бұл сөздерді жасырған ({ $when }). Себебі: { $reason }
acceptance-answers = Мекеменің жауабы
acceptance-answer = Көпшілікке жауап
acceptance-answer-hint = Не істелетінін және қашан екенін жазыңыз. 2 000 таңбаға дейін.
acceptance-answer-submit = Жауапты жариялау
acceptance-said = Пікіріңіз есепке алынды.
acceptance-answered = Жауап жарияланды.
acceptance-is-hidden = Сөздер жасырылды.
acceptance-is-shown = Сөздер қайта көрсетілді.
field-works-unfinished = Жұмыс аяқталды деп жарияланбаған, сондықтан пікір әлі қабылданбайды.
field-term-over = Мерзім { $day } күні аяқталды. Нәтижені әлі де оқуға болады.
field-dispute-words = Не жетпейтінін жазыңыз, сонда мекеме түзете алады.
field-nothing-disputed = Жауап беретін ештеңе жоқ: ешкім келіспегенін айтқан жоқ.
disputes-title = Даулы жұмыстар
disputes-rule = Кемінде { $people } адам және пікір білдіргендердің { $share } келіспесе, мекеме мерзім біткен соң { $days } күн ішінде көпшілікке жауап береді.
disputes-caption = Жауап күтіп тұрған жобалар
disputes-project = Жоба
disputes-due = Жауап мерзімі
disputes-none-title = Жауап күтіп тұрған жұмыс жоқ
disputes-none-text = Тұрғындар аяқталған жұмыспен келіспесе, жоба осында шығады.
desk-disputes = Даулы жұмыстар
desk-disputes-text = Тұрғындар «аяқталды» дегенмен келіспеген жобаларға жауап беру.
