// usage: node drive.mjs PLAN    One scenario in a manifest, in a page of JupyterLab without a screen.
//
// PLAN is a JSON file: `editor` (where the browser's driver is installed), `address` (of the manifest in
// JupyterLab), `root` (a private folder), `browser`, `scenario`, `answer`.

import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const require = createRequire(path.join(plan.editor, "package.json"));
const FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];
const SIZE = { width: 1000, height: 560 };

const lines = (page) => page.locator(".jp-FileEditor .cm-line");
const line = (page, words) => lines(page).filter({ hasText: words }).first();

async function text(page) {
  return (await lines(page).allTextContents()).join("\n");
}

const scenarios = {
  async diagnose(page) {
    const marks = await page.locator(".cm-lintRange").allTextContents();
    await page.locator(".cm-lintRange").first().hover();
    const message = await page.locator(".cm-tooltip-lint .cm-diagnosticText").first().textContent();
    await page.screenshot({ path: path.join(plan.root, "screen.png") });
    return [marks.join(""), message];
  },
  async complete(page) {
    await line(page, "destination").click();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.type("enabled: ");
    await page.keyboard.press("Tab");
    await page.locator(".jp-Completer-item").first().waitFor();
    const [label] = (await page.locator(".jp-Completer-match").first().allTextContents());
    await page.keyboard.press("Enter");
    await line(page, `enabled: ${label}`).waitFor();
    return await text(page);
  },
  async rename(page) {
    await line(page, "objectName").getByText("contacts").click({ button: "right" });
    await page.getByText("Rename symbol").click();
    await page.locator(".jp-Dialog input").fill("leads");
    await page.keyboard.press("Enter");
    await line(page, "leads").waitFor();
    return await text(page);
  },
};

const browser = await require("playwright-core").chromium.launch({
  executablePath: plan.browser,
  args: FLAGS,
});
try {
  const page = await browser.newPage({ viewport: SIZE });
  page.setDefaultTimeout(60000);
  await page.goto(plan.address);
  await page.locator(".cm-lintRange").first().waitFor();
  writeFileSync(plan.answer, JSON.stringify(await scenarios[plan.scenario](page)));
} finally {
  await browser.close();
}
