//! Claims of many documents to events, relation states, disputes and promises.
//!
//! Pure and deterministic: the same claims in any order give the same result, whether they come at once or one by one, and
//! whatever came and went in between. Nothing is invented: a plan opens no state in force, an unknown day stays unknown, and
//! a state is closed only by what is listed as its closer.

mod cluster;
mod dispute;
mod effect;
mod event;
mod fusion;
mod key;
mod occasion;
pub mod origin;
mod promise;
mod record;
mod sorted;
mod state;
mod tie;
mod trend;

pub use fusion::{Fusion, FusionChange, fuse};
pub use record::PromiseRecords;
pub use sorted::{Changed, Identified, Sorted};
pub use tie::{TieSelection, ties};
pub use trend::{MonthTrend, Trend, trend};
