# Backups on the command line.

backup-key-made = { $file }: a new key { $key }. Print it, and keep it apart from the backups: without it no backup can be read.
backup-made = { $file }: backed up, { $megabytes } MB. Tables: { $tables }, rows: { $rows }.
backup-verified = { $file }: everything agrees, { $megabytes } MB. Tables: { $tables }, rows: { $rows }. Nothing was changed.
backup-restored = { $file }: restored, { $megabytes } MB. Tables: { $tables }, rows: { $rows }.
backup-of = The database ({ $database }) at { $at }, written by { $software }, schema { $schema }.
backup-log = Transparency log: leaves { $leaves }, root { $root }.
backup-log-empty = Transparency log: no checkpoint yet.
backup-sealed = Sealed with the key { $key }.
backup-warn-key = { $name } is not the key that this database was run with ({ $wanted }). Put that key in place before the server starts, or what it protects stays closed.
backup-warn-log = The transparency log was signed up to leaf { $signed }, but this backup ends at leaf { $restored }. The server will not sign the log until a backup is restored that is as new.

backup-fault-disk = The disk refused: { $said }.
backup-fault-database = The database refused: { $said }.
backup-fault-key-file = There is no key in this file. A key is 64 hexadecimal digits, as “akimat backup key” writes it.
backup-fault-not-a-backup = This is not a backup of this platform.
backup-fault-other-key = This backup was sealed with the key { $wanted }; the key that you gave is { $given }.
backup-fault-altered = Block { $chunk } is not what was written: the file was damaged or changed. Take another copy of the backup.
backup-fault-truncated = The file ends after block { $chunk }: the rest is missing. Take another copy of the backup.
backup-fault-trailing = Something was added after block { $chunk }, where the backup ends. Take another copy of the backup.
backup-fault-form = The contents are not a backup that this program can read ({ $what }). A newer program may have written it.
backup-fault-part = The part { $name } is not what the list of contents says.
backup-fault-not-empty = There is something already: { $name }. Restore into an empty place.
backup-fault-other-database = This backup is of a database of the kind { $found }. Name settings with a database of that kind.
backup-fault-newer = The database was brought to { $name } by a newer program. Restore it with that one.
backup-fault-rows = The table { $table } has { $found } rows in place of { $wanted }.
backup-fault-damaged = The database in the backup is damaged: { $said }.
backup-fault-log = The transparency log recomputed from its leaves differs from the list of contents: leaves { $found }, root { $root }.
backup-fault-busy = Another backup or restore is under way: { $name }.
backup-fault-exists = There is a file already: { $name }. Name another.
