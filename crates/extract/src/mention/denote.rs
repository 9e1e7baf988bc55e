//! Whom a phrase denotes on a day: by the state that it names, else by office and tenure.

use super::piece::{Part, Piece};
use super::{Anaphor, Ids, Phrase, PhraseKind};
use chancery_model::{EntityId, EntityKind, EventDate, World};
use chancery_text::Enclitic;
use jiff::civil::Date;
use smallvec::smallvec;

pub(super) fn phrase(world: &World, day: Option<Date>, pieces: &[Piece]) -> Phrase {
    let tokens = pieces[0].tokens.start..pieces[pieces.len() - 1].tokens.end;
    let person = pieces.iter().find_map(|p| if let Part::Person { id } = &p.part { Some(id.clone()) } else { None });
    // "الأمير محمد ولي العهد": a prince is known by his office, where he has one.
    let titles =
        || pieces.iter().filter_map(|p| if let Part::Title { office } = &p.part { Some(office) } else { None });
    let office = titles().find(|office| *office != "prince").or(titles().next()).cloned();
    let has_body = pieces.iter().any(|p| matches!(p.part, Part::Body | Part::Institution));
    let owners = owners(world, day, pieces, person.as_ref());
    let anaphor = pieces.iter().find_map(|p| if let Part::Anaphor(a) = p.part { Some(a) } else { None });
    let first = &pieces[0].part;
    let kind = match (first, anaphor) {
        // "نظيره إيمانويل ماكرون", "جارتها مالاوي": the name says who it is.
        (_, Some(Anaphor::Counterpart))
            if !owners.is_empty()
                && (person.is_some() || pieces.iter().any(|piece| matches!(piece.part, Part::State { .. }))) =>
        {
            PhraseKind::Actor
        }
        // "The two French ministers" are no pair of states.
        (_, Some(anaphor)) if !matches!(anaphor, Anaphor::Pair { .. }) || owners.is_empty() => {
            PhraseKind::Anaphor(anaphor)
        }
        // One Kazakh acts for nobody.
        (Part::People { one: true, .. }, _) => PhraseKind::Adjective,
        (Part::Adjective { .. }, _) if office.is_none() && !has_body && person.is_none() => PhraseKind::Adjective,
        (Part::Other { id }, _) if id.kind() == EntityKind::Agreement => PhraseKind::Agreement,
        (Part::Other { id }, _) if id.kind() == EntityKind::Media => PhraseKind::Outlet,
        (Part::Other { id }, _) if id.kind() == EntityKind::Place => PhraseKind::Place,
        (Part::Seat { .. }, _) => PhraseKind::Place,
        // "وزير خارجيتها", "رئيسه".
        _ if owners.is_empty() && pieces.iter().any(is_ones_own) => PhraseKind::Anaphor(Anaphor::OwnCountry),
        _ if owners.is_empty() && office.is_some() => PhraseKind::Anaphor(Anaphor::Office),
        _ if owners.is_empty() && has_body && pieces[0].enclitic.is_some() => PhraseKind::Anaphor(Anaphor::OwnCountry),
        _ if owners.is_empty() && pieces.iter().any(|p| matches!(p.part, Part::Institution)) => {
            PhraseKind::Anaphor(Anaphor::TheCountry)
        }
        _ if owners.is_empty() => PhraseKind::Place,
        _ => PhraseKind::Actor,
    };
    Phrase {
        tokens,
        kind,
        ids: owners,
        personal: person.is_some()
            || office.is_some()
            || pieces.iter().any(|p| matches!(p.part, Part::Introduced { .. } | Part::Style { .. })),
        named: person.is_some(),
        person,
        office,
        preposition: None,
        coordinated: false,
        possessive: false,
        object: false,
        adjectival: pieces.len() > 1 && pieces.iter().any(|p| matches!(p.part, Part::Adjective { .. })),
        body: has_body,
    }
}

