{% load static %}{% comment %}
Served at /sw.js as text/javascript with Cache-Control: no-cache. Static names carry their hash, so the list of the
shell is its own version: a new release is a new cache.
{% endcomment %}const SHELL = [
  "{% static 'taawon/app.css' %}",
  "{% static 'taawon/app.js' %}",
  "{% static 'taawon/htmx.min.js' %}",
  "{% static 'taawon/icons.svg' %}",
  "{% static 'taawon/chevron.svg' %}",
  "{% static 'taawon/zellige.svg' %}",
];
const STATIC = "{% get_static_prefix %}";
const LANGUAGES = ["fr", "ar", "zgh", "en"];
const OFFLINE = LANGUAGES.map((code) => `/${code}/offline/`);
const VERSION = "shell-" + SHELL.join();
const PAGES = "pages";
const KEPT = 40;
const PATIENCE = 8000;

addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(VERSION);
  await cache.addAll(SHELL);
  // Without cookies: what is kept for everyone must show nobody's name.
  await Promise.allSettled(OFFLINE.map(async (path) => {
    const page = await fetch(path, { credentials: "omit" });
    if (page.ok) await cache.put(path, page);
  }));
  await skipWaiting();
})()));

addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = await caches.keys();
  const old = names.filter((name) => name !== VERSION && name !== PAGES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
})()));

const mayBeKept = (page) => page.ok && !page.redirected
  && !/no-store|private/.test(page.headers.get("Cache-Control") || "");

async function keep(request, page) {
  const cache = await caches.open(PAGES);
  await cache.put(request, page);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - KEPT)).map((key) => cache.delete(key)));
}

async function answer(request) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE);
  try {
    const page = await fetch(request, { signal: abort.signal });
    if (mayBeKept(page)) keep(request, page.clone());
    return page;
  } catch (_) {
    const kept = await (await caches.open(PAGES)).match(request, { ignoreVary: true });
    const code = new URL(request.url).pathname.split("/")[1];
    return kept
      || await caches.match(`/${LANGUAGES.includes(code) ? code : "fr"}/offline/`)
      || Response.error();
  } finally {
    clearTimeout(timer);
  }
}

async function file(request) {
  const kept = await caches.match(request);
  if (kept) return kept;
  const fresh = await fetch(request);
  if (fresh.ok) (await caches.open(VERSION)).put(request, fresh.clone());
  return fresh;
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(answer(request));
  else if (url.pathname.startsWith(STATIC)) event.respondWith(file(request));
});
