### Почему проект в плане или вне его: целые предложения по вычисленным значениям.

## Место проекта

explanation-in = Проект «{ $project }» включён в план, начало — { $year } год.
explanation-in-mandatory = Проект «{ $project }» включён в план, начало — { $year } год: он обязателен по правилам независимо от пользы.
explanation-out = Проект «{ $project }» не включён в план.
explanation-against-optimum = Доказано, что лучшего плана по этим правилам нет; числа отсчитаны от него.
explanation-against-recommended = Не доказано, что этот план лучший. Числа отсчитаны от рекомендованного плана и при дальнейших расчётах могут только уменьшаться.
explanation-points =
    { $n ->
        [one] { $n } балл
        [few] { $n } балла
        [many] { $n } баллов
       *[other] { $n } балла
    }

## Цена включения

explanation-regret-zero = Есть план с ним, равный по пользе: включение ничего не стоит.
explanation-regret-exact = Потеря плана от его включения — ровно { $points }. Это доказано.
explanation-regret-sufficient = Потеря плана от его включения — самое большее { $points }. Это показывает найденный план; возможно, потеря меньше.
explanation-regret-interval = Потеря плана от его включения в баллах: не меньше { $lower }, не больше { $upper }.
explanation-regret-least = Потеря плана от его включения в баллах: не меньше { $lower }. План с ним пока не найден.
explanation-regret-unknown = План с ним пока не найден, но и не доказано, что его нет.
explanation-regret-never = Ни один план, соблюдающий правила, не может его содержать. Это доказано.

## Вклад в план

explanation-value-zero = Его можно заменить без потерь: есть план без него, равный по пользе.
explanation-value-exact = Без него даже лучший план дал бы меньше: разница — ровно { $points }. Это доказано.
explanation-value-sufficient = Потеря плана без него — самое большее { $points }. Это показывает найденный план; возможно, потеря меньше.
explanation-value-interval = Потеря плана без него в баллах: не меньше { $lower }, не больше { $upper }.
explanation-value-least = Потеря плана без него в баллах: не меньше { $lower }. План без него пока не найден.
explanation-value-unknown = План без него пока не найден, но и не доказано, что его нет.
explanation-value-never = Ни один план, соблюдающий правила, не обходится без него. Это доказано.

## Что изменило бы решение

explanation-benefit-exact = Он вошёл бы в план без потерь, если бы его польза была выше. Нужная прибавка — { $points }; на один балл меньше уже не хватит.
explanation-benefit-sufficient = Он заведомо вошёл бы в план без потерь, если бы его польза была выше. Достаточная прибавка — { $points }; возможно, хватит и меньшей.
explanation-benefit-interval = Прибавка пользы в баллах, с которой он вошёл бы в план без потерь: не меньше { $lower }, заведомо достаточно { $upper }.
explanation-benefit-least = Прибавка пользы в баллах, с которой он вошёл бы в план без потерь: не меньше { $lower }. Сколько достаточно, пока неизвестно.
explanation-cut-exact = Он вошёл бы в план без потерь, если бы платежи по нему были ниже на { $percent }. На один процент меньше уже не хватит.
explanation-cut-sufficient = Он заведомо вошёл бы в план без потерь, если бы платежи по нему были ниже на { $percent }. Возможно, хватит и меньшего снижения.
explanation-cut-interval = Снижение платежей, при котором он вошёл бы в план без потерь: не меньше { $lower }, заведомо достаточно { $upper }.
explanation-cut-least = Снижение платежей, при котором он вошёл бы в план без потерь: не меньше { $lower }. Сколько достаточно, пока неизвестно.
explanation-cut-never = Одного снижения платежей мало: не хватит даже снижения на 99 %.

## Что его останавливает

