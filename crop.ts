import sharp from 'sharp';
const [f, h_] = process.argv.slice(2); const H = Number(h_ ?? 1600);
const m = await sharp(f).metadata();
for (let i = 0, y = 0; y < m.height!; i++, y += H) await sharp(f).extract({ left: 0, top: y, width: m.width!, height: Math.min(H, m.height! - y) }).toFile(f.replace('.png', `_${i}.png`));
console.log(m.width, m.height);
