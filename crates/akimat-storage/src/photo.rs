//! Photographs of projects: what is known about each, and its pictures in parts.
//!
//! A picture is kept in the database in parts of [`PART_BYTES`], so that it is handed to a reader without
//! lying in memory whole, and so that a photograph and its record are written together or not at all.

use crate::{Page, PageRequest, Result};
use akimat_core::{AccountId, KatoCode, ProjectId, Text};
use akimat_participation::Hidden;
use akimat_project::Point;
use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::DateTime;
use uuid::Uuid;

/// Bytes of one part of a picture; the last part is shorter.
pub const PART_BYTES: usize = 64 * 1024;

macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in tables, addresses and catalogue keys.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// Reads the name used in tables and addresses.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.code() == code)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// What a photograph shows.
    PhotoKind {
        /// The place before the works.
        Before = "before",
        /// The works going on.
        Progress = "progress",
        /// The place after the works; it names its "before".
        After = "after",
        /// A document or a board at the site.
        Document = "document",
        /// The opening.
        Opening = "opening",
        /// What a resident shows about finished works.
        Resident = "resident",
    }
}

codes! {
    /// What a photograph belongs to.
    PhotoSubject {
        /// A project of the register.
        Project = "project",
        /// A proposal of a participatory budget.
        Proposal = "proposal",
    }
}

codes! {
    /// One of the pictures kept of a photograph.
    PhotoSize {
        /// For looking at: JPEG.
        Web = "web",
        /// For lists: JPEG.
        Thumb = "thumb",
    }
}

codes! {
    /// How the time of a photograph is known.
    TimeSource {
        /// The camera wrote it into the file.
        Camera = "camera",
        /// The person who added the photograph says so.
        Stated = "stated",
    }
}

/// When a photograph was taken, by the clock at the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Day and time, to the second.
    pub at: DateTime,
    /// How it is known.
    pub source: TimeSource,
}

/// Where a photograph was taken, coarsened before it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoarsePoint {
    /// The middle of the cell that the place lies in.
    pub point: Point,
    /// Length of a side of the cell in metres.
    pub cell_m: u32,
}

/// Width, height and length of one picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PictureSize {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Bytes.
    pub n_bytes: u32,
}

/// What is known about a photograph; its pictures are read apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Photo {
    /// Identifier.
    pub id: Uuid,
    /// What it belongs to.
    pub subject: PhotoSubject,
    /// The project; of a proposal, its identifier.
    pub project: ProjectId,
    /// Territory of the project or proposal on that day.
    pub place: KatoCode,
    /// What it shows.
    pub kind: PhotoKind,
    /// The photograph of the same place before the works; only an [`PhotoKind::After`] has one.
    pub before: Option<Uuid>,
    /// Caption; it is also what is read aloud in place of the picture.
    pub caption: Text,
    /// When it was taken; `None` when nobody knows.
    pub taken: Option<Taken>,
    /// Where it was taken; `None` when nobody knows.
    pub point: Option<CoarsePoint>,
    /// SHA-256 of the file as it was sent, lower-case hexadecimal. The file itself is not kept.
    pub sha256: String,
    /// Fingerprint of what is seen; near-equal pictures differ in few bits.
    pub look: i64,
    /// The picture for looking at.
    pub web: PictureSize,
    /// The picture for lists.
    pub thumb: PictureSize,
    /// Who added it.
    pub added_by: Option<AccountId>,
    /// In whose name.
    pub by_name: String,
    /// When it was added.
    pub at: Timestamp,
    /// Hidden by a moderator; the reason stays in its place.
    pub hidden: Option<Hidden>,
    /// The pictures are erased; only this record is left.
    pub erased: bool,
    /// A drawing invented for the demonstration.
    pub invented: bool,
    /// 1 when added, then one more with each change.
    pub version: u32,
}

/// The pictures of a photograph, encoded.
#[derive(Clone, PartialEq, Eq)]
pub struct PhotoFiles {
    /// For looking at.
    pub web: Vec<u8>,
    /// For lists.
    pub thumb: Vec<u8>,
}

impl std::fmt::Debug for PhotoFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PhotoFiles({} and {} bytes)", self.web.len(), self.thumb.len())
    }
}

/// Reads photographs.
#[async_trait]
pub trait PhotoRead: Send + Sync {
    /// One photograph, also a hidden one.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn find_photo(&self, id: Uuid) -> Result<Option<Photo>>;

    /// The photographs of a project, hidden ones included, the one added first first.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_photos(&self, project: ProjectId) -> Result<Vec<Photo>>;

    /// Photographs in a territory and below, newest first, hidden ones included.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_photos_in_place(&self, place: KatoCode, page: &PageRequest) -> Result<Page<Photo>>;

    /// Photographs of any project out of the same file or with the same fingerprint, at most 20.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn list_photos_alike(&self, sha256: &str, look: i64) -> Result<Vec<Photo>>;

    /// A part of a picture, from 0 on; `None` after the last.
    ///
    /// # Errors
    /// [`crate::StoreError`] when the database fails.
    async fn read_photo_part(&self, id: Uuid, size: PhotoSize, part: u32) -> Result<Option<Vec<u8>>>;
}
