// The journal of changes: found, opened as before and after, the whole chain checked while one watches; also without JavaScript.
import { run } from "./lib.mjs";

await run("journal", async (site) => {
  await site.test("the journal, an event and the check of the chain", async () => {
    const page = await site.login("region");
    await page.getByRole("link", { name: "Журнал" }).click();
    await page.getByText("цепочка цела").waitFor();
    await site.axe();
    await site.fits();
    await site.shot("journal");
    await page.goto("/journal?noun=assignment");
    await page.locator("main tbody a").first().click();
    await page.getByRole("heading", { name: "Было и стало" }).waitFor();
    await site.axe();
    await site.fits();
    await site.shot("journal-event-360-dark", { width: 360, theme: "dark" });
    await page.goto("/journal");
    await page.getByRole("button", { name: "Проверить всю цепочку" }).click();
    await page.waitForURL(/\/jobs\/\d+/);
    await page.getByText(/цепочка цела, событий \d+/).waitFor(); // htmx brings it, nobody reloads
    await site.axe();
    await site.shot("journal-job");
  });

  await site.test("the same on a telephone without JavaScript", async () => {
    const page = await site.login("admin", undefined, { js: false, width: 360 });
    await page.goto("/journal");
    await site.shot("journal-360");
    await page.getByRole("button", { name: "Проверить всю цепочку" }).click();
    await page.waitForURL(/\/jobs\/\d+/);
    for (let i = 0; i < 20 && !(await page.textContent("main")).includes("цепочка цела"); i++) {
      await page.waitForTimeout(300);
      await page.reload();
    }
    if (!(await page.textContent("main")).includes("цепочка цела")) throw new Error("the job does not end");
  });
});
