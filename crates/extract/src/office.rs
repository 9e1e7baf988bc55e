//! Whose an office is: "former" is nobody's, and "the US president" is another man in 2015 than in 2025.

use crate::mention::{Phrase, PhraseKind};
use crate::scan::{ClassHit, Scan};
use chancery_model::{Language, World};
use jiff::civil::Date;

/// Takes from a former holder whom they acted for, and names the holder of a day where only the office is told. `title` is the token
/// at which the title begins.
pub(crate) fn settle(scan: &Scan<'_>, world: &World, day: Option<Date>, title: Option<usize>, phrase: &mut Phrase) {
    if phrase.personal && is_former(scan, world, title, phrase) {
        dismiss(phrase);
    } else {
        name_holder(world, day, phrase);
    }
}

fn is_former(scan: &Scan<'_>, world: &World, title: Option<usize>, phrase: &Phrase) -> bool {
    if phrase.office.as_deref().and_then(|office| world.office_level(office)) == Some("former") {
        return true;
    }
    let Some(title) = title else { return false };
    let inside = |hit: &ClassHit<'_>| phrase.tokens.start <= hit.tokens.start && hit.tokens.end <= phrase.tokens.end;
    let behind = |hit: &ClassHit<'_>| scan.language == Language::Arabic && hit.tokens.start == phrase.tokens.end;
    let before = |hit: &ClassHit<'_>| {
        let end = hit.tokens.end;
        [phrase.tokens.start, title].contains(&(end + usize::from(scan.word(end) == "-")))
    };
    scan.of_class("former").any(|hit| inside(hit) || behind(hit) || before(hit))
}

/// The person stays, and acts for nobody.
fn dismiss(phrase: &mut Phrase) {
    phrase.ids = phrase.person.iter().cloned().collect();
    phrase.kind = if phrase.person.is_some() { PhraseKind::Actor } else { PhraseKind::Place };
}

fn name_holder(world: &World, day: Option<Date>, phrase: &mut Phrase) {
    let (Some(day), Some(office), [actor], None) = (day, &phrase.office, phrase.ids.as_slice(), &phrase.person) else {
        return;
    };
    let held = |tenure: &&chancery_model::Tenure| tenure.office == *office && tenure.covers(day);
    let mut holders = world.tenures_for(actor).filter(held).map(|tenure| &tenure.person);
    if let (Some(holder), None) = (holders.next(), holders.next()) {
        phrase.person = Some(holder.clone());
    }
}
