//! Which pieces belong to one phrase.

use super::arabic;
use super::denote::is_to_come;
use super::piece::{Part, Piece, is_head, is_state, piece_state};
use super::{Anaphor, has_own_grammar};
use crate::grammar::grammar;
use crate::scan::Scan;
use chancery_model::{EntityId, EntityKind, Language, World};
use chancery_text::Proclitic;
use jiff::civil::Date;

/// One past the last piece that belongs to the phrase beginning at `start`.
pub(super) fn joined(scan: &Scan<'_>, world: &World, day: Option<Date>, pieces: &[Piece], start: usize) -> usize {
    let mut end = start + 1;
    while end < pieces.len() && joins(scan, world, day, &pieces[start..end], &pieces[end..]) {
        end += 1;
    }
    end
}

pub(super) fn joins(scan: &Scan<'_>, world: &World, day: Option<Date>, so_far: &[Piece], rest: &[Piece]) -> bool {
    let (last, next) = (&so_far[so_far.len() - 1], &rest[0]);
    if !so_far.iter().any(|p| is_head(&p.part)) && !is_head(&next.part) {
        return false;
    }
    let Some(gap) = next.tokens.start.checked_sub(last.tokens.end) else { return false };
    if scan.language == Language::Arabic && (arabic::is_closed(scan, last, next) || arabic::stand_apart(so_far, next)) {
        return false;
    }
    if gap > 4 || !gap_is_open(scan, last, next, gap) {
        return false;
    }
    let state = |piece: &Piece| piece_state(world, piece);
    let owner = so_far.iter().find_map(state);
    match (&next.part, owner) {
        (Part::Person { .. }, _) if so_far.iter().any(|p| matches!(p.part, Part::Person { .. })) => false,
        (Part::Person { .. }, Some(_)) if is_to_come(world, day, next) => true,
        (Part::Person { .. } | Part::State { .. } | Part::Adjective { .. }, Some(owner)) => {
            let same = state(next).is_none_or(|s| s == owner);
            same || matches!(next.part, Part::Person { .. }) && !so_far.iter().any(|p| is_state(&p.part))
        }
        // "دعا غوتيريش المغرب": whoever serves no state is followed by one that is another phrase.
        (Part::State { .. }, None) if scan.language == Language::Arabic => !matches!(last.part, Part::Person { .. }),
        (Part::Person { .. } | Part::State { .. } | Part::Adjective { .. }, None) => true,
        (Part::Other { id }, None) => id.kind() == EntityKind::Org,
        // "وزيرا خارجية البلدين", "حكومتي البلدين".
        (Part::Anaphor(Anaphor::Pair { .. } | Anaphor::Trio), None) => {
            scan.language == Language::Arabic && matches!(last.part, Part::Title { .. } | Part::Body)
        }
        // "حكومة بلاده", "رئيس بلادها".
        (Part::Anaphor(Anaphor::OwnCountry), None) => {
            scan.language == Language::Arabic && gap == 0 && matches!(last.part, Part::Title { .. } | Part::Body)
        }
        (Part::Bloc { .. }, None) => matches!(last.part, Part::Title { .. } | Part::Body | Part::Institution),
        (Part::Title { .. } | Part::Body | Part::Institution, owner) => title_joins(scan, world, so_far, rest, owner),
        _ => false,
    }
}

/// A title after a name is an apposition ("Lavrov, the Russian foreign minister") only where it has the same owner:
/// in "استقبل السيسي وزير الخارجية الروسي" the minister is somebody else. In Arabic a title stands before its state.
fn title_joins(scan: &Scan<'_>, world: &World, so_far: &[Piece], rest: &[Piece], owner: Option<EntityId>) -> bool {
    let last = &so_far[so_far.len() - 1];
    match last.part {
        Part::Title { .. } | Part::Body | Part::Institution => true,
        Part::Person { .. } => {
            // "the Reagan administration".
            let lone = so_far.len() == 1 && rest[0].part == Part::Body && last.tokens.end == rest[0].tokens.start;
            if lone && scan.language == Language::English {
                return true;
            }
            let after = rest.get(1).filter(|p| p.tokens.start <= rest[0].tokens.end + 2);
            let its_owner = after.and_then(|piece| piece_state(world, piece));
            its_owner.is_some() && its_owner == owner || arabic::own_titles(scan, world, so_far, rest)
        }
        // "La Russie, ministre …" is no phrase; "российский министр" and 俄罗斯外长 are.
        Part::State { .. } => {
            matches!(scan.language, Language::English | Language::Chinese)
                || arabic::own_titles(scan, world, so_far, rest)
        }
        Part::Other { ref id } if id.kind() == EntityKind::Place => scan.language == Language::English,
        Part::Adjective { .. } if scan.language == Language::Arabic => is_style(world, rest),
        Part::Adjective { .. } => matches!(scan.language, Language::English | Language::Russian | Language::Chinese),
        _ => matches!(scan.language, Language::English | Language::Chinese),
    }
}

/// "وزير الخارجية السعودي الأمير فيصل بن فرحان": a royal style before the name of who holds the office.
fn is_style(world: &World, rest: &[Piece]) -> bool {
    let [Piece { part: Part::Title { office }, tokens, .. }, Piece { part: Part::Person { .. }, tokens: name, .. }, ..] =
        rest
    else {
        return false;
    };
    tokens.end == name.start && world.office_level(office) == Some("royal")
}

