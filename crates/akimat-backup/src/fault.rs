//! What can be wrong with a backup, as facts. The sentences are in the catalogue under [`Fault::key`].

/// What stands in the way.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The disk refused; `0` is what the system said.
    #[error("the disk: {0}")]
    Disk(String),
    /// The database refused; `0` is what it said.
    #[error("the database: {0}")]
    Database(String),
    /// A file of a key does not hold one.
    #[error("no key")]
    KeyFile,
    /// The file does not begin as a backup does.
    #[error("not a backup")]
    NotABackup,
    /// The backup was sealed with another key.
    #[error("sealed with the key {wanted}, not with {given}")]
    OtherKey {
        /// Fingerprint of the key it was sealed with.
        wanted: String,
        /// Fingerprint of the key that was given.
        given: String,
    },
    /// A byte of this chunk, from 0, is not what was written.
    #[error("chunk {chunk} was altered")]
    Altered {
        /// Number of the chunk.
        chunk: u64,
    },
    /// The file ends before its end.
    #[error("the file ends after chunk {chunk}")]
    Truncated {
        /// Number of the last chunk that is there.
        chunk: u64,
    },
    /// Something follows the end.
    #[error("bytes follow the last chunk {chunk}")]
    Trailing {
        /// Number of the last chunk.
        chunk: u64,
    },
    /// The chunks are whole, but what is in them is no backup of a version that this program knows.
    #[error("form: {0}")]
    Form(&'static str),
    /// A part is not what the manifest says of it.
    #[error("the part {0} differs from the manifest")]
    Part(String),
    /// The place to restore to is not empty.
    #[error("{0} is not empty")]
    NotEmpty(String),
    /// The backup is of the other kind of database.
    #[error("a backup of {found} does not fit")]
    OtherDatabase {
        /// What the backup holds: `sqlite` or `postgres`.
        found: &'static str,
    },
    /// The schema of the backup was made by a newer program.
    #[error("the schema {0} is unknown")]
    Newer(String),
    /// A table has another number of rows than the manifest says.
    #[error("{table}: {found} rows in place of {wanted}")]
    Rows {
        /// The table.
        table: String,
        /// Rows after the manifest.
        wanted: u64,
        /// Rows that are there.
        found: u64,
    },
    /// The database found itself damaged; `0` is its first complaint.
    #[error("damaged: {0}")]
    Damaged(String),
    /// The transparency log recomputed from its leaves is not the one of the manifest.
    #[error("the log: size {found}, root {root}")]
    Log {
        /// Leaves that are there.
        found: u64,
        /// Their root, in hexadecimal digits.
        root: String,
    },
    /// Another backup or restore works in the same place.
    #[error("{0} is in use")]
    Busy(String),
    /// The file to write is there already.
    #[error("{0} is there already")]
    Exists(String),
}

/// Answers of this crate.
pub type Result<T> = std::result::Result<T, Fault>;

impl Fault {
    /// What a reader or writer of the system said.
    pub fn disk(error: &std::io::Error) -> Self {
        Self::Disk(error.to_string())
    }

    /// Its sentence in the catalogue.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Disk(_) => "backup-fault-disk",
            Self::Database(_) => "backup-fault-database",
            Self::KeyFile => "backup-fault-key-file",
            Self::NotABackup => "backup-fault-not-a-backup",
            Self::OtherKey { .. } => "backup-fault-other-key",
            Self::Altered { .. } => "backup-fault-altered",
            Self::Truncated { .. } => "backup-fault-truncated",
            Self::Trailing { .. } => "backup-fault-trailing",
            Self::Form(_) => "backup-fault-form",
            Self::Part(_) => "backup-fault-part",
            Self::NotEmpty(_) => "backup-fault-not-empty",
            Self::OtherDatabase { .. } => "backup-fault-other-database",
            Self::Newer(_) => "backup-fault-newer",
            Self::Rows { .. } => "backup-fault-rows",
            Self::Damaged(_) => "backup-fault-damaged",
            Self::Log { .. } => "backup-fault-log",
            Self::Busy(_) => "backup-fault-busy",
            Self::Exists(_) => "backup-fault-exists",
        }
    }

    /// Facts of the sentence.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Disk(said) | Self::Database(said) | Self::Damaged(said) => vec![("said", said.clone())],
            Self::KeyFile | Self::NotABackup => Vec::new(),
            Self::OtherKey { wanted, given } => vec![("wanted", wanted.clone()), ("given", given.clone())],
            Self::Altered { chunk } | Self::Truncated { chunk } | Self::Trailing { chunk } => {
                vec![("chunk", chunk.to_string())]
            }
            Self::Form(what) => vec![("what", (*what).to_owned())],
            Self::Part(name)
            | Self::NotEmpty(name)
            | Self::Newer(name)
            | Self::Busy(name)
            | Self::Exists(name) => {
                vec![("name", name.clone())]
            }
            Self::OtherDatabase { found } => vec![("found", (*found).to_owned())],
            Self::Rows { table, wanted, found } => {
                vec![("table", table.clone()), ("wanted", wanted.to_string()), ("found", found.to_string())]
            }
            Self::Log { found, root } => vec![("found", found.to_string()), ("root", root.clone())],
        }
    }
}
