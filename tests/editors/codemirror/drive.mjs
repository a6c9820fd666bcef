// usage: node drive.mjs PLAN    One scenario in a manifest, in CodeMirror in a browser without a screen.
//
// PLAN is a JSON file: `editor` (the installation), `page` (the module of the page, which exports
// `ampSupport`), `root` (a private folder), `browser`, `server`, `manifest`, `scenario`, `answer`.

import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const plan = JSON.parse(readFileSync(process.argv[2], "utf8"));
const require = createRequire(path.join(plan.editor, "package.json"));
const FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];

function bundle() {
  const source = `
    import { EditorView, basicSetup } from "codemirror";
    import { ampSupport } from ${JSON.stringify(plan.page)};
    const handlers = new Set();
    // Of the shapes that both clients want.
    window.receive = (text) => { for (const one of handlers) one(text); };
    const transport = {
      send: (text) => { window.send(text); },
      subscribe: (one) => { handlers.add(one); },
      unsubscribe: (one) => { handlers.delete(one); },
      onMessage: (one) => { handlers.add(one); },
      onClose: () => {},
      onError: () => {},
      close: () => {},
    };
    window.start = (doc) => {
      const extensions = [basicSetup, ampSupport(transport, "file:///project/amp.yaml")];
      window.view = new EditorView({ doc, extensions, parent: document.body });
    };`;
  const made = require("esbuild").buildSync({
    stdin: { contents: source, resolveDir: plan.editor },
    nodePaths: [path.join(plan.editor, "node_modules")],
    bundle: true,
    write: false,
    format: "iife",
  });
  return made.outputFiles[0].text;
}

/** Start the server; `send` takes the text of a message, `receive` is called with each. */
function startServer(receive) {
  const server = spawn(plan.server, { stdio: ["pipe", "pipe", "inherit"] });
  let ahead = Buffer.alloc(0);
  server.stdout.on("data", (data) => {
    ahead = Buffer.concat([ahead, data]);
    for (;;) {
      const end = ahead.indexOf("\r\n\r\n");
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(ahead.toString("latin1", 0, end))[1]);
      if (ahead.length < end + 4 + length) return;
      receive(ahead.toString("utf8", end + 4, end + 4 + length));
      ahead = ahead.subarray(end + 4 + length);
    }
  });
  const send = (text) => {
    server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  };
  return { server, send };
}

const text = (page) => page.evaluate(() => window.view.state.doc.toString());

const scenarios = {
  async diagnose(page) {
    await page.locator(".cm-lintRange").first().waitFor();
    const marks = await page.locator(".cm-lintRange").allTextContents();
    await page.locator(".cm-lintRange").first().hover();
    const message = await page.locator(".cm-tooltip-lint .cm-diagnosticText").first().textContent();
    await page.screenshot({ path: path.join(plan.root, "screen.png") });
    return [marks.join(""), message];
  },
  async complete(page) {
    await page.locator(".cm-lintRange").first().waitFor();
    await page.evaluate(() => {
      const at = window.view.state.doc.toString().indexOf("          requiredFields");
      const insert = "          mapTo\n";
      window.view.dispatch({ changes: { from: at, insert }, selection: { anchor: at + 15 } });
      window.view.focus();
    });
    await page.keyboard.type("N");
    await page.locator(".cm-tooltip-autocomplete li").first().waitFor();
    // What is shown may not be chosen at once, lest a key meant for the text chooses.
    await page.waitForFunction(() => {
      window.dispatched = (window.dispatched ?? 0) + 1;
      return window.dispatched > 10;
    });
    await page.keyboard.press("Enter");
    await page.locator(".cm-tooltip-autocomplete").waitFor({ state: "detached" });
    await page.keyboard.type("people");
    return await text(page);
  },
  async rename(page) {
    await page.locator(".cm-lintRange").first().waitFor();
    await page.evaluate(() => {
      const at = window.view.state.doc.toString().indexOf("contacts");
      window.view.dispatch({ selection: { anchor: at } });
      window.view.focus();
    });
    await page.keyboard.press("F2");
    await page.locator(".cm-lsp-rename-panel input").fill("leads");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => window.view.state.doc.toString().includes("leads"));
    return await text(page);
  },
};

let page;
const early = [];
const { server, send } = startServer((message) => {
  if (page) page.evaluate((one) => window.receive(one), message).catch(() => {});
  else early.push(message);
});
const ended = new Promise((resolve) => server.on("exit", resolve));
const browser = await require("playwright-core").chromium.launch({
  executablePath: plan.browser,
  args: FLAGS,
});
try {
  page = await browser.newPage({ viewport: { width: 800, height: 420 } });
  page.setDefaultTimeout(60000);
  await page.exposeFunction("send", send);
  await page.setContent("<!doctype html><body></body>");
  await page.addScriptTag({ content: bundle() });
  await page.evaluate((doc) => window.start(doc), readFileSync(plan.manifest, "utf8"));
  writeFileSync(plan.answer, JSON.stringify(await scenarios[plan.scenario](page)));
} finally {
  await browser.close();
  // A page that is closed says nothing more; its server has to leave when its input ends.
  server.stdin.end();
  await ended;
}
