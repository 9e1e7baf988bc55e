//! One spelling for words that are the same: case, accents, vowel signs, forms of alef, digits of other scripts.
//!
//! Arabic follows the usual light normalisation (alef with hamza or madda to bare alef, alef maqsura to yeh, tatweel and vowel
//! signs dropped); hamza on waw and yeh and the teh marbuta stay, since they part words that the news uses side by side.

use crate::script::common_letter;
use chancery_model::Language;
use compact_str::CompactString;
use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

const TATWEEL: char = '\u{640}';
const ALEF: char = '\u{627}';
const YEH: char = '\u{64A}';
const KAF: char = '\u{643}';
const HEH: char = '\u{647}';

/// Normalises a text of any length. Never longer in letters than its NFKC form, but for letters like ß.
pub fn normalize(text: &str, language: Language) -> String {
    normalized(text, language).into()
}

/// Whether a text is in normalisation form C, as every table is.
pub fn is_nfc(text: &str) -> bool {
    unicode_normalization::is_nfc(text)
}

/// Normalises one word, which mostly needs no memory of its own.
pub(crate) fn normalized(word: &str, language: Language) -> CompactString {
    if let Some((norm, _)) = even(word, language) {
        return norm;
    }
    let mut bytes: SmallVec<[u8; 64]> = SmallVec::new();
    for (_, cluster) in clusters(word) {
        letters(cluster, language, &mut |c| bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()));
    }
    CompactString::from_utf8(bytes).expect("whole characters were written")
}

/// A word of ASCII, of plain Arabic letters, or a usual Arabic sign: normalised letter by letter, without a look at the tables of Unicode.
/// With the bytes of a letter, before and behind; nothing for other words.
pub(crate) fn even(word: &str, language: Language) -> Option<(CompactString, usize)> {
    if word.is_ascii() {
        let mut norm = CompactString::from(word);
        norm.make_ascii_lowercase();
        return Some((norm, 1));
    }
    if language != Language::Arabic {
        return None;
    }
    if matches!(word, "،" | "؛" | "؟" | "«" | "»") {
        return Some((word.into(), 2));
    }
    let plain = plain_letters(word).filter(|plain| plain.length == word.len())?;
    Some((plain.normalized(word), 2))
}

/// The plain Arabic letters (U+0621 to U+064A but tatweel) at the start of a text, two bytes each: told from their bytes, since nearly
/// all of a text are such.
#[derive(Clone, Copy)]
pub(crate) struct PlainLetters {
    /// In bytes.
    pub(crate) length: usize,
    /// Whether they are normalised as they are written.
    is_normal: bool,
}

/// The plain letters that a text begins with; nothing where there are none.
pub(crate) fn plain_letters(text: &str) -> Option<PlainLetters> {
    let (letters, _) = text.as_bytes().as_chunks();
    let (mut count, mut is_normal) = (0, true);
    for letter in letters {
        match letter {
            // Alef with madda or hamza is a bare alef.
            [0xD8, second @ 0xA1..=0xFF] => is_normal &= !matches!(second, 0xA2 | 0xA3 | 0xA5),
            // Alef maqsura is yeh.
            [0xD9, second @ 0x81..=0x8A] => is_normal &= *second != 0x89,
            _ => break,
        }
        count += 1;
    }
    (count > 0).then_some(PlainLetters { length: 2 * count, is_normal })
}

impl PlainLetters {
    /// The normalised form of a word that is nothing but these letters.
    pub(crate) fn normalized(self, word: &str) -> CompactString {
        if self.is_normal { word.into() } else { normal_letters(word) }
    }
}

/// What [`arabic`] makes of plain letters, in bytes.
fn normal_letters(word: &str) -> CompactString {
    let mut bytes: SmallVec<[u8; 64]> = SmallVec::from_slice(word.as_bytes());
    for letter in bytes.as_chunks_mut().0 {
        match letter {
            [0xD8, second @ (0xA2 | 0xA3 | 0xA5)] => *second = 0xA7,
            [0xD9, second @ 0x89] => *second = 0x8A,
            _ => {}
        }
    }
    CompactString::from_utf8(bytes).expect("letters become letters")
}

/// The length in bytes of the letters of ASCII and the plain Arabic letters at the start of a text.
pub(crate) fn plain_run(text: &str) -> usize {
    let mut at = 0;
    loop {
        at += plain_letters(&text[at..]).map_or(0, |plain| plain.length);
        let latin = text.as_bytes()[at..].iter().take_while(|letter| letter.is_ascii_alphabetic()).count();
        if latin == 0 {
            return at;
        }
        at += latin;
    }
}

/// Base characters with their marks: first byte, original.
pub(crate) fn clusters(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = rest.next()?;
        while rest.next_if(|(_, c)| is_mark(*c)).is_some() {}
        let end = rest.peek().map_or(text.len(), |(at, _)| *at);
        Some((start, &text[start..end]))
    })
}

/// Whether a character belongs to the one before it; the usual letters do not.
fn is_mark(c: char) -> bool {
    common_letter(c).is_none() && is_combining_mark(c)
}

