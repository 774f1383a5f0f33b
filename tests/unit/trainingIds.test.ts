import { expect, test } from 'vitest';
import { widgets } from '../../src/registry/server';
import { trainingIds } from '../support/trainingIds.ts';

test('the training widgets that plain Node reads off are those of the registry', () => {
  const declared = [...widgets.values()].filter(({ kind }) => kind === 'training');
  expect(trainingIds()).toEqual(declared.map(({ id }) => id).sort());
});
