//! Arabic inflection as far as letters show it (vowel signs are not written): third persons, first person plural, duals,
//! sound plurals, nisba adjectives. Grammar after Wright, *A Grammar of the Arabic Language*, part II.

use crate::normalize::normalize;
use chancery_model::Language;

const MAQSURA: char = 'ى';
const YEH: char = 'ي';
const WAW: char = 'و';
const ALEF: char = 'ا';
const TEH_MARBUTA: char = 'ة';

/// What a form says of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// Done.
    Perfect,
    /// Being done, or to be done.
    Imperfect,
    /// Behind لم: not done. Only forms whose letters differ from the imperfect.
    Jussive,
}

/// One written form of a verb.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VerbForm {
    /// Normalised.
    pub form: String,
    /// What it says of time.
    pub aspect: Aspect,
    /// Whether the letters can only be passive.
    pub passive: bool,
}

/// The forms of a verb from its third person masculine singular: perfect (أعلن) and imperfect (يعلن). Sorted, without
/// repetition. Passives that are written as the active are not told apart.
pub fn verb_forms(perfect: &str, imperfect: &str) -> Vec<VerbForm> {
    let verb = Verb::new(perfect, imperfect);
    let mut forms = Vec::new();
    let mut add = |written: Vec<String>, aspect, passive| {
        forms.extend(written.into_iter().map(|form| VerbForm { form: normal(&form), aspect, passive }));
    };
    add(verb.perfect_forms(), Aspect::Perfect, false);
    add(verb.imperfect_forms(), Aspect::Imperfect, false);
    add(verb.passive_perfect(), Aspect::Perfect, true);
    add(verb.passive_imperfect(), Aspect::Imperfect, true);
    add(verb.jussive_forms(), Aspect::Jussive, false);
    let active: Vec<String> =
        forms.iter().filter(|f| !f.passive && f.aspect != Aspect::Jussive).map(|f| f.form.clone()).collect();
    forms.retain(|form| !(form.passive || form.aspect == Aspect::Jussive) || !active.contains(&form.form));
    forms.sort();
    forms.dedup();
    forms
}

/// A verb by its two stems.
struct Verb {
    perfect: String,
    /// Without the prefix of the person.
    imperfect: String,
    kind: Kind,
}

/// Which letters of the root are weak, as far as it changes the spelling.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Sound,
    /// قال/يقول: a long vowel in the middle, short behind it in some persons.
    Hollow,
    /// نفى/ينفي, دعا/يدعو: a weak last letter that falls before endings.
    Defective,
    /// لقي/يلقى: the last letter of the perfect is a consonant but before و.
    DefectiveYeh,
    /// بدأ/يبدأ: a hamza at the end, whose seat changes.
    FinalHamza,
}

impl Verb {
    fn new(perfect: &str, imperfect: &str) -> Self {
        let imperfect: String = imperfect.chars().skip(1).collect();
        let weak_end = imperfect.ends_with([YEH, WAW, MAQSURA, ALEF]);
        let middle = perfect.chars().rev().nth(1);
        let long = imperfect.chars().rev().nth(1);
        let kind = if perfect.ends_with(MAQSURA) || (perfect.ends_with(ALEF) && imperfect.ends_with(WAW)) {
            Kind::Defective
        } else if perfect.ends_with(YEH) && weak_end {
            Kind::DefectiveYeh
        } else if perfect.ends_with('أ') {
            Kind::FinalHamza
        } else if middle == Some(ALEF) && matches!(long, Some(WAW | YEH | ALEF)) && !perfect.ends_with('ء') {
            Kind::Hollow
        } else {
            Kind::Sound
        };
        Self { perfect: perfect.to_owned(), imperfect, kind }
    }

    fn perfect_forms(&self) -> Vec<String> {
        let whole = &self.perfect;
        let cut = without_last(whole);
        let with =
            |stem: &str, endings: &[&str]| -> Vec<String> { endings.iter().map(|e| format!("{stem}{e}")).collect() };
        let mut forms = vec![whole.clone()];
        forms.extend(match self.kind {
            Kind::Sound => with(whole, &["ت", "ا", "تا", "وا", "نا"]),
            Kind::Hollow => with(whole, &["ت", "ا", "تا", "وا"]),
            Kind::Defective if whole.ends_with(ALEF) => with(&cut, &["ت", "تا", "وا", "ونا"]),
            Kind::Defective => with(&cut, &["ت", "يا", "تا", "وا", "ينا"]),
            Kind::DefectiveYeh => {
                let mut forms = with(whole, &["ت", "ا", "تا", "نا"]);
                forms.extend(with(&cut, &["وا"]));
                forms
            }
            Kind::FinalHamza => {
                let mut forms = with(whole, &["ت", "تا", "وا", "نا"]);
                forms.extend(with(&cut, &["آ", "ؤوا"]));
                forms
            }
        });
        if self.kind == Kind::Hollow {
            forms.push(format!("{}نا", without_long_vowel(whole)));
        }
        forms
    }

