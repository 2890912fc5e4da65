// From a template to an order on the table: fields, text, findings, DOCX, draft; and a template of one's own.
import { run } from "./lib.mjs";

const must = (ok, what) => { if (!ok) throw new Error(what); };

await run("templates", async (site) => {
  await site.test("the library shows itself and fits every screen", async () => {
    for (const [width, theme] of [[1280, "light"], [390, "dark"], [1920, "dark"]]) {
      const page = await site.login("region", undefined, { width, height: 900, theme });
      await page.goto("/templates");
      must((await page.locator(".tile").count()) >= 12, "a dozen templates");
      await site.axe();
      await site.fits();
      await site.shot(`templates-${width}-${theme}`);
      await page.goto("/templates/support-roadmap");
      await site.axe();
      await site.fits();
      await site.shot(`template-${width}-${theme}`);
    }
  });

  await site.test("fields become a text, the text is read before it is signed", async () => {
    const page = await site.login("region");
    await page.goto("/templates");
    await page.selectOption("select[name=for]", "municipality");
    await page.click("text=Показать");
    await page.click(".tile a:has-text('О проведении всероссийских')");
    await page.fill("label:text-is('Номер') + input", "901/01-05");
    await page.fill("label:has-text('Контроль возложить на') + input", "начальник отдела общего образования");
    await page.click("button:has-text('Показать текст')");
    await page.waitForSelector("text=Что поймёт soko");
    must(/возложить на начальника отдела общего образования/.test(await page.inputValue("#text")), "the accusative of the post");
    await page.waitForSelector("text=замечаний нет");
    await site.axe();
    await site.fits();
    await site.shot("template-text");
    // an impossible date is told at once
    const text = await page.inputValue("#text");
    await page.fill("#text", text.replace(/Срок: до [0-9.]+/, "Срок: до 31 ноября"));
    await page.click("button:has-text('Проверить снова')");
    await page.waitForSelector(".diag-error >> text=31 ноября");
    await page.fill("#text", text);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("button:has-text('Скачать DOCX')")]);
    must(download.suggestedFilename().endsWith(".docx"), "a DOCX: " + download.suggestedFilename());
    await page.click("button:has-text('Создать черновик')");
    await page.waitForURL(/\/documents\/\d+$/);
    await page.waitForSelector("h1:has-text('901/01-05')");
    must((await page.locator(".queue-done").count()) === 1, "nothing to be checked: " + (await page.locator(".queue").innerText()));
    await site.axe();
    await site.shot("template-draft");
  });

  await site.test("a document is kept as a template of one's own", async () => {
    const page = site.page;
    await page.click("summary:has-text('Сохранить как шаблон')");
    await page.fill("input[name=title]", "Наш приказ о проверочных работах");
    await page.click("details button:has-text('Сохранить')");
    await page.waitForURL(/\/templates\/own-\d+/);
    await page.waitForSelector("text=номер и дата стали полями");
    await page.goto("/templates");
    await page.waitForSelector("h2:has-text('Свои')");
    await page.click("a:has-text('Наш приказ')");
    await page.click("text=Убрать этот шаблон");
    await page.waitForSelector(".flash");
    must((await page.locator("a:has-text('Наш приказ')").count()) === 0, "it is gone");
  });
});
