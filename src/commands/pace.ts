/** How long commands may go on without a turn of the event loop, in ms: less than anybody notices. */
const STRETCH_MS = 4;
/** How many are woken in a turn, about as many as fit in a stretch: a hundred that wait need not all be asked. */
const WOKEN = 64;
/** How many need not wait: one command after another passes twice in a turn. */
const AT_ONCE = 2;

const waiting: (() => void)[] = [];
let passed = 0;
let calls = 0;
let end = 0;

/**
 * Undefined where nobody else asked in this turn of the event loop, else a promise that resolves in the order of
 * asking, when commands have not kept the loop for long. A hundred commands that are answered by one flush would
 * else go on one after another, and timers and sockets wait for the last.
 */
export function unhurried(): Promise<void> | undefined {
  if (waiting.length === 0 && passed < AT_ONCE) {
    if (passed === 0) setImmediate(turned);
    passed += 1;
    return undefined;
  }
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (calls === 0) callBack();
  });
}

function turned(): void {
  passed = 0;
}

function callBack(): void {
  calls = Math.min(waiting.length, WOKEN);
  end = 0;
  for (let call = 0; call < calls; call++) setImmediate(wake);
}

/** One is woken in each callback, since what it sets going is done before the next: so the time is looked at between. */
function wake(): void {
  calls -= 1;
  const now = performance.now();
  if (end === 0) end = now + STRETCH_MS;
  if (now < end) waiting.shift()?.();
  if (calls === 0 && waiting.length > 0) callBack();
}
