//! The course of relations, and whose promises come true.

use crate::{get, json, server, server_over, store_of};
use anyhow::{Context, Result, ensure};
use chancery_model::Document;
use std::collections::BTreeMap;

fn report(id: &str, published: &str, text: &str) -> Result<Document> {
    let value =
        serde_json::json!({ "id": id, "lang": "en", "published": published, "publisher": "The Wire", "text": text });
    Ok(serde_json::from_value(value)?)
}

/// Whether an event of a timeline is an act of two towards each other, and not of or towards somebody else.
fn is_between(event: &serde_json::Value, a: &str, b: &str) -> bool {
    let named = |role: &str, id: &str| event[role].as_array().is_some_and(|all| all.iter().any(|one| one["id"] == id));
    let towards = |one, other| named("source", one) && named("target", other);
    let alone = event["target"].as_array().is_none_or(Vec::is_empty);
    towards(a, b) || towards(b, a) || named("source", a) && named("source", b) && alone
}

/// The timeline, added up by hand, gives the trend: month by month, and nothing for months without news.
#[tokio::test]
async fn the_trend_is_the_timeline_added_up() -> Result<()> {
    let server = server()?;
    let mut seen = 0;
    for (a, b) in [("KAZ", "USA"), ("USA", "CHN"), ("RUS", "UKR"), ("ISR", "PSE"), ("IRN", "SAU"), ("IND", "PAK")] {
        let timeline = json(&server, &format!("/v1/dyads/{a}/{b}/timeline?status=occurred&limit=200")).await?;
        ensure!(timeline["next"].is_null(), "{a} {b}: more than a page");
        let mut months: BTreeMap<String, (u64, f64)> = BTreeMap::new();
        let mut undated = 0;
        for event in timeline["items"].as_array().context("items")?.iter().filter(|event| is_between(event, a, b)) {
            let month = |bound: &str| event["date"][bound].as_str().map(|day| day[..7].to_owned());
            match (month("not_before"), month("not_after")) {
                (Some(first), Some(last)) if first == last => {
                    let (count, sum) = months.entry(first).or_default();
                    *count += 1;
                    *sum += event["weight"].as_f64().context("a weight")?;
                }
                _ => undated += 1,
            }
        }
        let trend = json(&server, &format!("/v1/dyads/{a}/{b}/trend")).await?;
        let told: BTreeMap<String, (u64, f64)> = trend["months"]
            .as_array()
            .context("months")?
            .iter()
            .map(|month| {
                let (count, sum) = (month["events"].as_u64().unwrap_or(0), month["weight_sum"].as_f64().unwrap_or(0.0));
                (month["month"].as_str().unwrap_or_default().to_owned(), (count, sum))
            })
            .collect();
        assert_eq!(told, months, "{a} {b}");
        assert_eq!(trend["undated"].as_u64(), Some(undated), "{a} {b}");
        for month in trend["months"].as_array().context("months")? {
            let number = |name: &str| month[name].as_f64().unwrap_or(f64::NAN);
            ensure!((number("weight_mean") * number("events") - number("weight_sum")).abs() < 1e-9, "{month}");
            assert_eq!(number("cooperation") + number("conflict"), number("events"), "{month}");
            let classes: u64 =
                month["classes"].as_object().context("classes")?.values().filter_map(|n| n.as_u64()).sum();
            assert_eq!(classes as f64, number("events"), "{month}");
        }
        seen += told.len();
    }
    ensure!(seen > 3, "{seen} months");
    Ok(())
}

