import { CreditAndChecking, setCheckingCall } from '../../../shared/mission.ts'
import { BackupLine } from '../../kit/backup/LastBackup.tsx'
import { call } from '../../kit/call.ts'
import { judged, useForm } from '../../kit/form.ts'
import { Button } from '../../kit/look/Button.tsx'
import { TextField } from '../../kit/look/inputs.tsx'
import { toast } from '../../kit/look/Toasts.tsx'
import { signedIn, takeMe } from '../../kit/me.ts'
import { common } from '../../kit/words/common.ts'
import { setUpWords } from '../words/setup.ts'
import { drafts } from './drafts.ts'
import { BackLink, Foot, StepPage } from './Frame.tsx'
import { CloseMission } from './CloseMission.tsx'
import { RulesFields } from './RulesFields.tsx'
import { show } from './route.ts'
import { Trouble } from './Trouble.tsx'

/** The credit line, proposed from the name, and who has to look before a picture leaves. */
export function CheckingStep() {
  const words = setUpWords()
  const { mission } = signedIn()
  const form = useForm({ credit: mission.credit || mission.name, rules: mission.rules }, ['credit'], drafts.checking)
  const { values, set, problem } = form
  const save = async () => {
    await takeMe(await call(setCheckingCall, judged(CreditAndChecking, values)))
    // What is chosen last is what holds.
    drafts.open.keep(null)
    if (mission.open) toast(words.saved)
    else show('register')
  }
  return (
    <form noValidate onSubmit={(event) => { event.preventDefault(); form.send(save) }}>
      <StepPage
        title={words.checkingTitle}
        what={mission.open ? words.checkingLater : words.checkingWhat}
        foot={<Foot note={<Trouble form={form} title={words.cannotGoOn} />}><BackLink to="mission" /><Button type="submit" kind="filled" busy={form.busy}>{mission.open ? common().buttons.save : words.next}</Button></Foot>}
      >
        <TextField label={words.credit} hint={words.creditHint} value={values.credit} onValue={(credit) => set('credit', credit)} problem={problem('credit')} maxLength={120} autocomplete="off" />
        <RulesFields rules={values.rules} onRules={(rules) => set('rules', rules)} />
        {mission.open && <BackupLine />}
        {mission.open && <CloseMission />}
      </StepPage>
    </form>
  )
}
