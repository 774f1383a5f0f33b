export { type Separator, toCsv } from './csv';
export { download } from './download';
export { toJson } from './json';
export { keepsPixels, svgToPng } from './png';
export { type FigureOptions, renderFigureSvg } from './svg';