    fn imperfect_forms(&self) -> Vec<String> {
        let whole = &self.imperfect;
        let cut = without_last(whole);
        let weak = matches!(self.kind, Kind::Defective | Kind::DefectiveYeh);
        let plural = if weak { cut.clone() } else { whole.clone() };
        let dual = if weak && whole.ends_with(MAQSURA) { format!("{cut}ي") } else { whole.clone() };
        let mut forms: Vec<String> = ["ي", "ت", "ن"].iter().map(|person| format!("{person}{whole}")).collect();
        for person in ["ي", "ت"] {
            forms.extend([format!("{person}{plural}ون"), format!("{person}{plural}وا")]);
            forms.extend([format!("{person}{dual}ان"), format!("{person}{dual}ا")]);
            if self.kind == Kind::FinalHamza {
                forms.extend([format!("{person}{cut}ؤون"), format!("{person}{cut}ؤوا")]);
            }
        }
        forms
    }

    fn jussive_forms(&self) -> Vec<String> {
        let short = match self.kind {
            Kind::Hollow => without_long_vowel(&self.imperfect),
            Kind::Defective | Kind::DefectiveYeh => without_last(&self.imperfect),
            Kind::Sound | Kind::FinalHamza => return Vec::new(),
        };
        ["ي", "ت", "ن"].iter().map(|person| format!("{person}{short}")).collect()
    }

    /// قيل, أدين; قوبل; استؤنف.
    fn passive_perfect(&self) -> Vec<String> {
        let letters: Vec<char> = self.perfect.chars().collect();
        let changed: String = match self.kind {
            Kind::Hollow => replace_nth_last(&letters, 1, YEH),
            // نفيت, دعيت: only the feminine shows it.
            Kind::Defective => return vec![format!("{}يت", without_last(&self.perfect))],
            Kind::Sound if letters.len() == 4 && letters[1] == ALEF => replace_nth_last(&letters, 2, WAW),
            Kind::Sound if self.perfect.starts_with("استأ") => self.perfect.replacen('أ', "ؤ", 1).chars().collect(),
            _ => return Vec::new(),
        };
        ["", "ت", "ا", "تا", "وا"].iter().map(|ending| format!("{changed}{ending}")).collect()
    }

    /// يقال, يدان.
    fn passive_imperfect(&self) -> Vec<String> {
        if self.kind != Kind::Hollow {
            return Vec::new();
        }
        let letters: Vec<char> = self.imperfect.chars().collect();
        let changed = replace_nth_last(&letters, 1, ALEF);
        let mut forms: Vec<String> = ["ي", "ت"].iter().map(|person| format!("{person}{changed}")).collect();
        forms.push(format!("ي{changed}ون"));
        forms
    }
}

fn without_last(word: &str) -> String {
    let mut letters = word.chars();
    letters.next_back();
    letters.collect()
}

/// Without the letter before the last.
fn without_long_vowel(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let at = letters.len().saturating_sub(2);
    letters.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, c)| *c).collect()
}

fn replace_nth_last(letters: &[char], n: usize, with: char) -> String {
    let at = letters.len().saturating_sub(n + 1);
    letters.iter().enumerate().map(|(place, letter)| if place == at { with } else { *letter }).collect()
}

/// The forms of a relative adjective from its masculine singular (سعودي): gender, dual, plural.
pub fn nisba_forms(masculine: &str) -> Vec<String> {
    let base = masculine.strip_suffix(YEH).unwrap_or(masculine);
    let endings = ["ي", "ية", "يان", "يين", "يتان", "يتين", "يون", "يات", "يا"];
    endings.iter().map(|ending| normal(&format!("{base}{ending}"))).collect()
}

/// The forms of a noun from its singular and, where it is broken or not to be guessed, its plural: accusative alef, dual, sound
/// plurals with their construct.
pub fn noun_forms(singular: &str, plural: Option<&str>) -> Vec<String> {
    let mut forms = vec![singular.to_owned()];
    match singular.strip_suffix(TEH_MARBUTA) {
        Some(base) => forms.extend(["تان", "تين", "تي", "تا", "ات"].iter().map(|ending| format!("{base}{ending}"))),
        None => {
            forms.extend(["ان", "ين", "ات"].iter().map(|ending| format!("{singular}{ending}")));
            if !singular.ends_with("اء") && !singular.ends_with(MAQSURA) {
                forms.push(format!("{singular}ا"));
            }
        }
    }
    if let Some(plural) = plural {
        forms.push(plural.to_owned());
        if let Some(base) = plural.strip_suffix("ون") {
            forms.extend(["ين", "و", "ي"].iter().map(|ending| format!("{base}{ending}")));
        } else if !plural.ends_with("ات") {
            forms.push(format!("{plural}ا"));
        }
    }
    let mut forms: Vec<String> = forms.iter().map(|form| normal(form)).collect();
    forms.sort();
    forms.dedup();
    forms
}

