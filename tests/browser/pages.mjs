// Every page of the menu, for those who see most and least: no barrier, no sideways scrolling, a screenshot.
import { run } from "./lib.mjs";

const pages = { overview: "/", documents: "/documents", assignments: "/assignments", results: "/results", loads: "/loads", orgs: "/orgs", journal: "/journal", jobs: "/jobs", help: "/help", me: "/me" };

async function walk(site, who, opt, suffix) {
  const page = await site.login(who, undefined, opt);
  const menu = await page.locator("nav a[href]").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  for (const [name, path] of Object.entries(pages)) {
    if (path !== "/" && path !== "/me" && path !== "/jobs" && !menu.includes(path)) continue;
    const answer = await page.goto(path);
    if (answer.status() !== 200) throw new Error(`${who}: ${path} answers ${answer.status()}`);
    await site.shot(`${name}-${who}${suffix}`, { full: true });
    await site.axe();
    await site.fits();
  }
}

await run("pages", async (site) => {
  await site.test("the region's pages, light", () => walk(site, "region", {}, ""));
  await site.test("the region's pages, dark", () => walk(site, "region", { theme: "dark" }, "-dark"));
  await site.test("a school's pages on a telephone", () => walk(site, "school1", { width: 360, height: 740 }, "-360"));

  await site.test("a document shows its text and its points", async () => {
    const page = await site.login("region");
    await page.goto("/documents");
    await page.locator("main a[href^='/documents/']:not([href*='.'])").first().click();
    await page.waitForURL(/\/documents\/\d+/);
    await site.axe();
    await site.shot("document", { full: true });
  });

  await site.test("the coverage of a document explains its cells", async () => {
    const page = await site.login("region");
    await page.goto("/documents?status=confirmed");
    await page.locator("main a[href^='/documents/']:not([href*='.'])").first().click();
    await page.waitForURL(/\/documents\/\d+/);
    await page.getByRole("link", { name: /Покрытие/ }).click();
    await page.locator("details.cell summary").first().click();
    await page.getByText("Поручений дано прямо").first().waitFor();
    await site.axe();
    await site.fits();
    await site.shot("coverage", { full: true });
  });

  await site.test("an assignment opens from the list", async () => {
    const page = await site.login("region");
    await page.goto("/assignments");
    await page.locator("main a[href^='/assignments/']:not([href*='.'])").first().click();
    await page.waitForURL(/\/assignments\/\d+/);
    await site.axe();
    await site.shot("assignment", { full: true });
  });

  await site.test("results of a load have a chart and its table", async () => {
    const page = await site.login("region");
    await page.goto("/results");
    await page.locator("main a[href^='/results/']:not([href*='.'])").first().click();
    await page.waitForURL(/\/results\/\d+/);
    if ((await page.locator("main table").count()) === 0) throw new Error("no table");
    await page.waitForSelector("main canvas, main svg");
    await site.axe();
    await site.shot("result", { full: true });
  });
});
