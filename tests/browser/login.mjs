// The way in, as a person walks it.
import { run } from "./lib.mjs";

await run("login", async (site) => {
  await site.test("the login page has no serious barrier, light and dark, small and large", async () => {
    const page = await site.open();
    await page.goto("/login");
    await site.axe();
    await site.shot("login");
    for (const [name, opt] of [["login-dark", { theme: "dark" }], ["login-360", { width: 360, height: 740 }], ["login-4k", { width: 3840, height: 2160 }]]) {
      const other = await site.open(opt);
      await other.goto("/login");
      await site.axe();
      await site.fits();
      await site.shot(name);
    }
  });

  await site.test("a wrong password says so and keeps the login", async () => {
    const page = await site.open();
    await page.goto("/login");
    await page.fill("#login", "region");
    await page.fill("#password", "not-the-password");
    await page.press("#password", "Enter");
    await page.waitForSelector("[role=alert]");
    if ((await page.inputValue("#login")) !== "region") throw new Error("the login was lost");
  });

  await site.test("the right password opens the first page", async () => {
    const page = await site.login("region");
    if (new URL(page.url()).pathname !== "/") throw new Error("landed on " + page.url());
    await site.axe();
    await site.fits();
    await site.shot("first");
  });

  await site.test("it works without JavaScript too", async () => {
    const page = await site.login("region", undefined, { js: false });
    if ((await page.locator("h1").count()) !== 1) throw new Error("no heading");
  });
});
