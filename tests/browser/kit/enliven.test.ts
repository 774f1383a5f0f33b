import type { Component } from 'svelte';
import { expect, test } from 'vitest';
import { enliven } from '../../../src/kit/view/enliven';
import Sentences from '../../../src/kit/view/Sentences.svelte';

function still(): HTMLElement {
  const box = document.body.appendChild(document.createElement('div'));
  box.innerHTML = '<p>as the server drew it</p>';
  return box;
}

test('a live view takes the place of the still one', () => {
  const box = still();
  enliven(Sentences as Component<{ all: string[] }>, box, { all: ['one', 'two', 'one'] }, false);
  expect(box.querySelector('p')).toBeNull();
  const items = [...box.querySelectorAll('li')].map((item) => item.textContent);
  expect(items).toEqual(['one (2 times)', 'two']);
});

test.each([true, false])('the still view is there again where the live one fails: %s', (same) => {
  const box = still();
  const fails: Component = () => {
    throw new Error('each_key_duplicate');
  };
  expect(() => enliven(fails, box, {}, same)).toThrow('each_key_duplicate');
  expect(box.textContent).toBe('as the server drew it');
});
