//! The slots of a verbal noun: its possessor, its object, adjectives of states.

use super::{
    Context, Places, Roles, bare_phrases, first_of_group, object_function, right_region, slot_function,
    with_coordinated,
};
use crate::lexicon::{ArgumentFunction, Form, Slot};
use crate::mention::{Anaphor, Phrase, PhraseKind};
use crate::scan::{Scan, TriggerHit};
use crate::syntax::{Group, Subject, Syntax, Tag};
use chancery_model::{EntityId, Language, Status};
use chancery_text::Proclitic;
use smallvec::smallvec;
use std::ops::Range;

pub(super) fn noun_roles(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    right: &Range<usize>,
    roles: &mut Roles,
) {
    let genitive = slot_function(hit, &Slot::Genitive).unwrap_or(ArgumentFunction::Agent);
    let genitive = if expels_envoys(scan, phrases, hit) { ArgumentFunction::Agent } else { genitive };
    let mut bare = bare_phrases(phrases, right);
    let possessor = if scan.language == Language::Arabic {
        bare.first().copied().filter(|&p| phrases[p].tokens.start == hit.tokens.end && hit.enclitic.is_none())
    } else {
        possessor_before(scan, phrases, hit)
    };
    if let Some(possessor) = possessor {
        let group = with_coordinated(phrases, possessor);
        bare.retain(|other| !group.contains(other));
        // "تعليق معاهدة نيو ستارت": an agreement does nothing by itself.
        // "إقرار الاتفاق".
        let told = phrases[possessor].kind == PhraseKind::Anaphor(Anaphor::Event) && hit.trigger.frame.about_agreement;
        let done_to = object_function(hit).filter(|_| phrases[possessor].kind == PhraseKind::Agreement || told);
        // "اتهام إسرائيل بالإبادة", "بأنها تستفز": with what whom is accused of behind the name.
        let next = phrases[group[group.len() - 1]].tokens.end;
        let accused = hit.trigger.frame.event_type.name() == "accuse"
            && scan.language == Language::Arabic
            && (scan.has_proclitic(next, Proclitic::By) || matches!(scan.word(next), "بشن" | "بان" | "بانه" | "بانها"));
        let done_to = done_to.or(accused.then_some(ArgumentFunction::Patient));
        if done_to.is_some() || !told {
            roles.step("genitive", scan, phrases, &group);
            roles.fill(done_to.unwrap_or(genitive), &group);
        }
    }
    if let Some(function) = object_function(hit)
        && scan.language == Language::Arabic
        && let Some(&object) = bare.first()
        && phrases[object].tokens.start <= hit.tokens.end + 6
        && !is_led_to(scan, hit.tokens.end..phrases[object].tokens.start)
    {
        let group = with_coordinated(phrases, object);
        roles.step("object of noun", scan, phrases, &group);
        roles.fill(function, &group);
    }
    // "قصف تل أبيب": the city right behind is hit.
    let attack = hit.trigger.frame.event_type.name() == "attack" && scan.language == Language::Arabic;
    let city = |p: &Phrase| p.kind == PhraseKind::Place && p.preposition.is_none() && p.tokens.start == hit.tokens.end;
    if let Some(city) = phrases.iter().position(city).filter(|_| attack && roles.patients.is_empty()) {
        roles.step("city behind the noun", scan, phrases, &[city]);
        roles.fill(ArgumentFunction::Patient, &[city]);
    }
    adjectives(scan, phrases, hit, roles);
    // "الحشد غير المعتاد للقوات الأوغندية": whose forces they are gathers them.
    let gathered = |p: &Phrase| {
        (hit.tokens.end..hit.tokens.end + 4).contains(&p.tokens.start)
            && p.body
            && p.preposition.as_deref() == Some("ل")
    };
    let mobilises = hit.trigger.frame.event_type.name() == "mobilise" && scan.language == Language::Arabic;
    if let Some(forces) = phrases.iter().position(gathered).filter(|_| mobilises && roles.agents.is_empty()) {
        roles.step("whose forces they are", scan, phrases, &[forces]);
        roles.fill(ArgumentFunction::Agent, &[forces]);
    }
    if let Some(doers) = compelled(scan, phrases, hit).or_else(|| resolved(scan, phrases, hit)) {
        let possessor = std::mem::take(&mut roles.agents);
        // "قيام الشرطة الكينية باقتحام السفارة الغانية": whose the possessor of the noun is suffers.
        if TRANSITIVE.contains(&hit.trigger.frame.event_type.name()) && roles.patients.is_empty() {
            roles.patients = possessor.into_iter().filter(|at| phrases[*at].kind != PhraseKind::Adjective).collect();
        }
        roles.step("who is made to do it, or resolves to", scan, phrases, &doers);
        roles.fill(ArgumentFunction::Agent, &doers);
    }
}

