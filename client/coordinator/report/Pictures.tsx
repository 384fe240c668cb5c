import { computed } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Copy, Download, Expand, Images, RotateCw, Scan, Send, Shrink, ZoomIn, ZoomOut } from 'lucide-preact'
import type { DeskPhoto } from '../../../shared/photos.ts'
import type { ReportPage } from '../../../shared/reports.ts'
import { useKey } from '../../kit/keys.ts'
import { ButtonLink } from '../../kit/look/Button.tsx'
import { EmptyState } from '../../kit/look/EmptyState.tsx'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { cx } from '../../kit/look/cx.ts'
import { stroke } from '../../kit/look/icon.ts'
import { Tag } from '../../kit/look/Tag.tsx'
import { size as bytes } from '../../kit/numbers.ts'
import { moment } from '../../kit/times.ts'
import { router } from '../router.ts'
import { reportWords } from '../words/report.ts'
import { Found } from './Found.tsx'
import { GiveCopy } from './GiveCopy.tsx'
import { openRelease, releaseLink } from './addresses.ts'
import { copyText } from './copy.ts'
import { thumbOf, useShown } from './picture.ts'
import { askedLook, askedTurn, useLookAddress } from './look-address.ts'
import { useStage } from './stage.ts'
import { takeOriginal } from './take.ts'
import { cameHow } from './told.ts'
import type { Turn } from './view.ts'
import styles from './pictures.module.css'

/** Which picture is shown, from 0; it stands in the address, from 1. */
const chosenPicture = computed(() => {
  const text = router.query.value.get('picture') ?? ''
  return /^[1-9]\d?$/.test(text) ? Number(text) - 1 : 0
})
const choosePicture = (at: number): void => router.ask({ picture: at === 0 ? undefined : String(at + 1), near: undefined, turn: undefined })

/** A report's pictures: one as large as there is room, the others as a strip. */
export function Pictures({ page, title, load }: { page: ReportPage; title: string; load: () => Promise<void> }) {
  const words = reportWords()
  const [giving, setGiving] = useState(false)
  const { photos } = page
  const at = Math.min(Math.max(0, photos.length - 1), chosenPicture.value)
  const photo = photos[at]
  const choose = (next: number) => choosePicture((next + photos.length) % photos.length)
  useKey('[', words.previousPicture, () => choose(at - 1), { on: photos.length > 1 })
  useKey(']', words.nextPicture, () => choose(at + 1), { on: photos.length > 1 })
  const mayRelease = page.may.includes('release') && photo?.state === 'ready' && !photo.released
  useKey('r', words.release, () => photo && openRelease(photo), { on: mayRelease })

  if (!photo) return <section class={cx(styles['pictures'], styles['none'])} data-stage aria-label={words.pictures}><EmptyState icon={Images} title={words.noPictures}>{words.noPicturesWhat}</EmptyState></section>
  return (
    <>
      <section class={styles['pictures']} data-stage aria-label={words.pictures}>
        <Viewer key={photo.id} photo={photo} alt={words.pictureAlt(at + 1, photos.length, title)} />
        <div class={styles['below']}>
          {photos.length > 1 && (
            <ul class={styles['strip']}>
              {photos.map((one, index) => <li key={one.id}><Thumb photo={one} chosen={one.id === photo.id} label={words.pictureOf(index + 1, photos.length, cameHow(one, page.channel), words.states[one.state])} onChoose={() => choosePicture(index)} /></li>)}
            </ul>
          )}
          <About photo={photo} channel={page.channel} />
          {mayRelease && <ButtonLink kind="filled" icon={Send} keyHint="r" href={releaseLink(photo)}>{words.release}</ButtonLink>}
          <Found photo={photo} page={page} onGive={() => setGiving(true)} />
        </div>
      </section>
      {/* Beside the stage, which is dark by day too. */}
      {giving && <GiveCopy photo={photo} onClose={() => setGiving(false)} load={load} />}
    </>
  )
}

function Thumb({ photo, chosen, label, onChoose }: { photo: DeskPhoto; chosen: boolean; label: string; onChoose: () => void }) {
  const [failed, setFailed] = useState<string | null>(null)
  return (
    <button type="button" class={styles['thumb']} aria-current={chosen || undefined} aria-label={label} onClick={onChoose}>
      {photo.shows && failed !== photo.state
        ? <img key={photo.state} src={`${thumbOf(photo)}#${photo.state}`} alt="" draggable={false} onError={() => setFailed(photo.state)} />
        : <Images {...stroke} />}
    </button>
  )
}

/** What is known of the picture itself: how it came, how much of it is here, its bytes. */
function About({ photo, channel }: { photo: DeskPhoto; channel: ReportPage['channel'] }) {
  const words = reportWords()
  const { sha256, width, height, sizeBytes, how, capturedAt, receivedAt, released } = photo
  const short = `${sha256.slice(0, 4)} ${sha256.slice(4, 8)} … ${sha256.slice(-4)}`
  return (
    <div class={styles['about']}>
      <p>
        {released && <Tag tone="good">{words.released}</Tag>}
        <span>{cameHow(photo, channel)}{capturedAt && `, ${how === 'gallery' ? words.fileDate(moment(capturedAt)) : words.captured(moment(capturedAt))}`}</span>
      </p>
      <p class="numbers">
        <span>{width !== null && height !== null ? words.original(words.pixels(width, height), bytes(sizeBytes)) : bytes(sizeBytes)}</span>
        <span class={styles['hash']} title={sha256}>{words.hash} {short}<IconButton icon={Copy} label={words.copyHash} onClick={() => void copyText(sha256, words)} />{receivedAt !== null && <IconButton icon={Download} label={words.takeOriginal} onClick={() => void takeOriginal(photo)} />}</span>
      </p>
    </div>
  )
}

