//! The pieces of noun phrases: names, titles, bodies and words that point back, each by itself.

use super::arabic;
use super::{Anaphor, Ids, has_own_grammar};
use crate::grammar::grammar;
use crate::introduced::Introduced;
use crate::lexicon::{ClosedClasses, NameEntry, NameForm, NameKind};
use crate::name::Named;
use crate::scan::{ClassHit, Scan};
use crate::syntax::Tag;
use chancery_model::{EntityId, EntityKind, Language, World};
use chancery_text::{Enclitic, Proclitic, Proclitics};
use compact_str::CompactString;
use jiff::civil::Date;
use std::ops::Range;

/// One piece of a phrase before pieces are joined.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) tokens: Range<usize>,
    pub(super) part: Part,
    pub(super) proclitics: Proclitics,
    pub(super) enclitic: Option<Enclitic>,
    /// Whose office it is, where the adjective stands inside the title.
    pub(super) owner: Option<EntityId>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    State {
        id: EntityId,
    },
    Other {
        id: EntityId,
    },
    Person {
        id: EntityId,
    },
    Adjective {
        id: EntityId,
    },
    People {
        id: EntityId,
        one: bool,
    },
    Title {
        office: CompactString,
    },
    Body,
    /// "the government", الحكومة: a body that is its state's even when the state is not named.
    Institution,
    Bloc {
        name: String,
        counted: bool,
    },
    Anaphor(Anaphor),
    /// A seat where something happens: "in Tel Aviv".
    Seat {
        id: EntityId,
    },
    /// A ruler by a style of their own.
    Style {
        id: EntityId,
    },
    /// A person whom the document has introduced, and whom they act for.
    Introduced {
        ids: Ids,
    },
}

/// A counted bloc stands for all its members only where as many are told: "five states of Central Asia", not "two"; no bloc does
/// where only some of it are spoken of: "several Sahel states".
pub(super) fn is_complete(scan: &Scan<'_>, world: &World, day: Option<Date>, piece: &Piece) -> bool {
    let Part::Bloc { name, counted } = &piece.part else { return true };
    let members = world.bloc_members(name, day).len() as u64;
    if !counted {
        // "Three Sahel states" are not all of them.
        let other = scan.numeral_before(piece.tokens.start).is_some_and(|numeral| numeral.value != members);
        return scan.language != Language::English || !other && !is_part(scan, piece.tokens.start);
    }
    scan.numeral_before(piece.tokens.start).is_some_and(|numeral| numeral.value == members)
}

/// "some Sahel states", "Togo and other Sahel states", but "Togo and the other Sahel states".
fn is_part(scan: &Scan<'_>, bloc: usize) -> bool {
    let before = |back: usize| bloc.checked_sub(back).map(|at| scan.word(at)).unwrap_or_default();
    match before(1) {
        "some" | "several" | "many" | "most" | "few" | "certain" | "various" | "fellow" => true,
        "other" => !matches!(before(2), "the" | "all"),
        "of" => matches!(before(2), "number" | "handful" | "group" | "some" | "several" | "couple"),
        _ => false,
    }
}

