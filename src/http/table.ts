import { authorityOperations } from './authority.ts';
import { bulkOperation } from './bulk.ts';
import { capabilityOperations } from './capability.ts';
import { capabilityCellOperations } from './capability-cell.ts';
import { capabilityReportOperations } from './capability-report.ts';
import { catalogueOperations } from './catalogue.ts';
import { claimOperations } from './claim.ts';
import { correctionOperations } from './correction.ts';
import { coverageOperations } from './coverage.ts';
import { coverageCellOperations } from './coverage-cell.ts';
import { cycleOperations } from './cycle.ts';
import { letterOperations } from './cycle-letters.ts';
import { employmentOperations } from './employment.ts';
import { erasureOperations } from './erasure.ts';
import { evidenceOperations } from './evidence.ts';
import { evidenceDueOperations } from './evidence-due.ts';
import { factOperations } from './fact.ts';
import { frameworkOperations } from './framework.ts';
import { healthOperations } from './health.ts';
import { memberOperations } from './member.ts';
import { openapiOperation } from './openapi.ts';
import type { Operation } from './operation.ts';
import { organisationOperations } from './organisation.ts';
import { pointsOperations } from './points.ts';
import { profileOperations } from './profile.ts';
import { releaseOperations } from './release.ts';
import { releaseTableOperations } from './release-table.ts';
import { releasedOperations } from './released.ts';
import { releasedCoverageOperations } from './released-coverage.ts';
import { reliefOperations } from './relief.ts';
import { reportOperations } from './report.ts';
import { reviewOperations } from './review.ts';
import { rulebookOperations } from './rulebook.ts';
import { schemeOperations } from './scheme.ts';
import { sessionOperations } from './session.ts';
import { sharingOperations } from './sharing.ts';
import { skillOperations } from './skill.ts';
import { standingOperations } from './standing.ts';
import { statementOperations } from './statement.ts';
import { supportOperations } from './support.ts';

const plain: readonly Operation[] = [
  ...healthOperations,
  ...authorityOperations,
  ...memberOperations,
  ...statementOperations,
  ...claimOperations,
  ...reviewOperations,
  ...evidenceOperations,
  ...evidenceDueOperations,
  ...employmentOperations,
  ...reliefOperations,
  ...sharingOperations,
  ...skillOperations,
  ...pointsOperations,
  ...erasureOperations,
  ...correctionOperations,
  ...organisationOperations,
  ...capabilityOperations,
  ...catalogueOperations,
  ...sessionOperations,
  ...schemeOperations,
  ...rulebookOperations,
  ...frameworkOperations,
  ...profileOperations,
  ...releaseOperations,
  ...releaseTableOperations,
  ...releasedOperations,
  ...releasedCoverageOperations,
  ...reportOperations,
  ...standingOperations,
  ...capabilityReportOperations,
  ...capabilityCellOperations,
  ...coverageOperations,
  ...coverageCellOperations,
  ...supportOperations,
  ...cycleOperations,
  ...letterOperations,
  ...factOperations,
];

const commands = new Map(
  plain
    .filter(({ writes, body }) => writes && body !== undefined)
    .map((row) => [row.id, row] as const),
);

const described = [...plain, bulkOperation(commands)];

/** Every operation: what router, OpenAPI, the role test, the fuzz test and the docs read. */
export const operations: readonly Operation[] = [...described, openapiOperation(described)];
