import { useEffect } from 'react'
import { jumpToFirst } from '../problems/jump'
import { useApp } from '../state/app'
import { useRun } from '../state/run'
import { takeBackRefusals } from './takeBackRefusals'

/** Train on a model that cannot be trained opens the problems and goes to the first. */
export function useProblemJump(): void {
  useEffect(() => {
    const endJump = useRun.subscribe(({ state }, before) => {
      if (state === before.state || state.phase !== 'refused') return
      useApp.getState().showDock('problems')
      jumpToFirst(state.problems)
    })
    const endWatch = takeBackRefusals()
    return () => {
      endJump()
      endWatch()
    }
  }, [])
}
