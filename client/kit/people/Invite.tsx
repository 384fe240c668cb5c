import type { ComponentChildren } from 'preact'
import { useId, useState } from 'preact/hooks'
import { Copy, Printer } from 'lucide-preact'
import { Invitation, type Link, type Organisation, inviteCall } from '../../../shared/people.ts'
import type { Role } from '../../../shared/roles.ts'
import { call } from '../call.ts'
import { judged, useForm } from '../form.ts'
import { newId } from '../ids.ts'
import { useKey } from '../keys.ts'
import { Banner } from '../look/Banner.tsx'
import { Button } from '../look/Button.tsx'
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

type InviteProps = { organisations: readonly Organisation[]; link: Link | null; onLink: (link: Link) => void; first?: Role }

/** Invites one person after another: each gets a card, shown once. */
export function Invite({ organisations, link, onLink, first = 'observer' }: InviteProps) {
  const words = peopleWords()
  const { mission, person } = signedIn()
  const list = useId()
  const [id, setId] = useState(newId)
  const form = useForm({ role: first, name: '', organisation: person.organisationName ?? '', language: mission.languages[0] ?? person.language }, ['role', 'name', 'organisation', 'language'])
  const { values, set, problem } = form

  // The next one is mostly of the same role and organisation. The id changes with the person, so that a repeated send invites nobody twice.
  const invite = async () => {
    const made = await call(inviteCall, judged(Invitation, { id, ...values }))
    setId(newId())
    form.start({ ...values, name: '' })
    onLink(made)
  }

  return (
    <section class={styles['invite']} aria-label={words.invite}>
      <h2 class={styles['title']}>{words.invite}</h2>
      <form
        class={styles['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          form.send(invite)
        }}
      >
        <div>
          <Segmented label={words.role} wide segments={roles.map((role) => ({ value: role, label: common().roles[role] }))} value={values.role} onValue={(role) => set('role', role)} problem={problem('role')} />
          <p class={styles['hint']}>{words.roleWhat[values.role]}</p>
        </div>
        <TextField label={words.name} value={values.name} onValue={(name) => set('name', name)} problem={problem('name')} autocomplete="off" maxLength={120} />
        <TextField label={words.organisation} hint={words.organisationHint} value={values.organisation} onValue={(organisation) => set('organisation', organisation)} problem={problem('organisation')} list={list} autocomplete="off" maxLength={120} />
        <datalist id={list}>{organisations.map((one) => <option key={one.code} value={one.name} />)}</datalist>
        {mission.languages.length > 1 && (
          <Segmented label={words.language} segments={mission.languages.map((one) => ({ value: one, label: nameOfLanguage(one) }))} value={values.language} onValue={(one) => set('language', one)} problem={problem('language')} />
        )}
        {form.trouble && <Banner tone="high" alert>{form.trouble}</Banner>}
        <Button type="submit" kind={link ? 'plain' : 'filled'} busy={form.busy}>{words.makeLink}</Button>
      </form>
      {link && <CardShown link={link} organisation={organisations.find((one) => one.code === link.person.organisation)?.name ?? null} />}
    </section>
  )
}

function CardShown({ link, organisation }: { link: Link; organisation: string | null }) {
  const words = peopleWords()
  const [showText, setShowText] = useState<ComponentChildren>(null)
  useKey('p', words.printCard, printCard)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(addressOfLink(link))
      toast(words.copied)
    } catch {
      setShowText(<TextField label={words.link} hint={words.notCopied} value={addressOfLink(link)} onValue={() => undefined} readOnly onFocus={(event) => event.currentTarget.select()} />)
    }
  }
  return (
    <div class={styles['made']} key={link.link}>
      <h3 class={styles['label']}>{words.card}</h3>
      <Card link={link} organisation={organisation} />
      <p class={styles['hint']}>{words.onlyNow}</p>
      <div class={styles['buttons']}>
        <Button kind="filled" icon={Printer} keyHint="p" onClick={printCard}>{words.printCard}</Button>
        <Button icon={Copy} onClick={() => void copy()}>{words.copyLink}</Button>
      </div>
      {showText}
    </div>
  )
}
