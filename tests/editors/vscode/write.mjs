// node write.mjs PLAN    Writes a manifest into an empty file by completion alone, as a person does who
// takes the first proposal; the file, the keys and the seconds go where the plan's `result` says.
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { until, withWindow } from "./window.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const file = path.join(plan.folder, "amp.yaml");

await withWindow(plan, async (page) => {
  let keys = 0;
  const press = async (...names) => {
    for (const name of names) {
      await page.keyboard.press(name);
      keys += 1;
    }
  };
  const type = async (letters) => {
    await page.keyboard.type(letters);
    keys += letters.length;
  };
  // The first proposal, once it is the one that is meant.
  const first = page.locator(".suggest-widget.visible .monaco-list-row").first();
  const accept = async (name, letters = "") => {
    await type(letters);
    const meant = first.getByText(name, { exact: true }).first();
    await until(`${name} as the first proposal`, async () => {
      const isThere = await meant.waitFor({ timeout: 3000 }).then(() => true, () => false);
      return isThere || press("Control+Space").then(() => false);
    });
    await press("Enter");
    await first.waitFor({ state: "hidden" }).catch(() => {});
  };

  await page.locator(".monaco-editor .view-line").first().click();
  await page.locator('[id="status.languageStatus"]').waitFor();
  // The file was open before the extension could tell the editor how its language is indented.
  await page.locator(".statusbar-item", { hasText: "Spaces: 2" }).waitFor();
  const begin = Date.now();
  for (const step of plan.steps) {
    if (step.press) {
      await press(...step.press);
    } else if (step.type) {
      await type(step.type);
    } else {
      await accept(step.accept, step.letters);
    }
  }
  const seconds = (Date.now() - begin) / 1000;
  await page.keyboard.press("Control+S");
  await until("the file", () => readFileSync(file, "utf8").trimEnd().endsWith(plan.end));
  writeFileSync(plan.result, JSON.stringify({ text: readFileSync(file, "utf8"), keys, seconds }));
});
