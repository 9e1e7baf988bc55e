//! Parties that are told by a place or by whose a thing is: "talks in Beijing", "Nato's 29th member".

use super::Slots;
use crate::lexicon::{ArgumentFunction, Form};
use crate::mention::{Phrase, PhraseKind};
use crate::role::Roles;
use crate::role::preposition::phrases_with_preposition;
use crate::syntax::Subject;
use chancery_model::EntityKind;
use std::ops::Range;

impl<'a> Slots<'a> {
    /// "bombed a camp inside Pakistan": where it is done.
    pub(super) fn place(self, right: &Range<usize>, roles: &mut Roles) {
        if self.name() != "attack" || !roles.patients.is_empty() || !roles.outside_patients.is_empty() {
            return;
        }
        // "fired rockets at its villages".
        let theirs = self.context.syntax.groups.iter().filter(|group| right.contains(&group.tokens.start));
        let theirs = theirs
            .filter(|group| group.preposition.is_some_and(|at| matches!(self.scan.word(at), "at" | "on" | "into")))
            .find_map(|group| group.tokens.clone().find(|&at| self.scan.begins_class(at, "possessive-pronoun")));
        if let Some(pronoun) = theirs.filter(|_| self.hit.form != Form::Noun) {
            return self.somebody_else(self.scan.word(pronoun), roles);
        }
        let places = ["in", "inside", "near", "across"];
        let found = places.iter().map(|p| phrases_with_preposition(self.phrases, right, p)).find(|f| !f.is_empty());
        roles.fill(ArgumentFunction::Patient, &found.unwrap_or_default());
    }

    /// "Japan's new ambassador to China presented his credentials", "Kuwait's ambassador to Tehran was recalled": whose envoy, and where.
    pub(super) fn envoy(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        if !matches!(self.name(), "appoint-envoy" | "recall-envoy") || hit.trigger.sense == "receive-envoy" {
            return;
        }
        let near = hit.tokens.start.saturating_sub(12)..hit.tokens.end + 12;
        let envoys = scan.of_class("ambassador").filter(|envoy| near.contains(&envoy.tokens.start));
        for envoy in envoys {
            let post = |at: &usize| {
                let phrase = &phrases[*at];
                (envoy.tokens.end + 1..envoy.tokens.end + 4).contains(&phrase.tokens.start)
                    && matches!(scan.word(envoy.tokens.end), "to" | "in" | "at")
                    && !phrase.ids.is_empty()
            };
            if roles.patients.is_empty()
                && let Some(at) = (0..phrases.len()).find(post)
            {
                roles.step("where the envoy is posted", scan, phrases, &[at]);
                roles.fill(ArgumentFunction::Patient, &[at]);
            }
        }
    }

    /// "will hold talks in Beijing", "in Dar es Salaam he will sign": with those in whose capital it is, venues of third parties apart.
    pub(super) fn host(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let alone = roles.patients.is_empty() && roles.outside_patients.is_empty() && roles.agents.len() == 1;
        if self.name() == "summit" && alone {
            return self.summit_host(roles);
        }
        let meets = matches!(self.name(), "meet" | "negotiate" | "sign-agreement");
        if !alone || !meets || hit.form == Form::Noun || !phrases[roles.agents[0]].personal {
            return;
        }
        let near = |p: &Phrase| p.tokens.start < hit.tokens.end + 6 && p.tokens.start + 12 > hit.tokens.start;
        let place = (0..phrases.len()).find(|&at| {
            phrases[at].kind == PhraseKind::Place
                && phrases[at].preposition.as_deref() == Some("in")
                && near(&phrases[at])
        });
        let Some(at) = place else { return };
        let venue = (phrases[at].tokens.start..phrases[at].tokens.end).any(|token| scan.begins_class(token, "venue"));
        if !venue && !phrases[at].ids.is_empty() {
            roles.step("in whose capital", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Patient, &[at]);
        }
    }

    /// "will attend the Bali summit", "goes to the COP27 summit in Egypt": where it is held.
    fn summit_host(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, .. } = self;
        let summit = (hit.tokens.start..scan.tags.len().min(hit.tokens.end + 8))
            .find(|&at| scan.word(at) == "summit" || scan.begins_class(at, "summit"))
            .unwrap_or(hit.tokens.start);
        let found = (0..phrases.len()).find(|&at| {
            let phrase = &phrases[at];
            let named = matches!(phrase.kind, PhraseKind::Place | PhraseKind::Actor | PhraseKind::Adjective);
            let before = phrase.tokens.end == summit && phrase.tokens.start >= hit.tokens.start.saturating_sub(4);
            let inside =
                phrase.preposition.as_deref() == Some("in") && (summit..summit + 6).contains(&phrase.tokens.start);
            named && (before || inside) && !phrase.ids.is_empty() && !roles.agents.contains(&at)
        });
        if let Some(at) = found.filter(|&at| phrases[at].ids.iter().all(|id| id.kind() != EntityKind::Org)) {
            roles.step("where it is held", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Patient, &[at]);
        }
    }

    /// "sought Japan's help", "became Nato's 29th member": whose the noun is that the verb needs.
    pub(super) fn owner_of_needed(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        // "bought Swedish jets", "imports Iranian oil"; who sells "Iranian oil" sells it to somebody else.
        let comes_from = hit.trigger.prepositions().any(|(preposition, _)| preposition == "from");
        let bought = hit.trigger.sense == "buy-arms"
            || self.name() == "cooperate"
                && comes_from
                && matches!(hit.form, Form::Past | Form::Present | Form::Participle)
                && hit.trigger.needs.iter().any(|class| class == "goods");
        let open = bought || matches!(self.name(), "request" | "join-agreement" | "demand" | "express-intent");
        if !open || !roles.patients.is_empty() || !roles.outside_patients.is_empty() {
            return;
        }
        let Some(group) = context.syntax.object(scan, hit.tokens.end, Subject::Absent) else { return };
        let needs = |class: &String| group.tokens.clone().any(|at| scan.begins_class(at, class));
        if !hit.trigger.needs.iter().any(needs) {
            return;
        }
        let inside = |at: &usize| {
            let phrase = &phrases[*at];
            group.tokens.contains(&phrase.tokens.start)
                && matches!(phrase.kind, PhraseKind::Actor | PhraseKind::Adjective)
                && !phrase.ids.is_empty()
                && !roles.agents.contains(at)
        };
        if let Some(at) = (0..phrases.len()).find(inside) {
            roles.step("whose it is", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Patient, &[at]);
        }
    }

    /// "Leaders are meeting for the G20 summit", "Qatar will host the Arab League summit": those whose summit it is.
    pub(super) fn club_of_needed(self, roles: &mut Roles) {
        let Self { scan, phrases, hit, context } = self;
        if self.name() != "summit" || roles.outside_agent.is_some() {
            return;
        }
        let Some(group) = context.syntax.object(scan, hit.tokens.end, Subject::Absent) else { return };
        let club = |at: &usize| {
            group.tokens.contains(&phrases[*at].tokens.start)
                && phrases[*at].ids.iter().any(|id| id.kind() == EntityKind::Org)
        };
        if let Some(at) = (0..phrases.len()).find(club) {
            roles.step("whose summit it is", scan, phrases, &[at]);
            roles.fill(ArgumentFunction::Agent, &[at]);
        }
    }
}
