//! The command line, as `--help` shows it.

mod serve;

pub(crate) use serve::{LogFormat, Reads, Serve, TextShown};

use chancery_graph::NetworkFormat;
use chancery_model::Language;
use chancery_rdf::format::GraphFormat;
use chancery_rdf::views::View;
use clap::{Args as Arguments, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use std::path::PathBuf;

/// News in; dated, attributed, sourced facts about who did what to whom in diplomacy out.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, max_term_width = 100)]
pub(crate) struct Args {
    /// Tables that replace or add to the embedded ones (a folder laid out as data/)
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// What to log on standard error, e.g. info or chancery_store=debug
    #[arg(long, global = true, env = "CHANCERY_LOG", value_name = "FILTER")]
    pub(crate) log: Option<String>,
    /// How the log is written: lines for people, or JSON
    #[arg(long, global = true, env = "CHANCERY_LOG_FORMAT", value_enum, value_name = "FORMAT")]
    pub(crate) log_format: Option<LogFormat>,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read documents and print their claims, storing nothing
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Extract),
    /// Score what is read against annotated documents
    #[command(after_help = EVAL_EXAMPLES)]
    Eval(Eval),
    /// Read documents into a store
    #[command(after_help = INGEST_EXAMPLES)]
    Ingest(Ingest),
    /// Serve a store: REST, SPARQL, the explorer
    #[command(after_help = serve::EXAMPLES)]
    Serve(Box<Serve>),
    /// Ask a store in SPARQL
    #[command(after_help = QUERY_EXAMPLES)]
    Query(Query),
    /// Write the network or the graph of a store
    #[command(after_help = EXPORT_EXAMPLES)]
    Export(Export),
    /// Take a document back: its claims no longer count, its past stays known
    #[command(after_help = "Examples:\n  chancery retract --store news.store wire-2025-11-07")]
    Retract(Retract),
    /// Copy a store, also while it is served
    #[command(after_help = BACKUP_EXAMPLES)]
    Backup(Backup),
    /// Put a backup back as a store
    #[command(
        after_help = "Examples:\n  chancery restore news.backup --store news.store\n  chancery verify --store news.store"
    )]
    Restore(Restore),
    /// Read all of a store that nobody has open, and tell what is wrong with it
    #[command(after_help = VERIFY_EXAMPLES)]
    Verify(Verify),
    /// Write the graph of a store anew from its documents; named graphs stay
    #[command(after_help = "Examples:\n  chancery rebuild --store news.store")]
    Rebuild(Rebuild),
    /// Load N-Quads or N-Triples into a plain SPARQL dataset (see `serve --plain-dataset`); a file goes in whole or not at all
    #[command(after_help = LOAD_EXAMPLES)]
    Load(Load),
    /// Tell whom a name, a title or an adjective may mean, and why
    #[command(after_help = RESOLVE_EXAMPLES)]
    Resolve(Resolve),
    /// Tell whether graphs, or the graph of a store, keep the shapes (SHACL Core)
    #[command(after_help = VALIDATE_EXAMPLES)]
    Validate(Validate),
    /// Check tables, lexicons and ontology
    #[command(after_help = "Examples:\n  chancery check\n  chancery check --data my-tables")]
    Check,
}

const EXTRACT_EXAMPLES: &str = "Examples:
  chancery extract article.txt
  chancery extract --id a1 --published 2025-11-07 --lang ar article.txt
  chancery extract --explain article.txt
  chancery extract --format turtle news.jsonl
  chancery extract --format cameo news.jsonl > events.tsv
  chancery extract --report news.jsonl > claims.jsonl
  chancery extract --report --json news.jsonl > report.json
  cat news.jsonl | chancery extract -
JSON Lines are read, extracted, printed and forgotten one by one, except for turtle, trig and nquads.";
const EVAL_EXAMPLES: &str = "Examples:
  chancery eval tests/gold/ar.jsonl tests/gold/en.jsonl
  chancery eval gold.jsonl --lang ar --examples 5
  chancery eval gold.jsonl --json > before.json
  chancery eval gold.jsonl --against before.json
  chancery eval gold.jsonl --predicted claims.jsonl
