export { compare as default } from './compared';