/// Gives the normalised letters of a cluster, perhaps none.
pub(crate) fn letters(cluster: &str, language: Language, push: &mut impl FnMut(char)) {
    let mut rest = cluster.chars();
    if let (Some(c), None) = (rest.next(), rest.next())
        && let Some(letter) = plain_letter(c, language)
    {
        return push(letter);
    }
    if language == Language::Arabic {
        return cluster.nfkc().filter(|c| !is_dropped(*c)).map(arabic).flat_map(char::to_lowercase).for_each(push);
    }
    let mut plain = cluster.nfkd();
    let base = plain.next();
    let latin = base.is_some_and(|c| c.is_ascii() || ('\u{C0}'..'\u{250}').contains(&c));
    if latin {
        base.into_iter().chain(plain.filter(|c| !is_combining_mark(*c))).for_each(|c| other_letter(c, push));
    } else {
        cluster.nfkc().for_each(|c| other_letter(c, push));
    }
}

/// What most letters become, without a look at the tables of Unicode.
fn plain_letter(c: char, language: Language) -> Option<char> {
    match c {
        _ if c.is_ascii() => Some(c.to_ascii_lowercase()),
        TATWEEL => None,
        '\u{621}'..='\u{64A}' if language == Language::Arabic => Some(arabic(c)),
        'а'..='я' if language == Language::Russian => Some(c),
        'А'..='Я' if language == Language::Russian => c.to_lowercase().next(),
        c if is_han(c) => Some(c),
        _ => None,
    }
}

/// Han characters without compatibility forms; each is a token of its own.
pub(crate) fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn other_letter(c: char, push: &mut impl FnMut(char)) {
    if !is_control(c) {
        c.to_lowercase().for_each(|c| folded_letter(c, push));
    }
}

/// Letters that have no decomposition, typographic marks, and ё, which the Russian press writes as е.
fn folded_letter(c: char, push: &mut impl FnMut(char)) {
    match c {
        'ı' => push('i'),
        'ø' => push('o'),
        'ł' => push('l'),
        'đ' | 'ð' => push('d'),
        'ß' => "ss".chars().for_each(push),
        'æ' => "ae".chars().for_each(push),
        'œ' => "oe".chars().for_each(push),
        'ё' => push('е'),
        '’' | 'ʼ' | '‘' | '`' | '´' => push('\''),
        c if is_combining_mark(c) && c < '\u{370}' => {}
        c => push(c),
    }
}

fn arabic(c: char) -> char {
    match c {
        '\u{622}' | '\u{623}' | '\u{625}' | '\u{671}' => ALEF,
        '\u{649}' | '\u{6CC}' => YEH,
        '\u{6A9}' => KAF,
        '\u{6C1}' | '\u{6BE}' => HEH,
        '\u{660}'..='\u{669}' => digit(c, 0x660),
        '\u{6F0}'..='\u{6F9}' => digit(c, 0x6F0),
        '’' => '\'',
        c => c,
    }
}

fn digit(c: char, zero: u32) -> char {
    char::from_digit(c as u32 - zero, 10).unwrap_or(c)
}

/// Vowel signs, tatweel and what is not seen.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{6D6}'..='\u{6ED}' | TATWEEL)
        || is_control(c)
}

/// Marks of direction and joining, and the byte order mark.
pub(crate) fn is_control(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{61C}' | '\u{FEFF}' | '\u{AD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: Language, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            assert_eq!(normalize(text, language), *expected, "{text}");
        }
    }

    #[test]
    fn plain_letters_become_what_all_letters_do() {
        for letter in ('\u{1}'..'\u{700}').map(String::from) {
            let mut expected = String::new();
            letters(&letter, Language::Arabic, &mut |c| expected.push(c));
            if let Some((plain, width)) = even(&letter, Language::Arabic) {
                assert_eq!((plain.as_str(), width), (expected.as_str(), letter.len()), "{letter:?}");
            }
        }
    }

    #[test]
    fn arabic() {
        check(
            Language::Arabic,
            &[
                ("أحمد", "احمد"),
                ("إسرائيل", "اسرائيل"),
                ("الآن", "الان"),
                // Decomposed: alef and hamza above.
                ("ا\u{654}حمد", "احمد"),
                ("مصطفى", "مصطفي"),
                ("مستشفی", "مستشفي"),
                ("کابل", "كابل"),
                ("كـــوريا", "كوريا"),
                ("الشَّرْق", "الشرق"),
                ("٢٠٢٥", "2025"),
                ("۱۲", "12"),
                ("\u{200F}سوريا", "سوريا"),
                ("سفارة", "سفارة"),
                ("رئيس", "رئيس"),
                ("مسؤول", "مسؤول"),
                ("NATO", "nato"),
            ],
        );
    }

    #[test]
    fn latin() {
        check(
            Language::English,
            &[
                ("Türkiye", "turkiye"),
                ("São Tomé", "sao tome"),
                ("Erdoğan", "erdogan"),
                ("Côte d’Ivoire", "cote d'ivoire"),
                ("Łódź", "lodz"),
                ("Straße", "strasse"),
                ("U.S.", "u.s."),
            ],
        );
    }

    #[test]
    fn other_scripts_keep_their_marks() {
        check(Language::Russian, &[("Кишинёв Йемен", "кишинев йемен"), ("И\u{306}емен", "йемен")]);
        check(Language::Chinese, &[("中国（北京）", "中国(北京)"), ("Ｇ７", "g7")]);
    }
}
