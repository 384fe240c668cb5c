import { beginSetUpCall, meCall, openMissionCall, openSampleCall, proposeRulesCall, setBasicsCall, setCheckingCall, skipRegisterCall } from '../../../shared/mission.ts'
import { joinCall, lookAtLinkCall } from '../../../shared/people.ts'
import { serve, serveAnyone, serveSignIn } from '../../platform/http/serve.ts'
import type { Doors } from '../../platform/http/serve.ts'
import { beginSetUp, joinMission, lookAtMissionLink, me, openMission, prepareSample, proposeRules, setBasics, setChecking, skipRegister } from './actions.ts'
import type { SampleLinks } from './actions.ts'

export function missionRoutes(doors: Doors, { openSample, sampleTokens }: { openSample: () => Promise<SampleLinks>; sampleTokens: ReadonlyMap<string, string> }): void {
  serve(doors, meCall, me)
  serveAnyone(doors, lookAtLinkCall, lookAtMissionLink(sampleTokens))
  serveSignIn(doors, joinCall, joinMission(sampleTokens))
  serveSignIn(doors, beginSetUpCall, beginSetUp)
  serve(doors, setBasicsCall, setBasics)
  serve(doors, setCheckingCall, setChecking)
  serve(doors, skipRegisterCall, skipRegister)
  serve(doors, proposeRulesCall, proposeRules)
  serve(doors, openMissionCall, openMission)
  serve(doors, openSampleCall, (_, __, links: SampleLinks) => Promise.resolve(links), prepareSample(openSample))
}
