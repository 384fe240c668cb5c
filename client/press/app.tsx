import { useEffect } from 'preact/hooks'
import { ButtonLink } from '../kit/look/Button.tsx'
import { cx } from '../kit/look/cx.ts'
import { PlainPage } from '../kit/look/PlainPage.tsx'
import { homeOf, signedIn } from '../kit/me.ts'
import { Detail } from './detail/Detail.tsx'
import { openId } from './router.ts'
import { Notices } from './shell/Notices.tsx'
import { TopBar } from './shell/TopBar.tsx'
import { phoneWhenNarrow } from '../kit/look/narrow.ts'
import { followWall, isEnded, wall } from './store.ts'
import { Ended } from './shell/Ended.tsx'
import { textOf } from './texts.ts'
import { Wall } from './wall/Wall.tsx'
import { common } from '../kit/words/common.ts'
import { pressWords } from './words/press.ts'
import styles from './shell/shell.module.css'

/** The press desk, for press and for a desk that looks at what press sees; an observer is told where their own app is. */
export function App() {
  useEffect(phoneWhenNarrow, [])
  return signedIn().person.role === 'observer' ? <NotYours /> : <PressDesk />
}

function PressDesk() {
  const words = pressWords()
  const { name } = signedIn().mission
  useEffect(followWall, [])
  const opened = openId.value && wall.value.known.get(openId.value)
  const picture = opened ? textOf(opened.captions) : ''
  useEffect(() => {
    document.title = [...(picture ? [picture] : []), words.title, name].join(' · ')
  }, [picture, words, name])
  return (
    <div class={cx(styles['shell'], openId.value && styles['isOpen'])}>
      <a class={styles['skip']} href="#wall">{common().skipToContent}</a>
      <TopBar />
      <Notices />
      {isEnded.value ? <Ended /> : (
        <div class={styles['desk']}>
          <Wall />
          {openId.value && <Detail id={openId.value} />}
        </div>
      )}
    </div>
  )
}

function NotYours() {
  const words = pressWords()
  return (
    <PlainPage title={words.notYours} actions={<ButtonLink kind="filled" href={homeOf(signedIn())}>{words.toYourApp}</ButtonLink>}>
      <p>{words.notYoursWhat}</p>
    </PlainPage>
  )
}
