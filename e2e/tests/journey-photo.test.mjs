// From the first photograph to "finished": the office shows before and after, residents confirm or dispute, the office
// answers. Files go up through the browser itself; nothing here needs scripts of the page.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { LANGUAGES, WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { inspect } from '../support/inspect.mjs';
import { asOfficer, main, openProject, register, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN_PHONE = { width: WIDTHS.phone, scripts: false };

/** A picture as a telephone takes it, drawn by the browser: `hue` decides what it shows. */
async function picture(page, name, hue, [width, height] = [1600, 1200]) {
  const bytes = await page.evaluate(async ([hue, width, height]) => {
    const canvas = new OffscreenCanvas(width, height), draw = canvas.getContext('2d');
    draw.fillStyle = `hsl(${hue} 60% 70%)`;
    draw.fillRect(0, 0, width, height);
    draw.fillStyle = `hsl(${hue + 120} 50% 30%)`;
    draw.fillRect(width * hue / 400, height / 3, width / 4, height / 2);
    draw.fillRect(width / 2, height * hue / 500, width / 3, height / 5);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, [hue, width, height]);
  return { name, mimeType: 'image/jpeg', buffer: Buffer.from(bytes) };
}

async function upload(page, project, { kind, caption, files, before }) {
  await page.goto(`${base}/ru/admin${project}/photos`);
  await page.selectOption('#f-kind', kind);
  if (before) await page.selectOption('#f-before', { index: 1 });
  await page.fill('#f-caption_ru', caption);
  await page.setInputFiles('#f-file', files);
  return send(page, '#main form.sheet button');
}

const pathOf = url => new URL(url).pathname.replace(/^\/(kk|ru|en)/, '');

describe('a work is finished in the open', () => {
  let project;

  test('the office is told that a pair of photographs is missing, adds it, and finishes', () =>
    asOfficer(browser, 'manager', PLAIN_PHONE, async page => {
      await openProject(page, 'ru', 'ZHB-2025-006');
      project = pathOf(page.url());
      const report = async () => {
        await page.goto(`${base}/ru/admin${project}/progress`);
        await page.fill('#f-body', 'Вода идёт по всему каналу.');
        await page.fill('#f-progress_pct', '100');
        await page.selectOption('#f-status', 'completed');
        await page.fill('#f-basis_kind', 'Акт приёмки');
        await page.fill('#f-basis_number', '31');
        await page.fill('#f-basis_on', '2026-11-20');
        await page.fill('#f-reason', 'Объект принят комиссией');
        return send(page, '#main form.sheet button');
      };
      assert.equal((await report()).status(), 422);
      assert.match(await page.innerText('.error-summary'), /нужно пар снимков «до» и «после»/);

      const before = await picture(page, 'до.jpg', 30, [4000, 3000]);
      assert.equal((await upload(page, project, { kind: 'before', caption: 'Канал до работ', files: before })).status(), 303);
      assert.match(await main(page), /нужна ещё 1 пара/);
      const after = await picture(page, 'после.jpg', 200);
      assert.equal((await upload(page, project, { kind: 'after', caption: 'Канал после работ', files: after, before: true })).status(), 303);
      const image = page.locator('.gallery img').first();
      assert.ok(await image.evaluate(img => img.complete && img.naturalWidth > 0), 'the picture is shown');
      assert.ok(await image.getAttribute('alt'));
      assert.equal((await report()).status(), 303);
    }));

  test('a page, a cut file and a bomb are refused by name, the good file beside them is kept', () =>
    asOfficer(browser, 'manager', PLAIN_PHONE, async page => {
      const whole = await picture(page, 'целый.jpg', 300);
      const huge = Buffer.from(whole.buffer);
      const frame = huge.indexOf(Buffer.from([0xff, 0xc0]));
      huge.set([0x18, 0x6a, 0x1f, 0x40], frame + 5);
      const files = [
        { name: 'страница.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('<html><script>alert(1)</script>') },
        { name: 'обрезан.jpg', mimeType: 'image/jpeg', buffer: whole.buffer.subarray(0, whole.buffer.length - 40) },
        { name: 'большой.jpg', mimeType: 'image/jpeg', buffer: huge },
        whole,
      ];
      assert.equal((await upload(page, project, { kind: 'progress', caption: 'Монтаж', files })).status(), 422);
      const said = await main(page);
      for (const name of ['страница.jpg', 'обрезан.jpg', 'большой.jpg', 'целый.jpg']) assert.ok(said.includes(name), name);
      assert.match(said, /8\s?000 × 6\s?250/);
      await page.goto(`${base}/ru${project}/photos`);
      assert.match(await main(page), /Монтаж/);
    }));

  test('a resident confirms, thinks again with a photograph, and keeps one voice', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await register(page, 'ru', 'Динара Ж.');
      await page.goto(`${base}/ru${project}/acceptance`);
      await page.check('input[name=verdict][value=confirm]');
      assert.equal((await send(page, '#speak form button')).status(), 303);
      assert.match(await main(page), /1 из 1/);
      await page.check('input[name=verdict][value=dispute]');
      await page.fill('#f-body', '');
      assert.equal((await send(page, '#speak form button')).status(), 422);
      await page.check('input[name=verdict][value=dispute]');
      await page.fill('#f-body', 'У нижних участков воды нет.');
      await page.setInputFiles('#f-file', await picture(page, 'канал.jpg', 100));
      assert.equal((await send(page, '#speak form button')).status(), 303);
      const said = await main(page);
      assert.match(said, /0 из 1/);
      assert.ok(said.includes('У нижних участков воды нет.') && said.includes('Динара Ж.'));
      assert.ok(await page.locator('#words img').first().evaluate(img => img.complete && img.naturalWidth > 0));
    }));

  test('the office answers in public, an official cannot confirm', () =>
    asOfficer(browser, 'manager', PLAIN_PHONE, async page => {
      await page.goto(`${base}/ru${project}/acceptance`);
      assert.equal(await page.locator('#speak').count(), 0);
      await page.fill('#f-answer', 'Промоем до 1 декабря.');
      assert.equal((await send(page, '#answers form button')).status(), 303);
      assert.match(await page.innerText('#answers'), /Промоем до 1 декабря/);
    }));

  test('a moderator hides a photograph with a reason that everybody sees', () =>
    asOfficer(browser, 'moderator', PLAIN_PHONE, async page => {
      await page.goto(`${base}/ru/admin/moderation/photos`);
      const entry = page.locator('.gallery > li').filter({ hasText: 'Монтаж' }).first();
      await entry.locator('input[name^=reason]').fill('Видны лица рабочих');
      assert.equal((await send(page, entry.locator('form button').first())).status(), 303);
      await page.goto(`${base}/ru${project}/photos`);
      assert.match(await main(page), /Видны лица рабочих/);
    }));

  for (const language of LANGUAGES) {
    for (const [device, width] of Object.entries(WIDTHS)) {
      for (const tab of ['photos', 'acceptance']) {
        test(`the page ${tab} is as good as the others in ${language}, ${device}`, async () => {
          const { findings } = await inspect(browser, `${base}/${language}${project}/${tab}`, { width, language });
          assert.deepEqual(findings, []);
        });
      }
    }
  }
});

describe('the demonstration', () => {
  for (const number of ['ZHB-2025-014', 'ZHB-2025-003']) {
    test(`shows invented drawings and what residents say: ${number}`, async () => {
      const path = await asVisitor(browser, PLAIN_PHONE, async page => {
        await openProject(page, 'en', number);
        return pathOf(page.url());
      });
      for (const tab of ['', '/photos', '/acceptance']) {
        const { findings } = await inspect(browser, `${base}/en${path}${tab}`, { width: WIDTHS.phone, language: 'en' });
        assert.deepEqual(findings, [], tab);
      }
      await asVisitor(browser, PLAIN_PHONE, async page => {
        await page.goto(`${base}/en${path}/photos`);
        assert.match(await main(page), /These pictures are invented/);
        await page.goto(`${base}/en${path}/acceptance`);
        assert.match(await main(page), /2 of 5 confirm/);
      });
    });
  }
});
