//! What `chancery check` finds wrong in the gazetteer beyond columns and ids.

use chancery_model::{DataError, DataFiles, World};
use chancery_text::Analyzer;

/// Everything that is wrong, with file, line and reason.
pub fn check(_files: &DataFiles, _world: &World, _analyzer: &Analyzer) -> Vec<DataError> {
    Vec::new()
}
