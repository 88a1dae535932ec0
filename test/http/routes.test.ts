import { expect } from 'chai';
import { describe, it } from 'mocha';
import { pathTable } from '../../src/http/routes.ts';
import { operations } from '../../src/http/table.ts';
import { startServer } from '../support/server.ts';
import { tempDir } from '../support/temp.ts';

describe('The table of paths', () => {
  const paths = ['/v1/members', '/v1/members/search', '/v1/members/{member}', '/v1/x/{a}/y/{b}'];
  const find = pathTable(paths.map((path) => [path, path] as const));
  const foundAt = (path: string) => find(path)?.at;

  it('finds every path of the ledger, with its names', () => {
    const all = pathTable(operations.map(({ path }) => [path, path] as const));
    for (const { path } of operations) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
      const params = Object.fromEntries(names.map((name) => [name, `of ${name}`]));
      const asked = path.replace(/\{(\w+)\}/g, 'of%20$1');
      expect(all(asked)).to.deep.equal({ at: path, params });
    }
  });

  it('takes a word before a name, in any case, and one slash at the end', () => {
    expect(find('/V1/Members/SEARCH/')).to.deep.equal({ at: paths[1], params: {} });
    expect(find('/v1/members/Searches')?.params).to.deep.equal({ member: 'Searches' });
    expect(foundAt('/v1/members/')).to.equal('/v1/members');
    expect(find('/v1/x/1/y/2')?.params).to.deep.equal({ a: '1', b: '2' });
  });

  it('finds nothing where less or more stands, or nothing between two slashes', () => {
    for (const path of ['/', '', '/v1', '/v2/members', '/v1/members//', '/v1//members']) {
      expect(foundAt(path), path).to.equal(undefined);
    }
    for (const path of ['/v1/x/1/y', '/v1/x//y/2', '/v1/members/1/2', '/v1/x/1/y/2/3']) {
      expect(foundAt(path), path).to.equal(undefined);
    }
    expect(foundAt('/v1/members/constructor')).to.equal('/v1/members/{member}');
    expect(foundAt('/constructor')).to.equal(undefined);
  });

  it('refuses two names at one place: an id would have two', () => {
    expect(() => pathTable([...paths, '/v1/members/{person}/x'].map((path) => [path, 1]))).to.throw(
      '{member} stands there',
    );
  });

  it('tells a path that cannot be decoded', async () => {
    const server = await startServer(tempDir());
    const { status, body } = await server.nobody.get('/v1/members/%E0%A4%A');
    expect([status, body.code]).to.deep.equal([400, 'body-malformed']);
    await server.close();
  });
});
