//! The web pages, built with npm and embedded.
