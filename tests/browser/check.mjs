// Checking an order without a mouse: from the first doubt to the confirmation; then the same without JavaScript.
import { run } from "./lib.mjs";

const year = new Date().getFullYear() + 1;
const order = (number) => `ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ВЕРХНЕОЗЁРСКОЙ ОБЛАСТИ

ПРИКАЗ

15 января ${year} г. № ${number}

г. Верхнеозёрск

О проверке с клавиатуры

ПРИКАЗЫВАЮ:

1. Руководителям общеобразовательных организаций представить отчёт в срок до 31 ноября ${year} года.

2. Гимназии города Ясногорска:

2.1. Подготовить справку.

Срок: до 1 марта ${year} года.

3. Руководителям общеобразовательных организаций провести совещание в срок до 15 марта ${year} года.

4. Контроль за исполнением приказа оставляю за собой.

Директор департамента                                            И.В. Северцева
`;
const file = (text) => ({ name: "order.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
const must = (ok, what) => { if (!ok) throw new Error(what); };

await run("check", async (site) => {
  const left = () => site.page.locator(".queue [role=status]").innerText();
  const now = () => site.page.locator(".point.now .clause").innerText();

  await site.test("the queue is walked by keys alone", async () => {
    const page = await site.login("region");
    await page.goto("/documents");
    await page.setInputFiles("#file", file(order("801/01-05")));
    await page.waitForURL(/\/documents\/\d+/);
    must(/Осталось проверить 2/.test(await left()), "two points wait: " + (await left()));
    await site.axe();
    await page.keyboard.press("?");
    await page.waitForSelector("#keys[open]");
    await page.keyboard.press("?");
    await page.keyboard.press("n");
    must((await now()) === "1", "n goes to the first doubt");
    await page.keyboard.press("1"); // take the proposed date
    await page.waitForSelector(`.point >> text=30.11.${year}`);
    await page.waitForSelector("text=Осталось проверить 1");
    must((await now()) === "2.1", "the next doubt follows by itself");
    await site.axe();
    await site.shot("check-nearest");
    await page.keyboard.press("u");
    await page.waitForSelector("text=Осталось проверить 2");
    await page.keyboard.press("k");
    must((await now()) === "1", "k goes back");
    await page.keyboard.press("Enter"); // an error asks for a choice
    await page.waitForSelector(".point.now .diag-error [data-choice]:focus");
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=Осталось проверить 1");
  });

  await site.test("an unknown executor is chosen among the nearest by one key", async () => {
    const page = site.page;
    must((await now()) === "2.1", "point 2.1 is the present one");
    const near = await page.locator(".point.now .near [data-choice]").first().innerText();
    await page.keyboard.press("1");
    await page.waitForSelector(".queue-done");
    const name = near.replace(/^1\s*/, "").replace(/\s*\d+\s*%$/, "").trim();
    await page.waitForSelector(`.point >> text=${name}`);
  });

  await site.test("a point is struck out, taken back and edited by keys", async () => {
    const page = site.page;
    await page.keyboard.press("j");
    must((await now()) === "3", "j goes on");
    await page.keyboard.press("x");
    await page.waitForSelector(".point-removed.now");
    await page.keyboard.press("u");
    await page.waitForSelector(".point-removed", { state: "detached" });
    await page.keyboard.press("e");
    await page.waitForSelector("#f-activity:focus");
    await page.keyboard.press("Control+End");
    await page.keyboard.type(" по итогам года");
    await page.locator(".point-form button:has-text('Сохранить')").press("Enter");
    await page.waitForSelector(".point.now >> text=по итогам года");
    must(!page.url().includes("edit="), "the address stays the card's");
  });

  await site.test("fields light their place, a click in the text chooses the point", async () => {
    const page = site.page;
    await page.keyboard.press("ArrowRight");
    await page.waitForSelector(".doc-text .lit-field");
    await page.locator(".point >> nth=0 >> .field >> nth=0").hover();
    await page.waitForSelector(".doc-text .lit-field >> text=Руководителям");
    await page.click(".doc-text a[id^=t] >> nth=1");
    must((await now()) === "2.1", "the clicked point is the present one");
  });

  await site.test("the confirmation has nothing left to ask", async () => {
    const page = site.page;
    must((await page.locator(".left-list").count()) === 0, "no list of what is left");
    await page.locator("text=Подтвердить и поставить на контроль").press("Enter");
    await page.waitForSelector(".flash >> text=Подтверждено");
  });

  await site.test("without JavaScript the same is done by links and buttons", async () => {
    const page = await site.login("region", undefined, { js: false });
    await page.goto("/documents");
    await page.setInputFiles("#file", file(order("802/01-05")));
    await page.click("text=Прочитать >> nth=0");
    await page.waitForURL(/\/documents\/\d+/);
    await page.click("text=Следующее сомнение");
    await page.click("button[name=how][value=accept]");
    must(/Осталось проверить 1/.test(await left()), "one is left: " + (await left()));
    must((await page.locator(".left-list li").count()) === 1, "the confirmation lists what is left");
    await page.click(".point-doubt button:has-text('всё верно')");
    must(/Проверено всё/.test(await left()), "nothing is left: " + (await left()));
    await page.click("text=Отменить: ");
    must(/Осталось проверить 1/.test(await left()), "taken back: " + (await left()));
  });

  await site.test("the card fits a phone, light and dark", async () => {
    for (const theme of ["light", "dark"]) {
      const page = await site.login("region", undefined, { width: 390, height: 800, theme });
      await page.goto("/documents?status=draft");
      await page.click("tbody a >> nth=0");
      await site.axe();
      await site.fits();
      await site.shot("check-phone-" + theme);
    }
  });
});
