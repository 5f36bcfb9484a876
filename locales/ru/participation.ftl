### Оценки, отзывы, модерация.


## Оценки

rating-title = Оценка жителей
rating-question = Как вы оцениваете этот проект?
rating-value-1 = 1, очень плохо
rating-value-2 = 2, плохо
rating-value-3 = 3, средне
rating-value-4 = 4, хорошо
rating-value-5 = 5, отлично
rating-submit = Оценить
rating-change = Изменить оценку
rating-yours = Ваша оценка: { $value }. Её можно изменить в любое время.
rating-saved = Ваша оценка учтена.
rating-mean = Средняя оценка { $mean } из 5
rating-none = Оценок ещё нет. Ваша может стать первой.
rating-votes =
    { $n ->
        [one] { $n } голос
        [few] { $n } голоса
        [many] { $n } голосов
       *[other] { $n } голоса
    }
rating-distribution = Как распределились голоса
rating-sign-in = Чтобы поставить оценку, войдите.
rating-residents-only = Проекты оценивают только жители.
rating-one-person = Один человек отдаёт проекту один голос.

## Отзывы

comments-title = Отзывы
comments-count =
    { $n ->
        [0] Отзывов нет
        [one] { $n } отзыв
        [few] { $n } отзыва
        [many] { $n } отзывов
       *[other] { $n } отзыва
    }
comments-none = Отзывов ещё нет. Поделитесь мнением первым.
comment-label = Ваш отзыв
comment-hint = Наибольшее число символов: { $max }. Ваше имя будет видно рядом с отзывом.
comment-submit = Опубликовать отзыв
comment-posted = Ваш отзыв опубликован.
comment-sign-in = Чтобы написать отзыв, войдите.
comment-official = Официальный ответ
comment-by = { $name }, { $when }
comment-hidden = Этот отзыв скрыт модератором ({ $when }). Причина: { $reason }
comment-older = Более ранние отзывы
comment-newer = Более поздние отзывы

## Модерация

moderation-title = Модерация
moderation-intro = Отзыв остаётся, если он вежлив и по теме. Если вы его скроете, причину увидят все.
moderation-queue = Последние отзывы
moderation-queue-empty = Новых отзывов нет.
moderation-hide = Скрыть
moderation-show = Показать снова
moderation-reason = Причина скрытия
moderation-reason-hint = Например: личные данные, оскорбление, реклама. Причина будет видна на месте отзыва.
moderation-hidden = Отзыв скрыт.
moderation-shown = Отзыв снова виден.
moderation-original = Скрытый текст (виден только модератору)