pub(super) fn pieces(scan: &Scan<'_>, introduced: &Introduced) -> Vec<Piece> {
    // Words beside which a name may be that of something else: most sentences have none.
    let guards: Vec<&ClassHit<'_>> =
        scan.classes.iter().filter(|hit| matches!(hit.class, "place-noun" | "place-word")).collect();
    let mut pieces: Vec<Piece> = scan.names.iter().filter_map(|named| named_piece(scan, named, &guards)).collect();
    for piece in &mut pieces {
        if let (Part::Person { .. }, Some(ids)) = (&piece.part, introduced.instead(scan, &piece.tokens)) {
            piece.part = Part::Introduced { ids: ids.into() };
        }
    }
    let mut called: Vec<usize> = Vec::new();
    for token in 0..scan.sentence.tokens.len() {
        if let Some(ids) = introduced.get(scan, token) {
            let (tokens, part) = (token..token + 1, Part::Introduced { ids: ids.into() });
            called.push(token);
            // "برايوت" has no preposition on it.
            let whole = scan.language == Language::Arabic && introduced.knows(scan.word(token));
            let proclitics = if whole { Proclitics::default() } else { scan.proclitics(token) };
            pieces.push(Piece { tokens, part, proclitics, enclitic: None, owner: None });
        }
    }
    let free = |tokens: &Range<usize>| {
        let meets = |named: &Named<'_>| {
            !named.entries.is_empty() && named.tokens.start < tokens.end && tokens.start < named.tokens.end
        };
        !scan.names.iter().any(meets) && !called.iter().any(|token| tokens.contains(token))
    };
    // Little words are no pieces, and most hits are such.
    for hit in scan.classes.iter().filter(|hit| hit.closed == ClosedClasses::default()) {
        let part = match hit.class {
            // "Mongolia ships coal".
            // "مناورات بحرية": an adjective, and no navy.
            "body" if scan.language == Language::Arabic && scan.in_trigger(&hit.tokens) => continue,
            "body" if scan.language == Language::Arabic && arabic::turns_to(scan, hit) => continue,
            "body" if scan.language != Language::English || !scan.tags[hit.tokens.start].is_verb() => Part::Body,
            // "مصدر في الوزارة العراقية": known by nothing but whom they serve.
            "unnamed" if scan.language == Language::Arabic => Part::Title { office: "official".into() },
            "unnamed" | "counterpart" if has_own_grammar(scan.language) => Part::Body,
            "own-country" if scan.language != Language::Arabic || hit.enclitic.is_some() || hit.canonical != "بلاد" => {
                Part::Anaphor(Anaphor::OwnCountry)
            }
            "the-country" => Part::Anaphor(Anaphor::TheCountry),
            "pair" if is_spelled_out(scan, &hit.tokens) => pair_by_adjectives(scan.word(hit.tokens.start)),
            // "the countries of the region".
            "pair" if scan.language == Language::English && scan.word(hit.tokens.end) == "of" => continue,
            // "the other two leaders".
            "pair" if hit.tokens.start > 0 && scan.word(hit.tokens.start - 1) == "other" => continue,
            "pair" => Part::Anaphor(Anaphor::Pair { states: false }),
            // "called on both to show restraint", but not "both countries".
            "the-two"
                if scan.word(hit.tokens.start) == "both"
                    && !matches!(
                        scan.tags.get(hit.tokens.end),
                        None | Some(Tag::Auxiliary | Tag::Stop | Tag::Comma | Tag::Adverb)
                    ) =>
            {
                continue;
            }
            // "when the two met", but not "the two ships".
            "the-two" if !scan.tags.get(hit.tokens.end).is_some_and(|tag| matches!(tag, Tag::Noun | Tag::Number)) => {
                Part::Anaphor(Anaphor::Pair { states: false })
            }
            "pair-of-states" => Part::Anaphor(Anaphor::Pair { states: true }),
            "trio" => Part::Anaphor(Anaphor::Trio),
            // "his counterpart from Burkina Faso" is named.
            "counterpart" if scan.word(hit.tokens.end) == "from" && scan.starts_name(hit.tokens.end + 1) => Part::Body,
            "counterpart" if (hit.enclitic.is_some() && !of_adjective(scan, hit)) || possessed(scan, hit) => {
                Part::Anaphor(Anaphor::Counterpart)
            }
            "pronoun" => Part::Anaphor(Anaphor::Pronoun),
            "institution" if hit.enclitic.is_none() && is_definite(scan, hit) => Part::Institution,
            "event" if scan.language == Language::Arabic && arabic::points_back(scan, hit) => {
                Part::Anaphor(Anaphor::Event)
            }
            "the-group" => Part::Anaphor(Anaphor::Last(EntityKind::Group)),
            "the-alliance" => Part::Anaphor(Anaphor::LastOf(&["org:nato", "org:csto", "org:warsaw-pact"])),
            "the-union" => Part::Anaphor(Anaphor::LastOf(&["org:eu", "org:au", "org:eaeu", "org:amu"])),
            "the-court" => Part::Anaphor(Anaphor::LastOf(&["org:icc", "org:icj", "org:echr"])),
            "the-council" => Part::Anaphor(Anaphor::LastOf(&["org:unsc", "org:unhrc", "org:coe"])),
            "the-fund" => Part::Anaphor(Anaphor::LastOf(&["org:imf"])),
            "the-agency" => Part::Anaphor(Anaphor::LastOf(&["org:iaea"])),
            "the-league" => Part::Anaphor(Anaphor::LastOf(&["org:arab-league"])),
            "the-community" => {
                Part::Anaphor(Anaphor::LastOf(&["org:ecowas", "org:sadc", "org:eac", "org:eccas", "org:g5-sahel"]))
            }
            "the-organization" => Part::Anaphor(Anaphor::Last(EntityKind::Org)),
            "the-island" => Part::Anaphor(Anaphor::Island),
            "the-kingdom" => Part::Anaphor(Anaphor::Kingdom { saudi: scan.language == Language::Arabic }),
            _ => continue,
        };
        // "both leaders": the word is a title too.
        let overlaps = |piece: &&Piece| piece.tokens.start < hit.tokens.end && hit.tokens.start < piece.tokens.end;
        let title = |piece: &Piece| matches!(piece.part, Part::Title { .. }) && piece.tokens.end == hit.tokens.end;
        let pair_of_holders =
            scan.language == Language::English && hit.class == "pair" && pieces.iter().filter(overlaps).all(title);
        if free(&hit.tokens) || pair_of_holders {
            pieces.push(Piece {
                tokens: hit.tokens.clone(),
                part,
                proclitics: hit.proclitics,
                enclitic: hit.enclitic,
                owner: None,
            });
        }
    }
    if scan.language == Language::English {
        for tokens in scan.of_class("regional").filter_map(|hit| country_by_region(scan, &hit.tokens)).filter(free) {
            let part = Part::Anaphor(Anaphor::TheCountry);
            pieces.push(Piece { tokens, part, proclitics: Proclitics::default(), enclitic: None, owner: None });
        }
    }
    if scan.language == Language::English {
        for (tokens, count) in several(scan).into_iter().filter(|(tokens, _)| free(tokens)) {
            let part = Part::Anaphor(Anaphor::Several(count));
            pieces.push(Piece { tokens, part, proclitics: Proclitics::default(), enclitic: None, owner: None });
        }
    }
    let rank = |part: &Part| match part {
        Part::Institution => 0,
        Part::Body => 2,
        _ => 1,
    };
    pieces.sort_by_key(|p| (p.tokens.start, std::cmp::Reverse(p.tokens.end), rank(&p.part)));
    let mut end = 0;
    pieces.retain(|piece| {
        let keep = piece.tokens.start >= end;
        if keep {
            end = piece.tokens.end;
        }
        keep
    });
    if scan.language == Language::Arabic {
        arabic::turn_citizens_abroad(scan, &mut pieces);
        arabic::turn_people(&mut pieces);
    }
    pieces
}

