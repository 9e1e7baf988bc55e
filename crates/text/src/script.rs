//! Which of our languages a text is in. An allow-list: what we cannot tell to be one of them is none of them.

use chancery_model::Language;
use whatlang::Lang;

/// Letters of the scripts that we read, told without a look at the tables of Unicode; nothing for other characters.
pub(crate) fn common_letter(c: char) -> Option<bool> {
    match c {
        _ if c.is_ascii() => Some(c.is_ascii_alphabetic()),
        '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{410}'..='\u{45F}' | '\u{4E00}'..='\u{9FFF}' => Some(true),
        '\u{D7}' | '\u{F7}' => Some(false),
        '\u{C0}'..='\u{24F}' => Some(true),
        '\u{3001}' | '\u{3002}' | '\u{FF0C}' | '\u{60C}' | '\u{2010}'..='\u{201F}' => Some(false),
        _ => None,
    }
}

/// [`char::is_alphabetic`], quick for the usual letters.
pub(crate) fn is_letter(c: char) -> bool {
    common_letter(c).unwrap_or_else(|| c.is_alphabetic())
}

/// [`char::is_numeric`], quick for the usual letters.
pub(crate) fn is_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    common_letter(c).is_none() && c.is_numeric()
}

/// Below so many letters a guess is no more than its script.
const MIN_LETTERS: usize = 12;

/// The language of a text; none where it is another one, or too little is there to tell.
///
/// Arabic script alone is not Arabic: letters that only Persian, Urdu, Pashto, Kurdish or Uyghur write tell those.
pub fn detect_language(text: &str) -> Option<Language> {
    let sample: String = text.chars().take(4_000).collect();
    let count = |fits: fn(char) -> bool| sample.chars().filter(|c| fits(*c)).count();
    let (arabic, latin, cyrillic, han) = (count(is_arabic), count(is_latin), count(is_cyrillic), count(is_han));
    let others = count(|c| c.is_alphabetic() && ![is_arabic, is_latin, is_cyrillic, is_han].iter().any(|of| of(c)));
    let most = [arabic, latin, cyrillic, han, others].into_iter().max().filter(|most| *most > 0)?;
    match most {
        most if most == arabic => arabic_script(&sample, arabic),
        most if most == han => {
            let kana = count(|c| ('\u{3040}'..='\u{30FF}').contains(&c));
            (kana * 10 < han).then_some(Language::Chinese)
        }
        most if most == others => None,
        letters => by_statistics(&sample, letters),
    }
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
        && c.is_alphabetic()
}

fn is_latin(c: char) -> bool {
    c < '\u{250}' && c.is_alphabetic()
}

fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..'\u{530}').contains(&c) && c.is_alphabetic()
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Persian keheh and yeh are also typed in Arabic texts; the letters counted here are not.
fn arabic_script(text: &str, letters: usize) -> Option<Language> {
    const FOREIGN: &str = "پچژگٹڈڑںےہۆێەڕڵېښړټډڼۇۈۋڭ";
    let foreign = text.chars().filter(|c| FOREIGN.contains(*c)).count();
    (foreign * 100 <= letters).then_some(Language::Arabic)
}

fn by_statistics(text: &str, letters: usize) -> Option<Language> {
    if letters < MIN_LETTERS {
        return text.is_ascii().then_some(Language::English);
    }
    let lang = whatlang::detect_lang(text)?;
    match lang {
        Lang::Eng => Some(Language::English),
        Lang::Spa => Some(Language::Spanish),
        Lang::Fra => Some(Language::French),
        Lang::Rus => Some(Language::Russian),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, Option<Language>)]) {
        for (text, expected) in cases {
            assert_eq!(detect_language(text), *expected, "{text}");
        }
    }

    #[test]
    fn ours() {
        check(&[
            ("استقبل وزير الخارجية نظيره في العاصمة", Some(Language::Arabic)),
            ("قال متحدث باسم NATO إن الاجتماع تأجل", Some(Language::Arabic)),
            ("The foreign minister met his counterpart in the capital on Monday.", Some(Language::English)),
            ("El ministro de Asuntos Exteriores se reunió con su homólogo en la capital.", Some(Language::Spanish)),
            ("Le ministre des Affaires étrangères a rencontré son homologue dans la capitale.", Some(Language::French)),
            ("Министр иностранных дел встретился со своим коллегой в столице.", Some(Language::Russian)),
            ("外交部长在首都会见了同行。", Some(Language::Chinese)),
            ("Test", Some(Language::English)),
        ]);
    }

    #[test]
    fn not_ours() {
        check(&[
            ("وزیر امور خارجه با همتای خود در پایتخت گفت‌وگو کرد و گفت که چهار پیمان", None),
            ("وزیر خارجہ نے دارالحکومت میں اپنے ہم منصب سے ملاقات کی ہے", None),
            ("שר החוץ נפגש עם עמיתו בבירה", None),
            ("Der Außenminister traf seinen Amtskollegen am Montag in der Hauptstadt.", None),
            ("外務大臣は首都でカウンターパートと会談しました。", None),
            ("12345 !!", None),
            // A mark in the block of a script, but no letter of it.
            ("12345 \u{488}", None),
            ("", None),
        ]);
    }
}
