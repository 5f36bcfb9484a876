// A person is checked at the desk and reads who looked: two people in two browsers, without scripts and by what is on the page.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { baseUrl, launch } from '../support/browser.mjs';
import { asOfficer } from '../support/people.mjs';

const base = baseUrl();
const browser = await launch();
after(() => browser.close());

test('a clerk looks at a record, makes a letter, and the person enters the code', async () => {
  const reason = `Өтініш ${Date.now()}`;
  const code = await asOfficer(browser, 'clerk', { scripts: false }, async page => {
    await page.goto(`${base}/kk/admin/persons`);
    await page.fill('#f-login', 'marzhan');
    await page.fill('#f-reason', reason);
    await page.click('form[action$="/admin/persons"] button[type=submit]');
    assert.match(await page.textContent('h1'), /Маржан/);
    await page.click('form[action$="/letter"] button[type=submit]');
    return page.textContent('main code');
  });
  assert.match(code, /^[A-Z2-9]{5}-[A-Z2-9]{5}$/);
  await asOfficer(browser, 'marzhan', { scripts: false }, async page => {
    await page.goto(`${base}/kk/account/verification`);
    await page.fill('#f-code', code.toLowerCase());
    await page.click('form[action$="/account/verification"] button[type=submit]');
    assert.match(await page.textContent('main'), /2: тұрғын тексерілген/);
    await page.goto(`${base}/kk/account/data`);
    assert.ok((await page.textContent('main')).includes(reason), 'the look is on record with its reason');
  });
});

test('what another clerk entered waits for a second one', async () => {
  await asOfficer(browser, 'clerk2', { scripts: false }, async page => {
    await page.goto(`${base}/kk/admin/persons`);
    assert.ok((await page.textContent('main')).includes('Болат'));
  });
  await asOfficer(browser, 'clerk', { scripts: false }, async page => {
    await page.goto(`${base}/kk/admin/persons`);
    assert.ok(!(await page.textContent('main')).includes('Болат'), 'nobody confirms the own entry');
  });
});
