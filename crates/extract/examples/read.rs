//! Development aid: JSON Lines documents on standard input, claims on standard output.
use chancery_model::*;
use std::io::*;
fn main() {
    let files = DataFiles::embedded();
    let world = std::sync::Arc::new(World::load(&files).unwrap_or_else(|f| {
        for x in f {
            eprintln!("{x}");
        }
        panic!()
    }));
    let e = chancery_extract::Extractor::new(&files, world).unwrap_or_else(|f| {
        for x in f {
            eprintln!("{x}");
        }
        panic!()
    });
    let explain = std::env::args().any(|a| a == "-x");
    for line in stdin().lock().lines() {
        let line = line.unwrap();
        let mut v: serde_json::Value = serde_json::from_str(&line).unwrap();
        v.as_object_mut()
            .unwrap()
            .retain(|k, _| ["id", "lang", "published", "publisher", "title", "text", "recorded"].contains(&k.as_str()));
        let d: Document = serde_json::from_value(v).unwrap();
        let x = e.extract(&d);
        if explain {
            eprintln!("== {} {:?}", d.id, d.title);
            for m in &x.mentions {
                eprint!("[{}={}] ", m.surface, m.entity);
            }
            eprintln!();
            for (c, w) in x.claims.iter().zip(&x.explanations) {
                eprintln!(
                    "{} {:?}->{:?} {} {} {:?} by {:?}\n   «{}» {} {} {:?}",
                    c.event_type,
                    c.source.iter().map(|i| i.as_str()).collect::<Vec<_>>(),
                    c.target.iter().map(|i| i.as_str()).collect::<Vec<_>>(),
                    c.status,
                    c.date,
                    c.topic,
                    c.attribution.iter().map(|s| s.agent.as_ref().map(|a| a.to_string())).collect::<Vec<_>>(),
                    c.evidence.quote,
                    w.entry,
                    w.trigger,
                    w.steps
                );
            }
            for g in &x.diagnostics {
                eprintln!("  - {} {}", g.code, g.message);
            }
        }
        println!("{}", serde_json::json!({"id": d.id, "claims": x.claims}));
    }
}
