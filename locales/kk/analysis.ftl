### Аумақтар мен бюджеттерді талдау.

analysis-title = Талдау
analysis-lead = Бюджеттер, трансферттер және аумақтар туралы сұрақтар. Әр бет неге жауап беретінін, формуласы мен деректердің көзін көрсетеді.
analysis-place-label = Аумақтың атауы немесе ӘАОЖ коды
analysis-place-choose = Аумақты таңдау
analysis-place-chosen = Таңдалған аумақ: { $place }.
analysis-place-needed = Алдымен жоғарыдағы өріс арқылы аумақты таңдаңыз.

analysis-group-budgets = Бюджеттер
analysis-group-territories = Аумақтар
analysis-group-scenarios = Сценарийлер
analysis-group-statistics = Статистика
analysis-group-reports = Есептер
analysis-all = Барлық талдау
