// One step for many assignments: ticked by keyboard, asked about with their number, done; without JavaScript.
import { run } from "./lib.mjs";

await run("many at once", async (site) => {
  await site.test("two reports are returned with one reason, without JavaScript", async () => {
    const page = await site.login("region", undefined, { js: false });
    await page.goto("/assignments?status=review");
    for (const i of [0, 1]) {
      await page.locator("input[name=pick]").nth(i).focus();
      await page.keyboard.press("Space");
    }
    await site.shot("bulk-list", { full: true });
    await page.getByLabel("С отмеченными").selectOption("return");
    await page.getByRole("button", { name: "Далее…" }).click();
    await page.getByRole("heading", { name: /2 поручения/ }).waitFor();
    await site.shot("bulk-ask");
    await page.getByLabel(/По какой причине/).fill("Нет приложения");
    await page.locator("main form button").first().click();
    await page.getByText("сделано 2 из 2").waitFor();
  });

  await site.test("the list and the question have no barrier and fit a telephone in the dark", async () => {
    const page = await site.login("region", undefined, { width: 360, theme: "dark" });
    await page.goto("/assignments?status=overdue");
    await site.axe();
    await site.fits();
    await page.locator("input[name=pick]").first().check();
    await page.getByRole("button", { name: "Далее…" }).click();
    await page.waitForURL(/bulk/);
    await site.axe();
    await site.fits();
    await site.shot("bulk-ask-360-dark");
  });
});
