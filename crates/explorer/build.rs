//! Builds the pages with npm and lists them for `include_bytes!`. Without npm a placeholder stands in, and a warning says so.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const PLACEHOLDER: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Chancery</title>\
    <p>The explorer was not built: npm was missing when the program was. The data are at <a href=\"/v1/countries\">/v1/countries</a>.";

fn main() -> Result<(), Box<dyn Error>> {
    let web = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("web");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let pages = out.join("pages");
    for part in ["src", "public", "index.html", "package.json", "package-lock.json", "tsconfig.json", "vite.config.ts"]
    {
        println!("cargo:rerun-if-changed={}", web.join(part).display());
    }
    if pages.exists() {
        fs::remove_dir_all(&pages)?;
    }
    fs::create_dir_all(&pages)?;
    let placeholder = !has_npm();
    if placeholder {
        println!("cargo:warning=npm is not installed: the explorer is a placeholder page");
        fs::write(pages.join("index.html"), PLACEHOLDER)?;
    } else {
        install(&web)?;
        let out_dir = pages.to_str().ok_or("the build folder is not UTF-8")?;
        npm(&web, &["run", "build", "--", "--outDir", out_dir])?;
    }
    fs::write(out.join("pages.rs"), table(&pages, placeholder)?)?;
    Ok(())
}

fn has_npm() -> bool {
    Command::new("npm").arg("--version").output().is_ok_and(|out| out.status.success())
}

/// `npm ci`, once for each lock file.
fn install(web: &Path) -> Result<(), Box<dyn Error>> {
    let stamp = web.join("node_modules/.installed-lock");
    let lock = fs::read_to_string(web.join("package-lock.json"))?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    npm(web, &["ci"])?;
    fs::write(stamp, lock)?;
    Ok(())
}

fn npm(web: &Path, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    let out = Command::new("npm").args(arguments).current_dir(web).output()?;
    if out.status.success() {
        return Ok(());
    }
    let said = [out.stdout, out.stderr].concat();
    Err(format!("npm {} in {}: {}", arguments.join(" "), web.display(), String::from_utf8_lossy(&said)).into())
}

/// A Rust table of every file: path below the root, bytes.
fn table(pages: &Path, placeholder: bool) -> Result<String, Box<dyn Error>> {
    let mut files = Vec::new();
    collect(pages, &mut files)?;
    files.sort();
    let mut rust = format!("const PLACEHOLDER: bool = {placeholder};\nstatic PAGES: &[(&str, &[u8])] = &[\n");
    for file in files {
        let name = file.strip_prefix(pages)?.to_str().ok_or("a page is not named in UTF-8")?.replace('\\', "/");
        writeln!(rust, "    ({name:?}, include_bytes!({:?})),", file)?;
    }
    rust.push_str("];\n");
    Ok(rust)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
