import { Check, Clock, Ellipsis, IdCard, KeyRound, Link2, LogOut, Mail, Smartphone, Unlink, UserCog, UserPlus, UserX } from 'lucide-preact'
import type { Organisation, Person, PersonState } from '../../../shared/people.ts'
import { usePresent } from '../clock.ts'
import { cx } from '../look/cx.ts'
import { type Icon, stroke } from '../look/icon.ts'
import { Menu } from '../look/Menu.tsx'
import { Table } from '../look/Table.tsx'
import { signedIn } from '../me.ts'
import { ago, moment } from '../times.ts'
import { common } from '../words/common.ts'
import { isSilent, numberOf } from './list.ts'
import { peopleWords } from './words/people.ts'
import styles from './people.module.css'

type PeopleTableProps = { people: readonly Person[]; organisations: readonly Organisation[]; withRole: boolean; myself: string; selected: string | null; onNewLink: (person: Person) => void; onRole: (person: Person) => void; onEnd: (person: Person) => void; onRemove: (person: Person) => void; onSignIns: (person: Person) => void; onTakeBack: (person: Person) => void }

/** Everyone that the filter lets through, with what can be done for each. */
export function PeopleTable({ people, organisations, withRole, myself, selected, onNewLink, onRole, onEnd, onRemove, onSignIns, onTakeBack }: PeopleTableProps) {
  const words = peopleWords()
  const now = usePresent(30)
  const names = new Map(organisations.map((one) => [one.code, one.name]))
  const { name, role, number, organisation, state, lastHeard, actions } = words.columns
  const columns = [
    { key: 'name', label: name },
    withRole ? { key: 'role', label: role } : { key: 'number', label: number },
    { key: 'organisation', label: organisation },
    { key: 'state', label: state },
    { key: 'lastHeard', label: lastHeard },
    { key: 'actions', label: actions, hideLabel: true },
  ]
  return (
    <Table caption={words.title} columns={columns} stacks>
      {people.map((person) => (
        <tr key={person.id} role="row" class={cx(styles['person'], person.id === selected && styles['selected'], person.state === 'retired' && styles['gone'])}>
          <th role="rowheader" scope="row" class={styles['name']}>{person.name}{person.id === myself && <span class={styles['you']}> {words.you}</span>}{person.telephone && <a class={styles['telephone']} href={`tel:${person.telephone.replace(/[^+\d]/g, '')}`}>{person.telephone}</a>}</th>
          <td role="cell">{withRole ? `${common().roles[person.role]} ${numberOf(person)}` : numberOf(person)}</td>
          <td role="cell">{names.get(person.organisation ?? '')}</td>
          <td role="cell"><State person={person} now={now} />{lacksWay(person) && <span class={styles['lacks']}>{words.noSignIn}</span>}{person.quarantinedAt !== null && <span class={styles['lacks']}>{words.inQuarantine}</span>}</td>
          <td role="cell" class={cx('numbers', isSilent(person, now) && styles['late'])}><span class={styles['called']} aria-hidden="true">{lastHeard}: </span>{person.lastHeardAt ? `${moment(person.lastHeardAt, now)}, ${ago(person.lastHeardAt, now)}` : words.never}</td>
          <td role="cell" class={styles['actions']}><Menu icon={Ellipsis} label={words.menu(person.name)} groups={actionsFor(person, person.id === myself, { onNewLink, onRole, onEnd, onRemove, onSignIns, onTakeBack })} /></td>
        </tr>
      ))}
    </Table>
  )
}

/** Whoever of the staff could not come back without a new link; in an exercise links work again. */
const lacksWay = ({ state, hasSignIn }: Person): boolean => state === 'joined' && hasSignIn === false && signedIn().mission.open && !signedIn().mission.exercise

const stateIcons: Record<PersonState, Icon> = { invited: Mail, joined: Check, link_ended: Unlink, retired: UserX }

function State({ person, now }: { person: Person; now: Date }) {
  const silent = isSilent(person, now)
  const Drawn = silent ? Clock : stateIcons[person.state]
  return <span class={cx(styles['state'], silent ? styles['late'] : styles[person.state])}><Drawn {...stroke} size={16} />{silent ? peopleWords().silent : peopleWords().states[person.state]}{person.hasLink && person.state === 'joined' && <span class={styles['out']} title={peopleWords().cardOut}><IdCard {...stroke} size={16} /><span class="visually-hidden">{peopleWords().cardOut}</span></span>}</span>
}

function actionsFor(person: Person, self: boolean, { onNewLink, onRole, onEnd, onRemove, onSignIns, onTakeBack }: Pick<PeopleTableProps, 'onNewLink' | 'onRole' | 'onEnd' | 'onRemove' | 'onSignIns' | 'onTakeBack'>) {
  const words = peopleWords()
  if (person.state === 'retired') return [[{ label: words.takeBack, hint: words.takeBackHint, icon: UserPlus, press: () => onTakeBack(person) }]]
  const phone = person.role === 'observer' && person.state === 'joined'
  const link = { label: phone ? words.newPhone : words.newLink, hint: phone ? words.newPhoneHint : words.newLinkHint, icon: phone ? Smartphone : Link2, press: () => onNewLink(person) }
  const remove = { label: words.remove, ...(person.role === 'observer' ? { hint: words.removeHint } : {}), icon: UserX, danger: true, press: () => onRemove(person) }
  const signIns = person.state === 'joined' ? [{ label: words.signIns, ...(person.role === 'observer' ? {} : { hint: words.signInsHint }), icon: KeyRound, press: () => onSignIns(person) }] : []
  const end = { label: words.endAccess, hint: words.endAccessHint, icon: LogOut, press: () => onEnd(person) }
  const role = { label: words.changeRole, icon: UserCog, press: () => onRole(person) }
  return [[link, ...signIns], self ? [] : [...(person.state === 'joined' || person.hasLink ? [end] : []), role, remove]]
}
