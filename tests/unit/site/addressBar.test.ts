import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { rewriteAddress } from '../../../src/site/widget/address-bar';

const page = { href: 'https://example.org/' };
const replaceState = vi.fn((_state: unknown, _title: string, address: URL) => {
  page.href = address.href;
});

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('location', page);
  vi.stubGlobal('history', { state: null, replaceState });
});
afterEach(() => {
  vi.runAllTimers();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const set = (name: string, value: number) => (address: URL) => {
  address.searchParams.set(name, String(value));
  return address;
};

test('many changes are few writes, and the last of each widget stands', () => {
  const [one, other] = [{}, {}];
  for (let value = 0; value < 121; value++) {
    rewriteAddress(one, set('depth', value));
    rewriteAddress(other, set('gain', value));
    vi.advanceTimersByTime(30);
  }
  vi.runAllTimers();
  expect(page.href).toBe('https://example.org/?depth=120&gain=120');
  expect(replaceState.mock.calls.length).toBeLessThan(15);
});

test('a refused write is no error, and is tried again', () => {
  replaceState.mockImplementationOnce(() => {
    throw new DOMException(
      'Attempt to use history.replaceState() more than 100 times per 30 seconds',
    );
  });
  rewriteAddress({}, set('seed', 7));
  expect(page.href).not.toContain('seed=7');
  vi.runAllTimers();
  expect(page.href).toContain('seed=7');
});
