//! Ids as numbers. The maps of a large store are copied along the path of a change: a number is compared and copied where it lies,
//! while a shared text costs a look into distant memory each time.

use chancery_model::hash::content_hash;

/// Digits of an id.
const DIGITS: usize = 32;

/// The number that an id writes: the ids of this crate are 32 hexadecimal digits, and sort as their numbers do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(u128);

impl Key {
    /// Not after any other.
    pub(crate) const LEAST: Self = Self(0);

    /// The number of an id that this crate gave.
    pub(crate) fn of(id: &str) -> Self {
        Self::parse(id).expect("what is named here has a content hash for its name")
    }

    /// The number of an id from elsewhere; none where nothing here can have it.
    pub(crate) fn parse(id: &str) -> Option<Self> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let is_hash = id.len() == DIGITS && id.bytes().all(is_digit);
        is_hash.then(|| u128::from_str_radix(id, 16).ok()).flatten().map(Self)
    }

    /// The id that writes the number.
    pub(crate) fn id(self) -> String {
        format!("{:0DIGITS$x}", self.0)
    }

    /// The number of what has no id of its own, from its content.
    pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::of(&content_hash(parts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_sort_as_ids_do() {
        let mut ids: Vec<String> = (0..100).map(|number| content_hash([number.to_string().as_str()])).collect();
        ids.sort();
        assert!(ids.is_sorted_by_key(|id| Key::of(id)));
        assert!(ids.iter().all(|id| Key::of(id) > Key::LEAST && Key::of(id).id() == *id));
    }

    #[test]
    fn other_names_have_no_number() {
        let id = content_hash(["an event"]);
        assert!(Key::parse(&id).is_some());
        for other in ["", "KAZ", &id[1..], &format!("{id}0"), &id.to_uppercase(), &format!("+{}", &id[1..])] {
            assert_eq!(Key::parse(other), None, "{other:?}");
        }
    }
}
