import { useRef, useState } from 'preact/hooks'
import { ImagePlus, X } from 'lucide-preact'
import { maxPhotoBytes, maxPhotos } from '../../../shared/photos.ts'
import { sealedBeginning, sealedEnding } from '../../../shared/sealed.ts'
import { useDrop } from '../../kit/drop.ts'
import { Banner } from '../../kit/look/Banner.tsx'
import { Button } from '../../kit/look/Button.tsx'
import { IconButton } from '../../kit/look/IconButton.tsx'
import { size } from '../../kit/numbers.ts'
import { common } from '../../kit/words/common.ts'
import { fileWords } from '../words/file.ts'
import styles from './file.module.css'

/** By how it begins: a name can say anything, and the server would refuse the whole form without saying for which. */
async function kindOf(file: File): Promise<'picture' | 'sealed' | 'other'> {
  const begins = [...new Uint8Array(await file.slice(0, 12).arrayBuffer())].map((byte) => String.fromCharCode(byte)).join('')
  if (/^\xff\xd8\xff|^\x89PNG\r\n|^RIFF[^]{4}WEBP|^[^]{4}ftyp/.test(begins)) return 'picture'
  return begins.startsWith(sealedBeginning) || file.name.endsWith(sealedEnding) ? 'sealed' : 'other'
}

/** Pictures that came by messenger: dropped, pasted from a folder, or chosen; what is no picture is named beside them. */
export function GivenPictures({ pictures, onPictures }: { pictures: readonly File[]; onPictures: (change: (before: readonly File[]) => readonly File[]) => void }) {
  const words = fileWords()
  const input = useRef<HTMLInputElement>(null)
  const [notTaken, setNotTaken] = useState<string | null>(null)
  const add = async (files: readonly File[]) => {
    const whyNot = { picture: null, sealed: words.sealedIsElsewhere, other: words.noPicture }
    const looked = await Promise.all(files.map(async (one) => {
      const kind = await kindOf(one)
      return { one, why: kind !== 'sealed' && one.size > maxPhotoBytes ? common().tooLarge(maxPhotoBytes) : whyNot[kind] }
    }))
    setNotTaken(looked.flatMap(({ one, why }) => (why === null ? [] : `${one.name}: ${why}`)).join(' ') || null)
    onPictures((before) => [...before, ...looked.flatMap(({ one, why }) => (why === null ? one : []))].slice(0, maxPhotos))
  }
  const { on } = useDrop((files) => void add(files))
  return (
    <>
      <section class={styles['drop']} aria-label={words.pictures} {...on}>
        <div class={styles['dropHead']}>
          <p><b>{words.pictures}</b> <span class={styles['note']}>{words.picturesWhat}</span></p>
          <Button icon={ImagePlus} onClick={() => input.current?.click()}>{words.addPictures}</Button>
          <input
            ref={input} type="file" accept="image/jpeg,image/png,image/webp,image/heic,image/heif" multiple hidden aria-label={words.pictures}
            onChange={(event) => {
              void add([...(event.currentTarget.files ?? [])])
              event.currentTarget.value = ''
            }}
          />
        </div>
        {pictures.length > 0 && <ul>{pictures.map((one, at) => <li key={`${one.name} ${at}`}><span>{one.name}, {size(one.size)}</span><IconButton icon={X} label={words.removePicture(one.name)} onClick={() => onPictures((before) => before.filter((_, index) => index !== at))} /></li>)}</ul>}
      </section>
      {notTaken && <Banner tone="high" alert>{notTaken}</Banner>}
    </>
  )
}
