//! The mapping between the model and RDF.
