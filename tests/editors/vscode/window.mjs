// A window of the real VS Code: code-server with the extensions under test, in a browser without a screen.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import * as path from "node:path";

const SECONDS = 60;

const SETTINGS = {
  "chat.disableAIFeatures": true,
  "editor.accessibilitySupport": "off",
  "editor.minimap.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.startupPrompt": "never",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.menuBarVisibility": "compact",
  "workbench.enableExperiments": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

// The last ones keep the browser from talking to anybody but the window's own server.
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Calls until the answer is a truth; fails with the name of what was awaited. */
export async function until(what, ask, seconds = SECONDS) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await pause(50)) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
  }
  throw new Error(`not in ${seconds} s: ${what}`);
}

/**
 * Open a window, let `use` work in it, and close it whatever happens.
 *
 * `plan` says where things are: `editor` (the installation), `root` (a private folder), `folder` (the
 * workspace), `extensions` (what to install), `settings`, `trusted`, `environment`, `browser`, `size`.
 */
export async function withWindow(plan, use) {
  const { server, address } = await startServer(plan);
  let browser;
  try {
    const { chromium } = createRequire(path.join(plan.editor, "package.json"))("playwright-core");
    browser = await chromium.launch({ executablePath: plan.browser, args: FLAGS });
    const context = await browser.newContext({ viewport: plan.size, colorScheme: "light" });
    const page = await context.newPage();
    page.setDefaultTimeout(SECONDS * 1000);
    await page.goto(`${address}/?${query(plan, address)}`);
    await use(page);
  } catch (error) {
    await browser?.contexts()[0]?.pages()[0]?.screenshot({ path: path.join(plan.root, "failure.png") });
    throw error;
  } finally {
    await browser?.close();
    await end(server);
  }
}

async function startServer(plan) {
  // The window is a remote one, which takes paths of programs from the settings of its machine alone.
  for (const [place, settings] of [["User", SETTINGS], ["Machine", plan.settings]]) {
    mkdirSync(path.join(plan.root, "data", place), { recursive: true });
    writeFileSync(path.join(plan.root, "data", place, "settings.json"), JSON.stringify(settings));
  }
  const configuration = path.join(plan.root, "code-server.yaml");
  writeFileSync(configuration, "auth: none\n");
  const entry = path.join(plan.editor, "node_modules", "code-server", "out", "node", "entry.js");
  const common = [
    entry,
    ...["--user-data-dir", path.join(plan.root, "data")],
    ...["--extensions-dir", path.join(plan.root, "extensions")],
    ...["--config", configuration],
  ];
  const node = path.join(plan.editor, "node");
  const environment = { env: plan.environment, encoding: "utf8" };
  const install = plan.extensions.flatMap((file) => ["--install-extension", file]);
  const installed = spawnSync(node, [...common, ...install], environment);
  if (installed.status !== 0) {
    throw new Error(`${installed.stdout}\n${installed.stderr}`);
  }
  const address = `http://127.0.0.1:${await freePort()}`;
  const log = openSync(path.join(plan.root, "code-server.log"), "w");
  const options = ["--bind-addr", new URL(address).host, "--disable-telemetry", "--disable-update-check"];
  const server = spawn(
    node,
    [...common, ...options, ...(plan.trusted ? ["--disable-workspace-trust"] : [])],
    { env: plan.environment, detached: true, stdio: ["ignore", log, log] },
  );
  closeSync(log);
  try {
    await until("a server for the window", () => {
      if (server.exitCode !== null) {
        throw new Error(readFileSync(path.join(plan.root, "code-server.log"), "utf8"));
      }
      return fetch(`${address}/healthz`).then(({ ok }) => ok, () => false);
    });
  } catch (error) {
    await end(server);
    throw error;
  }
  return { server, address };
}

function query({ folder, open }, address) {
  const { host } = new URL(address);
  const payload = (open ?? []).map((file) => ["openFile", `vscode-remote://${host}${folder}/${file}`]);
  return new URLSearchParams({ folder, payload: JSON.stringify(payload) });
}

/** End the server with all that it has started. */
async function end(server) {
  for (const [signal, seconds] of [["SIGTERM", 5], ["SIGKILL", 5]]) {
    try {
      process.kill(-server.pid, signal);
      await until("the end of the server", () => !isAlive(-server.pid), seconds);
    } catch {
      // It has ended, or the next signal will end it.
    }
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
