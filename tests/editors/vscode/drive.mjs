// node drive.mjs PLAN    Opens a window in which the driver extension works through the checks that the
// plan names; sees to the words that a person sees, takes a picture of them, clicks the buttons that a person
// clicks; ends when the driver has written its result.
import { existsSync, readFileSync } from "node:fs";

import { until, withWindow } from "./window.mjs";

// Some words come only when an installation has ended.
const SECONDS_TO_INSTALL = 110;

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));

await withWindow(plan, async (page) => {
  for (const words of plan.seen) {
    await page.getByText(words).first().waitFor({ timeout: SECONDS_TO_INSTALL * 1000 });
  }
  if (plan.picture) {
    await page.screenshot({ path: plan.picture });
  }
  for (const name of plan.clicks) {
    const inStatusBar = page.locator(".statusbar-item", { hasText: name });
    await page.getByRole("button", { name, exact: true }).or(inStatusBar).first().click();
  }
  await until("the driver's result", () => existsSync(plan.environment.AMP_LINT_RESULT), 120);
});
