// The letter once a day, through a real SMTP server: what it says, once only, retries, death between sending and recording, TLS.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bin, sampleDatabase, source, tap } from "../server.mjs";
import { parse, startSink } from "./sink.mjs";

const t = tap();
const dir = mkdtempSync(join(tmpdir(), "soko-mail-"));
const must = (ok, what) => { if (!ok) throw new Error(what); };
// the sample region lies around today
const day = (n) => new Date(Date.now() + 5 * 3600e3 + n * 86400e3).toISOString().slice(0, 10);
let n = 0;
const sinks = [];
async function newSink(opt) {
  sinks.push(await startSink(opt));
  return sinks.at(-1);
}

/** A fresh sample database whose letters go to the sink. */
function place(sink, ...more) {
  const db = join(dir, `${++n}.db`);
  sampleDatabase(db);
  soko("mail", "--db", db, "--host", "127.0.0.1", "--port", String(sink.port), "--security", "plain", "--from", "soko@soko.example",
    "--name", "СОКО области", "--site", "https://soko.example/", "--on");
  if (more.length > 0) soko("mail", "--db", db, ...more);
  return db;
}
function soko(...args) { return execFileSync(bin, args, { encoding: "utf8", cwd: source, stdio: ["ignore", "pipe", "pipe"] }); }
function later(...args) {
  return new Promise((ok, no) => {
    const child = spawn(bin, args, { cwd: source, stdio: ["ignore", "pipe", "pipe"] });
    let out = "";
    child.stdout.on("data", (d) => (out += d));
    child.stderr.on("data", (d) => (out += d));
    child.on("exit", (code, signal) => (code === 0 || signal ? ok(out) : no(new Error(`${args[0]} ended with ${code}: ${out}`))));
    if (later.born) later.born(child);
  });
}
const ids = (sink) => sink.letters.map((l) => parse(l.raw).headers["message-id"]);

await t.test("each person gets one letter a day, in Russian, with links, and never a second", async () => {
  const sink = await newSink();
  const db = place(sink);
  const dry = soko("remind", "--dry", "--date", day(0), "--db", db);
  must(sink.letters.length === 0 && /писем было бы\t[1-9]/.test(dry), "a trial sends: " + dry);
  const out = await later("remind", "--date", day(0), "--db", db);
  must(sink.letters.length >= 3, "letters: " + sink.letters.length + out);
  must(new Set(sink.letters.map((l) => l.to[0])).size === sink.letters.length, "somebody got two");
  must(sink.connections === 1, "a connection a letter");
  const letter = sink.letters.find((l) => l.to[0].startsWith("region"));
  must(letter && letter.from === "soko@soko.example", "no letter of the region");
  for (const line of letter.raw.split("\r\n")) must(Buffer.byteLength(line) <= 78 || line.startsWith(" <http"), "a line of " + line.length + ": " + line);
  must(/^[\x00-\x7f]*$/.test(letter.raw), "bytes that are not ASCII");
  const { headers, parts } = parse(letter.raw);
  must(headers.from === "СОКО области <soko@soko.example>", headers.from);
  must(/^СОКО, \d\d\.\d\d\.\d{4}: просрочено \d+/.test(headers.subject), headers.subject);
  must(/^<[^<>@\s]+@soko\.example>$/.test(headers["message-id"]), headers["message-id"]);
  must(/^<https:\/\/soko\.example\/notices\/off\/\d+-[0-9a-f]{32}>$/.test(headers["list-unsubscribe"]), headers["list-unsubscribe"]);
  must(headers["list-unsubscribe-post"] === "List-Unsubscribe=One-Click", "no one-click");
  must(headers["auto-submitted"] === "auto-generated", "no auto-submitted");
  must(parts.length === 2 && parts[0].head.includes("text/plain") && parts[1].head.includes("text/html"), "parts");
  must(parts[0].text.includes("Просрочено: ") && /https:\/\/soko\.example\/(notices|assignments)\/\d+\n/.test(parts[0].text), parts[0].text);
  must(parts[1].text.includes("<h2>Просрочено: ") && parts[1].text.includes('<a href="https://soko.example/'), parts[1].text);
  const before = sink.letters.length;
  await later("remind", "--date", day(0), "--db", db);
  must(sink.letters.length === before, "a second letter of the day");
  await sink.stop();
});

await t.test("two senders at once send each letter once", async () => {
  const sink = await newSink();
  const db = place(sink);
  await Promise.all([0, 1, 2].map(() => later("remind", "--date", day(0), "--db", db)));
  const all = ids(sink);
  must(all.length >= 3 && new Set(all).size === all.length, all.join(" "));
  must(new Set(sink.letters.map((l) => l.to[0])).size === all.length, "somebody got two");
  await sink.stop();
});

