//! What Arabic alone does to a noun phrase: honorifics before a name, strings of offices behind it, adjectives of an office, and those
//! who are told by whom they serve ("مصدر في الوفد اليمني", "المبعوث الخاص إلى اليمن إسماعيل ولد الشيخ").

use super::coordination::LONGEST_WISH;
use super::piece::{Part, Piece, of_adjective};
use super::{Anaphor, Ids, Phrase, PhraseKind};
use crate::lexicon::{Form, NameEntry, NameForm, NameKind};
use crate::name::Named;
use crate::scan::{ClassHit, Scan};
use crate::syntax::{Tag, is_accusative};
use chancery_model::{EntityId, EntityKind, Field, Language, Membership, World};
use chancery_text::{Proclitic, Proclitics, TokenKind};
use jiff::civil::Date;
use smallvec::smallvec;

/// "صاحب السمو الملكي الأمير محمد": the honorifics before a name belong to it, with the "and" that is written on them.
pub(super) fn take_honorifics(scan: &Scan<'_>, before: Option<&Phrase>, phrase: &mut Phrase) {
    let floor = before.map_or(0, |before| before.tokens.end);
    let ends_here = |start: usize| {
        let word = |hit: &&ClassHit<'_>| scan.sentence.tokens[hit.tokens.start].kind == TokenKind::Word;
        let hits = scan.of_class_before(start, "honorific").filter(|hit| hit.tokens.start >= floor);
        hits.filter(word).map(|hit| hit.tokens.start).min()
    };
    let start = phrase.tokens.start;
    while let Some(outer) = ends_here(phrase.tokens.start) {
        phrase.tokens.start = outer;
    }
    if phrase.tokens.start < start {
        let wished = |at: usize| matches!(scan.tags[at], Tag::Adverb | Tag::Mark);
        let near = phrase.tokens.start - floor <= LONGEST_WISH && (floor..phrase.tokens.start).all(wished);
        phrase.coordinated |= before.is_some() && near && scan.conjoined(phrase.tokens.start);
    }
}

/// "من جانبها، رحبت كينيا": for her part; no side of anybody.
pub(super) fn turns_to(scan: &Scan<'_>, hit: &ClassHit<'_>) -> bool {
    let before = hit.tokens.start.checked_sub(1).map(|at| scan.word(at));
    hit.enclitic.is_some() && matches!(before, Some("من" | "ومن")) && scan.word(hit.tokens.start).starts_with("جانب")
}

/// "مسؤولون أتراك", "دبلوماسيون ألمان وروس": behind an office the plural that names a people is the adjective of it.
pub(super) fn turn_people(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let [before, piece] = &pieces[at - 1..=at] else { continue };
        let holds = matches!(before.part, Part::Title { .. } | Part::Body | Part::Institution);
        let described = holds && piece.proclitics.is_empty()
            || matches!(before.part, Part::Adjective { .. }) && *piece.proclitics == [Proclitic::And];
        if let Part::People { id, one: false } = &piece.part
            && described
            && before.tokens.end == piece.tokens.start
        {
            pieces[at].part = Part::Adjective { id: id.clone() };
        }
    }
}

/// "وزير الخارجية والسنغاليين في الخارج", "وزارة الخارجية والمغاربة المقيمين بالخارج": of whose citizens abroad an office takes care
/// is whom it serves.
pub(super) fn turn_citizens_abroad(scan: &Scan<'_>, pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let [before, piece] = &pieces[at - 1..=at] else { continue };
        let holds = matches!(before.part, Part::Title { .. } | Part::Body | Part::Institution);
        let joined = before.tokens.end == piece.tokens.start && *piece.proclitics == [Proclitic::And];
        let (Part::People { id, one: false } | Part::Adjective { id }) = &piece.part else { continue };
        let resident = usize::from(matches!(scan.word(piece.tokens.end), "المقيمين" | "المقيمون"));
        let Some(end) = abroad(scan, piece.tokens.end + resident).filter(|_| holds && joined) else { continue };
        pieces[at].part = Part::Adjective { id: id.clone() };
        pieces[at].tokens.end = end;
        pieces[at].proclitics = Proclitics::default();
    }
}

/// Where the words for "abroad" end that begin at a token.
fn abroad(scan: &Scan<'_>, token: usize) -> Option<usize> {
    match scan.word(token) {
        "بالخارج" | "بالمهجر" => Some(token + 1),
        "في" | "ب" if matches!(scan.word(token + 1), "الخارج" | "المهجر") => Some(token + 2),
        _ => None,
    }
}

