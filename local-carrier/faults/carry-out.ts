import type { Answer } from "../twilio/call";
import { Refusal } from "../twilio/refusal";
import type { Behaviour } from "./behaviour";

/** What can be done with a connection. Everything but `act` ends the request. */
export interface Line {
  /** Lets the carrier do what was asked, and gives the answer it would send. */
  act(): Answer;
  send(answer: Answer): Promise<void>;
  refuse(refusal: Refusal): Promise<void>;
  sendCutShort(answer: Answer): Promise<void>;
  drop(): Promise<void>;
  holdUntilClientLeaves(): Promise<void>;
  wait(ms: number): Promise<void>;
}

/** Plays one behaviour through: whether the carrier acts, and what of it the client learns. */
export async function carryOut(behaviour: Behaviour, line: Line): Promise<void> {
  switch (behaviour.kind) {
    case "ok":
    case "price_change":
      return line.send(line.act());
    case "refuse":
      return line.refuse(new Refusal(behaviour.status, behaviour.code, behaviour.message));
    case "status_429":
      return line.refuse(new Refusal(429, 20429));
    case "reset_before":
      return line.drop();
    case "reset_after":
      line.act();
      return line.drop();
    case "error_500_before":
      return line.refuse(new Refusal(500, 20500));
    case "error_500_after":
      line.act();
      return line.refuse(new Refusal(500, 20500));
    case "delay": {
      if (behaviour.when === "before") await line.wait(behaviour.ms);
      const answer = line.act();
      if (behaviour.when === "after") await line.wait(behaviour.ms);
      return line.send(answer);
    }
    case "hang_before":
      return line.holdUntilClientLeaves();
    case "hang_after":
      line.act();
      return line.holdUntilClientLeaves();
    case "late":
      await line.drop();
      await line.wait(behaviour.ms);
      line.act();
      return;
    case "garble":
      return line.sendCutShort(line.act());
    case "wrong_number": {
      const { status, body } = line.act();
      return line.send({ status, body: { ...body, phone_number: behaviour.phone_number } });
    }
  }
}
