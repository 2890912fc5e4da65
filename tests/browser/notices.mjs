// Reminders as a person meets them: the bell, the reason, reading, settings, a step of the region, a calendar's link.
import { run } from "./lib.mjs";

await run("reminders", async (site) => {
  // at night the bell is silent, whatever the hour of this run
  const awake = async (page) => {
    await page.goto("/notices/settings");
    await page.getByLabel("С", { exact: true }).selectOption("0");
    await page.getByLabel("До", { exact: true }).selectOption("0");
    await page.getByRole("button", { name: "Сохранить" }).click();
    await page.getByText("Настройки сохранены").waitFor();
  };

  await site.test("the bell counts, the list says why, reading silences it; without JavaScript", async () => {
    const page = await site.login("region", undefined, { js: false });
    await awake(page);
    for (let i = 0; i < 20 && !(await page.locator(".side .bell").count()); i++) {
      await page.waitForTimeout(500); // the server's worker tells what is due after its start
      await page.reload();
    }
    const n = Number(await page.locator(".side .bell").textContent());
    if (!(n > 0)) throw new Error("the bell: " + n);
    await page.locator(".side").getByRole("link", { name: /Уведомления/ }).click();
    await site.shot("notices", { full: true });
    await page.getByRole("link", { name: "почему?" }).first().click();
    await page.getByText("Правило: напоминать").waitFor();
    await site.shot("notice", { full: true });
    await page.getByRole("button", { name: "Прочитано" }).click();
    await page.getByText("Отмечено прочитанным").waitFor();
    await page.getByRole("button", { name: "Прочитать все" }).click();
    await page.getByText(/Прочитано уведомлений/).waitFor();
    if (await page.locator(".side .bell").count()) throw new Error("the bell still rings");
  });

  await site.test("the region changes a step of a territory with a source and takes it back", async () => {
    const page = await site.login("region");
    await page.goto("/notices/steps");
    await page.getByLabel("Территория").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Показать" }).click();
    const row = page.getByRole("row", { name: /за 3 дн\. до срока/ });
    await row.getByText("Изменить").click();
    await row.getByLabel("Включена").uncheck();
    await row.getByLabel(/Источник/).fill("решение территории");
    await row.getByRole("button", { name: "Записать" }).click();
    await page.getByText("Ступень записана").waitFor();
    await page.getByRole("cell", { name: "решение территории" }).waitFor();
    await site.shot("remind-steps", { full: true });
    await row.getByText("Изменить").click();
    await row.getByRole("button", { name: "Как уровнем выше" }).click();
    await page.getByText("Действует ступень уровнем выше").waitFor();
  });

  await site.test("a school gets the link of its calendar once", async () => {
    const page = await site.login("school1");
    await page.goto("/notices/feeds");
    await page.getByRole("button", { name: "Сделать ссылку" }).click();
    const link = await page.getByLabel("Ссылка на календарь").inputValue();
    if (!/\/feed\/[0-9a-f]{64}\.ics$/.test(link)) throw new Error(link);
    await site.axe();
    await site.shot("feeds", { full: true });
    await page.goto("/notices/feeds");
    if ((await page.content()).includes(link)) throw new Error("the link is shown again");
    await page.getByRole("button", { name: "Отозвать" }).click();
    await page.getByText("Ссылка отозвана").waitFor();
  });

  for (const [who, path, name] of [["region", "/notices", "list"], ["region", "/notices/settings", "settings"], ["region", "/notices/steps", "steps"],
    ["region", "/notices/feeds", "feeds"], ["admin", "/notices/mail", "mail"]])
    await site.test(`${name}: no barrier, fits a telephone, light and dark`, async () => {
      for (const opt of [{}, { width: 360, theme: "dark" }]) {
        const page = await site.login(who, undefined, opt);
        await page.goto(path);
        await site.axe();
        await site.fits();
        if (opt.width) await site.shot(`notices-${name}-360-dark`, { full: true });
      }
    });
});
