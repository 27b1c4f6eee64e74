// Debian's Chromium, and pages that remember what went wrong while they were open.

import { chromium } from "playwright-core";

const EXECUTABLE = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({ executablePath: EXECUTABLE, headless: true, args: FLAGS });
}

/** A fresh page of that width. Its `mishaps` are what a user must never meet; requests elsewhere are not let out. */
export async function open(browser, address, { width, height = 800 }) {
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  const mishaps = [];
  const { host } = new URL(address);
  await context.route(
    (url) => url.protocol.startsWith("http") && url.host !== host,
    (route) => {
      mishaps.push(`third-party request: ${route.request().url()}`);
      return route.abort();
    },
  );
  page.on("websocket", (socket) => mishaps.push(`websocket: ${socket.url()}`));
  page.on("console", (message) => {
    if (message.type() === "error") mishaps.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => mishaps.push(`script: ${error.message}`));
  page.on("requestfailed", (request) => mishaps.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) mishaps.push(`${response.status()}: ${response.url()}`);
  });
  return { page, mishaps, close: () => context.close() };
}
