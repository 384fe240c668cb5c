import { useCallback, useEffect, useState } from 'preact/hooks'
import { FileSpreadsheet, IdCard, KeySquare, Search, UsersRound } from 'lucide-preact'
import type { ReplyOf } from '../../../shared/contract.ts'
import { type Link, type Person, changeRoleCall, endAccessCall, listPeopleCall, newCardsCall, newLinkCall, retireCall, takeBackCall } from '../../../shared/people.ts'
import type { Role } from '../../../shared/roles.ts'
import { useAct } from '../act.ts'
import { call } from '../call.ts'
import { usePresent } from '../clock.ts'
import { Banner } from '../look/Banner.tsx'
import { Button, ButtonLink } from '../look/Button.tsx'
import { Chip } from '../look/Chip.tsx'
import { ConfirmDialog, Dialog } from '../look/Dialog.tsx'
import { EmptyState } from '../look/EmptyState.tsx'
import { SearchField } from '../look/SearchField.tsx'
import { Segmented } from '../look/Segmented.tsx'
import { Skeleton } from '../look/Skeleton.tsx'
import { toast } from '../look/Toasts.tsx'
import { signedIn } from '../me.ts'
import { locale, number } from '../numbers.ts'
import { tell } from '../problems.ts'
import { signInWords } from '../signin/words/signin.ts'
import { SignInsDialog } from '../signin/SignInsDialog.tsx'
import { moment } from '../times.ts'
import { common } from '../words/common.ts'
import { Cards } from './delegation/Cards.tsx'
import { Import } from './delegation/Import.tsx'
import { delegationWords } from './delegation/words.ts'
import { Invite, type InvitationDraft } from './Invite.tsx'
import { PeopleTable } from './PeopleTable.tsx'
import { cardsMade } from './cards.ts'
import { beginsSilent, found, inOrder, isSilent, roles } from './list.ts'
import { peopleWords } from './words/people.ts'
import styles from './people.module.css'

/** So many fit on a narrow screen beside the form that invites more. */
const fewPeople = 3

type Everyone = ReplyOf<typeof listPeopleCall>

/** The people of the mission, silent first, and the way to invite more. For leads. `version`: a number that changes when the journal tells of people. `primary`: false where the view's one filled button is elsewhere. `draft`: where an invitation that was begun is kept. `onChange`: somebody was invited or removed here. `tokens`: the address of the tokens for programs. */
export function People({ version = 0, primary = true, draft, onChange, tokens }: { version?: number; primary?: boolean; draft?: InvitationDraft; onChange?: () => void; tokens?: string }) {
  const [everyone, setEveryone] = useState<Everyone | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [role, setRole] = useState<Role | null>(null)
  const [wanted, setWanted] = useState('')
  const [link, setLink] = useState<Link | null>(null)
  const [leaving, setLeaving] = useState<Person | null>(null)
  const [looking, setLooking] = useState<Person | null>(null)
  const [returning, setReturning] = useState<Person | null>(null)
  const [ending, setEnding] = useState<Person | null>(null)
  const [changing, setChanging] = useState<Person | null>(null)
  const [importing, setImporting] = useState(false)
  const [renewing, setRenewing] = useState<readonly Person[] | null>(null)

  const load = useCallback(async () => {
    try {
      setEveryone(await call(listPeopleCall, {}))
      setTrouble(null)
    } catch (thrown) {
      setTrouble(tell(thrown))
    }
  }, [])
  useEffect(() => void load(), [load, version])
  // When someone was last heard is no fact of the journal.
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && void load(), 60_000)
    return () => clearInterval(timer)
  }, [load])

  const show = (made: Link) => {
    setLink(made)
    void load()
    onChange?.()
  }
  const newLink = async (person: Person) => {
    try {
      show(await call(newLinkCall, { id: person.id }))
    } catch (thrown) {
      toast(tell(thrown))
    }
  }

  const showCards = (links: readonly Link[]) => {
    cardsMade.value = { links, isKept: false }
    setImporting(false)
    setRenewing(null)
    void load()
    onChange?.()
  }
  // With the names of organisations that came with them.
  const made = cardsMade.value?.links
  if (made && everyone && made.every(({ person }) => everyone.people.some(({ id }) => id === person.id))) return <Cards links={made} used={new Set(everyone.people.filter(({ state }) => state !== 'invited').map(({ id }) => id))} organisations={everyone.organisations} primary={primary} />
  if (importing) return <Import primary={primary} onCards={showCards} onLeave={() => setImporting(false)} />

  return (
    <div class={styles['page']}>
      <div class={styles['main']}>
        {trouble && <div class={styles['pad']}><Banner tone="high" alert action={<Button small onClick={() => void load()}>{common().buttons.again}</Button>}>{trouble}</Banner></div>}
        {everyone === null && !trouble && <div class={styles['pad']}><Skeleton lines={8} tall /></div>}
        {everyone && <Listed everyone={everyone} role={role} onRole={setRole} wanted={wanted} onWanted={setWanted} selected={link?.person.id ?? null} onNewLink={(person) => void newLink(person)} onChangeRole={setChanging} onEnd={setEnding} onRemove={setLeaving} onSignIns={setLooking} onTakeBack={setReturning} onImport={() => setImporting(true)} onNewCards={setRenewing} />}
      </div>
      <aside class={styles['aside']}>
        <Invite organisations={everyone?.organisations ?? []} link={link} onLink={show} primary={primary} folded={(everyone?.people.length ?? 0) > fewPeople} draft={draft} />
        {tokens && <p class={styles['tokens']}><ButtonLink kind="quiet" icon={KeySquare} href={tokens}>{signInWords().tokens}</ButtonLink></p>}
      </aside>
      {renewing && <NewCards people={renewing} onClose={() => setRenewing(null)} onCards={showCards} />}
      {looking && <SignInsDialog person={looking} onClose={() => setLooking(null)} onWaysEnded={() => { void load(); onChange?.() }} />}
      {changing && <ChangeRole person={changing} onClose={() => setChanging(null)} onDone={() => { void load(); onChange?.() }} />}
      {ending && <End person={ending} onClose={() => setEnding(null)} onDone={() => void load()} />}
      {returning && <TakeBack person={returning} onClose={() => setReturning(null)} onBack={show} />}
      {leaving && <Remove person={leaving} onClose={() => setLeaving(null)} onGone={() => { void load(); onChange?.() }} />}
    </div>
  )
}

