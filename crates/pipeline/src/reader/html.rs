//! HTML pages: metadata of the head, paragraphs of the article.

mod nesting;

use super::{MAX_TEXT_BYTES, Metadata, Reader, Skipped, detect, key_of, too_large};
use chancery_model::Document;
use jiff::civil::Date;
use scraper::{Html, Node, Selector};

pub(super) fn read(reader: &Reader, bytes: &[u8], file: &str, metadata: &Metadata) -> Result<Document, Skipped> {
    document(reader, bytes, metadata).map_err(|reason| Skipped::new(file, 0, reason))
}

fn document(reader: &Reader, bytes: &[u8], metadata: &Metadata) -> Result<Document, String> {
    let source = decode(bytes);
    if nesting::is_too_deep(&source) {
        return Err(format!("elements stand more than {} deep in each other: this is no article", nesting::DEEPEST));
    }
    let page = Html::parse_document(&source);
    let text = paragraphs(reader, &page);
    if text.is_empty() {
        return Err("no paragraphs of text in the page".to_owned());
    }
    if text.len() > MAX_TEXT_BYTES {
        return Err(too_large(text.len(), MAX_TEXT_BYTES));
    }
    let declared = page.root_element().value().attr("lang").and_then(|tag| tag.parse().ok());
    let lang = match metadata.lang.or(declared) {
        Some(lang) => lang,
        None => detect(&text)?,
    };
    Ok(Document {
        id: metadata.id.clone().unwrap_or_else(|| key_of(&text)),
        lang,
        published: metadata.published.or_else(|| published(&page)),
        publisher: metadata.publisher.clone().or_else(|| meta(&page, "og:site_name")),
        title: metadata.title.clone().or_else(|| title(&page)),
        text,
        recorded: None,
    })
}

/// UTF-8 where it is; else the charset that the page declares, else the likeliest.
fn decode(bytes: &[u8]) -> String {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let label = head.split("charset=").nth(1).map(|rest| {
        let rest = rest.trim_start_matches(['"', '\'']);
        rest.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).next().unwrap_or_default().to_owned()
    });
    let declared = label.and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()));
    let encoding = declared.unwrap_or_else(|| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, chardetng::Utf8Detection::Allow)
    });
    encoding.decode(bytes).0.into_owned()
}

fn select(selector: &str) -> Selector {
    Selector::parse(selector).expect("our selectors are well formed")
}

fn meta(page: &Html, property: &str) -> Option<String> {
    let selector = select(&format!("meta[property='{property}'], meta[name='{property}']"));
    let content = page.select(&selector).find_map(|element| element.value().attr("content"))?;
    Some(content.trim().to_owned()).filter(|content| !content.is_empty())
}

fn title(page: &Html) -> Option<String> {
    let heading =
        |selector: &str| page.select(&select(selector)).next().map(|e| squeeze(&e.text().collect::<String>()));
    meta(page, "og:title").or_else(|| heading("h1")).or_else(|| heading("title")).filter(|title| !title.is_empty())
}

fn published(page: &Html) -> Option<Date> {
    let stamped = ["article:published_time", "datePublished", "date", "DC.date.issued"];
    let named = stamped.iter().find_map(|property| meta(page, property));
    let time =
        page.select(&select("time[datetime]")).next().and_then(|e| e.value().attr("datetime").map(str::to_owned));
    let linked = || {
        let data: String = page.select(&select("script[type='application/ld+json']")).flat_map(|e| e.text()).collect();
        data.split("\"datePublished\"").nth(1).and_then(|rest| rest.split('"').nth(1).map(str::to_owned))
    };
    named.or_else(linked).or(time)?.get(..10)?.parse().ok()
}

/// Where paragraphs are looked for, the best place first.
const PLACES: [&str; 3] = ["article", "main", "body"];

/// The paragraphs of the first place that has any, without furniture. A paragraph inside another one belongs to it.
fn paragraphs(reader: &Reader, page: &Html) -> String {
    let mut found: [Vec<String>; 3] = Default::default();
    // Which places we are in, and how deep; the text of the paragraph that we are in, and how deep.
    let (mut inside, mut paragraph, mut depth) = ([0_usize; 3], String::new(), 0_usize);
    let mut next = Some((page.tree.root(), true));
    while let Some((node, opens)) = next {
        match node.value() {
            Node::Text(text) if depth > 0 => paragraph.push_str(text),
            Node::Element(element) => {
                if let Some(place) = PLACES.iter().position(|place| *place == element.name()) {
                    inside[place] = if opens { inside[place] + 1 } else { inside[place] - 1 };
                } else if element.name() == "p" {
                    depth = if opens { depth + 1 } else { depth - 1 };
                    if depth == 0 {
                        let text = squeeze(&std::mem::take(&mut paragraph));
                        if !text.is_empty() && !reader.furniture.is(&text) {
                            let places = found.iter_mut().zip(inside).filter(|(_, inside)| *inside > 0);
                            places.for_each(|(texts, _)| texts.push(text.clone()));
                        }
                    }
                }
            }
            _ => {}
        }
        next = match node.first_child().filter(|_| opens) {
            Some(child) => Some((child, true)),
            None if opens => Some((node, false)),
            None => node
                .next_sibling()
                .map(|sibling| (sibling, true))
                .or_else(|| node.parent().map(|parent| (parent, false))),
        };
    }
    found.into_iter().find(|texts| !texts.is_empty()).unwrap_or_default().join("\n\n")
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
