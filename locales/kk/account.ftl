### Кіру, тіркелу, рөлдер.


## Рөлдер

role-resident = Тұрғын
role-project_manager = Жоба басшысы
role-analyst = Бюджет талдаушысы
role-head = Әкім
role-moderator = Модератор
role-clerk = Азаматтарды қабылдау маманы
role-administrator = Әкімші

## Кіру

sign-in-title = Кіру
sign-in-intro = Оқу үшін кірудің қажеті жоқ. Баға беру, пікір жазу немесе жұмыс істеу үшін кіріңіз.
sign-in-login = Логин
sign-in-password = Құпиясөз
sign-in-submit = Кіру
sign-in-no-account = Әлі тіркелмедіңіз бе? Тіркелу бір минуттай уақыт алады.
signed-in-as = Сіз { $name } атымен кірдіңіз.
signed-out = Сіз жүйеден шықтыңыз.
sign-in-demo-heading = Көрсетілімге арналған тіркелгілер
sign-in-demo-body = Бұл тіркелгілер тек көрсетілімде бар. Кез келгенімен кіріп көріңіз.

## Тіркелу

register-title = Тіркелу
register-intro = Тұрғын ретінде тіркеліп, жобаларға баға беріп, пікір жаза аласыз. Есіміңіз пікіріңіздің жанында көрінеді.
register-name = Көрсетілетін есім
register-name-hint = Мысалы: Айгүл С. Толық аты-жөніңізді жазу міндетті емес.
register-login-hint = Латын әріптері мен цифрлар. Логинді басқалар көрмейді.
register-password-hint = Кемінде { $min } таңба. Бірнеше сөзден тұратын құпиясөз ең сенімдісі.
register-password-again = Құпиясөзді қайталаңыз
register-submit = Тіркелу
register-done = Қош келдіңіз. Енді жобаларға баға беріп, пікір жаза аласыз.
register-have-account = Бұрын тіркеліп пе едіңіз? Кіріңіз.

## Профиль

account-title = Менің профилім
account-role = Рөлі
account-place = Аумағы
account-place-all = Барлық аумақ
account-since = Тіркелген күні: { $date }
account-my-ratings = Менің бағаларым
account-my-comments = Менің пікірлерім
account-my-comments-empty = Сіз әлі пікір жазған жоқсыз. Жобаны таңдап, ойыңызды жазыңыз.
account-change-password = Құпиясөзді өзгерту
account-password-now = Қазіргі құпиясөз
account-password-new = Жаңа құпиясөз
account-password-changed = Құпиясөз өзгертілді. Басқа құрылғыларда қайта кіру керек болады.

## More

account-since-label = Тіркелген күні
