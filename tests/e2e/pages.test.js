// The pages in a real browser: seven ways through them without a script, as residents, their helpers and passers-by go them; and
// every kind of page at both widths: nothing missing, nothing that axe finds, all reached by keyboard, no sideways scroll.
// E2E_PICTURES=folder keeps a picture of each.

import assert from "node:assert/strict";
import crypto from "node:crypto";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";

import { AxeBuilder } from "@axe-core/playwright";

import { launch, open } from "./browser.js";
import { startDemo } from "./demo.js";
import { PAGES, WIDTHS } from "./pages.js";

const PICTURES = process.env.E2E_PICTURES;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

let demo;
let browser;
// The cookies of the resident and of the companion, the address of what waits for the resident's answer, and the code of their slip.
const logins = {};
let asked;
let slip;
// An application that waits for the answer of somebody whom the companion helps.
let helped;

before(async () => {
  [demo, browser] = await Promise.all([startDemo(), launch()]);
  if (PICTURES) await mkdir(PICTURES, { recursive: true });
});

after(async () => {
  await browser?.close();
  await demo?.stop();
});

/** What axe finds on a page. It runs in the page itself: no frame is somebody else's, so that no second page is needed to join. */
async function found(page) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode(true).analyze();
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
}

/** By the keyboard: whoever has no mouse presses a button so. */
async function press(page, name) {
  await page.getByRole("button", { name, exact: true }).focus();
  await page.keyboard.press("Enter");
}

test("from the code on paper to a question, and the profile, without a script", async () => {
  assert.ok(demo.slip, `the demo told no code:\n${demo.output}`);
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(demo.address);
  await page.getByRole("link", { name: /Saya punya kertas/ }).click();
  await page.getByLabel("12 angka di kertas").fill(demo.slip.code);
  await page.getByLabel("Tahun lahir Anda").fill(demo.slip.year);
  await page.getByLabel("Nomor HP").fill("0860 1234 5678");
  await page.getByLabel("Kata sandi baru").fill("kucing naik becak");
  await press(page, "Mulai akun");
  await page.getByText("Akun Anda sudah jadi").waitFor();
  assert.match(await page.textContent("h1"), /Sampai mana lamaran saya/);
  await page.getByRole("link", { name: "Baca dan jawab" }).first().click();
  asked = new URL(page.url()).pathname;
  assert.match(asked, /^\/saya\/lamaran\//);
  await page.getByRole("link", { name: "Profil", exact: true }).click();
  await page.getByRole("link", { name: "Ubah pengalaman kerja" }).click();
  await page.getByLabel("Sebagai apa?").last().fill("Operator jahit");
  await page.getByLabel("Berapa bulan?").last().fill("24");
  await press(page, "Simpan");
  await page.getByText("Sudah disimpan").waitFor();
  await page.getByText("Operator jahit, 2 tahun").waitFor();
  logins.resident = await context.storageState();
  await context.close();
});

test("a companion logs in, notes an answer for a resident, and takes it back for them, without a script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(demo.address + "/masuk");
  const account = demo.accounts.find((one) => one.login === "pendamping");
  assert.ok(account, demo.output);
  await page.getByLabel("Nomor HP").fill(account.login);
  await page.getByLabel("Kata sandi").fill(account.password);
  await press(page, "Masuk");
  await page.getByRole("heading", { name: "Tugas Anda sebagai pendamping" }).waitFor();
  logins.companion = await context.storageState();
  // Somebody who looks for work and agreed to be helped is asked by the office, as on any day.
  await page.goto(demo.address + "/pendamping/warga");
  const links = await page.locator("main a[href^='/pendamping/warga/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  const vacancies = await open_vacancies();
  helped = undefined;
  for (const person of links.map((link) => link.split("/").at(-1))) {
    helped ??= await propose(person, vacancies);
  }
  assert.ok(helped, "nobody who is helped may be asked");
  await page.goto(`${demo.address}/pendamping/warga/${helped.person}`);
  await page.locator(`a[href='/pendamping/lamaran/${helped.id}']`).first().click();
  await page.getByRole("link", { name: "Catat jawaban" }).click();
  await press(page, "Catat jawaban");
  await page.getByText("Ada yang perlu diperbaiki").waitFor();
  await page.getByRole("group", { name: "Apa jawabannya?" }).getByRole("radio", { name: /Ya/ }).check();
  await page.getByRole("group", { name: "Siapa yang menjawab?" }).getByRole("radio").first().check();
  await page.getByRole("group", { name: "Bagaimana Anda mendengarnya?" }).getByRole("radio", { name: /[Bb]ertemu|[Dd]atang/ }).first().check();
  await press(page, "Catat jawaban");
  await page.getByText("Jawaban sudah dicatat: ya, bersedia").waitFor();
  await page.getByRole("link", { name: "Warga ingin membatalkan lamaran ini" }).click();
  await page.getByRole("group", { name: "Siapa yang menjawab?" }).getByRole("radio").first().check();
  await page.getByRole("group", { name: "Bagaimana Anda mendengarnya?" }).getByRole("radio", { name: /[Bb]ertemu|[Dd]atang/ }).first().check();
  await page.getByRole("group", { name: "Mengapa?" }).getByRole("radio").first().check();
  await press(page, "Catat jawaban");
  await page.getByRole("status").waitFor();
  // What the rows below look at: somebody who is asked again.
  helped = await propose(helped.person, vacancies.filter((one) => one !== helped.vacancy));
  assert.ok(helped, "asked once more");
  await context.close();
});

test("my data, and a slip on paper", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, storageState: logins.resident });
  const page = await context.newPage();
  await page.goto(`${demo.address}/saya/data`);
  await page.getByRole("link", { name: "Buat atau batalkan slip" }).click();
  await press(page, "Buat slip");
  slip = await page.locator(".slip .number").textContent();
  assert.match(slip, /^[0-9A-Z]{5} [0-9A-Z]{5}$/);
  assert.deepEqual(await found(page), []);
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, "slip-made-360.png"), fullPage: true });
  const reader = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const nobody = await reader.newPage();
  await nobody.goto(`${demo.address}/cek`);
  await nobody.getByLabel("Kode", { exact: true }).fill(slip.toLowerCase());
  await press(nobody, "Cek");
  await nobody.getByText("Sampai mana lamarannya").waitFor();
  const name = await page.locator(".band b").textContent();
  assert.ok(name.length > 3 && !(await nobody.textContent("body")).includes(name), `${name} on a page for whoever has the code`);
  await reader.close();
  // On paper stands the slip, and neither a name nor a menu.
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator(".slip").isVisible(), true);
  for (const kept of [".band", ".menu", "h1"]) assert.equal(await page.locator(kept).isVisible(), false, kept);
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, "slip-paper.png"), fullPage: true });
  await context.close();
});

