/**
 * The service worker that keeps the whole site on a reader's device, once the reader has asked for it on
 * the page "Use it offline". Addresses with parameters are answered by the page without them: a page's
 * script reads the parameters.
 */
import { clientsClaim } from 'workbox-core';
import { cleanupOutdatedCaches, precacheAndRoute, type PrecacheEntry } from 'workbox-precaching';

/** Filled in by the build: every file of the site with a mark of its content. */
declare const KEPT_FILES: PrecacheEntry[];
declare const self: { skipWaiting(): Promise<void> };

void self.skipWaiting();
clientsClaim();
cleanupOutdatedCaches();
precacheAndRoute(KEPT_FILES, { ignoreURLParametersMatching: [/./] });