/// "the four governments", "those countries": several that were named before, with their number.
fn several(scan: &Scan<'_>) -> Vec<(Range<usize>, Option<u8>)> {
    let states = |at: usize| {
        matches!(
            scan.word(at),
            "countries" | "states" | "nations" | "governments" | "capitals" | "leaders" | "ministers"
        )
    };
    let numbered =
        scan.sentence.numerals.iter().filter(|numeral| (4..=12).contains(&numeral.value)).filter_map(|numeral| {
            let article = numeral.tokens.start.checked_sub(1).filter(|&at| matches!(scan.word(at), "the" | "all"))?;
            let count = u8::try_from(numeral.value).ok();
            states(numeral.tokens.end).then_some((article..numeral.tokens.end + 1, count))
        });
    let pointed = (0..scan.tags.len()).filter(|&at| matches!(scan.word(at), "those" | "these") && states(at + 1));
    numbered.chain(pointed.map(|at| (at..at + 2, None))).collect()
}

/// "the Andean country", "the Gulf state": the country that the text speaks of, by where it lies.
fn country_by_region(scan: &Scan<'_>, region: &Range<usize>) -> Option<Range<usize>> {
    let article = region.start.checked_sub(1).filter(|&at| scan.word(at) == "the")?;
    let country = matches!(scan.word(region.end), "country" | "nation" | "state" | "republic");
    country.then_some(article..region.end + 1)
}