test("search and say interest, without a script and without a login", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(demo.address);
  await page.getByRole("link", { name: "Lowongan", exact: true }).click();
  await page.getByLabel("Pekerjaan atau keahlian").fill("jahit");
  await press(page, "Cari");
  await page.locator("article h3 a").first().click();
  await page.getByRole("link", { name: "Saya berminat" }).click();
  await page.getByLabel("Grogol").check();
  await press(page, "Lanjutkan");
  await page.getByLabel("Nama Anda").fill("Siti Contoh");
  await page.getByLabel("Nomor HP").fill("0860 1111 2222");
  await page.getByRole("group", { name: "Desa atau kelurahan Anda" }).getByRole("radio").first().check();
  await page.getByLabel("Petugas Dinas boleh menelepon").check();
  await press(page, "Kirim");
  await page.getByText(/MIN-\d{4}-\d{4}/).waitFor();
  await page.getByText(/Petugas menghubungi Anda paling lambat/).waitFor();
  await context.close();
});

for (const row of PAGES) {
  test(`${row.name} at ${WIDTHS.join(" and ")}`, async () => {
    const context = await browser.newContext({
      viewport: { width: WIDTHS[0], height: 740 },
      ...(row.as === "nobody" ? {} : { storageState: logins[row.as] }),
    });
    const page = await context.newPage();
    const mishaps = [];
    page.on("console", (message) => message.type() === "error" && mishaps.push(message.text()));
    page.on("pageerror", (error) => mishaps.push(error.message));
    const requests = [];
    page.on("request", (request) => requests.push(request.url()));
    const answer = await page.goto(demo.address + (await address(page, row)));
    assert.equal(answer.status(), row.status ?? 200, page.url());
    for (const [label, value] of Object.entries(row.typed ?? {})) {
      await page.getByLabel(label, { exact: true }).fill(value === "SLIP" ? slip : value);
    }
    if (row.opens) await page.getByText(row.opens).first().click();
    if (row.press) {
      await press(page, row.press);
      await page.getByText(row.finds ?? "Ada yang perlu diperbaiki").first().waitFor();
    }
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width < 600 ? 740 : 800 });
      if (PICTURES) {
        await page.screenshot({ path: path.join(PICTURES, `${row.name}-${width}.png`), fullPage: true });
      }
      assert.deepEqual(await found(page), [], `at ${width}`);
    }
    // A page that says what went wrong has such a status: the browser tells it as an error.
    const unexpected = mishaps.filter((text) => !/status of (404|410|422)/.test(text));
    assert.deepEqual(unexpected, []);
    assert.ok(requests.every((url) => url.startsWith(demo.address)), requests.join("\n"));
    assert.deepEqual(await unreached(page), []);
    await page.setViewportSize({ width: 320, height: 640 });
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(beyond <= 0, `${beyond} pixels too wide at 320`);
    await context.close();
  });
}