type ListedProps = { everyone: Everyone; role: Role | null; onRole: (role: Role | null) => void; wanted: string; onWanted: (wanted: string) => void; selected: string | null; onNewLink: (person: Person) => void; onChangeRole: (person: Person) => void; onEnd: (person: Person) => void; onRemove: (person: Person) => void; onSignIns: (person: Person) => void; onTakeBack: (person: Person) => void; onImport: () => void; onNewCards: (people: readonly Person[]) => void }

function Listed({ everyone, role, onRole, wanted, onWanted, selected, onNewLink, onChangeRole, onEnd, onRemove, onSignIns, onTakeBack, onImport, onNewCards }: ListedProps) {
  const words = peopleWords()
  const now = usePresent(30)
  const { people, organisations } = everyone
  const printed = everyone.notices.filter(({ what }) => what === 'lead_link')
  const ofRole = people.filter((one) => role === null || one.role === role)
  const shown = inOrder(found(ofRole, organisations, wanted), now, locale.value)
  const states = { invited: 0, joined: 0, link_ended: 0, retired: 0 }
  for (const one of ofRole) states[one.state] += 1
  return (
    <>
      <div class={styles['bar']}>
        <div class={styles['chips']} role="group" aria-label={words.filter}>
          <Chip selected={role === null} count={number(people.length)} onClick={() => onRole(null)}>{words.everyone}</Chip>
          {roles.map((one) => <Chip key={one} selected={role === one} count={number(people.filter((person) => person.role === one).length)} onClick={() => onRole(one)}>{words.many[one]}</Chip>)}
        </div>
        <SearchField label={words.findLabel} placeholder={words.find} value={wanted} onValue={onWanted} />
        <div class={styles['tools']}>
          <Button icon={FileSpreadsheet} onClick={onImport}>{delegationWords().importList}</Button>
          <Button icon={IdCard} onClick={() => onNewCards(shown.filter(awaitsCard))}>{delegationWords().newCards}</Button>
        </div>
        <p class={styles['summary']}>{words.summary(states, ofRole.filter((one) => isSilent(one, now)).length)}</p>
      </div>
      {people.length === 0 && <EmptyState icon={UsersRound} title={words.empty}>{words.emptyWhat}</EmptyState>}
      {people.length > 0 && shown.length === 0 && <EmptyState icon={Search} title={words.nobodyFound}>{words.nobodyFoundWhat}</EmptyState>}
      {shown.length > 0 && (
        <>
          <PeopleTable people={shown} organisations={organisations} withRole={role !== 'observer'} myself={signedIn().person.id} selected={selected} onNewLink={onNewLink} onRole={onChangeRole} onEnd={onEnd} onRemove={onRemove} onSignIns={onSignIns} onTakeBack={onTakeBack} />
          <p class={styles['foot']}>{words.shown(shown.length, people.length)}{beginsSilent(shown, now) && `, ${words.silentFirst}`}</p>
        </>
      )}
      {printed.length > 0 && (
        <section class={styles['foot']} aria-labelledby="lead-links">
          <h2 id="lead-links">{words.leadLinks}</h2>
          <ul>{printed.map((link) => <li key={`${link.id} ${link.at}`}>{words.leadLink(link.name, moment(link.at, now))}</li>)}</ul>
        </section>
      )}
    </>
  )
}

