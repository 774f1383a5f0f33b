/** A link to what this page no longer has shows the page from its top; a sentence says why. */
const goal = nameIn(location.hash);
const title = document.querySelector('h1');
if (title && goal !== '' && document.getElementById(goal) === null) {
  const note = document.createElement('p');
  note.className = 'box';
  note.setAttribute('role', 'status');
  note.textContent = `The link that you followed leads to “${goal}”, which is not on this page any more. You see the page from its top.`;
  title.after(note);
}

/** The id that a fragment names; none where it is a passage of the text, or the top. */
function nameIn(fragment: string): string {
  const id = fragment.slice(1).split(':~:')[0]!;
  if (id.toLowerCase() === 'top') return '';
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

export {};
