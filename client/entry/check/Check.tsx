import { useEffect, useState } from 'preact/hooks'
import { ScanLine } from 'lucide-preact'
import { Problem } from '../../../shared/problem.ts'
import { type ReceiptContent, checkReceiptCall, contentOf, receiptsIn } from '../../../shared/receipts.ts'
import { call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { TextArea } from '../../kit/look/inputs.tsx'
import { PlainPage } from '../../kit/look/PlainPage.tsx'
import { Scanner, canScan } from '../../kit/look/Scanner.tsx'
import { common } from '../../kit/words/common.ts'
import { token } from '../token.ts'
import { checkWords } from '../words/check.ts'
import { Verdict } from './Verdict.tsx'
import styles from './check.module.css'

/** What became of one receipt: what it says, if it is ours; null where it is not; what was thrown where nobody could tell. */
export type Checked = { code: string } & ({ content: ReceiptContent | null } | { thrown: unknown })

async function check(code: string): Promise<Checked> {
  // What is no receipt at all need not be asked about.
  if (contentOf(code) === null) return { code, content: null }
  try {
    return { code, content: (await call(checkReceiptCall, { receipt: code })).content }
  } catch (thrown) {
    return thrown instanceof Problem && (thrown.code === 'not_found' || thrown.code === 'invalid_input') ? { code, content: null } : { code, thrown }
  }
}

/** `/check`: whether a receipt is this mission's, for anyone who holds it: pasted, scanned, or opened by the address in its code. */
export function Check() {
  const words = checkWords()
  const [text, setText] = useState(token ?? '')
  const [checked, setChecked] = useState<readonly Checked[] | null>(null)
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const [busy, setBusy] = useState(false)
  const [scanning, setScanning] = useState(false)

  const look = async (given: string) => {
    const codes = receiptsIn(given)
    setProblem(codes.length === 0 ? words.noReceipt : undefined)
    setChecked(null)
    if (codes.length === 0) return
    setBusy(true)
    const found: Checked[] = []
    for (const code of codes) found.push(await check(code))
    setChecked(found)
    setBusy(false)
  }
  useEffect(() => {
    document.title = `${words.title} · Veedor`
  }, [words])
  useEffect(() => {
    if (token) void look(token)
  }, [])

  return (
    <PlainPage title={words.title}>
      <p>{words.what}</p>
      {scanning ? (
        <>
          <Scanner
            what={words.scanWhat}
            refused={words.scanRefused}
            otherwise={words.scanOther}
            isWanted={(found) => receiptsIn(found).length > 0}
            onFound={(found) => {
              setScanning(false)
              setText(found)
              void look(found)
            }}
          />
          <Button onClick={() => setScanning(false)}>{common().buttons.back}</Button>
        </>
      ) : (
        <form
          class={styles['form']}
          onSubmit={(event) => {
            event.preventDefault()
            void look(text)
          }}
        >
          <TextArea label={words.paste} hint={words.pasteHint} problem={problem} value={text} onValue={setText} rows={5} spellcheck={false} autocomplete="off" lang="zxx" />
          <div class={styles['do']}><Button kind="filled" type="submit" busy={busy}>{words.check}</Button>{canScan() && <Button icon={ScanLine} onClick={() => setScanning(true)}>{words.scan}</Button>}</div>
        </form>
      )}
      <p class="visually-hidden" role="status">{busy ? words.checking : checked ? words.checked(checked.length) : ''}</p>
      {checked?.map((one) => <Verdict key={one.code} checked={one} again={() => void look(text)} />)}
    </PlainPage>
  )
}
