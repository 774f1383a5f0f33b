import { chromium } from 'playwright';
import { browserFlags, findBrowser } from './tests/support/browser.ts';
import { serveFolder } from './tests/support/server.ts';
const { url } = await serveFolder('/tmp/me/site');
const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserFlags });
for (const c of ['introduction','backpropagation','vanishing-gradients','activation-functions','weight-initialization','deriving-xavier-and-he','order-and-chaos','floating-point','residual-connections','networks-that-won','normalization','through-time','clipping']) {
  const row: string[] = [];
  for (const [w, h] of [[1280, 800], [390, 844]] as const) {
    const page = await browser.newPage({ viewport: { width: w, height: h } });
    await page.goto(url + c + '/'); await page.waitForTimeout(200);
    if (c === 'networks-that-won') await page.screenshot({ path: `/tmp/me/shots/head-${w}.png` });
    row.push(await page.evaluate(() => [...document.querySelectorAll('main widget-host, main .living, main .gl-drawing, main figure')].slice(0, 1).map((f) => ((f.getBoundingClientRect().top) / innerHeight).toFixed(2)).join(' ; ')));
    await page.close();
  }
  console.log(c, '|', row.join(' | '));
}
process.exit(0)
