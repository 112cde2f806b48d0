import { notifications } from '@mantine/notifications'

const closeButtonProps = { 'aria-label': 'Close the message' }

/** Something went as wished; goes away by itself. */
export function tell(message: string): void {
  notifications.show({ message, autoClose: 2500, withBorder: false, closeButtonProps })
}

/** Something did not work: stays until it is read. */
export function warn(title: string, message: string): void {
  notifications.show({ title, message, color: 'red', autoClose: false, withBorder: false, closeButtonProps })
}