test("yes, then take back, without a script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 }, storageState: logins.resident });
  const page = await context.newPage();
  await page.goto(demo.address + asked);
  await page.getByRole("link", { name: "Ya, saya bersedia" }).click();
  await press(page, "Ya, saya bersedia");
  await page.getByText("Jawaban Anda sudah kami terima: ya, bersedia").waitFor();
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, "done-360.png"), fullPage: true });
  await page.getByRole("link", { name: "Batalkan lamaran ini" }).click();
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, "withdraw-360.png"), fullPage: true });
  await page.getByLabel("Ingin").or(page.getByLabel("Kesehatan")).first().check();
  await press(page, "Ya, batalkan lamaran");
  await page.getByText("Lamaran Anda sudah dibatalkan").waitFor();
  await context.close();
});

test("a near miss, and apply all the same; then no to what the office asks, without a script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 }, storageState: logins.resident });
  const page = await context.newPage();
  await page.goto(`${demo.address}/saya/profil/keinginan`);
  await page.getByLabel("Upah sebulan paling rendah").fill("Rp9.500.000");
  await page.getByLabel("Tempat kerja paling jauh").fill("");
  await page.getByLabel("Sepeda motor").check();
  await page.getByRole("group", { name: "Bersedia kerja shift?" }).getByLabel("Ya", { exact: true }).check();
  await press(page, "Simpan");
  await page.getByText("Sudah disimpan").waitFor();
  await page.goto(`${demo.address}/saya/lowongan`);
  await page.getByRole("heading", { name: /Hampir sesuai/ }).waitFor();
  const near = page.locator("article", { hasText: "di bawah batas Anda. Tetap berminat?" }).first();
  if (PICTURES) await page.screenshot({ path: path.join(PICTURES, "near-360.png"), fullPage: true });
  await near.getByRole("link", { name: /^Lamar/ }).click();
  await page.getByText(/di bawah batas Anda\./).waitFor();
  await press(page, "Lamar");
  await page.getByText("Lamaran Anda sudah kami terima").waitFor();
  await page.getByRole("link", { name: "Batalkan lamaran ini" }).click();
  await page.getByLabel("Kesehatan").check();
  await press(page, "Ya, batalkan lamaran");
  await page.getByText("Lamaran Anda sudah dibatalkan").waitFor();
  await page.goto(`${demo.address}/saya/profil`);
  await page.getByText("Rp9.500.000").waitFor();
  await page.goto(`${demo.address}/saya/profil/kontak`);
  const proposal = await propose(await page.locator("input[name=orang]").inputValue(), (await open_vacancies()).reverse());
  assert.ok(proposal, "could not be asked");
  await page.goto(`${demo.address}/saya/lamaran/${proposal.id}`);
  await page.getByRole("link", { name: "Tidak, kali ini belum bisa" }).click();
  await press(page, "Kirim jawaban");
  await page.getByText("Ada yang perlu diperbaiki").waitFor();
  await page.getByRole("group", { name: "Mengapa?" }).getByRole("radio").first().check();
  await press(page, "Kirim jawaban");
  await page.getByText(/Jawaban Anda sudah kami terima: tidak/).waitFor();
  await context.close();
});

