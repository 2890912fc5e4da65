// Calendars by secret link, read by a parser that is not ours (ical.js): tasks, days, repetition, zone, folding, tags, taking back.
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cannotServe, samplePassword, source, startServer, tap } from "../server.mjs";

const t = tap();
const must = (ok, what) => { if (!ok) throw new Error(what); };
const require = createRequire(join(source, "package.json"));
const why = existsSync(join(source, "node_modules/ical.js")) ? cannotServe() : "node_modules/ical.js is absent: npm ci";
if (why) { t.skip("calendars", why); t.end(); process.exit(); }
const { default: ICAL } = await import(require.resolve("ical.js"));
const server = await startServer();

/** A person with cookies. */
async function login(name) {
  let cookies = {};
  const go = async (path, opt = {}) => {
    const r = await fetch(server.base + path, { redirect: "manual", ...opt,
      headers: { ...opt.headers, Cookie: Object.entries(cookies).map(([k, v]) => `${k}=${v}`).join("; ") } });
    for (const c of r.headers.getSetCookie()) { const m = /^([^=]+)=([^;]*)/.exec(c); cookies[m[1]] = m[2]; }
    return r;
  };
  const field = (html, n) => new RegExp(`name="${n}" value="([^"]*)"`).exec(html)?.[1] ?? "";
  const first = await (await go("/login")).text();
  await go("/login", { method: "POST", body: new URLSearchParams({ ticket: field(first, "ticket"), login: name, password: samplePassword }) });
  const post = async (path, form) => go(path, { method: "POST",
    body: new URLSearchParams({ csrf: field(await (await go("/notices/feeds")).text(), "csrf"), ...form }) });
  return { go, post };
}
async function link(person, form = {}) {
  const r = await person.post("/notices/feeds", form);
  const html = await r.text();
  const m = /value="(http[^"]*\/feed\/[0-9a-f]{64}\.ics)"/.exec(html);
  must(r.status === 200 && m, "no link: " + r.status);
  return { url: m[1], html };
}
/** Parsed strictly, after the octets were looked at. */
async function read(url) {
  const r = await fetch(url);
  must(r.status === 200 && r.headers.get("content-type").startsWith("text/calendar"), "status " + r.status);
  const bytes = Buffer.from(await r.arrayBuffer());
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  let at = 0;
  for (let end; (end = bytes.indexOf("\r\n", at)) >= 0; at = end + 2) {
    must(end - at <= 75, `a line of ${end - at} octets: ${bytes.subarray(at, end)}`);
    new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(at, end)); // no character is cut
    must(!bytes.subarray(at, end).includes(10), "a bare LF");
  }
  must(at === bytes.length, "the last line has no end");
  const root = new ICAL.Component(ICAL.parse(text));
  must(root.name === "vcalendar" && root.getFirstPropertyValue("version") === "2.0", "not a calendar");
  const uids = root.getAllSubcomponents().filter((c) => c.name !== "vtimezone").map((c) => c.getFirstPropertyValue("uid"));
  must(new Set(uids).size === uids.length, "two things of one UID");
  for (const c of root.getAllSubcomponents().filter((x) => x.name !== "vtimezone"))
    for (const p of ["uid", "dtstamp", "summary"]) must(c.getFirstPropertyValue(p), `${c.name} without ${p}`);
  return { root, text, r };
}

await t.test("a school's calendar: tasks with due days and states, a zone, repetition", async () => {
  const school = await login("school1");
  const { url } = await link(school);
  const { root, text } = await read(url);
  const todos = root.getAllSubcomponents("vtodo");
  must(todos.length >= 3, "tasks: " + todos.length);
  for (const todo of todos) {
    must(["NEEDS-ACTION", "IN-PROCESS", "COMPLETED", "CANCELLED"].includes(todo.getFirstPropertyValue("status")), "status");
    must(todo.getFirstPropertyValue("due").toJSDate() > new Date("2020-01-01"), "due");
    must((todo.getFirstPropertyValue("status") === "COMPLETED") === todo.hasProperty("completed"), "completed");
  }
  must(/[а-я]/.test(todos[0].getFirstPropertyValue("summary")), "no Russian");
  const zone = new ICAL.Timezone(root.getFirstSubcomponent("vtimezone"));
  must(zone.tzid === "UTC+0500" && zone.utcOffset(ICAL.Time.fromDateTimeString("2026-03-01T12:00:00")) === 5 * 3600, "zone");
  const series = root.getAllSubcomponents("vevent").filter((v) => v.hasProperty("rrule") || v.hasProperty("rdate"));
  for (const s of series) {
    const days = new ICAL.Event(s).iterator();
    must(days.next() && (days.next() || text.includes("UNTIL")), "a series of one");
  }
});

