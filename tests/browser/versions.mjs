// A new version is dropped on an order on control: the difference is looked at, a part is accepted, assignments follow.
import { run } from "./lib.mjs";

const must = (ok, what) => { if (!ok) throw new Error(what); };
const year = new Date().getFullYear() + 1;
const order = (points) => `ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ВЕРХНЕОЗЁРСКОЙ ОБЛАСТИ

ПРИКАЗ

15 января ${year} г. № 951/01-05

г. Верхнеозёрск

О редакциях

ПРИКАЗЫВАЮ:

${points.join("\n\n")}

4. Контроль за исполнением приказа оставляю за собой.

Директор департамента                                            И.В. Северцева
`;
const one = `1. Муниципальным органам управления образованием представить отчёт о работе в срок до 1 марта ${year} года.`;
const two = `2. Муниципальным органам управления образованием провести совещание в срок до 10 марта ${year} года.`;
const three = `3. Муниципальным органам управления образованием подготовить сборник заданий в срок до 20 марта ${year} года.`;
const moved = `1. Муниципальным органам управления образованием представить подробный отчёт о работе в срок до 15 марта ${year} года.`;
const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

await run("versions", async (site) => {
  let card;
  await site.test("a new version changes nothing before it is decided", async () => {
    const page = await site.login("region");
    await page.goto("/documents");
    await page.setInputFiles("#file", file("v1.txt", order([one, two])));
    await page.waitForURL(/\/documents\/\d+$/);
    card = new URL(page.url()).pathname;
    await page.click("text=Подтвердить и поставить на контроль");
    await page.waitForSelector(".flash >> text=Подтверждено");
    await page.click("text=редакции");
    await page.waitForSelector("text=Редакция одна");
    await site.axe();
    await page.setInputFiles("#version-file", file("v2.txt", order([moved, two, three])));
    await page.waitForURL(/compare\?from=0&to=2/);
    await page.waitForSelector("ins >> text=подробный");
    must((await page.locator(".change").count()) === 2, "one changed, one added");
    await site.axe();
    await site.fits();
    await site.shot("versions-diff");
  });

  await site.test("what is accepted is given, what is not stays out", async () => {
    const page = site.page;
    await page.locator(".change:has-text('сборник') input[name=take]").uncheck();
    await page.click("button:has-text('Принять отмеченное')");
    await page.waitForSelector(".flash >> text=изменено пунктов 1, добавлено 0");
    await page.waitForSelector(`.point >> text=15.03.${year}`);
    await page.waitForSelector(".point-removed >> text=сборник");
    await site.axe();
  });

  await site.test("the difference of two versions is a link that can be sent", async () => {
    for (const [width, theme] of [[390, "dark"], [1920, "light"]]) {
      const page = await site.login("region", undefined, { width, height: 800, theme });
      await page.goto(card + "/compare?from=1&to=2");
      await page.waitForSelector("ins");
      must((await page.locator("input[name=take]").count()) === 0, "nothing to decide here");
      await site.axe();
      await site.fits();
      await site.shot(`versions-${width}-${theme}`);
      await page.goto(card + "/versions");
      await site.axe();
      await site.fits();
    }
  });
});
