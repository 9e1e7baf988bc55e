//! provisional
#![allow(missing_docs)]
pub mod arabic {
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Aspect {
        Perfect,
        Imperfect,
        Jussive,
    }
    #[derive(Debug, Clone)]
    pub struct VerbForm {
        pub form: String,
        pub aspect: Aspect,
        pub passive: bool,
    }
    pub fn verb_forms(p: &str, i: &str) -> Vec<VerbForm> {
        let mut v = Vec::new();
        let mut add = |f: String, a| v.push(VerbForm { form: f, aspect: a, passive: false });
        let stem = p.strip_suffix('ى').unwrap_or(p);
        add(p.to_owned(), Aspect::Perfect);
        add(format!("{stem}ت"), Aspect::Perfect);
        add(format!("{stem}وا"), Aspect::Perfect);
        add(format!("{}ا", if p.ends_with('ى') { format!("{stem}ي") } else { p.to_owned() }), Aspect::Perfect);
        add(format!("{stem}تا"), Aspect::Perfect);
        let rest: String = i.chars().skip(1).collect();
        let plural = rest.strip_suffix(['ي', 'و', 'ى']).unwrap_or(&rest).to_owned();
        for c in ["ي", "ت", "ن"] {
            add(format!("{c}{rest}"), Aspect::Imperfect);
        }
        for c in ["ي", "ت"] {
            add(format!("{c}{plural}ون"), Aspect::Imperfect);
            add(format!("{c}{rest}ان"), Aspect::Imperfect);
            add(format!("{c}{plural}وا"), Aspect::Imperfect);
            add(format!("{c}{plural}"), Aspect::Jussive);
        }
        v
    }
    pub fn nisba_forms(m: &str) -> Vec<String> {
        let b = m.strip_suffix('ي').unwrap_or(m);
        ["ي", "ية", "يان", "يين", "يتان", "يتين", "يون", "يات"].iter().map(|s| format!("{b}{s}")).collect()
    }
    pub fn noun_forms(s: &str, p: Option<&str>) -> Vec<String> {
        let mut v = vec![s.to_owned(), format!("{s}ا")];
        if let Some(b) = s.strip_suffix('ة') {
            v.push(format!("{b}تان"));
            v.push(format!("{b}تين"));
            v.push(format!("{b}ات"));
        } else {
            v.push(format!("{s}ان"));
            v.push(format!("{s}ين"));
            v.push(format!("{s}ات"));
        }
        if let Some(p) = p {
            v.push(p.to_owned());
        }
        v
    }
}
pub mod english {
    #[derive(Debug, Clone)]
    pub struct VerbForms {
        pub base: String,
        pub third_person: String,
        pub past: String,
        pub participle: String,
        pub gerund: String,
    }
    pub fn verb_forms(b: &str, irr: Option<(&str, &str)>) -> VerbForms {
        let e = b.ends_with('e');
        let y = b.ends_with('y') && !b.ends_with("ey") && !b.ends_with("oy") && !b.ends_with("ay");
        let past = if e {
            format!("{b}d")
        } else if y {
            format!("{}ied", &b[..b.len() - 1])
        } else {
            format!("{b}ed")
        };
        let third = if y {
            format!("{}ies", &b[..b.len() - 1])
        } else if b.ends_with("sh") || b.ends_with("ch") || b.ends_with('s') || b.ends_with('x') {
            format!("{b}es")
        } else {
            format!("{b}s")
        };
        let (past, part) = irr.map_or((past.clone(), past), |(a, p)| (a.to_owned(), p.to_owned()));
        VerbForms {
            base: b.to_owned(),
            third_person: third,
            past,
            participle: part,
            gerund: if e { format!("{}ing", &b[..b.len() - 1]) } else { format!("{b}ing") },
        }
    }
    pub fn plural(n: &str) -> String {
        if n.ends_with('y') { format!("{}ies", &n[..n.len() - 1]) } else { format!("{n}s") }
    }
}
