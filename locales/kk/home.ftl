### Басты бет.

home-title = Ауданыңызда не салынып жатқанын және оның құнын көріңіз
home-intro = Бюджеттер, жобалар, болжамдар мен шешімдер бір жерде, әр сан өз дереккөзімен.
home-find-heading = Аумағыңызды табыңыз
home-map-heading = Немесе картадан таңдаңыз
home-demo-heading = Платформаны қолданып көріңіз
home-demo-body = Ойдан шығарылған { $name } бүкіл жолды көрсетеді: бюджеттен тұрғынның бағасына дейін.
home-demo-open = Көрсетілім ауданын ашу
home-what-heading = Мұнда не істеуге болады
home-what-budget-heading = Бюджетті түсіну
home-what-budget = Ақша қайдан келеді, неге жұмсалады және сандар өзара сәйкес келе ме.
home-what-projects-heading = Жобаларды қадағалау
home-what-projects = Мердігер кім, қанша төленді, не дайын және неге кешігіп жатыр.
home-what-voice-heading = Ойыңызды айту
home-what-voice = Жобаға баға беріңіз, пікір жазыңыз және ресми жауапты оқыңыз.
home-what-check-heading = Тексеру
home-what-check = Болжамдар бұрын қаншалықты дәл болды және шешім неге дәл осылай қабылданды.
home-latest-updates = Соңғы жаңалықтар
home-latest-none = Жаңалық әлі жоқ.
home-figures-heading = Сандармен
