// A browser for the checks: Debian's own Chromium, driven by playwright-core, speaking to this machine only.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const LANGUAGES = ['kk', 'ru', 'en'];
export const WIDTHS = { phone: 360, desk: 1280 };

// Nothing the browser does by itself may reach out: its own updates and hints would look like third-party requests.
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-first-run',
  '--disable-features=OptimizationHints,MediaRouter,Translate',
];

/** The address of the server under test, from AKIMAT_URL, without a closing slash. */
export function baseUrl() {
  const url = process.env.AKIMAT_URL;
  if (!url) throw new Error('Set AKIMAT_URL to the address of a running demo, e.g. http://127.0.0.1:8080');
  return url.replace(/\/+$/, '');
}

/** A running browser; close it in an `after` hook. */
export function launch() {
  const found = [process.env.AKIMAT_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
    .find(path => path && existsSync(path));
  if (!found) throw new Error('No Chromium found: install the package "chromium" or set AKIMAT_CHROMIUM');
  // Chromium refuses its sandbox to root, which is who runs tests in a container.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath: found, args: [...FLAGS, ...sandbox], headless: true });
}

/** A fresh visitor: own cookies, cold cache. Close `page.context()` afterwards. */
export async function visitor(browser, { width = WIDTHS.desk, scripts = true } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 740 : 900 },
    isMobile: width < 600,
    hasTouch: width < 600,
    javaScriptEnabled: scripts,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(20_000);
  return context.newPage();
}

/** Runs `visit(page)` as a fresh visitor and clears up in all cases. */
export async function asVisitor(browser, options, visit) {
  const page = await visitor(browser, options);
  try {
    return await visit(page);
  } finally {
    await page.context().close();
  }
}

/** Signs in by the form, as a person would. */
export async function signIn(page, login, password, language = 'en') {
  await page.goto(`${baseUrl()}/${language}/sign-in`);
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await Promise.all([page.waitForLoadState('load'), page.press('input[name=password]', 'Enter')]);
}

/** Presses Tab until the focus rests on something that `matches` (a CSS selector) and, if given, says `text`. */
export async function tabTo(page, matches, { text = null, presses = 150 } = {}) {
  for (let i = 0; i < presses; i++) {
    await page.keyboard.press('Tab');
    const here = await page.evaluate(
      ([selector, words]) => {
        const at = document.activeElement;
        return at !== null && at.matches(selector) && (words === null || at.textContent.includes(words));
      },
      [matches, text],
    );
    if (here) return;
  }
  throw new Error(`${presses} presses of Tab did not reach ${matches}${text ? ` with "${text}"` : ''}`);
}
