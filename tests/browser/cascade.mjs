// From the region's road map to the municipality's and on to a school's: made, confirmed, seen in the chain and in the coverage.
import { run } from "./lib.mjs";

const must = (ok, what) => { if (!ok) throw new Error(what); };

await run("cascade", async (site) => {
  let regional;
  let municipal;
  const finish = async (page) => {
    for (let i = 0; i < 40 && (await page.locator(".diag-error button[value=stands]").count()) > 0; i++)
      await Promise.all([page.waitForResponse((r) => r.request().method() === "POST" || r.status() === 200), page.locator(".diag-error button[value=stands]").first().click()]).then(() => page.waitForTimeout(100));
    await page.click("text=Подтвердить и поставить на контроль");
    await page.waitForSelector(".flash >> text=Подтверждено");
  };

  await site.test("a municipality derives its road map", async () => {
    const page = await site.login("yasnogorye");
    await page.goto("/documents?status=confirmed");
    await page.click("tbody a:has-text('231/01-05')");
    regional = new URL(page.url()).pathname;
    await page.click("text=Создать черновик во исполнение");
    await page.waitForURL((u) => u.pathname !== regional);
    municipal = new URL(page.url()).pathname;
    await page.waitForSelector("#chain b[aria-current]");
    must((await page.locator("#chain a[href='" + regional + "']").count()) === 1, "the order above stands in the chain");
    await page.waitForSelector("text=вышестоящего документа");
    await site.axe();
    await finish(page);
  });

  await site.test("a school's plan comes from the municipal one", async () => {
    const page = site.page;
    await page.goto(municipal);
    await page.fill("input[name=org]", "СОШ № 2 г. Ясногорье");
    await page.click("text=Создать черновик во исполнение");
    await page.waitForURL((u) => u.pathname !== municipal);
    must((await page.locator("#chain li").count()) === 3, "three levels in the chain");
    await site.axe();
    await site.shot("cascade-school");
  });

  await site.test("the region sees the tree, the lower points and the coverage in every width", async () => {
    for (const [width, theme] of [[1280, "light"], [390, "dark"], [1920, "dark"]]) {
      const page = await site.login("region", undefined, { width, height: 900, theme });
      await page.goto(regional);
      must((await page.locator("#chain li").count()) >= 2, "the tree below");
      await page.locator("summary:has-text('Исполняется в документах ниже')").first().click();
      await site.axe();
      await site.fits();
      await site.shot(`cascade-card-${width}-${theme}`);
      await page.goto(regional + "/coverage");
      await page.waitForSelector(".legend");
      await site.axe();
      await site.fits();
      await site.shot(`cascade-coverage-${width}-${theme}`);
    }
  });

  await site.test("an act of the text is offered as the parent", async () => {
    const page = await site.login("region");
    await page.goto("/documents?status=draft");
    await page.click("tbody a:has-text('88-О')");
    await page.click("button:has-text('Это во исполнение его')");
    await page.waitForSelector("#chain");
    await page.keyboard.press("u");
    await page.waitForSelector("#chain", { state: "detached" });
  });
});
