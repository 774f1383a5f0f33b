import { backendNames, type BackendAvailability, type BackendName } from '../backends/backend';
import { BackendError, type BackendErrorCode } from '../backends/errors';
import { isFastEnough } from './calibration';
import { backendRecords, openBackend, type OpenBackend, type Platform } from './records';

/** Failures after which another backend takes a backend's place. */
const replaced: ReadonlySet<BackendErrorCode> = new Set(['missing', 'lost']);

const isReplaced = (error: unknown): error is BackendError =>
  error instanceof BackendError && replaced.has(error.code);

/** Opens backends, each once; the backend's code is loaded when it is first asked for. */
export class Backends {
  private readonly platform: Platform;
  /** Whether calibration found WebGL fast enough to be the default; until then it is not. */
  private webglIsFast = false;
  private readonly opened = new Map<string, Promise<OpenBackend>>();

  constructor(platform: Platform) {
    this.platform = platform;
  }

  /**
   * Opens one backend; rejects with `BackendError` where the device lacks it. WebGL on a software
   * renderer counts as lacking unless `forced`.
   */
  async open(name: BackendName, forced = false): Promise<OpenBackend> {
    const strict = this.opened.get(name);
    if (name !== 'webgl' || !forced) return strict ?? this.opening(name, name, false);
    // A card found without force serves; otherwise software is tried as well.
    const found = await strict?.catch(() => null);
    return found ?? this.opening('webgl, forced', name, true);
  }

  private opening(key: string, name: BackendName, forced: boolean): Promise<OpenBackend> {
    let opening = this.opened.get(key);
    if (!opening) {
      opening = openBackend(name, {
        platform: this.platform,
        allowSoftware: forced,
        plain: () => this.open('wasm').catch(() => this.open('cpu')),
      });
      this.opened.set(key, opening);
    }
    return opening;
  }

  /**
   * The backend of a run: the wanted one, or the first of the preference that the device has. `notes`
   * says what was replaced or is missing, and why.
   */
  async choose(wanted: BackendName | undefined): Promise<OpenBackend> {
    const notes: string[] = [];
    const missing: string[] = [];
    const others = backendNames.filter((name) => name !== wanted && name !== 'webgl');
    const order = wanted ? [wanted, ...others] : this.webglIsFast ? backendNames : others;
    for (const name of order) {
      try {
        const open = await this.open(name, name === wanted);
        if (missing.length > 0 && !wanted)
          notes.push(
            `${[...new Set(missing)].join(' ')} ${backendRecords[name].label} runs instead.`,
          );
        return { ...open, info: { ...open.info, notes: [...notes, ...open.info.notes] } };
      } catch (error) {
        if (!isReplaced(error)) throw error;
        missing.push(error.message);
        if (name === wanted)
          notes.push(
            `${error.message} ${backendRecords[name].label} was asked for; another backend runs instead.`,
          );
      }
    }
    throw new BackendError(
      'This browser has none of WebGL, WebAssembly and plain JavaScript backends.',
      'unfit',
    );
  }

  /**
   * Times training steps on WebGL and makes it the default where a run of the usual size would end
   * in time. For idle moments: it takes about a second on a graphics card, and nothing without one.
   */
  async calibrate(): Promise<void> {
    try {
      const webgl = await this.open('webgl');
      await webgl.activate();
      this.webglIsFast = await isFastEnough(webgl.factory);
    } catch (error) {
      if (!isReplaced(error)) throw error;
    }
  }

  async availability(): Promise<BackendAvailability[]> {
    const list: BackendAvailability[] = [];
    for (const backend of backendNames) {
      try {
        await this.open(backend, true);
        list.push({ backend, available: true });
      } catch (error) {
        list.push({
          backend,
          available: false,
          reason: error instanceof Error ? error.message : String(error),
        });
      }
    }
    return list;
  }
}
