//! HTTP: REST, SPARQL protocol, OpenAPI, pages.
