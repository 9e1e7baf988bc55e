// The real pages, served by the real program over the sample dispatches, in headless Chromium.
// CHANCERY_URL: the server. CHROMIUM: the browser. CHANCERY_SCREENSHOTS: a folder for pictures, where wanted.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const url = process.env.CHANCERY_URL;
assert.ok(url, "CHANCERY_URL is not set: run the tests with `cargo xtask test browser`");

let browser;

before(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
    ],
  });
});

after(() => browser?.close());

/** Opens a page and collects whatever goes wrong on it. */
async function open(path, viewport = { width: 1280, height: 900 }, colorScheme = "light") {
  const context = await browser.newContext({ viewport, colorScheme, locale: "en-GB" });
  const page = await context.newPage();
  page.faults = [];
  page.on("console", (message) => {
    if (message.type() === "error") page.faults.push(message.text());
  });
  page.on("pageerror", (error) => page.faults.push(String(error)));
  await page.goto(`${url}${path}`);
  await page.waitForSelector("#page:not([aria-busy])");
  return page;
}

async function picture(page, name) {
  const folder = process.env.CHANCERY_SCREENSHOTS;
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
}

async function close(page) {
  assert.deepEqual(page.faults, [], "the console is clean");
  await page.context().close();
}

/** The tie of a list whose words hold `text`. */
function tie(page, text) {
  return page.locator("#ties .tie", { hasText: text });
}

test("the start page names countries with news", async () => {
  const page = await open("/?lang=en");
  await picture(page, "start");
  await page.getByRole("button", { name: "Saudi Arabia" }).click();
  await page.waitForSelector("#ties .tie");
  assert.match(page.url(), /country=SAU/);
  await close(page);
});

test("a plan is shown as announced, never as in force", async () => {
  const page = await open("/?country=KAZ&lang=en");
  const accession = tie(page, "Abraham Accords");
  assert.equal(await accession.locator(".badge").getAttribute("data-status"), "announced");
  assert.match(await accession.getAttribute("class"), /announced/);
  assert.equal(await tie(page, "Israel").locator(".badge").first().getAttribute("data-status"), "in-force");
  await picture(page, "kazakhstan-en");
  await close(page);
});

test("a tie opens to the sentences behind it", async () => {
  const page = await open("/?country=KAZ&lang=en");
  await tie(page, "Abraham Accords").click();
  await page.waitForSelector("#panel .claim");
  const id = new URL(page.url()).searchParams.get("edge");
  const answer = await (await fetch(`${url}/v1/countries/KAZ/relations`)).json();
  const state = answer.states.find((candidate) => candidate.id === id);
  const marks = await page.locator("#panel mark").allTextContents();
  assert.deepEqual(marks, state.claims.map((claim) => claim.quote));
  assert.ok(marks.length >= 2, "the story is told in both languages");
  const arabic = page.locator("#panel blockquote[lang=ar]").first();
  assert.equal(await arabic.getAttribute("dir"), "rtl");
  assert.equal(await arabic.evaluate((quote) => getComputedStyle(quote).direction), "rtl");
  assert.equal(await page.locator("#panel blockquote[lang=en]").first().getAttribute("dir"), "ltr");
  await picture(page, "kazakhstan-claims-en");
  await close(page);
});

test("what does not fit on one page is read page by page", async () => {
  const context = await browser.newContext({ locale: "en-GB" });
  const page = await context.newPage();
  // The server as it is, but with pages of two.
  let asked = 0;
  const small = (route) => {
    asked += 1;
    return route.continue({ url: route.request().url().replace(/limit=\d+/, "limit=2") });
  };
  await page.route(/\/relations\?/, small);
  await page.route(/\/claims\?/, small);
  const relations = await (await fetch(`${url}/v1/countries/USA/relations?limit=200`)).json();
  assert.equal(relations.next, null, "the test compares with one page of the largest size");
  await page.goto(`${url}/?country=USA&lang=en`);
  await page.waitForSelector("#ties .tie");
  assert.ok(relations.total > 4 && asked >= relations.total / 2, `${asked} pages of ${relations.total} relations`);
  const shown = await page.locator("#ties .tie, .reference li").count();
  assert.equal(shown, relations.total);
  await context.close();
});

test("all statements of a tie can be read, also those that the first answer leaves out", async () => {
  const page = await open("/?country=KAZ&lang=en");
  const whole = await (await fetch(`${url}/v1/countries/KAZ/relations?limit=200`)).json();
  const accession = whole.states.find((state) => state.agreement?.id === "agreement:abraham-accords");
  const count = accession.claim_count;
  assert.ok(count >= 2, `${count} statements`);
  const all = await (await fetch(`${url}/v1/relations/${accession.id}/claims?limit=200`)).json();
  await close(page);
  const context = await browser.newContext({ locale: "en-GB" });
  const cut = await context.newPage();
  // An answer that shows one statement of many, as it does where there are more than twenty.
  await cut.route(/\/KAZ\/relations\?/, async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    for (const state of answer.states) state.claims = state.claims.slice(0, 1);
    await route.fulfill({ response, json: answer });
  });
  await cut.route(/\/claims\?/, (route) => route.continue({ url: route.request().url().replace(/limit=\d+/, "limit=1") }));
  await cut.goto(`${url}/?country=KAZ&lang=en`);
  await tie(cut, "Abraham Accords").click();
  await cut.waitForSelector("#panel .claim");
  assert.equal(await cut.locator("#panel .claim").count(), 1);
  await cut.getByRole("button", { name: `Show all ${count} statements` }).click();
  for (let left = count - 1; left > 0; left -= 1) {
    await cut.getByRole("button", { name: `Show more (${left} left)` }).click();
    await cut.waitForFunction((n) => document.querySelectorAll("#panel .claim").length === n, count - left + 1);
  }
  assert.equal(await cut.locator("#panel .more").count(), 0);
  const marks = await cut.locator("#panel mark").allTextContents();
  assert.deepEqual(marks, all.items.map((claim) => claim.quote));
  await context.close();
});

