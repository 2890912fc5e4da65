// The whole path of issue 1: drop an order, correct a point, confirm, the school sees its assignment and reports,
// the department accepts; drop an export, read its balance, see the histogram.
import { run } from "./lib.mjs";

const year = new Date().getFullYear() + 1;
const order = `ДЕПАРТАМЕНТ ОБРАЗОВАНИЯ ВЕРХНЕОЗЁРСКОЙ ОБЛАСТИ

ПРИКАЗ

15 января ${year} г. № 777/01-05

г. Верхнеозёрск

О проверке пути

ПРИКАЗЫВАЮ:

1. Руководителям общеобразовательных организаций представить отчёт о проверке пути в срок до 31 ноября ${year} года.

2. Контроль за исполнением приказа оставляю за собой.

Директор департамента                                            И.В. Северцева
`;

const max = [1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2];
function work(n) {
  let points = max.map((m, i) => Math.min(m, (n * 7 + i * 3) % (m + 2)));
  return { total: points.reduce((x, y) => x + y, 0), points };
}
const table = ["логин школы;регион;номер обучающегося;код обучающегося;отметка за предыдущую четверть/триместр;пол;класс;вариант;всего баллов;" +
  max.map((_, i) => `балл за ${i + 1}`).join(";") + ";Учебник;Др.уч. автор;Др.уч. название"];
for (let n = 1; n <= 40; n++) {
  const w = work(n);
  table.push(`edu99${n <= 20 ? "0001" : "0002"};г. Верхнеозёрск;${n};4${String(n).padStart(4, "0")};${3 + (n % 3)};ж;4А;1;${w.total};${w.points.join(";")};;;`);
}

const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

await run("path", async (site) => {
  let card;
  await site.test("a dropped order becomes a card with its impossible date reported", async () => {
    const page = await site.login("region");
    await page.goto("/documents");
    await site.axe();
    await page.setInputFiles("#file", file("order.txt", order));
    await page.waitForURL(/\/documents\/\d+/);
    card = new URL(page.url()).pathname;
    await page.waitForSelector(".diag-error >> text=31 ноября");
    await site.axe();
    await site.shot("document-card");
  });

  await site.test("a click on the text lights the point, and the point the text", async () => {
    const page = site.page;
    await page.click(".doc-text a[id^=t]");
    await page.waitForSelector(".point.now");
    await page.click(".point a[data-show] >> nth=0");
    await page.waitForSelector(".doc-text .lit");
  });

  await site.test("the clerk corrects a point", async () => {
    const page = site.page;
    await page.click(".point:has-text('отчёт о проверке пути') >> text=изменить");
    await page.waitForSelector("#f-activity");
    await site.axe();
    const was = await page.inputValue("#f-activity");
    await page.fill("#f-activity", was.replace("представить отчёт", "представить краткий отчёт"));
    await page.click(".point-form button:has-text('Сохранить')");
    await page.waitForSelector(".point >> text=краткий отчёт");
  });

  await site.test("the proposal is accepted by a person, and the card is confirmed", async () => {
    const page = site.page;
    await page.click("button[name=how][value=accept]");
    await page.waitForSelector(`.point >> text=30.11.${year}`);
    await page.click("text=Подтвердить и поставить на контроль");
    await page.waitForSelector(".flash >> text=Подтверждено");
    await site.axe();
  });

  await site.test("the school sees its assignment and reports", async () => {
    const page = await site.login("school18");
    await page.goto("/assignments?q=" + encodeURIComponent("краткий отчет"));
    await page.click("tbody a >> text=краткий отчёт");
    await page.waitForURL(/\/assignments\/\d+$/);
    await site.axe();
    await page.fill("#note-submit", "Отчёт размещён на сайте школы.");
    await page.click("button:has-text('Представить исполнение')");
    await page.waitForSelector(".flash");
    card = new URL(page.url()).pathname;
  });

  await site.test("the department accepts", async () => {
    const page = await site.login("region");
    await page.goto(card);
    await page.click("form:has(input[value=accept]) button");
    await page.waitForSelector(".light-done");
    await site.shot("assignment");
  });

  await site.test("a dropped export shows its balance and becomes a histogram", async () => {
    const page = await site.login("viro");
    await page.goto("/loads");
    await site.axe();
    await page.click("summary:has-text('Год, класс')");
    await page.fill("input[name=year]", "2021");
    await page.fill("input[name=grade]", "4");
    await page.fill("input[name=subject]", "Математика");
    await page.setInputFiles("#results", file("export.csv", table.join("\r\n")));
    await page.waitForURL(/\/loads\/\d+/);
    await page.waitForSelector("text=Прочитано 40");
    await site.axe();
    await site.shot("load");
    await page.click("text=Открыть результаты этой работы");
    await page.waitForSelector(".chart canvas");
    await site.axe();
    await site.shot("results");
    await page.click("text=Те же числа таблицей");
    await page.waitForSelector("table.report");
  });

  await site.test("every screen fits 360 px and reads in the dark", async () => {
    const page = await site.login("region", undefined, { width: 360, height: 740, theme: "dark" });
    for (const path of ["/", "/documents", "/documents/1", "/assignments", "/assignments/1", "/results", "/loads", "/orgs", "/orgs/5", "/help"]) {
      await page.goto(path);
      await site.axe();
      await site.fits();
    }
  });

  await site.test("the search answers while typing, without JavaScript it is a form", async () => {
    let page = await site.login("region");
    await page.goto("/assignments");
    await page.focus("#q");
    await page.keyboard.type("краткий отчет");
    await page.waitForURL(/q=/);
    await page.waitForSelector("tbody >> text=краткий отчёт");
    page = await site.login("region", undefined, { js: false });
    await page.goto("/assignments");
    await page.fill("#q", "краткий отчет");
    await page.press("#q", "Enter");
    await page.waitForSelector("tbody >> text=краткий отчёт");
  });
});
