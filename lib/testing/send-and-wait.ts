import { send } from "./browser";

/** A process of its own that sends one request, to be killed on the way: `tsx send-and-wait.ts <method> <address> <headers> <body>`. */
const [method = "", address = "", headers = "{}", body = ""] = process.argv.slice(2);

await send(method, address, body, JSON.parse(headers));