test("of a country with very many relations the picture shows those of whom most is said, the list finds the rest", async () => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en-GB" });
  const page = await context.newPage();
  const many = 230;
  // The server as it is, but one relation stands for many: with one accord after the other.
  await page.route(/\/KAZ\/relations\?/, async (route) => {
    const response = await route.fetch();
    const answer = await response.json();
    const first = answer.states.find((state) => state.claims.length > 0);
    const accord = (at) => ({ id: `agreement:other-${at}`, label: `Accord no. ${at}.`, kind: "agreement", dir: "ltr" });
    const parties = [answer.country];
    const copy = (_, at) => ({ ...first, id: `copy${at}`, parties, counterpart: null, agreement: accord(at), claim_count: at + 1 });
    await route.fulfill({ response, json: { ...answer, states: Array.from({ length: many }, copy), next: null } });
  });
  let networks = 0;
  await page.route(/\/KAZ\/network\?/, (route) => {
    networks += 1;
    return route.continue();
  });
  await page.goto(`${url}/?country=KAZ&lang=en`);
  await page.waitForSelector("#ties .tie");
  const lines = page.locator("#ties .tie");
  assert.equal(await lines.count(), 50);
  await page.getByRole("button", { name: `Show more (${many - 50} left)` }).click();
  assert.equal(await lines.count(), 100);
  await page.getByRole("searchbox", { name: "Find in this list" }).fill("ACCORD 7.");
  assert.deepEqual(await lines.allTextContents().then((texts) => texts.map((text) => text.match(/no\. (\d+)/)[1])), [
    ...Array.from({ length: many / 10 }, (_, at) => String(10 * at + 7)),
  ]);
  await page.getByRole("searchbox").fill("nowhere");
  assert.match(await page.locator(".lists [role=status]").textContent(), /Nothing in the list/);
  const names = await page.locator("#picture .name").allTextContents();
  assert.ok(names.length > 10 && names.length <= 30, `${names.length} names`);
  assert.ok(names.includes(`Accord no. ${many - 1}.`) && !names.includes("Accord no. 5."));
  assert.equal(networks, 0, "what joins the neighbours is not asked for where it is not drawn");
  assert.match(await page.locator(".network .hint").textContent(), new RegExp(`the ${names.length - 1} of ${many} neighbours`));
  await picture(page, "many-relations");
  await context.close();
});

test("a click on a line of the picture opens it", async () => {
  const page = await open("/?country=KAZ&lang=en");
  const box = page.locator("#picture");
  await page.waitForFunction(() => document.getElementById("picture")?.dataset.ties);
  const places = JSON.parse(await box.getAttribute("data-ties"));
  const answer = await (await fetch(`${url}/v1/countries/KAZ/relations`)).json();
  const accession = answer.states.find((state) => state.agreement?.id === "agreement:abraham-accords");
  const [x, y] = places[accession.id];
  await page.waitForTimeout(300);
  await box.click({ position: { x, y } });
  await page.waitForSelector("#panel .claim");
  assert.equal(new URL(page.url()).searchParams.get("edge"), accession.id);
  await close(page);
});

test("the page is Arabic from right to left when asked", async () => {
  const page = await open("/?country=KAZ&lang=en");
  await page.getByRole("button", { name: "العربية" }).click();
  await page.waitForSelector("html[dir=rtl]");
  await page.waitForSelector("#ties .tie");
  assert.match(await page.locator(".network h2").textContent(), /كازاخستان/);
  await tie(page, "إبراهيم").click();
  await page.waitForSelector("#panel .claim");
  await picture(page, "kazakhstan-ar");
  await close(page);
});

test("an address can be sent, and back goes back", async () => {
  const page = await open("/?country=KAZ&lang=en");
  await tie(page, "Israel").first().click();
  const address = page.url();
  await page.goBack();
  await page.waitForSelector("#panel", { state: "hidden" });
  await close(page);
  const other = await open(address.slice(url.length));
  await other.waitForSelector("#panel .claim");
  assert.equal(await other.locator("#ties .tie[aria-pressed=true]").count(), 1);
  await close(other);
});

test("countries are found by name in any language, with the keyboard", async () => {
  const page = await open("/?lang=en");
  await page.getByRole("combobox").fill("السعود");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".network h2");
  assert.match(page.url(), /country=SAU/);
  await close(page);
});

test("a country without news says so, an unknown one too", async () => {
  const page = await open("/?country=PLW&lang=en");
  assert.match(await page.locator("main").textContent(), /No news about this country yet/);
  await close(page);
  const unknown = await open("/?country=XXX&lang=en");
  assert.match(await unknown.getByRole("alert").textContent(), /XXX/);
  unknown.faults = unknown.faults.filter((fault) => !fault.includes("404"));
  await close(unknown);
});

for (const lang of ["en", "ar"]) {
  test(`a phone shows everything without scrolling sideways (${lang})`, async () => {
    const page = await open(`/?country=KAZ&lang=${lang}`, { width: 360, height: 740 }, lang === "ar" ? "dark" : "light");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(width <= 360, `the page is ${width} pixels wide`);
    await page.locator("#ties .tie").first().click();
    await page.waitForSelector("#panel .claim");
    await picture(page, `phone-${lang}`);
    await close(page);
  });
}
