// The demo as a newcomer meets it: it starts, its API page lists every operation on a phone and on a desk, and
// each account it prints can log in.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { launch, open } from "./browser.js";
import { startDemo } from "./demo.js";

const WIDTHS = [360, 1280];
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

describe("demo", () => {
  let demo;
  let browser;

  before(async () => {
    demo = await startDemo();
    browser = await launch();
  });

  after(async () => {
    await browser?.close();
    await demo?.stop();
  });

  for (const width of WIDTHS) {
    test(`/docs lists every operation at ${width} px`, async () => {
      const expected = operations(await getJson("/api/v1/openapi.json"));
      assert.ok(expected.length > 0, "the description of the API names no operation");
      const { page, mishaps, close } = await open(browser, demo.address, { width });
      try {
        await page.goto(`${demo.address}/docs`, { waitUntil: "networkidle" });
        await page.locator(".opblock").first().waitFor({ state: "visible" });
        const shown = await page.locator(".opblock-summary-path").evaluateAll((paths) =>
          paths.map((path) => path.getAttribute("data-path")),
        );
        await keepPicture(page, `docs-${width}`);
        assert.deepEqual(shown.sort(), expected.sort());
        assert.deepEqual(mishaps, []);
        assert.deepEqual(await barriers(page), []);
      } finally {
        await close();
      }
    });
  }

  test("every printed account logs in and is told who it is", async () => {
    const seen = new Set();
    for (const { login, password, role } of demo.accounts) {
      const answer = await postJson("/api/v1/auth/login", { login, password });
      assert.equal(answer.status, 200, `${login}: ${await answer.clone().text()}`);
      const token = (await answer.json()).access_token;
      const me = await getJson("/api/v1/auth/me", { authorization: `Bearer ${token}` });
      assert.equal(me.role, role, login);
      assert.ok(me.account, login);
      seen.add(me.account);
    }
    assert.equal(seen.size, demo.accounts.length, "two accounts are one");
  });

  test("a wrong password and a missing token are refused alike", async () => {
    const [{ login }] = demo.accounts;
    const answer = await postJson("/api/v1/auth/login", { login, password: "not-the-password" });
    assert.equal(answer.status, 401);
    assert.match(answer.headers.get("content-type"), /application\/problem\+json/);
    assert.equal((await fetch(`${demo.address}/api/v1/auth/me`)).status, 401);
  });

  async function getJson(url, headers = {}) {
    const answer = await fetch(demo.address + url, { headers });
    assert.equal(answer.status, 200, `${url}: ${await answer.clone().text()}`);
    return answer.json();
  }

  function postJson(url, body) {
    // Every POST of the API carries a key of its own, so that a repeated one changes nothing.
    const headers = { "content-type": "application/json", "idempotency-key": randomUUID() };
    return fetch(demo.address + url, { method: "POST", headers, body: JSON.stringify(body) });
  }
});

test("demo ends when it is asked to, with exit code 0", async () => {
  const demo = await startDemo();
  assert.equal((await fetch(`${demo.address}/healthz`)).status, 200);
  assert.equal(await demo.stop(), 0);
  await assert.rejects(fetch(`${demo.address}/healthz`));
});

/** The path of each operation, once for each of its tags: so the page groups them. */
function operations({ paths }) {
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).flatMap((method) => (item[method].tags ?? ["default"]).map(() => path)),
  );
}

/** What keeps people with a disability out, by axe's strictest grade; Swagger UI's own bar is not ours to mend. */
async function barriers(page) {
  const { violations } = await new AxeBuilder({ page }).exclude(".topbar").analyze();
  const critical = violations.filter(({ impact }) => impact === "critical");
  return critical.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`);
}

/** With E2E_PICTURES=folder the pages are kept to be looked at. */
async function keepPicture(page, name) {
  const folder = process.env.E2E_PICTURES;
  if (!folder) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}
