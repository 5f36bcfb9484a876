//! `/metrics`: what the pages count, with the memory, the processor time and the statements of this server.

use crate::process;
use akimat_storage::Store;
use akimat_web_kit::state::MetricsRender;
use anyhow::Context;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::fmt::Write;
use std::sync::Arc;
use std::time::Duration;

/// Upper ends of the classes in which times are counted, in seconds.
const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// Begins to record, and answers how the record is printed.
///
/// # Errors
/// When something records already.
///
/// # Panics
/// Outside a runtime.
pub(crate) fn render(store: Arc<dyn Store>) -> anyhow::Result<MetricsRender> {
    let builder = PrometheusBuilder::new().set_buckets(&SECONDS).context("metrics")?;
    let recorder = builder.install_recorder().context("metrics")?;
    let keeper = recorder.clone();
    tokio::spawn(async move {
        // What is measured waits in memory until it is counted, also when nobody asks for it.
        let mut every = tokio::time::interval(Duration::from_secs(5));
        loop {
            every.tick().await;
            keeper.run_upkeep();
        }
    });
    Ok(Arc::new(move || {
        let mut text = recorder.render();
        let mut value = |name: &str, kind: &str, value: String| {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "# TYPE {name} {kind}\n{name} {value}");
        };
        value("akimat_database_statements_total", "counter", store.n_statements().to_string());
        if let Some(bytes) = process::resident_bytes() {
            value("process_resident_memory_bytes", "gauge", bytes.to_string());
        }
        if let Some(time) = process::cpu_time("self") {
            value("process_cpu_seconds_total", "counter", format!("{:.2}", time.as_secs_f64()));
        }
        text
    }))
}
