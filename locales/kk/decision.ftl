### Ұсыным және шешім.

decisions-title = Шешімдер
decisions-empty = Шешім әлі жарияланған жоқ.
decision-title = { $place }: { $date } күнгі шешім
decision-by = Шешімді қабылдаған: { $name }
decision-why = Шешімнің негіздемесі
decision-state-accepted = Ұсыным өзгеріссіз қабылданды
decision-state-changed = Ұсыным өзгертіліп қабылданды

## Ұсыным

recommend-criteria = Критерийлер мен салмақтар
recommend-criterion = Критерий
recommend-weight = Салмағы
recommend-cost = Құны

## More

decisions-intro = Әкімнің қабылдаған шешімдері: не ұсынылды, не шешілді және неге.
decision-published = Шешім жарияланды. Оны білдіртпей өзгерту мүмкін емес: түзету жаңа шешім ретінде шығады.
