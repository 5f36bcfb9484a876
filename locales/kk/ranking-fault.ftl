## Неліктен реттеу орындалмады: жол немесе өріс және не істеу керек.
ranking-fault-missing = { $field } жоқ. Қосыңыз.
ranking-fault-unreadable = { $field } оқылмайды: { $found }. Анықтамалықта көрсетілгендей жазыңыз.
ranking-fault-too-many = { $field }: { $n } тым көп, шегі – { $limit }. Файлды бөліңіз.
ranking-fault-too-few = { $field }: { $n } тым аз, кемінде { $limit } керек.
ranking-fault-length = { $field }: { $expected } орнына { $n } жазба бар. Бос орынды толтырыңыз немесе артығын алып тастаңыз.
ranking-fault-duplicate = { $field }: { $id } екі рет кездеседі. Әрқайсысына бөлек атау беріңіз.
ranking-fault-not-finite = { $row }: { $criterion } мәні – сан емес. Сан жазыңыз.
ranking-fault-negative = { $row }: { $criterion } мәні { $value }, нөлден төмен, бұл әдіс ондай мәнді қабылдамайды. Түзетіңіз немесе басқа әдіс таңдаңыз.
ranking-fault-range = { $row }: { $criterion } аралығы бұзылған. Төменгі шек бағадан, ал баға жоғарғы шектен аспауы керек.
ranking-fault-constant = { $criterion } барлық жобада { $value } болғандықтан ештеңені ажыратпайды. Бұл критерийді алып тастаңыз.
ranking-fault-units = { $criterion } «{ $expected }» орнына «{ $found }» бірлігімен берілген. Мәндерді бір бірлікке келтіріңіз.
ranking-fault-weight-sum = Салмақтардың қосындысы { $expected } орнына { $sum }. Салмақтарды түзетіңіз.
ranking-fault-weight = { $criterion } салмағы – { $value }. Салмақ – нөлден кем емес сан.
ranking-fault-judgement = { $row } мен { $column } салыстыруы – { $value }. Салыстыру – нөлден үлкен сан, ал критерийдің өзімен салыстыруы – бір.
ranking-fault-not-reciprocal = { $row } пен { $column } салыстыруы мен кері салыстыру бір-біріне қайшы: { $value } көбейту { $mirrored } бірге тең емес. Біреуін түзетіңіз.
ranking-fault-threshold = { $criterion } шектері дұрыс емес: q { $q }, p { $p }. Олар теріс болмауы, ал q шегі p шегінен аспауы керек.
ranking-fault-value-function = { $criterion } құндылық функциясы { $point }-нүктеде бұзылған: мәндер өсуі, ал құндылық 0 мен 1 арасында бір бағытта өзгеруі керек.
