import { useEffect, useState } from 'preact/hooks'
import { ArrowLeft, Copy, Mail, Printer } from 'lucide-preact'
import { type ChainHead, chainHeadCall } from '../../../shared/audit.ts'
import { call } from '../../kit/call.ts'
import { present } from '../../kit/clock.ts'
import { Button, ButtonLink } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn } from '../../kit/me.ts'
import { tell } from '../../kit/problems.ts'
import { dated } from '../../kit/times.ts'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { router } from '../router.ts'
import { auditWords } from '../words/audit.ts'
import styles from './audit.module.css'

/** The chain's head to be kept outside: in words to be read aloud, as a line to be sent, on one page to be printed. */
export function Head() {
  const words = auditWords()
  const [head, setHead] = useState<ChainHead | null>(null)
  const [thrown, setThrown] = useState<unknown>(null)
  const load = () => call(chainHeadCall, {}).then(setHead, setThrown)
  useEffect(() => {
    void load()
  }, [])
  if (thrown !== null && head === null) {
    const again = () => {
      setThrown(null)
      void load()
    }
    return <EmptyState title={words.failed} action={<Button onClick={again}>{common().buttons.again}</Button>}>{tell(thrown)}</EmptyState>
  }
  if (head === null) return <div class={styles['page']}><Skeleton lines={6} tall /></div>
  const { mission, person } = signedIn()
  const mail = `mailto:?subject=${encodeURIComponent(words.mailSubject(mission.name, head.number))}&body=${encodeURIComponent(textOf(head, `${mission.name}, ${words.headAt(head.number, dated(head.at))}`))}`
  const copy = () => navigator.clipboard.writeText(head.anchor).then(() => toast(words.copied), () => toast(words.notCopied))
  const shown = language.value === 'es' ? (['es', 'en'] as const) : (['en', 'es'] as const)
  return (
    <div class={styles['page']} data-print>
      <p class={styles['unprinted']}><a class={styles['back']} href={router.address('audit')}><ArrowLeft size={18} aria-hidden />{words.toJournal}</a></p>
      <h2 class={styles['title']}>{words.head}</h2>
      <p><b>{mission.name}</b>, {words.headAt(head.number, dated(head.at))}</p>
      <p class={styles['note']}>{words.headWhat}</p>
      <p class={styles['does']}>
        <Button kind="filled" icon={Printer} onClick={() => print()}>{words.print}</Button>
        <ButtonLink icon={Mail} href={mail}>{words.mail}</ButtonLink>
        <Button icon={Copy} onClick={() => void copy()}>{words.copyLine}</Button>
      </p>
      {shown.map((one) => (
        <section key={one}>
          <h3 class={styles['label']}>{words.inWords[one]}</h3>
          <ol class={styles['spoken']} lang={one} data-words={one}>{head.words[one].map((word, at) => <li key={at}><span>{at + 1}</span>{word}</li>)}</ol>
        </section>
      ))}
      <p class={styles['note']}>{words.readAloud}</p>
      <section>
        <h3 class={styles['label']}>{words.line}</h3>
        <p class={styles['line']} data-anchor>{head.anchor}</p>
        <p class={styles['note']}>{words.howToCheck}</p>
      </section>
      <p class={styles['printed']}>{words.signedBy}: {person.name}, {dated(present().toISOString())}</p>
    </div>
  )
}

/** What an e-mail says: of which mission and when, the line for the check, and the words for people. */
const textOf = ({ anchor, number, words }: ChainHead, title: string): string => [title, '', anchor, '', `veedor words ${number}`, words.en.join(' '), '', `veedor words ${number}`, words.es.join(' ')].join('\n')
