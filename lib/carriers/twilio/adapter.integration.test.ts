import { describeCarrier } from "../contract";
import { createCarrier } from "../registry";
import { createTwilioCarrier } from "./adapter";

describeCarrier("Twilio", createTwilioCarrier);

/** As the rest of Linedesk gets it: with its tries for reads and its bound on requests. */
describeCarrier("Twilio, from the registry", (settings) => createCarrier({ carrier: "twilio", ...settings }));
