//! Text to mentions to claims.
//!
//! [`Extractor::extract`] cannot fail: less understood means fewer claims and a diagnostic. The stages, in order:
//! [`scan`] finds every word of the lexicon in a sentence, [`mention`] joins names to noun phrases, [`coreference`]
//! resolves "the president" and "the two countries", [`attribution`] finds who says what, [`role`] fills the slots
//! of each trigger, [`modality`] tells how real it is, [`time`] when, [`topic`] what about; [`extractor`] puts them
//! together and makes the claims. [`evaluation`] scores them against annotations,
//! [`survey`] tells what was not read and why.

mod attribution;
mod coreference;
pub mod evaluation;
mod extractor;
mod grammar;
mod introduced;
mod lexicon;
mod mention;
mod modality;
mod name;
mod office;
mod resolve;
mod role;
mod scan;
pub mod survey;
mod syntax;
mod time;
mod topic;
mod trie;

pub use extractor::Extractor;
pub use resolve::{Answer, DOUBTFUL, Query, Reason};
