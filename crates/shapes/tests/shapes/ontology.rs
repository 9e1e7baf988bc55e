//! The shapes of `ontology/shapes.ttl` on what the program writes and on what it must never write.

use crate::cases::files;
use chancery_model::World;
use chancery_model::data::DataFiles;
use chancery_rdf::ontology::{DIPLOMACY, EVENT_TYPES, SHAPES, parse_turtle};
use chancery_rdf::{GraphInput, triples};
use chancery_shapes::{Graph, GraphFormat, Report, Shapes};
use oxrdf::vocab::{rdf, rdfs};
use oxrdf::{NamedNode, Term, Triple};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn examples(kind: &str) -> Vec<PathBuf> {
    let files = files(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ontology/examples").join(kind), "ttl");
    assert!(files.len() >= 5, "{kind} has only {} examples", files.len());
    files
}

fn validate(file: &Path) -> Report {
    Shapes::ours().validate(&Graph::parse(&std::fs::read(file).unwrap(), GraphFormat::Turtle).unwrap())
}

fn sh(local: &str) -> NamedNode {
    NamedNode::new(format!("http://www.w3.org/ns/shacl#{local}")).unwrap()
}

#[test]
fn what_the_program_writes_conforms() {
    for file in examples("valid") {
        let report = validate(&file);
        assert!(report.conforms, "{}: {:#?}", file.display(), report.results);
    }
}

/// Each example breaks the shape that its comment names and no other.
#[test]
fn what_must_not_be_written_breaks_the_shape_it_names() {
    for file in examples("invalid") {
        let text = std::fs::read_to_string(&file).unwrap();
        let named: BTreeSet<&str> = text.lines().filter_map(|line| line.strip_prefix("# breaks: dips:")).collect();
        assert!(!named.is_empty(), "{} names no shape", file.display());
        let report = validate(&file);
        let broken: BTreeSet<&str> = report
            .results
            .iter()
            .filter_map(|result| {
                result.named_shape.as_ref()?.as_str().strip_prefix("https://w3id.org/chancery/shapes#")
            })
            .collect();
        assert_eq!(broken, named, "{}: {:#?}", file.display(), report.results);
        for result in &report.results {
            assert_ne!(result.message("ar"), result.message("en"), "{}: {result:#?}", file.display());
        }
    }
}

/// Every shape is broken by an example, but for those that only others ask for.
#[test]
fn every_shape_has_an_example_that_breaks_it() {
    let texts: Vec<String> = examples("invalid").iter().map(|file| std::fs::read_to_string(file).unwrap()).collect();
    for shape in targeted().values().flatten() {
        let line = format!("# breaks: dips:{}", shape.rsplit('#').next().unwrap());
        assert!(texts.iter().any(|text| text.lines().any(|it| it == line)), "nothing breaks {shape}");
    }
}

/// The classes that shapes are about, with these shapes.
fn targeted() -> BTreeMap<String, Vec<String>> {
    let mut classes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for triple in parse_turtle(SHAPES).unwrap() {
        if triple.predicate.as_str().starts_with("http://www.w3.org/ns/shacl#target") {
            let shape = triple.subject.to_string().trim_matches(['<', '>']).to_owned();
            classes.entry(triple.object.to_string()).or_default().push(shape);
        }
    }
    classes
}

#[test]
fn every_thing_that_is_written_is_the_target_of_a_shape() {
    let targeted = targeted();
    let mut things: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let written = examples("valid").into_iter().flat_map(|file| {
        let text = std::fs::read_to_string(file).unwrap();
        parse_turtle(&text).unwrap()
    });
    for Triple { subject, predicate, object } in written.chain(world()) {
        let classes = things.entry(subject.to_string()).or_default();
        if predicate == rdf::TYPE {
            classes.insert(object.to_string());
        }
    }
    assert!(things.len() > 500, "{}", things.len());
    for (thing, classes) in things {
        let known = classes.iter().any(|class| targeted.contains_key(class));
        assert!(known, "no shape is about {thing}, which is {classes:?}");
    }
}

/// A class is covered where a shape is about it or about the class above it; all that are not are named.
#[test]
fn every_class_of_the_vocabulary_is_the_target_of_a_shape() {
    let targeted = targeted();
    let vocabulary: Vec<Triple> =
        [DIPLOMACY, EVENT_TYPES].iter().flat_map(|text| parse_turtle(text).unwrap()).collect();
    let class = Term::from(NamedNode::new("http://www.w3.org/2002/07/owl#Class").unwrap());
    let classes = vocabulary.iter().filter(|it| it.predicate == rdf::TYPE && it.object == class);
    let mut without = BTreeSet::new();
    let mut seen = 0;
    for declared in classes {
        let above = vocabulary.iter().filter(|it| it.subject == declared.subject && it.predicate == rdfs::SUB_CLASS_OF);
        let mut names = above.map(|it| it.object.to_string()).chain([declared.subject.to_string()]);
        if !names.any(|name| targeted.contains_key(&name)) {
            without.insert(declared.subject.to_string());
        }
        seen += 1;
    }
    assert!(seen > 70, "only {seen} classes");
    assert_eq!(without, BTreeSet::new(), "no shape is about these classes");
}

/// The lists of the vocabulary are the valid examples of the shapes that are about them.
#[test]
fn the_vocabulary_conforms_to_its_own_shapes() {
    for text in [DIPLOMACY, EVENT_TYPES] {
        let report = Shapes::ours().validate(&Graph::parse(text.as_bytes(), GraphFormat::Turtle).unwrap());
        assert!(report.conforms, "{:#?}", report.results);
    }
}

/// Each shape that can give a result says in Arabic and English what is wrong, once in each.
#[test]
fn the_shapes_speak_arabic_and_english() {
    let triples = parse_turtle(SHAPES).unwrap();
    let objects = |subject: &Term, property: &NamedNode| -> Vec<Term> {
        let of = triples.iter().filter(|it| Term::from(it.subject.clone()) == *subject && it.predicate == *property);
        of.map(|it| it.object.clone()).collect()
    };
    let named = triples.iter().filter(|it| it.predicate == rdf::TYPE && it.object == sh("NodeShape").into());
    let own = ["nodeKind", "class", "node", "or", "xone", "not", "and", "closed"].map(sh);
    let mut speaking = 0;
    for shape in named.map(|triple| Term::from(triple.subject.clone())) {
        let mut telling = objects(&shape, &sh("property"));
        if own.iter().any(|component| !objects(&shape, component).is_empty()) {
            telling.push(shape.clone());
        }
        for shape in telling {
            let messages = objects(&shape, &sh("message"));
            let mut languages: Vec<&str> = messages
                .iter()
                .filter_map(|message| match message {
                    Term::Literal(text) => text.language(),
                    _ => None,
                })
                .collect();
            languages.sort_unstable();
            let path = objects(&shape, &sh("path"));
            assert_eq!(languages, ["ar", "en"], "{shape} with the path {path:?}");
            speaking += 1;
        }
    }
    assert!(speaking > 100, "only {speaking} shapes speak");
}

/// The graph of the reference tables alone.
fn world() -> Vec<Triple> {
    let world = World::load(&DataFiles::embedded()).unwrap();
    triples(&GraphInput {
        world: &world,
        documents: &[],
        claims: &[],
        events: &[],
        states: &[],
        disputes: &[],
        promises: &[],
        run: "r",
    })
}

#[test]
fn the_reference_tables_conform() {
    let report = Shapes::ours().validate(&world().into_iter().collect());
    assert!(report.complete);
    let first: Vec<_> = report.results.iter().take(5).collect();
    assert!(report.conforms, "{} results, such as {first:#?}", report.results.len());
}
