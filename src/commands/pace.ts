/** How long commands may go on without a turn of the event loop, in ms: less than anybody notices. */
const STRETCH_MS = 4;

let turned = true;
let since = 0;

/**
 * Whether commands have kept the event loop for long: who is about to begin then waits for a turn, and asks
 * again. A hundred commands that are answered by one flush would else go on one after another, and timers and
 * sockets wait for the last.
 */
export function overdue(): boolean {
  const now = performance.now();
  if (turned) {
    turned = false;
    since = now;
    setImmediate(() => {
      turned = true;
    });
  }
  return now - since >= STRETCH_MS;
}