/// "هنأ مجلس الوزراء جمهورية مصر": an office or a body that is definite already has no state behind it; السعودية may be an adjective.
pub(super) fn is_closed(scan: &Scan<'_>, head: &Piece, next: &Piece) -> bool {
    let holds = matches!(head.part, Part::Title { .. } | Part::Body | Part::Institution);
    let definite = scan.word(head.tokens.end - 1).starts_with("ال");
    let name = matches!(next.part, Part::State { .. }) && next.proclitics.is_empty();
    let first = scan.word(next.tokens.start);
    // "اتهم الجيش القوات الباكستانية": the body that follows is another.
    let other = matches!(next.part, Part::Body) && next.proclitics.is_empty() && first.starts_with("ال");
    if definite && other && matches!(head.part, Part::Body | Part::Institution) {
        return true;
    }
    holds && definite && name && !(next.tokens.len() == 1 && first.starts_with("ال") && first.ends_with("ية"))
}

/// "إلى سوريا الأخضر الإبراهيمي": a person behind the bare name of a state is nobody of that state.
pub(super) fn stand_apart(so_far: &[Piece], next: &Piece) -> bool {
    matches!(next.part, Part::Person { .. }) && so_far.iter().all(|piece| matches!(piece.part, Part::State { .. }))
}

/// "الأمير محمد بن سلمان ولي العهد نائب رئيس مجلس الوزراء وزير الدفاع": Arabic strings the offices of one person together. They are
/// his where he has held one of them, or is somebody's deputy, and none of them is another's.
pub(super) fn own_titles(scan: &Scan<'_>, world: &World, so_far: &[Piece], rest: &[Piece]) -> bool {
    let person = so_far.iter().find_map(|piece| if let Part::Person { id } = &piece.part { Some(id) } else { None });
    let (Some(person), Language::Arabic) = (person, scan.language) else { return false };
    let mut end = so_far[so_far.len() - 1].tokens.end;
    let mut held = false;
    let mut owned = false;
    for piece in rest {
        if piece.tokens.start != end || !piece.proclitics.is_empty() {
            break;
        }
        match &piece.part {
            Part::Title { office } => {
                let deputy = matches!(scan.word(piece.tokens.start), "نائب" | "النائب");
                held |= deputy || world.tenures_of(person).any(|t| t.office == *office);
                owned = scan.word(piece.tokens.end - 1).starts_with("ال");
            }
            // "وزير الدفاع جمهورية مصر العربية": a title that is definite already has no state behind it.
            Part::State { .. } if owned => break,
            Part::Person { .. } | Part::State { .. } | Part::Adjective { .. } | Part::Introduced { .. } => {
                return false;
            }
            _ => break,
        }
        end = piece.tokens.end;
    }
    held
}

/// "القرار" is one told before, but "القرار الأميركي" and "الاتفاق بين السعودية وإيران" say themselves whose they are.
pub(super) fn points_back(scan: &Scan<'_>, hit: &ClassHit<'_>) -> bool {
    let definite = hit.article || hit.canonical.starts_with("ال");
    let next = hit.tokens.end;
    let makes = |at: usize| scan.begins_class(at, "make");
    let told = scan.tags.get(next) == Some(&Tag::Relative) && (next + 1..next + 3).any(makes);
    definite && !of_adjective(scan, hit) && scan.word(next) != "بين" && !told
}

/// "مقترحا إثيوبيا" is an Ethiopian proposal: behind an indefinite accusative the name of a state in -ia is its adjective.
pub(super) fn demote_accusatives(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    for phrase in phrases {
        let Some(before) = phrase.tokens.start.checked_sub(1) else { continue };
        let alone = phrase.tokens.len() == 1 && phrase.kind == PhraseKind::Actor && !phrase.personal;
        let adjective =
            scan.word(phrase.tokens.start).ends_with("يا") && scan.word(phrase.tokens.start).chars().count() > 3;
        // "علاقاتها بروسيا", "وريثتا تشيكوسلوفاكيا": pronouns and duals only look like the ending.
        let adjective = adjective
            && scan.proclitics(phrase.tokens.start).is_empty()
            && !["ها", "تا"].iter().any(|ending| scan.word(before).ends_with(ending));
        // "داعيا كولومبيا": a participle has an object.
        let participle = scan.triggers_at(before).iter().any(|hit| hit.form == Form::Fixed);
        let behind_noun = is_accusative(scan, before) && !participle;
        if alone && adjective && behind_noun && !scan.conjoined(phrase.tokens.start) {
            phrase.kind = PhraseKind::Adjective;
        }
    }
}

