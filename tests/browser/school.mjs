// A school's own page: assignments and results beside the municipality and the region, on wide and narrow screens.
import { run } from "./lib.mjs";

await run("school", async (site) => {
  for (const [suffix, opt] of [["", { width: 1280 }], ["-360-dark", { theme: "dark", width: 360, height: 740 }]])
    await site.test(`my school${suffix}`, async () => {
      const page = await site.login("school1", undefined, opt);
      await page.goto("/school");
      await page.getByRole("heading", { name: "Результаты" }).waitFor();
      if ((await page.getByRole("progressbar").count()) < 3) throw new Error("no bars of school, municipality and region");
      await site.axe();
      await site.fits();
      await site.shot("school" + suffix, { full: true });
    });
});
