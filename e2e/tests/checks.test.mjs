// The checks themselves: a clean page passes, and no fault goes unseen.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { WIDTHS, launch } from '../support/browser.mjs';
import { crawl, shapeOf, statuses } from '../support/crawl.mjs';
import { inspect } from '../support/inspect.mjs';
import { serve } from '../support/sample.mjs';

const site = await serve();
const browser = await launch();
after(async () => {
  await browser.close();
  site.close();
});
const look = path => inspect(browser, site.base + path, { width: WIDTHS.phone, language: 'en' });

test('a clean page has no findings', async () => {
  const { findings, links, weight } = await look('/en');
  assert.deepEqual(findings, []);
  assert.equal(links.length, 4);
  assert.ok(weight > 300 && weight < 3000, `weighs ${weight}`);
});

const FAULTS = {
  '/en/contrast': /axe color-contrast/,
  '/en/headings': /2 h1/,
  '/en/language': /lang is "ru"/,
  '/en/wide': /scrolls sideways/,
  '/en/script': /reads differently without JavaScript/,
  '/en/console': /console: complaint/,
  '/en/missing': /nowhere\.png: 404/,
  '/en/foreign': /asks another host/,
  '/en/heavy': /weighs/,
  '/en/nothing': /answers 404/,
};
for (const [path, complaint] of Object.entries(FAULTS)) {
  test(`the fault of ${path} is seen`, async () => {
    const { findings } = await look(path);
    assert.ok(findings.some(finding => complaint.test(finding)), `only saw ${JSON.stringify(findings)}`);
  });
}

test('the walk visits two of one shape and leaves downloads out', async () => {
  assert.deepEqual(await crawl(browser, site.base, '/en'), ['/en', '/en/a1', '/en/a2']);
  assert.equal(shapeOf(`${site.base}/en/a1?x=1`), '/en/*?x');
});

test('a link that leads nowhere is seen', async () => {
  const answers = await statuses([`${site.base}/en`, `${site.base}/gone`]);
  assert.deepEqual(answers.map(answer => answer.status), [200, 404]);
});