/** Observers who were invited and have not joined: those whose cards may be lost. */
const awaitsCard = ({ role, state }: Person): boolean => role === 'observer' && (state === 'invited' || state === 'link_ended')

function NewCards({ people, onClose, onCards }: { people: readonly Person[]; onClose: () => void; onCards: (cards: readonly Link[]) => void }) {
  const words = delegationWords()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string | undefined>()
  const make = async () => {
    setBusy(true)
    try {
      onCards((await call(newCardsCall, { ids: people.map(({ id }) => id) }, { timeoutSeconds: 300 })).cards)
    } catch (thrown) {
      setTrouble(tell(thrown))
      setBusy(false)
    }
  }
  if (people.length === 0) return <Dialog title={words.newCards} onClose={onClose} actions={<Button onClick={onClose}>{common().buttons.close}</Button>}><p>{words.newCardsNobody}</p></Dialog>
  return <ConfirmDialog title={words.newCardsTitle(people.length)} action={words.newCardsDo(people.length)} busy={busy} problem={trouble} onConfirm={() => void make()} onClose={onClose}><p>{words.newCardsWhat}</p></ConfirmDialog>
}

function ChangeRole({ person, onClose, onDone }: { person: Person; onClose: () => void; onDone: () => void }) {
  const words = peopleWords()
  const [role, setRole] = useState<Role>(person.role)
  const { busy, trouble, act } = useAct(onClose)
  const change = () => act(async () => {
    await call(changeRoleCall, { id: person.id, role })
    toast(words.roleChanged(person.name))
    onDone()
  })
  return (
    <Dialog title={words.roleTitle(person.name)} busy={busy} onClose={onClose} actions={<><Button onClick={onClose} disabled={busy}>{common().buttons.cancel}</Button><Button kind="filled" busy={busy} disabled={role === person.role} onClick={change}>{words.roleDo}</Button></>}>
      <Segmented label={words.role} wide segments={roles.map((one) => ({ value: one, label: common().roles[one] }))} value={role} onValue={setRole} />
      <p>{words.roleWhat[role]}</p>
      <p>{words.roleEnds}</p>
      {trouble && <Banner tone="high" alert>{trouble}</Banner>}
    </Dialog>
  )
}

function End({ person, onClose, onDone }: { person: Person; onClose: () => void; onDone: () => void }) {
  const words = peopleWords()
  const { busy, trouble, act } = useAct(onClose)
  const end = () => act(async () => {
    await call(endAccessCall, { id: person.id })
    toast(words.accessEnded(person.name))
    onDone()
  })
  return <ConfirmDialog title={words.endTitle(person.name)} action={words.endAccess} danger busy={busy} problem={trouble} onConfirm={end} onClose={onClose}><p>{words.endWhat} {person.role === 'observer' && words.removeHint}</p></ConfirmDialog>
}

function TakeBack({ person, onClose, onBack }: { person: Person; onClose: () => void; onBack: (link: Link) => void }) {
  const words = peopleWords()
  const { busy, trouble, act } = useAct(onClose)
  const back = () => act(async () => {
    onBack(await call(takeBackCall, { id: person.id }))
    toast(words.takenBack(person.name))
  })
  return <ConfirmDialog title={words.takeBackTitle(person.name)} action={words.takeBack} busy={busy} problem={trouble} onConfirm={back} onClose={onClose}><p>{words.takeBackWhat} {person.role === 'observer' && words.takeBackUnsent}</p></ConfirmDialog>
}

function Remove({ person, onClose, onGone }: { person: Person; onClose: () => void; onGone: () => void }) {
  const words = peopleWords()
  const { busy, trouble, act } = useAct(onClose)
  const remove = () => act(async () => {
    await call(retireCall, { id: person.id })
    toast(words.removed(person.name))
    onGone()
  })
  return <ConfirmDialog title={words.removeTitle(person.name)} action={words.remove} danger busy={busy} problem={trouble} onConfirm={remove} onClose={onClose}><p>{words.removeWhat} {person.role === 'observer' && words.removeHint}</p></ConfirmDialog>
}