#[tokio::test]
async fn what_others_do_to_both_is_not_between_them() -> Result<()> {
    let server = server_over(store_of(vec![
        report("a", "2025-01-15", "Canada imposed sanctions on Russia and Belarus on Monday.")?,
        report("b", "2025-02-15", "Russia and Belarus condemned Canada on Thursday.")?,
        report("c", "2025-03-15", "Russia and Belarus signed a defence agreement on Thursday.")?,
    ])?)?;
    for (a, b, expected) in [
        ("RUS", "BLR", &["2025-03"][..]),
        ("CAN", "RUS", &["2025-01", "2025-02"]),
        ("BLR", "CAN", &["2025-01", "2025-02"]),
    ] {
        let trend = json(&server, &format!("/v1/dyads/{a}/{b}/trend")).await?;
        let months: Vec<&str> =
            trend["months"].as_array().context("months")?.iter().filter_map(|month| month["month"].as_str()).collect();
        assert_eq!(months, expected, "{a} {b}: {trend:#}");
    }
    Ok(())
}

#[tokio::test]
async fn no_data_is_not_neutral() -> Result<()> {
    let server = server_over(store_of(vec![
        report("a", "2025-01-15", "France recalled its ambassador to Mali on Monday.")?,
        report("b", "2025-04-15", "France will send an ambassador to Mali, it said on Monday.")?,
    ])?)?;
    let trend = json(&server, "/v1/dyads/FRA/MLI/trend").await?;
    let months: Vec<&str> =
        trend["months"].as_array().context("months")?.iter().filter_map(|month| month["month"].as_str()).collect();
    assert_eq!(months, ["2025-01"], "a plan is no act, and months between are absent: {trend:#}");
    ensure!(trend["months"][0]["weight_mean"].as_f64().is_some_and(|mean| mean < 0.0), "{trend:#}");
    let none = json(&server, "/v1/dyads/FRA/JPN/trend").await?;
    assert_eq!((&none["months"], &none["undated"]), (&serde_json::json!([]), &0.into()));
    let csv = String::from_utf8(get(&server, "/v1/dyads/FRA/MLI/trend.csv").await?.body)?;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    ensure!(csv.starts_with("month,events,weight_mean,weight_sum,cooperation,conflict"), "{csv}");
    Ok(())
}

/// Records add up to the promises of their holders, and the hit rate leaves out what is still open.
#[tokio::test]
async fn records_count_promises() -> Result<()> {
    let server = server()?;
    let promises = json(&server, "/v1/promises?limit=200").await?;
    ensure!(promises["next"].is_null(), "more than a page");
    let mut counted: BTreeMap<(String, String), u64> = BTreeMap::new();
    for promise in promises["items"].as_array().context("items")? {
        let outcome = promise["outcome"].as_str().context("an outcome")?;
        for holder in promise["promisors"].as_array().context("promisors")? {
            let id = holder["id"].as_str().context("an id")?;
            *counted.entry((id.to_owned(), outcome.to_owned())).or_default() += 1;
        }
    }
    let records = json(&server, "/v1/promises/records?holder=actor&limit=200").await?;
    let records = records["items"].as_array().context("items")?;
    ensure!(!records.is_empty() && !counted.is_empty(), "nothing to compare");
    for record in records {
        let id = record["id"].as_str().context("an id")?;
        let count = |outcome: &str| counted.get(&(id.to_owned(), outcome.to_owned())).copied().unwrap_or(0);
        for outcome in ["kept", "slipped", "cancelled", "open"] {
            assert_eq!(record[outcome].as_u64(), Some(count(outcome)), "{record:#}: {outcome}");
        }
        let closed = count("kept") + count("slipped") + count("cancelled");
        match record["hit_rate"].as_f64() {
            Some(rate) => ensure!((rate - count("kept") as f64 / closed as f64).abs() < 1e-12, "{record:#}"),
            None => assert_eq!(closed, 0, "{record:#}"),
        }
    }
    let outlets = json(&server, "/v1/promises/records?holder=outlet").await?;
    ensure!(outlets["total"].as_u64() > Some(0), "{outlets:#}");
    let closed = json(&server, "/v1/promises/records?min_closed=1").await?;
    for record in closed["items"].as_array().context("items")? {
        ensure!(record["hit_rate"].is_number(), "{record:#}");
    }
    assert_eq!(get(&server, "/v1/promises/records?holder=anybody").await?.status.as_u16(), 400);
    Ok(())
}
