//! `akimat train forecast`: trains the networks of the neural forecaster again, from the data to the file of weights
//! and its model card.

use crate::{input, progress, say};
use akimat_core::Frequency;
use akimat_forecast::neural::{Ensemble, Network};
use akimat_interop::series_wide::WideReader;
use akimat_train::duplicate::set_aside;
use akimat_train::{
    Collection, HoldBack, Learnt, Recipe, SOURCES, Score, Source, TrainSeries, VERSION, card, recipes, score,
    train,
};
use anyhow::Context;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Train models again.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Train {
    /// Train the neural forecaster twice: without the last values of all series, for the scores and as FILE.rehearsal,
    /// then on everything. An interrupted training goes on where it stopped
    Forecast(Forecast),
}

/// Where from and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct Forecast {
    /// Folder with m4 and public-finance
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// The file of weights; checkpoints lie beside it in FILE.parts until it is complete
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Where the model card goes; without it beside the weights as FILE.card.json
    #[arg(long, value_name = "FILE")]
    card: Option<PathBuf>,
    /// Only the rehearsal: networks that learnt nothing of the last values of any series, for the figures, not for use
    #[arg(long)]
    rehearsal: bool,
    /// With --rehearsal: hold so many horizons back in place of one, for figures of an earlier time
    #[arg(long, value_name = "N", default_value_t = 1, requires = "rehearsal", value_parser = clap::value_parser!(u8).range(1..=50))]
    back: u8,
    /// Only the first networks of each frequency: for a trial
    #[arg(long, value_name = "N")]
    networks: Option<usize>,
    /// Steps of each network in place of its own number: for a trial
    #[arg(long, value_name = "N")]
    steps: Option<usize>,
}

impl Train {
    /// Trains.
    ///
    /// # Errors
    /// When data are missing or files cannot be written.
    pub(crate) fn run(self) -> anyhow::Result<ExitCode> {
        let Self::Forecast(forecast) = self;
        forecast.run()
    }
}

/// A file of the data and its checksum.
struct Read {
    source: Source,
    collection: Collection,
    sha256: String,
}

impl Forecast {
    fn run(&self) -> anyhow::Result<ExitCode> {
        let data = read_all(&self.data)?;
        let recipes = self.recipes();
        let parts = self.out.with_added_extension("parts");
        let hold = HoldBack(usize::from(self.back));
        let rehearsed =
            self.networks(&data, &recipes, hold, &parts.join(format!("rehearsal{}", self.back)))?;
        let bytes = rehearsed.encode()?;
        if self.rehearsal {
            write(&self.out, &bytes)?;
        } else {
            write(&self.out.with_added_extension("rehearsal"), &bytes)?;
        }
        // The scores are those of weights as they are shipped, rounded to a byte.
        let rounded = Ensemble::decode(&bytes)?;
        let scores: Vec<Score> = data
            .iter()
            .filter_map(|read| score(&rounded, (&read.collection, hold), read.source.season))
            .collect();
        for score in &scores {
            say::out(&format!(
                "{}: {} series, MASE {:.3} (seasonal naive {:.3}, classical {:.3}), OWA {:.3}, 95 % holds {:.1} %",
                score.collection,
                score.n_series,
                score.mase,
                score.mase_seasonal_naive,
                score.mase_classical,
                score.owa,
                100.0 * score.coverage95
            ));
        }
        if !self.rehearsal {
            let bytes =
                self.networks(&data, &recipes, HoldBack::NOTHING, &parts.join("shipped"))?.encode()?;
            write(&self.out, &bytes)?;
            let card = self.card.clone().unwrap_or_else(|| self.out.with_added_extension("card.json"));
            let told = serde_json::to_string_pretty(&card_of(&bytes, &data, &recipes, &scores))? + "\n";
            write(&card, told.as_bytes())?;
        }
        std::fs::remove_dir_all(&parts).with_context(|| parts.display().to_string())?;
        Ok(ExitCode::SUCCESS)
    }

    /// All networks, those of an earlier run that are finished taken over.
    fn networks(
        &self,
        data: &[Read],
        recipes: &[Recipe],
        hold: HoldBack,
        parts: &Path,
    ) -> anyhow::Result<Ensemble> {
        let network = |(at, recipe): (usize, &Recipe)| {
            network((data, hold), recipe, &parts.join(at.to_string()), (at + 1, recipes.len()))
        };
        let networks = recipes.iter().enumerate().map(network).collect::<anyhow::Result<_>>()?;
        Ok(Ensemble { version: VERSION.to_owned(), networks })
    }