fn named_piece(scan: &Scan<'_>, named: &Named<'_>, guards: &[&ClassHit<'_>]) -> Option<Piece> {
    if scan.language == Language::Arabic
        && let Some(gateway) = arabic::gateway(scan, named)
    {
        return Some(gateway);
    }
    if scan.language == Language::English && only_describes(scan, named.tokens.end) {
        return None;
    }
    if !guards.is_empty() && is_guarded(scan, &named.tokens, guards) {
        return None;
    }
    let seat =
        |form: &&NameForm| matches!(form.entry, NameEntry::Entity { kind: NameKind::Capital | NameKind::Metonym, .. });
    let is_place = named.entries.iter().any(|form| seat(&form)) && stands_inside(scan, named);
    // "تركية" is Turkish before it is a Turkish woman.
    let adjective = named.entries.iter().find(|form| matches!(form.entry, NameEntry::Adjective { .. }));
    let people = matches!(named.entries.first()?.entry, NameEntry::People { .. });
    let form = adjective
        .filter(|_| scan.language == Language::Arabic && (people || beside_adjective(scan, named)))
        .or_else(|| named.entries.iter().find(|form| !(is_place && seat(form))))
        .or(named.entries.first())?;
    let owner = named.owner.and_then(|form| form.entry.id()).cloned();
    let part = match &form.entry {
        // A seat that is only a place here, and has no name as a place: it says where, and in which state.
        NameEntry::Entity { id, .. } if is_place && seat(&form) => Part::Seat { id: id.clone() },
        NameEntry::Entity { id, kind: NameKind::Style } => Part::Style { id: id.clone() },
        entry => part(entry)?,
    };
    Some(Piece { tokens: named.tokens.clone(), part, proclitics: named.proclitics, enclitic: named.enclitic, owner })
}

/// "Iran-backed militias", "a Russian-made missile": whoever stands behind somebody, or made a thing, does not act.
fn only_describes(scan: &Scan<'_>, hyphen: usize) -> bool {
    matches!(scan.word(hyphen), "-" | "–")
        && scan.begins_class(hyphen + 1, "compound-aside")
        && scan.adjacent(hyphen)
        && hyphen > 0
        && scan.adjacent(hyphen - 1)
}

/// "مباحثات جزائرية تركية", "وفدا سوريا إيرانيا": a name that is an adjective too is one beside another that ends as it does. Not so in "زار الرئيس
/// الصيني روسيا", "وصلت بعثة جزائرية سوريا".
fn beside_adjective(scan: &Scan<'_>, named: &Named<'_>) -> bool {
    let (start, end) = (named.tokens.start, named.tokens.end);
    let ending = |at: usize| scan.word(at).char_indices().rev().nth(1).map(|(cut, _)| &scan.word(at)[cut..]);
    let agrees = |at: usize| !scan.word(at).starts_with("ال") && ending(at) == ending(start);
    let before = start.checked_sub(1).is_some_and(|at| scan.is_demonym(at) && agrees(at));
    let behind = scan.is_demonym(end) && scan.proclitics(end).is_empty() && agrees(end);
    named.tokens.len() == 1 && named.proclitics.is_empty() && (before || behind)
}

/// "الرئيسان المصري والإثيوبي", "الجانبان الروسي والصيني": the two are named, one by one, by adjectives.
fn is_spelled_out(scan: &Scan<'_>, pair: &Range<usize>) -> bool {
    let definite = scan.is_demonym(pair.end) && scan.word(pair.end).starts_with("ال");
    scan.language == Language::Arabic && pair.len() == 1 && definite
}

/// What each of a pair is.
fn pair_by_adjectives(word: &str) -> Part {
    let office = match word {
        _ if word.ends_with("لرئيسان") || word.ends_with("لرئيسين") => "president",
        _ if word.ends_with("لوزيران") || word.ends_with("لوزيرين") => "minister",
        _ => "official",
    };
    Part::Title { office: office.into() }
}

/// Whether a seat is only a place here: "talks in Moscow", "met at the White House".
fn stands_inside(scan: &Scan<'_>, named: &Named<'_>) -> bool {
    let grammar = grammar(scan.language);
    if !named.proclitics.is_empty() {
        // "قطعت علاقاتها بكيتو", "اعترفت ببكين": relations are with whom ب leads to, and so is who is recognised.
        let start = named.tokens.start;
        let near =
            |class: &str, reach: usize| (start.saturating_sub(reach)..start).any(|at| scan.begins_class(at, class));
        let bound = || scan.of_class_before(start, "relations").next().is_some() || near("recognise-verb", 4);
        return named.proclitics.contains(&Proclitic::By) && !bound();
    }
    let mut at = named.tokens.start;
    while at > 0 && grammar.articles.contains(&scan.word(at - 1)) {
        at -= 1;
    }
    if scan.of_class_before(at, "inside").next().is_some() {
        return true;
    }
    if at == 0 || !grammar.inside.contains(&scan.word(at - 1)) {
        return false;
    }
    let to_somebody = scan.of_class_before(at - 1, "recipient").next().is_some();
    let speaks = scan.language == Language::Russian && speaks_for_itself(scan, at - 1, named.tokens.end);
    !to_somebody && !speaks
}

/// "В Кремле заявили", "сообщили в Москве": the Russian seat speaks, in the plural and without a subject.
fn speaks_for_itself(scan: &Scan<'_>, start: usize, end: usize) -> bool {
    scan.of_class("speech").any(|hit| hit.tokens.start == end || hit.tokens.end == start)
}

/// Whether a word beside a name makes it the name of something else: "Jordan River", "rue de Russie", 中国移动.
fn is_guarded(scan: &Scan<'_>, tokens: &Range<usize>, guards: &[&ClassHit<'_>]) -> bool {
    let grammar = grammar(scan.language);
    let mut at = tokens.start;
    while at > 0 && (grammar.articles.contains(&scan.word(at - 1)) || grammar.of.contains(&scan.word(at - 1))) {
        at -= 1;
    }
    let ends = |hit: &ClassHit<'_>| match scan.language {
        Language::English => at < tokens.start && hit.tokens.end == at,
        Language::Chinese => false,
        _ => hit.tokens.end == at,
    };
    let begins = |hit: &ClassHit<'_>| {
        matches!(scan.language, Language::English | Language::Chinese) && hit.tokens.start == tokens.end
    };
    // "Jordan River", but "US air strikes".
    let written = |hit: &ClassHit<'_>| scan.language != Language::English || scan.is_capital(hit.tokens.start);
    guards.iter().any(|hit| match hit.class {
        "place-noun" => (ends(hit) || begins(hit)) && written(hit),
        // "the Russian city of Ryazan" is in Russia.
        _ => ends(hit) || begins(hit) && !hit.canonical.ends_with(" of"),
    })
}

