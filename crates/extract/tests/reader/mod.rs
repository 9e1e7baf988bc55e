//! The extractor over the embedded tables, built once for a test binary.

use chancery_extract::Extractor;
use chancery_model::{DataFiles, World};
use std::sync::{Arc, LazyLock};

pub(crate) static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let files = DataFiles::embedded();
    let world = Arc::new(World::load(&files).expect("the tables are well formed"));
    Extractor::new(&files, world).expect("the lexicons are well formed")
});
