//! Fusion from outside: stories of a few reports, and the same result in any order.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

mod any_order;
mod report;
mod stories;
