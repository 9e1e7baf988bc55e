//! Who may do what: tokens from a file, of which only hashes are kept, compared in constant time.

use crate::error::{Code, Problem};
use crate::state::AppState;
use axum::http::{HeaderMap, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::str::FromStr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// What a token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads, where these are not open to everybody.
    Read,
    /// Documents, updates and graphs too.
    Write,
    /// Everything.
    Admin,
}

/// The tokens of a file: lines of `NAME ROLE SHA256-OF-TOKEN-IN-HEX`.
#[derive(Clone, Debug)]
pub struct Tokens(Vec<Token>);

#[derive(Clone, Debug)]
struct Token {
    name: Arc<str>,
    role: Role,
    hash: [u8; 32],
}

/// A line of a token file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}; expected NAME ROLE SHA256-OF-TOKEN-IN-HEX with the role read, write or admin")]
pub struct InvalidTokenFile {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub reason: String,
}

impl Tokens {
    /// Reads a token file; empty lines and those that start with `#` are skipped.
    ///
    /// # Errors
    /// The first line that is not well formed, or a file without a token.
    pub fn parse(text: &str) -> Result<Self, InvalidTokenFile> {
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
        let tokens: Vec<Token> = lines
            .map(|(line, number)| line.parse().map_err(|reason| InvalidTokenFile { line: number, reason }))
            .collect::<Result<_, _>>()?;
        if tokens.is_empty() {
            return Err(InvalidTokenFile { line: 0, reason: "no token".to_owned() });
        }
        Ok(Self(tokens))
    }

    /// The role of a token, and the name it goes by. Every entry is compared, whichever fits.
    fn look_up(&self, token: &str) -> Option<Identity> {
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        self.0.iter().fold(None, |found, entry| {
            let is_it = bool::from(entry.hash.ct_eq(&hash));
            if is_it { Some(Identity { name: entry.name.clone(), role: entry.role }) } else { found }
        })
    }
}

/// Whom a token stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Identity {
    /// The name in the token file.
    pub(crate) name: Arc<str>,
    /// What it may do.
    pub(crate) role: Role,
}

impl Role {
    /// The word of the token file.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Admin => "admin",
        }
    }
}

impl FromStr for Token {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, role, hex] = words[..] else { return Err(format!("{} words", words.len())) };
        let role = match role {
            "read" => Role::Read,
            "write" => Role::Write,
            "admin" => Role::Admin,
            other => return Err(format!("unknown role {other:?}")),
        };
        let hash = hash_of(hex).ok_or("the hash is not 64 hexadecimal digits")?;
        Ok(Self { name: name.into(), role, hash })
    }
}

fn hash_of(hex: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> = hex.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    bytes.try_into().ok().filter(|_| hex.len() == 64)
}

/// What the header `Authorization` gives: a token, and whether it may do more than read. A browser sends what its user
/// typed (Basic) to whoever links to us, so that it opens reads only.
enum Given {
    Bearer(String),
    Basic(String),
}

fn given(headers: &HeaderMap) -> Option<Given> {
    let (scheme, rest) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => Some(Given::Bearer(rest.trim().to_owned())),
        "basic" => {
            let text = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
            Some(Given::Basic(text.split_once(':')?.1.to_owned()))
        }
        _ => None,
    }
}

/// Whom a request comes from; nobody where it has no token.
///
/// # Errors
/// 401 where it has one that we do not know: a mistake is told, not passed over.
pub(crate) fn identify(state: &AppState, headers: &HeaderMap) -> Result<Option<Identity>, Problem> {
    let Some(tokens) = &state.tokens else { return Ok(None) };
    if !headers.contains_key(header::AUTHORIZATION) {
        return Ok(None);
    }
    let found = match given(headers) {
        None => None,
        Some(Given::Bearer(token)) => tokens.look_up(&token),
        Some(Given::Basic(token)) => tokens.look_up(&token).map(|identity| Identity { role: Role::Read, ..identity }),
    };
    let unknown = || Problem::new(Code::Unauthorized, "the token is not one of those that this server knows");
    found.map(Some).ok_or_else(unknown)
}

/// Lets a request pass that may write.
///
/// # Errors
/// 403 where nobody may, or the role does not; 401 without a token that we know.
pub(crate) fn may_write(state: &AppState, headers: &HeaderMap) -> Result<(), Problem> {
    if state.read_only {
        return Err(Problem::new(Code::WritesDisabled, "this server takes no writes: it was started read-only"));
    }
    if state.tokens.is_none() {
        let detail = "this server takes no writes: start it with --token-file";
        return Err(Problem::new(Code::WritesDisabled, detail));
    }
    match identify(state, headers)? {
        None => Err(Problem::new(Code::Unauthorized, "a write needs the header Authorization: Bearer TOKEN")),
        Some(Identity { role: Role::Read, .. }) => {
            Err(Problem::new(Code::Forbidden, "the role of this token, or a password instead of it, only reads"))
        }
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_known_by_its_hash() {
        // The SHA-256 of "abc" (FIPS 180-2, appendix B.1).
        let file = "# who\nann write ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n";
        let tokens = Tokens::parse(file).unwrap();
        assert_eq!(tokens.look_up("abc"), Some(Identity { name: "ann".into(), role: Role::Write }));
        assert_eq!(tokens.look_up("abd"), None);
    }

    #[test]
    fn a_bad_line_is_named() {
        for (file, line) in [("", 0), ("a write", 1), ("\nb root aa", 2), ("c admin xyz", 1)] {
            assert_eq!(Tokens::parse(file).unwrap_err().line, line, "{file:?}");
        }
    }
}
