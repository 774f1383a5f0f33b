export { plane as default } from './clip';
