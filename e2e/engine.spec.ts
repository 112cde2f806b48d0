import { expect, test } from './fixtures'

test('kill -9 of the engine while it trains: the window says so, and training starts again', async ({
  app,
  start,
  editor,
}) => {
  await start.sample('Seattle weather').click()
  await editor.ready()
  await editor.inspector.set('Epochs', '100000')
  await editor.press('Train')
  await expect.poll(() => editor.dock.value('Loss', 'training')).toBeGreaterThan(0)
  const killed = await app.hostPid()
  await app.killHost()

  await expect(editor.notice).toContainText('The training engine stopped unexpectedly.')
  await expect(editor.notice).toContainText('Your model is safe')
  await expect(editor.canvas.node('LSTM')).toBeVisible()

  await editor.notice.getByRole('button', { name: 'Train again' }).click()
  await expect(editor.button('Pause')).toBeEnabled()
  await expect.poll(() => editor.dock.value('Loss', 'training')).toBeGreaterThan(0)
  expect(await app.hostPid()).not.toBe(killed)
  await editor.press('Stop, keep best')
  await editor.runEnds()
  await expect(editor.notice).toContainText('Stopped')
})

test('an engine that dies while nothing trains, again and again, is replaced without a word', async ({
  app,
  start,
  editor,
}) => {
  await start.sample('Seattle weather').click()
  await editor.ready()
  for (let time = 0; time < 2; time++) {
    const lost = await app.hostPid()
    await app.killHost()
    await expect.poll(() => app.hostPid().catch(() => lost)).not.toBe(lost)
  }
  await expect(editor.notice).toBeHidden()
  await editor.inspector.set('Epochs', '1')
  await editor.press('Train')
  await editor.runEnds()
  await expect(editor.notice).toHaveRole('status')
})

test('the engine ends with the app', async ({ app, start, editor }) => {
  await start.sample('Seattle weather').click()
  await editor.ready()
  const host = await app.hostPid()
  await app.crash()
  await expect.poll(() => isRunning(host)).toBe(false)
})

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
