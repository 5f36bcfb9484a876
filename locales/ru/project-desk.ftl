manager-none = О проекте пока никто не отчитывается.
manager-office = О проекте отчитывается: { $office }
manager-take-over = Взять проект на себя
manager-taken-over = Теперь о проекте отчитываетесь вы.
work-whose-none = Проекты без ответственного
search-stage = стадия: { $name }
import-fact-format = Формат
import-format-register = таблица проектов
import-format-open_contracting = пакет открытых данных о контрактах (OC4IDS или OCDS)
package-hint = Сюда можно отправить и пакет OC4IDS или OCDS в формате JSON. Сначала он просматривается, потом его можно отменить, как и таблицу.
package-verdict = Новых проектов: { $projects }, уже есть в реестре: { $known }; новых процессов закупки: { $processes }, изменённых: { $changed }, без изменений: { $same }.
package-wrong = { $n ->
    [one] В пакете { $n } ошибочное место.
    [few] В пакете { $n } ошибочных места.
    [many] В пакете { $n } ошибочных мест.
   *[other] В пакете { $n } ошибочного места.
  }
package-refused = Пока эти места не исправлены, из пакета ничего не войдёт. Исправьте их в источнике и отправьте пакет снова.
package-processes-title = Процессы закупки: { $n }
package-process-new = новый
package-process-changed = изменён
package-brought = Добавлено проектов: { $added }; добавлено или изменено процессов закупки: { $changed }
