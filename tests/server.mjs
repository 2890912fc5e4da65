// Starts the real binary on a free port with a database of its own; shared by tests/http and tests/browser.
// SOKO_BIN names the binary, SOKO_SOURCE the tree, SOKO_SCRATCH a folder of the build.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const source = process.env.SOKO_SOURCE ?? ".";
export const bin = resolve(process.env.SOKO_BIN ?? join(source, "build/dev/src/cli/soko"));
export const scratch = resolve(process.env.SOKO_SCRATCH ?? join(source, "build/tests"));
export const samplePassword = "soko-demo";

/** Why tests that need a running server cannot run, or "" when they can. */
export function cannotServe() {
  const said = spawnSync(bin, ["help"], { encoding: "utf8" });
  const commands = (said.stdout ?? "") + (said.stderr ?? "");
  for (const need of ["serve", "sample load"]) if (!commands.includes(need)) return `this soko has no command ${need}`;
  return "";
}

// The sample region is loaded once a binary; each server gets a copy.
export function sampleDatabase(to) {
  mkdirSync(scratch, { recursive: true });
  const day = new Date().toISOString().slice(0, 10);
  const kept = join(scratch, `sample-${Math.trunc(statSync(bin).mtimeMs)}-${day}.db`);
  if (!existsSync(kept)) {
    execFileSync(bin, ["sample", "load", "--db", to], { stdio: ["ignore", "ignore", "inherit"], cwd: source });
    copyFileSync(to, kept + "." + process.pid);
    renameSync(kept + "." + process.pid, kept);
    return;
  }
  copyFileSync(kept, to);
}

/** {base, port, db, stop()}; opt: sample (default true), args (more arguments of serve). */
export async function startServer(opt = {}) {
  const dir = mkdtempSync(join(tmpdir(), "soko-test-"));
  const db = join(dir, "soko.db");
  if (opt.sample !== false) sampleDatabase(db);
  const child = spawn(bin, ["serve", "--db", db, "--listen", "127.0.0.1:0", ...(opt.args ?? [])], {
    stdio: ["ignore", "ignore", "pipe"], // not our output: a server that outlives a killed test would hold it open
    cwd: source,
  });
  let log = "";
  const port = await new Promise((ok, no) => {
    const late = setTimeout(() => no(new Error("soko serve does not listen after 20 s: " + log)), 20000);
    child.on("exit", (code) => no(new Error(`soko serve ended with ${code}: ${log}`)));
    child.stderr.setEncoding("utf8").on("data", (text) => {
      log += text;
      const m = /listening on .*port (\d+)/.exec(log);
      if (m) {
        clearTimeout(late);
        ok(Number(m[1]));
      }
    });
  });
  child.removeAllListeners("exit");
  const ended = new Promise((ok) => child.on("exit", (code, signal) => ok(signal ?? code)));
  return {
    base: `http://127.0.0.1:${port}`,
    port,
    db,
    log: () => log,
    async stop() {
      child.kill("SIGTERM");
      const code = await ended;
      rmSync(dir, { recursive: true, force: true });
      if (code !== 0) throw new Error(`soko serve ended with ${code}: ${log.slice(-2000)}`);
    },
  };
}

/** TAP: t.test(name, fn), t.skip(name, why), t.end(). A test fails by throwing. */
export function tap() {
  let n = 0;
  let bad = 0;
  return {
    async test(name, fn) {
      n++;
      try {
        await fn();
        console.log(`ok ${n} - ${name}`);
      } catch (e) {
        bad++;
        console.log(String(e?.message ?? e).split("\n").slice(0, 25).map((l) => "# " + l).join("\n"));
        console.log(`not ok ${n} - ${name}`);
      }
    },
    skip(name, why) {
      n++;
      console.log(`ok ${n} - ${name} # SKIP ${why}`);
    },
    end() {
      console.log(`1..${n}`);
      process.exitCode = bad > 0 ? 1 : 0;
    },
  };
}
