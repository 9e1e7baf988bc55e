//! What we know of the world: entities with their codes and labels, memberships, tenures, agreements.
//!
//! Read from the tables of `data/reference` and the labels of `data/<lang>/names.tsv`; `data/README.md` tells
//! every column. Pure: the tables come in as text.

use crate::claim::Topic;
use crate::{DataError, DataFiles, EntityId, EntityKind, EventDate, Language};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// A state, organisation, group, agreement, outlet, person or place.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Its id.
    pub id: EntityId,
    /// Preferred name by language.
    pub labels: BTreeMap<Language, String>,
    /// Other names by language, sorted.
    pub alternative: BTreeSet<(Language, String)>,
    /// `Q232`.
    pub wikidata: Option<String>,
    /// ISO 3166-1 alpha-2, for states.
    pub alpha2: Option<String>,
    /// ISO 3166-1 numeric with leading zeros, for states.
    pub numeric: Option<String>,
    /// Correlates of War state number.
    pub cow: Option<String>,
    /// Gleditsch and Ward state number.
    pub gw: Option<String>,
    /// M49 region, in English.
    pub region: Option<String>,
    /// M49 sub-region, in English.
    pub subregion: Option<String>,
    /// `member`, `observer`, `partial`, `territory`, `historical` (of states; see the naming policy).
    pub statehood: Option<String>,
    /// The state that a territory belongs to.
    pub sovereign: Option<EntityId>,
    /// Latitude and longitude in degrees, WGS 84.
    pub coordinates: Option<(f64, f64)>,
    /// The state that a person, place or outlet belongs to.
    pub state: Option<EntityId>,
}

/// What binds the parties of an agreement, and what it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Its id.
    pub id: EntityId,
    /// Day or year on which it was concluded, as written in the table.
    pub concluded: Option<String>,
    /// `signature`, `ratification` or `accession`.
    pub binds: String,
    /// What it is about.
    pub topic: Option<Topic>,
}

/// Somebody belongs to a body over a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Membership {
    /// Who.
    pub actor: EntityId,
    /// The organisation or agreement.
    pub body: EntityId,
    /// `member`, `observer`, `partner`, `party`, `suspended`.
    pub kind: String,
    /// First day; none where not known.
    pub from: Option<Date>,
    /// First day after; none where it still holds.
    pub until: Option<Date>,
}

/// A state that is no more, and a state that came after it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Succession {
    /// The state that is no more.
    pub state: EntityId,
    /// The state that came after it, or one of them.
    pub successor: EntityId,
    /// The first day on which the former was no more.
    pub from: Date,
}

/// Somebody holds an office over a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenure {
    /// Who.
    pub person: EntityId,
    /// A row of `offices.tsv`.
    pub office: String,
    /// For which state or organisation.
    pub actor: EntityId,
    /// First day, or the month or year in which it lies; none where not known.
    pub from: Option<EventDate>,
    /// First day after, or the month or year in which it lies; none where it still holds.
    pub until: Option<EventDate>,
}

impl Tenure {
    /// Whether it is held on `day` for certain: not yet in the month in which it began, no more in the one in which it ended, where no
    /// day is known. A start that is not known at all lies before every day.
    pub fn covers(&self, day: Date) -> bool {
        let has_begun = self.from.and_then(EventDate::not_after).is_none_or(|last| last <= day);
        let is_over = self.until.and_then(EventDate::not_before).is_some_and(|first| first <= day);
        has_begun && !is_over
    }
}

/// Everything of `data/reference`, with labels.
#[derive(Clone, Debug, Default)]
pub struct World {
    entities: FxHashMap<EntityId, Entity>,
    /// The ids of all entities, sorted.
    ids: Vec<EntityId>,
    agreements: BTreeMap<EntityId, Agreement>,
    memberships: Vec<Membership>,
    tenures: Vec<Tenure>,
    /// Places in `tenures`, by person and by actor.
    tenures_of: FxHashMap<EntityId, Vec<usize>>,
    tenures_for: FxHashMap<EntityId, Vec<usize>>,
    offices: FxHashMap<String, String>,
    blocs: BTreeMap<String, Vec<BlocMember>>,
    successions: Vec<Succession>,
    /// By their names in lower case; a name of two outlets is of neither.
    outlets: BTreeMap<String, Option<EntityId>>,
}

