// Which pages to look at: a walk from the home page that prefers unlike pages to many of one kind.
import { asVisitor } from './browser.mjs';

/** Two addresses have one shape when they differ only in names and numbers: /en/projects/A and /en/projects/B. */
export function shapeOf(url) {
  const { pathname, searchParams } = new URL(url);
  const parts = pathname.split('/').map(part => (/\d/.test(part) || part.length > 24 ? '*' : part));
  return parts.join('/') + '?' + [...new Set(searchParams.keys())].sort().join('&');
}

/**
 * Walks `base` from `start` without scripts, links first seen first, at most `limit` pages and `perShape` of one shape.
 * Returns paths (with query) under `start`. Addresses that answer something else than a page (downloads) are left out.
 */
export async function crawl(browser, base, start, { limit = 20, perShape = 2 } = {}) {
  return asVisitor(browser, { scripts: false }, async page => {
    const queue = [base + start], met = new Set(queue), shapes = new Map(), found = [];
    while (queue.length && found.length < limit) {
      const url = queue.shift();
      if (!(await isPage(url))) continue;
      await page.goto(url, { waitUntil: 'domcontentloaded' });
      found.push(url.slice(base.length));
      for (const link of await linksOf(page)) {
        const { origin, pathname, search } = new URL(link);
        const next = origin + pathname + search, shape = shapeOf(next), seen = shapes.get(shape) ?? 0;
        const inside = origin === new URL(base).origin && (pathname === start || pathname.startsWith(`${start}/`));
        if (!inside || met.has(next) || seen >= perShape) continue;
        met.add(next);
        shapes.set(shape, seen + 1);
        queue.push(next);
      }
    }
    return found;
  });
}

/** The status of each link, by plain requests that drop the body: `[{ url, status }]`. */
export async function statuses(urls) {
  const answers = [];
  for (const url of urls) {
    const response = await fetch(url, { redirect: 'follow' });
    await response.body?.cancel();
    answers.push({ url, status: response.status });
  }
  return answers;
}

async function isPage(url) {
  const response = await fetch(url);
  await response.body?.cancel();
  return response.ok && /html/.test(response.headers.get('content-type') ?? '');
}

function linksOf(page) {
  return page.evaluate(() => [...document.querySelectorAll('a[href]')]
    .map(a => (typeof a.href === 'string' ? a.href : new URL(a.href.baseVal, document.baseURI).href))
    .filter(href => /^https?:/.test(href)));
}
