//! The options of `chancery serve`. Each comes from its flag, else from the environment, else from the file, else it has a
//! default.

use clap::{Args, ValueEnum};
use serde::Deserialize;
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::path::PathBuf;

pub(super) const EXAMPLES: &str = "Examples:
  chancery serve --store news.store
  chancery serve --store news.store --listen 127.0.0.1:8080 --token-file tokens
  chancery serve --store news.store --listen 0.0.0.0:7878 --host graph.example.org --reads token --token-file tokens
  chancery serve --config chancery.toml
  CHANCERY_STORE=news.store CHANCERY_READ_ONLY=true chancery serve
A line of the token file is: NAME ROLE SHA256-OF-TOKEN-IN-HEX (role read, write or admin). To make one:
  openssl rand -hex 32 | tr -d '\\n' > my-token && echo \"ann write $(sha256sum < my-token | cut -d' ' -f1)\" >> tokens
Without a token file the server takes no writes.
The file has the names of the flags with _ for -, as in: listen = \"127.0.0.1:8080\" and host = [\"graph.example.org\"].
A flag goes before the environment, the environment before the file.";

/// Options of the server, as flags and from the environment.
#[derive(Debug, Default, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Serve {
    /// Folder of the store; made when it is not there
    #[arg(long, value_name = "DIR", env = "CHANCERY_STORE")]
    pub(crate) store: Option<PathBuf>,
    /// Address and port [default: 127.0.0.1:7878]
    #[arg(long, value_name = "ADDRESS", env = "CHANCERY_LISTEN")]
    pub(crate) listen: Option<SocketAddr>,
    /// Who may do what: names, roles and hashes of tokens
    #[arg(long, value_name = "FILE", env = "CHANCERY_TOKEN_FILE")]
    pub(crate) token_file: Option<PathBuf>,
    /// Take no writes, whatever the token
    #[arg(long, value_name = "BOOL", env = "CHANCERY_READ_ONLY", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(crate) read_only: Option<bool>,
    /// A SPARQL dataset that ingests nothing: users own every graph, the default one too
    #[arg(long, value_name = "BOOL", env = "CHANCERY_PLAIN_DATASET", num_args = 0..=1, require_equals = true, default_missing_value = "true")]
    pub(crate) plain_dataset: Option<bool>,
    /// Who may read: everybody, or whoever has a token [default: open]
    #[arg(long, value_enum, env = "CHANCERY_READS")]
    pub(crate) reads: Option<Reads>,
    /// How much of the articles is shown [default: full on loopback, else quote]
    #[arg(long, value_enum, env = "CHANCERY_SERVE_TEXT")]
    pub(crate) serve_text: Option<TextShown>,
    /// A name under which the server is asked, beside its address; several: parted by commas
    #[arg(long, value_name = "NAME", env = "CHANCERY_HOST", value_delimiter = ',')]
    pub(crate) host: Option<Vec<String>>,
    /// A proxy that is believed when it says from where a request comes (X-Forwarded-For); several: parted by commas
    #[arg(long, value_name = "ADDRESS", env = "CHANCERY_TRUSTED_PROXY", value_delimiter = ',')]
    pub(crate) trusted_proxy: Option<Vec<IpAddr>>,
    /// A site whose pages may read (CORS), e.g. https://example.org; several: parted by commas [default: none]
    #[arg(long, value_name = "ORIGIN", env = "CHANCERY_CORS_ORIGIN", value_delimiter = ',')]
    pub(crate) cors_origin: Option<Vec<String>>,
    /// Requests a minute for each token, else for each address; 0: any number [default: 0 on loopback, else 600]
    #[arg(long, value_name = "N", env = "CHANCERY_RATE_LIMIT")]
    pub(crate) rate_limit: Option<u32>,
    /// Note each write in this file, a line of JSON each
    #[arg(long, value_name = "FILE", env = "CHANCERY_AUDIT_LOG")]
    pub(crate) audit_log: Option<PathBuf>,
    /// Connections at once [default: 1024]
    #[arg(long, value_name = "N", env = "CHANCERY_CONNECTIONS")]
    pub(crate) connections: Option<NonZeroUsize>,
    /// Seconds that a SPARQL query may take [default: 10]
    #[arg(long, value_name = "S", env = "CHANCERY_QUERY_TIMEOUT_S")]
    pub(crate) query_timeout_s: Option<u64>,
    /// Rows that a SPARQL query may give [default: 100000]
    #[arg(long, value_name = "N", env = "CHANCERY_QUERY_ROWS")]
    pub(crate) query_rows: Option<usize>,
    /// Options from a file (TOML)
    #[arg(long, value_name = "FILE", env = "CHANCERY_CONFIG")]
    #[serde(skip)]
    pub(crate) config: Option<PathBuf>,
    /// What to log, in the file; the flag is --log
    #[arg(skip)]
    pub(crate) log: Option<String>,
    /// How to log, in the file; the flag is --log-format
    #[arg(skip)]
    pub(crate) log_format: Option<LogFormat>,
}

impl Serve {
    /// These options, and those of a file where they say nothing.
    pub(crate) fn or(self, file: Self) -> Self {
        Self {
            store: self.store.or(file.store),
            listen: self.listen.or(file.listen),
            token_file: self.token_file.or(file.token_file),
            read_only: self.read_only.or(file.read_only),
            plain_dataset: self.plain_dataset.or(file.plain_dataset),
            reads: self.reads.or(file.reads),
            serve_text: self.serve_text.or(file.serve_text),
            host: self.host.or(file.host),
            trusted_proxy: self.trusted_proxy.or(file.trusted_proxy),
            cors_origin: self.cors_origin.or(file.cors_origin),
            rate_limit: self.rate_limit.or(file.rate_limit),
            audit_log: self.audit_log.or(file.audit_log),
            connections: self.connections.or(file.connections),
            query_timeout_s: self.query_timeout_s.or(file.query_timeout_s),
            query_rows: self.query_rows.or(file.query_rows),
            config: self.config,
            log: self.log.or(file.log),
            log_format: self.log_format.or(file.log_format),
        }
    }
}

/// Who may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Reads {
    /// Everybody
    Open,
    /// Whoever has a token of any role
    Token,
}

/// How much of an article is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TextShown {
    /// Texts, and the sentence around each quote
    Full,
    /// The quoted words only
    Quote,
    /// Neither
    None,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// A line each, for people
    Text,
    /// An object of JSON each
    Json,
}
