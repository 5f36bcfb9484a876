### Анализ бюджетов и территорий.

analysis-title = Анализ
analysis-lead = Вопросы о бюджетах, трансфертах и территориях. Каждая страница говорит, на какой вопрос отвечает, по какой формуле и из каких данных.
analysis-place-label = Территория: название или код КАТО
analysis-place-choose = Выбрать
analysis-place-chosen = Выбрана территория: { $place }.
analysis-place-needed = Сначала выберите территорию в поле выше.

analysis-group-budgets = Бюджеты
analysis-group-territories = Территории
analysis-group-scenarios = Сценарии
analysis-group-statistics = Статистика
analysis-group-reports = Отчёты
analysis-all = Весь анализ
