//! Archives written piece by piece: files of any length, the memory of one piece.

use std::io::{Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A ZIP archive being written. The same content makes the same bytes: files carry no time.
pub struct Archive<W: Write + Seek>(ZipWriter<W>);

impl<W: Write + Seek> std::fmt::Debug for Archive<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Archive")
    }
}

impl<W: Write + Seek> Archive<W> {
    /// An empty archive.
    pub fn new(to: W) -> Self {
        Self(ZipWriter::new(to))
    }

    /// Begins the next file; what is written from now on is in it.
    ///
    /// # Errors
    /// When the place below cannot be written to.
    pub fn begin(&mut self, name: &str) -> std::io::Result<()> {
        let options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
        Ok(self.0.start_file(name, options)?)
    }

    /// Writes what belongs at the end.
    ///
    /// # Errors
    /// When the place below cannot be written to.
    pub fn finish(self) -> std::io::Result<W> {
        Ok(self.0.finish()?)
    }
}

impl<W: Write + Seek> Write for Archive<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::Archive;
    use std::io::{Cursor, Read, Write};

    #[test]
    fn files_come_out_as_they_went_in_and_twice_the_same() {
        let make = || {
            let mut archive = Archive::new(Cursor::new(Vec::new()));
            for name in ["a.csv", "б.json"] {
                archive.begin(name).unwrap();
                archive.write_all(name.as_bytes()).unwrap();
            }
            archive.finish().unwrap().into_inner()
        };
        let bytes = make();
        assert_eq!(bytes, make());
        let mut read = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        read.by_name("б.json").unwrap().read_to_string(&mut text).unwrap();
        assert_eq!(text, "б.json");
    }
}