pub(super) fn part(entry: &NameEntry) -> Option<Part> {
    Some(match entry {
        NameEntry::Entity { id, .. } => match id.kind() {
            EntityKind::State => Part::State { id: id.clone() },
            EntityKind::Person => Part::Person { id: id.clone() },
            _ => Part::Other { id: id.clone() },
        },
        NameEntry::Abbreviation { id } => Part::State { id: id.clone() },
        NameEntry::Adjective { id } => Part::Adjective { id: id.clone() },
        NameEntry::People { id, one } => Part::People { id: id.clone(), one: *one },
        NameEntry::Title { office } => Part::Title { office: office.clone() },
        NameEntry::Bloc { name, counted } => Part::Bloc { name: name.clone(), counted: *counted },
        NameEntry::Rule(_) | NameEntry::Guard => return None,
    })
}

/// "نظيره الإيراني": a counterpart whose state is told, by an adjective with the article. "جارتها مالاوي" has a name behind it.
pub(super) fn of_adjective(scan: &Scan<'_>, hit: &ClassHit<'_>) -> bool {
    let next = scan.names.iter().find(|named| named.tokens.start == hit.tokens.end);
    next.is_some_and(|named| {
        scan.word(named.tokens.start).starts_with("ال")
            && named.entries.iter().any(|form| matches!(form.entry, NameEntry::Adjective { .. }))
    })
}

/// "his counterpart" and "her counterpart", but not "his Turkish counterpart", who is named.
fn possessed(scan: &Scan<'_>, hit: &ClassHit<'_>) -> bool {
    hit.tokens.start.checked_sub(1).is_some_and(|at| scan.begins_class(at, "possessive-pronoun"))
}

/// Whether an article stands before a word.
fn is_definite(scan: &Scan<'_>, hit: &ClassHit<'_>) -> bool {
    if scan.language == Language::Arabic {
        hit.article || hit.canonical.split(' ').skip(1).any(|word| word.starts_with("ال"))
    } else {
        let before = hit.tokens.start.checked_sub(1);
        // "the new government".
        let kind = |at: &usize| matches!(scan.word(*at), "new" | "interim" | "transitional" | "military" | "incoming");
        let before = before.filter(kind).map_or(before, |at| at.checked_sub(1));
        before.is_some_and(|at| matches!(scan.word(at), "the" | "its" | "his"))
    }
}

pub(super) fn is_state(part: &Part) -> bool {
    matches!(part, Part::State { .. } | Part::Adjective { .. })
}

pub(super) fn is_head(part: &Part) -> bool {
    matches!(
        part,
        Part::Title { .. }
            | Part::Body
            | Part::Institution
            | Part::Person { .. }
            | Part::Style { .. }
            | Part::Anaphor(Anaphor::Pair { .. })
    )
}

pub(super) fn piece_state(world: &World, piece: &Piece) -> Option<EntityId> {
    match &piece.part {
        Part::State { id, .. } | Part::Adjective { id } | Part::Style { id } => Some(id.clone()),
        Part::Other { id } if id.kind() == EntityKind::Org => Some(id.clone()),
        Part::Person { id } => world.entity(id)?.state.clone(),
        Part::Title { .. } => piece.owner.clone(),
        _ => None,
    }
}