/// A member of a bloc over a time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct BlocMember {
    member: EntityId,
    from: Option<Date>,
    until: Option<Date>,
}

const STATE_COLUMNS: [&str; 12] =
    ["id", "alpha2", "numeric", "wikidata", "cow", "gw", "region", "subregion", "statehood", "lat", "lon", "sovereign"];

/// Preferred and other forms of names: `data/<lang>/names.tsv` has the columns `id form kind`.
pub const NAME_COLUMNS: [&str; 3] = ["id", "form", "kind"];

impl World {
    /// Reads all reference tables.
    ///
    /// # Errors
    /// Every bad row, not only the first.
    pub fn load(files: &DataFiles) -> Result<Self, Vec<DataError>> {
        let mut reader = Reader { files, world: Self::default(), faults: Vec::new() };
        reader.read();
        reader.world.ids.sort();
        if reader.faults.is_empty() { Ok(reader.world) } else { Err(reader.faults) }
    }

    /// All entities by id.
    pub fn entities(&self) -> impl Iterator<Item = &Entity> {
        self.ids.iter().filter_map(|id| self.entities.get(id))
    }

    /// One entity.
    pub fn entity(&self, id: &EntityId) -> Option<&Entity> {
        self.entities.get(id)
    }

    /// One state by `KAZ`, `iso2:KZ`, `wikidata:Q232` or `cow:705`; one entity of another kind by its compact id.
    pub fn look_up(&self, code: &str) -> Option<&Entity> {
        let field: fn(&Entity) -> &Option<String> = match code.split_once(':').map(|(scheme, _)| scheme) {
            Some("iso2") => |e| &e.alpha2,
            Some("wikidata") => |e| &e.wikidata,
            Some("cow") => |e| &e.cow,
            Some("gw") => |e| &e.gw,
            Some("m49") => |e| &e.numeric,
            _ => return self.entities.get(&code.parse().ok()?),
        };
        let value = code.split_once(':').map(|(_, value)| value)?;
        self.entities().find(|entity| field(entity).as_deref() == Some(value))
    }

    /// The name in `language`, else in English, else in any language. An agreement that the news gives no name is called
    /// unnamed; anything else that is not known goes by its id.
    pub fn label(&self, id: &EntityId, language: Language) -> String {
        let labels = self.entities.get(id).map(|entity| &entity.labels);
        let label = labels.and_then(|l| {
            l.get(&language).or_else(|| l.get(&Language::English)).or_else(|| l.values().next()).cloned()
        });
        label.unwrap_or_else(|| match (id.kind(), language) {
            (EntityKind::Agreement, Language::Arabic) => "اتفاق بلا اسم".to_owned(),
            (EntityKind::Agreement, _) => "unnamed agreement".to_owned(),
            _ => id.to_string(),
        })
    }

    /// What binds the parties of an agreement.
    pub fn agreement(&self, id: &EntityId) -> Option<&Agreement> {
        self.agreements.get(id)
    }

    /// Memberships from the reference tables, in table order.
    pub fn memberships(&self) -> &[Membership] {
        &self.memberships
    }

    /// Tenures from the reference tables, in table order.
    pub fn tenures(&self) -> &[Tenure] {
        &self.tenures
    }

    /// Tenures of a person, in table order.
    pub fn tenures_of(&self, person: &EntityId) -> impl Iterator<Item = &Tenure> {
        self.tenures_of.get(person).into_iter().flatten().map(|&at| &self.tenures[at])
    }

    /// Tenures for a state or organisation, in table order.
    pub fn tenures_for(&self, actor: &EntityId) -> impl Iterator<Item = &Tenure> {
        self.tenures_for.get(actor).into_iter().flatten().map(|&at| &self.tenures[at])
    }

    /// Successions of states from the reference tables, in table order.
    pub fn successions(&self) -> &[Succession] {
        &self.successions
    }

    /// The first day on which a state was no more; none for those that still are.
    pub fn dissolved(&self, state: &EntityId) -> Option<Date> {
        self.successions.iter().find(|row| row.state == *state).map(|row| row.from)
    }

