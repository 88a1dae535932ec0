import type { CouncilCovered, CoverageReport } from '../projections/capability/coverage.ts';
import { behindWay } from './coverage-cell.ts';

/** Shows a body; each way leads to who is behind it, whether they are enough or not. */
export function coverageShown(report: CoverageReport) {
  return ({ heads, region, nation, needs, ...body }: CouncilCovered) => ({
    ...body,
    ...(region === null ? {} : { region }),
    ...(nation === null ? {} : { nation }),
    members: heads,
    needs: needs.map(({ ways, declared, ...need }) => ({
      ...need,
      ways: ways.map((way, n) => ({
        ...way,
        missing: Math.max(0, way.wanted - way.enough),
        href: behindWay(report, { council: body.council }, { need: need.need, way: n, all: true }),
      })),
      declared: declared.map(({ targets: _, ...said }) => said),
    })),
  });
}

const kept = ['council', 'region', 'nation', 'source'] as const;

/** Where the bodies stand that a sum is over: each key has become a filter. */
export function listBehind(
  { profile, on, asOf, councils, types }: CoverageReport,
  filters: { [name in (typeof kept)[number]]?: readonly string[] | undefined },
) {
  return (by: readonly string[], key: readonly string[]): string => {
    const asked = new URLSearchParams({
      profile: profile.profile,
      version: String(profile.version),
      on,
      asOf: String(asOf),
      councils,
      ...(types.length === 0 ? {} : { type: types.join(',') }),
    });
    for (const name of kept) {
      const values = filters[name];
      if (values !== undefined) asked.set(name, values.join(','));
    }
    for (const [n, name] of by.entries()) asked.set(name, key[n] ?? '');
    return `/v1/reports/coverage?${asked}`;
  };
}
