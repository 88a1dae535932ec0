/** What a connection string may set; the rest is set by the adapter, or would change what it promises. */
const options = new Set([
  'tls',
  'tlscafile',
  'usercertfile',
  'userkeyfile',
  'nodepreference',
  'maxdiscoverattempts',
  'discoveryinterval',
  'gossiptimeout',
  'connectionname',
  'keepaliveinterval',
  'keepalivetimeout',
]);

const SHAPE =
  /^esdb(?:\+discover)?:\/\/(?:[^:@/]+:[^@/]+@)?[a-z0-9._-]+(?::\d{1,5})?(?:,[a-z0-9._-]+(?::\d{1,5})?)*\/?(?:\?(.+))?$/i;

/** Why a connection string cannot be, in words that follow its name; undefined where it can. */
export function wrongAddress(address: string): string | undefined {
  const found = SHAPE.exec(address);
  if (found === null) return 'esdb://HOST:PORT,HOST:PORT?tls=true would be right';
  for (const pair of (found[1] ?? '').split('&').filter((each) => each !== '')) {
    const [name = '', value = ''] = pair.split('=');
    if (!options.has(name.toLowerCase().replaceAll(/[_-]/g, ''))) {
      return `the option ${JSON.stringify(name)} is not one of this ledger's`;
    }
    if (value === '') return `the option ${name} has no value`;
    if (name.toLowerCase() === 'tls' && !/^(true|false)$/.test(value))
      return 'tls is true or false';
  }
  return undefined;
}

/** The address without its login, for messages. */
export function shownAddress(address: string): string {
  return address.replace(/\/\/[^@/]*@/, '//').replace(/\?.*$/, '');
}