    /// The outlet that a publisher's name means in any language, whatever its case; none where it means two.
    pub fn outlet(&self, name: &str) -> Option<&EntityId> {
        self.outlets.get(&name.trim().to_lowercase())?.as_ref()
    }

    /// The level of an office: `head-of-state`, `head-of-government`, `minister` …
    pub fn office_level(&self, office: &str) -> Option<&str> {
        self.offices.get(office).map(String::as_str)
    }

    /// Names of the blocs ("the five Central Asian states").
    pub fn blocs(&self) -> impl Iterator<Item = &str> {
        self.blocs.keys().map(String::as_str)
    }

    /// The members of a bloc on `day`; without a day, the present ones. Sorted.
    pub fn bloc_members(&self, bloc: &str, day: Option<Date>) -> Vec<EntityId> {
        let present = |m: &&BlocMember| match day {
            Some(day) => m.from.is_none_or(|from| from <= day) && m.until.is_none_or(|until| day < until),
            None => m.until.is_none(),
        };
        let mut members: Vec<_> =
            self.blocs.get(bloc).into_iter().flatten().filter(present).map(|m| m.member.clone()).collect();
        members.sort();
        members
    }
}

struct Reader<'a> {
    files: &'a DataFiles,
    world: World,
    faults: Vec<DataError>,
}

type Check = Result<(), DataError>;

impl<'a> Reader<'a> {
    fn read(&mut self) {
        self.table("states", STATE_COLUMNS, |this, row| {
            let [id, alpha2, numeric, wikidata, cow, gw, region, subregion, statehood, lat, lon, sovereign] = row.cells;
            let sovereign = optional(sovereign).map_err(|e| row.fault(e))?;
            let entity = this.add(&row, id, EntityKind::State, wikidata)?;
            entity.alpha2 = some(alpha2);
            entity.numeric = some(numeric);
            entity.cow = some(cow);
            entity.gw = some(gw);
            entity.region = some(region);
            entity.subregion = some(subregion);
            entity.statehood = some(statehood);
            entity.sovereign = sovereign;
            entity.coordinates = coordinates(lat, lon).map_err(|e| row.fault(e))?;
            Ok(())
        });
        // A territory may stand before its sovereign, so that these are checked when all states are known.
        self.table("states", STATE_COLUMNS, |this, row| match row.cells[11] {
            "" => Ok(()),
            sovereign => this.known(&row, sovereign).map(drop),
        });
        self.table("organizations", ["id", "wikidata"], |this, row| {
            this.add(&row, row.cells[0], EntityKind::Org, row.cells[1]).map(drop)
        });
        self.table("groups", ["id", "wikidata"], |this, row| {
            this.add(&row, row.cells[0], EntityKind::Group, row.cells[1]).map(drop)
        });
        self.table("outlets", ["id", "wikidata", "state"], |this, row| {
            let [id, wikidata, state] = row.cells;
            let state = optional::<EntityId>(state).map_err(|e| row.fault(e))?;
            this.add(&row, id, EntityKind::Media, wikidata)?.state = state;
            Ok(())
        });
        self.table("places", ["id", "state", "lat", "lon"], |this, row| {
            let [id, state, lat, lon] = row.cells;
            let state = optional::<EntityId>(state).map_err(|e| row.fault(e))?;
            let entity = this.add(&row, id, EntityKind::Place, "")?;
            entity.state = state;
            entity.coordinates = coordinates(lat, lon).map_err(|e| row.fault(e))?;
            Ok(())
        });
        self.table("persons", ["id", "state", "wikidata"], |this, row| {
            let [id, state, wikidata] = row.cells;
            let state = optional::<EntityId>(state).map_err(|e| row.fault(e))?;
            this.add(&row, id, EntityKind::Person, wikidata)?.state = state;
            Ok(())
        });
        self.table("agreements", ["id", "wikidata", "concluded", "binds", "topic"], |this, row| {
            let [id, wikidata, concluded, binds, topic] = row.cells;
            let id = this.add(&row, id, EntityKind::Agreement, wikidata)?.id.clone();
            if !["signature", "ratification", "accession"].contains(&binds) {
                return Err(row.fault(format!("binds is {binds:?}; expected signature, ratification or accession")));
            }
            let topic = optional(topic).map_err(|e| row.fault(e))?;
            let agreement = Agreement { id: id.clone(), concluded: some(concluded), binds: binds.to_owned(), topic };
            this.world.agreements.insert(id, agreement);
            Ok(())
        });
        self.table("offices", ["id", "level"], |this, row| {
            this.world.offices.insert(row.cells[0].to_owned(), row.cells[1].to_owned());
            Ok(())
        });
        self.table("tenures", ["person", "office", "actor", "from", "until"], |this, row| {
            let [person, office, actor, from, until] = row.cells;
            if !this.world.offices.contains_key(office) {
                return Err(row.fault(format!("unknown office {office:?}: add it to data/reference/offices.tsv")));
            }
            let tenure = Tenure {
                person: this.known(&row, person)?,
                office: office.to_owned(),
                actor: this.known(&row, actor)?,
                from: day_month_or_year(from).map_err(|e| row.fault(e))?,
                until: day_month_or_year(until).map_err(|e| row.fault(e))?,
            };
            let at = this.world.tenures.len();
            this.world.tenures_of.entry(tenure.person.clone()).or_default().push(at);
            this.world.tenures_for.entry(tenure.actor.clone()).or_default().push(at);
            this.world.tenures.push(tenure);
            Ok(())
        });
        self.table("memberships", ["actor", "body", "kind", "from", "until"], |this, row| {
            let [actor, body, kind, from, until] = row.cells;
            let membership = Membership {
                actor: this.known(&row, actor)?,
                body: this.known(&row, body)?,
                kind: kind.to_owned(),
                from: optional(from).map_err(|e| row.fault(e))?,
                until: optional(until).map_err(|e| row.fault(e))?,
            };
            this.world.memberships.push(membership);
            Ok(())
        });
        self.table("blocs", ["bloc", "member", "from", "until"], |this, row| {
            let [bloc, member, from, until] = row.cells;
            let member = BlocMember {
                member: this.known(&row, member)?,
                from: optional(from).map_err(|e| row.fault(e))?,
                until: optional(until).map_err(|e| row.fault(e))?,
            };
            this.world.blocs.entry(bloc.to_owned()).or_default().push(member);
            Ok(())
        });
        self.table("successions", ["state", "successor", "from"], |this, row| {
            let [state, successor, from] = row.cells;
            let succession = Succession {
                state: this.known(&row, state)?,
                successor: this.known(&row, successor)?,
                from: from.parse().map_err(|e| row.fault(e))?,
            };
            this.world.successions.push(succession);
            Ok(())
        });
        for language in Language::ALL {
            self.names(language);
        }
        self.world.outlets = outlets(&self.world);
    }

