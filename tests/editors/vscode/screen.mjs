// node screen.mjs PLAN    Works in a window as a person does, with keys and pointer, and looks at what is on
// the screen; takes a picture at each stop, into the folder that the plan calls `pictures`.
import { mkdirSync, readFileSync } from "node:fs";
import * as path from "node:path";

import { until, withWindow } from "./window.mjs";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
mkdirSync(plan.pictures, { recursive: true });

await withWindow(plan, async (page) => {
  const picture = (name) => page.screenshot({ path: path.join(plan.pictures, `${name}.png`) });
  const see = (place, words) => page.locator(place, { hasText: words }).first().waitFor();
  const press = async (...keys) => {
    for (const key of keys) {
      await page.keyboard.press(key);
    }
  };
  const line = (words) => page.locator(".monaco-editor .view-line", { hasText: words }).first();

  // Squiggles.
  await line("Hubspot").waitFor();
  await page.locator(".monaco-editor .squiggly-error").first().waitFor();
  await page.locator(".monaco-editor .squiggly-warning").first().waitFor();
  await see(".monaco-editor .view-line", "every 13 minutes");

  // The status of the server, beside the language.
  await page.locator('[id="status.languageStatus"]').hover();
  await see(".hover-language-status", /amp-lint \d+\.\d+\.\d+/);
  await see(".hover-language-status", "named by the setting");
  await see(".hover-language-status", "Restart");
  await see(".hover-language-status", "Show");

  // Hover, at the middle of the line through the wrong word.
  await page.locator(".monaco-editor .squiggly-error").nth(1).hover({ force: true });
  await see(".monaco-hover", "minutes apart");
  await picture("hover");
  await press("Escape");

  // The problems panel.
  await press("Control+Shift+M");
  await see(".markers-panel .monaco-list-row", "there is no provider");
  await see(".markers-panel .monaco-list-row", "mapToNme");
  await page.mouse.move(5, 300);
  await until("no hover", async () => (await page.locator(".monaco-hover:visible").count()) === 0);
  await picture("problems");
  await press("Control+J");

  // The light bulb.
  await page.locator(".monaco-editor .squiggly-warning").first().click({ force: true });
  await page.locator(".monaco-editor :is(.lightBulbWidget, [class*=gutter-lightbulb])").first().waitFor();
  await press("Control+.");
  await see(".action-widget", "mapToName");
  await picture("fix");
  await press("Enter");
  await line("mapToName: first_name").waitFor();

  // Completion.
  await press("End", "Enter", "Shift+Tab");
  // Enter behind a finished item begins the next one.
  await page.keyboard.type("- fieldName: city");
  await press("Enter");
  await page.keyboard.type("map");
  await see(".suggest-widget.visible .monaco-list-row", "mapToName");
  await picture("completion");
  await press("Enter");
  await page.keyboard.type("town");
  await line("- mapToName: town").waitFor();

  // A manifest from nothing.
  await press("F1");
  await page.keyboard.type("amp-lint: Generate");
  await see(".quick-input-list .monaco-list-row", "Generate a Manifest");
  await press("Enter");
  await see(".quick-input-title", "provider");
  await page.keyboard.type("intercom");
  await see(".quick-input-list .monaco-list-row", "Intercom");
  await press("Enter");
  await see(".quick-input-title", "what to do");
  await see(".quick-input-list .monaco-list-row", "read");
  await press("Enter");
  await see(".quick-input-title", "objects");
  await page.keyboard.type("companies");
  await see(".quick-input-list .monaco-list-row", "companies");
  await press("ArrowDown", "Space");
  await see(".quick-input-count", "1");
  await picture("generate");
  await press("Enter");
  await see(".quick-input-title", "destination");
  await press("Enter");
  await line("provider: intercom").waitFor();
  await line("objectName: companies").waitFor();
  await line("destination: default-webhook").waitFor();
});