/// Whether an office has the pronoun of whom it serves on it.
fn is_ones_own(piece: &Piece) -> bool {
    matches!(piece.part, Part::Title { .. })
        && matches!(piece.enclitic, Some(Enclitic::He | Enclitic::She | Enclitic::They | Enclitic::Dual))
}

/// Whom the pieces act for: a named state or organisation first, then the office that the person held that day.
fn owners(world: &World, day: Option<Date>, pieces: &[Piece], person: Option<&EntityId>) -> Ids {
    for piece in pieces {
        match &piece.part {
            Part::State { id, .. } | Part::Adjective { id } | Part::People { id, .. } | Part::Other { id } => {
                return smallvec![id.clone()];
            }
            Part::Title { .. } if piece.owner.is_some() => return piece.owner.iter().cloned().collect(),
            Part::Bloc { name, .. } => return world.bloc_members(name, day).into(),
            Part::Introduced { ids } => return ids.clone(),
            Part::Seat { id } | Part::Style { id } => return smallvec![id.clone()],
            _ => {}
        }
    }
    let known = |piece: &Piece| !is_to_come(world, day, piece);
    let person = person.filter(|_| pieces.iter().all(known)).and_then(|person| represented(world, person, day));
    person.or_else(|| pieces.iter().find_map(only_server)).into_iter().collect()
}

/// Offices that only one actor has, so that the title alone tells whom it serves.
const SOLE: [(&str, &str); 3] =
    [("pope", "VAT"), ("eu-commission-president", "org:eu"), ("eu-high-representative", "org:eu")];

fn only_server(piece: &Piece) -> Option<EntityId> {
    let Part::Title { office } = &piece.part else { return None };
    SOLE.iter().find(|(sole, _)| sole == office)?.1.parse().ok()
}

/// States that took the seat of another, and the first day on which they had it; in the order of the days.
const SUCCESSORS: [(&str, &str, Date); 3] = [
    ("RUS", "SUN", Date::constant(1991, 12, 26)),
    ("CZE", "CSK", Date::constant(1993, 1, 1)),
    ("org:eu", "org:ec", Date::constant(1993, 11, 1)),
];

/// Moscow in 1987 is the Soviet Union.
pub(crate) fn precede(day: Option<Date>, ids: &mut [EntityId]) {
    let Some(day) = day else { return };
    for (successor, before, _) in SUCCESSORS.iter().rev().take_while(|(.., first)| day < *first) {
        for id in ids.iter_mut().filter(|id| id.as_str() == *successor) {
            *id = before.parse().expect("an alpha-3 code is an id");
        }
    }
}

/// So many years before their first office nobody is in the news.
const YOUTH: i16 = 20;

/// The state or organisation that a person acts for on a day: by tenure, else by the state of the person.
fn represented(world: &World, person: &EntityId, day: Option<Date>) -> Option<EntityId> {
    if let Some(held) = day.and_then(|day| world.tenures_of(person).find(|tenure| tenure.covers(day))) {
        return Some(held.actor.clone());
    }
    let first = world.tenures_of(person).filter_map(|tenure| tenure.from?.not_before()).min();
    let known = first.zip(day).is_none_or(|(first, day)| first.year() <= day.year() + YOUTH);
    world.entity(person)?.state.clone().filter(|_| known)
}

/// Whether a family name is that of somebody who holds their first office only years after a day: in a text of 2009, ميرتس is the Swiss president of the day and not the
/// German chancellor of another.
pub(super) fn is_to_come(world: &World, day: Option<Date>, piece: &Piece) -> bool {
    const YEARS: i16 = 5;
    let (Part::Person { id: person }, Some(day), 1) = (&piece.part, day, piece.tokens.len()) else { return false };
    let firsts = world.tenures_of(person).map(|tenure| tenure.from.and_then(EventDate::not_before));
    firsts.min().flatten().is_some_and(|first| first.year() > day.year() + YEARS)
}
