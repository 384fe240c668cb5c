import { Check, CircleHelp, Minus, Pencil } from 'lucide-preact'
import { personNumber } from '../../../shared/people.ts'
import { type ReportPage, reportNumber } from '../../../shared/reports.ts'
import { useKey } from '../../kit/keys.ts'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { StatusMark } from '../../kit/look/StatusMark.tsx'
import { type Icon, stroke } from '../../kit/look/icon.ts'
import { signedIn } from '../../kit/me.ts'
import { clockSeconds, dayOf, moment } from '../../kit/times.ts'
import { present, usePresent } from '../../kit/clock.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { PlaceAge } from '../aged/PlaceAge.tsx'
import { organisations } from '../live.ts'
import { reportAddress } from '../room/selection.ts'
import { reportWords } from '../words/report.ts'
import { type Mark, agreementOf } from './agreement.ts'
import { QuarantineButton } from './QuarantinePerson.tsx'
import { Told } from './Told.tsx'
import { Versions } from './Versions.tsx'
import { categoryTitle, nameIn, tellLine } from './told.ts'
import { stationName } from './register.ts'
import styles from './report.module.css'

/** What the observer says, and where, when and who; with what coordinators made of it. */
export function Facts({ page, onChange, onTell, load }: { page: ReportPage; onChange: () => void; onTell: () => void; load: () => Promise<void> }) {
  const words = reportWords()
  const { line, filed } = page
  const mayChange = page.may.includes('change')
  useKey('e', words.change, onChange, { on: mayChange })
  return (
    <section class={styles['facts']}>
      <div class={styles['named']}>
        <h2 class={styles['title']}>{categoryTitle(line.category)}</h2>
        {mayChange && <IconButton icon={Pencil} label={words.change} keyHint="e" onClick={onChange} />}
      </div>
      {filed.category !== line.category && <p class={styles['said']}>{words.observerSaid(categoryTitle(filed.category))}</p>}
      {page.words.trim() === ''
        ? <p class={styles['noWords']} tabIndex={-1} data-said>{words.noWords}</p>
        : (
          <blockquote class={styles['words']} tabIndex={-1} data-said aria-label={words.ownWords}>
            <p lang={page.language}>{page.words}</p>
            {page.language !== language.value && <footer>{words.ownWords}, {words.inLanguage(nameIn(page.language))}</footer>}
          </blockquote>
        )}
      <Versions page={page} />
      <dl class={styles['list']}>
        <div>
          <dt>{words.status}</dt>
          <dd>
            <StatusMark status={line.status} severity={line.severity} /> {common().statuses[line.status]}, {common().severities[line.severity].toLocaleLowerCase(language.value)}
            {page.duplicateOf && <>; {words.duplicateOf} <a href={reportAddress(page.duplicateOf.id)}>{reportNumber(page.duplicateOf.number)}</a></>}
            {filed.severity !== line.severity && <span class={styles['said']}>{words.observerSaid(common().severities[filed.severity].toLocaleLowerCase(language.value))}</span>}
          </dd>
        </div>
        <div><dt>{words.where}</dt><dd><Where page={page} /></dd></div>
        <div><dt>{words.when}</dt><dd><When page={page} /></dd></div>
        <div><dt>{words.who}</dt><dd><Who page={page} /><div class={styles['whoDo']}>{page.line.status !== 'withdrawn' && <Told page={page} onTell={onTell} />}<QuarantineButton page={page} load={load} /></div></dd></div>
      </dl>
    </section>
  )
}

const placeWords = ({ stationName: name, table, municipality, department }: ReportPage['line']): string =>
  [name ?? reportWords().noPlace, table !== null && reportWords().table(table), municipality, department].filter(Boolean).join(', ')

function Where({ page }: { page: ReportPage }) {
  const words = reportWords()
  const { line, filed } = page
  const moved = filed.station !== line.station || filed.table !== line.table
  const said = [filed.station === null ? words.noPlace : stationName(filed.station), filed.table !== null && words.table(filed.table)].filter(Boolean).join(', ')
  const now = usePresent(10)
  return <>{placeWords(line)}{moved && <span class={styles['said']}>{words.observerSaid(said)}</span>}<PlaceAge page={page} now={now} /></>
}

function When({ page: { line, finishedAt } }: { page: ReportPage }) {
  const words = reportWords()
  const today = dayOf(present())
  const at = (instant: string) => (dayOf(instant) === today ? clockSeconds(instant) : moment(instant))
  const written = finishedAt.slice(0, 16) !== line.observedAt.slice(0, 16)
  return <span class="numbers" title={words.zoneNote(signedIn().mission.zone)}>{[words.observed(at(line.observedAt)), written && words.finished(at(finishedAt)), words.received(at(line.receivedAt))].filter(Boolean).join(', ')}</span>
}

function Who({ page: { line: { author }, filedBy, channel, authorTelephone } }: { page: ReportPage }) {
  const words = reportWords()
  const who = author.number === null ? words.fromCoordinator(author.name) : words.observer(personNumber(author.number), author.name)
  return (
    <>
      {who}, {organisations.value.get(author.organisation) ?? author.organisation}
      {authorTelephone && <>, <a href={`tel:${authorTelephone.replace(/[^+\d]/g, '')}`}>{authorTelephone}</a></>}
      {filedBy && (channel === 'phone' || channel === 'messenger') && <span class={styles['said']}>{words.filedFor[channel](filedBy.name)}</span>}
      {channel === 'api' && <span class={styles['said']}>{words.filedByProgram}</span>}
    </>
  )
}

const icons: Record<Mark, Icon> = { agrees: Check, differs: Minus, unknown: CircleHelp }

/** Known facts held against each other, each with its mark and its figures; no score. */
export function Agreement({ page }: { page: ReportPage }) {
  const words = reportWords()
  return (
    <section class={styles['part']}>
      <h3 class={styles['head']}>{words.agreement}</h3>
      <dl class={styles['agreement']}>
        {agreementOf(page).map((line) => {
          const Drawn = icons[line.mark]
          return (
            <div key={line.what} data-mark={line.mark}>
              <dt><Drawn {...stroke} class={styles[line.mark]} /><span class="visually-hidden">{words.marks[line.mark]}: </span>{words.lines[line.what]}</dt>
              <dd class="numbers">{tellLine(line)}</dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
