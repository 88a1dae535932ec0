import type { CouncilCovered, CoverageReport } from '../projections/capability/coverage.ts';

/** Shows a body; each way leads to who is behind it. */
export function coverageShown(report: CoverageReport) {
  return ({ heads, region, nation, needs, ...body }: CouncilCovered) => ({
    ...body,
    ...(region === null ? {} : { region }),
    ...(nation === null ? {} : { nation }),
    members: heads,
    needs: needs.map(({ ways, declared, ...need }) => ({
      ...need,
      ways: ways.map((way) => ({
        ...way,
        missing: Math.max(0, way.wanted - way.enough),
        href: behind(report, body.council, way.skill),
      })),
      declared: declared.map(({ targets: _, ...said }) => said),
    })),
  });
}

/** Everybody at a body of whom there is something of a skill, whether it counts or not. */
function behind({ on, asOf, councils }: CoverageReport, council: string, skill: string): string {
  const asked = { on, asOf: String(asOf), councils, council, skill, all: 'true' };
  return `/v1/reports/capability/cell?${new URLSearchParams(asked)}`;
}
