import { register } from '../../src/commands/register.ts';
import { openLedger } from '../../src/main/open.ts';
import { readSettings } from '../../src/main/settings.ts';
import { type Asked, registration, type StopAt } from './registration.ts';

/**
 * Run as a process: registers over a real ledger, and is killed where vault and ledger have not met yet. The store
 * of this process kills before or after an append; what it appends is what any store would.
 */
const [home, stopAt, asked] = process.argv.slice(2) as [string, StopAt, string];
const now = (): string => new Date().toISOString();
const settings = readSettings({ LEDGER_HOME: home });
const ledger = await openLedger(settings, now, { name: '', demo: false });
const store: typeof ledger.store = {
  ...ledger.store,
  async append(...append) {
    if (stopAt === 'before-append') process.kill(process.pid, 'SIGKILL');
    const appended = await ledger.store.append(...append);
    if (stopAt === 'after-append') process.kill(process.pid, 'SIGKILL');
    return appended;
  },
};
await register({ ...ledger, store }, registration(JSON.parse(asked) as Asked));