explanation-stop-barred = Его нельзя выбрать: не хватает данных или его исключило ответственное лицо.
explanation-stop-window = Начать его можно только с { $from } по { $to } год, а таких лет в программе нет.
explanation-stop-excluded = Из его списка можно выбрать только один проект, и это «{ $by }».
explanation-stop-predecessor = Он ждёт проекта «{ $first }», а того нет в плане.
explanation-stop-predecessor-late = Он ждёт проекта «{ $first }», который начинается в { $year } году: для его собственных сроков это поздно.
explanation-stop-conflict = Вместе с ним нельзя соблюсти такие правила: { $rules }.
explanation-stop-price = При начале в { $year } году его польза — { $worth }, но деньги и места, которые он займёт, в других проектах дают больше: разница — { $short }. Больше всего стоит ограничение: { $row }.
explanation-stop-fit = При нынешней цене денег и мест он окупается, но вместе с остальными целыми проектами не помещается.
explanation-carried = При начале в { $year } году его польза — { $worth }. Это больше, чем дали бы в других проектах занятые им деньги и места: разница — { $over }.

## Кто занял его место

explanation-exchange-none = Он помещается, и никому не нужно уходить.
explanation-exchange-one = Ближайшая замена: он входит, «{ $first }» уходит, потеря плана — { $points }.
explanation-exchange-two = Ближайшая замена: он входит, «{ $first }» и «{ $second }» уходят, потеря плана — { $points }.
explanation-witness-enter = В плане, который это показывает, входят: { $projects }.
explanation-witness-leave = В плане, который это показывает, уходят: { $projects }.
explanation-witness-move = В плане, который это показывает, начинаются в другом году: { $projects }.
explanation-start = «{ $project }» ({ $year })
explanation-quoted = «{ $project }»

## Названия правил

explanation-rule-budget = { $source }, { $year } год
explanation-rule-tail = { $source }, обязательства следующих лет
explanation-rule-sector = наименьшие вложения в отрасль «{ $name }»
explanation-rule-district = наименьшие вложения в территорию «{ $name }»
explanation-rule-starts = число начинаемых проектов, { $year } год
explanation-rule-exclusive = список, из которого можно выбрать только один проект: { $projects }
explanation-rule-precedence = «{ $after }» ждёт проекта «{ $before }»
explanation-rule-once = «{ $project }» начинается не более одного раза
explanation-rule-extension = дополнительное правило программы
explanation-rule-carry = { $source }, перенос остатка на { $year } год
explanation-rule-capacity = число начинаемых проектов отрасли, { $year } год
explanation-rule-obligation = предел обязательств, { $year } год
explanation-rule-benefit = наименьшая польза для территории «{ $name }»
explanation-rule-synergy = взаимное усиление двух проектов
explanation-rule-margin = запас на удорожание проектов
explanation-rule-worst = худшие случаи пользы
explanation-rule-stability = цена отступлений от утверждённого плана
explanation-rule-fairness = равномерность пользы между территориями
explanation-fall-worth = Польза при начале в { $year } году
explanation-fall-charge = Плата за ограничение: { $row }
explanation-fall-credit = Зачёт за требование: { $row }
explanation-fall-net = Остаётся

## Больше или меньше денег, неуверенность в оценках

explanation-marginal-more = { $source }, все годы, больше на { $percent }: прибавка плана — { $points }.
explanation-marginal-less = { $source }, все годы, меньше на { $percent }: потеря плана — { $points }.
explanation-marginal-more-year = { $source }, { $year } год, больше на { $percent }: прибавка плана — { $points }.
explanation-marginal-less-year = { $source }, { $year } год, меньше на { $percent }: потеря плана — { $points }.
explanation-marginal-same = { $source }, изменение на { $percent }: польза плана не меняется.
explanation-marginal-none = { $source }, изменение на { $percent }: нет плана, соблюдающего правила.
explanation-marginal-found = Это разница между найденными планами; что они лучшие, не доказано.
explanation-frequency-core = Выбран в { $share } испытаний с другими оценками (испытаний — { $draws }, границы — от { $low } до { $high }): это ядро программы.
explanation-frequency-likely = Выбран в { $share } испытаний с другими оценками (испытаний — { $draws }, границы — от { $low } до { $high }): обычно выбирается.
explanation-frequency-marginal = Выбран в { $share } испытаний с другими оценками (испытаний — { $draws }, границы — от { $low } до { $high }): его место зависит от оценок.
explanation-frequency-unlikely = Выбран в { $share } испытаний с другими оценками (испытаний — { $draws }, границы — от { $low } до { $high }): выбирается редко.
