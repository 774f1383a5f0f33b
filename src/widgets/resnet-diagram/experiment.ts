export { totalsOf as default } from './totals';
