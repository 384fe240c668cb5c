import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef, useState } from 'preact/hooks'
import { Copy, Printer, UserPlus } from 'lucide-preact'
import { isLoopback } from '../../../shared/hosts.ts'
import { Invitation, type Link, type Organisation, inviteCall } from '../../../shared/people.ts'
import { call } from '../call.ts'
import { type Draft, judged, useForm } from '../form.ts'
import { newId } from '../ids.ts'
import { useKey } from '../keys.ts'
import { Banner } from '../look/Banner.tsx'
import { Button } from '../look/Button.tsx'
import { cx } from '../look/cx.ts'
import { Segmented } from '../look/Segmented.tsx'
import { toast } from '../look/Toasts.tsx'
import { TextField } from '../look/inputs.tsx'
import { signedIn } from '../me.ts'
import { nameOfLanguage } from '../numbers.ts'
import { common } from '../words/common.ts'
import { Card, addressOfLink, printCard } from './Card.tsx'
import { roles } from './list.ts'
import { peopleWords } from './words/people.ts'
import styles from './people.module.css'

export type InvitationDraft = Draft<Omit<Invitation, 'id'>>
type InviteProps = { organisations: readonly Organisation[]; link: Link | null; onLink: (link: Link) => void; primary: boolean; folded: boolean; draft: InvitationDraft | undefined }

/** Invites one person after another: each gets a card, shown once. `primary`: what is to be done next in this view is here. `folded`: on a narrow screen a button stands for the form until it is wanted, since others come first there. */
export function Invite({ organisations, link, onLink, primary, folded, draft }: InviteProps) {
  const words = peopleWords()
  const { mission, person } = signedIn()
  const list = useId()
  const form = useRef<HTMLFormElement>(null)
  const [id, setId] = useState(newId)
  const [wanted, setWanted] = useState(false)
  const isFolded = folded && !wanted && !link
  useEffect(() => {
    if (wanted) form.current?.querySelector<HTMLInputElement>('input[name=name]')?.focus()
  }, [wanted])
  const invitation = useForm<Omit<Invitation, 'id'>>({ role: 'observer', name: '', telephone: '', organisation: person.organisationName ?? '', language: mission.languages[0] ?? person.language }, ['role', 'name', 'organisation', 'language', 'telephone'], draft)
  const { values, set, problem } = invitation

  // The next one is mostly of the same role and organisation. The id changes with the person, so that a repeated send invites nobody twice.
  const invite = async () => {
    const made = await call(inviteCall, judged(Invitation, { id, ...values, telephone: values.telephone || undefined }))
    setId(newId())
    invitation.start({ ...values, name: '', telephone: '' })
    form.current?.querySelector<HTMLInputElement>('input[name=name]')?.focus({ preventScroll: true })
    onLink(made)
  }

  return (
    <section class={styles['invite']} aria-label={words.invite}>
      {isFolded && <Button class={styles['unfold'] ?? ''} icon={UserPlus} wide aria-expanded={false} onClick={() => setWanted(true)}>{words.invite}</Button>}
      <h2 class={cx(styles['title'], isFolded && styles['folded'])}>{words.invite}</h2>
      <form
        ref={form}
        class={cx(styles['form'], isFolded && styles['folded'])}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          invitation.send(invite)
        }}
      >
        <div>
          <Segmented label={words.role} wide segments={roles.map((role) => ({ value: role, label: common().roles[role] }))} value={values.role} onValue={(role) => set('role', role)} problem={problem('role')} />
          <p class={styles['hint']}>{words.roleWhat[values.role]}</p>
        </div>
        <TextField label={words.name} name="name" value={values.name} onValue={(name) => set('name', name)} problem={problem('name')} autocomplete="off" maxLength={120} />
        <TextField label={words.organisation} hint={words.organisationHint} value={values.organisation} onValue={(organisation) => set('organisation', organisation)} problem={problem('organisation')} list={list} autocomplete="off" maxLength={120} />
        <datalist id={list}>{organisations.map((one) => <option key={one.code} value={one.name} />)}</datalist>
        {values.role === 'observer' && <TextField label={words.telephone} hint={words.telephoneHint} type="tel" value={values.telephone ?? ''} onValue={(telephone) => set('telephone', telephone)} problem={problem('telephone')} autocomplete="off" maxLength={40} />}
        {mission.languages.length > 1 && (
          <Segmented label={words.language} segments={mission.languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))} value={values.language} onValue={(one) => set('language', one)} problem={problem('language')} />
        )}
        {invitation.trouble && <Banner tone="high" alert>{invitation.trouble}</Banner>}
        <Button type="submit" kind={primary && !link ? 'filled' : 'plain'} busy={invitation.busy}>{words.makeLink}</Button>
      </form>
      {link && <CardShown key={link.link} link={link} primary={primary} organisation={organisations.find((one) => one.code === link.person.organisation)?.name ?? null} />}
    </section>
  )
}

function CardShown({ link, organisation, primary }: { link: Link; organisation: string | null; primary: boolean }) {
  const words = peopleWords()
  const [showText, setShowText] = useState<ComponentChildren>(null)
  const made = useRef<HTMLDivElement>(null)
  useKey('p', words.printCard, printCard)
  useEffect(() => made.current?.scrollIntoView({ block: 'nearest' }), [])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(addressOfLink(link))
      toast(words.copied)
    } catch {
      setShowText(<TextField label={words.link} hint={words.notCopied} value={addressOfLink(link)} onValue={() => undefined} readOnly onFocus={(event) => event.currentTarget.select()} />)
    }
  }
  return (
    <div class={styles['made']} ref={made}>
      <h3 class={styles['label']}>{words.card}</h3>
      <Card link={link} organisation={organisation} />
      <p class={styles['hint']}>{words.onlyNow}{isLoopback(new URL(addressOfLink(link)).host) && ` ${words.onlyHere}`}</p>
      <div class={styles['buttons']}>
        <Button kind={primary ? 'filled' : 'plain'} icon={Printer} keyHint="p" onClick={printCard}>{words.printCard}</Button>
        <Button icon={Copy} onClick={() => void copy()}>{words.copyLink}</Button>
      </div>
      {showText}
    </div>
  )
}
