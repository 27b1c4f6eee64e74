// Starts `padankerja demo` in an empty folder of its own on a free port, and reads from its output where it
// listens and with which accounts one may log in. Ends it and removes the folder afterwards.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BINARY = process.env.PADANKERJA ?? path.join(ROOT, "target/release/padankerja");
const STARTED_WITHIN_MS = 120_000;
const ENDED_WITHIN_MS = 20_000;

const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/;
const SLIP = /ketik kode (\d{4} \d{4} \d{4}) dan tahun lahir (\d{4})/;
const ACCOUNT = /masuk:\s*(\S+)\s+kata sandi:\s*(\S+)\s+peran:\s*(\S+)/;

export async function startDemo() {
  const folder = await mkdtemp(path.join(tmpdir(), "padankerja-e2e-"));
  // Nothing of the caller's own installation: no database, no configuration.
  const env = { PATH: process.env.PATH, HOME: folder, TMPDIR: folder };
  const child = spawn(BINARY, ["demo", "--port", "0"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  const demo = { address: undefined, accounts: [], slip: undefined, output: "", stop: () => stop(child, folder) };
  // Should this process die early, so does the server.
  process.once("exit", () => child.kill("SIGKILL"));
  try {
    await announced(child, demo);
  } catch (error) {
    await demo.stop();
    throw error;
  }
  return demo;
}

/** Resolves once the address, at least one account and the code of somebody without one were printed. */
function announced(child, demo) {
  return new Promise((resolve, reject) => {
    const give_up = (reason) => reject(new Error(`demo ${reason}; its output was:\n${demo.output}`));
    const timer = setTimeout(() => give_up(`said no address, account and code in ${STARTED_WITHIN_MS} ms`), STARTED_WITHIN_MS);
    const read = (chunk) => {
      demo.output += chunk;
      demo.address = demo.output.match(ADDRESS)?.[0];
      const slip = demo.output.match(SLIP);
      demo.slip = slip ? { code: slip[1], year: slip[2] } : undefined;
      demo.accounts = demo.output.split("\n").slice(0, -1).flatMap(account);
      if (demo.address && demo.accounts.length > 0 && demo.slip) {
        clearTimeout(timer);
        resolve();
      }
    };
    child.stdout.setEncoding("utf8").on("data", read);
    child.stderr.setEncoding("utf8").on("data", read);
    child.once("error", (error) => give_up(`did not start (${error.message})`));
    child.once("exit", (code, signal) => give_up(`ended with ${code ?? signal}`));
  });
}

function account(line) {
  const found = line.match(ACCOUNT);
  return found ? [{ login: found[1], password: found[2], role: found[3] }] : [];
}

/** Asks the server to end and returns its exit code; null when it had to be killed. */
async function stop(child, folder) {
  if (child.exitCode === null && child.signalCode === null && child.pid) {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), ENDED_WITHIN_MS);
    await ended;
    clearTimeout(timer);
  }
  await rm(folder, { recursive: true, force: true });
  return child.exitCode;
}
