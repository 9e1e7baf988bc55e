//! One page of a list. Its cursor carries the whole question (path, filter, sort) and the revision it is asked of, so that
//! it alone is enough to go on, and the next page is of the same snapshot.

use crate::error::Problem;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use utoipa::IntoParams;

/// Items of one page unless told.
pub(crate) const DEFAULT_LIMIT: usize = 50;
/// Items of one page at most.
pub(crate) const MAX_LIMIT: usize = 200;

/// How much of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "the parameters are read one by one; this is their form for the OpenAPI document")]
pub(crate) struct PageAsked {
    /// Items of one page
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<usize>,
    /// Where the page before ended, from its `next`; it carries every other parameter but `limit`
    cursor: Option<String>,
}

/// Names and values, in the order given.
pub(crate) type Pairs = Vec<(String, String)>;

/// The page that is asked for.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Items at most.
    pub(crate) limit: usize,
    /// Items before it.
    pub(crate) start: usize,
    /// The revision of the page before it; none on the first.
    pub(crate) revision: Option<u64>,
    path: String,
    /// Every other parameter, as a query string.
    filter: String,
}

impl Page {
    /// Takes `limit` and `cursor` out of the parameters, and puts those that the cursor carries in their place.
    ///
    /// # Errors
    /// 400 where a value is none, or the cursor is of another list.
    pub(super) fn take(path: &str, pairs: &mut Pairs) -> Result<Self, Problem> {
        let limit = match super::take(pairs, "limit")? {
            None => DEFAULT_LIMIT,
            Some(text) => limit(&text)?,
        };
        let cursor = super::take(pairs, "cursor")?.map(|text| Cursor::parse(&text)).transpose()?;
        let (start, revision) = match cursor {
            None => (0, None),
            Some(cursor) => {
                let carried = cursor.pairs(path, pairs)?;
                *pairs = carried;
                (cursor.start, Some(cursor.revision))
            }
        };
        let filter = serde_urlencoded::to_string(&*pairs).map_err(|error| Problem::internal(error.to_string()))?;
        Ok(Self { limit, start, revision, path: path.to_owned(), filter })
    }

    /// The cursor of the page after this one, where there is one.
    pub(crate) fn next(&self, total: usize, revision: u64) -> Option<String> {
        let start = self.start.saturating_add(self.limit);
        let cursor = Cursor { revision, start, path: self.path.clone(), filter: self.filter.clone() };
        (start < total).then(|| cursor.text())
    }

    /// The page after this one and the first one, as the header `Link` (RFC 8288) names them. The first is that of the list
    /// as it is now.
    pub(crate) fn links(&self, next: Option<&str>) -> Option<String> {
        let filter = if self.filter.is_empty() { String::new() } else { format!("&{}", self.filter) };
        let first = (self.start > 0).then(|| format!("<{}?limit={}{filter}>; rel=\"first\"", self.path, self.limit));
        let next = next.map(|cursor| format!("<{}?limit={}&cursor={cursor}>; rel=\"next\"", self.path, self.limit));
        let links: Vec<String> = next.into_iter().chain(first).collect();
        (!links.is_empty()).then(|| links.join(", "))
    }
}

fn limit(text: &str) -> Result<usize, Problem> {
    let limit = text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
    limit.ok_or_else(|| Problem::invalid("limit", format!("{text:?} is not from 1 to {MAX_LIMIT}")))
}

/// What a cursor says, in lines: revision, start, path, filter.
#[derive(Debug, PartialEq, Eq)]
struct Cursor {
    revision: u64,
    start: usize,
    path: String,
    filter: String,
}

impl Cursor {
    fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(format!("{}\n{}\n{}\n{}", self.revision, self.start, self.path, self.filter))
    }

    fn parse(text: &str) -> Result<Self, Problem> {
        let read = || {
            let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
            let mut lines = text.splitn(4, '\n');
            let revision = lines.next()?.parse().ok()?;
            let start = lines.next()?.parse().ok()?;
            Some(Self { revision, start, path: lines.next()?.to_owned(), filter: lines.next()?.to_owned() })
        };
        read().ok_or_else(|| Problem::invalid("cursor", "not one that this server gave"))
    }

    /// The parameters that it carries; those given beside it must be the same, where there are any.
    fn pairs(&self, path: &str, given: &Pairs) -> Result<Pairs, Problem> {
        let carried: Pairs = serde_urlencoded::from_str(&self.filter)
            .map_err(|_| Problem::invalid("cursor", "not one that this server gave"))?;
        let sorted = |pairs: &Pairs| {
            let mut pairs = pairs.clone();
            pairs.sort();
            pairs
        };
        if self.path != path || !given.is_empty() && sorted(given) != sorted(&carried) {
            return Err(Problem::invalid(
                "cursor",
                "it belongs to another list; give it alone, or keep every parameter",
            ));
        }
        Ok(carried)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(query: &str) -> Pairs {
        serde_urlencoded::from_str(query).unwrap()
    }

    #[test]
    fn a_cursor_alone_is_enough() {
        let mut first = pairs("limit=10&kind=party-to");
        let page = Page::take("/v1/events", &mut first).unwrap();
        let cursor = page.next(25, 7).unwrap();
        for rest in ["", "&kind=party-to"] {
            let mut second = pairs(&format!("limit=10&cursor={cursor}{rest}"));
            let page = Page::take("/v1/events", &mut second).unwrap();
            assert_eq!((page.start, page.revision), (10, Some(7)));
            assert_eq!(second, pairs("kind=party-to"));
        }
        assert!(page.next(10, 7).is_none());
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let page = Page::take("/v1/events", &mut pairs("kind=party-to")).unwrap();
        let cursor = page.next(99, 7).unwrap();
        assert!(Page::take("/v1/documents", &mut pairs(&format!("cursor={cursor}"))).is_err());
        assert!(Page::take("/v1/events", &mut pairs(&format!("cursor={cursor}&kind=mission"))).is_err());
        for odd in ["", "x", "%%%", "NwoxMAo"] {
            assert!(Cursor::parse(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn limits_have_bounds() {
        for odd in ["0", "201", "-1", "many", ""] {
            assert!(limit(odd).is_err(), "{odd}");
        }
        assert_eq!(limit("200").ok(), Some(200));
    }
}
