import { env } from "../env";

/** Where the carrier sends the calls of a number: one address of the installation; which agent answers is read from the row. */
export function voiceUrlOf(numberId: string): string {
  return new URL(`/hooks/twilio/voice?number=${numberId}`, env().LINEDESK_URL).toString();
}
