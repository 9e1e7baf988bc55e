//! What a fresh machine lacks: libclang for RocksDB's bindings, npm packages, Chromium, Python readers.
//!
//! Installed where we may (root on Debian and its kin), else the exact command is named.

use crate::{root, run, say, target};
use anyhow::{Result, bail};
use std::path::{Path, PathBuf};
use std::process::Command;

/// libclang, which bindgen loads while RocksDB is built, a C++ compiler, and make.
pub(crate) fn for_building() -> Result<()> {
    let has_libclang = std::env::var_os("LIBCLANG_PATH").is_some() || has_libclang();
    if !has_libclang {
        install("libclang-dev", "libclang (RocksDB's bindings are generated with it)")?;
    }
    if !on_path("c++") && !on_path("g++") {
        install("g++", "a C++ compiler (RocksDB is built from source)")?;
    }
    if !on_path("make") {
        install("make", "make (the allocator jemalloc is built with it)")?;
    }
    if !on_path("npm") {
        say("npm is not installed: the explorer will be a placeholder page (install nodejs 20 or newer and npm)");
    }
    Ok(())
}

/// Chromium and the packages of the browser tests; says where Chromium is.
pub(crate) fn for_browser() -> Result<PathBuf> {
    if !on_path("npm") {
        install("nodejs npm", "Node.js and npm (the explorer and its tests)")?;
    }
    let chromium = find_chromium().map_or_else(
        || {
            install("chromium fonts-noto-core", "Chromium (the pages are tested in it)")?;
            find_chromium().ok_or_else(|| anyhow::anyhow!("chromium is installed, but not found on the PATH"))
        },
        Ok,
    )?;
    npm_ci(&root().join("tests/browser"))?;
    Ok(chromium)
}

/// A Python with the packages that read our exports back; kept beside the build.
pub(crate) fn for_readers() -> Result<PathBuf> {
    python("readers", "tests/readers/requirements.txt", "the readers of exports (networkx, rdflib …)")
}

/// Schemathesis, which asks for what the interface describes; kept beside the build.
pub(crate) fn for_contract() -> Result<PathBuf> {
    let python = python("contract", "tests/contract/requirements.txt", "Schemathesis")?;
    Ok(python.with_file_name("schemathesis"))
}

/// A Python of its own with the packages of a list, made anew where the list has changed.
fn python(name: &str, requirements: &str, what: &str) -> Result<PathBuf> {
    let requirements = root().join(requirements);
    let venv = target().join(name);
    let python = venv.join("bin/python");
    let stamp = venv.join("requirements.txt");
    let wanted = std::fs::read_to_string(&requirements)?;
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) && python.is_file() {
        return Ok(python);
    }
    if !on_path("python3") {
        install("python3 python3-venv", "Python 3 (programs of others check what we write and answer)")?;
    }
    say(&format!("installing {what}"));
    std::fs::create_dir_all(&venv)?;
    let made = run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv));
    if made.is_err() {
        install("python3-venv", "Python's venv module")?;
        run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&venv))?;
    }
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(&requirements))?;
    std::fs::write(stamp, wanted)?;
    Ok(python)
}

/// `npm ci`, once for each lock file.
fn npm_ci(folder: &Path) -> Result<()> {
    let (lock, stamp) = (folder.join("package-lock.json"), folder.join("node_modules/.installed-lock"));
    let wanted = std::fs::read_to_string(&lock)?;
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    run(Command::new("npm").arg("ci").arg("--no-fund").arg("--no-audit").current_dir(folder))?;
    std::fs::write(stamp, wanted)?;
    Ok(())
}

fn install(packages: &str, what: &str) -> Result<()> {
    let command = format!("apt-get install -y {packages}");
    if !on_path("apt-get") || !is_root() {
        bail!("{what} is missing; install it with: sudo {command}");
    }
    say(&format!("installing {packages}: {what}"));
    run(Command::new("apt-get").args(["update", "-qq"]))?;
    let mut apt = Command::new("apt-get");
    apt.args(["install", "-y", "-qq"]).args(packages.split(' '));
    run(apt.env("DEBIAN_FRONTEND", "noninteractive").stdout(std::process::Stdio::null()))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn find_chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].map(PathBuf::from);
    named.into_iter().chain(known).find(|path| path.is_file())
}

/// Whether a `libclang.so` stands where bindgen looks.
fn has_libclang() -> bool {
    let listed = Command::new("ldconfig").arg("-p").output();
    let listed = listed.map(|out| String::from_utf8_lossy(&out.stdout).into_owned()).unwrap_or_default();
    if listed.split_whitespace().any(is_libclang) {
        return true;
    }
    let versions = (11..=22).map(|v| format!("/usr/lib/llvm-{v}/lib"));
    let folders =
        versions.chain(["/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/opt/llvm/lib"].map(String::from));
    let in_folder = |folder: String| {
        std::fs::read_dir(folder).ok()?.flatten().find(|entry| is_libclang(&entry.file_name().to_string_lossy()))
    };
    folders.into_iter().any(|folder| in_folder(folder).is_some())
}

/// The C interface that bindgen loads; `libclang-cpp`, which comes with LLVM's tools, is another library.
fn is_libclang(name: &str) -> bool {
    name == "libclang.dylib"
        || name.starts_with("libclang.so")
        || name.starts_with("libclang-") && !name.starts_with("libclang-cpp") && name.contains(".so")
}
