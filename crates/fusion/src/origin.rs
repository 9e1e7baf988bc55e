//! Independent origins: the same wire text, reprinted with small changes, and the same quoted outlet count once.
//!
//! Texts are compared by MinHash over word shingles (Broder 1997): the share of equal places of two signatures estimates the
//! share of word sequences that the texts have in common. Signatures are cut into bands, so that many texts are compared by
//! looking up, not in pairs (Leskovec, Rajaraman and Ullman, *Mining of Massive Datasets*, ch. 3). The algorithm is written
//! out here, since the crates that have it stand still since 2023 and bring random numbers and thread pools with them.

use chancery_model::hash::content_hash;
use chancery_model::{EntityId, ReportedClaim, SourceKind, World};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Words of a shingle: sequences of so many words are rarely shared by texts that were written apart.
const SHINGLE: usize = 4;
/// Texts of fewer shingles have no signature: two short notes can be alike by chance.
const FEWEST_SHINGLES: usize = 12;
/// Bands of a signature. With 16 bands of 4 rows, texts that share half of their shingles meet with a probability of 0.64,
/// those that share seven tenths with 0.99, those that share a tenth with 0.002.
const BANDS: usize = 16;
const ROWS: usize = 4;
/// Reprints share at least this much. Texts that meet in a band are compared place by place.
const ALIKE: f64 = 0.5;

/// The hash of the wording of a text: equal for reprints to the letter. Letters and digits only, case folded.
pub fn wording(text: &str) -> String {
    let letters: String = text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    content_hash(["origin", &letters])
}

/// The MinHash signature of a text, 64 numbers; empty where it has fewer than fifteen words.
pub fn sketch(text: &str) -> Vec<u32> {
    let words: Vec<u64> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(hash).collect();
    if words.len() < SHINGLE + FEWEST_SHINGLES - 1 {
        return Vec::new();
    }
    let mut least = vec![u32::MAX; BANDS * ROWS];
    for shingle in words.windows(SHINGLE) {
        let shingle = shingle.iter().fold(0, |sum, word| mix(sum ^ word));
        for (place, least) in least.iter_mut().enumerate() {
            *least = (*least).min((mix(shingle ^ (place as u64).wrapping_mul(GOLDEN)) >> 32) as u32);
        }
    }
    least
}

/// The fractional part of the golden ratio, in 64 bits.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// FNV-1a of a word in lower case: the same on every machine and in every version.
fn hash(word: &str) -> u64 {
    let lower = word.chars().flat_map(char::to_lowercase);
    mix(lower.fold(0xcbf2_9ce4_8422_2325, |hash, c| (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3)))
}

/// The finaliser of SplitMix64.
fn mix(mut x: u64) -> u64 {
    x = x.wrapping_add(GOLDEN);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// The share of word sequences that two texts have in common, from 0 to 1, as far as their signatures tell; 0 without one.
pub fn likeness(a: &[u32], b: &[u32]) -> f64 {
    let places = a.len().min(b.len());
    let equal = a.iter().zip(b).filter(|(a, b)| a == b).count();
    if places == 0 { 0.0 } else { equal as f64 / places as f64 }
}

/// How many independent origins these claims have, at most one a document.
///
/// The origin of a claim is the last outlet of its attribution, the one that is quoted; without one, the outlet that publishes
/// it, where the reference tables know it; else its text, together with all texts that are alike.
pub(crate) fn origins(claims: &[ReportedClaim], world: &World) -> usize {
    let mut groups = Groups::default();
    let mut texts: FxHashMap<&str, usize> = FxHashMap::default();
    let mut bands = Bands::default();
    let mut speaking = BTreeSet::new();
    for reported in claims {
        let document = &reported.document;
        let text = *texts.entry(&document.id).or_insert_with(|| {
            let text = groups.named(&document.text_origin);
            if let Some(outlet) = document.publisher.as_deref().and_then(|name| world.outlet(name)) {
                let outlet = groups.named(outlet.as_str());
                groups.join(text, outlet);
            }
            join_alike(&mut groups, &mut bands, text, &document.sketch);
            text
        });
        speaking.insert(quoted(reported).map_or(text, |outlet| groups.named(&outlet)));
    }
    let origins: BTreeSet<usize> = speaking.into_iter().map(|group| groups.root(group)).collect();
    origins.len().min(texts.len())
}

/// The texts that share a band of their signatures: its number, its rows.
type Bands<'a> = FxHashMap<(usize, &'a [u32]), Vec<(usize, &'a [u32])>>;

/// Joins a text to those that share a band of its signature and are alike.
fn join_alike<'a>(groups: &mut Groups, bands: &mut Bands<'a>, text: usize, sketch: &'a [u32]) {
    for (number, band) in sketch.chunks(ROWS).enumerate() {
        let met = bands.entry((number, band)).or_default();
        for (other, signature) in met.iter() {
            if likeness(sketch, signature) >= ALIKE {
                groups.join(text, *other);
            }
        }
        // A reprint to the letter meets the same texts as the first one.
        if met.iter().all(|(_, signature)| *signature != sketch) {
            met.push((text, sketch));
        }
    }
}

