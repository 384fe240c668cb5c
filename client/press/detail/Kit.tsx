import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { BadgeCheck, Check, Copy, Download, Hourglass, Share2 } from 'lucide-preact'
import { usageTerms } from '../../../shared/captions.ts'
import type { ReleasedPicture } from '../../../shared/press.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { stroke } from '../../kit/look/icon.ts'
import { signedIn } from '../../kit/me.ts'
import { size as sizeInWords } from '../../kit/numbers.ts'
import { moment, momentInUtc } from '../../kit/times.ts'
import { type CopiedPart, canShare, copy, download, share } from '../take.ts'
import { placeInWords, textLanguage, textOf, timeInWords, withCredit } from '../texts.ts'
import { Picture } from '../wall/Picture.tsx'
import { TextLanguage } from '../wall/TextLanguage.tsx'
import { pressWords } from '../words/press.ts'
import { Mine } from './Mine.tsx'
import styles from './detail.module.css'

/** The picture as large as the place allows, and everything that is published with it, ready to take. */
export function Kit({ picture }: { picture: ReleasedPicture }) {
  const words = pressWords()
  const { captions, alternatives, quote, credit, precision, covered, releasedAt, embargoEndedAt, version } = picture
  const caption = textOf(captions)
  const whole = withCredit(picture)
  return (
    <>
      <div class={styles['scroll']}>
        <Picture key={String(picture.withheld)} picture={picture} size={picture.withheld ? 'wall' : 'web'} class={styles['picture']} />
        <div class={styles['kit']}>
          {picture.withheld && <Banner tone="high" icon={Hourglass} title={words.waitTitle}>{words.waitFirst}</Banner>}
          <TextLanguage />
          <Text label={words.caption} count text={caption}>
            <CopyButton text={caption} part="caption">{words.copyCaption}</CopyButton>
            {whole !== caption && <CopyButton text={whole} part="captionAndCredit">{words.copyWithCredit}</CopyButton>}
          </Text>
          <Text label={words.alternative} count text={textOf(alternatives)}>
            <CopyButton text={textOf(alternatives)} part="alternative">{words.copyText}</CopyButton>
          </Text>
          <Text label={words.quote} text={textOf(quote)} verified>
            <CopyButton text={textOf(quote)} part="quote">{words.copyQuote}</CopyButton>
          </Text>
          <dl class={styles['facts']}>
            <Fact label={words.credit}>{credit}<IconButton icon={Copy} label={words.copyCredit} onClick={() => void copy(credit, 'credit')} /></Fact>
            <Fact label={words.taken}>{placeInWords(precision)}<br />{timeInWords(precision)}</Fact>
            <Fact label={words.covered}>{covered ? words.someCovered : words.nothingCovered}</Fact>
            <Fact label={words.mayBeUsed}><span lang={textLanguage.value}>{textOf(usageTerms(signedIn().mission.languages))}</span></Fact>
            <Fact label={words.released}>{moment(releasedAt)}</Fact>
            {embargoEndedAt !== null && <Fact label={words.embargo}>{words.embargoEnded(momentInUtc(embargoEndedAt))}</Fact>}
            {version > 1 && <Fact label={words.version}>{words.corrected(version)}</Fact>}
          </dl>
          <Mine picture={picture} />
          <p class={styles['check']}>{words.checkFirst}</p>
        </div>
      </div>
      <footer class={styles['take']}><Sizes picture={picture} /></footer>
    </>
  )
}

function Text({ label, text, count = false, verified = false, children }: { label: string; text: string; count?: boolean; verified?: boolean; children: ComponentChildren }) {
  return (
    <section class={styles['section']}>
      <h3 class={styles['label']}>{label}{count && <span class={styles['count']}>{pressWords().characters([...text].length)}</span>}</h3>
      <p class={styles['text']} lang={textLanguage.value}>{verified && <BadgeCheck {...stroke} class={styles['verified']} />}<span>{text}</span></p>
      <div class={styles['copies']}>{children}</div>
    </section>
  )
}

/** Shows on itself, for a moment, that it was done. */
function CopyButton({ text, part, children }: { text: string; part: CopiedPart; children: ComponentChildren }) {
  const [done, setDone] = useState<string | null>(null)
  const press = async () => {
    if (!(await copy(text, part))) return
    setDone(text)
    setTimeout(() => setDone(null), 2000)
  }
  return <Button small icon={done === text ? Check : Copy} onClick={() => void press()}>{children}</Button>
}

const Fact = ({ label, children }: { label: string; children: ComponentChildren }) => <div><dt>{label}</dt><dd>{children}</dd></div>

/** The web size fits into this square. */
const webPixels = 1600

function Sizes({ picture }: { picture: ReleasedPicture }) {
  const words = pressWords()
  const [busy, setBusy] = useState<'full' | 'web' | null>(null)
  const { width, height, fullBytes, webBytes, withheld } = picture
  const scale = webPixels / Math.max(width, height)
  const isWebToo = scale >= 1
  const [sharing, setSharing] = useState(false)
  const take = (size: 'full' | 'web') => {
    setBusy(size)
    void download(picture, size).finally(() => setBusy(null))
  }
  return (
    <>
      <div>
        <Button kind="filled" wide icon={Download} keyHint="d" disabled={withheld} busy={busy === 'full'} onClick={() => take('full')}>{words.downloadFull}</Button>
        <Measures width={width} height={height} bytes={fullBytes} isWebToo={isWebToo} />
      </div>
      {!isWebToo && (
        <div>
          <Button wide icon={Download} disabled={withheld} busy={busy === 'web'} onClick={() => take('web')}>{words.downloadWeb}</Button>
          <Measures width={Math.round(width * scale)} height={Math.round(height * scale)} bytes={webBytes} />
        </div>
      )}
      {canShare() && (
        <div>
          <Button
            wide
            icon={Share2}
            busy={sharing}
            disabled={withheld}
            onClick={() => {
              setSharing(true)
              void share(picture, withCredit(picture)).finally(() => setSharing(false))
            }}
          >
            {words.share}
          </Button>
        </div>
      )}
    </>
  )
}

function Measures({ width, height, bytes, isWebToo = false }: { width: number; height: number; bytes: number; isWebToo?: boolean }) {
  const words = pressWords()
  return <p class={styles['measures']}><span>{words.pixels(width, height)}</span><span>{sizeInWords(bytes)}</span>{isWebToo && <span>{words.webToo}</span>}</p>
}
