/**
 * The text of an SVG file as a PNG with `scale` pixels for each of its own. Rejects where the browser
 * cannot draw it.
 */
export async function svgToPng(svg: string, scale = 2): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('This browser could not draw the figure as a PNG.'));
    }, 'image/png');
  });
}

/**
 * Whether a page of this browser can read back what it draws: under some protections against
 * fingerprinting a picture comes out as noise or stripes.
 */
export function keepsPixels(): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = 8;
  canvas.height = 8;
  const context = canvas.getContext('2d');
  if (!context) return false;
  const colours = [
    [160, 18, 55],
    [0, 110, 88],
    [61, 54, 216],
    [143, 102, 13],
  ];
  colours.forEach(([r, g, b], row) => {
    context.fillStyle = `rgb(${r} ${g} ${b})`;
    context.fillRect(0, 2 * row, 8, 2);
  });
  const { data } = context.getImageData(0, 0, 8, 8);
  // Some change the last bits alone, which nobody sees.
  return data.every((value, k) => {
    const wanted = k % 4 === 3 ? 255 : colours[Math.floor(k / 64)]![k % 4]!;
    return Math.abs(value - wanted) <= 3;
  });
}
