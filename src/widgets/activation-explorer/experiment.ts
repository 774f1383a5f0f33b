export { explore as default } from './explored';
