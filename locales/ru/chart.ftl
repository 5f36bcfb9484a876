# Диаграммы и их файлы.

chart-download = Скачать:
chart-note-budget = Данные: { $stage }, из файла { $file }.