test("a complaint without a name, and how it stands, without a script", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await page.goto(demo.address);
  await page.getByRole("link", { name: /Ada yang meminta uang/ }).click();
  await page.getByRole("group", { name: "Apa yang terjadi?" }).getByRole("radio").first().check();
  await page.getByLabel("Ceritakan").fill("Diminta Rp500.000 sebelum wawancara.");
  await press(page, "Kirim aduan");
  await page.getByRole("heading", { name: "Aduan Anda sudah kami terima" }).waitFor();
  const [number, code] = await page.locator(".number").allTextContents();
  await page.getByRole("link", { name: "Cek aduan" }).click();
  await page.getByLabel("Kode", { exact: true }).fill(code);
  await page.getByLabel("Nomor aduan atau nomor surat").fill(number);
  await press(page, "Cek");
  await page.getByRole("status").getByText(number).waitFor();
  await context.close();
});

test("by keyboard alone: search, and straight to the content", async () => {
  const { page, close } = await open(browser, demo.address, { width: 1280 });
  await page.goto(demo.address);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Langsung ke isi");
  await page.getByLabel("Pekerjaan atau keahlian").focus();
  await page.keyboard.type("jahit");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /untuk “jahit”/ }).waitFor();
  await close();
});

test("on a slow network that loses every third request: one application, nothing typed twice", async () => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, storageState: logins.resident });
  const page = await context.newPage();
  const vacancy = await address(page, { from: "/lowongan", path: "FIRST /lowongan/" });
  const before = await own(page);
  const cdp = await context.newCDPSession(page);
  const speed = (400 * 1024) / 8;
  await cdp.send("Network.enable");
  await cdp.send("Network.emulateNetworkConditions", { offline: false, latency: 400, downloadThroughput: speed, uploadThroughput: speed });
  let requests = 0;
  await context.route("**/*", (route) => (++requests % 3 === 0 ? route.abort("connectionfailed") : route.continue()));
  // What somebody does whose page does not come: again, or back and the button once more.
  const insist = async (act, arrived) => {
    for (let tries = 0; tries < 12; tries++) {
      await act().catch(() => {});
      await page.waitForLoadState("domcontentloaded").catch(() => {});
      if (await arrived().catch(() => false)) return;
      if (page.url().startsWith("chrome-error")) await page.goBack().catch(() => {});
    }
    assert.fail(`never arrived, at ${page.url()}`);
  };
  const shows = (text) => async () => (await page.textContent("main", { timeout: 2000 })).includes(text);
  await insist(() => page.goto(`${demo.address}${vacancy}/lamar`), shows("Melamar pekerjaan ini?"));
  await insist(() => press(page, "Lamar"), shows("Lamaran Anda sudah kami terima"));
  const made = new URL(page.url()).pathname;
  await insist(() => page.goto(`${demo.address}${made}/batal`), shows("Batalkan lamaran ini?"));
  const typed = "rumah saya jauh dari jalan besar";
  await page.getByLabel(/Ceritakan sedikit/).fill(typed);
  await page.getByLabel("Kesehatan").check();
  let kept = 0;
  await insist(async () => {
    const field = page.getByLabel(/Ceritakan sedikit/);
    assert.equal(await field.inputValue({ timeout: 5000 }), typed);
    kept++;
    await press(page, "Ya, batalkan lamaran");
  }, shows("Lamaran Anda sudah dibatalkan"));
  assert.ok(kept > 0);
  await context.unroute("**/*");
  const after = await own(page);
  assert.deepEqual(after.filter((one) => !before.includes(one)), [made]);
  await context.close();
});