await t.test("killed after the server has it and before it is recorded: once more with the same Message-ID, then never", async () => {
  const sink = await newSink();
  const db = place(sink);
  let child;
  later.born = (c) => (child = c);
  sink.onData = () => { child.kill("SIGKILL"); return null; }; // the letter is here, the answer never comes
  await later("remind", "--date", day(0), "--db", db);
  later.born = null;
  must(sink.letters.length === 1, "letters: " + sink.letters.length);
  const [lost] = ids(sink);
  sink.onData = () => "250 ok";
  await later("remind", "--date", day(0), "--db", db); // within the lease: the dead sender may still live
  must(ids(sink).filter((i) => i === lost).length === 1, "sent again too early");
  await later("remind", "--date", day(1), "--db", db);
  await later("remind", "--date", day(2), "--db", db);
  must(ids(sink).filter((i) => i === lost).length === 2, "copies: " + ids(sink).filter((i) => i === lost).length);
  const to = sink.letters[0].to[0];
  const firstDay = sink.letters.filter((l) => l.to[0] === to).map((l) => parse(l.raw).headers.subject);
  must(firstDay[0] === firstDay[1], "another letter under the same number: " + firstDay.join(" / "));
  await sink.stop();
});

await t.test("a second death leaves a letter that the administrator sees, not a third copy", async () => {
  const sink = await newSink();
  const db = place(sink);
  let child;
  later.born = (c) => (child = c);
  sink.onData = () => { child.kill("SIGKILL"); return null; };
  await later("remind", "--date", day(0), "--db", db);
  const [lost] = ids(sink);
  await later("remind", "--date", day(1), "--db", db);
  later.born = null;
  sink.onData = () => "250 ok";
  const out = await later("remind", "--date", day(3), "--db", db);
  must(ids(sink).filter((i) => i === lost).length === 2, "copies: " + ids(sink).filter((i) => i === lost).length);
  must(/не отправлено 1/.test(out) && /неизвестно/.test(out), out);
  await sink.stop();
});

await t.test("a busy server is asked again later, a refused address is a failure with the server's words", async () => {
  const sink = await newSink();
  const db = place(sink);
  sink.onData = () => "451 4.3.0 busy";
  sink.onRcpt = (to) => (to.startsWith("region") ? "550 5.1.1 no such person" : "250 ok");
  const out = await later("remind", "--date", day(0), "--db", db);
  const made = sink.letters.length;
  must(made >= 2 && new RegExp(`отправлено 0, отложено ${made}, не отправлено 1`).test(out), out);
  must(/4\.3\.0 busy|5\.1\.1 no such person/.test(out), out);
  sink.onData = () => "250 ok";
  const before = sink.letters.length;
  await later("remind", "--date", day(0), "--db", db);
  must(sink.letters.length === before, "no pause before the next try");
  await later("remind", "--date", day(1), "--db", db);
  const again = ids(sink).slice(before).filter((i) => ids(sink).slice(0, before).includes(i));
  must(again.length === made, `tried again: ${again.length} of ${made}`);
  await sink.stop();
});

await t.test("a server that is away leaves letters waiting", async () => {
  const sink = await newSink();
  const db = place(sink);
  await sink.stop();
  const out = await later("remind", "--date", day(0), "--db", db);
  must(/отправлено 0, отложено [1-9]/.test(out), out);
});

if (spawnSync("openssl", ["version"]).status !== 0) t.skip("STARTTLS", "openssl IS NOT INSTALLED");
else await t.test("STARTTLS with a checked certificate and a password from a file", async () => {
  const [key, cert, pass] = ["key.pem", "cert.pem", "pass"].map((f) => join(dir, f));
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost",
    "-addext", "subjectAltName=DNS:localhost"], { stdio: "ignore" });
  writeFileSync(pass, "п@роль 1\n");
  const { readFileSync } = await import("node:fs");
  const tls = { key: readFileSync(key), cert: readFileSync(cert) };
  for (const security of ["starttls", "tls"]) {
    const sink = await newSink({ tls, auth: "soko:п@роль 1", implicit: security === "tls" });
    const db = place(sink, "--host", "localhost", "--security", security, "--login", "soko", "--password-file", pass, "--ca", cert);
    await later("mail", "--test", "admin@soko.example", "--db", db);
    must(sink.letters.length === 1 && sink.letters[0].tls && sink.letters[0].login, `${security}: not by TLS with a login`);
    soko("mail", "--db", db, "--ca", "");
    const wrong = spawn(bin, ["mail", "--test", "admin@soko.example", "--db", db], { cwd: source });
    const code = await new Promise((ok) => wrong.on("exit", ok));
    must(code === 7 && sink.letters.length === 1, `${security}: an unknown certificate is taken: ${code}`);
    must(!soko("mail", "--db", db).includes("п@роль"), "the password is shown");
    await sink.stop();
  }
  // the server offers no TLS where it was asked for: nothing is sent in the clear
  const bare = await newSink();
  const db = place(bare, "--security", "starttls");
  await later("remind", "--date", day(0), "--db", db);
  must(bare.letters.length === 0, "sent without the TLS that was asked for");
  await bare.stop();
});

await Promise.all(sinks.map((s) => s.stop())); // of tests that failed half way
rmSync(dir, { recursive: true, force: true });
t.end();
