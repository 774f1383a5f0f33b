/** What closed-form pictures may use of the engine: plain float64 code, without tfjs. */
export { Rng } from './rng';
