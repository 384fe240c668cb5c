import { beginSetUpCall, closeMissionCall, lastBackupCall, meCall, openMissionCall, openSampleCall, proposeRulesCall, reopenMissionCall, setBasicsCall, setCheckingCall, skipRegisterCall } from '../../../shared/mission.ts'
import { joinCall, lookAtLinkCall } from '../../../shared/people.ts'
import { shortCodeIn } from '../../../shared/codes.ts'
import { serve, serveAnyone, serveEnding, serveSignIn } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { beginSetUp, closeMission, joinMission, lastBackup, lookAtMissionLink, me, openMission, prepareSample, proposeRules, reopenMission, setBasics, setChecking, skipRegister } from './actions.ts'
import type { FoundBackup, SampleLinks } from './actions.ts'

export function missionRoutes(doors: Doors, { openSample, sampleTokens, findBackup, hasPlug }: { openSample: () => Promise<SampleLinks>; sampleTokens: ReadonlyMap<string, string>; findBackup: () => Promise<FoundBackup>; hasPlug: boolean }): void {
  serve(doors, meCall, me(hasPlug))
  const isCode = ({ token }: { token: string }): boolean => shortCodeIn(token) !== null
  serveAnyone(doors, lookAtLinkCall, lookAtMissionLink(sampleTokens), { isGuess: isCode })
  serveSignIn(doors, joinCall, joinMission(sampleTokens), { isGuess: isCode })
  serveSignIn(doors, beginSetUpCall, beginSetUp)
  serve(doors, setBasicsCall, setBasics)
  serve(doors, setCheckingCall, setChecking)
  serve(doors, skipRegisterCall, skipRegister)
  serve(doors, proposeRulesCall, proposeRules)
  serve(doors, lastBackupCall, lastBackup, findBackup)
  serve(doors, openMissionCall, openMission)
  serveEnding(doors, closeMissionCall, closeMission)
  serve(doors, reopenMissionCall, reopenMission)
  serve(doors, openSampleCall, (_, __, links: SampleLinks) => Promise.resolve(links), prepareSample(openSample))
}