A line of GOLD is {\"id\",\"lang\",\"published\",\"title\",\"text\",\"claims\"}, as tests/gold/README.md tells.";
const INGEST_EXAMPLES: &str = "Examples:
  chancery ingest --store news.store news.jsonl
  chancery ingest --store news.store data/dispatches/*.jsonl
  chancery ingest --store news.store --publisher Reuters article.txt";
const QUERY_EXAMPLES: &str = "Examples:
  chancery query --store news.store 'SELECT ?s ?o { ?s dip:diplomaticRelationsWith ?o } LIMIT 10'
  chancery query --store news.store --format csv 'SELECT …'
  chancery query --store news.store --format turtle 'CONSTRUCT …'
  chancery query --list
  chancery query --store news.store --named relations-of actor=KAZ as_of=2025-01-01
  chancery query --store news.store --named mediations first=COD second=RWA --format csv
The prefixes dip, state, org, agreement, event, claim, skos, prov, oa, xsd, rdf, rdfs are known.";
const EXPORT_EXAMPLES: &str = "Examples:
  chancery export --store news.store --format gexf > network.gexf
  chancery export --store news.store --format csv --as-of 2024-01-01
  chancery export --store news.store --format graphml --kind party-to,sanctions
  chancery export --store news.store --format nquads > graph.nq";

const BACKUP_EXAMPLES: &str = "Examples:
  chancery backup --store news.store news.backup
  chancery backup --store news.store /var/backups/news-$(date +%F)
The folder is made. While a server has the store, it makes the copy: reads and writes go on. A backup is a store too; prove it with verify.";
const LOAD_EXAMPLES: &str = "Examples:
  chancery load --store quads.store dump.nq more.nt
  zcat dump.nq.gz | chancery load --store quads.store
  chancery serve --plain-dataset --store quads.store
The store is made where there is none. Blank nodes are renamed. For documents there is `chancery ingest`.";
const VERIFY_EXAMPLES: &str = "Examples:
  chancery verify --store news.store
  chancery verify --store /var/backups/news-2026-01-05
Exit codes: 0 all is well, 1 something is wrong, or it cannot be opened.";
const RESOLVE_EXAMPLES: &str = "Examples:
  chancery resolve Türkiye
  chancery resolve --lang en --date 2015-07-01 'the US president'
  chancery resolve --lang ar --context 'التقى الوفد في العاصمة الأردنية عمان' عمان
  cut -f1 names.tsv | chancery resolve --lang fr -
Answers to standard input are JSON Lines with \"name\", \"id\" (null where nobody is known) and \"answers\".";
const VALIDATE_EXAMPLES: &str = "Examples:
  chancery validate --store news.store
  chancery validate graph.ttl ontology.ttl
  chancery validate --lang ar --format json graph.nq
  chancery validate --shapes my-shapes.ttl graph.ttl
  chancery extract --format turtle article.txt | chancery validate
Files are read by their ending (.ttl .nt .nq .trig .rdf .jsonld), standard input is Turtle; several files are one graph.
Exit codes: 0 conforms, 1 does not, 2 could not be checked (wrong usage, no such file, no RDF, shapes not well formed).";

/// What is said of documents that do not say it themselves.
#[derive(Clone, Debug, Default, Arguments)]
pub(crate) struct DocumentMetadata {
    /// Key of the document (one file only)
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Language: ar, en, es, fr, ru, zh
    #[arg(long)]
    pub(crate) lang: Option<Language>,
    /// Day of publication
    #[arg(long, value_name = "DATE")]
    pub(crate) published: Option<Date>,
    /// Who published it
    #[arg(long)]
    pub(crate) publisher: Option<String>,
    /// Headline
    #[arg(long)]
    pub(crate) title: Option<String>,
}

#[derive(Debug, Arguments)]
pub(crate) struct Extract {
    /// Files of JSON Lines, plain text or HTML; - or none for standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) metadata: DocumentMetadata,
    /// jsonl: one {"id","claims"} a document; cameo (ICEWS), plover (NGEC), gdelt: other event data; turtle, trig, nquads: the graph of
    /// all documents
    #[arg(long, value_enum, default_value_t = ClaimFormat::Jsonl)]
    pub(crate) format: ClaimFormat,
    /// Show rule, lexicon entry and words of each claim, and of each sentence without a claim what came nearest
    #[arg(long)]
    pub(crate) explain: bool,
    /// Count over all documents what was not understood: unknown actors, verbs, near misses; a table on standard error
    #[arg(long)]
    pub(crate) report: bool,
    /// Print the report as JSON on standard output, instead of claims
    #[arg(long, requires = "report")]
    pub(crate) json: bool,
    /// Rows of each table of the report
    #[arg(long, default_value_t = 30, value_name = "N")]
    pub(crate) rows: usize,
}

#[derive(Debug, Arguments)]
pub(crate) struct Eval {
    /// Annotated documents, JSON Lines
    #[arg(value_name = "GOLD", required = true)]
    pub(crate) gold: Vec<PathBuf>,
    /// Claims to score, JSON Lines of {"id","claims"}; without it the documents are read
    #[arg(long, value_name = "FILE")]
    pub(crate) predicted: Option<PathBuf>,
    /// Only documents in these languages
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Vec<Language>,
    /// Print the run as JSON, to compare with later
    #[arg(long)]
    pub(crate) json: bool,
    /// Tell what changed since an earlier run
    #[arg(long, value_name = "RUN")]
    pub(crate) against: Option<PathBuf>,
    /// Examples of each kind of error, or of each kind of change
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub(crate) examples: usize,
}

/// How claims are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ClaimFormat {
    Jsonl,
    Cameo,
    Plover,
    Gdelt,
    Turtle,
    Trig,
    Nquads,
}

#[derive(Debug, Arguments)]
pub(crate) struct Ingest {
    /// Folder of the store; made when it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// Files of JSON Lines, plain text or HTML; - or none for standard input
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) metadata: DocumentMetadata,
}

#[derive(Debug, Arguments)]
pub(crate) struct Query {
    /// Folder of the store
    #[arg(long, value_name = "DIR", required_unless_present = "list")]
    pub(crate) store: Option<PathBuf>,
    /// The query; - reads it from standard input. With --named, what it takes, as NAME=VALUE
    #[arg(value_name = "SPARQL", required_unless_present_any = ["named", "list"])]
    pub(crate) words: Vec<String>,
    /// One of the questions that `chancery query --list` prints
    #[arg(long, value_name = "QUESTION")]
    pub(crate) named: Option<String>,
    /// Print the questions that have a name, with what they take
    #[arg(long, conflicts_with_all = ["named", "words"])]
    pub(crate) list: bool,
    /// Print the SPARQL of a named question instead of asking it
    #[arg(long, requires = "named")]
    pub(crate) explain: bool,
    /// json, xml, csv, tsv, table; turtle, ntriples, rdfxml, jsonld, nquads, trig for CONSTRUCT and DESCRIBE
    #[arg(long)]
    pub(crate) format: Option<String>,
    /// Seconds that it may take
    #[arg(long, default_value_t = 60)]
    pub(crate) timeout_s: u64,
}

#[derive(Debug, Arguments)]
pub(crate) struct Export {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// gexf, graphml, dot, cytoscape, node-link, csv; turtle, trig, nquads, ntriples, jsonld, rdfxml; annotations (RDF 1.2 Turtle: claims
    /// reify what they assert), nanopublications (TriG, one a claim), documents (TriG, a graph a document)
    #[arg(long)]
    pub(crate) format: ExportFormat,
    /// Only what held on this day
    #[arg(long, value_name = "DATE")]
    pub(crate) as_of: Option<Date>,
    /// Only these state kinds or event types, parted by commas
    #[arg(long, value_delimiter = ',')]
    pub(crate) kind: Vec<String>,
    /// Draw events too, not only states
    #[arg(long)]
    pub(crate) events: bool,
    /// Draw also what only the reference tables say (memberships)
    #[arg(long)]
    pub(crate) reference: bool,
    /// Language of labels: ar, en
    #[arg(long, default_value = "en")]
    pub(crate) lang: Language,
    /// What was believed then (RFC 3339)
    #[arg(long, value_name = "TIME")]
    pub(crate) as_known: Option<Timestamp>,
    /// Where to write; a manifest is written beside it. Standard output when absent
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// A network format or a graph format.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ExportFormat {
    Network(NetworkFormat),
    Graph(GraphFormat),
    View(View),
}

impl std::str::FromStr for ExportFormat {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let network = name.parse::<NetworkFormat>().ok().map(Self::Network);
        let graph = || name.parse::<GraphFormat>().ok().map(Self::Graph);
        let view = || name.parse::<View>().ok().map(Self::View);
        network.or_else(graph).or_else(view).ok_or_else(|| {
            format!(
                "unknown format {name:?}: expected gexf, graphml, dot, cytoscape, node-link, csv, turtle, trig, nquads, \
                 ntriples, jsonld, rdfxml, annotations, nanopublications or documents"
            )
        })
    }
}

#[derive(Debug, Arguments)]
pub(crate) struct Resolve {
    /// The name; - reads names from standard input, one a line
    pub(crate) name: String,
    /// Its language: ar, en, es, fr, ru, zh; all are tried when absent
    #[arg(long)]
    pub(crate) lang: Option<Language>,
    /// The day on which it was said: office holders are those of that day
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<Date>,
    /// The sentence that it stands in
    #[arg(long, value_name = "SENTENCE")]
    pub(crate) context: Option<String>,
}

#[derive(Debug, Arguments)]
pub(crate) struct Backup {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// Folder of the copy; must not be there
    #[arg(value_name = "BACKUP")]
    pub(crate) target: PathBuf,
}

#[derive(Debug, Arguments)]
pub(crate) struct Restore {
    /// Folder of the backup
    pub(crate) backup: PathBuf,
    /// Folder of the store; must be empty, or not be there
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
}

#[derive(Debug, Arguments)]
pub(crate) struct Verify {
    /// Folder of the store or of a backup
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
}

#[derive(Debug, Arguments)]
pub(crate) struct Rebuild {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
}

#[derive(Debug, Arguments)]
pub(crate) struct Load {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// Files of N-Quads or N-Triples; - or none for standard input
    pub(crate) files: Vec<PathBuf>,
}

#[derive(Debug, Arguments)]
pub(crate) struct Retract {
    /// Folder of the store
    #[arg(long, value_name = "DIR")]
    pub(crate) store: PathBuf,
    /// Keys of documents
    #[arg(required = true)]
    pub(crate) ids: Vec<String>,
}

#[derive(Debug, Arguments)]
pub(crate) struct Validate {
    /// Files of RDF, together one graph; - or none for standard input
    #[arg(value_name = "FILE", conflicts_with = "store")]
    pub(crate) files: Vec<PathBuf>,
    /// The graph of a store instead
    #[arg(long, value_name = "DIR")]
    pub(crate) store: Option<PathBuf>,
    /// Other shapes than ours (a SHACL Core shapes graph)
    #[arg(long, value_name = "FILE")]
    pub(crate) shapes: Option<PathBuf>,
    /// text: a line a result; json; turtle: sh:ValidationReport
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    pub(crate) format: ReportFormat,
    /// Language of the messages in text: ar, en
    #[arg(long, default_value = "en")]
    pub(crate) lang: Language,
}

/// How a validation report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Json,
    Turtle,
}

#[cfg(test)]
mod tests {
    use super::Args;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Args::command().debug_assert();
    }
}
