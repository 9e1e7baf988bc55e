//! The web pages, built with npm from `web/` and embedded. They use only the public API.

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

/// A file of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Its content.
    pub bytes: &'static [u8],
    /// Its media type, with charset where it is text.
    pub media_type: &'static str,
}

/// The file at a path below the root, without a leading slash; the start page for the empty path.
pub fn asset(path: &str) -> Option<Asset> {
    let name = if path.is_empty() { "index.html" } else { path };
    let (_, bytes) = PAGES.iter().find(|(known, _)| *known == name)?;
    Some(Asset { bytes, media_type: media_type(name) })
}

/// Whether the pages were built without npm, so that only a placeholder is there.
pub fn is_placeholder() -> bool {
    PLACEHOLDER
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "json" => "application/json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_page_runs_under_a_strict_policy() {
        let page = asset("").unwrap();
        let html = std::str::from_utf8(page.bytes).unwrap();
        assert_eq!(page.media_type, "text/html; charset=utf-8");
        assert!(!html.contains("<style") && !html.contains(" style="), "{html}");
        assert!(
            html.match_indices("<script").all(|(at, _)| html[at..].split('>').next().unwrap().contains("src=")),
            "{html}"
        );
    }

    #[test]
    fn what_the_start_page_names_is_there() {
        if is_placeholder() {
            panic!("the pages were built without npm: install Node.js 20 and npm, then build again");
        }
        let html = std::str::from_utf8(asset("").unwrap().bytes).unwrap();
        let named =
            html.split('"').filter_map(|word| word.strip_prefix("/")).filter(|word| word.starts_with("assets/"));
        let found: Vec<Asset> = named.map(|path| asset(path).unwrap_or_else(|| panic!("{path} is missing"))).collect();
        assert!(found.len() >= 2, "{html}");
        assert_eq!(asset("no-such-page"), None);
    }

    /// What comes from outside becomes text, never elements or code.
    #[test]
    fn no_text_becomes_markup() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("web/src");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            for word in [
                "innerHTML",
                "outerHTML",
                "insertAdjacentHTML",
                "document.write",
                "eval(",
                "new Function",
                "javascript:",
            ] {
                assert!(!text.contains(word), "{}: {word}", path.display());
            }
            seen += 1;
        }
        assert!(seen > 5, "{seen} files");
    }
}
