//! Why a file is not kept.

/// What a file turned out to hold besides or instead of a photograph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A page or drawing with markup: HTML, SVG, XML.
    Markup,
    /// A document in PDF.
    Pdf,
    /// An archive: ZIP, RAR, 7z, gzip; also documents of office programs.
    Archive,
    /// A program.
    Program,
    /// A picture in a format that is not taken: HEIC, AVIF, GIF, TIFF, BMP.
    OtherPicture,
    /// Something else.
    Unknown,
}

impl Foreign {
    /// Every value.
    pub const ALL: [Self; 6] =
        [Self::Markup, Self::Pdf, Self::Archive, Self::Program, Self::OtherPicture, Self::Unknown];

    /// The name in catalogue keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Markup => "markup",
            Self::Pdf => "pdf",
            Self::Archive => "archive",
            Self::Program => "program",
            Self::OtherPicture => "other_picture",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a file is not kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Nothing was sent.
    #[error("the file is empty")]
    Empty,
    /// The first bytes are not those of a JPEG, PNG or WebP picture.
    #[error("the file is not a JPEG, PNG or WebP picture but {0:?}")]
    NotAPhotograph(Foreign),
    /// Too many bytes.
    #[error("the file has {n_bytes} bytes, {n_bytes_max} are allowed")]
    TooManyBytes {
        /// Bytes of the file.
        n_bytes: u64,
        /// Bytes allowed.
        n_bytes_max: u64,
    },
    /// Too many pixels; known from the header, before anything is unpacked.
    #[error("the picture has {width} × {height} pixels, {n_pixels_max} are allowed")]
    TooManyPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Pixels allowed.
        n_pixels_max: u64,
    },
    /// Too few pixels to show anything; also none at all.
    #[error("the picture has {width} × {height} pixels, each side needs {side_min}")]
    TooFewPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
        /// Shortest side allowed.
        side_min: u32,
    },
    /// Unpacking would take more memory than allowed.
    #[error("the picture needs too much memory")]
    TooMuchMemory,
    /// The end of the file is missing.
    #[error("the end of the file is missing")]
    Truncated,
    /// What is inside contradicts itself.
    #[error("the file is damaged")]
    Damaged,
    /// Something else is hidden behind the picture.
    #[error("{0:?} is hidden behind the picture")]
    Polyglot(Foreign),
}
