//! Graph formats: names, media types, file extensions, and writing with our prefixes (through `oxrdfio`).

use crate::error::UnknownFormat;
use crate::iri::IriBase;
use crate::json_ld;
use crate::vocab;
use oxrdf::Triple;
use oxrdfio::{JsonLdProfileSet, RdfFormat, RdfSerializer};
use std::fmt;
use std::io;
use std::str::FromStr;

/// A format for graphs. [`serialise`] writes JSON-LD with the names of our context; [`serializer`], which streams quads, writes it
/// expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GraphFormat {
    /// Turtle.
    Turtle,
    /// N-Triples.
    NTriples,
    /// N-Quads.
    NQuads,
    /// TriG.
    TriG,
    /// RDF/XML.
    RdfXml,
    /// JSON-LD.
    JsonLd,
}

impl GraphFormat {
    /// All formats, the preferred first.
    pub const ALL: [Self; 6] = [Self::Turtle, Self::NTriples, Self::NQuads, Self::TriG, Self::RdfXml, Self::JsonLd];

    /// The name in `--format`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
            Self::NQuads => "nquads",
            Self::TriG => "trig",
            Self::RdfXml => "rdfxml",
            Self::JsonLd => "jsonld",
        }
    }

    /// The registered media type, without parameters.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle",
            Self::NTriples => "application/n-triples",
            Self::NQuads => "application/n-quads",
            Self::TriG => "application/trig",
            Self::RdfXml => "application/rdf+xml",
            Self::JsonLd => "application/ld+json",
        }
    }

    /// The file extension, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::NQuads => "nq",
            Self::TriG => "trig",
            Self::RdfXml => "rdf",
            Self::JsonLd => "jsonld",
        }
    }

    /// Whether it can hold named graphs.
    pub fn has_named_graphs(self) -> bool {
        matches!(self, Self::NQuads | Self::TriG | Self::JsonLd)
    }

    /// By media type; parameters such as `charset` are left out of account, and so is case.
    pub fn from_media_type(media_type: &str) -> Option<Self> {
        let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.media_type() == essence)
    }

    /// By file extension, with or without the dot.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = extension.trim_start_matches('.').to_ascii_lowercase();
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }

    /// The same format in the words of `oxrdfio`.
    pub fn rdf_format(self) -> RdfFormat {
        match self {
            Self::Turtle => RdfFormat::Turtle,
            Self::NTriples => RdfFormat::NTriples,
            Self::NQuads => RdfFormat::NQuads,
            Self::TriG => RdfFormat::TriG,
            Self::RdfXml => RdfFormat::RdfXml,
            Self::JsonLd => RdfFormat::JsonLd { profile: JsonLdProfileSet::empty() },
        }
    }
}

impl FromStr for GraphFormat {
    type Err = UnknownFormat;

    /// Reads a name (`ntriples`), an extension (`nt`) or a media type.
    fn from_str(word: &str) -> Result<Self, UnknownFormat> {
        let named = Self::ALL.into_iter().find(|format| format.name() == word);
        named
            .or_else(|| Self::from_extension(word))
            .or_else(|| Self::from_media_type(word))
            .ok_or_else(|| UnknownFormat(word.to_owned()))
    }
}

impl fmt::Display for GraphFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Prefixes of the vocabularies that our graphs use. `w3org` is W3C ORG; `org` is the folder of organisations.
pub const VOCABULARY_PREFIXES: &[(&str, &str)] = &[
    ("dip", vocab::DIP),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "http://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("w3org", "http://www.w3.org/ns/org#"),
    ("wd", vocab::WIKIDATA),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// Kinds of resources; each is a prefix of its own (`state:KAZ`).
pub const RESOURCE_KINDS: &[&str] = &[
    "agreement",
    "attribution",
    "claim",
    "document",
    "dispute",
    "dyad",
    "event",
    "evidence",
    "group",
    "media",
    "naming",
    "office",
    "org",
    "participant",
    "person",
    "place",
    "promise",
    "proposition",
    "relation",
    "run",
    "state",
    "tenure",
];

/// All prefixes, for graphs below this base.
pub fn prefixes(base: &IriBase) -> Vec<(String, String)> {
    let vocabularies = VOCABULARY_PREFIXES.iter().map(|(name, iri)| ((*name).to_owned(), (*iri).to_owned()));
    let resources = RESOURCE_KINDS.iter().map(|kind| ((*kind).to_owned(), format!("{}{kind}/", base.as_str())));
    vocabularies.chain(resources).collect()
}

/// Writes triples in a format, with the prefixes of the default base.
///
/// The order is kept: sorted triples give the same bytes each time.
///
/// # Errors
/// Where the writer fails.
pub fn serialise<'a>(
    triples: impl IntoIterator<Item = &'a Triple>,
    format: GraphFormat,
    writer: impl io::Write,
) -> io::Result<()> {
    serialise_below(triples, format, &IriBase::default(), writer)
}

/// Writes triples in a format, with the prefixes of a base of one's own.
///
/// # Errors
/// Where the writer fails.
pub fn serialise_below<'a>(
    triples: impl IntoIterator<Item = &'a Triple>,
    format: GraphFormat,
    base: &IriBase,
    writer: impl io::Write,
) -> io::Result<()> {
    if format == GraphFormat::JsonLd {
        return json_ld::write(&triples.into_iter().collect::<Vec<_>>(), writer);
    }
    let mut serializer = serializer(format, base).map_err(io::Error::other)?.for_writer(writer);
    for triple in triples {
        serializer.serialize_triple(triple)?;
    }
    serializer.finish()?.flush()
}

/// A serializer that knows our prefixes, for callers that stream quads.
///
/// # Errors
/// Never for a checked base; the prefixes are IRIs.
pub fn serializer(format: GraphFormat, base: &IriBase) -> Result<RdfSerializer, oxrdf::IriParseError> {
    prefixes(base).into_iter().try_fold(RdfSerializer::from_format(format.rdf_format()), |serializer, (name, iri)| {
        serializer.with_prefix(name, iri)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_extensions_and_media_types_come_back() {
        for format in GraphFormat::ALL {
            assert_eq!(format.name().parse(), Ok(format));
            assert_eq!(format.extension().parse(), Ok(format));
            assert_eq!(GraphFormat::from_media_type(format.media_type()), Some(format));
            assert_eq!(GraphFormat::from_extension(&format!(".{}", format.extension())), Some(format));
        }
        assert_eq!(GraphFormat::from_media_type("Text/Turtle; charset=utf-8"), Some(GraphFormat::Turtle));
        assert!("yaml".parse::<GraphFormat>().is_err());
    }
}
