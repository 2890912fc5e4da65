// The operator's path: an export is dropped, its balance is read, the histogram looked at; the load is undone.
import { run } from "./lib.mjs";

const must = (ok, what) => {
  if (!ok) throw new Error(what);
};

// grade 4 mathematics in the layout of 2021, two schools of the sample region, 15 items, 20 points
const max = [1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2];
function rows(login, n, from) {
  const out = [];
  for (let i = 1; i <= n; i++) {
    const points = max.map((m, k) => (i * 7 + k * 3 + from) % (m + 1));
    out.push([login, "г. Верхнеозёрск", i, 40000 + i, 3 + (i % 3), i % 2 ? "м" : "ж", "4А", 1 + (i % 2), points.reduce((a, b) => a + b, 0), ...points].join(";"));
  }
  return out;
}
const head = ["логин школы", "регион", "номер обучающегося", "код обучающегося", "отметка за предыдущую четверть/триместр", "пол", "класс", "вариант", "всего баллов", ...max.map((_, i) => `балл за ${i + 1}`)].join(";");
const file = [head, ...rows("edu990001", 30, 0), ...rows("sch990002", 20, 1), "edu990777;г. Нигде;1;40001;4;м;4А;1;0;" + max.map(() => 0).join(";")].join("\r\n") + "\r\n";

await run("an export", async (site) => {
  await site.test("the operator drops an export and reads its balance", async () => {
    const page = await site.login("viro");
    await page.goto("/loads");
    await Promise.all([page.waitForURL(/\/loads\/\d+/), page.setInputFiles("#results", { name: "ВПР 2021 Математика 4 класс.csv", mimeType: "text/csv", buffer: Buffer.from(file) })]);
    const text = (await page.textContent("main")).replace(/\s+/g, " ");
    must(/Прочитано 51 = новых 51 \+ изменённых 0 \+ без изменений 0 \+ отвергнутых 0/.test(text), "the balance: " + text.slice(0, 600));
    must(/Школы не было в реестре.*52 edu990777/.test(text), "the unknown school is not named with its row");
    await site.axe();
    await site.fits();
    await site.shot("walk-results-load", { full: true });
  });

  await site.test("the histogram has cut lines and the same numbers in a table", async () => {
    const page = site.page;
    await page.goto("/results?year=2021&grade=4");
    await page.locator("main a[href^='/results/']:not([href*='.'])").first().click();
    await page.waitForSelector("main canvas, main svg");
    const [bars, lines] = await page.evaluate(() => {
      const o = window.echarts.getInstanceByDom(document.querySelector("[data-chart]")).getOption();
      return [JSON.parse(document.getElementById("chart-data").textContent), o.series[1].markLine.data.map((v) => v.xAxis - o.xAxis[1].min)];
    });
    must(bars.cuts.length === 3, "no cut lines");
    // so many bars stand left of each line: all the scores below it
    must(lines.join() === bars.cuts.map((c) => c.at).join(), `cut lines at ${lines}, scores ${JSON.stringify(bars.cuts)}`);
    must((await page.textContent("main")).includes("Не предусмотрено использование результатов"), "the notice is missing");
    await page.getByText("Те же числа таблицей").click();
    must((await page.locator("main table").count()) >= 1, "no table beside the picture");
    await site.axe();
    await site.fits();
    await site.shot("walk-results-histogram", { full: true });
  });

  await site.test("region, municipality, school: one click each", async () => {
    const page = site.page;
    await page.locator("main table a", { hasText: "г. Верхнеозёрск" }).first().click();
    await page.waitForLoadState();
    await page.locator("main table a", { hasText: "№ 1»" }).first().click();
    await page.waitForLoadState();
    must((await page.textContent("main")).includes("30"), "the school's 30 works are not shown");
  });

  await site.test("a school sees its own figures and not another school's", async () => {
    const page = await site.login("school1");
    await page.goto("/results?year=2021&grade=4");
    await page.locator("main a[href^='/results/']:not([href*='.'])").first().click();
    await page.waitForLoadState();
    const text = await page.textContent("main");
    must(text.includes("№ 1»") || text.includes("СОШ № 1 "), "the school does not see itself: " + text.replace(/\s+/g, " ").slice(0, 400));
    must(!text.includes("школа № 2»"), "the school sees another school");
  });

  await site.test("the load is undone whole after a question", async () => {
    const page = await site.login("viro");
    await page.goto("/loads");
    await page.locator("main tbody a[href^='/loads/']").first().click();
    await page.getByRole("button", { name: /Отменить/ }).or(page.getByRole("link", { name: /Отменить/ })).first().click();
    await page.waitForLoadState();
    const sure = page.getByRole("button", { name: /Отменить/ });
    if ((await sure.count()) > 0) await sure.first().click();
    await page.waitForLoadState();
    must((await page.textContent("main")).includes("отменена"), "the load is not marked as undone");
    await page.goto("/results?year=2021&grade=4");
    must((await page.locator("main a[href^='/results/']:not([href*='.'])").count()) === 0, "the results are still there");
  });
});
