// Runs scenario files against the real server: node run.mjs FILE.scn…   The language is in README.md.
import { readFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { basename, join } from "node:path";
import { cannotServe, samplePassword, source, startServer, tap } from "../server.mjs";

function parse(path) {
  const scene = { args: [], sample: true, tests: [] };
  let test = null;
  readFileSync(path, "utf8").split("\n").forEach((line, i) => {
    const at = `${path}:${i + 1}`;
    if (line.startsWith("#") || line.trim() === "") return;
    if (line.startsWith("== ")) {
      test = { name: line.slice(3), steps: [] };
      scene.tests.push(test);
      return;
    }
    const [word, ...more] = line.split(" ");
    const rest = more.join(" ");
    if (test) test.steps.push({ at, word, rest });
    else if (word === "clock") scene.args.push("--clock", rest);
    else if (word === "database") scene.sample = rest === "sample";
    else if (word === "arguments") scene.args.push(...more);
    else throw new Error(`${at}: '${word}' before the first '== name'`);
  });
  return scene;
}

function multipart(s) {
  const mark = "----soko-scenario";
  const parts = s.form.map(([k, v]) => Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="${k}"\r\n\r\n${v}\r\n`));
  for (const [k, file] of s.files)
    parts.push(
      Buffer.from(`--${mark}\r\nContent-Disposition: form-data; name="${k}"; filename="${basename(file)}"\r\nContent-Type: application/octet-stream\r\n\r\n`),
      readFileSync(join(source, file)),
      Buffer.from("\r\n"),
    );
  parts.push(Buffer.from(`--${mark}--\r\n`));
  return [Buffer.concat(parts), `multipart/form-data; boundary=${mark}`];
}

function send(c) {
  const s = c.request;
  c.request = null;
  const headers = { ...s.headers };
  if (Object.keys(c.cookies).length > 0 && !("Cookie" in headers))
    headers.Cookie = Object.entries(c.cookies).map(([k, v]) => `${k}=${v}`).join("; ");
  let body = s.body;
  if (s.files.length > 0) [body, headers["Content-Type"]] = multipart(s);
  else if (s.form.length > 0) {
    body = new URLSearchParams(s.form).toString();
    headers["Content-Type"] ??= "application/x-www-form-urlencoded";
  }
  if (body !== undefined) headers["Content-Length"] = Buffer.byteLength(body);
  return new Promise((ok, no) => {
    const r = http.request({ host: "127.0.0.1", port: c.port, method: s.method, path: s.path, headers, agent: false, timeout: 20000 }, (w) => {
      const chunks = [];
      w.on("data", (d) => chunks.push(d));
      w.on("end", () => {
        for (const line of w.headers["set-cookie"] ?? []) {
          const [, k, v] = /^([^=]+)=([^;]*)/.exec(line);
          if (v === "" || /max-age=0/i.test(line)) delete c.cookies[k];
          else c.cookies[k] = v;
        }
        const raw = w.rawHeaders.reduce((t, x, i) => t + x + (i % 2 ? "\n" : ": "), "");
        ok({ status: w.statusCode, raw, body: Buffer.concat(chunks).toString("utf8") });
      });
    });
    r.on("timeout", () => r.destroy(new Error("no answer in 20 s")));
    r.on("error", no);
    r.end(body);
  });
}

// Bytes as they are, for what a client library refuses to send; the answer is read until the server closes or is silent.
function sendRaw(c, text) {
  const bytes = text.replaceAll("\\r", "\r").replaceAll("\\n", "\n");
  return new Promise((ok, no) => {
    let got = "";
    const s = net.connect(c.port, "127.0.0.1", () => s.write(bytes));
    const done = () => {
      s.destroy();
      const [head, ...body] = got.split("\r\n\r\n");
      ok({ status: Number(/^HTTP\/1.1 (\d+)/.exec(got)?.[1] ?? 0), raw: head.replaceAll("\r", "") + "\n", body: body.join("\r\n\r\n") });
    };
    s.setTimeout(1500, done).on("end", done).on("error", no).on("data", (d) => (got += d));
  });
}

const methods = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]);

function check(good, at, what, c) {
  if (good) return;
  throw new Error(`${at}: ${what}\nstatus ${c.answer.status}\n${c.answer.raw}\n${c.answer.body.slice(0, 600)}`);
}

async function step(c, { at, word, rest }) {
  const fill = (t) => t.replace(/\{([a-z_]+)\}/g, (all, k) => (k in c.taken ? c.taken[k] : all));
  rest = fill(rest);
  const begin = (method, path) => (c.request = { method, path, headers: {}, form: [], files: [] });
  const pair = () => [rest.slice(0, rest.indexOf("=")), rest.slice(rest.indexOf("=") + 1)];
  if (methods.has(word)) return begin(word, rest);
  if (word === "with") return (c.request.headers[rest.split(": ")[0]] = rest.slice(rest.indexOf(": ") + 2));
  if (word === "form") return c.request.form.push(pair());
  if (word === "file") return c.request.files.push(pair());
  if (word === "text") return (c.request.body = rest);
  if (word === "forget") return (c.cookies = {});
  if (word === "raw") return (c.answer = await sendRaw(c, rest));
  if (word === "login") {
    c.cookies = {};
    begin("GET", "/login");
    const ticket = /name="ticket" value="([^"]*)"/.exec((await send(c)).body)?.[1] ?? "";
    begin("POST", "/login").form.push(["ticket", ticket], ["next", ""], ["login", rest], ["password", samplePassword]);
    c.answer = await send(c);
    return check([302, 303].includes(c.answer.status), at, `${rest} cannot log in`, c);
  }
  if (c.request) c.answer = await send(c);
  const lower = c.answer?.raw.toLowerCase();
  switch (word) {
    case "expect": return check(c.answer.status === Number(rest), at, `want status ${rest}`, c);
    case "header": return check(lower.split("\n").some((l) => l.startsWith(rest.toLowerCase())), at, `want header ${rest}`, c);
    case "noheader": return check(!lower.split("\n").some((l) => l.startsWith(rest.toLowerCase())), at, `do not want header ${rest}`, c);
    case "body": return check(c.answer.body.includes(rest), at, `want in the body: ${rest}`, c);
    case "nobody": return check(!c.answer.body.includes(rest), at, `do not want in the body: ${rest}`, c);
    case "match": return check(new RegExp(rest, "u").test(c.answer.body), at, `the body does not match ${rest}`, c);
    case "wait": {
      const [path, ...words] = rest.split(" ");
      for (let i = 0; i < 60 && !c.answer.body.includes(words.join(" ")); i++) {
        if (i > 0) await new Promise((ok) => setTimeout(ok, 250));
        begin("GET", path);
        c.answer = await send(c);
      }
      return check(c.answer.body.includes(words.join(" ")), at, `${path} never says: ${words.join(" ")}`, c);
    }
    case "take": {
      const found = new RegExp(rest.slice(rest.indexOf(" ") + 1), "u").exec(c.answer.body + "\n" + c.answer.raw);
      check(found, at, `nothing to take by ${rest}`, c);
      return (c.taken[rest.split(" ")[0]] = (found[1] ?? found[0]).replaceAll("&amp;", "&"));
    }
    default: throw new Error(`${at}: unknown word '${word}'`);
  }
}

const t = tap();
const why = cannotServe();
for (const file of process.argv.slice(2)) {
  const scene = parse(file);
  if (why) {
    t.skip(basename(file), why);
    continue;
  }
  let server;
  await t.test(`${basename(file)}: the server starts`, async () => {
    server = await startServer({ sample: scene.sample, args: scene.args });
  });
  if (!server) continue;
  const c = { port: server.port, cookies: {}, taken: {}, request: null, answer: null };
  for (const test of scene.tests)
    await t.test(test.name, async () => {
      for (const s of test.steps) await step(c, s);
      if (c.request) c.answer = await send(c);
    });
  await t.test(`${basename(file)}: the server stops clean`, () => server.stop());
}
t.end();
