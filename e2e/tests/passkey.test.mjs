// A passkey of a device that Chromium plays: made on the page of safety, used to sign in without a password, refused once
// it is removed. Browsers take no number in place of a host, so the platform is visited as localhost.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { asVisitor, baseUrl, launch } from '../support/browser.mjs';
import { main, newLogin, pathOf, send } from '../support/people.mjs';

const base = baseUrl().replace('//127.0.0.1', '//localhost');
const browser = await launch();
after(() => browser.close());

/** A device that checks its person by itself. */
async function device(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

describe('a passkey', () => {
  test('is made, signs in without a password, and is removed', () =>
    asVisitor(browser, { width: 360 }, async page => {
      await device(page);
      const login = newLogin();
      await page.goto(`${base}/ru/register`);
      await page.fill('#f-display_name', 'Дана Б.');
      await page.fill('#f-login', login);
      for (const field of ['#f-password', '#f-password_again']) await page.fill(field, 'үш түрлі сөз 77');
      await send(page, '#main form:not([hidden]) button[type=submit]');
      await page.goto(`${base}/ru/account/security/passkey`);
      await page.fill('#f-name', 'Телефон');
      await page.click('form[data-passkey] button[type=submit]');
      await page.waitForURL('**/account/security?*');
      assert.match(await main(page), /Телефон/);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, 'nothing hangs over');
      await send(page, page.locator('form[action$="/sign-out"] button').first());
      await page.goto(`${base}/ru/sign-in?next=/account`);
      await page.click('form[data-passkey] button[type=submit]');
      await page.waitForURL('**/ru/account');
      assert.match(await main(page), /Дана Б\./);
      await page.goto(`${base}/ru/account/security`);
      assert.match(await main(page), /с ключом доступа/);
      page.on('dialog', dialog => dialog.accept());
      await send(page, page.locator('form[action*="/passkeys/"] button').first());
      assert.doesNotMatch(await main(page), /Телефон/);
      await send(page, page.locator('form[action$="/sign-out"] button').first());
      await page.goto(`${base}/ru/sign-in`);
      await page.click('form[data-passkey] button[type=submit]');
      await page.waitForSelector('.errors, [role=alert], #errors');
      assert.match(await main(page), /ни одной учётной записи/);
      assert.equal(pathOf(page), '/ru/sign-in/passkey');
    }));

  test('is not offered without scripts, where everything else works', () =>
    asVisitor(browser, { scripts: false, width: 360 }, async page => {
      await page.goto(`${base}/kk/sign-in`);
      assert.equal(await page.locator('form[data-passkey]').isVisible(), false);
      assert.equal(await page.locator('#f-password').isVisible(), true);
    }));
});
