import { useRef } from 'preact/hooks'
import { Bell, Check, FilePlus2, Hourglass, ImageUp, Images, Map as MapIcon, ScrollText, SlidersHorizontal, SquareAsterisk, Unplug, Users, Volume2 } from 'lucide-preact'
import { type Icon, stroke } from '../../kit/look/icon.ts'
import { Mark } from '../../kit/look/Mark.tsx'
import { SettingsMenu } from '../../kit/look/SettingsMenu.tsx'
import { Tooltip } from '../../kit/look/Tooltip.tsx'
import { signedIn } from '../../kit/me.ts'
import { type Alert, want, wanted } from '../alerts.ts'
import { keptQuery, router } from '../router.ts'
import { roomWords } from '../words/room.ts'
import styles from './shell.module.css'

const alerts: readonly [Alert, Icon][] = [['title', SquareAsterisk], ['sound', Volume2], ['notice', Bell]]

/** The places of the app, at the side; at the foot on a narrow screen. */
export function Rail() {
  const words = roomWords()
  const place = router.route.value.split('/')[0]
  return (
    <nav class={styles['rail']} aria-label={words.places}>
      <span class={styles['mark']}><Mark size={30} label="Veedor" /></span>
      <Place icon={MapIcon} label={words.map} href={router.address('', keptQuery())} isHere={place === '' || place === 'reports'} />
      <Place icon={FilePlus2} label={words.fileFor} href={router.address('file', keptQuery())} isHere={place === 'file'} />
      {signedIn().person.role === 'lead' && <Place icon={Users} label={words.people} href={router.address('people', keptQuery())} isHere={place === 'people'} />}
      {signedIn().person.role === 'lead' && <Place icon={SlidersHorizontal} label={words.mission} href="/setup?step=checking" isHere={false} />}
      {signedIn().person.role === 'lead' && <Place icon={Hourglass} label={words.embargo} href={router.address('embargo')} isHere={place === 'embargo'} />}
      {signedIn().person.role === 'lead' && <Place icon={ScrollText} label={words.journal} href={router.address('audit')} isHere={place === 'audit'} />}
      <Place icon={ImageUp} label={words.releases} href={router.address('releases')} isHere={place === 'releases'} />
      <Place icon={Images} label={words.press} href="/press/" isHere={false} />
      <span class={styles['foot']}><SettingsMenu more={[...alerts.map(([what, icon]) => ({ label: words.alerts[what], icon: wanted.value[what] ? Check : icon, chosen: wanted.value[what], toggles: true as const, press: () => void want(what) })), ...(signedIn().plug ? [{ label: words.plug, icon: Unplug, press: () => router.go('plug') }] : [])]} /></span>
    </nav>
  )
}

function Place({ icon: Drawn, label, href, isHere }: { icon: Icon; label: string; href: string; isHere: boolean }) {
  const link = useRef<HTMLAnchorElement>(null)
  return (
    <>
      <a ref={link} href={href} class={styles['goes']} aria-label={label} aria-current={isHere ? 'page' : undefined}><Drawn {...stroke} size={22} /></a>
      <Tooltip of={link} keyHint={undefined}>{label}</Tooltip>
    </>
  )
}
