//! Claims of many documents to events, relation states, disputes and promises.
