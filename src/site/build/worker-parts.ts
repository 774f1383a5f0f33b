/**
 * Keeps the engine out of the worker's first file. The parts that are loaded later share modules with it, and would
 * else import that file. WebKit runs a worker's first file again where a part imports it: two engines then answer
 * each question of the page, each with runs and a TensorFlow.js of its own.
 */
export const engineOfWorker = {
  name: 'worker-engine',
  test: /\/src\/engine\/(service\/serve|backends\/wasmLocation\.browser)\.ts$/,
};
