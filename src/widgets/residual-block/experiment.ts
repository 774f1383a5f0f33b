export { block as default } from './block';
