// Shows what the platform says while its pages are closed, and opens the page that a press is about.

self.addEventListener('push', event => {
  const told = event.data?.json();
  if (!told) return;
  const shown = { body: told.words, lang: told.lang, data: told.link, tag: told.link };
  event.waitUntil(self.registration.showNotification(told.title, shown));
});

self.addEventListener('notificationclick', event => {
  event.notification.close();
  // Only a page of this platform is opened.
  const link = new URL(event.notification.data, self.location.origin);
  if (link.origin === self.location.origin) event.waitUntil(self.clients.openWindow(link.href));
});
