export { descend as default } from './valley';
