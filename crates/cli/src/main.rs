//! The process: arguments, files, progress, exit codes.
fn main() {}
