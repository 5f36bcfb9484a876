// What every public page must satisfy. Each check returns findings as sentences; an empty list is a clean page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { asVisitor } from './browser.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** The most a public page may weigh over the wire, compressed, headers included, with everything it loads. */
export const WEIGHT_LIMIT_BYTES = 60 * 1024;

/**
 * Loads `url` at `width` and returns `{ findings, links, weight }`. What a page says does not depend on its width,
 * so the comparison with the page without scripts can be left out by `plain: false`; what axe judges does not depend on
 * the language where the width is the same, so it can be left out by `judged: false`. With `cookies` of a session the page
 * is seen as that person sees it.
 */
export function inspect(browser, url, { width, language, status = 200, plain: compared = true, judged = true, cookies = [] }) {
  return asVisitor(browser, { width }, async page => {
    await page.context().addCookies(cookies);
    const findings = [];
    listen(page, url, findings);
    const weigh = await scales(page);
    const response = await page.goto(url, { waitUntil: 'networkidle' });
    if (response.status() !== status) findings.push(`answers ${response.status()}, expected ${status}`);
    const weight = weigh();
    if (weight > WEIGHT_LIMIT_BYTES) findings.push(`weighs ${kib(weight)} KiB, at most ${kib(WEIGHT_LIMIT_BYTES)}`);
    if (judged) findings.push(...(await axe(page)));
    const facts = await read(page);
    findings.push(...(await shape(page, language)));
    // The same visitor: what is in an order by chance is in the same one.
    const kept = await page.context().cookies();
    if (compared) findings.push(...(await plain(browser, url, { width, cookies: kept }, facts)));
    return { findings, links: facts.links, weight };
  });
}

/** Collects what the browser complains about while the page loads. */
function listen(page, url, findings) {
  const origin = new URL(url).origin;
  page.on('console', message => {
    // A page that is meant to answer 404 makes the browser say so; its status is checked elsewhere.
    const ownStatus = message.location().url === url && message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !ownStatus) findings.push(`console: ${message.text()}`);
  });
  page.on('pageerror', error => findings.push(`script failed: ${error.message}`));
  page.on('requestfailed', request => findings.push(`did not load: ${request.url()} ${request.failure()?.errorText}`));
  page.on('request', request => {
    const to = new URL(request.url());
    if (/^(https?|wss?):$/.test(to.protocol) && to.origin !== origin) findings.push(`asks another host: ${to.href}`);
  });
  page.on('response', response => {
    if (response.status() >= 400 && response.url() !== url) findings.push(`loads ${response.url()}: ${response.status()}`);
  });
}

/** Counts the bytes that really crossed the wire, as the browser's own network panel does. */
async function scales(page) {
  const panel = await page.context().newCDPSession(page);
  let bytes = 0;
  panel.on('Network.loadingFinished', event => (bytes += event.encodedDataLength));
  await panel.send('Network.enable');
  await panel.send('Network.setCacheDisabled', { cacheDisabled: true });
  return () => bytes;
}

async function axe(page) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    rules => window.axe.run(document, { runOnly: { type: 'tag', values: rules }, resultTypes: ['violations'] }),
    RULES,
  );
  return violations.map(rule => {
    const where = rule.nodes.slice(0, 3).map(node => node.target.join(' ')).join(', ');
    return `axe ${rule.id} (${rule.help}), ${rule.nodes.length} places: ${where}`;
  });
}

/** What a reader gets: words, links, forms. Parts marked data-enhanced exist only with scripts, by intention. */
function read(page) {
  return page.evaluate(() => {
    const all = [...document.querySelectorAll('body *')].filter(e => !e.closest('[data-enhanced]'));
    const main = (document.querySelector('main') ?? document.body).cloneNode(true);
    main.querySelectorAll('[data-enhanced],script,noscript,style,template').forEach(e => e.remove());
    return {
      words: main.textContent.replace(/\s+/g, ' ').trim(),
      links: [...new Set(all.filter(e => e.matches('a[href]') && !e.matches('svg *')).map(e => e.href))],
      mapLinks: [...new Set(all.filter(e => e.matches('svg a')).map(e => new URL(e.href.baseVal, document.baseURI).href))],
      forms: all.filter(e => e.matches('form')).length,
    };
  }).then(facts => ({ ...facts, links: [...new Set([...facts.links, ...facts.mapLinks])] }));
}

async function shape(page, language) {
  const found = await page.evaluate(() => ({
    headings: document.querySelectorAll('h1').length,
    language: document.documentElement.lang,
    title: document.title.trim(),
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  const findings = [];
  if (found.headings !== 1) findings.push(`has ${found.headings} h1, must have one`);
  if (found.language !== language) findings.push(`html lang is "${found.language}", must be "${language}"`);
  if (!found.title) findings.push('has no title');
  if (found.tooWide > 1) findings.push(`scrolls sideways by ${found.tooWide} px`);
  return findings;
}

/** The same page without scripts must say the same and offer the same. */
function plain(browser, url, { width, cookies }, withScripts) {
  return asVisitor(browser, { width, scripts: false }, async page => {
    await page.context().addCookies(cookies);
    await page.goto(url, { waitUntil: 'load' });
    const without = await read(page);
    const findings = [];
    if (without.words !== withScripts.words) {
      const at = [...without.words].findIndex((letter, i) => letter !== withScripts.words[i]);
      const from = Math.max(0, at < 0 ? without.words.length - 40 : at - 20);
      findings.push(`reads differently without JavaScript: "${without.words.slice(from, from + 60)}"` +
        ` instead of "${withScripts.words.slice(from, from + 60)}"`);
    }
    const lost = withScripts.links.filter(link => !without.links.includes(link));
    if (lost.length) findings.push(`${lost.length} links are missing without JavaScript, e.g. ${lost[0]}`);
    if (without.forms !== withScripts.forms) {
      findings.push(`${without.forms} forms without JavaScript, ${withScripts.forms} with`);
    }
    return findings;
  });
}

const kib = bytes => (bytes / 1024).toFixed(1);
