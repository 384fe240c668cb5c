import { Check, CircleHelp, Copy, FileInput, Flag, Minus } from 'lucide-preact'
import type { AlikePhoto, DeskPhoto } from '../../../shared/photos.ts'
import { type ReportPage, reportNumber } from '../../../shared/reports.ts'
import { Button } from '../../kit/look/Button.tsx'
import { type Icon, stroke } from '../../kit/look/icon.ts'
import { moment } from '../../kit/times.ts'
import { reportAddress } from '../room/selection.ts'
import { reportWords } from '../words/report.ts'
import type { Mark } from './agreement.ts'
import { type FoundLine, foundIn } from './found.ts'
import { takeOriginal } from './take.ts'
import styles from './found.module.css'

const icons: Record<Mark, Icon> = { agrees: Check, differs: Minus, unknown: CircleHelp }

/** What was found in a picture: what its file says beside what was said of it, where else it was seen, and what stands for it. No score, and no verdict. */
export function Found({ photo, page, onGive }: { photo: DeskPhoto; page: ReportPage; onGive: () => void }) {
  const words = reportWords()
  const lines = foundIn(photo, page)
  const saysNothing = photo.says !== null && lines.length === 0
  return (
    <div class={styles['found']}>
      {photo.previewUnlike && <p class={styles['flag']}><Flag {...stroke} />{words.previewUnlike}</p>}
      <Alike what={words.sameIn} photos={photo.alike.filter(({ isSame }) => isSame)} />
      <Alike what={words.alikeIn} photos={photo.alike.filter(({ isSame }) => !isSame)} />
      {photo.copy && <p class={styles['line']}><FileInput {...stroke} />{words.shownByCopy(photo.copy.by, moment(photo.copy.at))}</p>}
      {photo.mayGiveCopy && (
        <div class={styles['copy']}>
          <p>{words.needsCopy}</p>
          <p class={styles['ways']}><Button small onClick={() => void takeOriginal(photo)}>{words.takeOriginal}</Button><Button small onClick={onGive}>{words.giveCopy}</Button></p>
        </div>
      )}
      {lines.length > 0 && (
        <dl class={styles['lines']} aria-label={words.fileSays}>
          {lines.map((line) => {
            const Drawn = icons[line.mark]
            return (
              <div key={line.what} data-mark={line.mark}>
                <dt><Drawn {...stroke} class={styles[line.mark]} /><span class="visually-hidden">{words.marks[line.mark]}: </span>{words.found[line.what]}</dt>
                <dd class="numbers">{tellFound(line)}</dd>
              </div>
            )
          })}
        </dl>
      )}
      {saysNothing && <p class={styles['line']}><CircleHelp {...stroke} />{words.fileSaysNothing}</p>}
    </div>
  )
}

/** The reports in which a picture was seen before or since. */
function Alike({ what, photos }: { what: string; photos: readonly AlikePhoto[] }) {
  if (photos.length === 0) return null
  return <p class={styles['line']}><Copy {...stroke} /><span>{what} {photos.flatMap(({ report, number }, at) => [at > 0 && ', ', <a key={report} href={reportAddress(report)}>{reportNumber(number)}</a>])}</span></p>
}

function tellFound(line: FoundLine): string {
  const words = reportWords()
  switch (line.what) {
    case 'time':
      if (line.fileAt === null) return words.fileNoTime
      if (line.against !== 'phone') return words.fileTimeSeen(moment(line.fileAt), moment(line.saidAt))
      return line.mark === 'agrees' ? words.fileTimeAgrees(moment(line.fileAt)) : words.fileTimeDiffers(moment(line.fileAt), moment(line.saidAt))
    case 'place':
      if (!line.hasPlace) return words.fileNoPlace
      return line.distanceMetres === null ? words.filePlaceAlone : { phone: words.filePlace, report: words.filePlaceReport, station: words.filePlaceStation }[line.against](words.metres(line.distanceMetres))
    case 'made':
      if (line.mark === 'differs') return [line.device, words.fileEdited(line.software ?? '')].filter(Boolean).join('; ')
      return [line.device, line.software].filter(Boolean).join(', ') || words.fileNoDevice
  }
}
