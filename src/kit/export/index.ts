export { toCsv } from './csv';
export { download } from './download';
export { toJson } from './json';
export { svgToPng } from './png';
export { type FigureOptions, renderFigureSvg } from './svg';
