//! The web pages, built with npm and embedded.
use std::borrow::Cow;
/// A file of the pages.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its content.
    pub bytes: Cow<'static, [u8]>,
    /// Its media type.
    pub media_type: &'static str,
}
/// The file at a path below the root.
pub fn asset(path: &str) -> Option<Asset> {
    path.is_empty().then(|| Asset { bytes: Cow::Borrowed(b"provisional"), media_type: "text/html; charset=utf-8" })
}
