//! Files and standard input, as streams; tables of a `--data` folder.

use anyhow::{Context, Result, bail};
use chancery_model::DataFiles;
use std::fs;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// One input and its name in messages.
pub(crate) struct Input {
    pub(crate) name: String,
    pub(crate) stream: io::Result<Box<dyn BufRead>>,
}

/// Every input in order; `-`, or no file at all, is standard input.
pub(crate) fn inputs(files: &[PathBuf]) -> impl Iterator<Item = Input> {
    let files = if files.is_empty() { vec![PathBuf::from("-")] } else { files.to_vec() };
    files.into_iter().map(|path| {
        let stream: io::Result<Box<dyn BufRead>> = if path == Path::new("-") {
            Ok(Box::new(io::stdin().lock()))
        } else {
            fs::File::open(&path).map(|file| Box::new(BufReader::with_capacity(1 << 16, file)) as Box<dyn BufRead>)
        };
        Input { name: path.display().to_string(), stream }
    })
}

/// The embedded tables, with those of `folder` in their place.
pub(crate) fn data_files(folder: Option<&Path>) -> Result<DataFiles> {
    let embedded = DataFiles::embedded();
    let Some(folder) = folder else { return Ok(embedded) };
    if !folder.is_dir() {
        bail!("--data {}: no such folder", folder.display());
    }
    let mut tables = Vec::new();
    collect(folder, "data", &mut tables)?;
    Ok(embedded.with(tables))
}

fn collect(folder: &Path, name: &str, tables: &mut Vec<(String, String)>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        let name = format!("{name}/{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            collect(&path, &name, tables)?;
        } else if path.extension().is_some_and(|ending| ending == "tsv") {
            let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            tables.push((name, text));
        }
    }
    Ok(())
}
