import type { Figure, Part } from './figure.ts'
import { goalOf, isMet, rounded } from './figure.ts'

/** Where and when a part was measured. `load`: processes that wanted to run when it began, beside `cores`. */
export type Circumstances = { day: string; commit: string; isLong: boolean; machine: string; versions: string; load: number; cores: number }

export const notMeasured = 'Not measured yet.'

/** The sections of a page of figures by their titles, each without its heading. */
export function sectionsOf(page: string): Map<string, string> {
  return new Map(page.split(/^## /m).slice(1).map((section) => {
    const end = section.indexOf('\n')
    return [section.slice(0, end), section.slice(end).trim()]
  }))
}

/** The whole page: what was measured of each part, or that nothing was. Written by `npm run bench -- --write`, and by nobody's hand. */
export function pageOf(parts: Readonly<Record<string, Part>>, sections: ReadonlyMap<string, string>): string {
  const written = Object.entries(parts).map(([name, part]) => {
    const measured = sections.get(part.title)
    return `## ${part.title}\n\n${measured && !measured.startsWith(notMeasured) ? measured : [notMeasured, ...closing(name, part)].join('\n\n')}\n`
  })
  return `${[head, ...written].join('\n')}`
}

const head = `# Figures

Written by \`npm run bench -- --write\`; \`npm run bench -- --write NAME\` writes one part anew. Where there is a plain way of doing the same, it stands beside it, taken in the same run on the
same machine: the ratio is what to look at, since machines differ and this one may be noisy. No test asserts a time. Figures have three digits.
`

/** What was measured of one part just now. */
export function sectionOf(name: string, part: Part, figures: readonly Figure[], around: Circumstances): string {
  const busy = around.load > around.cores ? [`**The machine was busy with other work** (${around.load.toFixed(1)} processes wanted ${around.cores} processors when this began): do not rely on these.`] : []
  return [table(figures), ...busy, ...closing(name, part), `Measured on ${around.day} at ${around.commit}${around.isLong ? ', the long form' : ''}: ${around.machine}; ${around.versions}.`].join('\n\n')
}

const closing = (name: string, { notSaid }: Part): string[] => [`What this does not say: ${notSaid.join(' ')}`, `To repeat: \`npm run bench -- ${name}\``]

function table(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const met = isMet(figure)
    return [figure.name, shown(figure.ours), shown(figure.plain), shown(figure.ratio), figure.unit, figure.goal ? goalOf(figure.goal) : '', met === null ? '' : met ? 'met' : '**missed**']
  })
  return [['Figure', 'Veedor', 'Plain', 'Ratio', 'Unit', 'Goal', ''], ['---', '--:', '--:', '--:', '---', '---', '---'], ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const shown = (value: number | null): string => String(rounded(value) ?? '')
