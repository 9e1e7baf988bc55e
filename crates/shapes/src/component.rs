//! The constraint components of SHACL Core, and what is said of one that is broken where the shape says nothing.

use crate::report::Message;
use crate::vocab::sh;
use oxrdf::NamedNode;

/// A constraint component of SHACL Core.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// `sh:class`.
    Class,
    /// `sh:datatype`.
    Datatype,
    /// `sh:nodeKind`.
    NodeKind,
    /// `sh:minCount`.
    MinCount,
    /// `sh:maxCount`.
    MaxCount,
    /// `sh:minExclusive`.
    MinExclusive,
    /// `sh:minInclusive`.
    MinInclusive,
    /// `sh:maxExclusive`.
    MaxExclusive,
    /// `sh:maxInclusive`.
    MaxInclusive,
    /// `sh:minLength`.
    MinLength,
    /// `sh:maxLength`.
    MaxLength,
    /// `sh:pattern`.
    Pattern,
    /// `sh:languageIn`.
    LanguageIn,
    /// `sh:uniqueLang`.
    UniqueLang,
    /// `sh:equals`.
    Equals,
    /// `sh:disjoint`.
    Disjoint,
    /// `sh:lessThan`.
    LessThan,
    /// `sh:lessThanOrEquals`.
    LessThanOrEquals,
    /// `sh:not`.
    Not,
    /// `sh:and`.
    And,
    /// `sh:or`.
    Or,
    /// `sh:xone`.
    Xone,
    /// `sh:node`.
    Node,
    /// `sh:qualifiedMinCount`.
    QualifiedMinCount,
    /// `sh:qualifiedMaxCount`.
    QualifiedMaxCount,
    /// `sh:closed`.
    Closed,
    /// `sh:hasValue`.
    HasValue,
    /// `sh:in`.
    In,
}

impl Component {
    /// The IRI: `sh:MinCountConstraintComponent`.
    pub fn iri(self) -> NamedNode {
        sh(&format!("{self:?}ConstraintComponent"))
    }

    /// What to say in Arabic and English where the shape has no message.
    pub(crate) fn default_messages(self) -> [Message; 2] {
        let (arabic, english) = self.words();
        [Message::tagged("ar", arabic), Message::tagged("en", english)]
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Class => ("القيمة ليست من الصنف المطلوب", "the value is not of the required class"),
            Self::Datatype => ("القيمة ليست من نوع البيانات المطلوب", "the value is not of the required datatype"),
            Self::NodeKind => ("القيمة ليست من نوع العقدة المطلوب", "the value is not of the required kind of node"),
            Self::MinCount => ("القيم أقل من المطلوب", "there are too few values"),
            Self::MaxCount => ("القيم أكثر من المسموح", "there are too many values"),
            Self::MinExclusive => ("القيمة ليست أكبر من الحد", "the value is not greater than the limit"),
            Self::MinInclusive => ("القيمة دون الحد الأدنى", "the value is not at least the limit"),
            Self::MaxExclusive => ("القيمة ليست أصغر من الحد", "the value is not less than the limit"),
            Self::MaxInclusive => ("القيمة فوق الحد الأعلى", "the value is not at most the limit"),
            Self::MinLength => ("القيمة أقصر من المسموح", "the value is too short"),
            Self::MaxLength => ("القيمة أطول من المسموح", "the value is too long"),
            Self::Pattern => ("القيمة لا توافق النمط", "the value does not match the pattern"),
            Self::LanguageIn => ("لغة القيمة ليست من اللغات المسموحة", "the language of the value is not allowed"),
            Self::UniqueLang => ("أكثر من قيمة في لغة واحدة", "there is more than one value in one language"),
            Self::Equals => ("قيم الخاصيتين ليست متساوية", "the values of the two properties are not the same"),
            Self::Disjoint => ("القيمة مشتركة بين خاصيتين منفصلتين", "the value is shared by two disjoint properties"),
            Self::LessThan => ("القيمة ليست أصغر من الأخرى", "the value is not less than the other"),
            Self::LessThanOrEquals => ("القيمة أكبر من الأخرى أو لا تقارن بها", "the value is not at most the other"),
            Self::Not => ("القيمة على شكل محظور", "the value has a shape that it must not have"),
            Self::And => ("القيمة ليست على كل الأشكال المطلوبة", "the value does not have all of the shapes"),
            Self::Or => ("القيمة ليست على أي من الأشكال المطلوبة", "the value has none of the shapes"),
            Self::Xone => ("القيمة ليست على شكل واحد بعينه", "the value does not have exactly one of the shapes"),
            Self::Node => ("القيمة ليست على الشكل المطلوب", "the value does not have the required shape"),
            Self::QualifiedMinCount => ("القيم التي على الشكل أقل من المطلوب", "too few values have the shape"),
            Self::QualifiedMaxCount => ("القيم التي على الشكل أكثر من المسموح", "too many values have the shape"),
            Self::Closed => ("الخاصية غير مسموحة في هذا الشكل", "the property is not allowed by the closed shape"),
            Self::HasValue => ("القيمة المطلوبة غير موجودة", "the required value is missing"),
            Self::In => ("القيمة ليست من القائمة", "the value is not in the list"),
        }
    }
}
