// What the browser tests share: Debian's Chromium by playwright-core, axe-core, screenshots.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { cannotServe, samplePassword, scratch, source, startServer, tap } from "../server.mjs";

const require = createRequire(join(source, "package.json"));
const chromium = "/usr/bin/chromium";
export const screens = join(scratch, "../screens");

function whyNot() {
  // playwright-core ends the process under an older one; 1.61 is the last that takes the 18 of Debian 12
  if (Number(process.versions.node.split(".")[0]) < 18) return `NODE ${process.versions.node} IS TOO OLD for playwright-core (18 is needed)`;
  if (!existsSync(chromium)) return "CHROMIUM IS NOT INSTALLED (Debian package chromium)";
  if (!existsSync(join(source, "node_modules/playwright-core"))) return "node_modules/playwright-core is absent: npm ci";
  return cannotServe();
}

/** Runs a file of tests: await run("name", async (site) => { await site.test("…", async () => …) }). */
export async function run(name, fn, opt = {}) {
  const t = tap();
  const why = whyNot();
  if (why) {
    t.skip(name, why);
    return t.end();
  }
  let server;
  let browser;
  try {
    server = await startServer(opt);
    browser = await require("playwright-core").chromium.launch({
      executablePath: chromium,
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
    });
    await fn(new Site(server, browser, t));
  } catch (e) {
    await t.test(name, () => { throw e; });
  } finally {
    await browser?.close();
    if (server) await t.test(`${name}: the server stops clean`, () => server.stop());
    t.end();
  }
}

class Site {
  constructor(server, browser, t) {
    Object.assign(this, { server, browser, t, page: null });
  }

  /** A test; what the page itself reports (script errors, refused by CSP, 5xx) fails it too. */
  async test(name, fn) {
    await this.t.test(name, async () => {
      this.complaints = [];
      await fn();
      if (this.complaints.length > 0) throw new Error("the page complains:\n" + this.complaints.join("\n"));
    });
  }

  /** A new person at a new screen; opt: width, height, theme ("light" | "dark"), js (false: without JavaScript). */
  async open(opt = {}) {
    await this.context?.close();
    this.context = await this.browser.newContext({
      baseURL: this.server.base,
      locale: "ru-RU",
      timezoneId: "Asia/Yekaterinburg",
      viewport: { width: opt.width ?? 1366, height: opt.height ?? 900 },
      colorScheme: opt.theme ?? "light",
      javaScriptEnabled: opt.js ?? true,
      reducedMotion: "reduce", // a page without JavaScript has few frames: a smooth scroll never ends there
    });
    this.context.setDefaultTimeout(10000);
    this.page = await this.context.newPage();
    const complain = (text) => (this.complaints ??= []).push(text);
    this.page.on("pageerror", (e) => complain("script error: " + e.message));
    this.page.on("console", (m) => m.type() === "error" && !/status of 4\d\d/.test(m.text()) && complain("console: " + m.text()));
    this.page.on("response", (r) => r.status() >= 500 && complain(`${r.status()} ${r.url()}`));
    return this.page;
  }

  /** Logs in as an account of the sample region (or with a password of its own). */
  async login(login, password = samplePassword, opt = {}) {
    const page = await this.open(opt);
    await page.goto("/login");
    await page.fill("#login", login);
    await page.fill("#password", password);
    await Promise.all([page.waitForURL((u) => u.pathname !== "/login"), page.press("#password", "Enter")]);
    return page;
  }

  /** axe-core over the present page: nothing serious or critical of WCAG 2.1 A and AA. */
  async axe() {
    // evaluate() runs in the page by the debugger, so the site's CSP stays as it is
    await this.page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
    const found = await this.page.evaluate(() =>
      window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"] }));
    const bad = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
    if (bad.length > 0)
      throw new Error(`axe: ${this.page.url()}\n` + bad.map((v) => `${v.impact} ${v.id}: ${v.help}\n` +
        v.nodes.slice(0, 4).map((n) => "  " + n.target.join(" ") + " " + n.html.slice(0, 120)).join("\n")).join("\n"));
  }

  /** The page does not scroll sideways. */
  async fits() {
    const wide = await this.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wide > 1) throw new Error(`${this.page.url()} is ${wide} px wider than the screen`);
  }

  /** build/…/screens/NAME.png of the present page; opt: width, height, theme, full. */
  async shot(name, opt = {}) {
    mkdirSync(screens, { recursive: true });
    if (opt.width) await this.page.setViewportSize({ width: opt.width, height: opt.height ?? 900 });
    if (opt.theme) await this.page.emulateMedia({ colorScheme: opt.theme });
    await this.page.screenshot({ path: join(screens, name + ".png"), fullPage: opt.full ?? false, animations: "disabled" });
  }
}
