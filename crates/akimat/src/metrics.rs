//! `/metrics`: what the pages count, with the memory, the processor time and the statements of this server.

use crate::process;
use akimat_storage::Store;
use akimat_web::state::MetricsRender;
use anyhow::Context;
use metrics_exporter_prometheus::PrometheusBuilder;
use std::fmt::Write;
use std::sync::Arc;

/// Begins to record, and answers how the record is printed.
///
/// # Errors
/// When something records already.
pub(crate) fn render(store: Arc<dyn Store>) -> anyhow::Result<MetricsRender> {
    let recorder = PrometheusBuilder::new().install_recorder().context("metrics")?;
    Ok(Arc::new(move || {
        recorder.run_upkeep();
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
