import { useEffect, useRef, useState } from 'preact/hooks'
import type { ReportPage } from '../../../shared/reports.ts'
import { signedIn } from '../../kit/me.ts'
import { language } from '../../kit/words/language.ts'
import { reportWords } from '../words/report.ts'
import { accuracyOf } from './agreement.ts'
import styles from './report.module.css'

/** Station and phone on a small map, with the way between them; fetched when it is first shown. */
export function Place({ page: { stationPosition, position, distanceMetres, line, channel } }: { page: ReportPage }) {
  const words = reportWords()
  const box = useRef<HTMLDivElement>(null)
  const [attribution, setAttribution] = useState('')
  const distance = distanceMetres === null ? null : words.metres(distanceMetres)
  const { mapPhone, mapOnly, mapAll } = channel === 'web' ? { mapPhone: words.mapPhone, mapOnly: words.mapOnlyPhone, mapAll: words.mapAll } : { mapPhone: words.mapGiven, mapOnly: words.mapOnlyGiven, mapAll: words.mapAllGiven }
  const all = line.stationName === null ? mapOnly : mapAll(line.stationName, distance)
  const shown = stationPosition !== null || position !== null
  const key = JSON.stringify([stationPosition, position, distance, language.value])

  useEffect(() => {
    let alive = true
    let remove = () => {}
    const draw = async () => {
      const [{ smallMap }, { loadPack }, { loadOwn }] = await Promise.all([import('../../kit/map/small.ts'), import('../../kit/map/pack.ts'), import('../../kit/map/own.ts')])
      const [pack, own] = await Promise.all([loadPack(signedIn().mission.country).catch(() => null), loadOwn()])
      if (!alive || !box.current) return
      const drawn = smallMap(box.current, pack, own, { station: stationPosition, phone: position }, { language: language.value, station: words.mapStation, phone: mapPhone, distance: distance ?? '', all })
      setAttribution(drawn.attribution)
      remove = drawn.remove
    }
    // Without a map everything it shows still stands in words above.
    if (shown) draw().catch(() => undefined)
    return () => {
      alive = false
      remove()
    }
  }, [key, shown])

  return (
    <section class={styles['part']}>
      <h3 class={styles['head']}>{words.smallMap}</h3>
      {shown ? <div key={key} ref={box} class={styles['map']} /> : <p class={styles['noWords']}>{words.mapNothing}</p>}
      {shown && (
        <p class={styles['note']}>
          {stationPosition === null && mapOnly} {distance !== null && position && words.distance(distance, words.metres(Math.round(position.accuracyMetres)), words.accuracy[accuracyOf(position.accuracyMetres)])}
          {attribution && <span class={styles['attribution']}>{attribution}</span>}
        </p>
      )}
    </section>
  )
}
