//! Languages without diplomacy: normalisation, sentences, tokens, numerals, dates. (provisional)
#![allow(missing_docs)]
use chancery_model::{DataError, DataFiles, Document, EventDate, Field, Language, Span};
use jiff::civil::Date;
use std::ops::Range;
pub mod morphology;
#[derive(Debug)]
pub struct Analyzer;
#[derive(Debug, Clone)]
pub struct Text {
    pub language: Language,
    pub title: Vec<Sentence>,
    pub body: Vec<Sentence>,
}
#[derive(Debug, Clone)]
pub struct Sentence {
    pub field: Field,
    pub span: Span,
    pub paragraph: usize,
    pub tokens: Vec<Token>,
    pub temporals: Vec<Temporal>,
    pub numerals: Vec<Numeral>,
}
#[derive(Debug, Clone)]
pub struct Token {
    pub span: Span,
    pub norm: String,
    pub kind: TokenKind,
    pub quoted: bool,
    pub splits: Vec<Split>,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    Word,
    Number,
    Punctuation,
}
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub proclitics: Vec<Proclitic>,
    pub stem: String,
    pub article: bool,
    pub enclitic: Option<Enclitic>,
    pub stem_span: Span,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proclitic {
    And,
    So,
    By,
    For,
    Like,
    Will,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enclitic {
    He,
    She,
    They,
    Dual,
    We,
    I,
    You,
}
#[derive(Debug, Clone)]
pub struct Temporal {
    pub tokens: Range<usize>,
    pub span: Span,
    pub date: EventDate,
    pub future: Option<EventDate>,
    pub relation: TemporalRelation,
    pub resolved: bool,
}
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemporalRelation {
    On,
    Since,
    Until,
    For,
    SameDay,
}
#[derive(Debug, Clone)]
pub struct Numeral {
    pub tokens: Range<usize>,
    pub value: u64,
}
pub fn detect_language(t: &str) -> Option<Language> {
    if t.chars().any(|c| ('\u{600}'..'\u{700}').contains(&c)) {
        Some(Language::Arabic)
    } else if t.chars().any(|c| c.is_ascii_alphabetic()) {
        Some(Language::English)
    } else {
        None
    }
}
pub fn normalize(text: &str, language: Language) -> String {
    use unicode_normalization::UnicodeNormalization;
    if language == Language::Arabic {
        text.nfkc().filter(|c| !matches!(*c, '\u{64b}'..='\u{652}' | '\u{670}' | '\u{640}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')).map(|c| match c { 'أ' | 'إ' | 'آ' | 'ٱ' => 'ا', 'ى' | 'ی' => 'ي', 'ک' => 'ك', '\u{660}'..='\u{669}' => char::from(b'0' + (c as u32 - 0x660) as u8), c => c }).collect()
    } else {
        text.nfc().collect::<String>().to_lowercase().replace('’', "'")
    }
}
impl Analyzer {
    pub fn new(_: &DataFiles) -> Result<Self, Vec<DataError>> {
        Ok(Self)
    }
    pub fn analyze(&self, d: &Document) -> Text {
        Text {
            language: d.lang,
            title: d.title.as_deref().map(|t| sentences(t, Field::Title, d)).unwrap_or_default(),
            body: sentences(&d.text, Field::Text, d),
        }
    }
}
fn sentences(t: &str, field: Field, d: &Document) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut toks: Vec<Token> = Vec::new();
    let mut para = 0;
    let chars: Vec<(usize, char)> = t.char_indices().collect();
    let mut i = 0;
    let flush = |toks: &mut Vec<Token>, out: &mut Vec<Sentence>, para: usize| {
        if !toks.is_empty() {
            let span = Span::new(toks[0].span.start, toks[toks.len() - 1].span.end);
            let temporals = temporals(toks, d.published);
            out.push(Sentence {
                field,
                span,
                paragraph: para,
                tokens: std::mem::take(toks),
                temporals,
                numerals: vec![],
            });
        }
    };
    while i < chars.len() {
        let (at, c) = chars[i];
        if c == '\n' {
            flush(&mut toks, &mut out, para);
            para += 1;
            i += 1;
            continue;
        }
        if c.is_whitespace() {
            i += 1;
            continue;
        }
        let word = |c: char| c.is_alphanumeric() || matches!(c, '\u{64b}'..='\u{652}' | '\u{640}');
        if word(c) {
            let mut j = i;
            while j < chars.len()
                && (word(chars[j].1)
                    || (chars[j].1 == '.'
                        && j + 1 < chars.len()
                        && chars[j + 1].1.is_alphanumeric()
                        && chars[j - 1].1.is_alphanumeric()))
            {
                j += 1;
            }
            let abbrev = chars[i..j].iter().any(|c| c.1 == '.')
                && chars[i..j].iter().all(|c| c.1 == '.' || c.1.is_ascii_alphabetic());
            if abbrev && j < chars.len() && chars[j].1 == '.' {
                j += 1;
            }
            let end = chars.get(j).map_or(t.len(), |c| c.0);
            toks.push(token(&t[at..end], Span::new(at, end), d.lang));
            i = j;
        } else {
            if (c == '\'' || c == '’')
                && d.lang != Language::Arabic
                && chars.get(i + 1).is_some_and(|c| c.1 == 's')
                && chars.get(i + 2).is_none_or(|c| !c.1.is_alphanumeric())
            {
                let end = chars.get(i + 2).map_or(t.len(), |c| c.0);
                let mut k = token("'s", Span::new(at, end), d.lang);
                k.norm = "'s".into();
                toks.push(k);
                i += 2;
                continue;
            }
            let end = chars.get(i + 1).map_or(t.len(), |c| c.0);
            let norm = t[at..end].to_owned();
            toks.push(Token {
                span: Span::new(at, end),
                norm: norm.clone(),
                kind: TokenKind::Punctuation,
                quoted: false,
                splits: vec![Split {
                    proclitics: vec![],
                    stem: norm,
                    article: false,
                    enclitic: None,
                    stem_span: Span::new(at, end),
                }],
            });
            i += 1;
            if matches!(c, '.' | '!' | '?' | '؟') {
                flush(&mut toks, &mut out, para);
            }
        }
    }
    flush(&mut toks, &mut out, para);
    out
}
fn token(s: &str, span: Span, lang: Language) -> Token {
    let norm = normalize(s, lang);
    let number = norm.chars().all(|c| c.is_ascii_digit());
    let mk = |p: Vec<Proclitic>, stem: String, article: bool, e: Option<Enclitic>| Split {
        proclitics: p,
        stem,
        article,
        enclitic: e,
        stem_span: span,
    };
    let mut splits = vec![mk(vec![], norm.clone(), false, None)];
    if lang == Language::Arabic && !number {
        let mut heads: Vec<(Vec<Proclitic>, String)> = vec![(vec![], norm.clone())];
        for (c, p) in [('و', Proclitic::And), ('ف', Proclitic::So)] {
            if let Some(r) = norm.strip_prefix(c)
                && r.chars().count() >= 2
            {
                heads.push((vec![p], r.to_owned()));
            }
        }
        let mut more = heads.clone();
        for (ps, r) in &heads {
            for (c, p) in [('ب', Proclitic::By), ('ل', Proclitic::For), ('ك', Proclitic::Like), ('س', Proclitic::Will)]
            {
                if let Some(x) = r.strip_prefix(c)
                    && x.chars().count() >= 2
                {
                    let mut q = ps.clone();
                    q.push(p);
                    more.push((q.clone(), x.to_owned()));
                    if c == 'ل' && x.starts_with('ل') {
                        more.push((q.clone(), format!("ا{x}")));
                    }
                }
            }
        }
        for (ps, r) in more {
            if !ps.is_empty() {
                splits.push(mk(ps.clone(), r.clone(), r.starts_with("ال"), None));
            }
            if let Some(x) = r.strip_prefix("ال")
                && x.chars().count() >= 2
            {
                splits.push(mk(ps.clone(), x.to_owned(), true, None));
            }
            for (suf, e) in [
                ("هما", Enclitic::Dual),
                ("هم", Enclitic::They),
                ("ها", Enclitic::She),
                ("نا", Enclitic::We),
                ("ه", Enclitic::He),
                ("ي", Enclitic::I),
            ] {
                if let Some(x) = r.strip_suffix(suf)
                    && x.chars().count() >= 2
                {
                    splits.push(mk(ps.clone(), x.to_owned(), false, Some(e)));
                    if let Some(y) = x.strip_suffix('ت') {
                        splits.push(mk(ps.clone(), format!("{y}ة"), false, Some(e)));
                    }
                    if let Some(y) = x.strip_suffix('ئ').or(x.strip_suffix('ؤ')) {
                        splits.push(mk(ps.clone(), format!("{y}ء"), false, Some(e)));
                    }
                    break;
                }
            }
        }
    }
    Token { span, norm, kind: if number { TokenKind::Number } else { TokenKind::Word }, quoted: false, splits }
}
fn temporals(toks: &[Token], published: Option<Date>) -> Vec<Temporal> {
    let mut out = Vec::new();
    let week = ["الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد"];
    let weeke = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    for (i, t) in toks.iter().enumerate() {
        let w = week.iter().position(|w| *w == t.norm).or(weeke.iter().position(|w| *w == t.norm));
        if let (Some(w), Some(p)) = (w, published) {
            let mut d = p;
            while d.weekday().to_monday_zero_offset() as usize != w {
                d = d.yesterday().expect("in range");
            }
            let f = d.checked_add(jiff::Span::new().days(7)).expect("in range");
            out.push(Temporal {
                tokens: i..i + 1,
                span: t.span,
                date: EventDate::day(d),
                future: Some(EventDate::day(f)),
                relation: TemporalRelation::On,
                resolved: true,
            });
        }
        if let Ok(d) = t.norm.parse::<Date>() {
            out.push(Temporal {
                tokens: i..i + 1,
                span: t.span,
                date: EventDate::day(d),
                future: None,
                relation: TemporalRelation::On,
                resolved: true,
            });
        }
    }
    out
}
