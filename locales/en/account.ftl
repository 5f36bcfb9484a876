### Signing in, registration, roles.


## Roles

role-resident = Resident
role-project_manager = Project manager
role-analyst = Budget analyst
role-head = Akim
role-moderator = Moderator
role-clerk = Clerk at the desk
role-administrator = Administrator

## Signing in

sign-in-title = Sign in
sign-in-intro = You need not sign in to read. Sign in to rate projects, to comment or to work.
sign-in-login = Login
sign-in-password = Password
sign-in-submit = Sign in
sign-in-no-account = Not registered yet? It takes about a minute.
signed-in-as = You are signed in as { $name }.
signed-out = You have signed out.
sign-in-demo-heading = Demonstration accounts
sign-in-demo-body = These accounts exist in the demonstration only. Try any of them.

## Registration

register-title = Register
register-intro = Register as a resident to rate projects and to comment. Your name is shown next to your comments.
register-name = Name that others see
register-name-hint = For example: Aigul S. You need not give your full name.
register-login-hint = Latin letters and digits. Nobody sees the login.
register-password-hint = At least { $min } characters. A password of several words is the safest.
register-password-again = Repeat the password
register-submit = Register
register-done = Welcome. You can now rate projects and comment.
register-have-account = Already registered? Sign in.

## Profile

account-title = My profile
account-role = Role
account-place = Territory
account-place-all = All territories
account-since = Registered on { $date }
account-my-ratings = My ratings
account-my-comments = My comments
account-my-comments-empty = You have not commented yet. Choose a project and say what you think.
account-change-password = Change the password
account-password-now = Present password
account-password-new = New password
account-password-changed = The password has been changed. You will have to sign in again on other devices.

## More

account-since-label = Registered on
