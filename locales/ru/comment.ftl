### Обсуждение: ответы, поддержка, сообщения о нарушениях, мои отзывы.

talk-order-label = Порядок отзывов
talk-order-newest = Сначала новые
talk-order-supported = Сначала с поддержкой
talk-order-official = Сначала с официальным ответом
comment-answer = Ответить
comment-open = Открыть отзыв
comment-support-on = Поддерживаю
comment-support-off = Снять поддержку
comment-support-count =
    { $n ->
        [0] Пока никто не поддержал
        [one] Поддержал { $n } человек
        [few] Поддержали { $n } человека
        [many] Поддержали { $n } человек
       *[other] Поддержали { $n } человека
    }
comment-edited-at = изменено { $when }
comment-removed-at = Автор удалил этот отзыв { $when }.
comment-hidden-code = Этот отзыв скрыт модератором ({ $when }). Правило: { $code }. Причина: { $reason }
comment-waiting-tag = Ждёт проверки
comment-waiting = Пока модератор не посмотрит отзыв, его видите только вы.
comment-more-replies =
    { $n ->
        [one] Ещё { $n } ответ
        [few] Ещё { $n } ответа
        [many] Ещё { $n } ответов
       *[other] Ещё { $n } ответа
    }
comment-page-title = Отзыв: { $about }
comment-back = Ко всем отзывам
comment-answer-title = Ответ
comment-answer-label = Ваш ответ
comment-answer-submit = Опубликовать ответ
comment-edit-title = Исправить текст
comment-edit-hint = Текст можно изменить в течение { $minutes } мин после публикации. Изменение будет отмечено.
comment-edit-submit = Сохранить изменение
comment-edit-late = Прошло больше { $minutes } мин, изменить текст уже нельзя. Отзыв можно удалить и написать новый.
comment-remove-title = Удалить отзыв
comment-remove-text = Текст исчезнет навсегда, на его месте останется пометка. Ответы сохранятся.
comment-remove-submit = Удалить отзыв
comment-remove-confirm = Удалить отзыв? Вернуть текст будет нельзя.
comment-pin-on = Закрепить наверху
comment-pin-off = Открепить
comment-report-title = Сообщить о нарушении правил
comment-report-text = Сообщение рассмотрит модератор. Автор не увидит вашего имени.
comment-report-reason = Какое правило нарушено
comment-report-choose = Выберите из списка
comment-report-words = Пояснение
comment-report-submit = Сообщить
comment-reported-already = Вы уже сообщали об этом отзыве. Модератор его рассмотрит.
comment-blocked = Модератор ограничил вам возможность писать на этой территории. Срок и причина указаны на странице «Мои отзывы».
comment-too-often = За час можно написать не больше { $max } отзывов. Попробуйте позже.
comment-waits = Ваш отзыв сохранён. Он появится после проверки модератором; его состояние видно на странице «Мои отзывы».
comment-edited = Изменение сохранено.
comment-removed = Ваш отзыв удалён.
comment-supported = Вы поддержали отзыв.
comment-withdrawn = Ваша поддержка снята.
comment-reported = Спасибо. Модератор рассмотрит ваше сообщение.
talk-line-title = Обсуждение строки «{ $line }»: { $place }, { $year } год
talk-line-lead = Отзывы об этой строке бюджета. Официальные ответы стоят первыми.
talk-line-back = К бюджету понятными словами
talk-lines-title = Обсуждение строк бюджета
talk-lines-text = О каждой строке можно высказаться и прочитать, что говорят другие.
talk-lines-show = Список строк
my-comments-title = Мои отзывы
my-comments-lead = Ваши отзывы и решения модераторов о них.
my-comments-none = Вы ещё не написали ни одного отзыва.
my-comments-projects = К проектам
comment-not-yours = Это не ваш отзыв.
comment-closed = Скрытый или удалённый отзыв изменить нельзя.
comment-own-support = Нельзя поддержать собственный отзыв.
comment-own-report = О своём отзыве сообщить нельзя, его можно удалить.