    fn table<const N: usize>(
        &mut self,
        name: &str,
        columns: [&str; N],
        mut each: impl FnMut(&mut Self, crate::data::Row<'a, N>) -> Check,
    ) {
        match self.files.rows(&format!("data/reference/{name}.tsv"), columns) {
            Err(fault) => self.faults.push(fault),
            Ok(rows) => {
                for row in rows {
                    if let Err(fault) = each(self, row) {
                        self.faults.push(fault);
                    }
                }
            }
        }
    }

    fn names(&mut self, language: Language) {
        let rows = self.files.rows(&format!("data/{language}/names.tsv"), NAME_COLUMNS);
        let rows = rows.unwrap_or_else(|fault| {
            self.faults.push(fault);
            Vec::new()
        });
        // Rows are sorted by id, so that each entity is looked up once.
        for rows in rows.chunk_by(|one, other| one.cells[0] == other.cells[0]) {
            match named(&mut self.world.entities, &rows[0]) {
                Ok(entity) => self.faults.extend(rows.iter().filter_map(|row| name(entity, language, row).err())),
                Err(fault) => self.faults.push(fault),
            }
        }
    }

    fn add<const N: usize>(
        &mut self,
        row: &crate::data::Row<'_, N>,
        id: &str,
        kind: EntityKind,
        wikidata: &str,
    ) -> Result<&mut Entity, DataError> {
        let id: EntityId = id.parse().map_err(|e| row.fault(e))?;
        if id.kind() != kind {
            return Err(row.fault(format!("{id} is not of kind {}", kind.prefix())));
        }
        if self.world.entities.contains_key(&id) {
            return Err(row.fault(format!("{id} stands twice")));
        }
        self.world.ids.push(id.clone());
        Ok(self.world.entities.entry(id.clone()).or_insert(Entity {
            id,
            labels: BTreeMap::new(),
            alternative: BTreeSet::new(),
            wikidata: some(wikidata),
            alpha2: None,
            numeric: None,
            cow: None,
            gw: None,
            region: None,
            subregion: None,
            statehood: None,
            sovereign: None,
            coordinates: None,
            state: None,
        }))
    }

    fn known<const N: usize>(&self, row: &crate::data::Row<'_, N>, id: &str) -> Result<EntityId, DataError> {
        let id: EntityId = id.parse().map_err(|e| row.fault(e))?;
        if self.world.entities.contains_key(&id) {
            Ok(id)
        } else {
            Err(row.fault(format!("{id} is in no table of data/reference")))
        }
    }
}

fn outlets(world: &World) -> BTreeMap<String, Option<EntityId>> {
    let mut outlets: BTreeMap<String, Option<EntityId>> = BTreeMap::new();
    for outlet in world.entities().filter(|entity| entity.id.kind() == EntityKind::Media) {
        let names = outlet.labels.values().chain(outlet.alternative.iter().map(|(_, name)| name));
        for name in names {
            let known = outlets.entry(name.to_lowercase()).or_insert_with(|| Some(outlet.id.clone()));
            if known.as_ref() != Some(&outlet.id) {
                *known = None;
            }
        }
    }
    outlets
}

/// The entity of a row of names.
fn named<'a>(
    entities: &'a mut FxHashMap<EntityId, Entity>,
    row: &crate::data::Row<'_, 3>,
) -> Result<&'a mut Entity, DataError> {
    let id: EntityId = row.cells[0].parse().map_err(|e| row.fault(e))?;
    entities.get_mut(&id).ok_or_else(|| row.fault(format!("{id} is in no table of data/reference")))
}

