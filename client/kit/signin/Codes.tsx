import { Copy, Printer } from 'lucide-preact'
import { Button } from '../look/Button.tsx'
import { useEffect } from 'preact/hooks'
import { toast } from '../look/Toasts.tsx'
import { common } from '../words/common.ts'
import { signInWords } from './words/signin.ts'
import styles from './signin.module.css'

/** Recovery codes, shown this once. */
export function Codes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const words = signInWords()
  // Whoever closes the page now has lost them: the browser asks first.
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [])
  const copy = () => void navigator.clipboard.writeText(codes.join('\n')).then(() => toast(words.copied), () => toast(words.notCopied))
  return (
    <section class={styles['codes']} aria-label={words.codesTitle}>
      <h2>{words.codesTitle}</h2>
      <p>{words.codesWhat}</p>
      <ol class={styles['codeList']}>{codes.map((code) => <li key={code}><code>{code}</code></li>)}</ol>
      <div class={styles['buttons']}>
        <Button kind="filled" onClick={onKept}>{words.codesKept}</Button>
        <Button icon={Copy} onClick={copy}>{words.copy}</Button>
        <Button icon={Printer} onClick={() => print()}>{common().buttons.print}</Button>
      </div>
    </section>
  )
}
