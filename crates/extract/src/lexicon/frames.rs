//! `data/frames.tsv`: what each sense of a trigger means, for all languages.

use chancery_model::{DataError, DataFiles, EventType, Role};
use std::collections::BTreeMap;

/// A sense of a trigger.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) event_type: EventType,
    pub(crate) subtype: Option<String>,
    /// The part of the agent; for a passive event such as "received aid" it is the target.
    pub(crate) agent: Role,
    /// The part of the patient or partner.
    pub(crate) patient: Role,
    /// Whether the patient is an agreement or an organisation, not a party.
    pub(crate) about_agreement: bool,
}

/// What a grammatical slot of a trigger fills.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArgumentFunction {
    /// Who does it.
    Agent,
    /// To or with whom it is done.
    Patient,
    /// The agreement it is about.
    Instrument,
}

/// Types whose act is to say something.
pub(crate) const SPEECH: [&str; 11] = [
    "request",
    "demand",
    "threaten",
    "accuse",
    "condemn",
    "express-intent",
    "reject",
    "express-support",
    "courtesy",
    "apologise",
    "send-message",
];

pub(super) fn load(files: &DataFiles) -> Result<BTreeMap<String, Frame>, DataError> {
    let columns = ["sense", "type", "subtype", "agent", "patient", "about"];
    let mut frames = BTreeMap::new();
    for row in files.rows("data/frames.tsv", columns)? {
        let [sense, event_type, subtype, agent, patient, about] = row.cells;
        let frame = Frame {
            event_type: event_type.parse().map_err(|e| row.fault(e))?,
            subtype: (!subtype.is_empty()).then(|| subtype.to_owned()),
            agent: agent.parse().map_err(|e| row.fault(e))?,
            patient: patient.parse().map_err(|e| row.fault(e))?,
            about_agreement: match about {
                "" => false,
                "agreement" => true,
                other => return Err(row.fault(format!("about is {other:?}; expected agreement or nothing"))),
            },
        };
        if frames.insert(sense.to_owned(), frame).is_some() {
            return Err(row.fault(format!("sense {sense:?} stands twice")));
        }
    }
    Ok(frames)
}