/// "الوفد الحكومي اليمني": one adjective of no state may stand between an office and that of its state.
pub(super) fn described(scan: &Scan<'_>, head: &Piece, next: &Piece) -> bool {
    let holds = matches!(head.part, Part::Title { .. } | Part::Body | Part::Institution);
    let between = head.tokens.end;
    let definite = |token: usize| scan.word(token).starts_with("ال");
    let adjective = matches!(next.part, Part::Adjective { .. }) && definite(next.tokens.start);
    // "النظام المصرفي الروسي" is no government.
    let holds = holds && scan.word(head.tokens.start) != "النظام";
    holds && adjective && definite(between) && scan.tags[between] == Tag::Noun && !scan.in_name(between)
}

/// Finds whom those serve who have an office and no state: by a name behind it, or by where they sit.
pub(super) fn serve(scan: &Scan<'_>, world: &World, day: Option<Date>, phrases: &mut Vec<Phrase>) {
    let mut at = 0;
    while at + 1 < phrases.len() {
        let nameless = phrases[at].ids.is_empty() && !phrases[at].named;
        match phrases[at].kind {
            PhraseKind::Anaphor(Anaphor::Office) if nameless => {
                named_behind(scan, phrases, at);
                seated(scan, world, day, phrases, at);
            }
            // "مجلس الوزراء في بيرو"
            // "الحكومة الانتقالية في السودان"
            PhraseKind::Anaphor(Anaphor::TheCountry)
                if is_described(scan, phrases[at].tokens.end, &phrases[at + 1]) =>
            {
                seated(scan, world, day, phrases, at);
            }
            PhraseKind::Anaphor(Anaphor::Counterpart) if nameless => seated(scan, world, day, phrases, at),
            // "السفير الفرنسي لدى لبنان هيرفيه ماغرو": one and the same.
            PhraseKind::Actor if phrases[at].office.is_some() && !phrases[at].named => {
                let same = phrases.get(at + 2).is_some_and(|person| person.ids == phrases[at].ids);
                if same {
                    named_behind(scan, phrases, at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    // "مصدر", "مسؤولون": who is neither named nor definite is nobody told of before.
    for phrase in phrases.iter_mut().filter(|phrase| phrase.kind == PhraseKind::Anaphor(Anaphor::Office)) {
        let unknown = phrase.ids.is_empty() && phrase.office.as_deref() == Some("official");
        if unknown && !scan.word(phrase.tokens.start).trim_start_matches(['و', 'ف', 'ب', 'ل']).starts_with("ال") {
            phrase.kind = PhraseKind::Place;
        }
    }
}

/// Whether nothing but adjectives of a definite body and a preposition stand between it and a phrase.
fn is_described(scan: &Scan<'_>, from: usize, next: &Phrase) -> bool {
    const ADJECTIVES: usize = 2;
    let Some(preposition) = next.tokens.start.checked_sub(1).filter(|&at| at >= from) else { return false };
    let adjective = |at: usize| scan.tags[at] == Tag::Noun && scan.word(at).starts_with("ال") && !scan.in_name(at);
    preposition - from <= ADJECTIVES && (from..preposition).all(adjective)
}

/// "المبعوث الخاص إلى اليمن إسماعيل ولد الشيخ أحمد": the name stands behind where the envoy is sent.
fn named_behind(scan: &Scan<'_>, phrases: &mut Vec<Phrase>, at: usize) {
    let [office, place, person] = &phrases[at..(at + 3).min(phrases.len())] else { return };
    let sent = matches!(place.preposition.as_deref(), Some("الي" | "لدي" | "في" | "ل"));
    let near = place.tokens.start <= office.tokens.end + 1 && person.tokens.start == place.tokens.end;
    if sent && near && person.named && person.preposition.is_none() && !scan.conjoined(person.tokens.start) {
        let person = phrases.remove(at + 2);
        let office = &mut phrases[at];
        office.kind = PhraseKind::Actor;
        (office.ids, office.person, office.named) = (person.ids, person.person, true);
    }
}

/// Those who serve another state than the one that they sit in.
const SENT: [&str; 5] = ["ambassador", "envoy", "consul", "charge-d-affaires", "permanent-representative"];

/// "مصدر في الوفد اليمني", "وزراء الطاقة في مصر وقبرص", "نظرائه من مجلس التعاون": whom they serve stands behind the preposition.
fn seated(scan: &Scan<'_>, world: &World, day: Option<Date>, phrases: &mut [Phrase], at: usize) {
    const NEAR: usize = 3;
    let several = is_plural(scan.word(phrases[at].tokens.start));
    let (before, rest) = phrases.split_at_mut(at + 1);
    let (official, body) = (&mut before[at], &rest[0]);
    let gap = official.tokens.end..body.tokens.start;
    let sits = matches!(body.preposition.as_deref(), Some("في" | "ب" | "من"));
    let nouns = gap.clone().all(|t| matches!(scan.tags[t], Tag::Noun | Tag::Preposition));
    let serves = !official.office.as_deref().is_some_and(|office| SENT.contains(&office));
    // "الحكومة في بغداد", "السلطات في أثينا": the capital tells whose they are.
    let seat = capital_at(scan, body).filter(|_| official.kind == PhraseKind::Anaphor(Anaphor::TheCountry));
    let names = seat.is_some()
        || matches!(body.kind, PhraseKind::Actor | PhraseKind::Anaphor(Anaphor::Trio | Anaphor::Pair { .. }));
    if !official.ids.is_empty() || !serves || !sits || !nouns || gap.len() > NEAR || !names {
        return;
    }
    if let Some(state) = seat {
        official.ids = smallvec![state];
        official.kind = PhraseKind::Actor;
        return;
    }
    if body.kind != PhraseKind::Actor {
        official.kind = body.kind;
        official.personal = true;
        return;
    }
    let counterparts = official.kind == PhraseKind::Anaphor(Anaphor::Counterpart);
    let joined = rest[1..].iter().take_while(|next| several && next.coordinated && next.kind == PhraseKind::Actor);
    let bodies = std::iter::once(body).chain(joined);
    official.ids = bodies.flat_map(|body| &body.ids).cloned().collect();
    if counterparts
        && several
        && let [org] = &official.ids[..]
    {
        official.ids = members(world, day, org).map_or_else(|| smallvec![org.clone()], Ids::from);
    }
    official.kind = PhraseKind::Actor;
    official.personal |= !official.body;
}

/// The state whose capital a phrase names as a place.
fn capital_at(scan: &Scan<'_>, phrase: &Phrase) -> Option<EntityId> {
    let named = scan.names.iter().find(|named| named.tokens == phrase.tokens)?;
    let capital = |form: &&NameForm| matches!(form.entry, NameEntry::Entity { kind: NameKind::Capital, .. });
    named.entries.iter().find(capital)?.entry.id().filter(|_| phrase.kind == PhraseKind::Place).cloned()
}

/// "وفي الهند، اتهم الجيش": where the sentence opens with a state, its army and its government are meant.
pub(super) fn at_home(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    let Some((first, rest)) = phrases.split_first_mut() else { return };
    let fronted = first.preposition.as_deref() == Some("في") && first.tokens.start <= 1 && !first.personal;
    let state = match first.kind {
        PhraseKind::Actor => first.ids.first().filter(|id| id.kind() == EntityKind::State).cloned(),
        _ => capital_at(scan, first),
    };
    let Some(state) = state.filter(|_| fronted && scan.tags.get(first.tokens.end) == Some(&Tag::Comma)) else { return };
    let unknown = |phrase: &&mut Phrase| {
        phrase.kind == PhraseKind::Anaphor(Anaphor::TheCountry) && phrase.ids.is_empty() && phrase.body
    };
    if let Some(body) = rest.iter_mut().find(unknown) {
        body.kind = PhraseKind::Actor;
        body.ids = smallvec![state];
    }
}

/// The plural and the dual of those who hold an office: رؤساء, وزيرا, مسؤولون, قادة.
fn is_plural(word: &str) -> bool {
    let word = word.trim_start_matches(['و', 'ب', 'ل']);
    let pronoun = ["اءه", "ائه", "اؤه", "اءها", "ائها", "اؤها", "اءهم", "ائهم"];
    ["اء", "ا", "ون", "ين"].iter().chain(&pronoun).any(|ending| word.ends_with(ending))
        || matches!(word, "قادة" | "زعماء" | "ملوك" | "القادة" | "وزيري" | "رييسي" | "رئيسي")
}

/// The states of a body that is small enough to be told by its members.
fn members(world: &World, day: Option<Date>, body: &EntityId) -> Option<Vec<EntityId>> {
    const FEW: usize = 10;
    let held = |from: Option<Date>, until: Option<Date>| {
        day.is_none_or(|day| from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until))
    };
    let belongs = |m: &&Membership| m.body == *body && m.kind == "member" && held(m.from, m.until);
    let members: Vec<EntityId> = world.memberships().iter().filter(belongs).map(|m| m.actor.clone()).collect();
    (!members.is_empty() && members.len() <= FEW).then_some(members)
}

/// "مطار القاهرة", "ميناء صنعاء": where one arrives in a state, or hits it.
pub(super) fn gateway(scan: &Scan<'_>, named: &Named<'_>) -> Option<Piece> {
    let at = named.tokens.start.checked_sub(1).filter(|&at| scan.begins_class(at, "gateway"))?;
    let id = named.entries.first()?.entry.id().filter(|id| id.kind() == EntityKind::State)?.clone();
    let tokens = at..named.tokens.end;
    let proclitics = if named.proclitics.is_empty() { scan.proclitics(at) } else { return None };
    Some(Piece { tokens, part: Part::Seat { id }, proclitics, enclitic: None, owner: None })
}

/// Bodies that a state has one of.
const HOUSES: [&str; 12] =
    ["نظام", "وزارة", "حكومة", "برلمان", "رياسة", "رئاسة", "حرس", "خفر", "شرطة", "جهاز", "هيئة", "مجلس"];

/// "وزارة الداخلية في جمهورية كينيا": a ministry is told by the state that it is in.
pub(super) fn house(scan: &Scan<'_>, phrases: &mut Vec<Phrase>) {
    let mut at = 0;
    while at + 1 < phrases.len() {
        let (body, state) = (&phrases[at], &phrases[at + 1]);
        let first = scan.word(body.tokens.start);
        let ministry = HOUSES.iter().any(|word| first.ends_with(word));
        let alone = body.kind == PhraseKind::Place && body.body && body.ids.is_empty();
        let near = state.tokens.start >= body.tokens.end && state.tokens.start - body.tokens.end <= 2
            || is_described(scan, body.tokens.end, state);
        let inside = state.preposition.as_deref() == Some("في") && state.kind == PhraseKind::Actor && !state.personal;
        if ministry && alone && near && inside {
            let state = phrases.remove(at + 1);
            let body = &mut phrases[at];
            body.kind = PhraseKind::Actor;
            body.tokens.end = state.tokens.end;
            body.ids = state.ids;
            let (end, joined) = (body.tokens.end, body.preposition.clone());
            // "بين وزارة … ووزارة …": what follows is joined to the whole.
            if let Some(next) = phrases.get_mut(at + 1).filter(|next| next.tokens.start == end) {
                next.coordinated = scan.conjoined(end);
                if next.coordinated && next.preposition.as_deref() == Some("في") {
                    next.preposition = joined;
                }
            }
        }
        at += 1;
    }
}

/// "بمقر الجامعة العربية", "في مقر الأمم المتحدة": whose house it is where others meet takes no part.
pub(super) fn demote_hosts(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    for phrase in phrases {
        let Some(house) = phrase.tokens.start.checked_sub(1).filter(|&at| scan.begins_class(at, "venue")) else {
            continue;
        };
        let inside = scan.has_proclitic(house, Proclitic::By)
            || house.checked_sub(1).is_some_and(|at| matches!(scan.word(at), "في" | "داخل"));
        if phrase.kind == PhraseKind::Actor && !phrase.personal && inside {
            phrase.kind = PhraseKind::Place;
        }
    }
}

/// "بوليفيا تقطع علاقاتها مع إسرائيل وتشيلي وكولومبيا تستدعيان سفيريهما": in a headline a second verb has its subject right before it, one or, of a
/// dual, two; they are joined to nobody before them.
pub(super) fn part_headline(scan: &Scan<'_>, phrases: &mut [Phrase]) {
    if scan.sentence.field != Field::Title {
        return;
    }
    for last in 1..phrases.len() {
        let verb = phrases[last].tokens.end;
        let start = phrases[last].tokens.start;
        let second = scan.finite_verb_at(verb) && !scan.conjoined(verb) && (0..start).any(|at| scan.finite_verb_at(at));
        let count = if scan.word(verb).ends_with("ان") { 2 } else { 1 };
        let first = (last + 1).saturating_sub(count);
        let joined = phrases[last].coordinated && scan.conjoined(start) && phrases[first].coordinated;
        if second && joined {
            phrases[first].coordinated = false;
            phrases[first..=last].iter_mut().for_each(|phrase| phrase.preposition = None);
        }
    }
}
