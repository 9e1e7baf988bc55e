//! SHACL Core over graphs: shapes say what a well-formed graph looks like, and a report says where one does not.
//!
//! [`Shapes::parse`] reads a shapes graph and checks it against the syntax rules of SHACL; [`Shapes::validate`] looks
//! at every target, [`Shapes::validate_nodes`] only at the nodes named, for a change that touches few.
//!
//! Shapes that refer to themselves are refused, since SHACL leaves their meaning open; so a validation always ends, and
//! its cost is that of the focus nodes times the shapes they have. Whether a node has a shape is found once.
//!
//! Source: Shapes Constraint Language (SHACL), W3C Recommendation of 20 July 2017, sections 2 to 4.
//!
//! ```
//! use chancery_shapes::{Graph, GraphFormat, Shapes};
//! let shapes = br#"@prefix sh: <http://www.w3.org/ns/shacl#> .
//!     <urn:State> a sh:NodeShape ; sh:targetSubjectsOf <urn:code> ;
//!         sh:property [ sh:path <urn:code> ; sh:pattern "^[A-Z]{3}$" ; sh:message "three capitals"@en ] ."#;
//! let data = br#"<urn:KAZ> <urn:code> "KAZ" . <urn:Q232> <urn:code> "kz" ."#;
//! let report = Shapes::parse(shapes)?.validate(&Graph::parse(data, GraphFormat::Turtle)?);
//! assert_eq!(report.results.len(), 1);
//! assert_eq!(report.results[0].message("en"), "three capitals");
//! # Ok::<(), chancery_shapes::ShapesError>(())
//! ```

mod component;
mod error;
mod graph;
mod path;
mod pattern;
mod read;
mod report;
mod shape;
mod shapes;
mod validator;
mod value;
mod vocab;

pub use chancery_rdf::GraphFormat;
pub use component::Component;
pub use error::{IllFormedShape, ShapesError};
pub use graph::Graph;
pub use report::{Message, Report, ResultPath, Severity, ValidationResult, plain_path, plain_term};
pub use shapes::{Limits, Shapes};
