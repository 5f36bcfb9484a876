// A resident hears of what happens: follows a project from its page, an office answers, the notice is on the page, and the
// link at the foot of a letter ends the letters. Without scripts at the width of a telephone.
import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, newLogin, pathOf, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PHONE = { scripts: false, width: 360 };

/** A letter with its soft line breaks undone. */
const plain = text => text.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

/** The newest letter to an address that `fits`. */
async function letterTo(folder, address, fits) {
  for (let n = 0; n < 40; n += 1) {
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.eml')) continue;
      const text = await readFile(join(folder, name), 'utf8');
      if (text.includes(address) && fits(text)) return text;
    }
    await wait(500);
  }
  throw new Error(`no letter to ${address} in ${folder}`);
}

/** All bodies of a letter without its head, quoted-printable or base64. */
function bodies(letter) {
  return letter.split(/\r?\n\r?\n/).map((part, at, all) =>
    (/base64/i.test(all[at - 1] ?? '') ? Buffer.from(part.split('--')[0], 'base64').toString('utf8') : plain(part))).slice(1).join('\n');
}

describe('notices', () => {
  test('of a followed project reach its follower until one click ends the letters', () =>
    asVisitor(browser, PHONE, async page => {
      const address = `${newLogin()}@example.kz`;
      await page.goto(`${base}/ru/sign-in/code`);
      await page.fill('#f-contact', address);
      await send(page, '#main form:not([hidden]) button[type=submit]');
      const folder = (await page.innerText('main .note')).match(/(\/\S+)/)[1].replace(/[.,]$/, '');
      const code = bodies(await letterTo(folder, address, () => true)).match(/(?<!\d)\d{6}(?!\d)/)[0];
      await page.fill('#f-code', code);
      await send(page, '#main form:not([hidden]) button[type=submit]');
      await page.fill('#f-display_name', 'Асель К.');
      await send(page, '#main form:not([hidden]) button[type=submit]');
      await page.goto(`${base}/ru/projects`);
      await page.locator('.card-title a').first().click();
      await page.waitForLoadState('load');
      const project = pathOf(page).split('/').pop();
      await page.goto(`${base}/ru/follow/project/${project}`);
      await send(page, '#main form:not([hidden]) button[type=submit]');
      await page.goto(`${base}/ru/account/notices`);
      assert.doesNotMatch(await main(page), /непрочитан/);
      await asOfficer(browser, 'manager', { scripts: false }, async officer => {
        await officer.goto(`${base}/ru/projects/${project}`);
        await officer.fill('#f-body', 'Работы идут по плану, подрядчик на месте.');
        await send(officer, '#comments form button[type=submit]');
      });
      const letter = await letterTo(folder, address, text => /List-Unsubscribe-Post/i.test(text));
      await page.goto(`${base}/ru/account/notices`);
      assert.match(await main(page), /непрочитан/);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, 'nothing hangs over');
      const stop = letter.replace(/\r?\n[ \t]/g, '').match(/List-Unsubscribe: <([^>]+)>/i)[1];
      const ended = await fetch(stop.replace(/^https?:\/\/[^/]+/, base), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      assert.equal(ended.status, 204);
      await page.goto(`${base}/ru/account/notices/settings`);
      assert.equal(await page.locator('select[name="pace-official_answer-email"]').inputValue(), 'never');
    }));
});
