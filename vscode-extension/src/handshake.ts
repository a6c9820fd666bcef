// Proves that a language server works: starts it and waits for the answer to `initialize`.

import { spawn } from "node:child_process";

const MILLISECONDS = 60_000;
const LONGEST_COMPLAINT = 2_000;

const INITIALIZE = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { processId: process.pid, rootUri: null, capabilities: {} },
};

/** Resolve when the server has answered; reject with the last line that it wrote to stderr. */
export function answers(command: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((done, fail) => {
    const server = spawn(command, args, { signal, stdio: "pipe" });
    let output = "";
    let complaint = "";
    const timer = setTimeout(() => server.kill("SIGKILL"), MILLISECONDS);
    server.stdout.on("data", (data: Buffer) => {
      output += data.toString();
      if (output.includes('"result"')) {
        server.kill();
        done();
      }
    });
    server.stderr.on("data", (data: Buffer) => {
      complaint = (complaint + data.toString()).slice(-LONGEST_COMPLAINT);
    });
    // A server that has ended takes no input; that it ended is reported below.
    server.stdin.on("error", () => undefined);
    server.on("error", fail);
    server.on("close", (code) => {
      clearTimeout(timer);
      fail(new Error(complaint.trim().split("\n").at(-1) || `it ended with exit code ${code}`));
    });
    const body = JSON.stringify(INITIALIZE);
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  });
}
