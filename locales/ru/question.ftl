### Вопросы о бюджете.

question-title = Вопросы и ответы
question-hub = Что жители спросили о строках бюджета и что ответили ведомства?
question-lead = Вопросы о строках бюджетов и официальные ответы ведомств.
question-about = Спросите о любой строке. Ответ ведомства закрепляется под вопросом.
question-none = Об этом бюджете ещё никто не спрашивал.
question-none-listed = Таких вопросов нет. Вопрос можно задать на странице бюджета для граждан.
question-ask = Задать вопрос
question-line = О какой строке
question-body = Ваш вопрос
question-body-hint = Его увидят все. Не пишите личных данных.
question-send = Отправить вопрос
question-sign-in = Войдите, чтобы задать вопрос
question-all = Все вопросы этой территории
question-by = { $name }, { $when }
question-answered-by = Официальный ответ: { $office }, { $when }
question-waits = Ждёт ответа.
question-answer = Ответить
question-answer-label = Ответ от имени ведомства; заменит прежний, если он был
question-hidden = Скрыто модератором { $when }. Причина: { $reason }
question-asked = Ваш вопрос опубликован. Ответ появится здесь.
question-answered = Ответ опубликован.
question-filter = Какие вопросы
question-state = Ответ
question-state-all = Все
question-state-open = Ждут ответа
question-state-answered = С ответом
