import { useEffect } from 'preact/hooks'
import { ListFilter, Map as MapIcon } from 'lucide-preact'
import { type Pack, titleOf } from '../../../../shared/pack.ts'
import type { ReportFilter } from '../../../../shared/reports.ts'
import type { ReportStatus } from '../../../../shared/verification.ts'
import { useKey } from '../../../kit/keys.ts'
import { Banner } from '../../../kit/look/Banner.tsx'
import { Button } from '../../../kit/look/Button.tsx'
import { Chip, HeldChip } from '../../../kit/look/Chip.tsx'
import { Kbd } from '../../../kit/look/Kbd.tsx'
import { stroke } from '../../../kit/look/icon.ts'
import { signedIn } from '../../../kit/me.ts'
import { number } from '../../../kit/numbers.ts'
import { moment } from '../../../kit/times.ts'
import { common } from '../../../kit/words/common.ts'
import { language } from '../../../kit/words/language.ts'
import { askedFilter, askedMoment, isLoading, organisations } from '../../live.ts'
import { router } from '../../router.ts'
import { total } from '../../store.ts'
import { roomWords } from '../../words/room.ts'
import { isInView, listed, setInView } from '../list/in-view.ts'
import { PastChip } from '../past/PastBar.tsx'
import { type FilterName, isEmpty, isReversed, noFilter, queryOf, timesOf } from './filter.ts'
import { askRegister, register, stationOf } from './register.ts'
import styles from './filter.module.css'

/** Changes part of the filter, as a step of the browser's history. */
export const ask = (change: Partial<Record<FilterName, string | readonly string[] | undefined>>): void => router.ask(change, { push: true })

/** What is asked for most, each alone. One of several that are asked for stands among those that can be taken out, and once. */
const quick: readonly (readonly ReportStatus[])[] = [[], ['received'], ['in_review']]

/** What the list and map are narrowed to, each part with its way out. */
export function FilterBar({ isOpen, onOpen }: { isOpen: boolean; onOpen: () => void }) {
  const words = roomWords()
  const filter = askedFilter.value
  useKey('f', words.openFilter, onOpen)
  useEffect(() => {
    if (filter.station) void askRegister()
  }, [filter.station])

  const isStatus = (status: readonly ReportStatus[]) => status.join() === filter.status.join()
  const count = isLoading.value ? undefined : number(total.value)
  const { pack } = signedIn().mission
  const held = heldOf(filter, pack)
  return (
    <div class={styles['bar']}>
      {(!isEmpty(filter) || isInView.value) && <p class={styles['printed']}>{words.filterIs([...statusesOf(filter), ...held.map((one) => one.text), ...(isInView.value ? [words.inView] : [])].join(', '))}</p>}
      {quick.filter((status) => isQuick(filter.status) || !status.some((one) => filter.status.includes(one))).map((status) => (
        <Chip key={status.join()} selected={isStatus(status)} {...(isStatus(status) && count !== undefined ? { count } : {})} onClick={() => ask({ status })}>{status[0] ? common().statuses[status[0]] : words.all}</Chip>
      ))}
      {held.map((one) => <HeldChip key={one.text} name={one.text} onRemove={() => ask(one.without)}><span class={styles['heldText']}>{one.text}</span></HeldChip>)}
      {!isQuick(filter.status) && count !== undefined && <b class={styles['fits']} data-fits={total.value}>{words.reports(total.value)}</b>}
      <Chip aria-expanded={isOpen} aria-haspopup="dialog" onClick={onOpen}><ListFilter {...stroke} size={15} />{words.filter}<Kbd name="f" /></Chip>
      <Chip selected={isInView.value} {...(isInView.value && count !== undefined ? { count: number(listed.value.length) } : {})} onClick={() => setInView(!isInView.value)}><MapIcon {...stroke} size={15} />{words.inView}</Chip>
      {askedMoment.value === null && <PastChip />}
      {!isEmpty(filter) && <Button kind="quiet" small onClick={() => ask(queryOf(noFilter))}>{words.clearAll}</Button>}
      {isReversed(timesOf(router.query.value)) && !isOpen && <div class={styles['wrong']}><Banner alert tone="medium" action={<Button small onClick={() => ask({ from: undefined, until: undefined })}>{words.anyTime}</Button>}>{words.reversed}</Banner></div>}
    </div>
  )
}

/** Statuses that are chosen by a button of their own. */
const statusesOf = ({ status }: ReportFilter): string[] => (isQuick(status) ? status.map((one) => common().statuses[one]) : [])
const isQuick = (status: readonly ReportStatus[]): boolean => quick.some((one) => one.join() === status.join())

type Held = { text: string; without: Parameters<typeof ask>[0] }

function heldOf(filter: ReportFilter, pack: Pack): Held[] {
  const words = roomWords()
  const stations = register.value
  const { from, until } = filter
  const time = from && until ? words.fromTo(moment(from), moment(until)) : from ? words.since(moment(from)) : until ? words.upTo(moment(until)) : null
  const statuses = isQuick(filter.status) ? [] : filter.status
  return [
    ...(filter.words ? [{ text: words.inWords(filter.words), without: { words: undefined } }] : []),
    ...statuses.map((status) => ({ text: common().statuses[status], without: { status: filter.status.filter((one) => one !== status) } })),
    ...filter.severity.map((severity) => ({ text: common().severities[severity], without: { severity: filter.severity.filter((one) => one !== severity) } })),
    ...filter.category.map((code) => ({ text: categoryName(pack, code), without: { category: filter.category.filter((one) => one !== code) } })),
    ...(filter.department ? [{ text: filter.department, without: { department: undefined } }] : []),
    ...(filter.station ? [{ text: (stations && stations !== 'failed' && stationOf(stations, filter.station)?.name) || filter.station, without: { station: undefined } }] : []),
    ...filter.organisation.map((code) => ({ text: organisations.value.get(code) ?? code, without: { organisation: filter.organisation.filter((one) => one !== code) } })),
    ...(filter.pictures ? [{ text: words.havePictures[filter.pictures], without: { pictures: undefined } }] : []),
    ...filter.signed.map((signed) => ({ text: words.signed[signed], without: { signed: filter.signed.filter((one) => one !== signed) } })),
    ...filter.distance.map((one) => ({ text: words.distanceHeld[one], without: { distance: filter.distance.filter((other) => other !== one) } })),
    ...(time ? [{ text: time, without: { from: undefined, until: undefined } }] : []),
  ]
}

export const groupName = (pack: Pack, code: string): string => pack.groups.find((one) => one.code === code)?.titles[language.value] ?? code
const categoryName = (pack: Pack, code: string): string => (code.includes('.') ? titleOf(pack, code, language.value) : groupName(pack, code))
