import pino from "pino";
import { countLoggedError } from "./metrics/count";

const errorLevel = pino.levels.values.error ?? 50;

/** Structured logs. Known secret fields are cut out wherever they appear. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? "info",
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  hooks: {
    logMethod(line, write, level) {
      if (level >= errorLevel) countLoggedError();
      write.apply(this, line);
    },
  },
  redact: {
    paths: [
      "password",
      "*.password",
      "authToken",
      "*.authToken",
      "authorization",
      "*.authorization",
      "cookie",
      "*.cookie",
    ],
    censor: "[redacted]",
  },
});
