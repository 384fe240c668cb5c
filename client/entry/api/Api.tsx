import { useEffect, useState } from 'preact/hooks'
import { Role } from '../../../shared/roles.ts'
import { newId } from '../../kit/ids.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { LanguageSwitch } from '../../kit/look/LanguageSwitch.tsx'
import { Mark } from '../../kit/look/Mark.tsx'
import { Skeleton } from '../../kit/look/Skeleton.tsx'
import { Table, numbersCell } from '../../kit/look/Table.tsx'
import { Tag } from '../../kit/look/Tag.tsx'
import { common } from '../../kit/words/common.ts'
import { language } from '../../kit/words/language.ts'
import { apiWords } from '../words/api.ts'
import { type Call, type Description, addressIn, groupsOf, readDescription } from './description.ts'
import styles from './api.module.css'

const readExample = () => `curl -sS -H "Authorization: Bearer $TOKEN" '${location.origin}/api/reports?severity=critical&limit=20'`
const fileExample = (id: string, seenAt: string, words: string) => `curl -sS -H "Authorization: Bearer $TOKEN" -F 'report={"id":"${id}","category":"voting.queue","severity":"medium","observedAt":"${seenAt}","words":"${words}","language":"${language.value}"}' -F photos=@one.jpg ${location.origin}/api/reports`

/** Addresses and schemas are words of no language: nobody shall read them aloud as one. */
const noLanguage = 'zxx'

/** `/api`: every call of this server, as its own contracts say them. Nothing here comes from anywhere else. */
export function Api() {
  const words = apiWords()
  const [found, setFound] = useState<Description | null>(null)
  const [failed, setFailed] = useState(false)
  // With an id and a time of this page: another reader's line is another report, seen now.
  const [example] = useState(() => ({ id: newId(), seenAt: new Date().toISOString() }))
  const load = () => {
    setFailed(false)
    const asked = language.value
    readDescription(asked).then((read) => asked === language.value && setFound(read), () => setFailed(true))
  }
  useEffect(load, [language.value])
  useEffect(() => {
    document.title = `${words.title} · Veedor`
  }, [words])
  return (
    <div class={styles['page']}>
      <header class={styles['top']}><Mark size={28} /><b class={styles['name']}>Veedor</b><LanguageSwitch /></header>
      <main class={styles['main']}>
        <h1 class={styles['title']}>{words.title}</h1>
        <p>{words.what}</p>
        <p><a href={addressIn(language.value)}>{words.document}</a></p>
        <section class={styles['part']}>
          <h2>{words.who}</h2>
          <p>{words.session}</p>
          <p>{words.token}</p>
          <Code label={words.read} text={readExample()} />
          <Code label={words.file} text={fileExample(example.id, example.seenAt, words.exampleWords)} />
        </section>
        {failed && <Banner tone="medium" alert action={<Button small onClick={load}>{common().buttons.again}</Button>}>{words.failed}</Banner>}
        {!found && !failed && <Skeleton lines={6} tall />}
        {found && <Calls of={found} />}
        {found && <Problems of={found} />}
      </main>
    </div>
  )
}

function Calls({ of }: { of: Description }) {
  const words = apiWords()
  return (
    <section class={styles['part']} data-calls>
      <h2>{words.calls}</h2>
      <p>{words.callsWhat}</p>
      {groupsOf(of).map(([name, calls]) => (
        <section key={name} class={styles['group']}>
          <h3><code lang={noLanguage}>{`/api/${name}`}</code></h3>
          {calls.map((call) => <OneCall key={call.operationId} call={call} />)}
        </section>
      ))}
    </section>
  )
}

const program = 'token'
const roleName = (who: string): string => {
  const role = Role.safeParse(who)
  return role.success ? common().roles[role.data] : who === program ? apiWords().byToken : apiWords().anyone
}

/** What it takes and gives is drawn once it is opened: all of it at once is long. */
function OneCall({ call }: { call: Call }) {
  const words = apiWords()
  const [isOpen, setOpen] = useState(false)
  const body = Object.entries(call.requestBody?.content ?? {})
  const answers = Object.entries(call.responses).filter(([status]) => status !== 'default')
  return (
    <details class={styles['call']} data-call={call.operationId} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class={styles['address']}><b>{call.method}</b> <code lang={noLanguage}>{call.path}</code><span class={styles['does']}>{call.summary}</span></span>
        <span class={styles['tags']}>{call['x-who'].map((who) => <Tag key={who} tone={who === program ? 'accent' : 'quiet'}>{roleName(who)}</Tag>)}{call['x-fresh-proof'] && <Tag tone="medium">{words.fresh}</Tag>}</span>
      </summary>
      {isOpen && (
        <div class={styles['inside']}>
          <p class={styles['id']}><code lang={noLanguage}>{call.operationId}</code></p>
          {call.parameters.length > 0 && (
            <dl class={styles['fields']}>
              {call.parameters.map((one) => <div key={one.name}><dt><code lang={noLanguage}>{one.name}</code> <span>{one.in === 'path' ? words.inPath : words.inQuery}{one.required && `, ${words.required}`}</span></dt><dd><code lang={noLanguage}>{JSON.stringify(one.schema)}</code></dd></div>)}
            </dl>
          )}
          {body.map(([type, { schema }]) => <Code key={type} label={`${words.sends} (${type})`} text={JSON.stringify(schema, null, 2)} />)}
          {answers.flatMap(([status, { content }]) => Object.entries(content).map(([type, { schema }]) => <Code key={status} label={`${words.answers} ${status} (${type})`} text={JSON.stringify(schema, null, 2)} />))}
        </div>
      )}
    </details>
  )
}

function Problems({ of }: { of: Description }) {
  const words = apiWords()
  return (
    <section class={styles['part']}>
      <h2>{words.problems}</h2>
      <p>{words.problemsWhat}</p>
      <Table caption={words.problems} columns={[{ key: 'code', label: words.code }, { key: 'status', label: words.status, numbers: true }]} dense>
        {of.components.schemas.Problem['x-problems'].map(({ code, status }) => <tr key={code}><td><code lang={noLanguage}>{code}</code></td><td class={numbersCell}>{status}</td></tr>)}
      </Table>
    </section>
  )
}

/** What is long scrolls in its own box, by keys too. */
function Code({ label, text }: { label: string; text: string }) {
  return <figure class={styles['code']}><figcaption>{label}</figcaption><pre role="region" aria-label={label} tabIndex={0}><code lang={noLanguage}>{text}</code></pre></figure>
}
