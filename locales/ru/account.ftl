### Вход, регистрация, роли.


## Роли

role-resident = Житель
role-project_manager = Руководитель проектов
role-analyst = Бюджетный аналитик
role-head = Аким
role-moderator = Модератор
role-clerk = Специалист приёма граждан
role-administrator = Администратор

## Вход

sign-in-title = Вход
sign-in-intro = Чтобы читать, входить не нужно. Войдите, чтобы оценивать проекты, писать отзывы или работать.
sign-in-login = Логин
sign-in-password = Пароль
sign-in-submit = Войти
sign-in-no-account = Ещё не зарегистрированы? Это займёт около минуты.
signed-in-as = Вы вошли как { $name }.
signed-out = Вы вышли из системы.
sign-in-demo-heading = Учётные записи для показа
sign-in-demo-body = Эти учётные записи есть только в демонстрации. Попробуйте войти под любой из них.

## Регистрация

register-title = Регистрация
register-intro = Зарегистрируйтесь как житель, чтобы оценивать проекты и писать отзывы. Ваше имя будет видно рядом с отзывом.
register-name = Имя, которое увидят другие
register-name-hint = Например: Айгуль С. Полное имя указывать не обязательно.
register-login-hint = Латинские буквы и цифры. Логин никто не увидит.
register-password-hint = Наименьшее число символов: { $min }. Надёжнее всего пароль из нескольких слов.
register-password-again = Повторите пароль
register-submit = Зарегистрироваться
register-done = Добро пожаловать. Теперь вы можете оценивать проекты и писать отзывы.
register-have-account = Уже зарегистрированы? Войдите.

## Профиль

account-title = Мой профиль
account-role = Роль
account-place = Территория
account-place-all = Все территории
account-since = Регистрация: { $date }
account-my-ratings = Мои оценки
account-my-comments = Мои отзывы
account-my-comments-empty = Вы ещё не писали отзывов. Выберите проект и поделитесь мнением.
account-change-password = Изменить пароль
account-password-now = Нынешний пароль
account-password-new = Новый пароль
account-password-changed = Пароль изменён. На других устройствах нужно будет войти заново.

## More

account-since-label = Дата регистрации
