//! `akimat serve`.

use crate::compose::{self, Platform};
use crate::config::{Config, Home};
use crate::demo;
use anyhow::Context;
use std::net::SocketAddr;
use std::process::ExitCode;

/// Serve the platform.
#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    home: Home,
    /// Address to serve on
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

impl Serve {
    /// Serves until it is stopped.
    ///
    /// # Errors
    /// When the settings are wrong, the database cannot be opened or the address is taken.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let mut config = Config::load(&self.home)?;
        if let Some(listen) = self.listen {
            config.listen = listen;
        }
        let runtime = compose::runtime()?;
        runtime.block_on(async {
            let platform = compose::platform(&config).await?;
            demo::ensure_top_level(&platform).await?;
            let listener = bind(config.listen).await?;
            serve(&config, platform, listener, Vec::new()).await
        })?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Takes the address.
///
/// # Errors
/// When somebody else has it.
pub(super) async fn bind(listen: SocketAddr) -> anyhow::Result<tokio::net::TcpListener> {
    tokio::net::TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))
}

/// Serves on `listener` until Ctrl-C or SIGTERM; requests under way are answered first.
///
/// # Errors
/// When the listener fails.
pub(super) async fn serve(
    config: &Config,
    platform: Platform,
    listener: tokio::net::TcpListener,
    demo_accounts: Vec<akimat_web_kit::state::DemoAccount>,
) -> anyhow::Result<()> {
    let tiles = match &config.map.tiles {
        Some(url) => Some(
            akimat_web_kit::state::Tiles::new(url, &config.map.attribution)
                .context("map.tiles must be an address with {z}, {x} and {y} in it")?,
        ),
        None => None,
    };
    let options = akimat_web_kit::WebOptions {
        origin: config.web.origin.trim_end_matches('/').to_owned(),
        tiles,
        secure_cookie: config.web.secure_cookie,
        behind_proxy: config.web.behind_proxy,
        demo_accounts,
        open_contracting: config.open_contracting.settings(),
        upload_bytes_max: config.web.upload_mib << 20,
        upload_folder: Some(config.upload_folder()?),
        ..akimat_web_kit::WebOptions::default()
    };
    let platform = crate::keeper::attach(config, platform).await?;
    let metrics = crate::metrics::render(std::sync::Arc::clone(&platform.store))?;
    let (jobs, post) = (platform.app.clone(), platform.app.clone());
    let (forgetting, notices) = (platform.app.clone(), platform.app.clone());
    let messenger = platform.app.clone();
    let (log, witnesses) = (platform.app.clone(), platform.app.clone());
    let state = akimat_web_kit::WebState::new(platform.app, options).with_metrics(metrics);
    let service = akimat_web::router(state).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(address = %listener.local_addr()?, "listening");
    let (stop, stopped) = tokio::sync::watch::channel(false);
    tokio::spawn(jobs.run_jobs(stopped.clone()));
    tokio::spawn(post.run_post(stopped.clone()));
    tokio::spawn(notices.run_notices(stopped.clone()));
    tokio::spawn(messenger.run_messenger(stopped.clone()));
    tokio::spawn(forgetting.run_forgetting(stopped.clone()));
    tokio::spawn(log.run_log(stopped.clone()));
    tokio::spawn(witnesses.run_witnesses(stopped.clone()));
    tokio::spawn(async move {
        told_to_stop().await;
        stop.send_replace(true);
    });
    let mut begun = stopped.clone();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        let _ = begun.wait_for(|stop| *stop).await;
    });
    let mut late = stopped;
    tokio::select! {
        ended = server => ended.context("the server failed")?,
        () = async {
            let _ = late.wait_for(|stop| *stop).await;
            tokio::time::sleep(GRACE).await;
        } => tracing::warn!("some requests were broken off"),
    }
    tracing::info!("stopped");
    Ok(())
}

/// How long requests under way may take once the server is told to stop.
const GRACE: std::time::Duration = std::time::Duration::from_secs(10);

async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