/// Whether only words stand between two pieces that may stand inside a phrase: articles, honorifics, "of".
fn gap_is_open(scan: &Scan<'_>, last: &Piece, next: &Piece, gap: usize) -> bool {
    if scan.language == Language::Arabic {
        // "وزير الخارجية لكندا", but not "وزير خارجيتها لكندا"; "المبعوث الأممي لليبيا": an envoy is sent there and serves somebody else.
        let sent = matches!(&last.part, Part::Title { office } if office.ends_with("envoy"));
        let open_title = matches!(last.part, Part::Title { .. }) && last.enclitic.is_none() && !sent;
        let lam_of_office = open_title && *next.proclitics == [Proclitic::For];
        let bare = next.proclitics.is_empty() || lam_of_office;
        // A title after a name is an apposition only when it is definite or in construct with a state.
        let counts = |t: usize| matches!(next.part, Part::Bloc { .. }) && scan.is_numeral(t);
        let open = |t: usize| scan.begins_class(t, "honorific") || counts(t);
        if bare && gap == 1 && arabic::described(scan, last, next) {
            return true;
        }
        return bare && (last.tokens.end..next.tokens.start).all(open) && gap <= 4;
    }
    if has_own_grammar(scan.language) {
        return gap_is_open_by_grammar(scan, last, next);
    }
    let between = last.tokens.end..next.tokens.start;
    let of = matches!(last.part, Part::Title { .. } | Part::Body | Part::Institution)
        && matches!(next.part, Part::State { .. } | Part::Other { .. } | Part::Bloc { .. });
    let body = |id: &EntityId| id.kind() == EntityKind::Org;
    let titled = matches!(last.part, Part::Title { .. })
        && matches!(next.part, Part::State { .. })
        && scan.word(next.tokens.start - 1) == "of"
        && !scan.all_caps;
    let owns = matches!(&last.part, Part::State { .. } | Part::Adjective { .. })
        || matches!(&last.part, Part::Other { id } if body(id));
    let modifies = owns && matches!(next.part, Part::Title { .. } | Part::Body | Part::Institution);
    let apposition =
        matches!(last.part, Part::Person { .. }) && matches!(next.part, Part::Title { .. } | Part::Adjective { .. });
    between.clone().all(|t| {
        let word = scan.word(t);
        match word {
            // "From Libya the president travels on".
            "the" => !modifies,
            "'s" | "'" => true,
            "all" => of,
            _ if of && scan.is_numeral(t) => true,
            "of" | "to" if of => word == "of",
            // "his counterpart from Burkina Faso".
            "from" if of => scan.begins_class(last.tokens.start, "counterpart") || are_met(scan, last),
            // "King Felipe of Spain", whom no table knows.
            _ if titled && scan.is_capital(t) && !scan.is_known(t) => true,
            "," => apposition && gap <= 2,
            "-" => false,
            _ if scan.begins_class(t, "honorific") => true,
            // "Britain's Export Credits Guarantee Department".
            _ => modifies && (gap <= 2 || scan.is_capital(t) && !scan.all_caps) && !function_word(scan, t),
        }
    })
}

/// "talks with officials from Chad", but not "expelled officials from Chad": people whom a preposition brings in are those of where they are
/// from.
fn are_met(scan: &Scan<'_>, people: &Piece) -> bool {
    let several = scan.word(people.tokens.end - 1).ends_with('s');
    let before = (1..=2).filter_map(|back| people.tokens.start.checked_sub(back));
    let brings = |at: usize| matches!(scan.word(at), "with" | "between" | "among" | "by");
    let forces = scan.begins_class(people.tokens.end - 1, "forces");
    several && !forces && before.into_iter().any(brings)
}

/// The same for the languages that differ only in their little words.
fn gap_is_open_by_grammar(scan: &Scan<'_>, last: &Piece, next: &Piece) -> bool {
    let grammar = grammar(scan.language);
    let between = last.tokens.end..next.tokens.start;
    let heads = |part: &Part| matches!(part, Part::Title { .. } | Part::Body);
    let names = |part: &Part| matches!(part, Part::State { .. } | Part::Other { .. } | Part::Bloc { .. });
    let of = heads(&last.part) && (names(&next.part) || heads(&next.part))
        || scan.language == Language::Chinese && is_state(&last.part);
    let person_next = matches!(next.part, Part::Person { .. });
    let apposition = matches!(last.part, Part::Person { .. }) && heads(&next.part)
        || grammar.comma_before_person && person_next && !matches!(last.part, Part::Person { .. });
    let modified = heads(&last.part) && is_state(&next.part) || is_state(&last.part) && heads(&next.part);
    let mut unknown = 0;
    between.clone().all(|t| {
        let word = scan.word(t);
        if scan.begins_class(t, "honorific") || scan.begins_class(t, "former") {
            return true;
        }
        if word == "," {
            return apposition;
        }
        if grammar.articles.contains(&word) {
            return of || apposition;
        }
        if grammar.of.contains(&word) || of && scan.is_numeral(t) {
            return of;
        }
        unknown += 1;
        let is_small = scan.sentence.tokens[t].span.of(scan.text).starts_with(char::is_lowercase);
        grammar.loose && modified && unknown <= 1 && is_small && !function_word(scan, t)
    })
}

pub(super) fn function_word(scan: &Scan<'_>, token: usize) -> bool {
    ["preposition", "conjunction", "relative", "complementizer", "subordinator", "auxiliary"]
        .iter()
        .any(|class| scan.begins_class(token, class))
        || scan.is_strong_boundary(token)
        || scan.word(token).chars().all(|c| !c.is_alphanumeric())
        || scan.finite_verb_at(token)
}