await t.test("a controller's calendar has the days of the others, with how many are open", async () => {
  const region = await login("region");
  const { root } = await read((await link(region)).url);
  const days = root.getAllSubcomponents("vevent").filter((v) => /^Срок: /.test(v.getFirstPropertyValue("summary")));
  must(days.length >= 2, "days: " + days.length);
  for (const d of days) must(d.getFirstPropertyValue("dtstart").isDate && d.getFirstPropertyValue("transp") === "TRANSPARENT", "not a day");
  must(days.some((d) => /не представили [1-9]\d* из \d+/.test(d.getFirstPropertyValue("summary"))), "nobody is late");
});

await t.test("equal content, equal tag: 304; another state, another tag", async () => {
  const school = await login("school27");
  const { url } = await link(school);
  const { r } = await read(url);
  const etag = r.headers.get("etag");
  const changed = r.headers.get("last-modified");
  must(/^"[0-9a-f]{32}"$/.test(etag) && /GMT$/.test(changed), `${etag} ${changed}`);
  must((await fetch(url, { headers: { "If-None-Match": etag } })).status === 304, "no 304 by tag");
  must((await fetch(url, { headers: { "If-Modified-Since": changed } })).status === 304, "no 304 by time");
  must((await fetch(url, { headers: { "If-None-Match": '"other"', "If-Modified-Since": changed } })).status === 200, "the time overrules the tag");
  const card = (await (await school.go(`/assignments?state=assigned&from=${new Date(Date.now() - 90 * 864e5).toISOString().slice(0, 10)}`)).text()).match(/\/assignments\/(\d+)/)?.[1];
  must(card, "no open assignment");
  const html = await (await school.go(`/assignments/${card}`)).text();
  const version = /name="version" value="(\d+)"/.exec(html)[1];
  const done = await school.post(`/assignments/${card}/step`, { version, step: "take" });
  must(done.status === 303, "not taken: " + done.status);
  must((await fetch(url, { headers: { "If-None-Match": etag } })).status === 200, "the tag did not change");
});

await t.test("the link is shown once, works without login, is taken back, and stays out of the log", async () => {
  const school = await login("school18");
  const { url } = await link(school);
  const token = /([0-9a-f]{64})/.exec(url)[1];
  const page = await (await school.go("/notices/feeds")).text();
  must(!page.includes(token), "shown again");
  await read(url);
  must((await fetch(url.replace(/[0-9a-f]{64}/, "0".repeat(64)))).status === 404, "a guess works");
  must((await fetch(url.replace(token, token.slice(1)))).status === 404, "a shorter key works");
  const id = /feeds\/(\d+)\/revoke/.exec(page)[1];
  const other = await login("school1");
  must((await other.post(`/notices/feeds/${id}/revoke`, {})).status === 404, "another one takes it back");
  must((await school.post(`/notices/feeds/${id}/revoke`, {})).status === 303, "not taken back");
  must((await fetch(url)).status === 404, "a dead link works");
  must(!server.log().includes(token), "the log has the key");
});

await t.test("an organisation's calendar is given to those who may see it only", async () => {
  const region = await login("region");
  const { root } = await read((await link(region, { org: "990001" })).url);
  must(root.getAllSubcomponents("vtodo").length >= 3, "no tasks of the school");
  const school = await login("school18");
  const r = await school.post("/notices/feeds", { org: "990001" });
  must([400, 403, 404].includes(r.status), "a stranger's calendar: " + r.status);
});

await t.test("the server stops clean", () => server.stop());
t.end();
