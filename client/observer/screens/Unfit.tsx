import { Mark } from '../../kit/look/Mark.tsx'
import { useHeading } from '../parts/heading.ts'
import { late } from '../words/late.ts'
import styles from './join.module.css'

/** A browser that refuses what keeps reports safe is told so, with the shortest way to one that does not. */
export default function Unfit() {
  const words = late().unfit
  const heading = useHeading(words.title)
  const port = location.port || (location.protocol === 'https:' ? '443' : '80')
  return (
    <div class={styles['page']}>
      <header class={styles['head']}><Mark size={30} /><b class={styles['app']}>Veedor</b></header>
      <main class={styles['main']}>
        <h1 ref={heading} tabIndex={-1} class={styles['title']}>{words.title}</h1>
        {isSecureContext ? <p class={styles['what']}>{words.old}</p> : (
          <>
            <p class={styles['what']}>{words.what}</p>
            <p>{words.android.replaceAll('PORT', port)}</p>
            <p>{words.apple}</p>
          </>
        )}
      </main>
    </div>
  )
}
