import { stream } from '../start/rng';
import { spiralsSize } from '../spec/tasks';
import { oneHot, sampler } from './sampling';
import type { Table } from './sampling';
import type { Load } from './task';

const turns = 1.75;

/** Points of two interleaved spirals; their angle is uniform, their noise normal. */
function draw(rows: number, noise: number, index: number): Table {
  const rng = stream(1, 'data', index);
  const x = new Float32Array(rows * 2);
  const labels: number[] = [];
  for (let i = 0; i < rows; i++) {
    const label = i % 2;
    const share = Math.sqrt(rng.uniform());
    const angle = share * turns * 2 * Math.PI + label * Math.PI;
    x[2 * i] = 2 * share * Math.cos(angle) + noise * rng.normal();
    x[2 * i + 1] = 2 * share * Math.sin(angle) + noise * rng.normal();
    labels.push(label);
  }
  return { x, y: oneHot(labels, 2), rows, inputSize: 2, outputSize: 2 };
}

/** Tell two interleaved spirals apart (Lang & Witbrock 1988); `noise` is the points' std. */
export const twoSpirals: Load<{ kind: 'twoSpirals'; noise: number }> = ({ noise }) => {
  const train = draw(spiralsSize.train, noise, 0);
  const test = draw(spiralsSize.test, noise, 1);
  return Promise.resolve({ ...sampler(train), evaluation: () => ({ train, test }) });
};
