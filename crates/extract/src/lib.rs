//! Text to mentions to claims.
