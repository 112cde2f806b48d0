import '@fontsource-variable/inter/wght.css'
import './theme/base.css'
import './theme/tokens.css'
import '@mantine/core/styles.layer.css'
import '@mantine/notifications/styles.layer.css'
import '@mantine/spotlight/styles.layer.css'
import 'uplot/dist/uPlot.min.css'
import './theme/mantine.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { present } from '../engine/base/invariant'
import { App } from './App'
import { restoreLayout } from './state/app'
import { ThemeProvider } from './theme/ThemeProvider'

const root = present(document.getElementById('root'), 'index.html has a root')

restoreLayout()
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <App />
    </ThemeProvider>
  </StrictMode>,
)
