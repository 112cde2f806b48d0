import { float32Backend, float64Backend } from '../backend'
import { describeGoldens } from './describeGoldens'

describeGoldens('reference, float32', float32Backend)
describeGoldens('reference, float64', float64Backend)
