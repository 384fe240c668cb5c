import type { AuditFact } from '../../../shared/audit.ts'
import { Severity } from '../../../shared/basics.ts'
import { Outcome, ReportStatus, VerdictReason } from '../../../shared/verification.ts'
import { moment } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { desk } from '../../kit/words/desk.ts'
import { router } from '../router.ts'
import { categoryTitle } from '../report/told.ts'
import { auditWords } from '../words/audit.ts'
import { reportWords } from '../words/report.ts'
import styles from './audit.module.css'

/** One fact as a sentence, with the things it is about and what it says besides. */
export function Fact({ fact: { number, at, kind, by, things, said } }: { fact: AuditFact }) {
  const words = auditWords()
  const who = by.name ?? words.doers[by.kind]
  return (
    <li class={styles['fact']} data-fact={kind}>
      <span class={styles['number']}>{number}</span>
      <time class="numbers" dateTime={at}>{moment(at)}</time>
      <div>
        <p>{words.sentence(who, words.kinds[kind] ?? words.otherKind(kind))}</p>
        <p class={styles['things']}>
          {things.filter(({ type }) => type !== 'mission').map((thing) => <Thing key={`${thing.type} ${thing.id}`} thing={thing} />)}
          {said.map(({ field, value }) => <span key={field} class={styles['note']}>{words.said[field] ?? reportWords().fields[field] ?? field}: {tell(field, value)}</span>)}
        </p>
      </div>
    </li>
  )
}

/** The way to a thing, or to all its facts. */
function Thing({ thing: { type, id, label } }: { thing: AuditFact['things'][number] }) {
  const words = auditWords()
  const name = `${words.things[type] ?? type} ${label ?? id.slice(0, 8)}`
  const href = type === 'report' ? router.address(`reports/${id}`) : router.address('audit', type === 'person' ? { person: id } : { thing: id })
  return <a href={href}>{name}</a>
}

function tell(field: string, value: string): string {
  if (field === 'status' && ReportStatus.safeParse(value).success) return common().statuses[ReportStatus.parse(value)]
  if (field === 'severity' && Severity.safeParse(value).success) return common().severities[Severity.parse(value)]
  if (field === 'outcome') return Outcome.safeParse(value).success ? common().statuses[Outcome.parse(value)] : value
  if (field === 'reasons') return value.split(', ').map((one) => (VerdictReason.safeParse(one).success ? desk().reasons[VerdictReason.parse(one)] : one)).join(', ')
  if (field === 'category') return categoryTitle(value)
  if (field === 'size') return value === 'web' ? reportWords().relied.sizes.web : reportWords().relied.sizes.full
  return value
}
