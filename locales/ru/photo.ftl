### Фотографии проектов и приёмка работ жителями.

## Photographs of projects

project-tab-photos = Фотографии
project-tab-acceptance = Приёмка жителями
photos-title = Фотографии
photos-all = Все фотографии
photos-none-title = Фотографий пока нет
photos-none-text = Снимки до и после работ добавляет менеджер проекта.
photos-count =
    { $n ->
        [one] { $n } снимок, пар «до» и «после»: { $pairs }.
        [few] { $n } снимка, пар «до» и «после»: { $pairs }.
        [many] { $n } снимков, пар «до» и «после»: { $pairs }.
       *[other] { $n } снимка, пар «до» и «после»: { $pairs }.
    }
photos-page = Страница { $page } из { $pages }
photos-pair-needed =
    { $n ->
        [one] Чтобы назвать работы законченными, нужна ещё { $n } пара.
        [few] Чтобы назвать работы законченными, нужны ещё { $n } пары.
        [many] Чтобы назвать работы законченными, нужно ещё { $n } пар.
       *[other] Чтобы назвать работы законченными, нужно ещё { $n } пары.
    }
photos-privacy = Сохраняются только время съёмки и место с точностью { $metres } м. Остальные данные файла — камера, имена, точное место — удаляются.
photo-pair = До работ и после работ
photo-kind = Что на снимке
photo-kind-before = До работ
photo-kind-progress = Ход работ
photo-kind-after = После работ
photo-kind-document = Документ или паспорт объекта
photo-kind-opening = Открытие
photo-kind-resident = Снимок жителя
photo-alt-resident = Снимок, присланный жителем, без описания
photo-time-unknown = День съёмки неизвестен
photo-time-camera = Снято { $when } (по часам камеры)
photo-time-stated = Снято { $when } (указано: { $name })
photo-added-by = добавлено: { $name }, { $when }
photo-place = около { $lat }, { $lon } с точностью { $metres } м
photo-map-title = Где сделаны снимки
photo-map-remark = Места огрублены до середины квадрата и не показывают, где стоял снимавший.
photo-hidden = Модератор скрыл эту фотографию ({ $when }). Причина: { $reason }
photo-erased = Изображение стёрто, осталась только запись.
photo-invented = выдуманный рисунок
photo-invented-title = Эти изображения выдуманы
photo-invented-text = Они нарисованы для демонстрации и не показывают никакого настоящего места.

## Adding and describing

photo-add-title = Добавить фотографии
photo-for-finishing = Снимки до и после работ, без которых работы не назвать законченными
photo-edit-title = Изменить описание снимка
photo-before = Снимок этого места до работ
photo-before-hint = Нужен для снимка «после работ»: вместе они составляют пару.
photo-before-none = не выбран
photo-before-option = { $caption } ({ $when })
photo-caption-kk = Описание на казахском
photo-caption-ru = Описание на русском
photo-caption-en = Описание на английском
photo-caption-hint = Хотя бы на одном языке: что видно. Этот текст слышат те, кто не видит снимка.
photo-stated-on = День съёмки
photo-stated-on-hint = Только если камера его не записала или записала неверно.
photo-files = Файлы снимков
photo-files-hint = JPEG, PNG или WebP, каждый до { $mb } МБ и { $mp } мегапикселей. За раз можно выбрать до { $files } файлов.
photo-file-hint = JPEG, PNG или WebP, до { $mb } МБ и { $mp } мегапикселей.
photo-submit = Загрузить фотографии
photo-added = Фотографии добавлены.
photo-saved = Описание сохранено.
photo-is-added = Добавлен
photo-outcomes = Что стало с файлами
photo-outcome = Результат
photo-file-name = Файл
photo-there = Снимки этого проекта
photo-changed-meanwhile = Тем временем описание изменил другой человек. Если сохранить ещё раз, останутся ваши слова.
photo-alike-here = В этом проекте есть такой же на вид снимок. Проверьте, не добавлен ли он дважды.
photo-alike-elsewhere = Такой же на вид снимок есть в проекте «{ $title }». Проверьте, к какому проекту он относится.

## What is wrong with a file

photo-refused-empty = Файл пуст. Выберите другой.
photo-refused-foreign =
    { $what ->
        [markup] Это не снимок, а размеченный текст (HTML или SVG). Отправьте JPEG, PNG или WebP.
        [pdf] Это не снимок, а документ PDF. Отправьте JPEG, PNG или WebP.
        [archive] Это не снимок, а архив. Отправьте JPEG, PNG или WebP.
        [program] Это не снимок, а программа. Отправьте JPEG, PNG или WebP.
        [other_picture] Снимки в таком формате не принимаются (например, HEIC или GIF). Сохраните его как JPEG.
       *[unknown] Это не снимок. Отправьте JPEG, PNG или WebP.
    }
photo-refused-bytes = Файл занимает { $have } МБ, допускается до { $max } МБ. Уменьшите снимок.
photo-refused-pixels = Размер снимка { $width } × { $height } пикселей, допускается до { $max } мегапикселей. Уменьшите снимок.
photo-refused-small = Размер снимка { $width } × { $height } пикселей, а каждой стороне нужно не меньше { $min }.
photo-refused-memory = Чтобы открыть снимок, нужно слишком много памяти. Сохраните его как JPEG и отправьте снова.
photo-refused-truncated = У файла нет конца: похоже, он скопирован не полностью. Отправьте его снова.
photo-refused-damaged = Файл повреждён, открыть его нельзя. Отправьте другую копию.
photo-refused-hidden =
    { $what ->
        [markup] За снимком спрятан размеченный текст (HTML или SVG). Отправьте сам снимок.
        [pdf] За снимком спрятан документ PDF. Отправьте сам снимок.
        [archive] За снимком спрятан архив. Отправьте сам снимок.
        [program] За снимком спрятана программа. Отправьте сам снимок.
        [other_picture] За снимком спрятано другое изображение. Отправьте сам снимок.
       *[unknown] За снимком спрятаны посторонние данные. Отправьте сам снимок.
    }

