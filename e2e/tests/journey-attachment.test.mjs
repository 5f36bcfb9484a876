// A resident speaks about a proposal and attaches a picture; a moderator hides the comment, and the picture is gone. Without
// scripts.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { asOfficer, main, register, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN = { width: WIDTHS.phone, scripts: false };

async function picture(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(800, 600), draw = canvas.getContext('2d');
    draw.fillStyle = 'rgb(120 160 90)';
    draw.fillRect(0, 0, 800, 600);
    draw.fillStyle = 'rgb(40 40 60)';
    draw.fillRect(200, 150, 300, 250);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  return { name: 'двор.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(bytes) };
}

describe('a picture in a conversation', () => {
  test('is refused in words when it is none, shown with its size, and gone when the comment is hidden', () =>
    asVisitor(browser, PLAIN, async one => {
      await register(one, 'ru', 'Айгерим С.');
      await one.goto(`${base}/ru/budgeting/auyldar/proposals`);
      await one.locator('main a[href*="/proposals/"]').first().click();
      await one.waitForLoadState('load');
      const proposal = new URL(one.url()).pathname;
      const words = `Вот это место ${Date.now()}`;

      await one.fill('#comments textarea', words);
      await one.setInputFiles('#f-files', { name: 'двор.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html>') });
      await send(one, '#comments form[action$="/comments"] button');
      assert.match(await one.innerText('#f-files-error'), /двор\.jpg: По содержанию это ни снимок, ни документ/);
      assert.equal(await one.inputValue('#comments textarea'), words, 'the words are still there');

      await one.setInputFiles('#f-files', await picture(one));
      await send(one, '#comments form[action$="/comments"] button');
      const entry = one.locator('#comments .entry', { hasText: words });
      assert.match(await entry.innerText(), /Снимок, 800 × 600/);
      const file = await entry.locator('a[href^="/attachments/"]').getAttribute('href');
      const shown = await one.request.get(`${base}${file}`);
      assert.equal(shown.status(), 200);
      assert.equal(shown.headers()['x-content-type-options'], 'nosniff');

      await asOfficer(browser, 'moderator', PLAIN, async page => {
        await page.goto(`${base}/ru/admin/moderation?view=newest&show=many`);
        const item = page.locator('.entry', { hasText: words });
        assert.equal(await item.locator('img').count(), 1, 'the moderator sees the picture');
        await item.locator('input[type=checkbox]').check();
        await page.selectOption('#f-bulk-code', 'off_topic');
        await page.fill('#f-bulk-reason', 'Не о предложении');
        await send(page, '#bulk button[value=hide]');
      });

      await one.goto(`${base}${proposal}`);
      assert.ok((await main(one)).includes('Не о предложении'), 'the reason stands in its place');
      assert.ok(!(await main(one)).includes(words));
      assert.equal((await one.request.get(`${base}${file}`)).status(), 404, 'the picture is gone');
    }));
});