const zoomStep = 1.5
const panStep = 80

function Viewer({ photo, alt }: { photo: DeskPhoto; alt: string }) {
  const words = reportWords()
  const [turn, setTurn] = useState(askedTurn)
  const [begin] = useState(askedLook)
  const [scaleSeen, setScaleSeen] = useState(0)
  const shown = useShown(photo, scaleSeen)
  const { stage, scale, view, look, frame, zoomBy, panBy, showAll } = useStage({ size: shown.size, turn, begin })
  useLookAddress(look, turn)
  useEffect(() => setScaleSeen(scale), [scale])
  const box = useRef<HTMLDivElement>(null)
  const { isWhole, toggle } = useFullScreen(box)

  const isShown = photo.shows && !shown.failed
  useKey('+', words.zoomIn, () => zoomBy(zoomStep), { on: isShown })
  useKey('-', words.zoomOut, () => zoomBy(1 / zoomStep), { on: isShown })
  useKey('0', words.zoomWhole, showAll, { on: isShown })
  useKey('t', words.rotate, () => setTurn(quarter(turn)), { on: isShown })
  useKey('f', isWhole ? words.leaveFullScreen : words.fullScreen, toggle, { on: document.fullscreenEnabled && isShown })
  const arrows = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [panStep, 0], ArrowRight: [-panStep, 0], ArrowUp: [0, panStep], ArrowDown: [0, -panStep] }[event.key]
    if (!by || view.zoom === 1) return
    event.preventDefault()
    panBy({ x: by[0] ?? 0, y: by[1] ?? 0 })
  }

  return (
    <div ref={box} class={styles['viewer']}>
      <div ref={stage} class={cx(styles['stage'], view.zoom > 1 && styles['near'])} role="group" aria-label={words.stage} tabIndex={0} onKeyDown={arrows} onDblClick={() => (view.zoom > 1 ? showAll() : zoomBy(2.5))}>
        {isShown && (
          <img
            key={photo.state}
            class={cx(styles['picture'], !shown.isLoaded && styles['coming'])}
            style={{ left: `${frame.left}px`, top: `${frame.top}px`, width: `${frame.width}px`, height: `${frame.height}px`, transform: `rotate(${turn}deg)` }}
            src={shown.address}
            alt={alt}
            draggable={false}
            data-full={shown.isFull}
            onLoad={(event) => shown.onLoad(event.currentTarget)}
            onError={shown.onError}
          />
        )}
        {!isShown && <Instead photo={photo} failed={shown.failed} />}
      </div>
      {isShown && <Told photo={photo} />}
      {isShown && (
        <div class={styles['tools']} data-controls>
          <IconButton icon={ZoomIn} label={words.zoomIn} keyHint="+" onClick={() => zoomBy(zoomStep)} />
          <IconButton icon={ZoomOut} label={words.zoomOut} keyHint="-" disabled={view.zoom === 1} onClick={() => zoomBy(1 / zoomStep)} />
          <IconButton icon={Scan} label={words.zoomWhole} keyHint="0" disabled={view.zoom === 1} onClick={showAll} />
          <IconButton icon={RotateCw} label={words.rotate} keyHint="t" onClick={() => setTurn(quarter(turn))} />
          {document.fullscreenEnabled && <IconButton icon={isWhole ? Shrink : Expand} label={isWhole ? words.leaveFullScreen : words.fullScreen} keyHint="f" onClick={toggle} />}
        </div>
      )}
    </div>
  )
}

const quarter = (turn: Turn): Turn => ({ 0: 90, 90: 180, 180: 270, 270: 0 } as const)[turn]

/** What is shown is not the original: said on the picture, since everything that is judged depends on it. */
function Told({ photo }: { photo: DeskPhoto }) {
  const words = reportWords()
  const told = { preview: words.preview, received: words.lookedInto, unreadable: photo.type === 'heic' ? words.heicShown : words.unreadableShown, awaited: null, ready: null }[photo.state]
  return told && <p class={styles['told']} role="status">{told}</p>
}

function Instead({ photo, failed }: { photo: DeskPhoto; failed: boolean }) {
  const words = reportWords()
  if (photo.state === 'unreadable') return photo.type === 'heic' ? <EmptyState icon={Images} title={words.heicUnreadable}>{words.heicUnreadableWhat}</EmptyState> : <EmptyState icon={Images} title={words.unreadable}>{words.unreadableWhat}</EmptyState>
  if (photo.state === 'received') return <EmptyState icon={Images} title={words.lookedInto} />
  if (photo.state === 'awaited') return <EmptyState icon={Images} title={words.awaited}>{words.awaitedWhat}</EmptyState>
  return failed ? <EmptyState icon={Images} title={words.notShown} /> : null
}

/** The picture alone on the screen. */
function useFullScreen(box: { current: HTMLElement | null }): { isWhole: boolean; toggle: () => void } {
  const [isWhole, setWhole] = useState(false)
  useEffect(() => {
    const hear = () => setWhole(document.fullscreenElement !== null && document.fullscreenElement === box.current)
    document.addEventListener('fullscreenchange', hear)
    return () => document.removeEventListener('fullscreenchange', hear)
  }, [box])
  const toggle = () => {
    const done = document.fullscreenElement ? document.exitFullscreen() : box.current?.requestFullscreen()
    void done?.catch(() => undefined)
  }
  return { isWhole, toggle }
}
