import { expect, test } from 'vitest';
import { bringWord } from '../../../src/site/predict/word';

test('the latest verdict alone stands at the foot of the window, until it is closed', async () => {
  const sections = ['one', 'two'].map((said) => {
    const section = document.createElement('section');
    section.id = said;
    // Out of sight, as a question is whose figure is looked at.
    section.style.marginBlockStart = '300vh';
    section.innerHTML = `<p class="verdict">${said}</p>`;
    document.body.append(section);
    return section;
  });
  const words = () => [...document.querySelectorAll('.word')].map((word) => word.textContent);
  for (const section of sections) {
    bringWord(section.querySelector('.verdict')!);
    await expect.poll(words).toEqual([`${section.id} WhyClose`]);
  }
  document.querySelector<HTMLButtonElement>('.word button')!.click();
  await expect.poll(words).toEqual([]);
  for (const section of sections) section.remove();
});
