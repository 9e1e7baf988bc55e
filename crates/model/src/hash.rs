//! Names made from content: the same content has the same name on every machine.

/// The first 128 bits of the BLAKE3 hash of `parts`, as 32 lower-case hexadecimal digits.
///
/// Each part is preceded by its length, so that `["ab", "c"]` and `["a", "bc"]` differ.
pub fn content_hash<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let mut bytes = Vec::with_capacity(256);
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    blake3::hash(&bytes).to_hex()[..32].to_owned()
}

#[cfg(test)]
mod tests {
    use super::content_hash;

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(content_hash(["ab", "c"]), content_hash(["a", "bc"]));
        assert_eq!(content_hash(["ab"]).len(), 32);
    }
}
