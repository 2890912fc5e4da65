// The calendar and what follows from it: a day is asked about, a rule is chosen, the moved days are seen before they move,
// and the card of an assignment tells why its day is this one.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { source } from "../server.mjs";
import { run } from "./lib.mjs";

await run("calendar", async (site) => {
  await site.test("the year, a day and why it is off, on two screens and in two themes", async () => {
    const page = await site.login("school18");
    await page.getByRole("link", { name: "Календарь" }).first().click();
    await page.getByRole("heading", { name: /Календарь на \d+ год/ }).waitFor();
    await page.goto("/calendar?year=2022");
    await site.axe();
    await site.fits();
    await site.shot("calendar", { width: 1280, full: true });
    await page.getByRole("cell", { name: "3", exact: true }).nth(4).getByRole("link").click(); // 3 May
    await page.getByText("перенесён с сб 01.01.2022").first().waitFor();
    await site.shot("calendar-390-dark", { width: 390, theme: "dark", full: true });
    await site.axe();
    await site.fits();
    if (await page.getByText("Изменить этот день").count()) throw new Error("a school edits the calendar");
  });

  await site.test("terms and rules are read by everybody", async () => {
    const page = await site.login("yasnogorye", undefined, { width: 390 });
    for (const path of ["/calendar/terms", "/calendar/rules", "/calendar/waiting", "/calendar/recompute"]) {
      await page.goto(path);
      await site.axe();
      await site.fits();
      await site.shot("calendar" + path.replace("/calendar", "").replace("/", "-") + "-390", { full: true });
    }
  });

  await site.test("an order, an event, a schedule and a chosen rule, each seen before it is done", async () => {
    const page = await site.login("region", undefined, { width: 1280 });
    await page.goto("/documents");
    const year = new Date().getFullYear() + 1;
    // the next year's 30 April or 1 May stands on no working day, whatever the year
    const text = readFileSync(join(source, "tests/http/due_order.txt"), "utf8").replace("30.04.2022", `01.05.${year}`);
    await page.setInputFiles("#file", { name: "due.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
    await page.waitForURL(/\/documents\/\d+/);
    const document = page.url().match(/documents\/(\d+)/)[1];
    await page.getByRole("button", { name: /Подтвердить|контроль/ }).first().click();
    await page.getByText("на контроле").first().waitFor();

    await page.goto("/calendar/waiting");
    await site.axe();
    await site.shot("calendar-waiting", { full: true });
    await page.getByRole("row", { name: /получения результатов/ }).getByRole("link", { name: "Событие наступило…" }).first().click();
    await page.fill("#e-day", new Date(Date.now() - 86400e3).toISOString().slice(0, 10));
    await page.fill("#e-source", "письмо № 3");
    await page.getByRole("button", { name: "Показать, что изменится" }).click();
    await page.getByRole("heading", { name: "Что изменится" }).waitFor();
    await site.axe();
    await site.fits();
    await site.shot("calendar-event", { full: true });
    await page.getByRole("button", { name: "Записать событие и поставить сроки" }).click();
    await page.getByText("Событие записано").waitFor();

    await page.goto("/calendar/rules");
    await page.getByText("Изменить", { exact: true }).first().click();
    await page.selectOption("#r-day_off", "next");
    await page.fill("#day_off-source", "приказ № 8, ст. 193 ГК РФ");
    await site.axe();
    await site.shot("calendar-rules", { full: true });
    await page.getByRole("button", { name: "Записать" }).first().click();
    await page.getByText("Правило записано").waitFor();
    await page.goto("/calendar/recompute");
    await page.getByRole("button", { name: /Изменить сроки/ }).waitFor();
    await site.axe();
    await site.fits();
    await site.shot("calendar-recompute", { full: true });
    await page.fill("#r-reason", "приказ № 8");
    await page.getByRole("button", { name: /Изменить сроки/ }).click();
    await page.getByText("Сроки изменены").waitFor();
    await page.goto(`/assignments?document=${document}&q=самоанализ`);
    await page.locator("main tbody a").first().click();
    await page.getByText("пересчёт по календарю").waitFor();
    await page.getByText("потому что").first().waitFor();
    await site.axe();
    await site.fits();
    await site.shot("calendar-card", { full: true });
    await site.shot("calendar-card-390-dark", { width: 390, theme: "dark", full: true });
  });
});
