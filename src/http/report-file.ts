import { aboutOf, type Told } from '../export/about.ts';
import { aboutText, reportOds, sheetCsv } from '../export/report-files.ts';
import type { Reply } from './operation.ts';
import type { Services } from './services.ts';

/** What a report says of itself, beside its CSV. */
export const ABOUT = 'application/vnd.skills-ledger.about+json';
const ODS = 'application/vnd.oasis.opendocument.spreadsheet';

/** What a report is sent as where `Accept` asks for it; JSON else. */
export const fileMedia = ['text/csv', ODS, ABOUT] as const;
type FileMedia = (typeof fileMedia)[number];

/** A report as one file: its figures as CSV, all of it as a spreadsheet, or what it is. */
export async function fileOf(
  { ledger }: Services,
  told: Told,
  media: FileMedia,
): Promise<Required<Pick<Reply, 'file'>>> {
  const about = await aboutOf(ledger, told);
  const { name, sheets } = told;
  switch (media) {
    case 'text/csv': {
      const [figures = { name, rows: [] }] = sheets;
      const bytes = Buffer.from(sheetCsv(figures));
      return { file: { bytes, media, name: `${name}.csv`, described: true } };
    }
    case ODS:
      return { file: { bytes: await reportOds(about, sheets), media, name: `${name}.ods` } };
    case ABOUT: {
      const bytes = Buffer.from(aboutText(about));
      return { file: { bytes, media, name: `${name}.about.json` } };
    }
  }
}
