// Search over everything: by the key «/» from any page, with marks, filters and an empty answer; also without JavaScript.
import { run } from "./lib.mjs";

await run("search", async (site) => {
  await site.test("the key / opens the search from any page, a piece opens the point", async () => {
    const page = await site.login("region");
    await page.goto("/results");
    await page.keyboard.press("/");
    await page.keyboard.type("школ анализ");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/search\?q=/);
    await page.locator("#found mark").first().waitFor();
    await site.axe();
    await site.fits();
    await site.shot("search");
    await site.shot("search-360-dark", { width: 360, theme: "dark" });
    await site.fits();
    await page.locator(".found li a[href*='#p']").first().click();
    await page.waitForURL(/\/documents\/\d+#p\d+/);
  });

  await site.test("the answer follows the typing; nothing found names the word", async () => {
    const page = await site.login("region");
    await page.goto("/search");
    await page.getByText("Что найти?").waitFor();
    await page.fill("main [name=q]", "отчет крокодилам");
    await page.getByText("Не встречается слово «крокодилам»").waitFor();
    await page.fill("main [name=q]", "отчет");
    await page.locator("#found mark").first().waitFor();
    await page.selectOption("main [name=status]", "draft");
    await page.waitForURL(/status=draft/);
  });

  await site.test("without JavaScript it is a form", async () => {
    const page = await site.login("region", undefined, { js: false });
    await page.goto("/help");
    await page.fill(".side [name=q]", "анализ");
    await page.press(".side [name=q]", "Enter");
    await page.locator("#found mark").first().waitFor();
    await page.selectOption("main [name=kind]", "order");
    await page.getByRole("button", { name: "Найти", exact: true }).click();
    await page.waitForURL(/kind=order/);
  });
});