    fn recipes(&self) -> Vec<Recipe> {
        let mut recipes = recipes();
        if let Some(limit) = self.networks {
            let mut seen = std::collections::BTreeMap::<usize, usize>::new();
            recipes.retain(|recipe| {
                let seen = seen.entry(recipe.shape.season).or_default();
                *seen += 1;
                *seen <= limit
            });
        }
        if let Some(steps) = self.steps {
            recipes.iter_mut().for_each(|recipe| recipe.steps = steps.max(1));
        }
        recipes
    }
}

/// What the weights are, what they were learnt from and how good their like are.
fn card_of(bytes: &[u8], data: &[Read], recipes: &[Recipe], scores: &[Score]) -> serde_json::Value {
    let learnt = data.iter().map(|read| Learnt {
        collection: &read.collection.name,
        n_series: read.collection.series.len(),
        n_copies: read.collection.series.iter().filter(|series| !series.learn).count(),
        share: read.source.share,
        sha256: &read.sha256,
    });
    card((bytes.len(), &sha256(bytes)), &learnt.collect::<Vec<_>>(), (recipes, scores))
}

/// A network: the finished one of an earlier run with the same recipe, or a new one.
fn network(
    (data, hold): (&[Read], HoldBack),
    recipe: &Recipe,
    folder: &Path,
    (nth, of): (usize, usize),
) -> anyhow::Result<Network> {
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    let (done, told) = (folder.join("done.akn"), folder.join("done.json"));
    let same = std::fs::read_to_string(&told)
        .ok()
        .and_then(|text| serde_json::from_str::<Recipe>(&text).ok())
        .is_some_and(|finished| finished == *recipe);
    if same
        && let Some(network) =
            std::fs::read(&done).ok().and_then(|bytes| Ensemble::decode(&bytes).ok()?.networks.pop())
    {
        return Ok(network);
    }
    let own = data.iter().filter(|read| read.source.season == recipe.shape.season);
    let collections: Vec<Collection> = own.map(|read| read.collection.clone()).collect();
    let bar = progress::bar(recipe.steps as u64, "training");
    bar.set_prefix(format!("{nth}/{of}"));
    let network = train(recipe, &collections, hold, folder, &mut |step, loss| {
        bar.set_position(step as u64);
        bar.set_message(format!("network {nth} of {of}, loss {loss:.4}"));
    })?;
    bar.finish_and_clear();
    say::err(&format!("network {nth} of {of}: season {}, trained", recipe.shape.season));
    let bytes = Ensemble { version: VERSION.to_owned(), networks: vec![network.clone()] }.encode()?;
    write(&done, &bytes)?;
    write(&told, serde_json::to_string(recipe)?.as_bytes())?;
    Ok(network)
}

/// All data; what one collection has of another is not learnt from.
fn read_all(folder: &Path) -> anyhow::Result<Vec<Read>> {
    let mut data: Vec<Read> =
        SOURCES.into_iter().map(|source| read(folder, source)).collect::<anyhow::Result<_>>()?;
    for season in [1, 4, 12] {
        let own = data.iter_mut().filter(|read| read.source.season == season);
        let copies = set_aside(&mut own.map(|read| &mut read.collection).collect::<Vec<_>>());
        if copies > 0 {
            say::err(&format!(
                "season {season}: {copies} series of one collection are in another, too; the copies that go on later are left out"
            ));
        }
    }
    Ok(data)
}

fn read(folder: &Path, source: Source) -> anyhow::Result<Read> {
    let path = folder.join(format!("{}.csv.gz", source.path));
    let bytes = std::fs::read(&path).map_err(|error| input::unreadable(&path, &error))?;
    let frequency = match source.season {
        1 => Frequency::Yearly,
        4 => Frequency::Quarterly,
        _ => Frequency::Monthly,
    };
    let broken = |problem: akimat_interop::Problem| anyhow::anyhow!("{}: {problem:?}", path.display());
    let rows =
        WideReader::new(BufReader::new(MultiGzDecoder::new(bytes.as_slice())), frequency).map_err(broken)?;
    let series = rows.map(|row| row.map(|row| TrainSeries { values: row.values, learn: true }));
    let series = series.collect::<Result<Vec<_>, _>>().map_err(broken)?;
    let name = source.path.rsplit('/').next().unwrap_or(source.path).to_owned();
    let sha256 = sha256(&bytes);
    Ok(Read {
        source,
        collection: Collection { name, share: source.share, horizon: source.horizon, series },
        sha256,
    })
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The whole file or nothing of it.
fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let new = path.with_added_extension("new");
    std::fs::write(&new, bytes)
        .and_then(|()| File::open(&new)?.sync_all())
        .and_then(|()| std::fs::rename(&new, path))
        .with_context(|| path.display().to_string())
}
