import { parentPort, workerData } from 'node:worker_threads'
import { assertNever, present } from '../base/invariant'
import { type DataThreadData, describeData } from './describeData'
import type { HostEvent } from './protocol'
import { runShardThread, type ShardThreadData } from './threadPool'
import { runTrainer, type TrainerData } from './trainer'

/** Entry of every worker thread: what it does is said by the data it was started with. */
const data: ShardThreadData | TrainerData | DataThreadData = workerData
const port = present(parentPort, 'this file runs in a worker thread')
const post = (event: HostEvent) => port.postMessage(event)

switch (data.role) {
  case 'shard':
    runShardThread(data)
    break
  case 'trainer':
    await runTrainer(data, post, (kept) => port.postMessage(kept, [kept.files.best.buffer, kept.files.last.buffer]))
    break
  case 'data':
    post(describeData(data))
    break
  default:
    assertNever(data)
}