/// "زيارة كينيا في ضوء مواقف أوغندا": whoever owns what a preposition leads to is no object.
fn is_led_to(scan: &Scan<'_>, mut between: Range<usize>) -> bool {
    between.any(|at| scan.tags[at] == Tag::Preposition)
}

/// "قرار أوغندا طرد السفير", "قيام كينيا بسحب قواتها", "تقديم تشيلي اعتذارا": whoever stands behind a noun that only says that something is
/// resolved or done does it, whoever answers it.
fn resolved(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Option<Places> {
    let start = hit.tokens.start;
    let bare = hit.proclitics.is_empty() || *hit.proclitics == [Proclitic::By];
    let end = start.checked_sub(1).filter(|&at| scan.tags[at] == Tag::Preposition).unwrap_or(start);
    let last = phrases.iter().position(|p| p.tokens.end == end && p.is_actor() && !p.ids.is_empty())?;
    let first = first_of_group(phrases, last);
    let start = phrases[first].tokens.start;
    // "تقديم دولة تشيلي".
    let start = if start > 0 && scan.begins_class(start - 1, "type-noun") { start - 1 } else { start };
    let resolve = start.checked_sub(1)?;
    let whose = scan.begins_class(resolve, "resolve") && phrases[first].preposition.is_none();
    (bare && whose && scan.language == Language::Arabic).then(|| with_coordinated(phrases, first))
}

/// "طرد كينيا أمس دبلوماسيين غانيين": with envoys as its object the possessor of the noun acts.
fn expels_envoys(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> bool {
    const NEAR: usize = 3;
    let possessor = phrases.iter().find(|p| p.tokens.start == hit.tokens.end && p.kind == PhraseKind::Actor);
    let envoys = |from: usize| (from..from + NEAR).any(|at| scan.begins_class(at, "diplomat"));
    let expels = scan.language == Language::Arabic && hit.trigger.frame.event_type.name() == "expel-diplomat";
    expels && possessor.is_some_and(|p| !scan.begins_class(p.tokens.start, "diplomat") && envoys(p.tokens.end))
}

/// "ما دفع الجزائر إلى سحب سفيرها", "أجبرت واشنطن تركيا على إغلاق قنصليتها": whom a verb makes do what its preposition leads to.
fn compelled(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Option<Places> {
    let preposition = hit.tokens.start.checked_sub(1).filter(|&at| matches!(scan.word(at), "الي" | "علي"))?;
    let last = phrases.iter().position(|p| p.tokens.end == preposition && p.is_actor() && !p.ids.is_empty())?;
    let verb = scan.finite_verb_before(phrases[last].tokens.start)?;
    let near = preposition - verb <= COMPELLED && scan.language == Language::Arabic;
    let first = first_of_group(phrases, last);
    (near && scan.begins_class(verb, "compels")).then(|| with_coordinated(phrases, first))
}

/// So many tokens of subject and object stand between a verb that makes somebody act and the preposition, at most.
const COMPELLED: usize = 10;

/// "Saudi-Iranian talks", محادثات سعودية إيرانية; one adjective alone is the agent ("the Egyptian visit").
pub(super) fn adjectives(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &mut Roles) {
    let Some(function) = slot_function(hit, &Slot::Adjective) else { return };
    let near = |p: &Phrase| {
        if scan.language == Language::Arabic {
            // "التنديد بالهجوم التركي": the adjective is of what the preposition leads to.
            let led = |t: usize| scan.has_preposition(t) || scan.tags[t] == Tag::Preposition;
            // "حظر المنتجات اللبنانية": whose goods they are, not who keeps them out.
            let bans = hit.trigger.needs.iter().any(|class| class == "ban-object");
            let reach = if bans { 1 } else { 3 };
            (hit.tokens.end..hit.tokens.end + reach).contains(&p.tokens.start)
                && !(hit.tokens.end..p.tokens.start).any(led)
        } else {
            p.tokens.end <= hit.tokens.start && p.tokens.end + 3 > hit.tokens.start
        }
    };
    let mut found: Vec<usize> = Vec::new();
    for (index, phrase) in phrases.iter().enumerate() {
        let adjective = phrase.kind == PhraseKind::Adjective
            || scan.language != Language::Arabic
                && phrase.kind == PhraseKind::Actor
                && !phrase.possessive
                && phrase.tokens.end == hit.tokens.start;
        let follows = found.last().is_some_and(|&last: &usize| phrases[last].tokens.end + 2 >= phrase.tokens.start);
        if adjective && (near(phrase) || follows && scan.language == Language::Arabic) {
            found.push(index);
        }
    }
    // "التوقيع على مذكرة لإنشاء مجلس سعودي عماني": two adjectives of states side by side are both sides, wherever they stand.
    if found.is_empty() && scan.language == Language::Arabic && hit.trigger.frame.event_type.is_symmetric() {
        let right = right_region(scan, hit);
        let pair = (1..phrases.len()).find(|&at| {
            let both = [&phrases[at - 1], &phrases[at]];
            right.contains(&both[0].tokens.start)
                && both.iter().all(|p| p.kind == PhraseKind::Adjective)
                && both[0].tokens.end == both[1].tokens.start
                && both[0].ids != both[1].ids
                && !both[0].coordinated
                // "هدنة جرى التوصل إليها بوساطة قطرية مصرية": those of another act.
                && !scan.triggers.iter().any(|other| other.tokens.end == both[0].tokens.start)
        });
        found.extend(pair.into_iter().flat_map(|second| [second - 1, second]));
    }
    // English adjectives before the nearest one belong too: "Saudi-Iranian talks".
    if scan.language != Language::Arabic
        && let Some(&first) = found.first()
    {
        let mut at = first;
        while at > 0 && phrases[at].coordinated && phrases[at - 1].kind == PhraseKind::Adjective {
            at -= 1;
            found.insert(0, at);
        }
    }
    // "an Israeli drone strike": the noun that makes the adjective an actor belongs to the event.
    let overlaps = |p: &Phrase| {
        p.kind == PhraseKind::Actor && p.tokens.start < hit.tokens.start && hit.tokens.start < p.tokens.end
    };
    if found.is_empty() && scan.language != Language::Arabic {
        found.extend((0..phrases.len()).find(|&at| overlaps(&phrases[at])));
    }
    roles.step("adjective", scan, phrases, &found);
    roles.fill(function, &found);
}

/// "القمة التي كانت مقررة بين مصر وتركيا": a relative clause that only says that it was planned does not part the noun from its arguments.
pub(super) fn tells_schedule(scan: &Scan<'_>, relative: usize) -> bool {
    scan.language == Language::Arabic
        && scan.tags[relative] == Tag::Relative
        && scan.tags.get(relative + 1) == Some(&Tag::Auxiliary)
        && planned_at(scan, relative + 2)
}

/// Whether a word for "planned" stands at a token, alone or behind "was".
fn planned_at(scan: &Scan<'_>, token: usize) -> bool {
    scan.cues.iter().any(|cue| cue.tokens.end == token + 1 && cue.cue.status == Status::Planned)
}

/// "زيارة كانت مقررة للرئيس الإندونيسي إلى اليابان", "زيارة سرية لمسؤول إسرائيلي إلى أبوظبي", "أول زيارة لرئيس غاني": whose visit is planned,
/// counted, or leads somewhere behind them, travels.
pub(super) fn traveller(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &mut Roles) {
    let visit = hit.trigger.frame.event_type.name() == "visit" && hit.form == Form::Noun;
    if !visit || scan.language != Language::Arabic || !roles.agents.is_empty() {
        return;
    }
    let near = hit.tokens.end..hit.tokens.end + 5;
    let counted = |at: usize| matches!(scan.word(at), "اول" | "ثاني" | "ثالث" | "رابع" | "اخر" | "ارفع");
    let is_counted = hit.tokens.start.checked_sub(1).is_some_and(counted);
    let for_somebody = |phrase: &Phrase| phrase.personal && phrase.preposition.as_deref() == Some("ل");
    let beside = |phrase: &Phrase| {
        let between = hit.tokens.end..phrase.tokens.start;
        let leads = phrases.iter().any(|to| {
            to.preposition.as_deref() == Some("الي")
                && (phrase.tokens.end..phrase.tokens.end + 6).contains(&to.tokens.start)
        });
        let described = || between.clone().all(|at| scan.tags[at] == Tag::Noun);
        between.end > 0 && planned_at(scan, between.end - 1) || (leads || is_counted) && described()
    };
    let guest = phrases.iter().position(|p| near.contains(&p.tokens.start) && for_somebody(p) && beside(p));
    let Some(guest) = guest else { return };
    let group = with_coordinated(phrases, guest);
    roles.patients.retain(|at| !group.contains(at));
    roles.step("whose visit it is", scan, phrases, &group);
    roles.fill(ArgumentFunction::Agent, &group);
}

/// English: "Kazakhstan's accession", "his visit" (resolved by the clause), "the accession of Kazakhstan" is `of`.
fn possessor_before(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>) -> Option<usize> {
    (0..phrases.len()).rev().find(|&at| {
        let phrase = &phrases[at];
        phrase.possessive
            && phrase.is_actor()
            && phrase.tokens.end < hit.tokens.start
            && hit.tokens.start - phrase.tokens.end <= 4
            && (phrase.tokens.end..hit.tokens.start).all(|t| !scan.is_strong_boundary(t) && scan.word(t) != ",")
    })
}

/// "غزو الكويت", "لضرب داعش", "اغتيال الحريري من قبل": the possessor of a noun like these suffers, unless what is done has its own place
/// ("غزو العراق للكويت"). Who does it is behind "by", or the subject of the verb above.
pub(super) fn suffer(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, syntax: &Syntax, roles: &mut Roles) {
    let harmed = matches!(hit.trigger.frame.event_type.name(), "attack" | "coerce");
    // "إعادة إدراج كوبا على القائمة السوداء": so does who is put on a list, or taken off it.
    let listed = hit.trigger.needs.iter().any(|class| class == "blacklist");
    let suffers = harmed && scan.begins_class(hit.tokens.start, "victim") || listed;
    if !suffers || hit.form != Form::Noun || !roles.patients.is_empty() || hit.enclitic.is_some() {
        return;
    }
    // "اعتقال بحارة غانيين من قبل كينيا": with whom it is by told, an adjective is of those who suffer.
    let by = |at: &usize| phrases[*at].preposition.as_deref().is_some_and(|preposition| BY.contains(&preposition));
    let told = roles.agents.iter().any(by);
    let acts = |at: &usize| {
        let phrase = &phrases[*at];
        let described = phrase.kind == PhraseKind::Adjective && !told;
        phrase.preposition.is_some() || described || phrase.tokens.start < hit.tokens.start
    };
    let possessor = roles.agents.iter().copied().filter(|at| !acts(at)).max();
    if let Some(object) = possessor.and_then(|at| object_behind(scan, syntax, phrases[at].tokens.end)) {
        // "اقتحام الشرطة الإكوادورية سفارتها", "قصف إسرائيل المستشفى", "توقيف باريس ثلاثة أشخاص": with an object of its own the possessor acts.
        own_embassy(scan, phrases, object, roles);
        roles.blocked |= listed;
        return;
    }
    (roles.agents, roles.patients) = std::mem::take(&mut roles.agents).into_iter().partition(acts);
}

/// "وكان الرئيس الغاني في استقبالهما": who stands between the verb and the noun welcomes whoever the pronoun stands for.
pub(super) fn welcomed_by(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &mut Roles) {
    let start = hit.tokens.start;
    let led = start.checked_sub(1).filter(|&at| scan.word(at) == "في" && scan.word(start).starts_with("استقبال"));
    let Some(at) = led.filter(|_| hit.trigger.frame.event_type.name() == "meet" && hit.enclitic.is_some()) else {
        return;
    };
    let Some(host) = phrases.iter().position(|p| p.tokens.end == at && p.is_actor() && !p.ids.is_empty()) else {
        return;
    };
    let was = phrases[host].tokens.start.checked_sub(1).is_some_and(|at| scan.word(at).ends_with("كان"));
    let Some(guest) = host.checked_sub(1).filter(|_| was) else { return };
    // "وصل الرئيس الكيني والرئيس التشادي إلى غانا": past where they have come to.
    let Some(last) = (0..=guest).rev().find(|&at| phrases[at].personal && phrases[at].preposition.is_none()) else {
        return;
    };
    roles.agents = with_coordinated(phrases, first_of_group(phrases, host));
    roles.patients = with_coordinated(phrases, first_of_group(phrases, last));
    roles.closed = true;
}

/// "بعد رفع الحظر الدولي عن إيران", "العقوبات الغربية": whose measures they are the text does not tell.
pub(super) fn of_many(scan: &Scan<'_>, hit: &TriggerHit<'_>, roles: &mut Roles) {
    let measure = matches!(hit.trigger.frame.event_type.name(), "ease-sanctions" | "impose-sanctions");
    let many = |at: usize| matches!(scan.word(at), "الدولي" | "الدولية" | "الدوليه" | "الغربي" | "الغربية" | "الغربيه");
    let near = hit.tokens.end..hit.tokens.end + 3;
    if measure && hit.form == Form::Noun && roles.agents.is_empty() && near.into_iter().any(many) {
        (roles.closed, roles.blocked) = (true, true);
    }
}

/// Prepositions behind which stands by whom something is done.
const BY: [&str; 5] = ["من قبل", "من جانب", "من طرف", "علي يد", "بيد"];

/// "إعادة فتح سفارة مصر في الخرطوم": whose embassy it is opens it, where somewhere else is told as its place.
pub(super) fn mission_of(scan: &Scan<'_>, phrases: &[Phrase], hit: &TriggerHit<'_>, roles: &mut Roles) {
    let mission = matches!(hit.trigger.frame.event_type.name(), "open-mission" | "close-mission");
    if !mission || hit.form != Form::Noun || !roles.agents.is_empty() {
        return;
    }
    let owns = |at: &usize| {
        let before = phrases[*at].tokens.start.checked_sub(1);
        phrases[*at].preposition.is_none() && before.is_some_and(|embassy| scan.begins_class(embassy, "embassy"))
    };
    let Some(owner) = roles.patients.iter().copied().find(owns) else { return };
    let placed = |place: &&Phrase| {
        let inside = matches!(place.preposition.as_deref(), Some("في" | "لدي" | "ب"));
        inside && place.tokens.start <= phrases[owner].tokens.end + 1 && !place.ids.is_empty()
    };
    if phrases.get(owner + 1).filter(placed).is_some_and(|place| place.ids != phrases[owner].ids) {
        roles.step("whose embassy it is, and where", scan, phrases, &[owner, owner + 1]);
        roles.agents = smallvec![owner];
        roles.patients = smallvec![owner + 1];
    }
}

/// The noun right behind the possessor of a verbal noun, where it is its object: definite or counted, and no adjective.
fn object_behind<'a>(scan: &Scan<'_>, syntax: &'a Syntax, from: usize) -> Option<&'a Group> {
    let group = &syntax.groups[syntax.group_at(from)?];
    let known = scan.word(from).starts_with("ال") || scan.has_pronoun_on_noun(from) || scan.tags[from] == Tag::Number;
    (group.tokens.start == from && group.preposition.is_none() && !group.coordinated && known).then_some(group)
}

/// "سفارتها": the embassy of whoever was named before.
fn own_embassy(scan: &Scan<'_>, phrases: &[Phrase], object: &Group, roles: &mut Roles) {
    if !scan.begins_class(object.tokens.start, "embassy") || !scan.class_enclitic(object.tokens.start, "embassy") {
        return;
    }
    let acting: Vec<&EntityId> = roles.agents.iter().flat_map(|&at| &phrases[at].ids).collect();
    let owner = (0..phrases.len()).rev().find(|&at| {
        let phrase = &phrases[at];
        phrase.tokens.end <= object.tokens.start
            && phrase.kind == PhraseKind::Actor
            && !phrase.ids.iter().any(|id| acting.contains(&id))
    });
    roles.step("whose embassy it is", scan, phrases, owner.as_slice());
    roles.fill(ArgumentFunction::Patient, owner.as_slice());
}

/// Acts of which the possessor of the noun may be whom they are done to.
const TRANSITIVE: [&str; 6] = ["attack", "coerce", "visit", "expel-diplomat", "release", "recognise"];

/// "بدأت الولايات المتحدة غزو العراق": under a verb that is no event itself, the subject acts and the possessor suffers; "وصل إلى بيروت للقاء الرئيس":
/// who travels to meet somebody meets them.
pub(super) fn turn_genitive(
    scan: &Scan<'_>,
    phrases: &[Phrase],
    hit: &TriggerHit<'_>,
    context: Context<'_>,
    roles: &mut Roles,
) {
    let purpose = hit.trigger.frame.event_type.name() == "meet" && hit.proclitics.contains(&Proclitic::For);
    let transitive = purpose
        || TRANSITIVE.contains(&hit.trigger.frame.event_type.name())
        || scan.begins_class(hit.tokens.start, "granting");
    // "إتمام تبادل أسرى بين البلدين": who exchange something do it to each other; "اعترافهما": whose the pronoun is acts.
    let mutual = scan.begins_class(hit.tokens.start, "mutual");
    // "احتجت على قرار غانا طرد السفير": whoever resolves to do it acts.
    let possessor = roles.agents.iter().all(|&at| phrases[at].tokens.start >= hit.tokens.end);
    let told = !roles.agents.is_empty() && !roles.inferred && possessor;
    let open = roles.patients.is_empty() && told && !mutual && hit.enclitic.is_none();
    if scan.language != Language::Arabic || !transitive || !open {
        return;
    }
    let verb = (0..hit.tokens.start).rev().take_while(|&t| scan.tags[t] != Tag::Stop).find(|&t| scan.tags[t].is_verb());
    let full = |verb: usize| scan.triggers.iter().any(|t| t.tokens.start == verb && t.trigger.needs.is_empty());
    let hosts = |verb: usize| scan.begins_class(verb, "hosting");
    let Some(verb) = verb.filter(|&verb| purpose || !full(verb) || hosts(verb)) else { return };
    let Subject::Phrase(at) = context.syntax.subject(scan, phrases, verb) else { return };
    // "ألغت البرازيل زيارة الرئيس الكوبي": a guest travels to whoever receives or puts him off.
    let guest =
        hit.trigger.frame.event_type.name() == "visit" && roles.agents.iter().any(|&agent| phrases[agent].personal);
    if guest {
        if hosts(verb) && phrases[at].is_actor() && !roles.agents.contains(&at) {
            roles.step("who receives the guest", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Patient, &[at]);
        }
        return;
    }
    // "اختراق الاستخبارات التشادية حواسيب كينية": a possessor with an object behind it acts.
    let object = |token: usize| {
        scan.tags.get(token) == Some(&Tag::Noun) && !scan.word(token).starts_with("ال") && !scan.is_temporal(token)
    };
    if roles.agents.iter().any(|&agent| phrases[agent].body && object(phrases[agent].tokens.end)) {
        return;
    }
    let same = roles.agents.iter().any(|&agent| phrases[agent].ids == phrases[at].ids);
    // "وصفت موسكو الضربات الأميركية": who is told by an adjective acts.
    let adjective = roles.agents.iter().any(|&agent| phrases[agent].kind == PhraseKind::Adjective);
    if !same && !adjective && !phrases[at].ids.is_empty() && phrases[at].is_actor() {
        roles.patients = std::mem::take(&mut roles.agents);
        let group = with_coordinated(phrases, at);
        roles.step("subject of the verb above; the possessor is the patient", scan, phrases, &group);
        roles.fill(ArgumentFunction::Agent, &group);
    }
}
