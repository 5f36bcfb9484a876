// A tiny site on loopback: one clean page and one for each fault, to see that the checks see.
import { createServer } from 'node:http';

const page = (body, { language = 'en', title = 'Sample', head = '' } = {}) =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>` +
  `<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">${head}</head>` +
  `<body><main><h1>Sample</h1>${body}</main></body></html>`;

export const PAGES = {
  '/en': page('<p>Clean.</p><p><a href="/en/a1">one</a> <a href="/en/a2">two</a> <a href="/en/a3">three</a> <a href="/en/data.csv">data</a></p>'),
  '/en/a1': page('<p>One.</p>'),
  '/en/a2': page('<p>Two.</p>'),
  '/en/a3': page('<p>Three.</p>'),
  '/en/contrast': page('<p style="color:#bbb;background:#fff">Pale words.</p>'),
  '/en/headings': page('<h1>Second</h1>'),
  '/en/language': page('<p>Words.</p>', { language: 'ru' }),
  '/en/wide': page('<p style="width:2000px">Wide.</p>'),
  '/en/script': page('<p id="p"></p><script>document.getElementById("p").textContent = "only with scripts"</script>'),
  '/en/console': page('<script>console.error("complaint")</script>'),
  '/en/missing': page('<img src="/nowhere.png" alt="nothing">'),
  '/en/foreign': page('<img src="http://localhost:9/x.png" alt="from elsewhere">'),
  '/en/heavy': page(`<p>${'All that a page should not carry. '.repeat(3000)}</p>`),
};

/** Starts the site on a free port; returns `{ base, close }`. */
export function serve() {
  const server = createServer((request, response) => {
    if (request.url === '/en/data.csv') return response.writeHead(200, { 'content-type': 'text/csv' }).end('a,b\n');
    const found = PAGES[request.url];
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(found ?? page('<p>Not here.</p>'));
  });
  return new Promise(resolve => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }));
  });
}
