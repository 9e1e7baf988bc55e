//! Answers in every format: things and lists of things as JSON, CSV, GeoJSON, or what the graph says of them.

use crate::error::Problem;
use crate::format::Format;
use crate::parameters::{List, Read};
use crate::view::View;
use crate::wire;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Json, Response};
use chancery_rdf::{GraphFormat, Selection, Triple, serialise};
use serde::Serialize;
use serde_json::{Value, json};

/// A column of CSV, which is a property of GeoJSON too: its name, and where its value stands in the JSON form. `*` is every
/// item of a list; what is found there is joined by `|`.
pub(crate) type Column = (&'static str, &'static str);

/// Something that answers show.
pub(crate) trait Item {
    /// Its form in JSON.
    type Wire: Serialize;

    /// Its columns, the most important first.
    const COLUMNS: &'static [Column];

    /// Whether it can have a place on earth.
    const HAS_PLACE: bool = false;

    /// Whether the graph tells of it.
    const IN_GRAPH: bool = true;

    /// Its form in JSON, in the language of the view.
    fn wire(&self, view: &View) -> Self::Wire;

    /// Latitude and longitude in degrees.
    fn place(&self, _: &View) -> Option<(f64, f64)> {
        None
    }

    /// Adds what the graph is to tell of.
    fn select<'a>(&'a self, _: &'a View, _: &mut Selection<'a>) {}

    /// The formats that it has.
    fn offer() -> Vec<Format> {
        let graphs = Format::JSON_AND_GRAPHS.into_iter().filter(|format| Self::IN_GRAPH || *format == Format::Json);
        let geo = Self::HAS_PLACE.then_some(Format::GeoJson);
        graphs.chain([Format::Csv]).chain(geo).collect()
    }
}

/// One thing in the format that is asked for.
pub(crate) fn one<T, I: Item>(read: &Read<T>, view: &View, item: &I) -> Result<Response, Problem> {
    let format = read.format(&I::offer())?;
    if format == Format::Json {
        return Ok(Json(item.wire(view)).into_response());
    }
    other(format, view, std::slice::from_ref(item))
}

/// One page of a list in the format that is asked for; what is left is named in the header `Link`.
pub(crate) fn list<T, I: Item>(list: &List<T>, view: &View, items: Vec<I>) -> Result<Response, Problem> {
    let format = list.read.format(&I::offer())?;
    let Cut { items, next, total } = cut(list, view, items);
    let response = match format {
        Format::Json => {
            let items = items.iter().map(|item| item.wire(view)).collect();
            Json(wire::List { items, next: next.clone(), total }).into_response()
        }
        other => self::other(other, view, &items)?,
    };
    Ok(with_link(response, list, next.as_deref()))
}

/// A page of a list, and what is left.
pub(crate) struct Cut<I> {
    /// The page.
    pub(crate) items: Vec<I>,
    /// The cursor of the next page; its snapshot is kept.
    pub(crate) next: Option<String>,
    /// Items of all pages.
    pub(crate) total: usize,
}

/// Cuts the page out of all items.
pub(crate) fn cut<T, I>(list: &List<T>, view: &View, items: Vec<I>) -> Cut<I> {
    let total = items.len();
    let next = list.page.next(total, view.snapshot.revision);
    if next.is_some() {
        view.keep(list.read.as_known);
    }
    Cut { items: items.into_iter().skip(list.page.start).take(list.page.limit).collect(), next, total }
}

/// Names the next and the first page in the header.
pub(crate) fn with_link<T>(mut response: Response, list: &List<T>, next: Option<&str>) -> Response {
    let links = list.page.links(next);
    if let Some(link) = links.and_then(|link| HeaderValue::from_str(&link).ok()) {
        response.headers_mut().insert(header::LINK, link);
    }
    response
}

/// The formats that are not JSON.
pub(crate) fn other<I: Item>(format: Format, view: &View, items: &[I]) -> Result<Response, Problem> {
    let body = match format {
        Format::Csv => csv(I::COLUMNS, &values(view, items)?)?,
        Format::GeoJson => geojson(view, items)?,
        Format::Graph(format) => {
            let mut selection = view.selection();
            items.iter().for_each(|item| item.select(view, &mut selection));
            return graph(&selection, format);
        }
        Format::Json | Format::Network(_) => return Err(Problem::internal("a format that is written elsewhere")),
    };
    Ok(([(header::CONTENT_TYPE, format.content_type())], body).into_response())
}

