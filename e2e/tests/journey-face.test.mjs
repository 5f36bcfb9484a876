// The register outside its list: map, calendar, comparison, board, card, passport, letters. With and without JavaScript.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, describe, test } from 'node:test';
import { LANGUAGES, WIDTHS, asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { main, send } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());
const PLAIN_PHONE = { width: WIDTHS.phone, scripts: false };
const AT = /at=-?[\d.]+%2C-?[\d.]+&z=\d+/;

const firstProject = async page => {
  await page.goto(`${base}/ru/projects?place=990100000&status=implementing`);
  return new URL(await page.locator('main ul.cards .card-title a').first().getAttribute('href'), base).pathname;
};

describe('the map', () => {
  test('is walked by links on a phone without scripts', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/ru/projects/map`);
      const found = await page.innerText('.map-box .count');
      assert.match(found, /\d/);
      for (const name of ['Ближе', 'На восток', 'На север', 'Дальше']) {
        await send(page, page.locator('.map-moves-bar a', { hasText: name }));
        assert.match(page.url(), AT);
      }
      assert.ok(await page.isVisible('svg.map-picture'));
      await send(page, page.locator('.map-moves-bar a', { hasText: 'Показать все проекты' }));
      assert.equal(await page.innerText('.map-box .count'), found);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
    }));

  test('keeps its filter, and a crowd leads nearer', () =>
    asVisitor(browser, PLAIN_PHONE, async page => {
      await page.goto(`${base}/kk/projects/map?sector=water`);
      const crowd = page.locator('.map-list a[rel=nofollow]').first();
      if (await crowd.count()) await send(page, crowd);
      assert.match(page.url(), /sector=water/);
    }));

  test('is dragged with scripts, by the same addresses', () =>
    asVisitor(browser, {}, async page => {
      await page.goto(`${base}/en/projects/map`);
      const frame = await page.locator('svg.map-picture').boundingBox();
      await page.mouse.move(frame.x + 12, frame.y + 60);
      await page.mouse.down();
      await page.mouse.move(frame.x + 160, frame.y + 120, { steps: 5 });
      await page.mouse.up();
      await page.waitForURL(AT);
      const moved = page.url();
      await page.locator('.map-moves-bar a', { hasText: 'Nearer' }).click();
      await page.waitForFunction(before => location.href !== before, moved);
      await page.goBack();
      await page.waitForURL(moved);
      await page.waitForSelector('[data-map]:not([aria-busy])');
      assert.equal(new URL(page.url()).searchParams.get('z'), String(Number(await page.getAttribute('[data-map]', 'data-zoom'))));
    }));
});

describe('the calendar', () => {
  for (const language of LANGUAGES) {
    test(`goes from month to month in ${language}`, () =>
      asVisitor(browser, PLAIN_PHONE, async page => {
        await page.goto(`${base}/${language}/projects/calendar?month=2026-12`);
        const month = await page.innerText('.calendar-head h2');
        await send(page, page.locator('.calendar-head a').last());
        assert.match(page.url(), /month=2027-01/);
        assert.notEqual(await page.innerText('.calendar-head h2'), month);
        const file = await fetch(`${base}/${language}/projects/calendar.ics`);
        assert.match(await file.text(), /^BEGIN:VCALENDAR\r\n/);
      }));
  }
});

test('three projects are chosen in the list and stand side by side, without scripts', () =>
  asVisitor(browser, { scripts: false }, async page => {
    await page.goto(`${base}/ru/projects?place=990100000`);
    const boxes = page.locator('main ul.cards input[type=checkbox]');
    for (const at of [0, 1, 2]) await boxes.nth(at).check();
    await send(page, page.locator('main form button', { hasText: 'Сравнить отмеченные' }));
    assert.equal(await page.locator('table.compare thead th').count(), 4);
    await send(page, page.locator('table.compare thead a', { hasText: 'Убрать из сравнения' }).first());
    assert.equal(await page.locator('table.compare thead th').count(), 3);
  }));

test('a project has a board, a card and a passport in three languages', () =>
  asVisitor(browser, PLAIN_PHONE, async page => {
    const project = (await firstProject(page)).replace(/^\/\w+/, '');
    for (const language of LANGUAGES) {
      for (const shape of ['share', 'board', 'embed', 'print']) {
        const response = await page.goto(`${base}/${language}${project}/${shape}`);
        assert.equal(response.status(), 200);
        assert.equal(await page.locator('h1').count(), 1);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, shape);
      }
      const pdf = await fetch(`${base}/${language}${project}/passport.pdf`);
      assert.equal(pdf.headers.get('content-type'), 'application/pdf');
    }
  }));

test('the card stands in a frame of another site, the page does not', () =>
  asVisitor(browser, {}, async page => {
    const project = await firstProject(page);
    const frames = `<iframe src="${base}${project}/embed"></iframe><iframe src="${base}${project}"></iframe>`;
    const other = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(frames)).listen(0, '127.0.0.1');
    try {
      await new Promise(ready => other.once('listening', ready));
      await page.goto(`http://127.0.0.1:${other.address().port}/`, { waitUntil: 'load' });
      const [card, whole] = page.frames().slice(1);
      assert.match(await card.innerText('main'), /\d+\s?%/);
      assert.equal(await whole.locator('main').count(), 0);
    } finally {
      other.closeAllConnections();
      other.close();
    }
  }));

test('somebody subscribes to a street without scripts and is told to look into the mail', () =>
  asVisitor(browser, PLAIN_PHONE, async page => {
    await page.goto(`${base}/kk/subscriptions/new?near=44.6174,69.3803&radius=500`);
    await page.fill('#f-email', 'not an address');
    await send(page, page.locator('main form[method=post] button'));
    assert.ok(await page.isVisible('.error-summary'));
    await page.fill('#f-email', 'aigul@example.kz');
    await send(page, page.locator('main form[method=post] button'));
    assert.match(await main(page), /Поштаңызды тексеріңіз/);
  }));