fn normal(form: &str) -> String {
    normalize(form, Language::Arabic)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(perfect: &str, imperfect: &str, aspect: Aspect, passive: bool, expected: &str) {
        let forms = verb_forms(perfect, imperfect);
        let found: Vec<&str> =
            forms.iter().filter(|f| f.aspect == aspect && f.passive == passive).map(|f| f.form.as_str()).collect();
        for form in expected.split_whitespace() {
            assert!(found.contains(&normal(form).as_str()), "{perfect}: {form} is not among {found:?}");
        }
    }

    #[test]
    fn perfects() {
        check("وقع", "يوقع", Aspect::Perfect, false, "وقع وقعت وقعا وقعتا وقعوا وقعنا");
        check("قال", "يقول", Aspect::Perfect, false, "قال قالت قالوا قلنا");
        check("نفى", "ينفي", Aspect::Perfect, false, "نفى نفت نفيا نفتا نفوا نفينا");
        check("دعا", "يدعو", Aspect::Perfect, false, "دعا دعت دعوا دعونا");
        check("لقي", "يلقى", Aspect::Perfect, false, "لقي لقيت لقوا");
        check("بدأ", "يبدأ", Aspect::Perfect, false, "بدأ بدأت بدؤوا بدأوا");
        check("استدعى", "يستدعي", Aspect::Perfect, false, "استدعى استدعت استدعوا");
        check("زار", "يزور", Aspect::Perfect, false, "زار زارت زاروا زرنا");
    }

    #[test]
    fn imperfects() {
        check("وقع", "يوقع", Aspect::Imperfect, false, "يوقع توقع نوقع يوقعون يوقعان يوقعوا");
        check("نفى", "ينفي", Aspect::Imperfect, false, "ينفي تنفي ينفون ينفوا ينفيان");
        check("بقي", "يبقى", Aspect::Imperfect, false, "يبقى تبقى يبقون يبقيان");
        check("دعا", "يدعو", Aspect::Imperfect, false, "يدعو تدعو يدعون يدعوان");
    }

    #[test]
    fn jussives_are_told_where_their_letters_differ() {
        check("زار", "يزور", Aspect::Jussive, false, "يزر تزر");
        check("نفى", "ينفي", Aspect::Jussive, false, "ينف تنف");
        assert!(verb_forms("وقع", "يوقع").iter().all(|form| form.aspect != Aspect::Jussive));
    }

    #[test]
    fn passives_are_told_where_their_letters_differ() {
        check("قال", "يقول", Aspect::Perfect, true, "قيل");
        check("قال", "يقول", Aspect::Imperfect, true, "يقال");
        check("أدان", "يدين", Aspect::Perfect, true, "أدين أدينت");
        check("أدان", "يدين", Aspect::Imperfect, true, "يدان تدان");
        check("قابل", "يقابل", Aspect::Perfect, true, "قوبل");
        check("ألغى", "يلغي", Aspect::Perfect, true, "ألغيت");
        check("استأنف", "يستأنف", Aspect::Perfect, true, "استؤنف استؤنفت");
        assert!(verb_forms("وقع", "يوقع").iter().all(|form| !form.passive));
    }

    #[test]
    fn nouns() {
        let has = |forms: Vec<String>, expected: &str| {
            for form in expected.split_whitespace() {
                assert!(forms.contains(&normal(form)), "{form} is not among {forms:?}");
            }
        };
        has(noun_forms("اتفاقية", None), "اتفاقية اتفاقيتان اتفاقيتين اتفاقيات اتفاقيتي");
        has(noun_forms("وزير", Some("وزراء")), "وزير وزيرا وزيران وزيرين وزراء");
        has(noun_forms("مسؤول", Some("مسؤولون")), "مسؤول مسؤولون مسؤولين مسؤولو مسؤولي");
        has(noun_forms("لقاء", None), "لقاء لقاءان لقاءات");
        assert!(!noun_forms("لقاء", None).contains(&"لقاءا".to_owned()));
        has(nisba_forms("سعودي"), "سعودي سعودية سعوديون سعوديين سعوديتان سعوديات");
    }
}
