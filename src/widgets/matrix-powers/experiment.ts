export { default } from './powers';
