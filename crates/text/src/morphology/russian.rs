//! Russian declension as far as letters show it: from a nominative, every other form that it may have.
//!
//! The gender of nouns in -ь, the animate accusative and the stress behind ц are not written, so that some forms made here do not
//! exist. They cost nothing: a form that no text has is never met. Grammar after Zaliznyak, *Grammatičeskij slovar' russkogo jazyka*.

use compact_str::CompactString;

/// Shorter words (и, за, ЕС) are not declined.
const MIN_LETTERS: usize = 3;

/// Endings of the nominative with those that stand for them; the first that fits is taken.
const DECLENSIONS: [(&str, &str); 22] = [
    // Adjectives, among them surnames in -ский, and the nouns that look like them.
    ("ский", "ского скому ским ском ская ской скую скою ское ские ских скими"),
    ("кий", "кого кому ким ком кая кой кую кою кое кие ких кими"),
    ("ый", "ого ому ым ом ая ой ую ою ое ые ых ыми"),
    ("ий", "его ему им ем яя ей юю ее ие их ими ия ию ием ии иев иям иями иях"),
    ("ой", "ого ому ым им ом ая ую ою ое ые ие ых их ыми ими оя ою оем ое ои оев"),
    ("ая", "ой ую ою ей ею"),
    ("яя", "ей юю ею"),
    ("ое", "ого ому ым им ом"),
    ("ее", "его ему им ем"),
    ("ые", "ых ым ыми"),
    ("ие", "их им ими ия ию ием ии ий иям иями иях"),
    // Nouns.
    ("ия", "ии ию ией иею ий иям иями иях"),
    ("ья", "ьи ье ью ьей ьею ей ьям ьями ьях"),
    ("я", "и е ю ей ею ь й ям ями ях"),
    ("й", "я ю ем е и ев ям ями ях"),
    ("ь", "я ю ем е и ью ей ев ям ями ях"),
    ("а", "ы и е у ой ою ей  ов ам ами ах"),
    ("о", "а у ом е ам ами ах"),
    ("е", "я ю ем и а у ом  ам ами ах ям ями ях"),
    ("ы", " ов ев ам ами ах"),
    ("и", "ей ов ев  ь й ям ями ях ам ами ах"),
    ("", "а у ом ем е ы и ов ев ей ам ами ах"),
];

/// Every other form, some of them twice, that a normalised nominative, singular or plural, may have. Nothing for words that are not declined.
pub fn forms(nominative: &str) -> Vec<CompactString> {
    let is_cyrillic = nominative.chars().all(|c| ('а'..='я').contains(&c));
    if !is_cyrillic || nominative.chars().count() < MIN_LETTERS || nominative.ends_with(['у', 'ю', 'э']) {
        return Vec::new();
    }
    let mut forms = declined(nominative);
    if ["ов", "ев", "ин", "ын"].iter().any(|end| nominative.ends_with(end)) {
        // Surnames: Лавровым, Путиным.
        forms.push(with_ending(nominative, "ым"));
    }
    forms.extend(without_fleeting_vowel(nominative).iter().flat_map(|stem| declined(stem)));
    forms.retain(|form| form != nominative);
    forms
}

/// The first part of a compound of two adjectives (российско-американский, ирано-российский), from the adjective.
pub fn compound_stems(adjective: &str) -> Vec<String> {
    let stem = adjective.strip_suffix("ский");
    stem.map(|stem| vec![format!("{stem}ско"), format!("{stem}о")]).unwrap_or_default()
}

fn declined(nominative: &str) -> Vec<CompactString> {
    let Some((ending, others)) = DECLENSIONS.iter().find(|(ending, _)| nominative.ends_with(ending)) else {
        return Vec::new();
    };
    let stem = &nominative[..nominative.len() - ending.len()];
    others.split(' ').map(|other| with_ending(stem, other)).collect()
}

fn with_ending(stem: &str, ending: &str) -> CompactString {
    let mut form = CompactString::with_capacity(stem.len() + ending.len());
    form.push_str(stem);
    form.push_str(ending);
    form
}

/// посол, посла; китаец, китайца; турок, турка.
fn without_fleeting_vowel(nominative: &str) -> Option<String> {
    let letters: Vec<char> = nominative.chars().collect();
    let [front @ .., before, vowel, last] = letters.as_slice() else { return None };
    if !matches!(vowel, 'е' | 'о') || is_vowel(*last) || matches!(last, 'й' | 'ь') || front.is_empty() {
        return None;
    }
    let front: String = front.iter().collect();
    Some(match before {
        'а' | 'е' | 'и' | 'о' | 'у' => format!("{front}{before}й{last}"),
        'л' => format!("{front}ль{last}"),
        _ => format!("{front}{before}{last}"),
    })
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(nominative: &str, expected: &str) {
        let forms = forms(nominative);
        for form in expected.split_whitespace() {
            assert!(forms.iter().any(|found| found == form), "{nominative}: {form} is not among {forms:?}");
        }
    }

    #[test]
    fn names_of_states() {
        check("россия", "россии россию россией");
        check("корея", "кореи корее корею кореей");
        check("иран", "ирана ирану ираном иране");
        check("китай", "китая китаю китаем китае");
        check("польша", "польши польше польшу польшей");
        check("филиппины", "филиппин филиппинам филиппинами филиппинах");
        check("штаты", "штатов штатам штатами штатах");
        check("казахстан", "казахстана казахстане");
        check("израиль", "израиля израилю израилем израиле");
        assert!(forms("перу").is_empty() && forms("ес").is_empty() && forms("nato").is_empty());
    }

    #[test]
    fn adjectives() {
        check("российский", "российского российская российской российскую российским российские российскими");
        check("ближний", "ближнего ближнему ближнем");
        check("южная", "южной южную");
        check("соединенные", "соединенных соединенным соединенными");
        assert_eq!(compound_stems("российский"), ["российско", "российо"]);
        assert_eq!(compound_stems("иранский"), ["иранско", "ирано"]);
    }

    #[test]
    fn persons_and_peoples() {
        check("лавров", "лаврова лаврову лавровым лаврове");
        check("зеленский", "зеленского зеленскому зеленским");
        check("захарова", "захаровой захарову");
        check("посол", "посла послу послом послы послов");
        check("китаец", "китайца китайцем китайцы");
        check("россияне", "россиян россиянам россиянами");
        check("японцы", "японцев японцам");
    }
}
