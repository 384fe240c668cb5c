import { useEffect, useState } from 'preact/hooks'
import { CircleAlert, CircleCheck } from 'lucide-preact'
import { leaveCall } from '../../../shared/mission.ts'
import { call } from '../../kit/call.ts'
import { Button } from '../../kit/look/Button.tsx'
import { LanguageSwitch } from '../../kit/look/LanguageSwitch.tsx'
import { Segmented } from '../../kit/look/Segmented.tsx'
import { chooseTheme, theme, themes } from '../../kit/look/theme.ts'
import { toast } from '../../kit/look/Toasts.tsx'
import { me } from '../../kit/me.ts'
import { Problem } from '../../../shared/problem.ts'
import { common } from '../../kit/words/common.ts'
import { askToPersist, installOffer, persisted } from '../device.ts'
import { close, open } from '../nav.ts'
import { isDelivered } from '../outbox/standing.ts'
import { forgetKey, keyStanding } from '../outbox/phone-key.ts'
import { chooseOriginals, isOnWifi, originalsWhen } from '../outbox/originals.ts'
import { dropFiled, forget } from '../outbox/queue.ts'
import type { OriginalsWhen } from '../outbox/records.ts'
import { unsent } from '../outbox/steps.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { install } from '../parts/Hints.tsx'
import { icon } from '../parts/icon.ts'
import { SaveFile } from '../parts/SaveFile.tsx'
import { Screen } from '../parts/Screen.tsx'
import { fix } from '../place/fix.ts'
import { chosenPlace, filed, mine, myDrafts, owner, refused, setSignedOut, signedOut, usedCategories, usedPlaces } from '../state.ts'
import { build, keptForOffline, lookForUpdate } from '../update.ts'
import { delivering } from '../words/delivery.ts'
import { phone } from '../words/index.ts'
import { late } from '../words/late.ts'
import { signing } from '../words/signing.ts'
import styles from './menu.module.css'

export default function Menu() {
  const words = late().menu
  const [leaving, setLeaving] = useState(false)
  useEffect(() => void navigator.storage.persisted().then((is) => (persisted.value = is)), [])
  const left = unsent(filed.value, refused.value)
  const ownLeft = unsent(mine.value, refused.value)
  const begun = myDrafts.value.length - refused.value.length
  const delivered = mine.value.filter(isDelivered).length
  const leftInWords = phone().delivery.unsent(left.reports, left.photos)
  const person = me.value?.person
  return (
    <Screen title={words.title} onLeave={() => close()}>
      <section class={styles['part']}>
        <h2>{words.you}</h2>
        <p><b>{person?.name}</b></p>
        <p class={styles['more']}>{[person?.number == null ? null : words.observer(person.number), person?.organisationName, me.value?.mission.name].filter(Boolean).join(' · ')}</p>
        {signedOut.value ? <Button onClick={() => open({ at: 'join' })}>{phone().delivery.joinAgain}</Button> : <><Button onClick={() => open({ at: 'transfer' })}>{late().transfer.do}</Button><Button onClick={() => open({ at: 'sign-ins' })}>{words.signIns}</Button></>}
      </section>
      <section class={styles['part']}>
        <h2>{common().language}</h2>
        <LanguageSwitch />
        <Segmented label={words.look} segments={themes.map((one) => ({ value: one, label: words.themes[one] }))} value={theme.value} onValue={chooseTheme} wide />
      </section>
      <section class={styles['part']}>
        <h2>{delivering().originals.title}</h2>
        <Segmented label={delivering().originals.title} hideLabel segments={whens.map((one) => ({ value: one, label: nameOf(one) }))} value={originalsWhen.value === 'now' ? 'wifi' : originalsWhen.value} onValue={(when) => void chooseOriginals(when)} wide />
        <p class={styles['more']}>{delivering().originals.why}{isOnWifi.value === null && ` ${delivering().originals.cannotTell}`}</p>
      </section>
      <section class={styles['part']}>
        <h2>{words.phone}</h2>
        <Line good={!left.any}>{left.any ? words.waiting(leftInWords) : words.nothingWaiting}</Line>
        {unsent(mine.value).any && <><SaveFile filed={mine.value} /><p class={styles['more']}>{delivering().file.what}</p></>}
        {refused.value.length > 0 && <p class={styles['more']}>{words.notSealed}</p>}
        <Line good={persisted.value === true}>{persisted.value ? words.persisted : words.notPersisted}</Line>
        {!persisted.value && <Button onClick={() => void askToPersist()}>{words.askAgain}</Button>}
        <Line good={keptForOffline.value !== false}>{keptForOffline.value === false ? words.notKeptOffline : words.keptOffline}</Line>
        {keyStanding.value && <Line good={keyStanding.value === 'signs'}>{signing().menu[keyStanding.value]}</Line>}
        {installOffer.value && <Button onClick={() => void install()}>{delivering().install.do}</Button>}
        <p class={styles['more']}>{words.version(build())}</p>
        <Button onClick={() => void lookForUpdate()}>{words.findUpdate}</Button>
      </section>
      {!signedOut.value && <section class={styles['part']}><Button kind="danger" wide onClick={() => setLeaving(true)}>{words.leave}</Button></section>}
      {leaving && (
        <Confirm title={words.leaveTitle} action={words.leave} onConfirm={() => void leave().finally(() => setLeaving(false))} onClose={() => setLeaving(false)}>
          {!ownLeft.any && begun === 0 && <p>{words.leaveClean}</p>}
          {ownLeft.any && <p>{words.leaveUnsent(phone().delivery.unsent(ownLeft.reports, ownLeft.photos))}</p>}
          {begun > 0 && <p>{words.leaveDrafts(begun)}</p>}
          {delivered > 0 && <p>{words.leaveDelivered(delivered)}</p>}
        </Confirm>
      )}
    </Screen>
  )
}

const whens: readonly OriginalsWhen[] = ['always', 'wifi']

function nameOf(when: OriginalsWhen): string {
  const { always, wifi, whenToldTo } = delivering().originals
  return when === 'always' ? always : isOnWifi.value === null ? whenToldTo : wifi
}

function Line({ good, children }: { good: boolean; children: string }) {
  const Sign = good ? CircleCheck : CircleAlert
  return <p class={good ? styles['good'] : styles['not']}><Sign {...icon} /><span>{children}</span></p>
}

/** Ends the session at headquarters. What was delivered leaves the list; what was not, and every draft, stays for its author. */
async function leave(): Promise<void> {
  try {
    await call(leaveCall, {})
  } catch (thrown) {
    // A session that has ended already is what was asked for.
    if (!(thrown instanceof Problem && thrown.code === 'not_signed_in')) {
      toast(late().menu.leaveNoAnswer)
      return
    }
  }
  if (owner.value.author) await forgetKey(owner.value.author)
  await dropFiled(mine.value.filter(isDelivered).map((one) => one.id))
  await forget('me', 'usedPlaces', 'usedCategories', 'chosenPlace', 'fix', 'openDraft')
  usedPlaces.value = []
  usedCategories.value = []
  chosenPlace.value = null
  fix.value = null
  await setSignedOut(false)
  me.value = null
  close()
}
