/**
 * A line for a terminal that holds what others wrote: control characters, which may move the cursor or repaint what
 * stands above, and those that turn the direction of writing stand as their escapes.
 */
export function visible(line: string): string {
  return line.replace(HIDDEN, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

const HIDDEN =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
