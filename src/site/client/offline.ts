/** The switch of the page "Use it offline": registers the service worker, or takes all away again. */

class OfflineSwitch extends HTMLElement {
  #button = document.createElement('button');
  #status = document.createElement('output');

  connectedCallback(): void {
    this.#button.type = 'button';
    this.replaceChildren(this.#button, this.#status);
    this.#button.addEventListener('click', () => void this.#toggle());
    void this.#show();
  }

  get #scope(): string {
    return this.dataset['scope'] ?? '/';
  }

  async #registration(): Promise<ServiceWorkerRegistration | undefined> {
    return navigator.serviceWorker.getRegistration(this.#scope);
  }

  async #show(): Promise<void> {
    if (!('serviceWorker' in navigator)) {
      this.#button.hidden = true;
      this.#status.textContent =
        'This browser cannot keep a site, or does not for an address without https.';
      return;
    }
    const kept = (await this.#registration())?.active;
    this.#button.textContent = kept ? 'Remove it from this device' : 'Keep the site on this device';
    this.#status.textContent = kept
      ? 'The site is kept on this device. It works without a network, and is brought up to date when there is one.'
      : `Nothing is kept yet.${await this.#size()}`;
    this.dataset['state'] = kept ? 'kept' : 'none';
  }

  async #size(): Promise<string> {
    const response = await fetch(`${this.#scope}offline.json`).catch(() => undefined);
    if (!response?.ok) return '';
    const { bytes, files } = (await response.json()) as { bytes: number; files: number };
    const megabytes = Math.ceil(bytes / 1e6).toLocaleString(document.documentElement.lang);
    return ` It would be ${files} files, ${megabytes} MB before compression.`;
  }

  async #toggle(): Promise<void> {
    this.#button.disabled = true;
    try {
      const registration = await this.#registration();
      if (registration?.active) await this.#remove(registration);
      else await this.#keep();
      await this.#show();
    } catch (reason) {
      const said = reason instanceof Error ? reason.message : String(reason);
      this.#status.textContent = `It did not work: ${said}`;
    }
    this.#button.disabled = false;
  }

  async #keep(): Promise<void> {
    this.#status.textContent = 'Fetching the files …';
    const registration = await navigator.serviceWorker.register(`${this.#scope}offline-worker.js`, {
      scope: this.#scope,
    });
    const worker = registration.installing ?? registration.waiting ?? registration.active;
    await new Promise<void>((resolve, reject) => {
      const look = () => {
        if (worker?.state === 'activated') resolve();
        if (worker?.state === 'redundant') reject(new Error('a file could not be fetched.'));
      };
      worker?.addEventListener('statechange', look);
      look();
    });
  }

  async #remove(registration: ServiceWorkerRegistration): Promise<void> {
    await registration.unregister();
    const ours = (await caches.keys()).filter((name) => name.endsWith(registration.scope));
    await Promise.all(ours.map((name) => caches.delete(name)));
  }
}

customElements.define('offline-switch', OfflineSwitch);
