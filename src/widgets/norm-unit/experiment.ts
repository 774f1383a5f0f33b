export { unit as default } from './unit';