/// The outlet that a claim quotes, by id or by name.
fn quoted(reported: &ReportedClaim) -> Option<String> {
    let step = reported.claim.attribution.iter().rfind(|step| step.kind == SourceKind::Outlet)?;
    Some(step.agent.as_ref().map_or_else(|| step.surface.clone(), ToString::to_string))
}

/// The outlets that report these claims: those that publish them and those that are quoted, by id where it is known, else
/// by name. Sorted.
pub(crate) fn outlets<'a>(claims: impl IntoIterator<Item = &'a ReportedClaim>, world: &World) -> Vec<Arc<str>> {
    let mut outlets: BTreeSet<Arc<str>> = BTreeSet::new();
    for reported in claims {
        if let Some(name) = &reported.document.publisher {
            outlets.insert(world.outlet(name).map_or(name.as_str(), EntityId::as_str).into());
        }
        outlets.extend(quoted(reported).map(Arc::from));
    }
    outlets.into_iter().collect()
}

/// Disjoint sets of texts and outlets.
#[derive(Default)]
struct Groups {
    parents: Vec<usize>,
    named: FxHashMap<String, usize>,
}

impl Groups {
    /// The set of a text, by the hash of its wording, or of an outlet, by its id or name.
    fn named(&mut self, name: &str) -> usize {
        if let Some(&group) = self.named.get(name) {
            return group;
        }
        let group = self.parents.len();
        self.parents.push(group);
        self.named.insert(name.to_owned(), group);
        group
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b);
    }

    fn root(&mut self, mut group: usize) -> usize {
        while self.parents[group] != group {
            self.parents[group] = self.parents[self.parents[group]];
            group = self.parents[group];
        }
        group
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIRE: &str = "Kazakhstan's president arrived in Ankara on Monday for talks with his Turkish counterpart on trade, \
        transport and energy, officials of both countries said. The two leaders are to sign agreements on a rail link \
        across the Caspian and on pilgrims' flights before the visit ends on Wednesday.";

    #[test]
    fn a_reprint_with_small_changes_is_alike() {
        let reprint =
            WIRE.replace("on Monday", "late on Monday").replace("officials of both countries said", "reports say");
        assert!(likeness(&sketch(WIRE), &sketch(&reprint)) >= ALIKE);
        assert_ne!(wording(WIRE), wording(&reprint));
        assert_eq!(wording(WIRE), wording(&WIRE.to_uppercase()));
    }

    #[test]
    fn a_text_of_ones_own_is_not() {
        let own = "In Ankara, the presidents of Turkey and Kazakhstan spoke for three hours about railways, gas and trade. \
            Both sides called the talks useful. A joint statement is expected on Wednesday, the Turkish side says.";
        assert!(likeness(&sketch(WIRE), &sketch(own)) < 0.1);
    }

    #[test]
    fn short_texts_have_no_signature() {
        assert!(sketch("France recalled its ambassador.").is_empty());
        assert_eq!(likeness(&[], &[]), 0.0);
    }

    #[test]
    fn letters_of_any_script_count() {
        let arabic =
            "قال وزير الخارجية إن بلاده تتوقع أن توقع الاتفاق قبل نهاية الشهر الجاري بعد جولة محادثات طويلة في العاصمة";
        assert_eq!(sketch(arabic).len(), BANDS * ROWS);
        assert_eq!(likeness(&sketch(arabic), &sketch(&format!("{arabic}."))), 1.0);
    }
}
