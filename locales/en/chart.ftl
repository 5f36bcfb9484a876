# Charts and their files.

chart-download = Download:
chart-note-budget = Data: { $stage }, from the file { $file }.
