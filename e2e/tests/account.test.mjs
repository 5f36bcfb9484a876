// One's own account: opened with a code from a letter, seen and ended elsewhere, guarded by a second step. Without scripts
// at the width of a telephone, and by keyboard.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { asVisitor, baseUrl, launch, tabTo } from '../support/browser.mjs';
import { main, newLogin, pathOf, register, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PHONE = { scripts: false, width: 360 };

/** The words of a letter without its head, whose number may hold six digits in a row: quoted-printable and base64 undone. */
function words(letter) {
  const parts = letter.split(/\r?\n\r?\n/);
  return parts.map((part, at) => {
    const head = parts[at - 1] ?? '';
    if (/base64/i.test(head)) return Buffer.from(part, 'base64').toString('utf8');
    const bytes = part.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return Buffer.from(bytes, 'latin1').toString('utf8');
  }).slice(1).join('\n');
}

/** The code that went to an address; the page of the demonstration says where its letters lie. */
async function codeFor(page, address) {
  const folder = (await page.innerText('main .note')).match(/(\/\S+)/)[1].replace(/\.$/, '').replace(/,$/, '');
  for (let n = 0; n < 60; n += 1) {
    for (const name of await readdir(folder)) {
      if (!/\.(eml|txt)$/.test(name)) continue;
      const letter = await readFile(join(folder, name), 'utf8');
      if (!letter.includes(address)) continue;
      const code = words(letter).match(/(?<!\d)\d{6}(?!\d)/);
      if (code) return code[0];
    }
    await wait(500);
  }
  throw new Error(`no letter to ${address} in ${folder}`);
}

/** The code of RFC 6238 for a secret in base32. */
function totp(secret, at = Date.now()) {
  const bits = [...secret].map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map(byte => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const tag = createHmac('sha1', key).update(step).digest();
  const number = tag.readUInt32BE(tag[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

describe('an account', () => {
  test('is opened with a code from a letter, on a telephone', () =>
    asVisitor(browser, PHONE, async page => {
      const address = `${newLogin()}@example.kz`;
      await page.goto(`${base}/ru/sign-in`);
      await send(page, 'main a[href$="/sign-in/code"]');
      await page.fill('#f-contact', address);
      await send(page, '#main form:not([hidden]) button[type=submit]');
      const code = await codeFor(page, address);
      await page.fill('#f-code', code === '000000' ? '000001' : '000000');
      assert.equal((await send(page, '#main form:not([hidden]) button[type=submit]')).status(), 422);
      assert.match(await main(page), /Осталось попыток: 4/);
      await page.fill('#f-code', code);
      await send(page, '#main form:not([hidden]) button[type=submit]');
      await page.fill('#f-display_name', 'Әлия С.');
      assert.equal((await send(page, '#main form:not([hidden]) button[type=submit]')).status(), 303);
      await page.goto(`${base}/ru/account/security`);
      assert.match(await main(page), new RegExp(address));
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, 'nothing hangs over');
      // The same code once more, in another browser.
      await asVisitor(browser, PHONE, async other => {
        await other.goto(`${base}/ru/sign-in/code`);
        await other.fill('#f-contact', address);
        await send(other, '#main form:not([hidden]) button[type=submit]');
        await other.fill('#f-code', code);
        assert.equal((await send(other, '#main form:not([hidden]) button[type=submit]')).status(), 422);
      });
    }));

  test('shows where it is open and is closed there', () =>
    asVisitor(browser, { scripts: false }, async page => {
      const login = await register(page, 'kk', 'Ерлан Т.');
      await asVisitor(browser, { scripts: false }, async other => {
        await other.goto(`${base}/kk/sign-in`);
        await other.fill('#f-login', login);
        await other.fill('#f-password', 'үш түрлі сөз 77');
        await send(other, '#main form:not([hidden]) button[type=submit]');
        await page.goto(`${base}/kk/account/security`);
        assert.equal(await page.locator('main tbody tr').count(), 2);
        await send(page, page.locator('main tbody form button').first());
        assert.equal(await page.locator('main tbody tr').count(), 1);
        await other.goto(`${base}/kk/account`);
        assert.equal(pathOf(other), '/kk/sign-in');
      });
    }));

  test('has a second step, set up by keyboard', () =>
    asVisitor(browser, { scripts: false }, async page => {
      const login = await register(page, 'en', 'Saule B.');
      await page.goto(`${base}/en/account/security`);
      await tabTo(page, 'main a[href$="/account/security/factor"]');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/account/security/factor');
      const secret = (await page.innerText('main code')).replace(/\s/g, '');
      await tabTo(page, '#f-code');
      await page.keyboard.type(totp(secret));
      await page.keyboard.press('Enter');
      await page.waitForSelector('main .codes, main ul code');
      const codes = await page.locator('main ul code').allInnerTexts();
      assert.equal(codes.length, 10);
      await asVisitor(browser, { scripts: false }, async other => {
        await other.goto(`${base}/en/sign-in`);
        await other.fill('#f-login', login);
        await other.fill('#f-password', 'үш түрлі сөз 77');
        await send(other, '#main form:not([hidden]) button[type=submit]');
        assert.match(pathOf(other), /\/sign-in\/second\//);
        await other.fill('#f-code', codes[0]);
        assert.equal((await send(other, '#main form:not([hidden]) button[type=submit]')).status(), 303);
        await other.goto(`${base}/en/account`);
        assert.match(await main(other), /Saule B\./);
      });
    }));
});
