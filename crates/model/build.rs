//! Lists the tables under `data/` and `ontology/`, so that adding a table changes no Rust.
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../..");
    let root = root.canonicalize()?;
    let mut tables = Vec::new();
    for room in ["data", "ontology"] {
        println!("cargo::rerun-if-changed={}", root.join(room).display());
        collect(&root.join(room), &mut tables)?;
    }
    tables.sort();
    let mut out = String::from("&[\n");
    for path in tables {
        let name = path.strip_prefix(&root).expect("below the root");
        let name = name.to_str().expect("table names are ASCII");
        out += &format!("    ({name:?}, include_str!({:?})),\n", path.display().to_string());
        println!("cargo::rerun-if-changed={}", path.display());
    }
    out += "]\n";
    fs::write(PathBuf::from(env::var("OUT_DIR").expect("cargo sets it")).join("tables.rs"), out)
}

fn collect(folder: &Path, tables: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            if !path.ends_with("tools") {
                collect(&path, tables)?;
            }
        } else if path.extension().is_some_and(|e| e == "tsv") {
            tables.push(path);
        }
    }
    Ok(())
}
