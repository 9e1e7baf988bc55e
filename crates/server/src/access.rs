//! Who is let in: under which name the server was asked, from which site, with which token, how often.
//!
//! All of it is seen before a body is read.

use crate::auth::{Identity, identify};
use crate::error::{Code, Problem};
use crate::state::AppState;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Instant;

/// The other end of a connection, as the listener saw it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

/// The names that the server is asked under. A page elsewhere can point a name of its own at us (DNS rebinding), but then
/// asks under that name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hosts {
    /// Any name.
    #[default]
    Any,
    /// Names and addresses of the loopback interface, and these.
    Loopback(Vec<String>),
    /// Addresses, which cannot be rebound, the names of the loopback interface, and these.
    Named(Vec<String>),
}

impl Hosts {
    fn know(&self, host: &str) -> bool {
        let name = &*name_of(host).to_ascii_lowercase();
        let address = name.parse::<IpAddr>().ok();
        let is_loopback = name == "localhost" || address.is_some_and(|address| address.is_loopback());
        let is_listed = |names: &[String]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
        match self {
            Self::Any => true,
            Self::Loopback(names) => is_loopback || is_listed(names),
            Self::Named(names) => is_loopback || address.is_some() || is_listed(names),
        }
    }
}

/// A host without its port, an address without its brackets.
fn name_of(host: &str) -> &str {
    match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}

/// Who asks.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caller {
    /// By token.
    pub(crate) identity: Option<Identity>,
    /// By address; none where there is no connection (in tests).
    pub(crate) address: Option<IpAddr>,
}

/// Lets a request in, or says why not. The answer knows who asked.
pub(crate) async fn admit(State(state): State<Arc<AppState>>, request: Request, next: Next) -> Response<Body> {
    let peer = request.extensions().get::<Peer>().map(|Peer(peer)| peer.ip());
    let address = client(peer, request.headers(), &state.trusted_proxies);
    let (caller, mut response) = match let_in(&state, &request) {
        Err(problem) => (Caller { identity: None, address }, problem.into_response()),
        Ok(identity) => {
            let caller = Caller { identity, address };
            let response = within_limits(&state, &caller, request, next).await;
            (caller, response)
        }
    };
    response.extensions_mut().insert(caller);
    response
}

async fn within_limits(state: &AppState, caller: &Caller, request: Request, next: Next) -> Response<Body> {
    let Some(limits) = &state.rate_limits else { return next.run(request).await };
    let left = match limits.take(caller) {
        Ok(left) => left,
        Err(refused) => return limits.refuse(refused),
    };
    let started = Instant::now();
    let mut response = next.run(request).await;
    limits.charge(caller, started.elapsed());
    limits.tell(left, response.headers_mut());
    response
}

fn let_in(state: &AppState, request: &Request) -> Result<Option<Identity>, Problem> {
    check_host(state, request)?;
    let identity = identify(state, request.headers())?;
    if state.reads_need_token && identity.is_none() && !is_open(request.uri().path()) {
        return Err(Problem::new(Code::Unauthorized, "this server is not open: send Authorization: Bearer TOKEN"));
    }
    Ok(identity)
}

/// Whoever watches over the process has no token.
fn is_open(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz")
}

fn check_host(state: &AppState, request: &Request) -> Result<(), Problem> {
    let asked = request.headers().get(header::HOST).map(|host| host.to_str().unwrap_or_default());
    let authority = request.uri().authority().map(axum::http::uri::Authority::as_str);
    let wrong = asked.into_iter().chain(authority).find(|host| !state.hosts.know(host));
    match wrong {
        None => Ok(()),
        Some(host) => {
            let detail =
                format!("{host:?} is no name of this server; ask it under its address, or start it with --host");
            Err(Problem::new(Code::WrongHost, detail))
        }
    }
}

/// The address that the request comes from: the peer, or what a proxy that we trust says of it (the last address in
/// `X-Forwarded-For` that is no such proxy).
fn client(peer: Option<IpAddr>, headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let peer = peer?.to_canonical();
    if !proxies.contains(&peer) {
        return Some(peer);
    }
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    let hops = hops.into_iter().rev().map_while(|hop| hop.parse::<IpAddr>().ok()).map(|hop| hop.to_canonical());
    Some(hops.into_iter().find(|hop| !proxies.contains(hop)).unwrap_or(peer))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(hosts: &Hosts, known: &[&str], unknown: &[&str]) {
        for host in known {
            assert!(hosts.know(host), "{host} should be known to {hosts:?}");
        }
        for host in unknown {
            assert!(!hosts.know(host), "{host} should not be known to {hosts:?}");
        }
    }

    #[test]
    fn names_are_known_or_not() {
        let loopback = ["localhost", "LOCALHOST:7878", "127.0.0.1:80", "[::1]:7878", "127.3.2.1"];
        let elsewhere = ["", "example.org", "localhost.example.org", "127.0.0.1.example.org"];
        check(&Hosts::Loopback(Vec::new()), &loopback, &[&elsewhere[..], &["10.0.0.1", "[::2]"]].concat());
        check(
            &Hosts::Named(vec!["example.org".to_owned()]),
            &["Example.org:443", "10.0.0.1", "localhost"],
            &["example.com"],
        );
        check(&Hosts::Any, &elsewhere, &[]);
    }

    #[test]
    fn an_address_behind_a_proxy_is_believed_only_where_the_proxy_is() {
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "203.0.113.9, 198.51.100.7, 10.0.0.2".parse().unwrap());
        let proxies = [address("10.0.0.1"), address("10.0.0.2")];
        assert_eq!(client(Some(address("10.0.0.1")), &headers, &proxies), Some(address("198.51.100.7")));
        assert_eq!(client(Some(address("192.0.2.1")), &headers, &proxies), Some(address("192.0.2.1")));
        assert_eq!(client(Some(address("10.0.0.1")), &HeaderMap::new(), &proxies), Some(address("10.0.0.1")));
        assert_eq!(client(None, &headers, &proxies), None);
    }
}
