# Диаграммалар және олардың файлдары.

chart-download = Жүктеп алу:
chart-note-budget = Деректер: { $stage }, { $file } файлынан.