/// What the graph says of a selection.
pub(crate) fn graph(selection: &Selection<'_>, format: GraphFormat) -> Result<Response, Problem> {
    triples(&selection.triples(), format)
}

/// Triples as they are.
pub(crate) fn triples(triples: &[Triple], format: GraphFormat) -> Result<Response, Problem> {
    let mut out = Vec::new();
    serialise(triples, format, &mut out).map_err(|error| Problem::internal(error.to_string()))?;
    Ok(([(header::CONTENT_TYPE, Format::Graph(format).content_type())], out).into_response())
}

fn values<I: Item>(view: &View, items: &[I]) -> Result<Vec<Value>, Problem> {
    let value = |item: &I| serde_json::to_value(item.wire(view)).map_err(|error| Problem::internal(error.to_string()));
    items.iter().map(value).collect()
}

/// Rows under a header; cells that a spreadsheet would compute are quoted.
fn csv(columns: &[Column], values: &[Value]) -> Result<Vec<u8>, Problem> {
    let fault = |error: ::csv::Error| Problem::internal(format!("CSV: {error}"));
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(columns.iter().map(|(name, _)| name)).map_err(fault)?;
    for value in values {
        writer.write_record(columns.iter().map(|(_, place)| cell(value, place))).map_err(fault)?;
    }
    writer.into_inner().map_err(|error| Problem::internal(format!("CSV: {error}")))
}

fn cell(value: &Value, place: &str) -> String {
    let found = at(value, place);
    match found.as_slice() {
        [Value::Number(number)] => number.to_string(),
        _ => chancery_graph::csv_cell(found.into_iter().map(text).collect::<Vec<_>>().join("|")),
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.len().to_string(),
        other => other.to_string(),
    }
}

/// Whatever stands at a place, without nulls.
fn at<'v>(value: &'v Value, place: &str) -> Vec<&'v Value> {
    let steps = place.split('/').filter(|step| !step.is_empty());
    let mut found = vec![value];
    for step in steps {
        let below = found.into_iter().flat_map(|value| match (step, value) {
            ("*", Value::Array(list)) => list.iter().collect(),
            (_, Value::Array(list)) => step.parse::<usize>().ok().and_then(|at| list.get(at)).into_iter().collect(),
            _ => value.get(step).into_iter().collect::<Vec<_>>(),
        });
        found = below.filter(|value| !value.is_null()).collect();
    }
    found
}

/// A feature collection; an item without a place has no geometry (RFC 7946, section 3.2).
fn geojson<I: Item>(view: &View, items: &[I]) -> Result<Vec<u8>, Problem> {
    let values = values(view, items)?;
    let feature = |(item, value): (&I, &Value)| {
        let point = item.place(view).map(|(lat, lon)| json!({ "type": "Point", "coordinates": [lon, lat] }));
        let properties = I::COLUMNS.iter().map(|(name, place)| ((*name).to_owned(), property(value, place)));
        let properties: serde_json::Map<String, Value> = properties.collect();
        json!({ "type": "Feature", "id": value.get("id"), "geometry": point, "properties": properties })
    };
    let features: Vec<Value> = items.iter().zip(&values).map(feature).collect();
    let collection = json!({ "type": "FeatureCollection", "features": features });
    serde_json::to_vec(&collection).map_err(|error| Problem::internal(error.to_string()))
}

fn property(value: &Value, place: &str) -> Value {
    match at(value, place).as_slice() {
        [] => Value::Null,
        [Value::Array(list)] => list.len().into(),
        [one] if !place.contains('*') => (*one).clone(),
        many => Value::Array(many.iter().map(|value| (*value).clone()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        ("id", "/id"),
        ("source", "/source/*/id"),
        ("weight", "/weight"),
        ("claims", "/claims"),
        ("place", "/place/id"),
    ];

    fn sample() -> Value {
        json!({ "id": "=1+1", "source": [{ "id": "FRA" }, { "id": "DEU" }], "weight": -2.5, "claims": [{}, {}], "place": null })
    }

    #[test]
    fn rows_are_read_from_the_json_form() {
        let text = String::from_utf8(csv(COLUMNS, &[sample()]).unwrap()).unwrap();
        assert_eq!(text, "id,source,weight,claims,place\n'=1+1,FRA|DEU,-2.5,2,\n");
    }

    #[test]
    fn properties_keep_their_types() {
        let found: Vec<Value> = COLUMNS.iter().map(|(_, place)| property(&sample(), place)).collect();
        assert_eq!(found, [json!("=1+1"), json!(["FRA", "DEU"]), json!(-2.5), json!(2), Value::Null]);
    }
}