## What is wrong with the words

field-photo-same = Этот файл в проекте уже есть.
field-photos-many = В одном проекте не больше { $max } снимков.
field-photo-caption-missing = Опишите снимок хотя бы на одном языке.
field-photo-future = Снимок не может быть сделан в будущем. Исправьте день.
field-photo-old = Принимаются снимки начиная с { $year } года. Исправьте день.
field-photo-before-missing = Выберите снимок этого места до работ.
field-photo-pair-order = Снимок после работ сделан раньше снимка до работ. Проверьте дни.
field-photo-pair-same = Оба снимка одинаковы. Для пары нужны два разных.
field-photo-answered = Этот снимок стоит в паре как «до работ». Сначала выберите для снимка «после» другой.
field-photo-shown = Сначала скройте фотографию с указанием причины.
field-pair-missing = Чтобы назвать работы законченными, нужно пар снимков «до» и «после»: не меньше { $need }, есть { $have }. Добавьте их на странице «Фотографии».

## Moderation of photographs

photo-hide = Скрыть
photo-show = Показать снова
photo-erase = Стереть изображение навсегда
photo-erase-confirm = Стереть изображение навсегда? Вернуть его нельзя.
photo-reason-hint = Например: лица, номер машины, личный документ, реклама. Причину видят все.
photo-is-hidden = Фотография скрыта.
photo-is-shown = Фотография снова видна.
photo-is-erased = Изображение стёрто.
photo-moderation-title = Проверка фотографий
photo-moderation-lead = Последние фотографии территории. На месте скрытой остаётся причина.
photo-moderation-none = Они появятся здесь, когда их добавят менеджеры и жители.
desk-photos = Проверить фотографии
desk-photos-text = Последние снимки; скрыть, если видны лица и личные данные.

## Acceptance by residents

acceptance-title = Закончены ли работы
acceptance-term-open = Работы объявлены законченными { $from }. До { $to } жители подтверждают это или оспаривают.
acceptance-term-over = Работы объявлены законченными { $from }. Жители высказывались до { $to }, результат остаётся.
acceptance-rule = Откуда правила:
acceptance-n-confirm = Подтверждают
acceptance-n-dispute = Оспаривают
acceptance-share = Подтверждают { $n } из { $all }
acceptance-nobody = Пока никто не высказался.
acceptance-due = До { $day } орган должен публично ответить: оспаривают многие.
acceptance-late = Срок прошёл
acceptance-speak = Сказать, закончены ли работы
acceptance-read = Что говорят жители
acceptance-question = Работы действительно закончены?
acceptance-verdict = Ваше мнение
acceptance-verdict-confirm = Подтверждаю: работы закончены
acceptance-verdict-dispute = Оспариваю: не закончены или не так, как обещано
acceptance-body = Что вы видите
acceptance-body-hint = Если оспариваете, напишите, чего не хватает. До 2 000 знаков. Рядом видно ваше имя.
acceptance-file = Фотография
acceptance-remove-photo = Убрать мой прежний снимок
acceptance-submit = Отправить мнение
acceptance-change = Изменить мнение
acceptance-one-person = Один человек высказывается один раз и до конца срока может изменить мнение.
acceptance-mine = Вы сказали: «{ $verdict }». До конца срока можно изменить.
acceptance-sign-in = Войдите, чтобы высказаться.
acceptance-residents-only = Законченность работ подтверждают только жители.
acceptance-unfinished-title = Работы ещё не закончены
acceptance-unfinished-text = Когда работы объявят законченными, жители подтвердят это или оспорят здесь.
acceptance-words = Что говорят жители
acceptance-earlier = о прежнем завершении
acceptance-hidden = Модератор скрыл эти слова ({ $when }). Причина: { $reason }
acceptance-answers = Ответ органа
acceptance-answer = Публичный ответ
acceptance-answer-hint = Напишите, что и когда будет сделано. До 2 000 знаков.
acceptance-answer-submit = Опубликовать ответ
acceptance-said = Ваше мнение учтено.
acceptance-answered = Ответ опубликован.
acceptance-is-hidden = Слова скрыты.
acceptance-is-shown = Слова снова видны.
field-works-unfinished = Работы не объявлены законченными, поэтому мнения пока не принимаются.
field-term-over = Срок (до { $day }) закончился. Результат можно читать и дальше.
field-dispute-words = Напишите, чего не хватает, чтобы это могли исправить.
field-nothing-disputed = Отвечать не на что: никто не оспаривает.
disputes-title = Оспоренные работы
disputes-rule = Если не согласны не меньше { $people } человек и { $share } высказавшихся, орган отвечает публично в течение { $days } дней после конца срока.
disputes-caption = Проекты, которые ждут ответа
disputes-project = Проект
disputes-due = Срок ответа
disputes-none-title = Ничто не ждёт ответа
disputes-none-text = Если жители оспорят законченные работы, проект появится здесь.
desk-disputes = Оспоренные работы
desk-disputes-text = Ответить по проектам, где жители не согласны с «закончено».
