//! Who may write: tokens from a file, of which only hashes are kept, compared in constant time.

use crate::error::{Code, Problem};
use crate::state::AppState;
use axum::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use std::str::FromStr;
use subtle::ConstantTimeEq;

/// What a token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Documents, updates and graphs.
    Write,
    /// Everything.
    Admin,
}

/// The tokens of a file: lines of `NAME ROLE SHA256-OF-TOKEN-IN-HEX`.
#[derive(Clone, Debug)]
pub struct Tokens(Vec<Token>);

#[derive(Clone, Debug)]
struct Token {
    name: String,
    role: Role,
    hash: [u8; 32],
}

/// A line of a token file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {reason}; expected NAME ROLE SHA256-OF-TOKEN-IN-HEX with the role write or admin")]
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
    fn look_up(&self, token: &str) -> Option<(&str, Role)> {
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        self.0.iter().fold(None, |found, entry| {
            if bool::from(entry.hash.ct_eq(&hash)) { Some((entry.name.as_str(), entry.role)) } else { found }
        })
    }
}

impl FromStr for Token {
    type Err = String;

    fn from_str(line: &str) -> Result<Self, String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [name, role, hex] = words[..] else { return Err(format!("{} words", words.len())) };
        let role = match role {
            "write" => Role::Write,
            "admin" => Role::Admin,
            other => return Err(format!("unknown role {other:?}")),
        };
        let hash = hash_of(hex).ok_or("the hash is not 64 hexadecimal digits")?;
        Ok(Self { name: name.to_owned(), role, hash })
    }
}

fn hash_of(hex: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> = hex.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect();
    bytes.try_into().ok().filter(|_| hex.len() == 64)
}

/// Lets a request pass that may write.
pub(crate) fn may_write(state: &AppState, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(tokens) = &state.tokens else {
        let detail = "this server takes no writes: start it with --token-file";
        return Err(Problem::new(Code::WritesDisabled, detail));
    };
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        given.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    let Some((_, token)) = token else {
        return Err(Problem::new(Code::Unauthorized, "a write needs the header Authorization: Bearer TOKEN"));
    };
    match tokens.look_up(token.trim()) {
        Some((name, role)) => {
            tracing::info!(name, ?role, "write allowed");
            Ok(())
        }
        None => Err(Problem::new(Code::Unauthorized, "the token is not one of those that this server knows")),
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
        assert_eq!(tokens.look_up("abc"), Some(("ann", Role::Write)));
        assert_eq!(tokens.look_up("abd"), None);
    }

    #[test]
    fn a_bad_line_is_named() {
        for (file, line) in [("", 0), ("a write", 1), ("\nb root aa", 2), ("c admin xyz", 1)] {
            assert_eq!(Tokens::parse(file).unwrap_err().line, line, "{file:?}");
        }
    }
}
