//! English inflection: regular rules with the doubling of consonants; irregular forms come from the lexicon.

/// The written forms of a verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerbForms {
    /// sign
    pub base: String,
    /// signs
    pub third_person: String,
    /// signed
    pub past: String,
    /// signed
    pub participle: String,
    /// signing
    pub gerund: String,
}

/// The forms of a verb; of one of several words ("set up") the first is inflected. `irregular` gives past and participle.
pub fn verb_forms(base: &str, irregular: Option<(&str, &str)>) -> VerbForms {
    let (verb, rest) = base.split_once(' ').map_or((base, String::new()), |(verb, rest)| (verb, format!(" {rest}")));
    let regular = format!("{}{rest}", past(verb));
    let with_rest =
        |form: &str| if form.contains(' ') || rest.is_empty() { form.to_owned() } else { format!("{form}{rest}") };
    let (past, participle) =
        irregular.map_or_else(|| (regular.clone(), regular.clone()), |(a, b)| (with_rest(a), with_rest(b)));
    VerbForms {
        base: base.to_owned(),
        third_person: format!("{}{rest}", with_s(verb)),
        past,
        participle,
        gerund: format!("{}{rest}", gerund(verb)),
    }
}

/// The regular plural of a noun; of several words ("head of state") that of the last one.
pub fn plural(noun: &str) -> String {
    with_s(noun)
}

fn with_s(word: &str) -> String {
    match consonant_y(word) {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh"].iter().any(|end| word.ends_with(end)) => format!("{word}es"),
        None if ["go", "do", "veto", "echo", "hero", "embargo"].iter().any(|whole| word.ends_with(whole)) => {
            format!("{word}es")
        }
        None => format!("{word}s"),
    }
}

fn past(verb: &str) -> String {
    match consonant_y(verb) {
        Some(stem) => format!("{stem}ied"),
        None if verb.ends_with('e') => format!("{verb}d"),
        None => format!("{}ed", doubled(verb)),
    }
}

fn gerund(verb: &str) -> String {
    if let Some(stem) = verb.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match verb.strip_suffix('e') {
        Some(stem) if !stem.ends_with(['e', 'o', 'y']) => format!("{stem}ing"),
        _ => format!("{}ing", doubled(verb)),
    }
}

/// The stem of a word in consonant and y.
fn consonant_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|stem| stem.ends_with(|c: char| !is_vowel(c)))
}

/// Doubles the last consonant behind a single stressed vowel: ban, plan, commit, refer, but not visit, sign, veto.
fn doubled(verb: &str) -> String {
    let letters: Vec<char> = verb.chars().collect();
    let [.., before, vowel, last] = letters[..] else { return verb.to_owned() };
    let short = !is_vowel(before) && is_vowel(vowel) && !is_vowel(last) && !matches!(last, 'w' | 'x' | 'y');
    let syllables = letters.windows(2).filter(|pair| !is_vowel(pair[0]) && is_vowel(pair[1])).count()
        + usize::from(is_vowel(letters[0]));
    let stressed =
        syllables <= 1 || ["mit", "fer", "cur", "pel", "bel", "gret", "tract"].iter().any(|end| verb.ends_with(end));
    if short && stressed { format!("{verb}{last}") } else { verb.to_owned() }
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(base: &str, third: &str, past: &str, gerund: &str) {
        let forms = verb_forms(base, None);
        assert_eq!((forms.third_person.as_str(), forms.past.as_str(), forms.gerund.as_str()), (third, past, gerund));
    }

    #[test]
    fn regular_verbs() {
        check("sign", "signs", "signed", "signing");
        check("ban", "bans", "banned", "banning");
        check("plan", "plans", "planned", "planning");
        check("visit", "visits", "visited", "visiting");
        check("commit", "commits", "committed", "committing");
        check("deny", "denies", "denied", "denying");
        check("agree", "agrees", "agreed", "agreeing");
        check("impose", "imposes", "imposed", "imposing");
        check("attach", "attaches", "attached", "attaching");
        check("veto", "vetoes", "vetoed", "vetoing");
        check("convoy", "convoys", "convoyed", "convoying");
        check("call off", "calls off", "called off", "calling off");
        check("join", "joins", "joined", "joining");
    }

    #[test]
    fn irregular_verbs() {
        let meet = verb_forms("meet", Some(("met", "met")));
        assert_eq!((meet.past.as_str(), meet.gerund.as_str()), ("met", "meeting"));
        let draw = verb_forms("withdraw", Some(("withdrew", "withdrawn")));
        assert_eq!(draw.participle, "withdrawn");
        assert_eq!(verb_forms("break off", Some(("broke", "broken"))).participle, "broken off");
    }

    #[test]
    fn plurals() {
        for (one, many) in [("treaty", "treaties"), ("embassy", "embassies"), ("visit", "visits"), ("clash", "clashes")]
        {
            assert_eq!(plural(one), many);
        }
    }
}
