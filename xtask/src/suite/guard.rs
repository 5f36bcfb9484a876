//! Programs that run beside the tests, and their folders: ended and removed in all cases.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// A folder of our own under the system's temporary folder, removed when dropped.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// Makes `akimat-KIND-PID`, readable by us only, and sweeps away what runs that were killed left behind.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub(super) fn make(kind: &str) -> Result<Self> {
        let parent = std::env::temp_dir();
        let prefix = format!("akimat-{kind}-");
        for entry in std::fs::read_dir(&parent)?.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let owner = name.strip_prefix(&prefix).and_then(|pid| pid.parse::<u32>().ok());
            let proc = Path::new("/proc");
            if owner.is_some_and(|pid| proc.join("self").exists() && !proc.join(pid.to_string()).exists()) {
                // Another person's leftovers stay: we may not remove them, and need not.
                std::fs::remove_dir_all(entry.path()).ok();
            }
        }
        let folder = parent.join(format!("{prefix}{}", std::process::id()));
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).with_context(|| format!("could not make {}", folder.display()))?;
        Ok(Self(folder))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            println!("could not remove {}: {error}", self.0.display());
        }
    }
}

/// A server that runs until dropped: asked to end first, ended by force after ten seconds.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    log: PathBuf,
}

impl Server {
    /// Starts `command` with its output going to the file `log`.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(super) fn start(command: &mut Command, log: PathBuf) -> Result<Self> {
        let file = std::fs::File::create(&log)?;
        let child = command
            .stdin(std::process::Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .context("could not start the server")?;
        Ok(Self { child, log })
    }

    /// Waits until `ready` says so.
    ///
    /// # Errors
    /// When the server ends, or `limit` passes, before that; the message holds the end of its log.
    pub(super) fn wait(&mut self, limit: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
        let start = Instant::now();
        while !ready() {
            if let Some(status) = self.child.try_wait()? {
                bail!("the server ended ({status}):\n{}", self.log_end());
            }
            if start.elapsed() > limit {
                bail!("the server was not ready after {} s:\n{}", limit.as_secs(), self.log_end());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// The last lines of what it printed.
    pub(super) fn log_end(&self) -> String {
        let text = std::fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let lines: Vec<&str> = text.lines().collect();
        lines[lines.len().saturating_sub(30)..].join("\n")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let id = self.child.id().to_string();
        // The shell's own `kill` is there on the barest system.
        let asked = Command::new("sh").args(["-c", "kill -INT \"$0\"", &id]).status();
        let start = Instant::now();
        while asked.is_ok() && start.elapsed() < Duration::from_secs(10) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A port of the loopback that nobody listens on.
///
/// # Errors
/// When there is none.
pub(super) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