test("an ad's data for search engines passes the page's policy", async () => {
  const { page, mishaps, close } = await open(browser, demo.address, { width: 1280 });
  await page.goto(demo.address + (await address(page, { from: "/lowongan", path: "FIRST /lowongan/" })));
  const text = await page.locator("script[type='application/ld+json']").textContent();
  assert.equal(JSON.parse(text)["@type"], "JobPosting");
  assert.deepEqual(mishaps, []);
  await close();
});

/** Asks the API as an officer of the demo. */
async function office(method, path, body, version) {
  if (!office.token) {
    const { login, password } = demo.accounts.find((one) => one.role === "staff");
    office.token = (await api("POST", "auth/login", { login, password }, {})).body.access_token;
  }
  const more = version === undefined ? {} : { "if-match": `"${version}"` };
  return api(method, path, body, { authorization: `Bearer ${office.token}`, "idempotency-key": crypto.randomUUID(), ...more });
}

async function api(method, path, body, headers) {
  const given = body === undefined ? {} : { body: JSON.stringify(body), headers: { ...headers, "content-type": "application/json" } };
  const answer = await fetch(`${demo.address}/api/v1/${path}`, { method, headers, ...given });
  return { ok: answer.ok, body: await answer.json() };
}

/** The addresses of one's own applications. */
async function own(page) {
  await page.goto(`${demo.address}/saya`);
  const links = await page.locator("a[href^='/saya/lamaran/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  return [...new Set(links)];
}

/** Ids of open vacancies, the newest twenty of the page. */
async function open_vacancies() {
  const text = await (await fetch(`${demo.address}/lowongan`)).text();
  return [...new Set([...text.matchAll(/href="\/lowongan\/([0-9a-f-]{36})"/g)].map(([, id]) => id))];
}

/** Asks somebody about the first of these vacancies that may be proposed to them: an officer proposes and confirms. */
async function propose(person, vacancies) {
  for (const vacancy of vacancies) {
    const made = await office("POST", "applications", { person_id: person, vacancy_id: vacancy, event: "propose" });
    if (!made.ok) continue;
    const { id, version } = made.body.application;
    const confirmed = await office("POST", `applications/${id}/confirm`, {}, version);
    if (confirmed.ok) return { id, person, vacancy };
  }
  return undefined;
}

/** The address of a row; `FIRST x` is the first link that begins so on another page, `ASKED x` below what waits for an answer, `HELPED x` the same
 *  of somebody who is helped. */
async function address(page, row) {
  const [kind, start] = row.path.split(" ");
  if (kind === "ASKED") return asked + start;
  if (kind === "HELPED") return `/pendamping/lamaran/${helped.id}${start}`;
  if (kind !== "FIRST") return row.path;
  await page.goto(demo.address + row.from);
  const links = await page.locator(`main a[href^='${start}']`).evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  const found = links.find((href) => !href.includes("?"));
  assert.ok(found, `no link to ${start} on ${row.from}`);
  return found + (row.then ?? "");
}

/** What a Tab never reaches, or reaches without a sign: of each group of answers one is enough. */
async function unreached(page) {
  const count = await page.evaluate(() => {
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];
    const groups = new Set();
    const stops = all.filter((one) => {
      if (!one.checkVisibility() || one.disabled) return false;
      if (one.type !== "radio") return true;
      const chosen = document.querySelector(`input[name="${one.name}"]:checked`);
      if (chosen) return chosen === one;
      return !groups.has(one.name) && groups.add(one.name);
    });
    stops.forEach((one) => (one.dataset.stop = one.outerHTML.slice(0, 120)));
    document.activeElement?.blur();
    window.getSelection()?.removeAllRanges();
    return stops.length;
  });
  await page.evaluate(() =>
    document.addEventListener("focusin", ({ target: one }) => {
      const style = getComputedStyle(one);
      if (style.outlineStyle !== "none" || style.boxShadow !== "none") delete one.dataset.stop;
      if (one.type === "radio") document.querySelectorAll(`input[name="${one.name}"]`).forEach((other) => delete other.dataset.stop);
    }),
  );
  await Promise.all(Array.from({ length: count + 3 }, () => page.keyboard.press("Tab")));
  return page.evaluate(() => [...document.querySelectorAll("[data-stop]")].map((one) => one.dataset.stop));
}
