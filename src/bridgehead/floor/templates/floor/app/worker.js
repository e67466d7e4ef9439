// The app's files are kept together under one version. Pages of the app are answered from there, network or not; what is
// said to the server is never kept. Written by bridgehead/floor/views/app.py.
{% autoescape off %}const KEPT = {{ kept }};
const NAME = "floor-{{ version }}";
const SHELL = "{{ shell }}";{% endautoescape %}

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches
      .open(NAME)
      .then((cache) => cache.addAll(KEPT.map((url) => new Request(url, { cache: "reload" }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("floor-") && name !== NAME && name.split("-").length === 2);
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const wanted = request.mode === "navigate" && url.pathname === SHELL ? SHELL : KEPT.includes(url.pathname) && url.pathname;
  if (!wanted) return;
  event.respondWith(
    caches
      .open(NAME)
      .then((cache) => cache.match(wanted))
      .then((kept) => kept ?? fetch(request)),
  );
});