/// Gives an entity the name of a row.
fn name(entity: &mut Entity, language: Language, row: &crate::data::Row<'_, 3>) -> Check {
    let [_, form, kind] = row.cells;
    match kind {
        "label" => match entity.labels.insert(language, form.to_owned()) {
            Some(first) => Err(row.fault(format!("{} has two labels, {first:?} and {form:?}; keep one", entity.id))),
            None => Ok(()),
        },
        "formal" | "alias" | "acronym" => {
            entity.alternative.insert((language, form.to_owned()));
            Ok(())
        }
        _ => Ok(()),
    }
}

fn some(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

fn optional<T: FromStr>(cell: &str) -> Result<Option<T>, T::Err> {
    if cell.is_empty() { Ok(None) } else { cell.parse().map(Some) }
}

fn day_month_or_year(cell: &str) -> Result<Option<EventDate>, String> {
    match EventDate::parse(cell) {
        None if !cell.is_empty() => Err(format!("{cell:?} is no date; expected a day, a month (2025-04) or a year")),
        date => Ok(date),
    }
}

fn coordinates(lat: &str, lon: &str) -> Result<Option<(f64, f64)>, std::num::ParseFloatError> {
    Ok(optional(lat)?.zip(optional(lon)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        World::load(&DataFiles::embedded()).expect("the committed tables are well formed")
    }

    fn states(world: &World) -> impl Iterator<Item = &Entity> {
        world.entities().filter(|entity| entity.id.kind() == EntityKind::State)
    }

    #[test]
    fn all_members_and_observers_are_there() {
        let world = world();
        let count = |statehood: &str| states(&world).filter(|s| s.statehood.as_deref() == Some(statehood)).count();
        assert_eq!((count("member"), count("observer")), (193, 2));
        for id in ["XKX", "TWN", "ESH", "SUN", "YUG", "CSK", "DDR", "YMD"] {
            assert!(world.look_up(id).is_some(), "{id}");
        }
    }

    #[test]
    fn every_entity_has_a_label_in_arabic_and_english() {
        for entity in world().entities() {
            for language in [Language::Arabic, Language::English] {
                assert!(entity.labels.contains_key(&language), "{} lacks a label in {language}", entity.id);
            }
        }
    }

    #[test]
    fn every_state_has_an_arabic_demonym() {
        let files = DataFiles::embedded();
        let rows = files.rows("data/ar/demonyms.tsv", NAME_COLUMNS).expect("well formed");
        let named: BTreeSet<&str> =
            rows.iter().filter(|row| ["nisba", "adjective"].contains(&row.cells[2])).map(|row| row.cells[0]).collect();
        for state in states(&world()) {
            assert!(named.contains(state.id.as_str()), "{} lacks a nisba", state.id);
        }
    }

    #[test]
    fn a_state_looks_up_by_every_code() {
        let world = world();
        for code in ["KAZ", "iso2:KZ", "wikidata:Q232", "cow:705", "gw:705", "m49:398"] {
            assert_eq!(world.look_up(code).map(|s| s.id.as_str()), Some("KAZ"), "{code}");
        }
    }

    #[test]
    fn an_office_is_held_on_a_day() {
        let world = world();
        let holder = |office: &str, actor: &str, day: Date| {
            let held = |t: &&Tenure| t.office == office && t.actor.as_str() == actor && t.covers(day);
            world.tenures().iter().find(held).map(|t| t.person.slug().to_owned())
        };
        let day = jiff::civil::date(2015, 7, 1);
        assert_eq!(holder("foreign-minister", "RUS", day).as_deref(), Some("sergey-lavrov"));
        assert_eq!(holder("president", "USA", day).as_deref(), Some("barack-obama"));
    }

    #[test]
    fn a_tenure_known_to_the_month_covers_what_is_certain() {
        let tenure = Tenure {
            person: "person:made-up".parse().expect("an id"),
            office: "foreign-minister".to_owned(),
            actor: "KAZ".parse().expect("an id"),
            from: EventDate::parse("2019-05"),
            until: EventDate::parse("2020"),
        };
        let covered = ["2019-05-20", "2019-05-31", "2019-06-01", "2019-12-31", "2020-01-01"]
            .map(|day| tenure.covers(day.parse().expect("a day")));
        assert_eq!(covered, [false, true, true, true, false]);
    }

    #[test]
    fn a_territory_has_its_sovereign() {
        let sovereign = |id: &str| world().look_up(id).and_then(|e| e.sovereign.clone()).map(|id| id.to_string());
        assert_eq!(sovereign("PRI").as_deref(), Some("USA"));
        assert_eq!(sovereign("GRL").as_deref(), Some("DNK"));
        assert_eq!(sovereign("FRA"), None);
    }

    #[test]
    fn a_publisher_is_known_by_its_name() {
        let world = world();
        let id = |name: &str| world.outlet(name).map(ToString::to_string);
        assert_eq!(id("Axios").as_deref(), Some("media:axios"));
        assert_eq!(id("REUTERS").as_deref(), Some("media:reuters"));
        assert_eq!(id("Chancery samples"), None);
    }

    #[test]
    fn states_that_are_no_more_have_a_last_day() {
        let world = world();
        let historical = states(&world).filter(|state| state.statehood.as_deref() == Some("historical"));
        for state in historical {
            assert!(world.dissolved(&state.id).is_some(), "{} lacks a row in successions.tsv", state.id);
        }
        let day = |id: &str| world.dissolved(&id.parse().expect("an id"));
        assert_eq!((day("SUN"), day("RUS")), (Some(jiff::civil::date(1991, 12, 26)), None));
    }

    #[test]
    fn blocs_and_accords_have_their_members() {
        let world = world();
        let ids = |members: &[EntityId]| members.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        assert_eq!(ids(&world.bloc_members("central-asia", None)), "KAZ KGZ TJK TKM UZB");
        assert_eq!(ids(&world.bloc_members("gulf-states", None)), "ARE BHR KWT OMN QAT SAU");
        let accords = world.memberships().iter().filter(|m| m.body.as_str() == "agreement:abraham-accords");
        let parties: Vec<EntityId> = accords.map(|m| m.actor.clone()).collect();
        assert_eq!(ids(&parties), "ARE BHR ISR MAR SDN");
        let binds = world.agreement(&"agreement:abraham-accords".parse().expect("an id")).map(|a| a.binds.clone());
        assert_eq!(binds.as_deref(), Some("signature"));
    }
}
