//! Rate limits per token, else per address: requests per minute, and one more for each slice of time that an answer took, so
//! that few slow requests count as much as many quick ones.
//!
//! The generic cell rate algorithm is `governor`'s; the header fields are those of draft-ietf-httpapi-ratelimit-headers-10.

use crate::access::Caller;
use crate::error::{Code, Problem};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, header};
use axum::response::IntoResponse;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// So much of an answer's time costs as much as one more request.
const SLICE: Duration = Duration::from_millis(25);
/// The most that one answer costs: ten seconds of it.
const MOST_SLICES: u32 = 400;
/// Callers beyond this number make us forget those that have their whole quota again.
const MANY_CALLERS: usize = 10_000;

/// A limit for each caller.
pub struct RateLimits {
    per_minute: NonZeroU32,
    limiter: RateLimiter<Key, DashMapStateStore<Key>, DefaultClock, StateInformationMiddleware>,
}

impl std::fmt::Debug for RateLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RateLimits({} a minute)", self.per_minute)
    }
}

/// Whom a limit is for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    Token(Arc<str>),
    Address(IpAddr),
    /// No connection: only in tests.
    Nobody,
}

impl Key {
    fn of(caller: &Caller) -> Self {
        match (&caller.identity, caller.address) {
            (Some(identity), _) => Self::Token(identity.name.clone()),
            (None, Some(IpAddr::V6(address))) => Self::Address(network(address).into()),
            (None, Some(address)) => Self::Address(address),
            (None, None) => Self::Nobody,
        }
    }
}

/// Who has one address of IPv6 has the whole /64.
fn network(address: Ipv6Addr) -> Ipv6Addr {
    Ipv6Addr::from_bits(address.to_bits() >> 64 << 64)
}

/// A request that came too early, and for how long.
pub(crate) struct Refused(Duration);

impl RateLimits {
    /// So many requests a minute, all of which may come at once.
    pub fn new(per_minute: NonZeroU32) -> Self {
        let limiter = RateLimiter::dashmap(Quota::per_minute(per_minute));
        Self { per_minute, limiter: limiter.with_middleware::<StateInformationMiddleware>() }
    }

    /// Takes one request from a caller's quota; gives how many are left.
    pub(crate) fn take(&self, caller: &Caller) -> Result<u32, Refused> {
        if self.limiter.len() > MANY_CALLERS {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(&Key::of(caller)) {
            Ok(state) => Ok(state.remaining_burst_capacity()),
            Err(not_until) => Err(Refused(not_until.wait_time_from(DefaultClock::default().now()))),
        }
    }

    /// Takes what an answer cost beyond its request, as far as there is something to take.
    pub(crate) fn charge(&self, caller: &Caller, took: Duration) {
        let slices = u32::try_from(took.as_millis() / SLICE.as_millis()).unwrap_or(MOST_SLICES).min(MOST_SLICES);
        let key = Key::of(caller);
        for _ in 0..slices {
            if self.limiter.check_key(&key).is_err() {
                break;
            }
        }
    }

    /// 429, and when to come again.
    pub(crate) fn refuse(&self, Refused(wait): Refused) -> Response<Body> {
        let seconds = wait.as_secs() + 1;
        let detail = format!("more than {} requests a minute; come again in {seconds} s", self.per_minute);
        let mut response = Problem::new(Code::RateLimited, detail).into_response();
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        self.tell(0, response.headers_mut());
        response
    }

    /// What is left, and of how much.
    pub(crate) fn tell(&self, left: u32, headers: &mut HeaderMap) {
        let policy = format!("\"default\";q={};w=60", self.per_minute);
        // Until the whole quota is there again.
        let missing = u64::from(self.per_minute.get().saturating_sub(left));
        let reset = (missing * 60).div_ceil(u64::from(self.per_minute.get()));
        for (name, value) in [("ratelimit-policy", policy), ("ratelimit", format!("\"default\";r={left};t={reset}"))] {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(address: &str) -> Caller {
        Caller { identity: None, address: Some(address.parse().unwrap()) }
    }

    #[test]
    fn each_caller_has_a_quota_of_its_own() {
        let limits = RateLimits::new(NonZeroU32::new(2).unwrap());
        let (one, other) = (caller("192.0.2.1"), caller("192.0.2.2"));
        assert_eq!((limits.take(&one).ok(), limits.take(&one).ok(), limits.take(&one).ok()), (Some(1), Some(0), None));
        assert_eq!(limits.take(&other).ok(), Some(1));
    }

    #[test]
    fn neighbours_in_one_network_share_it() {
        let limits = RateLimits::new(NonZeroU32::new(1).unwrap());
        assert!(limits.take(&caller("2001:db8:1:2::1")).is_ok());
        assert!(limits.take(&caller("2001:db8:1:2:ffff::9")).is_err());
        assert!(limits.take(&caller("2001:db8:1:3::1")).is_ok());
    }

    #[test]
    fn slow_answers_cost_more() {
        let limits = RateLimits::new(NonZeroU32::new(100).unwrap());
        let one = caller("192.0.2.1");
        assert_eq!(limits.take(&one).ok(), Some(99));
        limits.charge(&one, Duration::from_millis(250));
        assert_eq!(limits.take(&one).ok(), Some(88));
        limits.charge(&one, Duration::from_secs(3600));
        assert!(limits.take(&one).is_err());
    }

    #[test]
    fn the_headers_say_what_is_left() {
        let mut headers = HeaderMap::new();
        RateLimits::new(NonZeroU32::new(120).unwrap()).tell(60, &mut headers);
        assert_eq!(headers["ratelimit-policy"], "\"default\";q=120;w=60");
        assert_eq!(headers["ratelimit"], "\"default\";r=60;t=30");
    }
}
